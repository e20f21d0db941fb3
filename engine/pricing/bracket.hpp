// plimsoll: engine/pricing/bracket.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. Two values that an exact one lies between.
// Promises: floor <= exact <= ceil. Where the exact value is known and has 18 decimals, floor == ceil.
#pragma once

#include "engine/units/units.hpp"

namespace plimsoll::pricing {

/// An option's price. Neither end is negative. A long position is worth the floor, a short one owes
/// the ceiling.
struct PriceBracket
{
    Price floor;
    Price ceil;
};

/// A factor.
struct RatioBracket
{
    Ratio floor;
    Ratio ceil;
};

}  // namespace plimsoll::pricing
