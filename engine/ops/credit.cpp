// plimsoll: engine/ops/credit.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See credit.hpp.
#include "engine/ops/credit.hpp"

#include "engine/mutation.hpp"
#include "engine/risk/holdings.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {

Result<Money> counted_profit_ceil(const Account& account, const Scene& scene) noexcept
{
    Money counted;
    for (const Position& position : account.positions) {
        const Scene::Listed listed = scene.listed(position.market);
        const MarketParams& params = listed.market.params;
        const Result<PositionView> now = view(position, listed.market.indexes, scene.epochs());
        if (!now)
            return now.error();
        const Money value = notional_ceil(now->base, listed.mark) + now->quote;
        if (!value.is_positive())
            continue;
        counted += value;
        // Of an option, and of what is settled, all of its value counts.
        if (params.kind != MarketKind::option && !listed.market.closed())
            counted -= profit_haircut(scene.underlying(params.underlying).profit, value);
    }
    return counted;
}

Error stands_on_collateral(
    const Account& account, const Scene& scene, const MarginReport& report) noexcept
{
    const Result<Money> counted = counted_profit_ceil(account, scene);
    if (!counted)
        return counted.error();
    return GUARD("a1-collateral", report.health(Level::initial) < *counted)
               ? Error::below_initial_margin
               : Error::ok;
}

Error check_borrow_limits(const CashPool& after, const BorrowParams& params) noexcept
{
    return GUARD("a1-utilisation", utilisation_ceil(after) > params.utilisation_max) ||
                   GUARD("a1-borrow-cap", after.borrowed_floor > params.borrow_cap)
               ? Error::borrow_limit
               : Error::ok;
}

}  // namespace plimsoll
