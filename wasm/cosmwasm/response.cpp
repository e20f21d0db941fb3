// plimsoll: wasm/cosmwasm/response.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the doors, CosmWasm. See response.hpp.
#include "wasm/cosmwasm/response.hpp"

#include "contract/base64.hpp"
#include "contract/cw20.hpp"
#include "engine/check.hpp"
#include "engine/num/decimal.hpp"

#include <cstddef>
#include <string_view>

namespace plimsoll::cosmwasm {

namespace {

constexpr std::size_t EVENT_TYPE_SIZE_MIN = 3;
// Room for an event or two: growing by doubling would copy the text several times.
constexpr std::size_t RESPONSE_SIZE_USUAL = 512;

bool is_plain(char character)
{
    return character >= ' ' && character <= '~' && character != '"' && character != '\\';
}

// Bytes outside ASCII never come out of the contract; written byte by byte as \u00XX they still
// leave the text well formed.
void append_escaped(std::string& out, char character)
{
    constexpr std::string_view HEX = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
        out += '\\';
        out += character;
        return;
    }
    out += "\\u00";
    out += HEX[byte >> 4U];
    out += HEX[byte & 15U];
}

// The text with its quotes. Runs of plain characters are copied in one piece.
void append_string(std::string& out, std::string_view text)
{
    out += '"';
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_plain(text[at]))
            continue;
        out += text.substr(begin, at - begin);
        append_escaped(out, text[at]);
        begin = at + 1;
    }
    out += text.substr(begin);
    out += '"';
}

void append_integer(std::string& out, num::i128 value)
{
    out += std::string_view(num::decimal_text(value, 0));
}

// The token's contract pays: it takes the message in base64.
void append_token_transfer(std::string& out, const contract::Transfer& transfer)
{
    std::string message = R"({"transfer":{"recipient":)";
    append_string(message, transfer.to);
    message += R"(,"amount":")";
    append_integer(message, transfer.amount);
    message += R"("}})";
    out += R"({"id":0,"msg":{"wasm":{"execute":{"contract_addr":)";
    append_string(out, contract::cw20_contract(transfer.denom));
    out += R"(,"msg":")";
    contract::append_base64(out, message);
    out += R"(","funds":[]}}},"gas_limit":null,"reply_on":"never"})";
}

void append_transfer(std::string& out, const contract::Transfer& transfer)
{
    CHECK(transfer.amount > 0);
    if (contract::is_cw20(transfer.denom))
        return append_token_transfer(out, transfer);
    out += R"({"id":0,"msg":{"bank":{"send":{"to_address":)";
    append_string(out, transfer.to);
    out += R"(,"amount":[{"denom":)";
    append_string(out, transfer.denom);
    out += R"(,"amount":")";
    append_integer(out, transfer.amount);
    out += R"("}]}}},"gas_limit":null,"reply_on":"never"})";
}

void append_attribute(std::string& out, const contract::Attribute& attribute)
{
    CHECK(!attribute.key.empty() && attribute.key.front() != '_');
    out += R"({"key":)";
    append_string(out, attribute.key);
    out += R"(,"value":)";
    append_string(out, attribute.value);
    out += '}';
}

void append_event(std::string& out, const contract::Event& event)
{
    CHECK(event.type.size() >= EVENT_TYPE_SIZE_MIN);
    out += R"({"type":)";
    append_string(out, event.type);
    out += R"(,"attributes":[)";
    std::string_view separator = "";
    for (const auto& attribute : event.attributes) {
        out += separator;
        append_attribute(out, attribute);
        separator = ",";
    }
    out += "]}";
}

std::string error_response(const contract::Outcome& outcome)
{
    std::string text;
    append_integer(text, static_cast<std::uint16_t>(outcome.error));
    text += ' ';
    text += name_of(outcome.error);
    if (!outcome.detail.empty()) {
        text += ": ";
        text += outcome.detail;
    }
    std::string out = R"({"error":)";
    append_string(out, text);
    out += '}';
    return out;
}

}  // namespace

std::string response_of_call(const contract::Outcome& outcome)
{
    if (outcome.error != Error::ok)
        return error_response(outcome);
    std::string out;
    out.reserve(RESPONSE_SIZE_USUAL);
    out += R"({"ok":{"messages":[)";
    std::string_view separator = "";
    for (const auto& transfer : outcome.transfers) {
        out += separator;
        append_transfer(out, transfer);
        separator = ",";
    }
    out += R"(],"attributes":[],"events":[)";
    separator = "";
    for (const auto& event : outcome.events) {
        out += separator;
        append_event(out, event);
        separator = ",";
    }
    if (outcome.data.empty()) {
        out += R"(],"data":null}})";
        return out;
    }
    out += R"(],"data":")";
    contract::append_base64(out, outcome.data);
    out += R"("}})";
    return out;
}

std::string response_of_query(const contract::Outcome& outcome)
{
    if (outcome.error != Error::ok)
        return error_response(outcome);
    std::string out = R"({"ok":")";
    contract::append_base64(out, outcome.data);
    out += R"("})";
    return out;
}

}  // namespace plimsoll::cosmwasm
