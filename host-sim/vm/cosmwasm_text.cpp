// plimsoll: host-sim/vm/cosmwasm_text.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. See cosmwasm_text.hpp.
#include "host-sim/vm/cosmwasm_text.hpp"

#include "contract/cw20.hpp"
#include "engine/num/decimal.hpp"

#include <charconv>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <optional>

namespace plimsoll::sim {

namespace {

using nlohmann::json;

Response senseless(std::string_view why)
{
    Response response;
    response.ok = false;
    response.error_code = TRAPPED;
    response.error = fmt::format("the contract's answer makes no sense: {}", why);
    return response;
}

// A JSON string with its quotes; bytes that are not UTF-8 are replaced.
std::string json_string(std::string_view text)
{
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

const json* field(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

const std::string* text_field(const json& object, const char* name)
{
    const json* const value = field(object, name);
    return value == nullptr ? nullptr : value->get_ptr<const std::string*>();
}

const json::array_t* list_field(const json& object, const char* name)
{
    const json* const value = field(object, name);
    return value == nullptr ? nullptr : value->get_ptr<const json::array_t*>();
}

std::optional<std::string> bytes_of_base64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0 || static_cast<std::size_t>(size) != bytes.size())
        return std::nullopt;
    // Padding decodes to zero bytes.
    for (std::size_t at = text.size(); at > 0 && at + 2 > text.size() && text[at - 1] == '='; --at)
        bytes.pop_back();
    return bytes;
}

Response read_error(const std::string& text)
{
    Response response;
    response.ok = false;
    response.error = text;
    const char* const end = text.data() + text.size();
    const auto [behind, code] = std::from_chars(text.data(), end, response.error_code);
    if (code != std::errc() || behind == end || *behind != ' ')
        return senseless("an error without a number: " + text);
    return response;
}

std::optional<contract::Event> read_event(const json& value)
{
    const std::string* const type = text_field(value, "type");
    const json::array_t* const attributes = list_field(value, "attributes");
    if (type == nullptr || attributes == nullptr)
        return std::nullopt;
    contract::Event event{*type, {}};
    for (const json& attribute : *attributes) {
        const std::string* const key = text_field(attribute, "key");
        const std::string* const text = text_field(attribute, "value");
        if (key == nullptr || text == nullptr)
            return std::nullopt;
        event.attributes.push_back({*key, *text});
    }
    return event;
}

// The token's contract and what it shall pay, out of {"transfer": ..} in base64.
std::optional<contract::Transfer> read_token_transfer(const json& execute)
{
    const std::string* const token = text_field(execute, "contract_addr");
    const std::string* const encoded = text_field(execute, "msg");
    const json::array_t* const funds = list_field(execute, "funds");
    if (token == nullptr || encoded == nullptr || funds == nullptr || !funds->empty())
        return std::nullopt;
    const auto bytes = bytes_of_base64(*encoded);
    const json message = bytes ? json::parse(*bytes, nullptr, false) : json();
    const json* const transfer = message.is_object() ? field(message, "transfer") : nullptr;
    if (transfer == nullptr)
        return std::nullopt;
    const std::string* const to = text_field(*transfer, "recipient");
    const std::string* const digits = text_field(*transfer, "amount");
    if (to == nullptr || digits == nullptr)
        return std::nullopt;
    const auto amount = num::parse_integer(*digits);
    if (!amount || *amount <= 0)
        return std::nullopt;
    return contract::Transfer{*to, std::string(contract::CW20_PREFIX) + *token, *amount};
}

// Only bank messages of one coin, and transfers of one token, that nobody waits for.
std::optional<contract::Transfer> read_transfer(const json& message)
{
    const std::string* const reply_on = text_field(message, "reply_on");
    if (reply_on == nullptr || *reply_on != "never")
        return std::nullopt;
    const json* const msg = field(message, "msg");
    if (const json* const wasm = msg == nullptr ? nullptr : field(*msg, "wasm"); wasm != nullptr) {
        const json* const execute = field(*wasm, "execute");
        return execute == nullptr ? std::nullopt : read_token_transfer(*execute);
    }
    const json* send = &message;
    for (const char* const name : {"msg", "bank", "send"}) {
        send = field(*send, name);
        if (send == nullptr)
            return std::nullopt;
    }
    const std::string* const to = text_field(*send, "to_address");
    const json::array_t* const coins = list_field(*send, "amount");
    if (to == nullptr || coins == nullptr || coins->size() != 1)
        return std::nullopt;
    const std::string* const denom = text_field(coins->front(), "denom");
    const std::string* const digits = text_field(coins->front(), "amount");
    if (denom == nullptr || digits == nullptr)
        return std::nullopt;
    const auto amount = num::parse_integer(*digits);
    if (!amount || *amount <= 0)
        return std::nullopt;
    return contract::Transfer{*to, *denom, *amount};
}

Response read_ok(const json& ok)
{
    const json::array_t* const messages = list_field(ok, "messages");
    const json::array_t* const attributes = list_field(ok, "attributes");
    const json::array_t* const events = list_field(ok, "events");
    const json* const data = field(ok, "data");
    if (messages == nullptr || attributes == nullptr || events == nullptr || data == nullptr)
        return senseless("a field of the response is missing");
    Response response;
    for (const json& value : *events) {
        auto event = read_event(value);
        if (!event)
            return senseless("an event: " + value.dump());
        response.events.push_back(std::move(*event));
    }
    for (const json& message : *messages) {
        auto transfer = read_transfer(message);
        if (!transfer)
            return senseless("a message: " + message.dump());
        response.transfers.push_back(std::move(*transfer));
    }
    if (data->is_null())
        return response;
    const std::string* const encoded = data->get_ptr<const std::string*>();
    auto bytes = encoded == nullptr ? std::nullopt : bytes_of_base64(*encoded);
    if (!bytes)
        return senseless("data");
    response.data = std::move(*bytes);
    return response;
}

Response response_of_data(std::string_view base64)
{
    auto bytes = bytes_of_base64(base64);
    if (!bytes)
        return senseless("data that is not base64");
    Response response;
    response.data = std::move(*bytes);
    return response;
}

// Splits {"ok": ...} from {"error": ...}.
template <class ReadOk>
Response read_result(std::string_view text, ReadOk read)
{
    const json result = json::parse(text, nullptr, false);
    if (!result.is_object() || result.size() != 1)
        return senseless("not an object of one field");
    if (const std::string* const error = text_field(result, "error"))
        return read_error(*error);
    const json* const ok = field(result, "ok");
    return ok == nullptr ? senseless("neither ok nor error") : read(*ok);
}

}  // namespace

std::string env_json(const CallEnv& env)
{
    return fmt::format(
        R"({{"block":{{"height":{},"time":"{}000000000","chain_id":"plimsoll-sim"}},)"
        R"("transaction":{{"index":0}},"contract":{{"address":{}}}}})",
        env.height, env.time_s, json_string(env.contract_address));
}

std::string info_json(const CallEnv& env)
{
    std::string funds;
    for (const Coin& coin : env.funds) {
        const auto amount = num::decimal_text(coin.amount, 0);
        funds += fmt::format(R"({}{{"denom":{},"amount":"{}"}})", funds.empty() ? "" : ",",
            json_string(coin.denom), std::string_view(amount));
    }
    return fmt::format(R"({{"sender":{},"funds":[{}]}})", json_string(env.sender), funds);
}

Response read_call_response(std::string_view json)
{
    return read_result(json, read_ok);
}

Response read_query_response(std::string_view text)
{
    // The usual form is decoded in place. Base64 holds nothing that JSON would escape, so whatever
    // decodes here is what a parser would have found.
    constexpr std::string_view BEFORE = R"({"ok":")";
    constexpr std::string_view BEHIND = R"("})";
    if (text.size() >= BEFORE.size() + BEHIND.size() && text.starts_with(BEFORE) &&
        text.ends_with(BEHIND)) {
        text.remove_prefix(BEFORE.size());
        text.remove_suffix(BEHIND.size());
        return response_of_data(text);
    }
    return read_result(text, [](const json& ok) {
        const std::string* const encoded = ok.get_ptr<const std::string*>();
        return encoded == nullptr ? senseless("the answer to a query") : response_of_data(*encoded);
    });
}

}  // namespace plimsoll::sim
