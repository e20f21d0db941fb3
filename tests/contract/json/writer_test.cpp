// plimsoll: tests/contract/json/writer_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The writer's text, byte by byte.
#include "contract/json/writer.hpp"

#include "contract/json/reader.hpp"
#include "contract/json/shapes.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <rapidcheck/catch.h>
#include <string>

using plimsoll::AccountId;
using plimsoll::Error;
using plimsoll::MarketStatus;
using plimsoll::Price;
using plimsoll::contract::Symbol;
using plimsoll::contract::json::member;
using plimsoll::contract::json::Reader;
using plimsoll::contract::json::Strings;
using plimsoll::contract::json::write;
using plimsoll::contract::json::Writer;

TEST_CASE("writer: containers, keys and commas")
{
    std::string out = "prefix:";
    Writer writer(out);
    writer.begin_object();
    writer.key("a");
    writer.begin_array();
    writer.end_array();
    writer.key("b");
    writer.begin_array();
    writer.integer(0);
    writer.begin_object();
    writer.end_object();
    writer.begin_object();
    writer.key("c");
    writer.null();
    writer.key("d");
    writer.boolean(true);
    writer.end_object();
    writer.boolean(false);
    writer.end_array();
    writer.key("e");
    writer.text("x");
    writer.end_object();
    CHECK(out == R"(prefix:{"a":[],"b":[0,{},{"c":null,"d":true},false],"e":"x"})");
}

TEST_CASE("writer: numbers are exact")
{
    std::string out;
    Writer writer(out);
    writer.begin_array();
    writer.integer(std::numeric_limits<std::uint64_t>::max());
    writer.integer(1'000);
    writer.decimal(plimsoll::test::raw("-12.5"));
    writer.decimal(1);
    writer.decimal(0);
    writer.tokens(plimsoll::num::I128_MAX);
    writer.end_array();
    CHECK(out ==
          "[18446744073709551615,1000,\"-12.5\",\"0.000000000000000001\",\"0\","
          "\"170141183460469231731687303715884105727\"]");
}

TEST_CASE("writer: values of message types")
{
    std::string out;
    Writer writer(out);
    writer.begin_object();
    member(writer, "account", AccountId{7});
    member(writer, "price", plimsoll::test::price("100.10"));
    member(writer, "status", MarketStatus::reduce_only);
    member(writer, "symbol", Symbol("BTC-PERP"));
    member(writer, "none", std::optional<Price>{});
    member(writer, "some", std::optional<Price>{plimsoll::test::price("-1")});
    member(writer, "at", plimsoll::test::seconds(12));
    member(writer, "amount", plimsoll::test::tokens("34"));
    member(writer, "open", true);
    writer.end_object();
    CHECK(out == R"({"account":7,"price":"100.1","status":"reduce_only","symbol":"BTC-PERP",)"
                 R"("none":null,"some":"-1","at":12,"amount":"34","open":true})");
}

TEST_CASE("writer: any bytes become an ASCII string that reads back")
{
    std::string out;
    Writer(out).text(std::string_view("a\"b\\c\n\0\x7f\xff", 9));
    CHECK(out == R"("a\"b\\c\u000a\u0000\u007f\u00ff")");

    rc::prop("ASCII texts read back", [] {
        const auto value = *rc::gen::container<std::string>(
            rc::gen::inRange<char>(0, std::numeric_limits<char>::max()));
        std::string text;
        Writer(text).text(value);
        for (const char byte : text)
            RC_ASSERT(byte >= 0x20 && byte <= 0x7e);
        std::string back;
        Reader reader(text, Strings::any);
        RC_ASSERT(reader.read_unescaped(back) == Error::ok);
        RC_ASSERT(reader.finish() == Error::ok);
        RC_ASSERT(back == value);
    });
}
