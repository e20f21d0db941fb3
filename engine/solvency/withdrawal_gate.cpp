// plimsoll: engine/solvency/withdrawal_gate.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. See withdrawal_gate.hpp.
#include "engine/solvency/withdrawal_gate.hpp"

#include "engine/mutation.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {

Money gate_threshold_ceil(const GateParams& params, Money supplied) noexcept
{
    return greatest(params.absolute, scale_ceil(not_negative(supplied), params.relative));
}

Money gate_opens_at_floor(const GateParams& params, Money supplied) noexcept
{
    return scale_floor(gate_threshold_ceil(params, supplied), Ratio::from_raw(num::WAD / 2));
}

void update_gate(GateState& gate, const GateParams& params, Money uncovered, Money supplied,
    Seconds now) noexcept
{
    const bool open = gate.since.is_zero();
    const Money fewest = open ? supplied : least(gate.least, supplied);
    const Money threshold = gate_threshold_ceil(params, MUTANT("w6-least", fewest, supplied));
    const Money opens =
        open ? threshold : MUTANT("w6-opens", gate_opens_at_floor(params, fewest), threshold);
    if (!params.given() || GUARD("w6-threshold", uncovered <= opens)) {
        gate = GateState{};
        return;
    }
    const bool lapsed = GUARD("w6-lapses", !open && elapsed(gate.since, now) >= params.closed_max);
    // What is left of the old one within the line is all that a new one is measured by.
    if (lapsed && MUTANT("w6-residue", uncovered <= threshold, false))
        gate.deficit = least(gate.deficit, uncovered);
    if (open || (lapsed && uncovered > gate.deficit + threshold)) {
        gate = GateState{};
        gate.since = now;
        gate.deficit = uncovered;
    } else if (!lapsed) {
        gate.deficit = greatest(gate.deficit, uncovered);
    }
    gate.least = fewest;
}

void enter_window(GateState& gate, const GateParams& params, Money supplied, Seconds now) noexcept
{
    const std::uint64_t passed = elapsed(gate.since, now).raw();
    const std::uint64_t length = params.window.raw();
    const Seconds start = gate.since + Seconds::from_raw(passed - passed % length);
    if (gate.window == start)
        return;
    gate.window = start;
    gate.supplied = supplied;
    gate.outflow = Money::zero();
}

void enter_window(GateShare& share, const GateState& gate, Money cash) noexcept
{
    if (share.window == gate.window)
        return;
    share.window = gate.window;
    share.cash = not_negative(cash);
    share.withdrawn = Money::zero();
}

Money allowance_floor(
    const GateShare& share, const GateState& gate, const GateParams& params) noexcept
{
    const Money own = scale_floor(share.cash, params.outflow_share) - share.withdrawn;
    const Money all = scale_floor(gate.supplied, params.outflow_share) - gate.outflow;
    return not_negative(least(MUTANT("w6-own", own, all), MUTANT("w6-all", all, own)));
}

}  // namespace plimsoll
