// plimsoll: host-sim/path/impact.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, paths. See impact.hpp.
#include "host-sim/path/impact.hpp"

#include "engine/check.hpp"
#include "engine/num/isqrt.hpp"
#include "engine/num/mul_div.hpp"
#include "host-sim/path/fixed_log.hpp"

#include <algorithm>

namespace plimsoll::sim {
namespace {

using num::i128;

constexpr i128 WAD_SIGNED = static_cast<i128>(num::WAD);
constexpr i128 LN2_E18 = 693147180559945309;

}  // namespace

Impact::Impact(const ImpactPlan& plan) : m_plan(plan)
{
    CHECK(plan.half_life_blocks > 0);
    CHECK(plan.volume_day > Money::zero());
    // The impact is the flow's square root, so the flow must halve twice in an impact's half-life.
    m_flow_kept = Ratio::from_raw(exp_e18(-2 * LN2_E18 / plan.half_life_blocks));
}

void Impact::decay() noexcept
{
    m_flow = Money::from_raw(num::mul_wad_trunc(m_flow.raw(), m_flow_kept.raw()).value());
}

Ratio Impact::move(Ratio depth) const noexcept
{
    CHECK(depth.raw() > 0);
    const i128 volume =
        std::max<i128>(1, num::mul_wad_trunc(m_plan.volume_day.raw(), depth.raw()).value());
    const i128 size = m_flow.raw() < 0 ? -m_flow.raw() : m_flow.raw();
    // A hundred days' volume is the bound: the root's operand stays within 128 bits.
    const i128 share_e18 = std::min(
        num::mul_div_trunc(size, WAD_SIGNED, volume).value_or(num::I128_MAX), 100 * WAD_SIGNED);
    const auto root_e18 =
        static_cast<i128>(num::isqrt_floor(static_cast<num::u128>(share_e18 * WAD_SIGNED)));
    const i128 slope_e18 =
        num::mul_wad_trunc(m_plan.prefactor.raw(), m_plan.volatility_day.raw()).value();
    const i128 move_e18 = std::min(
        num::mul_wad_trunc(slope_e18, root_e18).value_or(num::I128_MAX), m_plan.impact_max.raw());
    return Ratio::from_raw(m_flow.raw() < 0 ? -move_e18 : move_e18);
}

}  // namespace plimsoll::sim
