// plimsoll: engine/units/units.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, unit shelf. All of the shelf in one include.
#pragma once

#include "engine/units/fixed.hpp"         // IWYU pragma: export
#include "engine/units/products.hpp"      // IWYU pragma: export
#include "engine/units/ranges.hpp"        // IWYU pragma: export
#include "engine/units/seconds.hpp"       // IWYU pragma: export
#include "engine/units/token_amount.hpp"  // IWYU pragma: export
