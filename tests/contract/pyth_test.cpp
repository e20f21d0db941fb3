// plimsoll: tests/contract/pyth_test.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What a Pyth contract answers, and what none does.
#include "contract/pyth.hpp"

#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <string>

using namespace plimsoll;
using namespace plimsoll::contract;
using namespace plimsoll::test;

namespace {

const std::string& ID = say::PYTH_FEED_ID;

/// As pyth-sdk-cw 1.2 writes it.
std::string answer(const std::string& price, const std::string& conf, const std::string& expo,
    const std::string& time = "1700000000")
{
    return R"({"price_feed":{"id":")" + ID + R"(","price":{"price":)" + price + R"(,"conf":)" +
           conf + R"(,"expo":)" + expo + R"(,"publish_time":)" + time +
           R"(},"ema_price":{"price":"1","conf":"2","expo":-8,"publish_time":3}}})";
}

std::string quoted(const std::string& text)
{
    return '"' + text + '"';
}

PythPrice good(const std::string& price, const std::string& conf, const std::string& expo)
{
    PythPrice out;
    const std::string text = answer(quoted(price), quoted(conf), expo);
    INFO(text);
    CHECK(read_pyth(text, ID, out) == Error::ok);
    return out;
}

bool usable_price(const std::string& price, const std::string& conf, const std::string& expo)
{
    return good(price, conf, expo).usable;
}

bool bad(const std::string& text)
{
    PythPrice out;
    return read_pyth(text, ID, out) == Error::bad_answer;
}

}  // namespace

TEST_CASE("pyth: the question and the answer are those of its contract")
{
    CHECK(pyth_query(ID) == R"({"price_feed":{"id":")" + ID + R"("}})");
    const PythPrice read = good("206512345678", "98765432", "-8");
    CHECK(read.usable);
    CHECK(read.report.price == price("2065.12345678"));
    CHECK(read.report.confidence == price("0.98765432"));
    CHECK(read.report.published == seconds(1'700'000'000));
}

TEST_CASE("pyth: a price is rounded down to 18 decimals, its confidence up")
{
    CHECK(good("123456789", "123456789", "-20").report.price == price("0.000000000001234567"));
    CHECK(good("123456789", "123456789", "-20").report.confidence == price("0.000000000001234568"));
    CHECK(good("1234567", "1", "-24").report.price == price("0.000000000000000001"));
    CHECK(good("1234567", "1", "-24").report.confidence == Price::from_raw(1));
    CHECK(good("1234567", "0", "-24").report.confidence.is_zero());
    CHECK(good("10000000", "1200000", "-24").report.confidence == Price::from_raw(2));
    CHECK(good("9223372036854775807", "18446744073709551615", "-18").report.confidence ==
          price("18.446744073709551615"));
    CHECK(good("15", "0", "0").report.price == price("15"));
    CHECK(good("15", "0", "3").report.price == price("15000"));
    CHECK(good("100000000", "100000000", "0").report.price == PRICE_MAX);
}

TEST_CASE("pyth: a price that is none, or beyond the range, is not used")
{
    CHECK_FALSE(usable_price("0", "0", "-8"));
    CHECK_FALSE(usable_price("-1", "0", "-8"));
    CHECK_FALSE(usable_price("-9223372036854775808", "0", "-8"));
    CHECK_FALSE(usable_price("1", "0", "-19"));
    CHECK_FALSE(usable_price("1", "0", "-2147483647"));
    CHECK_FALSE(usable_price("1", "0", "2147483647"));
    CHECK_FALSE(usable_price("100000001", "0", "0"));
    CHECK_FALSE(usable_price("10000000000000000001", "0", "-11"));
    CHECK_FALSE(usable_price("1", "100000001", "0"));
    PythPrice out;
    REQUIRE(read_pyth(answer(R"("1")", R"("0")", "0", "-1"), ID, out) == Error::ok);
    CHECK_FALSE(out.usable);
}

TEST_CASE("pyth: fields that a version adds are passed over")
{
    std::string text = answer(R"("15")", R"("1")", "0");
    text.insert(1, R"("new":[{"price_feed":1}],)");
    text.insert(text.find(R"("id")"), R"("vaa":{"id":"x"},)");
    text.insert(text.find(R"("conf")"), R"("slot":-1.5e3,)");
    PythPrice out;
    CHECK(read_pyth(text, ID, out) == Error::ok);
    CHECK(out.report.price == price("15"));
}

TEST_CASE("pyth: an answer in another form is refused")
{
    const std::string fine = answer(R"("15")", R"("1")", "0");
    REQUIRE_FALSE(bad(fine));
    for (const std::string text : {"", "null", "{}", "[]", R"({"price_feed":null})",
             R"({"price_feed":{}})", R"({"price":{"price":"1"}})"})
        CHECK(bad(text));
    CHECK(bad(fine + "}"));
    CHECK(bad(fine.substr(0, fine.size() - 1)));
    CHECK(bad(answer("15", R"("1")", "0")));
    CHECK(bad(answer(R"("15")", "1", "0")));
    CHECK(bad(answer(R"("15")", R"("1")", R"("0")")));
    CHECK(bad(answer(R"("15")", R"("-1")", "0")));
    CHECK(bad(answer(R"("15")", R"("1")", "-2147483649")));
    CHECK(bad(answer(R"("15")", R"("1")", "0.5")));
    CHECK(bad(answer(R"("15")", R"("1")", "1e1")));
    CHECK(bad(answer(R"("1.5")", R"("1")", "0")));
    CHECK(bad(answer(R"("015")", R"("1")", "0")));
    CHECK(bad(answer(R"("+15")", R"("1")", "0")));
    CHECK(bad(answer(R"("")", R"("1")", "0")));
    CHECK(bad(answer(R"("-")", R"("1")", "0")));
    CHECK(bad(answer(R"("18446744073709551616")", R"("1")", "0")));
    CHECK(bad(answer(R"("99999999999999999999")", R"("1")", "0")));
    CHECK(bad(answer(R"("15")", R"("1")", "0", "18446744073709551616")));
    std::string twice = fine;
    twice.insert(twice.find(R"("expo")"), R"("price":"16",)");
    CHECK(bad(twice));
    std::string no_conf = fine;
    no_conf.erase(no_conf.find(R"("conf":"1",)"), 11);
    CHECK(bad(no_conf));
    std::string two_prices = fine;
    two_prices.insert(two_prices.find(R"("ema_price")"),
        R"("price":{"price":"1","conf":"1","expo":0,"publish_time":1},)");
    CHECK(bad(two_prices));
    std::string other = fine;
    other[other.find(ID)] = 'e';
    CHECK(bad(other));
    std::string no_id = fine;
    no_id.replace(no_id.find(R"("id")"), 4, R"("ix")");
    CHECK(bad(no_id));
}

TEST_CASE("pyth: any bytes are read or refused")
{
    rc::prop("three bytes of a good answer are others", [] {
        std::string text = answer(R"("206512345678")", R"("98765432")", "-8");
        for (int i = 0; i < 3; ++i)
            text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
        PythPrice out;
        const Error error = read_pyth(text, ID, out);
        RC_ASSERT(error == Error::ok || error == Error::bad_answer);
        if (error == Error::ok && out.usable)
            RC_ASSERT(out.report.price.is_positive() && out.report.price <= PRICE_MAX &&
                      !out.report.confidence.is_negative() && out.report.confidence <= PRICE_MAX);
    });
}
