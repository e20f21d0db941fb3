// plimsoll: wasm/cosmwasm/smart_query.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the doors, CosmWasm. See smart_query.hpp.
#include "wasm/cosmwasm/smart_query.hpp"

#include "contract/base64.hpp"
#include "contract/json/reader.hpp"

namespace plimsoll::cosmwasm {

namespace {

using contract::json::Reader;
using contract::json::Strings;

// Whether an object comes whose only field is "ok"; the reader then stands before its value.
bool enter_ok(Reader& reader)
{
    std::string_view name;
    bool more = false;
    return reader.enter_object() == Error::ok && reader.next_key(name, more) == Error::ok && more &&
           name == "ok";
}

bool leave(Reader& reader)
{
    std::string_view name;
    bool more = false;
    return reader.next_key(name, more) == Error::ok && !more;
}

}  // namespace

std::string smart_query(std::string_view address, std::string_view message)
{
    std::string text = R"({"wasm":{"smart":{"contract_addr":")";
    text += address;
    text += R"(","msg":")";
    contract::append_base64(text, message);
    text += R"("}}})";
    return text;
}

bool read_smart_answer(std::string_view json, std::size_t size_max, std::string& answer)
{
    answer.clear();
    Reader reader(json, Strings::any);
    std::string_view text;
    if (reader.check_size() != Error::ok || !enter_ok(reader) || !enter_ok(reader) ||
        reader.read_string(text) != Error::ok || !leave(reader) || !leave(reader) ||
        reader.finish() != Error::ok || text.size() > (size_max + 2) / 3 * 4)
        return false;
    if (!contract::decode_base64(text, answer) || answer.size() > size_max)
        answer.clear();
    return !answer.empty();
}

}  // namespace plimsoll::cosmwasm
