// plimsoll: engine/pricing/svi.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. See svi.hpp.
//
// Everything up to the root is fixed point with 112 binary places; the bound is in units of 2^-112.
//   k      two logarithms of 2 each, or B, which is within 2; a clamp does not enlarge it     4
//   k - m  m is cut                                                                         + 1
//   root   its derivative in k - m and in sigma is at most 1; sigma and the root are cut    5 + 2
//   rho    |rho| * 5, and one cut                                                           5 |rho| + 1
//   w      |b| * (8 + 5 |rho|), and b's product and a are cut                               + 2
// The root of w / tau is then exact to less than a quarter of the 18th decimal, and
// |sqrt(w +- e) - sqrt(w)| <= sqrt(w) * e / w for e <= w. So the volatility's error is one unit of 10^-18
// while w > 4 * e * volatility * 10^18, which for b <= 1 and tau = 1 is w > 2e-28, and grows below it up to
// the volatility of e itself: 1e-16 at tau = 1.
#include "engine/pricing/svi.hpp"

#include "engine/check.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/ln.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/sqrt.hpp"
#include "engine/num/wide.hpp"
#include "engine/pricing/forward.hpp"

#include <cstdint>
#include <optional>

namespace plimsoll::pricing {
namespace {

using num::i128;
using num::u128;
using Limbs = num::Quad<std::uint64_t>;

constexpr int BITS = 112;
constexpr i128 VARIANCE_MAX_Q112 = i128{144} << BITS;
static_assert(SVI_VARIANCE_MAX == Ratio::from_units(144));

// a + b * sigma with 36 decimals fits.
static_assert(
    SVI_PARAMETER_MAX.raw() * num::WAD <= num::I128_MAX - SVI_LEVEL_MAX.raw() * i128{num::WAD});

/// value with 112 binary places. @pre |value| <= SVI_PARAMETER_MAX
i128 q112_floor(Ratio value) noexcept
{
    return checked(num::mul_wad_floor(value.raw(), i128{1} << BITS));
}

/// b * sigma with 36 decimals, or nullopt beyond SVI_LEVEL_MAX.
std::optional<i128> product_36(Ratio b, Ratio sigma) noexcept
{
    const std::optional<i128> product = num::mul_div_floor(b.raw(), sigma.raw(), 1);
    if (!product || num::magnitude(*product) > static_cast<u128>(SVI_LEVEL_MAX.raw()) * num::WAD)
        return std::nullopt;
    return product;
}

/// a + b * sigma with 36 decimals, exact; nullopt outside the domain.
std::optional<i128> level_36(const Svi& svi) noexcept
{
    const auto fits = [](Ratio value) { return is_within(value, SVI_PARAMETER_MAX); };
    const bool in_bounds = fits(svi.a) && fits(svi.b) && fits(svi.rho) && fits(svi.m) &&
                           fits(svi.sigma) && fits(svi.tau) && svi.forward <= FORWARD_MAX;
    if (!in_bounds || !svi.tau.is_positive() || !svi.forward.is_positive())
        return std::nullopt;
    const std::optional<i128> product = product_36(svi.b, svi.sigma);
    if (!product)
        return std::nullopt;
    const i128 level = *product + svi.a.raw() * i128{num::WAD};
    if (level < 0)
        return std::nullopt;
    return level;
}

/// sqrt(value) * 2^64, floored.
u128 root_q64_floor(u128 value) noexcept
{
    const num::Pair<std::uint64_t> pair = num::pair_from(value);
    return num::u128_from(num::isqrt_quad_floor(Limbs{0, 0, pair.low, pair.high}));
}

/// B = 4 * sqrt(level) with 112 binary places, from half of the root times 2^64 of a level of 36 decimals.
i128 bound_floor(i128 level) noexcept
{
    const u128 root = root_q64_floor(static_cast<u128>(level));
    return checked(num::mul_wad_floor(static_cast<i128>(root >> 1), i128{1} << (BITS - 61)));
}

/// ln(strike / forward) within +-B.
i128 log_moneyness(const SviSlice& slice, Price strike) noexcept
{
    const i128 k = num::ln_q112(static_cast<u128>(strike.raw())) - slice.ln_forward;
    return k > slice.bound ? slice.bound : k < -slice.bound ? -slice.bound : k;
}

/// sqrt(x^2 + y^2), floored. @pre |x|, |y| < 2^127
i128 hypotenuse_floor(i128 x, i128 y) noexcept
{
    const auto square = [](i128 value) noexcept {
        const num::Pair<std::uint64_t> size = num::pair_from(num::magnitude(value));
        return num::multiply(size, size);
    };
    const Limbs a = square(x);
    const Limbs b = square(y);
    const u128 low = num::u128_from({a.limb0, a.limb1}) + num::u128_from({b.limb0, b.limb1});
    const bool carry = low < num::u128_from({a.limb0, a.limb1});
    const u128 high =
        num::u128_from({a.limb2, a.limb3}) + num::u128_from({b.limb2, b.limb3}) + (carry ? 1 : 0);
    const num::Pair<std::uint64_t> lower = num::pair_from(low);
    const num::Pair<std::uint64_t> upper = num::pair_from(high);
    return static_cast<i128>(
        num::u128_from(num::isqrt_quad_floor(Limbs{lower.low, lower.high, upper.low, upper.high})));
}

/// The bound on total variance that the head of this file derives.
i128 variance_error(const Svi& svi) noexcept
{
    const i128 tilt = checked(num::mul_wad_ceil(svi.rho.abs().raw(), 5));
    return checked(num::mul_wad_ceil(svi.b.abs().raw(), 8 + tilt)) + 2;
}

/// Total variance, at most VARIANCE_MAX_Q112; nullopt where it is negative beyond its error.
std::optional<i128> variance(const SviSlice& slice, i128 k) noexcept
{
    const i128 x = k - slice.m;
    const i128 wings =
        hypotenuse_floor(x, slice.sigma) + checked(num::mul_wad_floor(x, slice.svi.rho.raw()));
    const std::optional<i128> slope = num::mul_wad_floor(wings, slice.svi.b.raw());
    i128 total = 0;
    if (!slope || __builtin_add_overflow(*slope, slice.a, &total)) {
        const bool negative = (wings < 0) != slice.svi.b.is_negative();
        return negative ? std::nullopt : std::optional<i128>(VARIANCE_MAX_Q112);
    }
    if (total < -slice.error)
        return std::nullopt;
    if (total < 0)
        return 0;
    return total < VARIANCE_MAX_Q112 ? total : VARIANCE_MAX_Q112;
}

/// How far a root that root_tau is of is shifted before it is taken.
constexpr int ROOT_SHIFT = 29;

/// sqrt(variance / tau) with 18 decimals, to nearest but for a relative 2^-92.
/// @pre 0 <= variance <= 2 * VARIANCE_MAX_Q112
i128 annual_nearest(i128 variance_q112, i128 root_tau) noexcept
{
    constexpr i128 TEN_TO_27 = i128{1'000'000'000} * num::WAD;
    constexpr int SHIFT = 27;
    // sqrt(w * 2^112) * 2^64 over sqrt(tau * 10^18) * 2^93: 10^27 / 2^27 is what is left of the scales.
    const i128 root = static_cast<i128>(root_q64_floor(static_cast<u128>(variance_q112)));
    const i128 scaled = checked(num::mul_div_floor(root, TEN_TO_27, root_tau));
    return (scaled + (i128{1} << (SHIFT - 1))) >> SHIFT;
}

}  // namespace

Result<SviSlice> svi_slice(const Svi& svi) noexcept
{
    const std::optional<i128> level = level_36(svi);
    if (!level)
        return Error::surface_domain;
    SviSlice slice;
    slice.svi = svi;
    slice.ln_forward = num::ln_q112(static_cast<u128>(svi.forward.raw()));
    slice.bound = bound_floor(*level);
    slice.a = q112_floor(svi.a);
    slice.m = q112_floor(svi.m);
    slice.sigma = q112_floor(svi.sigma);
    slice.root_tau =
        static_cast<i128>(root_q64_floor(static_cast<u128>(svi.tau.raw()) << (2 * ROOT_SHIFT)));
    slice.error = variance_error(svi);
    return slice;
}

Result<Volatility> volatility_at(const SviSlice& slice, Price strike) noexcept
{
    CHECK(!strike.is_negative());
    CHECK(strike <= FORWARD_MAX);
    if (strike.is_zero())
        return Volatility{};
    const std::optional<i128> total = variance(slice, log_moneyness(slice, strike));
    if (!total)
        return Error::surface_domain;
    const i128 value = annual_nearest(*total, slice.root_tau);
    if (*total <= slice.error) {
        const i128 greatest = annual_nearest(*total + slice.error, slice.root_tau);
        return Volatility{Ratio::from_raw(value), Ratio::from_raw(greatest + 1)};
    }
    const i128 part = checked(num::mul_div_ceil((value + 1) << 2, slice.error, *total));
    // part is four times the share of the variance's error: up to 1 it fits beside the rounding. The
    // last term is the root's, and only of volatilities beyond 10^9.
    const i128 spread = part <= 1 ? 0 : (part >> 2) + 1;
    return Volatility{Ratio::from_raw(value), Ratio::from_raw(1 + spread + (value >> 90))};
}

Result<Volatility> svi_volatility(const Svi& svi, Price strike) noexcept
{
    CHECK(!strike.is_negative());
    if (strike.is_zero())
        return Volatility{};
    const Result<SviSlice> slice = svi_slice(svi);
    if (!slice)
        return slice.error();
    return volatility_at(*slice, strike);
}

Error validate(const Svi& svi) noexcept
{
    const Ratio tilt = svi.rho.abs();
    if (!level_36(svi) || svi.forward > PRICE_MAX || svi.b.is_negative() ||
        svi.sigma.is_negative() || tilt > Ratio::one())
        return Error::surface_domain;
    const Ratio wing = Ratio::one() + tilt;
    if (num::compare_products(svi.b.raw(), wing.raw(), 2 * i128{num::WAD}, num::WAD) > 0)
        return Error::surface_domain;
    const Ratio lift =
        Ratio::from_raw(num::sqrt_wad_floor((Ratio::one() - scale_ceil(svi.rho, svi.rho)).raw()));
    const Ratio least = svi.a + scale_floor(scale_floor(svi.b, svi.sigma), lift);
    return least.is_negative() ? Error::surface_domain : Error::ok;
}

}  // namespace plimsoll::pricing
