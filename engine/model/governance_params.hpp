// plimsoll: engine/model/governance_params.hpp                      SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. How governance itself is bounded: the timelock, and how long the guardian may
// stop a kind of message.
// Promises: what is stopped goes on by itself; the guardian cannot stop it again before it has been open for
// a while, nor can governance where a stop of that kind has a bound of its own.
// Never: knows which messages there are.
#pragma once

#include "engine/error.hpp"
#include "engine/model/refused.hpp"
#include "engine/units/units.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace plimsoll {

/// Kinds of messages that can be stopped: a bit each.
inline constexpr std::size_t PAUSE_ACTIONS = 4;
/// A proposal may be executed for so long after its timelock has passed.
inline constexpr Seconds PROPOSAL_GRACE = Seconds::from_raw(14 * std::uint64_t{86'400});
/// Governance may stop an action for so long at once, whatever the guardian may.
inline constexpr Seconds PAUSE_LONGEST = Seconds::from_raw(30 * std::uint64_t{86'400});

struct GovernanceParams
{
    Seconds timelock;  ///< From proposing to executing; zero: governance acts at once.
    Seconds pause_max =
        Seconds::from_raw(7 * std::uint64_t{86'400});  ///< Longest stop by the guardian,
    Seconds pause_cool = Seconds::from_raw(86'400);  ///< and how long the action is open after it.
};

/// Names: timelock_s, pause_max_s, pause_cool_s.
[[nodiscard]] Refused validate(const GovernanceParams& params) noexcept;

/// What is stopped, and until when. A time of zero is a stop of before there were times: it has no end.
struct Pauses
{
    std::uint32_t actions = 0;
    Seconds until[PAUSE_ACTIONS];

    /// Those that have not ended by themselves.
    [[nodiscard]] constexpr std::uint32_t in_force(Seconds now) const noexcept
    {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < PAUSE_ACTIONS; ++i)
            if ((actions >> i & 1) != 0 && (until[i].is_zero() || now < until[i]))
                bits |= std::uint32_t{1} << i;
        return bits;
    }
};

/// Kinds whose stop has a bound of its own, whoever orders it: governance cannot put its end off, and waits for
/// pause_cool as the guardian does.
using LongestStops = std::array<std::optional<Seconds>, PAUSE_ACTIONS>;

/// The stops after somebody has named `actions` anew. An action that is named and open is stopped until
/// `until`, or for pause_max or its own bound, the shorter; one that is stopped and not named is let go; one that
/// is stopped and named stays as it is, unless governance says until when.
/// Errors: pause_cooling (not for governance, but where there is an own bound); parameter_bounds for an end that is
/// not after now, or further away than pause_max (the guardian), PAUSE_LONGEST (governance) or an own bound, or that
/// puts off one that has such a bound. Names: actions, until.
[[nodiscard]] Refused replace_pauses(Pauses& pauses, std::uint32_t actions,
    std::optional<Seconds> until, const GovernanceParams& params, const LongestStops& longest,
    bool by_governance, Seconds now) noexcept;

}  // namespace plimsoll
