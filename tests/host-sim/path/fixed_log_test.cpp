// plimsoll: tests/host-sim/path/fixed_log_test.cpp                  SPDX-License-Identifier: Apache-2.0
// The simulator's logarithm and exponential against Boost's 50-digit ones.
#include "host-sim/path/fixed_log.hpp"

#include "host-sim/prng.hpp"

#include <boost/multiprecision/cpp_dec_float.hpp>
#include <catch2/catch.hpp>
#include <string>

namespace {

using plimsoll::num::i128;
using plimsoll::num::WAD;
using plimsoll::sim::exp_e18;
using plimsoll::sim::ln_e18;
using Wide = boost::multiprecision::cpp_dec_float_50;

constexpr i128 WAD_SIGNED = static_cast<i128>(WAD);

Wide wide(i128 raw)
{
    const bool negative = raw < 0;
    const auto size = plimsoll::num::magnitude(raw);
    const Wide value = Wide(static_cast<std::uint64_t>(size >> 64)) * pow(Wide(2), 64) +
                       Wide(static_cast<std::uint64_t>(size));
    return negative ? Wide(-value) : value;
}

}  // namespace

TEST_CASE("ln is within 1e-16 from 1e-18 to 1e16", "[fixed_log]")
{
    plimsoll::sim::Prng prng(1, "ln");
    CHECK(ln_e18(WAD_SIGNED) == 0);
    for (int i = 0; i < 20'000; ++i) {
        // Uniform in size: a random number of bits from 1 to 113.
        const auto bits = prng.between(0, 112);
        const i128 value =
            (i128{1} << bits) |
            static_cast<i128>(
                ((static_cast<plimsoll::num::u128>(prng.next()) << 64) | prng.next()) &
                ((plimsoll::num::u128{1} << bits) - 1));
        if (value > WAD_SIGNED * 10'000'000'000'000'000)
            continue;
        const Wide exact = log(wide(value) / wide(WAD_SIGNED)) * wide(WAD_SIGNED);
        REQUIRE(abs(wide(ln_e18(value)) - exact) <= 100);
    }
}

TEST_CASE("exp is within 1e-15 of its value from -41 to 41", "[fixed_log]")
{
    plimsoll::sim::Prng prng(2, "exp");
    CHECK(exp_e18(0) == WAD_SIGNED);
    for (int i = 0; i < 20'000; ++i) {
        const i128 value =
            static_cast<i128>(prng.below(82'000'000'000'000'000)) * 1000 - 41 * WAD_SIGNED;
        const Wide exact = exp(wide(value) / wide(WAD_SIGNED)) * wide(WAD_SIGNED);
        REQUIRE(abs(wide(exp_e18(value)) - exact) <= exact * Wide("1e-15") + 1);
    }
}

TEST_CASE("exp undoes ln for prices", "[fixed_log]")
{
    for (const std::int64_t cents : {1, 8600, 378213, 793458, 100'000'000}) {
        const i128 price = i128{cents} * 10'000'000'000'000'000;
        const i128 there_and_back = exp_e18(ln_e18(price));
        const i128 gap = there_and_back > price ? there_and_back - price : price - there_and_back;
        CHECK(gap <= price / 1'000'000'000'000'000 + 1);
    }
}
