// plimsoll: engine/risk/health.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See health.hpp.
#include "engine/risk/health.hpp"

#include "engine/num/wide.hpp"

namespace plimsoll {
namespace {

constexpr std::size_t INITIAL = static_cast<std::size_t>(Level::initial);
constexpr std::size_t MAINTENANCE = static_cast<std::size_t>(Level::maintenance);

}  // namespace

PositionRisk position_risk(
    Quantity base, Money quote, Price mark, const Underlying& underlying) noexcept
{
    const ValueAndNotional priced = value_and_notional(base, mark);
    PositionRisk risk;
    risk.value = priced.value_floor + quote;
    risk.notional = priced.notional_ceil;
    risk.requirement[INITIAL] = scale_ceil(risk.notional, underlying.initial_fraction);
    risk.requirement[MAINTENANCE] = scale_ceil(risk.notional, underlying.maintenance_fraction);
    if (risk.value > Money::zero()) {
        const Money weighted = scale_floor(risk.value, underlying.profit_weight);
        const Money counted = weighted < underlying.profit_cap ? weighted : underlying.profit_cap;
        risk.profit_haircut = risk.value - counted;
    }
    return risk;
}

CollateralRisk collateral_risk(const Collateral& collateral, const Scene& scene) noexcept
{
    const Asset& asset = scene.asset(collateral.asset);
    const Quantity amount = quantity_from_tokens(collateral.amount, asset.decimals);
    CollateralRisk risk;
    // A feed that has failed is no shield at any level.
    if (scene.failed(asset.underlying))
        return risk;
    risk.value = notional_floor(amount, scene.index(asset.underlying));
    risk.haircut[MAINTENANCE] = scale_ceil(risk.value, asset.maintenance_haircut);
    // A feed that is not fit to trade on is no shield: its collateral lends nothing at initial.
    risk.haircut[INITIAL] = scene.usable(asset.underlying, PriceUse::trade) == Error::ok
                                ? scale_ceil(risk.value, asset.initial_haircut)
                                : risk.value;
    return risk;
}

Result<HealthReport> evaluate(const Account& account, const Scene& scene) noexcept
{
    HealthReport report;
    report.equity = account.cash;
    for (const Position& position : account.positions) {
        const Market& market = scene.market(position.market);
        const Result<PositionView> now = view(position, market.indexes, scene.epochs());
        if (!now)
            return now.error();
        const PositionRisk risk = position_risk(now->base, now->quote, scene.mark(position.market),
            scene.underlying(market.params.underlying));
        report.equity += risk.value;
        report.notional += risk.notional;
        report.haircuts[INITIAL] += risk.profit_haircut;
        report.requirement[INITIAL] += risk.requirement[INITIAL];
        report.requirement[MAINTENANCE] += risk.requirement[MAINTENANCE];
    }
    for (const Collateral& collateral : account.collaterals) {
        const CollateralRisk risk = collateral_risk(collateral, scene);
        report.equity += risk.value;
        report.collateral += risk.value;
        report.haircuts[INITIAL] += risk.haircut[INITIAL];
        report.haircuts[MAINTENANCE] += risk.haircut[MAINTENANCE];
    }
    return report;
}

bool improves(
    const HealthReport& before, const HealthReport& after, const Allowance& allowance) noexcept
{
    const Money required_before = before.required(Level::maintenance);
    const Money required_after = after.required(Level::maintenance);
    if (required_after > required_before)
        return false;
    const Money net_before = before.equity - before.haircut(Level::maintenance);
    const Money net_after = after.equity - after.haircut(Level::maintenance);
    if (net_after < net_before - allowance.fees - allowance.rounding)
        return false;
    if (after.health(Level::initial) <
        before.health(Level::initial) - allowance.fees - allowance.rounding)
        return false;
    if (net_after < Money::zero())
        return net_after >= net_before - allowance.rounding;
    // net_after / required_after >= net_before / required_before, without dividing.
    return num::compare_products(
               net_after.raw(), required_before.raw(), net_before.raw(), required_after.raw()) >= 0;
}

}  // namespace plimsoll
