// plimsoll: engine/pricing/forward.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. Forwards and strikes with their logarithms, taken once for all options
// that share them. Formulas F-3 and F-4a.
// Promises: one rounding, to nearest; its error travels with the forward into the brackets.
#pragma once

#include "engine/num/int128.hpp"
#include "engine/units/units.hpp"

namespace plimsoll::pricing {

/// The greatest forward or strike that is priced: the greatest price under the greatest shock.
/// Larger forwards stop there.
inline constexpr Price FORWARD_MAX = Price::from_units(10'000'000'000);
static_assert(FORWARD_MAX == scale_ceil(PRICE_MAX, RATIO_MAX));

/// A forward. The exact one lies within price +- error_raw raw units.
struct ForwardPoint
{
    Price price;
    num::i128 error_raw = 0;  ///< 0 where the price is exact, else 1.
    num::i128 ln_q64 = 0;     ///< ln(price.raw()), 64 binary places; 0 for a price of zero.
};

/// A strike, exact.
struct StrikePoint
{
    Price price;
    num::i128 ln_q64 = 0;  ///< As above.
};

/// A forward that is exact as given. @pre 0 <= price <= FORWARD_MAX
[[nodiscard]] ForwardPoint forward_point(Price price) noexcept;

/// @pre 0 <= price <= FORWARD_MAX
[[nodiscard]] StrikePoint strike_point(Price price) noexcept;

/// (forward - fixed) * spot_shock + fixed: only what the settlement average has not yet decided moves
/// with spot (F-3). Nearest.
/// @pre 0 <= fixed <= forward <= PRICE_MAX, spot_shock >= 0
[[nodiscard]] ForwardPoint forward_at(Price forward, Price fixed, Ratio spot_shock) noexcept;

/// forward * numerator / denominator (F-4a). Nearest.
/// @pre forward, numerator >= 0, denominator > 0, each at most PRICE_MAX
[[nodiscard]] ForwardPoint forward_scaled(
    Price forward, Price numerator, Price denominator) noexcept;

/// What the settlement average has decided of a forward `to_expiry` before its end: forward * (window -
/// to_expiry) / window, nothing before the window opens. Nearest; never above the forward.
/// @pre forward >= 0
[[nodiscard]] Price settlement_fixed_nearest(
    Price forward, Seconds to_expiry, Seconds window) noexcept;

}  // namespace plimsoll::pricing
