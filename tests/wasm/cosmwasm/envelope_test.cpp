// plimsoll: tests/wasm/cosmwasm/envelope_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What a CosmWasm chain wraps around a message, as chains of several ages
// write it, and as none does.
#include "wasm/cosmwasm/envelope.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <string>

using plimsoll::Error;
using plimsoll::cosmwasm::parse_env;
using plimsoll::cosmwasm::parse_info;

namespace {

// As wasmd writes it.
const std::string ENV =
    R"({"block":{"height":12345,"time":"1571797419879305533","chain_id":"cosmos-testnet-14002"},)"
    R"("transaction":{"index":3},"contract":{"address":"cosmos1contract"}})";
const std::string INFO =
    R"({"sender":"cosmos1alice","funds":[{"denom":"uusdc","amount":"1000000"},)"
    R"({"denom":"ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2","amount":"7"}]})";

std::string env_with_time(const std::string& time)
{
    return R"({"block":{"height":1,"time":)" + time + R"(},"contract":{"address":"c"}})";
}

std::string info_with_amount(const std::string& amount)
{
    return R"({"sender":"s","funds":[{"denom":"d","amount":)" + amount + "}]}";
}

}  // namespace

TEST_CASE("the chain's env is read, its nanoseconds floored to seconds")
{
    const auto env = parse_env(ENV);
    REQUIRE(env);
    CHECK(env->height == 12345);
    CHECK(env->time_s == 1571797419);
    CHECK(env->contract_address == "cosmos1contract");
}

TEST_CASE("fields that a chain adds are passed over, whatever they hold")
{
    const auto env = parse_env(
        R"( { "new" : [ {"deep":[1,-2.5e3,"\u00e9\"]}",null,true]} ] , "block" : {"time":"999999999",)"
        R"("proposer":"caf)"
        "\xc3\xa9"
        R"(","height":0},"transaction":null,"contract":{"label":"{","address":"c"}} )");
    REQUIRE(env);
    CHECK(env->time_s == 0);
    CHECK(env->height == 0);
    const auto info = parse_info(R"({"fee":{"a":[]},"sender":"s","funds":[],"memo":"\\"})");
    REQUIRE(info);
    CHECK(info->sender == "s");
    CHECK(info->funds.empty());
}

TEST_CASE("sender and funds are read, any denomination a chain allows")
{
    const auto info = parse_info(INFO);
    REQUIRE(info);
    CHECK(info->sender == "cosmos1alice");
    REQUIRE(info->funds.size() == 2);
    CHECK(info->funds[0].denom == "uusdc");
    CHECK((info->funds[0].amount == 1000000));
    CHECK(info->funds[1].denom.substr(0, 6) == "ibc/27");
    CHECK((info->funds[1].amount == 7));
}

TEST_CASE("the greatest amount that the house can hold is taken, one more is not")
{
    const auto most = parse_info(info_with_amount(R"("170141183460469231731687303715884105727")"));
    REQUIRE(most);
    CHECK((most->funds[0].amount == plimsoll::num::I128_MAX));
    CHECK(parse_info(info_with_amount(R"("170141183460469231731687303715884105728")")).error() ==
          Error::out_of_range);
    CHECK(parse_info(info_with_amount(R"("340282366920938463463374607431768211455")")).error() ==
          Error::out_of_range);
}

TEST_CASE("an envelope of another shape is an error, not a guess")
{
    CHECK(parse_env("{}").error() == Error::missing_field);
    CHECK(parse_env(R"({"block":{"time":"1"}})").error() == Error::missing_field);
    CHECK(parse_env(R"({"block":{"height":1},"contract":{"address":"c"}})").error() ==
          Error::missing_field);
    CHECK(parse_env(env_with_time("7")).error() == Error::wrong_type);
    CHECK(parse_env(env_with_time(R"("")")).error() == Error::bad_number);
    CHECK(parse_env(env_with_time(R"("1.5")")).error() == Error::bad_number);
    CHECK(parse_env(env_with_time(R"("-1")")).error() == Error::bad_number);
    CHECK(parse_env(env_with_time(R"("18446744073709551616")")).error() == Error::out_of_range);
    CHECK(parse_env(env_with_time(R"("18446744073709551615")"))->time_s == 18446744073);
    CHECK(parse_env(ENV + "x").error() == Error::trailing_bytes);
    CHECK(parse_info("[]").error() == Error::wrong_type);
    CHECK(parse_info(R"({"funds":[]})").error() == Error::missing_field);
    CHECK(parse_info(R"({"sender":"a\u0062","funds":[]})").error() == Error::not_ascii);
    CHECK(parse_info(R"({"sender":"s","funds":[{"denom":"d"}]})").error() == Error::missing_field);
    CHECK(parse_info(R"({"sender":"s","funds":[{"amount":"1"}]})").error() == Error::missing_field);
    CHECK(parse_info(info_with_amount("1")).error() == Error::wrong_type);
    CHECK(parse_info(info_with_amount(R"("-1")")).error() == Error::bad_number);
}

TEST_CASE("a truncated envelope is refused wherever it is cut")
{
    for (std::size_t size = 0; size < ENV.size(); ++size)
        CHECK_FALSE(parse_env(ENV.substr(0, size)));
    for (std::size_t size = 0; size < INFO.size(); ++size)
        CHECK_FALSE(parse_info(INFO.substr(0, size)));
}

TEST_CASE("any bytes give a value or an error")
{
    rc::prop("arbitrary bytes", [](const std::string& bytes) {
        static_cast<void>(parse_env(bytes));
        static_cast<void>(parse_info(bytes));
    });
    rc::prop("one byte of a good envelope replaced", [](char byte) {
        std::string env = ENV;
        env[*rc::gen::inRange<std::size_t>(0, env.size())] = byte;
        static_cast<void>(parse_env(env));
        std::string info = INFO;
        info[*rc::gen::inRange<std::size_t>(0, info.size())] = byte;
        static_cast<void>(parse_info(info));
    });
}
