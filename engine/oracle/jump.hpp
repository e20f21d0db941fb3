// plimsoll: engine/oracle/jump.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. A price that jumps is held back until it is confirmed: O3 of docs/formulas.md,
// "Prices". The price that stood stays on the board meanwhile.
//
// A jump is measured against the stable price, where there is one, else against the price that stands; and against
// the last jump that was confirmed, until the stable price has come near it.
//
// Promises: a wait may block sales for at most its length, and after the begin of one that did no other does for twice
// that: in any time of two waits sales are blocked for at most one, whatever is published.
#pragma once

#include "engine/model/board.hpp"
#include "engine/model/feed.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// Whether neither is more than `most` times the other. Exact. @pre both positive
[[nodiscard]] bool within_factor(Price a, Price b, Ratio most) noexcept;

/// What the feed says once `value` has come: `value` itself, or `standing` held back. `stable` is zero where there
/// is none. @pre value.price > 0
[[nodiscard]] FeedPrice judge_jump(JumpState& state, const JumpParams& params,
    const PriceReport& value, const FeedPrice& standing, Price stable, Seconds now) noexcept;

}  // namespace plimsoll
