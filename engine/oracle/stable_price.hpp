// plimsoll: engine/oracle/stable_price.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. A price that follows the published one, slower the further it has gone from
// where it was a day ago: the `stable` of F-4a, by F-42 of docs/formulas.md (after Mango v4's model).
//
// stable_advance() is called before a new price is written, with the price that stood since the last call. A jump
// counts for as long as it stands and no longer; who calls, and how often, does not matter.
//
// Between the ends of intervals the price moves along an exact solution of dS/dt = growth * S * f^2, where f =
// min(S/D, D/S) and D is the average of the interval STABLE_DELAYS ago, not in Euler steps: so two calls get as
// far as one, within rounding, which is always on the slow side.
//
// Promises: over t seconds the logarithm moves by at most growth_per_hour * t / 3600; never past the published
// price; at most STABLE_DELAYS + 1 steps a call, what is missed beyond counting as nothing.
#pragma once

#include "engine/model/stable_price_state.hpp"
#include "engine/model/volatility_params.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// Takes the price that stood since the last call up to `now`. The first one starts the model at itself. A price
/// of zero (never published) does nothing.
/// @pre 0 <= standing <= PRICE_MAX
void stable_advance(
    StablePrice& stable, const StablePriceParams& params, Price standing, Seconds now) noexcept;

/// Whether stable_advance() to `now` reads or writes any but the oldest of the delay prices.
[[nodiscard]] bool stable_delays_due(
    const StablePrice& stable, const StablePriceParams& params, Seconds now) noexcept;

/// What stable_advance() would make of it, for a look at `now`.
[[nodiscard]] Price stable_at(const StablePrice& stable, const StablePriceParams& params,
    Price standing, Seconds now) noexcept;

}  // namespace plimsoll
