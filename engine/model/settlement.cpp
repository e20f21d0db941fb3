// plimsoll: engine/model/settlement.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. See settlement.hpp; docs/parameters.md repeats every bound with its reason.
#include "engine/model/settlement.hpp"

#include "engine/model/bounds.hpp"

namespace plimsoll {

Refused validate(const SettlementParams& params) noexcept
{
    constexpr std::uint64_t DAY_S = SECONDS_PER_DAY.raw();
    return Judge{}
        .bounds("window_s", between(60, params.window, DAY_S))
        .bounds("coverage", between(ratio_per_mille(100), params.coverage, ratio_per_mille(900)))
        .bounds("wait_s", between(0, params.wait, 7 * DAY_S))
        .bounds("price_bound", up_to(params.price_bound, ratio_per_mille(500)));
}

}  // namespace plimsoll
