// plimsoll: engine/pricing/surface.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. Which surfaces a market may use.
#pragma once

#include "engine/error.hpp"
#include "engine/model/surface.hpp"

namespace plimsoll::pricing {

/// The greatest interest rate a year, either way.
inline constexpr Ratio INTEREST_MAX = Ratio::from_units(10);

/// Whether a market may use what was published of an expiry, whatever the time: a forward in range and above
/// zero, a rate within INTEREST_MAX, confidences from 0 to 1, and a smile that validate(Svi) takes.
/// Errors: out_of_range, surface_domain.
[[nodiscard]] Error validate(const ExpirySurface& surface) noexcept;

}  // namespace plimsoll::pricing
