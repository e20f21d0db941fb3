// plimsoll: tests/engine/num/ln_test.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Logarithms against MPFR: random values of every width, and both sides of
// every seam of the table in every octave.
// Greatest errors seen: ln_q64 0.55 units of 2^-64 (stated 1), ln_q112 0.66 of 2^-112 (stated 2).
#include "engine/num/ln.hpp"

#include "tests/engine/num/operands.hpp"
#include "tests/engine/num/real.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <rapidcheck/catch.h>

namespace plimsoll {
namespace {

using num::i128;
using num::u128;
using test::Draw;
using test::Real;
using test::Worst;

constexpr int COUNT = 150'000;
constexpr double LN_Q64_UNITS = 0.7;
constexpr double LN_Q112_UNITS = 1;

struct Errors
{
    Worst q64;
    Worst q112;

    void see(u128 n)
    {
        if (n == 0)
            return;
        const Real exact = log(Real::of(n));
        q64.see(exact.scaled(64) - Real::of(num::ln_q64(n)));
        q112.see(exact.scaled(112) - Real::of(num::ln_q112(n)));
    }
};

TEST_CASE("ln: the error over random whole numbers is below the bound", "[num][ln]")
{
    Draw draw(51);
    Errors errors;
    for (int i = 0; i < COUNT; ++i)
        errors.see(draw.unsigned_value());
    for (u128 n = 1; n < 3'000; ++n)
        errors.see(n);
    INFO(errors.q64.units() << " units, " << errors.q112.units() << " units");
    CHECK(errors.q64.units() < LN_Q64_UNITS);
    CHECK(errors.q112.units() < LN_Q112_UNITS);
}

TEST_CASE("ln: the error at every seam of the table is below the bound", "[num][ln]")
{
    Errors errors;
    for (int exponent = 6; exponent < 128; ++exponent) {
        for (u128 index = 64; index < 128; ++index) {
            const u128 seam = index << (exponent - 6);
            for (int offset = -3; offset <= 3; ++offset)
                errors.see(seam + static_cast<u128>(offset));
        }
    }
    for (u128 offset = 1; offset < 10; ++offset)
        errors.see(~u128{0} - offset);
    INFO(errors.q64.units() << " units, " << errors.q112.units() << " units");
    CHECK(errors.q64.units() < LN_Q64_UNITS);
    CHECK(errors.q112.units() < LN_Q112_UNITS);
}

TEST_CASE(
    "ln: one has the logarithm zero, and powers of two are multiples to half a unit", "[num][ln]")
{
    CHECK((num::ln_q64(1) == 0));
    CHECK((num::ln_q112(1) == 0));
    const Real ln_2 = log(Real(2));
    for (int exponent = 0; exponent < 128; ++exponent) {
        Worst worst;
        const Real exact = Real(exponent) * ln_2;
        worst.see(exact.scaled(64) - Real::of(num::ln_q64(u128{1} << exponent)));
        CHECK(worst.units() <= 0.52);
    }
}

TEST_CASE("ln: 18-decimal logarithms are within a unit, and defined above zero only", "[num][ln]")
{
    Draw draw(52);
    Worst worst;
    const Real wad = Real::of(u128{num::WAD});
    for (int i = 0; i < COUNT / 3; ++i) {
        const i128 value = static_cast<i128>(draw.unsigned_value() >> 1);
        if (value > 0)
            worst.see(log(Real::of_wad(value)) * wad - Real::of(*num::ln_wad_nearest(value)));
    }
    INFO(worst.units() << " units");
    CHECK(worst.units() < 0.6);
    CHECK((num::ln_wad_nearest(num::WAD) == i128{0}));
    CHECK((num::ln_wad_nearest(2 * i128{num::WAD}) == i128{693'147'180'559'945'309}));
    CHECK(!num::ln_wad_nearest(0));
    CHECK(!num::ln_wad_nearest(-1));
    CHECK(!num::ln_wad_nearest(num::I128_MIN));
}

TEST_CASE("ln: never falls by more than a unit, and not at all over a few units", "[num][ln]")
{
    rc::prop("ln of neighbours", [](std::uint64_t high, std::uint64_t low) {
        const u128 n = ((u128{high} << 64) | low) >> 1;
        RC_PRE(n > 0);
        RC_ASSERT((num::ln_q64(n + 1) >= num::ln_q64(n) - 1));
        RC_ASSERT((num::ln_q112(n + 1) >= num::ln_q112(n) - 1));
        // 2^-61 apart.
        RC_ASSERT((num::ln_q64(n + 1 + (n >> 61)) >= num::ln_q64(n)));
    });
}

}  // namespace
}  // namespace plimsoll
