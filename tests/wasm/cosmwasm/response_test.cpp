// plimsoll: tests/wasm/cosmwasm/response_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The JSON that the CosmWasm door hands to the chain, byte for byte.
#include "wasm/cosmwasm/response.hpp"

#include <catch2/catch.hpp>
#include <string>

using plimsoll::Error;
using plimsoll::contract::Outcome;
using plimsoll::cosmwasm::response_of_call;
using plimsoll::cosmwasm::response_of_query;

namespace {

Outcome refusal(Error error, const std::string& detail)
{
    Outcome outcome;
    outcome.error = error;
    outcome.detail = detail;
    return outcome;
}

}  // namespace

TEST_CASE("a call that does nothing answers with every field that the chain requires")
{
    CHECK(response_of_call({}) ==
          R"({"ok":{"messages":[],"attributes":[],"events":[],"data":null}})");
}

TEST_CASE("events and transfers keep their order")
{
    Outcome outcome;
    outcome.events = {{"deposit", {{"seq", "1"}, {"account", "7"}}}, {"priced", {}}};
    outcome.transfers = {{"alice", "uusdc", 5}, {"bob", "ueth", plimsoll::num::I128_MAX}};
    CHECK(
        response_of_call(outcome) ==
        R"({"ok":{"messages":[)"
        R"({"id":0,"msg":{"bank":{"send":{"to_address":"alice","amount":[{"denom":"uusdc","amount":"5"}]}}},)"
        R"("gas_limit":null,"reply_on":"never"},)"
        R"({"id":0,"msg":{"bank":{"send":{"to_address":"bob","amount":[{"denom":"ueth",)"
        R"("amount":"170141183460469231731687303715884105727"}]}}},"gas_limit":null,"reply_on":"never"}],)"
        R"("attributes":[],"events":[{"type":"deposit","attributes":[{"key":"seq","value":"1"},)"
        R"({"key":"account","value":"7"}]},{"type":"priced","attributes":[]}],"data":null}})");
}

TEST_CASE("a token that a contract keeps leaves as that contract's own transfer, without coins")
{
    Outcome outcome;
    outcome.transfers = {{"alice", "cw20:weth1", 1500}};
    // {"transfer":{"recipient":"alice","amount":"1500"}}
    CHECK(response_of_call(outcome) ==
          R"({"ok":{"messages":[{"id":0,"msg":{"wasm":{"execute":{"contract_addr":"weth1",)"
          R"("msg":"eyJ0cmFuc2ZlciI6eyJyZWNpcGllbnQiOiJhbGljZSIsImFtb3VudCI6IjE1MDAifX0=",)"
          R"("funds":[]}}},"gas_limit":null,"reply_on":"never"}],)"
          R"("attributes":[],"events":[],"data":null}})");
}

TEST_CASE("data of a call is base64")
{
    Outcome outcome;
    outcome.data = R"({"n":1})";
    CHECK(response_of_call(outcome) ==
          R"({"ok":{"messages":[],"attributes":[],"events":[],"data":"eyJuIjoxfQ=="}})");
}

TEST_CASE("the answer to a query is base64")
{
    Outcome outcome;
    outcome.data = R"({"n":1})";
    CHECK(response_of_query(outcome) == R"({"ok":"eyJuIjoxfQ=="})");
}

TEST_CASE("an error carries number, name and detail, and nothing else")
{
    CHECK(response_of_call(refusal(Error::not_liquidatable, "account 7")) ==
          R"({"error":"700 not_liquidatable: account 7"})");
    CHECK(
        response_of_query(refusal(Error::no_such_asset, "")) == R"({"error":"301 no_such_asset"})");
}

TEST_CASE("any bytes in a string leave the answer well formed and ASCII")
{
    CHECK(response_of_call(refusal(Error::not_ascii, "a\"b\\c\n\x01\x7f\xc3\xa9")) ==
          R"({"error":"111 not_ascii: a\"b\\c\u000a\u0001\u007f\u00c3\u00a9"})");
    Outcome outcome;
    outcome.events = {{"odd\"", {{"k\\", std::string("\0", 1)}}}};
    CHECK(response_of_call(outcome) ==
          R"({"ok":{"messages":[],"attributes":[],"events":[{"type":"odd\"","attributes":)"
          R"([{"key":"k\\","value":"\u0000"}]}],"data":null}})");
}
