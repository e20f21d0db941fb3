// plimsoll: tests/engine/num/isqrt_test.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The integer square root at its seams.
#include "engine/num/isqrt.hpp"

#include "engine/num/int128.hpp"

#include <catch2/catch.hpp>
#include <cstdint>

namespace plimsoll {
namespace {

using num::isqrt_floor;
using num::u128;

constexpr std::uint64_t ROOT_MAX = ~std::uint64_t{0};

static_assert(isqrt_floor(0) == 0);
static_assert(isqrt_floor(~u128{0}) == ROOT_MAX);

TEST_CASE("isqrt: small values and the greatest", "[num]")
{
    std::uint64_t root = 0;
    for (std::uint64_t n = 0; n < 100'000; ++n) {
        if ((root + 1) * (root + 1) <= n)
            ++root;
        REQUIRE((isqrt_floor(n) == root));
    }
    CHECK((isqrt_floor(~u128{0}) == ROOT_MAX));
    CHECK((isqrt_floor(u128{ROOT_MAX} * ROOT_MAX) == ROOT_MAX));
    CHECK((isqrt_floor(u128{ROOT_MAX} * ROOT_MAX - 1) == ROOT_MAX - 1));
}

TEST_CASE("isqrt: both sides of the square of every power of two and its neighbours", "[num]")
{
    for (int bit = 1; bit < 64; ++bit) {
        for (int offset = -1; offset <= 1; ++offset) {
            const u128 root = (u128{1} << bit) + static_cast<u128>(offset);
            CHECK((isqrt_floor(root * root) == root));
            CHECK((isqrt_floor(root * root - 1) == root - 1));
            CHECK((isqrt_floor(root * root + 2 * root) == root));
        }
    }
}

TEST_CASE("isqrt: the root of a value of 36 decimals has 18", "[num]")
{
    const u128 two = 2 * u128{num::WAD} * num::WAD;
    CHECK((isqrt_floor(two) == 1'414'213'562'373'095'048U));
}

}  // namespace
}  // namespace plimsoll
