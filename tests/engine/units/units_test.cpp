// plimsoll: tests/engine/units/units_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The strong types, their products and conversions, by hand-made cases.
#include "engine/units/units.hpp"

#include "engine/num/int128.hpp"
#include "tests/engine/num/operands.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <type_traits>

namespace plimsoll {
namespace {

using num::i128;
using test::money;
using test::price;
using test::quantity;
using test::rate;
using test::ratio;
using test::seconds;
using test::tokens;

// What the binary does with a value depends on its bytes only.
static_assert(std::is_trivially_copyable_v<Money> && sizeof(Money) == 16);
static_assert(std::is_trivially_copyable_v<Seconds> && sizeof(Seconds) == 8);
static_assert(!std::is_convertible_v<int, Money> && !std::is_constructible_v<Money, int>);
static_assert(!std::is_convertible_v<Price, Money> && !std::is_constructible_v<Money, Price>);
static_assert(money("1.25") + money("-0.25") == Money::one());

TEST_CASE("fixed: values, order and signs", "[units]")
{
    CHECK(Money{} == Money::zero());
    CHECK(Money::from_units(-3) == money("-3"));
    CHECK((Money::from_units(INT64_MIN).raw() == i128{INT64_MIN} * num::WAD));
    CHECK((Money::from_units(INT64_MAX).raw() == i128{INT64_MAX} * num::WAD));
    CHECK(money("1") < money("2"));
    CHECK(money("-1") <= money("-1"));
    CHECK(money("1") > money("-1"));
    CHECK(money("1") >= money("1"));
    CHECK(money("1") != money("2"));
    CHECK(money("-1.5").abs() == money("1.5"));
    CHECK(money("1.5").abs() == money("1.5"));
    CHECK(-money("1.5") == money("-1.5"));
    CHECK(money("0").is_zero());
    CHECK(money("0.000000000000000001").is_positive());
    CHECK(money("-0.000000000000000001").is_negative());
}

TEST_CASE("fixed: sums", "[units]")
{
    Money balance = money("1");
    balance += money("0.5");
    CHECK(balance == money("1.5"));
    balance -= money("2");
    CHECK(balance == money("-0.5"));
    CHECK(money("1") + money("2") - money("3.5") == money("-0.5"));
    CHECK(Money::max() - Money::max() == Money::zero());
    CHECK(Money::min() + Money::max() == Money::from_raw(-1));
}

TEST_CASE("seconds: no time passes backwards", "[units]")
{
    CHECK(elapsed(seconds(10), seconds(25)) == seconds(15));
    CHECK(elapsed(seconds(25), seconds(10)) == Seconds::zero());
    CHECK(elapsed(seconds(25), seconds(25)).is_zero());
    CHECK(elapsed(seconds(0), seconds(UINT64_MAX)) == seconds(UINT64_MAX));
    CHECK(seconds(1) + seconds(2) == seconds(3));
    CHECK(seconds(1) < seconds(2));
    CHECK(seconds(2) > seconds(1));
    CHECK(seconds(2) <= seconds(2));
    CHECK(seconds(2) >= seconds(2));
    CHECK(seconds(2) != seconds(3));
}

TEST_CASE("products: each direction of each sign", "[units]")
{
    const Quantity third = quantity("0.333333333333333333");
    CHECK(notional_floor(third, price("2.000000000000000001")) == money("0.666666666666666666"));
    CHECK(notional_ceil(third, price("2.000000000000000001")) == money("0.666666666666666667"));
    CHECK(notional_floor(-third, price("2.000000000000000001")) == money("-0.666666666666666667"));
    CHECK(notional_ceil(-third, price("2.000000000000000001")) == money("-0.666666666666666666"));

    const ValueAndNotional longs = value_and_notional(third, price("2.000000000000000001"));
    CHECK(longs.value_floor == money("0.666666666666666666"));
    CHECK(longs.notional_ceil == money("0.666666666666666667"));
    const ValueAndNotional shorts = value_and_notional(-third, price("2.000000000000000001"));
    CHECK(shorts.value_floor == money("-0.666666666666666667"));
    CHECK(shorts.notional_ceil == money("0.666666666666666667"));
    const ValueAndNotional whole = value_and_notional(quantity("-2"), price("3"));
    CHECK(whole.value_floor == money("-6"));
    CHECK(whole.notional_ceil == money("6"));

    CHECK(scale_floor(money("0.000000000000000001"), ratio("0.5")) == Money::zero());
    CHECK(scale_ceil(money("0.000000000000000001"), ratio("0.5")) == Money::from_raw(1));
    CHECK(scale_floor(price("10"), ratio("0.1")) == price("1"));
    CHECK(scale_ceil(quantity("-10"), ratio("0.25")) == quantity("-2.5"));
    CHECK(scale_floor(ratio("0.5"), ratio("0.5")) == ratio("0.25"));

    CHECK(ratio_floor(money("1"), money("3")) == ratio("0.333333333333333333"));
    CHECK(ratio_ceil(money("1"), money("3")) == ratio("0.333333333333333334"));
    CHECK(ratio_floor(price("-1"), price("3")) == ratio("-0.333333333333333334"));
    CHECK(ratio_ceil(quantity("-1"), quantity("3")) == ratio("-0.333333333333333333"));
    CHECK(price_floor(money("10"), quantity("3")) == price("3.333333333333333333"));
    CHECK(price_ceil(money("10"), quantity("3")) == price("3.333333333333333334"));
    CHECK(quantity_floor(money("10"), price("3")) == quantity("3.333333333333333333"));
    CHECK(quantity_ceil(money("10"), price("3")) == quantity("3.333333333333333334"));
    CHECK(weigh_floor(money("10"), money("1"), money("3")) == money("3.333333333333333333"));
    CHECK(weigh_ceil(money("10"), quantity("1"), quantity("3")) == money("3.333333333333333334"));
    CHECK(accrued_floor(rate("0.1"), seconds(43'200)) == ratio("0.05"));
    CHECK(accrued_ceil(rate("0.000000000000000001"), seconds(1)) == Ratio::from_raw(1));
    CHECK(accrued_floor(rate("0.000000000000000001"), seconds(1)) == Ratio::zero());
}

TEST_CASE("products: a saturated ratio keeps its sign", "[units]")
{
    const Money least = Money::from_raw(1);
    CHECK(saturating_ratio_floor(MONEY_MAX, least) == Ratio::max());
    CHECK(saturating_ratio_floor(MONEY_MAX, -least) == Ratio::min());
    CHECK(saturating_ratio_floor(-MONEY_MAX, least) == Ratio::min());
    CHECK(saturating_ratio_floor(-MONEY_MAX, -least) == Ratio::max());
    CHECK(saturating_ratio_ceil(MONEY_MAX, least) == Ratio::max());
    CHECK(saturating_ratio_ceil(MONEY_MAX, -least) == Ratio::min());
    CHECK(saturating_ratio_ceil(-MONEY_MAX, least) == Ratio::min());
    CHECK(saturating_ratio_ceil(-MONEY_MAX, -least) == Ratio::max());
    CHECK(saturating_ratio_ceil(money("1"), money("3")) == ratio("0.333333333333333334"));
}

TEST_CASE("tokens: into 18 decimals exact, out of them the fraction stays", "[units]")
{
    CHECK(money_from_tokens(tokens("1500000"), 6) == money("1.5"));
    CHECK(quantity_from_tokens(tokens("1"), 0) == quantity("1"));
    CHECK(quantity_from_tokens(tokens("1"), 18) == Quantity::from_raw(1));
    CHECK(tokens_from_money_floor(money("1.9999999"), 6) == tokens("1999999"));
    CHECK(tokens_from_quantity_floor(quantity("0.9"), 0).is_zero());
    CHECK(tokens_from_money_floor(money("123.456"), 18) == tokens("123456000000000000000"));
    CHECK(tokens("3") - tokens("3") == TokenAmount::zero());
    CHECK(tokens("3") + tokens("4") == tokens("7"));
    CHECK(tokens("3") < tokens("4"));
    CHECK(tokens("4") > tokens("3"));
    CHECK(tokens("4") >= tokens("4"));
    CHECK(tokens("4") <= tokens("4"));
}

TEST_CASE("tokens: there and back is the identity, back and there never gains", "[units]")
{
    test::Draw draw(21);
    for (int decimals = 0; decimals <= TOKEN_DECIMALS_MAX; ++decimals) {
        const i128 scale = raw_per_base_unit(decimals);
        for (int i = 0; i < 2'000; ++i) {
            const i128 amount_max = MONEY_MAX.raw() / scale;
            const TokenAmount amount = TokenAmount::from_raw(
                static_cast<i128>(draw.unsigned_value() >> 1) % (amount_max + 1));
            const Money value = money_from_tokens(amount, decimals);
            REQUIRE((value.raw() == amount.raw() * scale));
            REQUIRE((tokens_from_money_floor(value, decimals) == amount));
            const Money odd =
                Money::from_raw(static_cast<i128>(draw.unsigned_value() >> 1) % MONEY_MAX.raw());
            const TokenAmount paid = tokens_from_money_floor(odd, decimals);
            REQUIRE((paid.raw() == odd.raw() / scale));
            REQUIRE((money_from_tokens(paid, decimals) <= odd));
        }
    }
}

TEST_CASE("ranges: the ends are inside, one beyond is outside", "[units]")
{
    CHECK(in_range(PRICE_MAX));
    CHECK(!in_range(PRICE_MAX + Price::from_raw(1)));
    CHECK(in_range(-PRICE_MAX));
    CHECK(!in_range(-PRICE_MAX - Price::from_raw(1)));
    CHECK(in_range(QUANTITY_MAX));
    CHECK(!in_range(QUANTITY_MAX + Quantity::from_raw(1)));
    CHECK(in_range(-MONEY_MAX));
    CHECK(!in_range(MONEY_MAX + Money::from_raw(1)));
    CHECK(in_range(RATIO_MAX));
    CHECK(!in_range(RATIO_MAX + Ratio::from_raw(1)));
    CHECK(in_range(RATE_MAX));
    CHECK(!in_range(Rate::max()));
    CHECK(!in_range(Money::min()));
    for (int decimals = 0; decimals <= TOKEN_DECIMALS_MAX; ++decimals) {
        const TokenAmount most_money =
            TokenAmount::from_raw(MONEY_MAX.raw() / raw_per_base_unit(decimals));
        CHECK(money_in_range(most_money, decimals));
        CHECK(!money_in_range(most_money + tokens("1"), decimals));
        const TokenAmount most_base =
            TokenAmount::from_raw(QUANTITY_MAX.raw() / raw_per_base_unit(decimals));
        CHECK(quantity_in_range(most_base, decimals));
        CHECK(!quantity_in_range(most_base + tokens("1"), decimals));
        CHECK(!quantity_in_range(TokenAmount::from_raw(num::I128_MAX), decimals));
    }
}

TEST_CASE("ranges: a book of the largest legs adds up", "[units]")
{
    Money sum;
    for (int leg = 0; leg < LEGS_MAX; ++leg)
        sum += value_and_notional(QUANTITY_MAX, PRICE_MAX).notional_ceil;
    CHECK((sum.raw() == MONEY_MAX.raw() * LEGS_MAX));
    Money losses;
    for (int leg = 0; leg < LEGS_MAX; ++leg)
        losses += value_and_notional(-QUANTITY_MAX, PRICE_MAX).value_floor;
    CHECK(losses == -sum);
}

}  // namespace
}  // namespace plimsoll
