// plimsoll: engine/solvency/withdrawal_gate.hpp                     SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. The withdrawal gate: while a deficit is uncovered that is more than a trifle, quote
// leaves slowly and for everybody alike, so that who runs first does not take what belongs to the rest.
// Promises: an account may take out the same share a window of what it had when the window began, whoever
// else asks; all together no more than that share of what all had. The gate never stays closed longer than
// its limit for one deficit; it closes again only when it had opened, or the deficit has grown by as much as
// would close it by itself. What has been paid in since it closed opens nothing and forgets nothing.
#pragma once

#include "engine/model/cash_params.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// Of the house.
struct GateState
{
    Seconds since;   ///< When it closed; zero: it is open.
    Money deficit;   ///< The uncovered deficit that it closed for, at most.
    Seconds window;  ///< Start of the window that the next two are of.
    Money supplied;  ///< What all had then, at least.
    Money outflow;   ///< What has left since.
    Money
        least;  ///< The least that all had after a call since it closed; until it opens, later deposits do not count.
};

/// Of one account.
struct GateShare
{
    Seconds window;   ///< The last window that it was seen in.
    Money cash;       ///< Its positive cash when that window began.
    Money withdrawn;  ///< In that window.
};

/// Whether quote is held back now.
[[nodiscard]] constexpr bool is_closed(
    const GateState& gate, const GateParams& params, Seconds now) noexcept
{
    return params.given() && !gate.since.is_zero() && elapsed(gate.since, now) < params.closed_max;
}

/// Above which uncovered deficit it closes. Ceil: a raw unit at the limit closes nothing.
[[nodiscard]] Money gate_threshold_ceil(const GateParams& params, Money supplied) noexcept;

/// At or below which a closed one opens: half of that, so that nobody pays it just open and closes it for another while
/// by taking out little. Floor.
[[nodiscard]] Money gate_opens_at_floor(const GateParams& params, Money supplied) noexcept;

/// Closes or opens it after a call, and before quote leaves: prices move what the inventory covers, and what leaves
/// moves the threshold. `supplied`: what all have then.
void update_gate(GateState& gate, const GateParams& params, Money uncovered, Money supplied,
    Seconds now) noexcept;

/// Begins a window where one is due, before a call changes anything. @pre it is closed
void enter_window(GateState& gate, const GateParams& params, Money supplied, Seconds now) noexcept;

/// The same for an account with this cash. @pre enter_window() was called
void enter_window(GateShare& share, const GateState& gate, Money cash) noexcept;

/// What the account may still withdraw in this window. Floor. @pre both have entered the window
[[nodiscard]] Money allowance_floor(
    const GateShare& share, const GateState& gate, const GateParams& params) noexcept;

}  // namespace plimsoll
