// plimsoll: tests/engine/num/sqrt_test.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Roots of four limbs on every input of a small limb, then roots of fixed-point
// values: the square of the result and of its neighbour enclose the value, in exact products.
#include "engine/num/sqrt.hpp"

#include "tests/engine/num/operands.hpp"
#include "tests/engine/num/small_limb.hpp"

#include <catch2/catch.hpp>
#include <cstdint>

namespace plimsoll {
namespace {

using num::i128;
using num::Pair;
using num::Quad;
using num::u128;
using test::Draw;

constexpr int COUNT = 200'000;

static_assert(num::sqrt_q64_floor(0) == 0);
static_assert(num::sqrt_q64_floor(u128{9} << 64) == u128{3} << 64);
static_assert(num::sqrt_q64_floor(~u128{0}) >> 96 == 0);
static_assert(num::sqrt_wad_floor(2 * static_cast<i128>(num::WAD)) == 1'414'213'562'373'095'048);
static_assert(num::sqrt_wad_ceil(2 * static_cast<i128>(num::WAD)) == 1'414'213'562'373'095'049);
static_assert(num::sqrt_wad_ceil(4 * static_cast<i128>(num::WAD)) == 2 * i128{num::WAD});
static_assert(num::sqrt_wad_floor(0) == 0 && num::sqrt_wad_ceil(0) == 0);
static_assert(num::sqrt_wad_floor(1) == 1'000'000'000);

template <int BITS, test::Machine MACHINE>
int failures_of_all()
{
    using Limb = test::SmallLimb<BITS, MACHINE>;
    int failures = 0;
    std::uint64_t root = 0;
    for (std::uint64_t n = 0; n < std::uint64_t{1} << (4 * BITS); ++n) {
        if ((root + 1) * (root + 1) <= n)
            ++root;
        const Pair<Limb> ours = num::isqrt_quad_floor(
            Quad<Limb>{Limb(n), Limb(n >> BITS), Limb(n >> (2 * BITS)), Limb(n >> (3 * BITS))});
        failures += ((ours.high.value() << BITS) | ours.low.value()) != root;
    }
    return failures;
}

TEST_CASE("sqrt: the root of four limbs is exact for every value of four-bit limbs", "[num][sqrt]")
{
    CHECK(failures_of_all<4, test::Machine::portable>() == 0);
    CHECK(failures_of_all<4, test::Machine::wide>() == 0);
}

TEST_CASE("sqrt: the root of four limbs is exact for every value of six-bit limbs", "[num][sqrt]")
{
    CHECK(failures_of_all<6, test::Machine::portable>() == 0);
}

using Limbs = Quad<std::uint64_t>;

/// Whether root is floor(sqrt(n)).
bool is_root(const Limbs& n, u128 root)
{
    if (num::compare(n, num::multiply(num::pair_from(root), num::pair_from(root))) < 0)
        return false;
    if (root == ~u128{0})
        return true;
    const Pair<std::uint64_t> next = num::pair_from(root + 1);
    return num::compare(n, num::multiply(next, next)) < 0;
}

u128 root_of(const Limbs& n)
{
    return num::u128_from(num::isqrt_quad_floor(n));
}

TEST_CASE("sqrt: roots of random values, squares and their neighbours are exact", "[num][sqrt]")
{
    Draw draw(41);
    int failures = 0;
    for (int i = 0; i < COUNT; ++i) {
        const Pair<std::uint64_t> low = num::pair_from(draw.unsigned_value());
        const Pair<std::uint64_t> high = num::pair_from(draw.unsigned_value());
        const Limbs n{low.low, low.high, high.low, high.high};
        failures += !is_root(n, root_of(n));
        const u128 root = draw.unsigned_value();
        Limbs square = num::multiply(num::pair_from(root), num::pair_from(root));
        failures += root_of(square) != root;
        if (root == 0)
            continue;
        // One less, with the borrow of an even square.
        if (square.limb0-- == 0 && square.limb1-- == 0 && square.limb2-- == 0)
            --square.limb3;
        failures += root_of(square) != root - 1;
    }
    CHECK(failures == 0);
    CHECK((root_of({~0UL, ~0UL, ~0UL, ~0UL}) == ~u128{0}));
    CHECK((root_of({0, 0, 0, 1}) == u128{1} << 96));
}

TEST_CASE("sqrt: roots of fixed-point values enclose them", "[num][sqrt]")
{
    Draw draw(42);
    int failures = 0;
    for (int i = 0; i < COUNT; ++i) {
        const Pair<std::uint64_t> value = num::pair_from(draw.unsigned_value());
        failures +=
            !is_root({0, value.low, value.high, 0}, num::sqrt_q64_floor(num::u128_from(value)));
        const i128 wad = static_cast<i128>(draw.unsigned_value() >> 1);
        const Limbs square = num::sqrt_wad_square(wad);
        const i128 floor = num::sqrt_wad_floor(wad);
        failures += !is_root(square, static_cast<u128>(floor));
        const Pair<std::uint64_t> root = num::pair_from(static_cast<u128>(floor));
        const bool is_exact = num::compare(num::multiply(root, root), square) == 0;
        failures += num::sqrt_wad_ceil(wad) != floor + (is_exact ? 0 : 1);
    }
    CHECK(failures == 0);
}

}  // namespace
}  // namespace plimsoll
