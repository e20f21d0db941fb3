// plimsoll: host-sim/path/impact.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, paths. What our own trades do to the price: the square-root law with decay.
// The net signed notional F of past trades decays by half each half-life; the price is moved by
//   Y * sigma_day * sqrt(|F| / (V_day * depth)), with the sign of F, within +-impact_max.
// Promises: integers only; no trade, no impact; the impact itself halves each `half_life_blocks`.
// Sources: the square-root law of market impact, Toth et al. 2011, Donier and Bonart 2015 for Bitcoin.
#pragma once

#include "engine/units/units.hpp"

#include <cstdint>

namespace plimsoll::sim {

struct ImpactPlan
{
    Ratio prefactor = Ratio::zero();       ///< Y, around 1.
    Ratio volatility_day = Ratio::zero();  ///< Standard deviation of a day's return.
    Money volume_day = Money::zero();      ///< Notional that the market turns over in a day.
    Ratio impact_max = Ratio::zero();      ///< Greatest move, either way.
    std::uint32_t half_life_blocks = 1;
};

class Impact
{
public:
    explicit Impact(const ImpactPlan& plan);

    /// A trade of signed notional: positive buys, negative sells.
    void add(Money signed_notional) noexcept { m_flow += signed_notional; }

    /// One block passes.
    void decay() noexcept;

    /// The price's relative move now; `depth` in (0, 1] is the share of the usual volume that is there.
    [[nodiscard]] Ratio move(Ratio depth) const noexcept;

private:
    ImpactPlan m_plan;
    Ratio m_flow_kept = Ratio::zero();  ///< Share of the flow that a block leaves.
    Money m_flow = Money::zero();
};

}  // namespace plimsoll::sim
