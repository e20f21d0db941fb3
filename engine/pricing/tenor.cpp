// plimsoll: engine/pricing/tenor.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. See tenor.hpp.
#include "engine/pricing/tenor.hpp"

#include "engine/check.hpp"
#include "engine/num/exp.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/sqrt.hpp"
#include "engine/num/wide.hpp"

#include <optional>

namespace plimsoll::pricing {
namespace {

using num::i128;
using num::u128;

/// Exponents are multiplied with 80 binary places, so that the last cut to 64 is the only one that
/// counts: a rate of 100 makes 2^-73 of the 2^-80 that the years lose.
constexpr int EXPONENT_BITS = 80;
constexpr int EXPONENT_GUARD = EXPONENT_BITS - 64;
constexpr i128 LN2_Q80 = (i128{0xb172} << 64) | 0x17f7d1cf79abc9e4;

/// Where exp_of_rate() saturates: e^46 * 10^18 is below 2^127, e^47 * 10^18 is not.
constexpr i128 EXPONENT_MAX_Q80 = i128{46} << EXPONENT_BITS;

/// floor(length * 2^192 / one year), by 32 bits at a time: the year has 25.
num::Quad<std::uint64_t> years_q192_floor(Seconds length) noexcept
{
    constexpr std::uint64_t YEAR = SECONDS_PER_YEAR.raw();
    std::uint64_t rest = length.raw() % YEAR;
    const auto next_limb = [&rest]() noexcept {
        const std::uint64_t high = (rest << 32) / YEAR;
        rest = (rest << 32) % YEAR;
        const std::uint64_t low = (rest << 32) / YEAR;
        rest = (rest << 32) % YEAR;
        return (high << 32) | low;
    };
    num::Quad<std::uint64_t> years{};
    years.limb3 = length.raw() / YEAR;
    years.limb2 = next_limb();
    years.limb1 = next_limb();
    years.limb0 = next_limb();
    return years;
}

/// |rate| * T with 80 binary places, floored; nullopt beyond 2^47. Low by less than 2^-73 for rates up to
/// 100.
std::optional<i128> exponent_q80_floor(Ratio rate, Seconds length) noexcept
{
    const std::optional<i128> years = num::mul_div_floor(static_cast<i128>(length.raw()),
        i128{1} << EXPONENT_BITS, static_cast<i128>(SECONDS_PER_YEAR.raw()));
    CHECK(years.has_value());
    return num::mul_wad_floor(rate.abs().raw(), *years);
}

/// value * 10^18 / 2^(64 - shift), floored. @pre the result is below 2^127
u128 wad_from_q64_shifted_floor(u128 value, int shift) noexcept
{
    const u128 scaled = num::u128_from(num::multiply(static_cast<std::uint64_t>(value), num::WAD)) +
                        (value >> 64 != 0 ? u128{num::WAD} << 64 : 0);
    return shift <= 64 ? scaled >> (64 - shift) : scaled << (shift - 64);
}

/// A whole number n with n * ln 2 >= exponent, the least or one more. @pre exponent <= EXPONENT_MAX_Q80
int doublings_above(i128 exponent_q80) noexcept
{
    constexpr int DROPPED = EXPONENT_BITS - 24;
    const auto quotient = static_cast<std::uint64_t>(exponent_q80 >> DROPPED) /
                          static_cast<std::uint64_t>(LN2_Q80 >> DROPPED);
    const int doublings = static_cast<int>(quotient) + 1;
    return LN2_Q80 * doublings < exponent_q80 ? doublings + 1 : doublings;
}

/// Both ends of exp(-exponent) * 2^doublings. The factor before doubling is within DISCOUNT_ERROR_Q64: the
/// exponent's part is 1.3 units of 2^-64, its own rounding 2.
RatioBracket factor_within(i128 exponent_q80, int doublings) noexcept
{
    const u128 factor = num::exp_negative_q64(static_cast<u128>(exponent_q80) >> EXPONENT_GUARD);
    const u128 low = factor > DISCOUNT_ERROR_Q64 ? factor - DISCOUNT_ERROR_Q64 : 0;
    const u128 high = factor + DISCOUNT_ERROR_Q64 < ONE_Q64 ? factor + DISCOUNT_ERROR_Q64 : ONE_Q64;
    const u128 floor = wad_from_q64_shifted_floor(low, doublings);
    const u128 ceil = wad_from_q64_shifted_floor(high, doublings) + 1;
    return {Ratio::from_raw(static_cast<i128>(floor)), Ratio::from_raw(static_cast<i128>(ceil))};
}

}  // namespace

Tenor tenor_of(Seconds length) noexcept
{
    const u128 root = num::u128_from(num::isqrt_quad_floor(years_q192_floor(length)));
    return {length, root >> 32, root};
}

Discount discount_of(Ratio rate, Ratio rate_multiplier, Seconds length) noexcept
{
    CHECK(!rate_multiplier.is_negative());
    if (!rate.is_positive() || rate_multiplier.is_zero() || length.is_zero())
        return {};
    const std::optional<i128> plain = exponent_q80_floor(rate, length);
    if (!plain)
        return {0};
    const std::optional<i128> exponent = num::mul_wad_floor(*plain, rate_multiplier.raw());
    if (!exponent)
        return {0};
    // The exponent is low by 1.2 units of 2^-64 at most, of which the factor makes no more; its own
    // rounding adds 2.
    const u128 factor = num::exp_negative_q64(static_cast<u128>(*exponent) >> EXPONENT_GUARD);
    return {factor < ONE_Q64 ? factor : ONE_Q64 - 1};
}

RatioBracket exp_of_rate(Ratio annual_rate, Seconds length) noexcept
{
    if (annual_rate.is_zero() || length.is_zero())
        return {Ratio::one(), Ratio::one()};
    const std::optional<i128> exponent = exponent_q80_floor(annual_rate, length);
    if (annual_rate.is_negative())
        return exponent ? factor_within(*exponent, 0)
                        : RatioBracket{Ratio::zero(), Ratio::from_raw(1)};
    const bool saturates = !exponent || *exponent > EXPONENT_MAX_Q80;
    const i128 growth = saturates ? EXPONENT_MAX_Q80 : *exponent;
    const int doublings = doublings_above(growth);
    RatioBracket factor = factor_within(LN2_Q80 * doublings - growth, doublings);
    if (saturates)
        factor.ceil = Ratio::max();
    return factor;
}

}  // namespace plimsoll::pricing
