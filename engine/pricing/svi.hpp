// plimsoll: engine/pricing/svi.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. The volatility of a strike from a raw SVI slice. Formula F-2.
// Promises: no slice and no strike traps; the volatility's error is a proven bound for every total
// variance down to zero.
// Never: clamps a negative variance to zero (except within the error of its own arithmetic).
#pragma once

#include "engine/error.hpp"
#include "engine/model/svi.hpp"
#include "engine/num/int128.hpp"
#include "engine/pricing/volatility.hpp"
#include "engine/result.hpp"
#include "engine/units/units.hpp"

namespace plimsoll::pricing {

/// The greatest |a|, |b|, |rho|, |m|, |sigma| and tau that a slice is computed with.
inline constexpr Ratio SVI_PARAMETER_MAX = Ratio::from_units(100);

/// The greatest |b * sigma|.
inline constexpr Ratio SVI_LEVEL_MAX = Ratio::from_units(50);

/// Total variance counts up to here.
inline constexpr Ratio SVI_VARIANCE_MAX = Ratio::from_units(144);

/// A slice with all that its strikes share taken once; made by svi_slice() only. Fixed point with 112
/// binary places but for the root.
struct SviSlice
{
    Svi svi;
    num::i128 ln_forward = 0;
    num::i128 bound = 0;  ///< B.
    num::i128 a = 0;
    num::i128 m = 0;
    num::i128 sigma = 0;
    num::i128 root_tau = 0;  ///< sqrt(tau * 10^18) * 2^93.
    num::i128 error = 0;     ///< Bound on the error of total variance.
};

/// Errors: surface_domain, as svi_volatility() but for w.
[[nodiscard]] Result<SviSlice> svi_slice(const Svi& svi) noexcept;

/// svi_volatility() of a slice at hand: less than half the work. Errors: surface_domain for w < 0.
/// @pre 0 <= strike <= FORWARD_MAX
[[nodiscard]] Result<Volatility> volatility_at(const SviSlice& slice, Price strike) noexcept;

/// sqrt(min(w(k), 144) / tau) with k = clamp(ln(strike / forward), -B, B), B = 4 * sqrt(a + b * sigma).
/// Nearest; see svi.cpp for the bound that `error` is. A strike of zero: exactly 0, whatever the slice.
/// Errors: surface_domain for tau <= 0, forward <= 0, a + b * sigma < 0, w < 0, a parameter beyond
/// SVI_PARAMETER_MAX, or b * sigma beyond SVI_LEVEL_MAX.
/// @pre 0 <= strike <= FORWARD_MAX
[[nodiscard]] Result<Volatility> svi_volatility(const Svi& svi, Price strike) noexcept;

/// Whether a market may use the slice: ok or surface_domain. b >= 0, sigma >= 0, |rho| <= 1, tau > 0,
/// 0 < forward <= PRICE_MAX, nothing beyond the two limits above, total variance nowhere negative
/// (a + b * sigma * sqrt(1 - rho^2) >= 0, refused when it cannot be told to 18 decimals) and b * (1 +
/// |rho|) <= 2, beyond which the wings allow arbitrage (Lee, The moment formula, 2004). Under it
/// svi_volatility() has no error.
[[nodiscard]] Error validate(const Svi& svi) noexcept;

}  // namespace plimsoll::pricing
