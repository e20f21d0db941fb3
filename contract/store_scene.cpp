// plimsoll: contract/store_scene.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the hall. See store.hpp. What of the records goes onto a scene.
#include "contract/store.hpp"
#include "engine/oracle/widening.hpp"

namespace plimsoll::contract {

namespace {

static_assert(UNDERLYINGS_MAX <= 32);  // touches_several() keeps them in the bits of 32

/// Whether the account's book is of two or more underlyings. @pre its markets are on the scene
bool touches_several(const Account& account, const Scene& scene)
{
    std::uint32_t touched = 0;
    const auto touch = [&](UnderlyingId id) { touched |= std::uint32_t{1} << id.value; };
    for (const Position& position : account.positions)
        touch(scene.market(position.market).params.underlying);
    for (const OpenOrder& order : account.orders)
        touch(scene.market(order.market).params.underlying);
    for (const Collateral& collateral : account.collaterals)
        touch(scene.asset(collateral.asset).underlying);
    return (touched & (touched - 1)) != 0;
}

}  // namespace

Scene Store::scene()
{
    if (!m_memory)
        m_memory = fresh<MarginMemory>();
    Scene scene(m_board, m_config.oracle, *this, *m_memory);
    for (std::uint16_t i = 0; i < m_config.assets.size(); ++i)
        scene.set(AssetId{i}, m_config.assets[i].params);
    for (std::uint16_t i = 0; i < m_config.underlyings.size(); ++i)
        scene.set(UnderlyingId{i}, m_config.underlyings[i].params);
    if (!(m_config.quote_feed == NO_QUOTE_FEED))
        scene.set_quote(m_config.quote_feed);
    return scene;
}

bool Store::set_scenarios(UnderlyingScene& besides, UnderlyingId id)
{
    const PortfolioParams* listed = portfolio(id);
    if (listed == nullptr)
        return false;
    besides.portfolio = listed;
    m_error = Error::ok;
    if (!m_config.underlyings[id.value].widening.given() || observed() == nullptr)
        return m_error == Error::ok;
    const Widening widening = this->widening(id);
    besides.initial_scale = widening.initial_scale;
    if (widening.factor == Ratio::one())
        return true;
    for (const auto& widened : m_widened)
        if (widened->id == id.value) {
            besides.portfolio = &widened->record;
            return true;
        }
    auto widened = fresh<Loaded<PortfolioParams>>();
    widened->id = id.value;
    widened->record = *listed;
    widen(widened->record.scenarios, widening.factor);
    m_widened.push_back(std::move(widened));
    besides.portfolio = &m_widened.back()->record;
    return true;
}

bool Store::set_besides(Scene& scene, UnderlyingId id, bool scenarios, bool surface)
{
    UnderlyingScene besides = scene.besides(id);
    if (scenarios && besides.portfolio == nullptr && !set_scenarios(besides, id))
        return false;
    if (surface && besides.surfaces == nullptr) {
        besides.surfaces = surfaces(id);
        if (besides.surfaces == nullptr)
            return false;
    }
    scene.set(id, besides);
    return true;
}

bool Store::set_market(Scene& scene, MarketId id, bool scenarios)
{
    const MarketRecord* record = market(id);
    if (record == nullptr)
        return false;
    const MarketParams& params = record->market.params;
    if (!set_besides(scene, params.underlying, scenarios, params.kind != MarketKind::perpetual) ||
        !set_settlements(scene, record->market))
        return false;
    scene.set(id, record->market);
    return true;
}

bool Store::set_collateral(Scene& scene, AssetId id, bool scenarios)
{
    if (id.value >= m_config.assets.size()) {
        m_error = Error::corrupt_record;
        return false;
    }
    const Asset& asset = m_config.assets[id.value].params;
    if (!asset.pool_start.is_zero()) {
        const House* house = this->house();
        if (house == nullptr)
            return false;
        TokenAmount deposits = house->held[id.value];
        deposits -= house->insurance.inventory[id.value];
        scene.set_deposits(id, quantity_from_tokens(deposits, asset.decimals));
    }
    if (asset.volatility.given()) {
        if (observed() == nullptr && m_error != Error::ok)
            return false;
        scene.set_volatility_haircut(id, volatility_haircut(id));
    }
    // The quote has no underlying of its own.
    return id.value == 0 ||
           (set_besides(scene, asset.underlying, scenarios && asset.risk_cancelling, false) &&
               set_stable(scene, asset.underlying));
}

bool Store::set_drivers(Scene& scene)
{
    for (std::uint16_t i = 0; i < m_config.underlyings.size(); ++i)
        if (m_config.underlyings[i].has_scenarios &&
            !set_besides(scene, UnderlyingId{i}, true, false))
            return false;
    const PerLevel<const Correlation*>& known = correlations();
    if (known.initial == nullptr)
        return false;
    scene.set_correlation(known);
    return true;
}

bool Store::set_stable(Scene& scene, UnderlyingId id)
{
    UnderlyingScene besides = scene.besides(id);
    if (!m_config.observation.stable_price.given() || besides.stable.is_positive())
        return true;
    besides.stable = stable_price(id);
    scene.set(id, besides);
    return m_error == Error::ok;
}

bool Store::stage(Scene& scene, const Account& account)
{
    scene.clear_markets();
    const bool scenarios = account.mode == MarginMode::portfolio;
    const auto set = [&](MarketId id) {
        return set_market(scene, id, scenarios) &&
               set_stable(scene, market(id)->market.params.underlying);
    };
    for (const Position& position : account.positions)
        if (!set(position.market))
            return false;
    for (const OpenOrder& order : account.orders)
        if (!set(order.market))
            return false;
    // Of what it has lost in markets that it has left, their caps know.
    for (const OwedLoss& owed : account.owed_losses)
        if (!set_market(scene, owed.market, false))
            return false;
    for (const Collateral& collateral : account.collaterals)
        if (!set_collateral(scene, collateral.asset, scenarios))
            return false;
    return !scenarios || !touches_several(account, scene) || set_drivers(scene);
}

bool Store::stage(Scene& scene, MarketId id)
{
    scene.clear_markets();
    return set_market(scene, id, false);
}

}  // namespace plimsoll::contract
