// plimsoll: engine/pricing/volatility.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. An annual volatility and how far it may be from the exact one.
#pragma once

#include "engine/units/units.hpp"

namespace plimsoll::pricing {

/// The exact volatility lies within value +- error and is not negative. One that governance or a feed
/// states is exact: its error is zero.
/// @invariant value >= 0, error >= 0
struct Volatility
{
    Ratio value;
    Ratio error;
};

}  // namespace plimsoll::pricing
