// plimsoll: host-sim/agents/draws.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. How agents draw their sizes and choices.
#pragma once

#include "host-sim/path/fixed_log.hpp"
#include "host-sim/prng.hpp"
#include "host-sim/scenario.hpp"

#include <algorithm>
#include <cstdint>

namespace plimsoll::sim {

/// Uniform in the logarithm between two positive values, 18 decimals.
[[nodiscard]] inline num::i128 log_uniform_e18(
    Prng& prng, num::i128 least_e18, num::i128 greatest_e18)
{
    const num::i128 low = ln_e18(least_e18);
    const num::i128 width = ln_e18(greatest_e18) - low;
    const num::i128 drawn = exp_e18(low + checked(num::mul_wad_floor(width, prng.share().raw())));
    return std::clamp(drawn, least_e18, greatest_e18);
}

/// One of the numbers, with its share as probability. @pre the shares sum to 1.
[[nodiscard]] inline std::uint32_t draw_number(Prng& prng, const Weights& weights)
{
    Ratio left = prng.share();
    for (const auto& [number, share] : weights) {
        if (left < share)
            return number;
        left -= share;
    }
    return weights.back().first;
}

}  // namespace plimsoll::sim
