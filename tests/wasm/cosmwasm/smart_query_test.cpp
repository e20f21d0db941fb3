// plimsoll: tests/wasm/cosmwasm/smart_query_test.cpp                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What a CosmWasm chain is asked to ask, and what it wraps around the answer.
#include "wasm/cosmwasm/smart_query.hpp"

#include "contract/base64.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <string>

using plimsoll::cosmwasm::read_smart_answer;
using plimsoll::cosmwasm::smart_query;

namespace {

constexpr std::size_t MOST = 64;

std::string answer_of(const std::string& json)
{
    std::string answer = "before";
    const bool read = read_smart_answer(json, MOST, answer);
    CHECK(read == !answer.empty());
    return answer;
}

}  // namespace

TEST_CASE("a smart query carries its message as base64")
{
    CHECK(smart_query("cosmos1pyth", R"({"a":1})") ==
          R"({"wasm":{"smart":{"contract_addr":"cosmos1pyth","msg":"eyJhIjoxfQ=="}}})");
}

TEST_CASE("the answer of a smart query is what both results hold")
{
    CHECK(answer_of(R"({"ok":{"ok":"eyJhIjoxfQ=="}})") == R"({"a":1})");
    CHECK(answer_of(R"( { "ok" : { "ok" : "Zm9v" } } )") == "foo");
    CHECK(answer_of(R"({"error":{"no_such_contract":{"addr":"x"}}})").empty());
    CHECK(answer_of(R"({"ok":{"error":"Price feed not found"}})").empty());
}

TEST_CASE("what is not the answer of a smart query is none")
{
    for (const std::string json :
        {"", "{", "null", R"("Zm9v")", R"({"ok":"Zm9v"})", R"({"ok":{}})", R"({"ok":{"ok":null}})",
            R"({"ok":{"ok":"Zm9v","x":1}})", R"({"ok":{"ok":"Zm9v"},"error":1})",
            R"({"ok":{"ok":"Zm9v"}} x)", R"({"ok":{"ok":"Zm9"}})", R"({"ok":{"ok":"Zm9=v"}})",
            R"({"ok":{"ok":"Zm9\u0076"}})", R"({"ok":{"ok":"Z=9v"}})", R"({"ok":{"ok":"===="}})",
            R"({"ok":{"ok":"Zh=="}})", R"({"ok":{"ok":""}})", R"({"err":{"ok":"Zm9v"}})"}) {
        INFO(json);
        CHECK(answer_of(json).empty());
    }
    CHECK(answer_of(R"({"ok":{"ok":")" + std::string(84, 'A') + R"("}})").size() == 63);
    CHECK(answer_of(R"({"ok":{"ok":")" + std::string(88, 'A') + R"("}})").empty());
    CHECK(answer_of(R"({"ok":{"ok":")" + std::string(100'000, 'A') + R"("}})").empty());
}

TEST_CASE("base64 is decoded to the bytes that were encoded, and any text is taken or refused")
{
    rc::prop("decode(encode(bytes)) is bytes", [](const std::string& bytes) {
        std::string text;
        plimsoll::contract::append_base64(text, bytes);
        std::string back;
        RC_ASSERT(plimsoll::contract::decode_base64(text, back));
        RC_ASSERT(back == bytes);
    });
    rc::prop("what decodes is the only encoding of its bytes", [](const std::string& text) {
        std::string bytes;
        if (!plimsoll::contract::decode_base64(text, bytes))
            return;
        std::string again;
        plimsoll::contract::append_base64(again, bytes);
        RC_ASSERT(again == text);
    });
}
