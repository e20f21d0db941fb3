// plimsoll: tests/engine/num/exp_test.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Exponentials and powers against MPFR, and the order of neighbours.
// Greatest errors seen: exp_negative_q64 0.86 units of 2^-64 (stated 1); beyond the half unit of the last
// rounding, exp_wad a relative 1.5 * 2^-64 (stated 4), pow_wad 3.8 * 2^-64 (stated 16 for exponents to 4).
#include "engine/num/exp.hpp"

#include "engine/num/ln.hpp"
#include "engine/num/q64.hpp"
#include "tests/engine/num/operands.hpp"
#include "tests/engine/num/real.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <rapidcheck/catch.h>
#include <vector>

namespace plimsoll {
namespace {

using num::i128;
using num::u128;
using test::Draw;
using test::Real;
using test::Worst;

constexpr int COUNT = 100'000;
constexpr i128 ONE = num::WAD;
constexpr u128 HALVING = 0xb172'17f7'd1cf'79abU;  // ln 2 in Q64

/// The greatest error beyond half a unit of the 18th decimal, relative to the value, in 2^-64.
class Excess
{
public:
    void see(const Real& exact, i128 ours)
    {
        const Real wad = Real::of(u128{num::WAD});
        const Real beyond = abs(exact * wad - Real::of(ours)) - Real(1).scaled(-1);
        if (Real(0) < beyond)
            m_worst.see((beyond / (exact * wad)).scaled(64));
    }
    [[nodiscard]] double units() const { return m_worst.units(); }

private:
    Worst m_worst;
};

Real error_of(u128 y)
{
    return exp(-Real::of(y, 64)).scaled(64) - Real::of(num::exp_negative_q64(y));
}

/// Every place where the table's step or the number of halvings changes, up to 46 and a little.
std::vector<u128> seams()
{
    std::vector<u128> places;
    // Halvings are counted from 25 fraction bits of y and 31 of 1 / ln 2.
    constexpr u128 inverse = 3'098'164'009U;
    for (std::uint64_t k = 0; k <= 67; ++k) {
        const std::uint64_t count = ((std::uint64_t{k} << 50) / 3'098'164'009U) << 6;
        for (u128 near = count > 200 ? count - 200 : 0; near < count + 200; ++near) {
            if ((near * inverse) >> 56 == k && (near == 0 || ((near - 1) * inverse) >> 56 != k))
                places.push_back(near << 39);
        }
        for (u128 step = 0; step < 45; ++step)
            places.push_back(k * HALVING + (step << 58));
    }
    for (const std::uint64_t end : {44U, 45U, 46U})
        places.push_back(u128{end} << 64);
    return places;
}

TEST_CASE("exp: the error of e^-y is below the bound, also at every seam", "[num][exp]")
{
    Draw draw(61);
    Worst worst;
    for (int i = 0; i < COUNT; ++i) {
        const u128 y = (u128{draw.word() % 47} << 64) | draw.word();
        worst.see(error_of(y));
        worst.see(error_of(y >> (draw.word() % 70)));
    }
    for (const u128 seam : seams()) {
        for (int offset = -3; offset <= 3; ++offset) {
            if (seam != 0 || offset >= 0)
                worst.see(error_of(seam + static_cast<u128>(offset)));
        }
    }
    INFO(worst.units() << " units");
    CHECK(worst.units() < 0.9);
    CHECK((num::exp_negative_q64(0) == num::Q64_ONE));
    CHECK((num::exp_negative_q64(1) == num::Q64_ONE - 1));
    CHECK((num::exp_negative_q64(~u128{0}) == 0));
}

int rises(u128 begin, int count)
{
    int found = 0;
    u128 before = num::exp_negative_q64(begin);
    for (int i = 0; i < count; ++i) {
        const u128 after = num::exp_negative_q64(++begin);
        found += after > before;
        before = after;
    }
    return found;
}

TEST_CASE("exp: e^-y never rises, across every seam and at random places", "[num][exp]")
{
    const std::vector<u128> places = seams();
    // 45 steps of each octave, three ends, and the places where halvings begin.
    CHECK(places.size() == 68 * 45 + 3 + 68);
    int found = 0;
    for (const u128 seam : places)
        found += rises(seam < 150 ? 0 : seam - 150, 300);
    Draw draw(62);
    for (int i = 0; i < 5'000; ++i)
        found += rises((u128{draw.word() % 46} << 64) | draw.word(), 200);
    CHECK(found == 0);
}

TEST_CASE("exp: e^x in 18 decimals is within its bound over the whole domain", "[num][exp]")
{
    Draw draw(63);
    Excess excess;
    const auto see = [&](i128 x) { excess.see(exp(Real::of_wad(x)), *num::exp_wad_nearest(x)); };
    for (int i = 0; i < COUNT; ++i) {
        const i128 x = static_cast<i128>(draw.word() % (96 * 1'000'000'000U)) * 1'000'000'000 +
                       static_cast<i128>(draw.word() % 1'000'000'000U) - 50 * ONE;
        if (x <= num::EXP_WAD_MAX)
            see(x);
        see(draw.value_within(65));
    }
    for (int offset = 0; offset < 4; ++offset) {
        see(num::EXP_WAD_MAX - offset);
        see(-43 * ONE - offset);
        see(-43 * ONE + offset);
        see(offset);
        see(-offset);
    }
    INFO(excess.units() << " of 2^-64");
    CHECK(excess.units() < 2);
    CHECK((num::exp_wad_nearest(0) == ONE));
    CHECK(!num::exp_wad_nearest(num::EXP_WAD_MAX + 1));
    CHECK(!num::exp_wad_nearest(num::I128_MAX));
    CHECK((num::exp_wad_nearest(num::I128_MIN) == i128{0}));
}

TEST_CASE("pow: within its bound for bases of 1e-9 to 1e9 and exponents of -4 to 4", "[num][exp]")
{
    Draw draw(64);
    Excess excess;
    int seen = 0;
    const auto see = [&](i128 base, i128 exponent) {
        const auto ours = num::pow_wad_nearest(base, exponent);
        if (!ours)
            return;
        ++seen;
        excess.see(pow(Real::of_wad(base), Real::of_wad(exponent)), *ours);
    };
    for (int i = 0; i < COUNT / 2; ++i) {
        const i128 base =
            static_cast<i128>(((u128{1} << 64) | draw.word()) << 25 >> (draw.word() % 60));
        const i128 exponent = static_cast<i128>(draw.word() % (8U * num::WAD)) - 4 * ONE;
        see(base, exponent);
        see(ONE + draw.value_within(60) / 2, exponent);
    }
    INFO(excess.units() << " of 2^-64");
    CHECK(seen > COUNT / 2);
    CHECK(excess.units() < 6);
}

TEST_CASE("pow: exponents 0 and 1 and base 1 are exact, what has no value is refused", "[num][exp]")
{
    Draw draw(65);
    for (int i = 0; i < 10'000; ++i) {
        const i128 base = static_cast<i128>(draw.unsigned_value() >> 1);
        if (base == 0)
            continue;
        const i128 exponent = draw.value_within(127) % (num::POW_EXPONENT_MAX + 1);
        REQUIRE((num::pow_wad_nearest(base, 0) == ONE));
        REQUIRE((num::pow_wad_nearest(base, ONE) == base));
        REQUIRE((num::pow_wad_nearest(ONE, exponent) == ONE));
        // No pair of operands may stop the machine.
        const auto any = num::pow_wad_nearest(base, exponent);
        REQUIRE((!any || *any >= 0));
    }
    CHECK((num::pow_wad_nearest(4 * ONE, ONE / 2) == 2 * ONE));
    CHECK((num::pow_wad_nearest(1'000'000'000, 2 * ONE) == i128{1}));
    CHECK(!num::pow_wad_nearest(0, ONE));
    CHECK(!num::pow_wad_nearest(-ONE, ONE));
    CHECK(!num::pow_wad_nearest(2 * ONE, num::POW_EXPONENT_MAX + 1));
    CHECK(!num::pow_wad_nearest(2 * ONE, -num::POW_EXPONENT_MAX - 1));
    CHECK(!num::pow_wad_nearest(1'000'000'000 * ONE, 4 * ONE));
    CHECK((num::pow_wad_nearest(1'000'000'000 * ONE, -4 * ONE) == i128{0}));
}

TEST_CASE("exp: the logarithm of an exponential is its argument", "[num][exp]")
{
    rc::prop("ln(e^x) = x", [](std::int64_t bits) {
        // |x| < 9.3: e^x has at least 14 digits behind it.
        const i128 x = bits;
        const i128 value = *num::exp_wad_nearest(x);
        const i128 back = *num::ln_wad_nearest(value);
        // One unit of e^x moves its logarithm by e^-x units.
        const i128 slack = 2 + 2 * (ONE / value);
        RC_ASSERT((back - x <= slack && x - back <= slack));
    });
}

TEST_CASE("exp: e^(x + y) is e^x e^y and e^x grows with x", "[num][exp]")
{
    rc::prop("e^x grows", [](std::int64_t bits, std::uint32_t step) {
        const i128 x = bits;
        RC_ASSERT((*num::exp_wad_nearest(x + 100 + step) >= *num::exp_wad_nearest(x)));
    });
    rc::prop("e^-(x + y)", [](std::uint64_t x, std::uint64_t y) {
        const u128 product =
            num::umul_q64_trunc(num::exp_negative_q64(x), num::exp_negative_q64(y));
        const u128 sum = num::exp_negative_q64(u128{x} + y);
        RC_ASSERT((product <= sum + 3 && sum <= product + 3));
    });
}

}  // namespace
}  // namespace plimsoll
