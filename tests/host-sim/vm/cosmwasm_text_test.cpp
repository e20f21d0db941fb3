// plimsoll: tests/host-sim/vm/cosmwasm_text_test.cpp                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The chain's side of the CosmWasm door.
#include "host-sim/vm/cosmwasm_text.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <string>

using namespace plimsoll::sim;

namespace {

std::string ok(const std::string& messages, const std::string& events, const std::string& data)
{
    return R"({"ok":{"messages":[)" + messages + R"(],"attributes":[],"events":[)" + events +
           R"(],"data":)" + data + "}}";
}

std::string bank_send(const std::string& amount, const std::string& reply_on)
{
    return R"({"id":0,"msg":{"bank":{"send":{"to_address":"bob","amount":)" + amount +
           R"(}}},"gas_limit":null,"reply_on":")" + reply_on + "\"}";
}

void senseless(const std::string& json)
{
    INFO(json);
    const Response response = read_call_response(json);
    CHECK_FALSE(response.ok);
    CHECK(response.error_code == TRAPPED);
    CHECK(response.events.empty());
    CHECK(response.transfers.empty());
}

}  // namespace

TEST_CASE("cosmwasm text: env and info are what a chain writes")
{
    CallEnv env{
        1584000000, 17, "alice", "house", {{"uusdc", 5}, {"a\"b", plimsoll::num::I128_MAX}}};
    CHECK(env_json(env) ==
          R"({"block":{"height":17,"time":"1584000000000000000","chain_id":"plimsoll-sim"},)"
          R"("transaction":{"index":0},"contract":{"address":"house"}})");
    CHECK(info_json(env) ==
          R"({"sender":"alice","funds":[{"denom":"uusdc","amount":"5"},)"
          R"({"denom":"a\"b","amount":"170141183460469231731687303715884105727"}]})");
    env.funds.clear();
    CHECK(info_json(env) == R"({"sender":"alice","funds":[]})");
}

TEST_CASE("cosmwasm text: a transfer of a token is taken apart, and nothing but that")
{
    const auto answer = [](const std::string& msg, const char* funds, const char* reply_on) {
        return read_call_response(
            ok(R"({"id":0,"msg":{"wasm":{"execute":{"contract_addr":"weth1","msg":")" + msg +
                    R"(","funds":[)" + funds + R"(]}}},"gas_limit":null,"reply_on":")" + reply_on +
                    "\"}",
                "", "null"));
    };
    // {"transfer":{"recipient":"alice","amount":"1500"}}
    const std::string good = "eyJ0cmFuc2ZlciI6eyJyZWNpcGllbnQiOiJhbGljZSIsImFtb3VudCI6IjE1MDAifX0=";
    const Response response = answer(good, "", "never");
    REQUIRE(response.ok);
    REQUIRE(response.transfers.size() == 1);
    CHECK(response.transfers[0].to == "alice");
    CHECK(response.transfers[0].denom == "cw20:weth1");
    CHECK((response.transfers[0].amount == 1500));
    CHECK_FALSE(answer(good, R"({"denom":"a","amount":"1"})", "never").ok);
    CHECK_FALSE(answer(good, "", "always").ok);
    CHECK_FALSE(answer("e30=", "", "never").ok);
    CHECK_FALSE(answer("e30", "", "never").ok);
}

TEST_CASE("cosmwasm text: an answer is taken apart")
{
    const Response response =
        read_call_response(ok(bank_send(R"([{"denom":"uusdc","amount":"12"}])", "never"),
            R"({"type":"deposit","attributes":[{"key":"seq","value":"1"}]})", R"("eyJuIjoxfQ==")"));
    REQUIRE(response.ok);
    REQUIRE(response.transfers.size() == 1);
    CHECK(response.transfers[0].to == "bob");
    CHECK(response.transfers[0].denom == "uusdc");
    CHECK((response.transfers[0].amount == 12));
    REQUIRE(response.events.size() == 1);
    CHECK(response.events[0].type == "deposit");
    CHECK(response.events[0].attributes[0].key == "seq");
    CHECK(response.data == R"({"n":1})");
    CHECK(read_call_response(ok("", "", "null")).ok);
    CHECK(read_query_response(R"({"ok":"e30="})").data == "{}");
    CHECK(read_query_response(R"({"ok":"YWJj"})").data == "abc");
    CHECK(read_query_response(R"({"ok":""})").data.empty());
}

TEST_CASE("cosmwasm text: an error keeps its number and its text")
{
    const Response response = read_call_response(R"({"error":"700 not_liquidatable: account 7"})");
    CHECK_FALSE(response.ok);
    CHECK(response.error_code == 700);
    CHECK(response.error == "700 not_liquidatable: account 7");
}

TEST_CASE("cosmwasm text: an answer of another form is a trap's equal")
{
    senseless("");
    senseless("[]");
    senseless("{}");
    senseless(R"({"ok":null,"error":"1 a"})");
    senseless(R"({"ok":{}})");
    senseless(R"({"error":"not liquidatable"})");
    senseless(R"({"error":"70000 too_large"})");
    senseless(R"({"error":"700"})");
    senseless(R"({"error":7})");
    senseless(ok("", "7", "null"));
    senseless(ok("", R"({"type":"a","attributes":[{"key":1,"value":"2"}]})", "null"));
    senseless(ok("", "", "7"));
    senseless(ok("", "", R"("a")"));
    senseless(ok("7", "", "null"));
    senseless(ok(bank_send(R"([{"denom":"d","amount":"1"}])", "always"), "", "null"));
    senseless(ok(bank_send(R"([{"denom":"d","amount":"0"}])", "never"), "", "null"));
    senseless(ok(bank_send(R"([{"denom":"d","amount":"1.5"}])", "never"), "", "null"));
    senseless(ok(bank_send("[]", "never"), "", "null"));
    senseless(ok(R"({"id":0,"msg":{"wasm":{}},"gas_limit":null,"reply_on":"never"})", "", "null"));
    CHECK(read_query_response(R"({"ok":{}})").error_code == TRAPPED);
    CHECK(read_query_response(R"({"ok":"?"})").error_code == TRAPPED);
}

TEST_CASE("cosmwasm text: any answer gives a response")
{
    rc::prop("arbitrary bytes", [](const std::string& bytes) {
        RC_ASSERT(!read_call_response(bytes).ok);
        RC_ASSERT(!read_query_response(bytes).ok);
    });
}
