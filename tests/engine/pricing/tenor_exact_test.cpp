// plimsoll: tests/engine/pricing/tenor_exact_test.cpp               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Roots of lengths, discounts and growth factors against 60 digits.
#include "engine/pricing/tenor.hpp"
#include "tests/engine/num/operands.hpp"
#include "tests/engine/pricing/exact.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <cstdint>

namespace plimsoll {
namespace {

using pricing::discount_of;
using pricing::exp_of_rate;
using pricing::ONE_Q64;
using test::ratio;
using test::Real;
using test::real;
using test::seconds;

constexpr std::uint64_t YEAR = 31'536'000;

void require_root(Seconds length)
{
    const pricing::Tenor tenor = pricing::tenor_of(length);
    const Real root = ldexp(sqrt(test::years(length)), 96);
    REQUIRE(tenor.length == length);
    REQUIRE(real(static_cast<num::i128>(tenor.root_years_q96)) <= root);
    REQUIRE(root < real(static_cast<num::i128>(tenor.root_years_q96)) + 1);
    REQUIRE((tenor.root_years_q64 == tenor.root_years_q96 >> 32));
}

TEST_CASE("tenor: roots are floors of 96 binary places", "[pricing]")
{
    for (std::uint64_t length = 0; length < 4'000; ++length)
        require_root(seconds(length));
    for (int bit = 0; bit < 64; ++bit)
        require_root(seconds(std::uint64_t{1} << bit));
    require_root(seconds(~std::uint64_t{0}));
    CHECK((pricing::tenor_of(seconds(YEAR)).root_years_q64 == ONE_Q64));
    CHECK((pricing::tenor_of(seconds(25 * YEAR)).root_years_q64 == 5 * ONE_Q64));
}

/// Half orders of magnitude from a second to a thousand years, and odd numbers.
constexpr std::uint64_t LENGTHS[] = {1, 7, 60, 3'599, 86'400, 604'800, 2'592'001, 7'776'000, YEAR,
    YEAR + 1, 5 * YEAR, 30 * YEAR, 1'000 * YEAR};

TEST_CASE("discount: within 2^-62 of 60 digits", "[pricing]")
{
    test::Draw draw(62);
    Real greatest = 0;
    for (const char* text :
        {"0.000000000000000001", "0.0001", "0.03", "0.0725", "1", "9.99", "100"}) {
        for (const char* multiplier : {"0.000000000000000001", "0.5", "1", "1.37", "100"}) {
            for (const std::uint64_t length : LENGTHS) {
                const Ratio rate = ratio(text);
                const Real exact = test::exact_discount(rate, ratio(multiplier), seconds(length));
                const num::u128 factor = discount_of(rate, ratio(multiplier), seconds(length)).q64;
                const Real error = abs(ldexp(exact, 64) - real(static_cast<num::i128>(factor)));
                greatest = error > greatest ? error : greatest;
                // Exactly 1 belongs to the exact 1 alone.
                REQUIRE((factor < ONE_Q64));
            }
        }
    }
    for (int i = 0; i < 20'000; ++i) {
        const Ratio rate = Ratio::from_raw(draw.value_within(62)).abs();
        const Seconds length = seconds(draw.word() % (10 * YEAR));
        const Real exact = test::exact_discount(rate, Ratio::one(), length);
        const Real factor =
            real(static_cast<num::i128>(discount_of(rate, Ratio::one(), length).q64));
        const Real error = abs(ldexp(exact, 64) - factor);
        greatest = error > greatest ? error : greatest;
    }
    CHECK(greatest <= pricing::DISCOUNT_ERROR_Q64);
    CHECK(greatest > 0.5);
}

TEST_CASE("discount: 1 exactly for no time, no rate, a negative rate or no multiplier", "[pricing]")
{
    CHECK((discount_of(ratio("0.05"), Ratio::one(), Seconds::zero()).q64 == ONE_Q64));
    CHECK((discount_of(Ratio::zero(), Ratio::one(), seconds(YEAR)).q64 == ONE_Q64));
    CHECK((discount_of(ratio("-0.05"), Ratio::one(), seconds(YEAR)).q64 == ONE_Q64));
    CHECK((discount_of(ratio("0.05"), Ratio::zero(), seconds(YEAR)).q64 == ONE_Q64));
    CHECK((discount_of(ratio("100"), ratio("100"), seconds(~std::uint64_t{0})).q64 == 0));
}

void require_factor(Ratio rate, Seconds length)
{
    const Real exponent = real(rate) * test::years(length);
    if (exponent > 46)
        return;
    const Real exact = exp(exponent) * Real(1e18);
    const pricing::RatioBracket factor = exp_of_rate(rate, length);
    REQUIRE(real(factor.floor.raw()) <= exact);
    REQUIRE(exact <= real(factor.ceil.raw()));
    const Real width = real((factor.ceil - factor.floor).raw());
    REQUIRE(width <= (exponent < 0 ? Real(2) : Real(2 + ldexp(exact, -59))));
}

TEST_CASE("exp_of_rate: brackets hold 60 digits for both signs", "[pricing]")
{
    for (const char* text : {"0.000000000000000001", "0.0001", "0.05", "0.693147180559945309",
             "0.693147180559945310", "1.386294361119890618", "3", "45.999", "46", "100", "10000"}) {
        for (const std::uint64_t length : LENGTHS) {
            require_factor(ratio(text), seconds(length));
            require_factor(-ratio(text), seconds(length));
        }
    }
    test::Draw draw(59);
    for (int i = 0; i < 20'000; ++i)
        require_factor(Ratio::from_raw(draw.value_within(66)), seconds(draw.word() % (3 * YEAR)));
}

TEST_CASE("exp_of_rate: exact at 1, saturated far above, nothing far below", "[pricing]")
{
    CHECK(exp_of_rate(Ratio::zero(), seconds(YEAR)).floor == Ratio::one());
    CHECK(exp_of_rate(Ratio::zero(), seconds(YEAR)).ceil == Ratio::one());
    CHECK(exp_of_rate(ratio("-3"), Seconds::zero()).floor == Ratio::one());
    const pricing::RatioBracket above = exp_of_rate(ratio("47"), seconds(YEAR));
    CHECK(above.ceil == Ratio::max());
    CHECK(above.floor > Ratio::from_units(94'961'194'206'024'480));
    const Seconds longest = seconds(~std::uint64_t{0});
    CHECK(exp_of_rate(Ratio::max(), longest).ceil == Ratio::max());
    CHECK(exp_of_rate(-Ratio::max(), longest).floor == Ratio::zero());
    CHECK(exp_of_rate(-Ratio::max(), longest).ceil == Ratio::from_raw(1));
    CHECK(exp_of_rate(ratio("-50"), seconds(YEAR)).ceil <= Ratio::from_raw(2));
}

}  // namespace
}  // namespace plimsoll
