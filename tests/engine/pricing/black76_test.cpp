// plimsoll: tests/engine/pricing/black76_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Black-76 at its limits, and properties that hold for all inputs: order of the
// ends, no arbitrage, parity, monotonicity as far as the brackets can show it.
#include "engine/pricing/black76.hpp"

#include "tests/engine/num/operands.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdint>
#include <rapidcheck/catch.h>

namespace plimsoll {
namespace {

using num::i128;
using pricing::Discount;
using pricing::FORWARD_MAX;
using pricing::OptionBrackets;
using pricing::PriceBracket;
using test::price;
using test::ratio;
using test::seconds;

constexpr std::uint64_t DAY = 86'400;

struct Option
{
    Price forward;
    Price strike;
    Ratio volatility;
    Seconds length;
    Discount discount;
    Ratio error;
};

OptionBrackets priced(const Option& option)
{
    return pricing::black76(pricing::forward_point(option.forward),
        pricing::strike_point(option.strike), {option.volatility, option.error},
        pricing::tenor_of(option.length), option.discount);
}

void check_is(const PriceBracket& bracket, Price exact)
{
    CHECK(bracket.floor == exact);
    CHECK(bracket.ceil == exact);
}

Discount discount_of(const char* rate, Seconds length)
{
    return pricing::discount_of(ratio(rate), Ratio::one(), length);
}

TEST_CASE("black76: intrinsic values are exact at expiry and without volatility", "[pricing]")
{
    for (const char* strike :
        {"0", "0.000000000000000001", "1500", "2000", "2000.000000000000000001", "9000"}) {
        const Price f = price("2000");
        const Price k = price(strike);
        const Price call = f > k ? f - k : Price::zero();
        const Price put = k > f ? k - f : Price::zero();
        const OptionBrackets at_expiry = priced({f, k, ratio("0.8"), Seconds::zero(), {}, {}});
        check_is(at_expiry.call, call);
        check_is(at_expiry.put, put);
        const OptionBrackets calm = priced({f, k, Ratio::zero(), seconds(DAY), {}, {}});
        check_is(calm.call, call);
        check_is(calm.put, put);
    }
}

TEST_CASE("black76: a strike or a forward of zero leaves one sure payment", "[pricing]")
{
    const Seconds year = seconds(365 * DAY);
    const OptionBrackets no_strike =
        priced({price("2000"), Price::zero(), ratio("0.8"), year, {}, {}});
    check_is(no_strike.call, price("2000"));
    check_is(no_strike.put, Price::zero());
    const OptionBrackets no_forward =
        priced({Price::zero(), price("2000"), ratio("0.8"), year, {}, {}});
    check_is(no_forward.call, Price::zero());
    check_is(no_forward.put, price("2000"));
    const OptionBrackets nothing =
        priced({Price::zero(), Price::zero(), ratio("0.8"), year, {}, {}});
    check_is(nothing.call, Price::zero());
    check_is(nothing.put, Price::zero());
    // exp(-0.05) = 0.9512294245007140090...
    const OptionBrackets later =
        priced({price("1"), Price::zero(), ratio("0.8"), year, discount_of("0.05", year), {}});
    CHECK(later.call.floor <= price("0.951229424500714009"));
    CHECK(later.call.ceil >= price("0.951229424500714010"));
    CHECK(later.call.ceil - later.call.floor <= Price::from_raw(3));
}

TEST_CASE("black76: from v = 24 on a call is worth the forward and a put the strike", "[pricing]")
{
    const Option option{price("2000"), price("3000"), ratio("24"), seconds(365 * DAY), {}, {}};
    check_is(priced(option).call, price("2000"));
    check_is(priced(option).put, price("3000"));
    Option largest = option;
    largest.volatility = Ratio::max();
    largest.length = seconds(~std::uint64_t{0});
    check_is(priced(largest).call, price("2000"));
    check_is(priced(largest).put, price("3000"));
}

TEST_CASE("black76: nothing traps at the ends of the ranges", "[pricing]")
{
    const Price prices[] = {Price::zero(), Price::from_raw(1), price("1"), FORWARD_MAX};
    for (const Price forward : prices) {
        for (const Price strike : prices) {
            for (const Ratio volatility :
                {Ratio::zero(), Ratio::from_raw(1), ratio("1"), ratio("1000"), Ratio::max()}) {
                for (const Ratio error : {Ratio::zero(), Ratio::from_raw(1), Ratio::max()}) {
                    for (const std::uint64_t length :
                        {std::uint64_t{0}, std::uint64_t{1}, DAY, ~std::uint64_t{0}}) {
                        for (const num::u128 discount :
                            {num::u128{0}, num::u128{1}, pricing::ONE_Q64 - 1, pricing::ONE_Q64}) {
                            const OptionBrackets brackets = priced(
                                {forward, strike, volatility, seconds(length), {discount}, error});
                            REQUIRE(!brackets.call.floor.is_negative());
                            REQUIRE(!brackets.put.floor.is_negative());
                            REQUIRE(brackets.call.floor <= brackets.call.ceil);
                            REQUIRE(brackets.put.floor <= brackets.put.ceil);
                            REQUIRE(brackets.call.ceil <= forward);
                            REQUIRE(brackets.put.ceil <= strike);
                        }
                    }
                }
            }
        }
    }
}

/// An option anywhere in the ranges, the strike often near the forward.
Option any_option(test::Draw& draw)
{
    const auto word = [&draw] { return draw.word(); };
    const auto any_price = [&word] {
        return Price::from_raw((static_cast<i128>(word() >> 38) << 64 | word()) >> (word() % 90));
    };
    Option option;
    option.forward = any_price();
    option.strike = any_price();
    if (word() % 4 != 0)
        option.strike = scale_floor(
            option.forward, Ratio::from_raw(static_cast<i128>(word() % (3 * num::WAD))));
    option.volatility = Ratio::from_raw(static_cast<i128>(word() >> (word() % 60)));
    option.length = seconds(word() >> (35 + word() % 29));
    option.discount =
        pricing::discount_of(Ratio::from_raw(static_cast<i128>(word() >> (5 + word() % 59))),
            Ratio::one(), option.length);
    if (word() % 2 == 0)
        option.discount = {};
    if (word() % 4 == 0)
        option.error = Ratio::from_raw(static_cast<i128>(word() >> (10 + word() % 54)));
    if (option.strike > FORWARD_MAX)
        option.strike = FORWARD_MAX;
    return option;
}

/// A property of options: 300 a run, all from its one drawn seed.
void property(const char* name, void (*holds)(test::Draw&))
{
    rc::prop(name, [holds] {
        test::Draw draw(*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()));
        for (int i = 0; i < 300; ++i)
            holds(draw);
    });
}

TEST_CASE(
    "black76: a strike priced at many points has the prices of each point by itself", "[pricing]")
{
    rc::prop("whatever the number of points, and with limits among them", [] {
        const pricing::Tenor tenor =
            pricing::tenor_of(seconds(*rc::gen::inRange<std::uint64_t>(0, 400) * DAY / 3));
        const Discount discount = discount_of("0.05", tenor.length);
        const pricing::StrikePoint strike =
            pricing::strike_point(Price::from_units(*rc::gen::inRange(0, 4'000)));
        constexpr std::size_t POINTS_MAX = 7;
        const auto count = *rc::gen::inRange<std::size_t>(0, POINTS_MAX + 1);
        pricing::ForwardPoint forwards[POINTS_MAX];
        pricing::Volatility volatilities[POINTS_MAX];
        pricing::TotalVolatility totals[POINTS_MAX];
        pricing::PricePoint at[POINTS_MAX];
        pricing::TimeValue parts[POINTS_MAX];
        for (std::size_t i = 0; i < count; ++i) {
            forwards[i] = pricing::forward_point(Price::from_units(*rc::gen::inRange(0, 4'000)));
            // From none to more than v = 24.
            const i128 percent = *rc::gen::inRange(0, 3) == 0 ? *rc::gen::inRange(0, 9'000)
                                                              : *rc::gen::inRange(0, 120);
            volatilities[i] = {Ratio::from_raw(percent * i128{num::WAD / 100}),
                Ratio::from_raw(*rc::gen::inRange(0, 3))};
            totals[i] = pricing::total_volatility(volatilities[i], tenor,
                *rc::gen::arbitrary<bool>() ? pricing::Uses::one : pricing::Uses::many);
            at[i] = {&forwards[i], &totals[i]};
        }
        pricing::time_values(strike, {at, count}, {parts, count});
        for (std::size_t i = 0; i < count; ++i) {
            const OptionBrackets single =
                pricing::black76(forwards[i], strike, volatilities[i], tenor, discount);
            for (const OptionType type : {OptionType::call, OptionType::put}) {
                const PriceBracket price =
                    pricing::price_of(parts[i], forwards[i], strike, discount, type);
                const PriceBracket& same = type == OptionType::call ? single.call : single.put;
                RC_ASSERT(price.floor == same.floor);
                RC_ASSERT(price.ceil == same.ceil);
            }
        }
    });
}

TEST_CASE("black76: properties of every option", "[pricing]")
{
    property("0 <= floor <= ceil, a call is at most the forward, a put at most the strike",
        [](test::Draw& draw) {
            const Option option = any_option(draw);
            const OptionBrackets brackets = priced(option);
            RC_ASSERT(!brackets.call.floor.is_negative() && !brackets.put.floor.is_negative());
            RC_ASSERT(brackets.call.floor <= brackets.call.ceil);
            RC_ASSERT(brackets.put.floor <= brackets.put.ceil);
            RC_ASSERT(brackets.call.ceil <= option.forward);
            RC_ASSERT(brackets.put.ceil <= option.strike);
        });
    property("undiscounted prices are never below intrinsic value", [](test::Draw& draw) {
        Option option = any_option(draw);
        option.discount = {};
        const OptionBrackets brackets = priced(option);
        RC_ASSERT(brackets.call.floor >= option.forward - option.strike);
        RC_ASSERT(brackets.put.floor >= option.strike - option.forward);
    });
    property("call - put = F - K before discounting, within the brackets and two raw units",
        [](test::Draw& draw) {
            Option option = any_option(draw);
            option.discount = {};
            const OptionBrackets brackets = priced(option);
            const Price difference = option.forward - option.strike;
            const Price two = Price::from_raw(2);
            RC_ASSERT(brackets.call.floor - brackets.put.floor <= difference + two);
            RC_ASSERT(brackets.call.floor - brackets.put.floor >= difference - two);
            RC_ASSERT(brackets.call.ceil - brackets.put.ceil <= difference + two);
            RC_ASSERT(brackets.call.ceil - brackets.put.ceil >= difference - two);
        });
    property("more volatility or more time is never worth less", [](test::Draw& draw) {
        Option option = any_option(draw);
        option.discount = {};
        const OptionBrackets less = priced(option);
        Option more = option;
        if (draw.word() % 2 == 0)
            more.volatility += Ratio::from_raw(1 + option.volatility.raw() / 1000);
        else
            more.length = option.length + seconds(1 + option.length.raw() / 100);
        RC_ASSERT(priced(more).call.ceil >= less.call.floor);
        RC_ASSERT(priced(more).put.ceil >= less.put.floor);
    });
    property("a higher strike lowers a call and raises a put, each by at most the difference",
        [](test::Draw& draw) {
            Option option = any_option(draw);
            option.discount = {};
            Option higher = option;
            higher.strike += Price::from_raw(1 + option.strike.raw() / 100);
            if (higher.strike > FORWARD_MAX)
                return;
            const Price step = higher.strike - option.strike;
            const OptionBrackets low = priced(option);
            const OptionBrackets high = priced(higher);
            RC_ASSERT(high.call.floor <= low.call.ceil);
            RC_ASSERT(high.put.ceil >= low.put.floor);
            RC_ASSERT(low.call.floor - high.call.ceil <= step);
            RC_ASSERT(high.put.floor - low.put.ceil <= step);
        });
    property("an error of the volatility only widens", [](test::Draw& draw) {
        Option option = any_option(draw);
        option.error = {};
        const OptionBrackets narrow = priced(option);
        option.error = Ratio::from_raw(static_cast<i128>(draw.word() >> 32));
        const OptionBrackets wide = priced(option);
        RC_ASSERT(wide.call.floor <= narrow.call.floor && wide.call.ceil >= narrow.call.ceil);
        RC_ASSERT(wide.put.floor <= narrow.put.floor && wide.put.ceil >= narrow.put.ceil);
    });
}

}  // namespace
}  // namespace plimsoll
