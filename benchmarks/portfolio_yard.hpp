// plimsoll: benchmarks/portfolio_yard.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the yard. One account in portfolio mode: twenty options on six expiries of one underlying, that
// underlying as collateral which cancels risk, and thirty-one scenarios; for whoever measures what its margin
// costs, natively and in wasm.
// Promises: integers only, no heap, the same account everywhere. No two options share a strike and an expiry,
// and every expiry has a smile of its own, so that nothing is priced once that two could share.
#pragma once

#include "benchmarks/health_yard.hpp"
#include "engine/model/portfolio_params.hpp"
#include "engine/model/surface.hpp"
#include "engine/risk/health.hpp"
#include "engine/solvency/side_index.hpp"

#include <cstdint>

namespace plimsoll::bench {

constexpr std::uint16_t OPTIONS = 20;
constexpr std::uint16_t EXPIRIES = 6;
constexpr std::uint16_t EXPIRY_DAYS[EXPIRIES] = {7, 14, 30, 60, 90, 180};
constexpr std::uint16_t STRIKES[EXPIRIES] = {4, 4, 3, 3, 3, 3};

constexpr Ratio thousandths(std::int64_t count) noexcept
{
    return Ratio::from_raw(static_cast<num::i128>(count) * (num::WAD / 1'000));
}

/// Nine spot moves with volatility up, unchanged and down; a damped tail either side; both skews.
inline PortfolioParams portfolio_params() noexcept
{
    PortfolioParams p;
    for (std::int64_t spot = 840; spot <= 1'160; spot += 40)
        for (const VolShock vol : {VolShock::up, VolShock::none, VolShock::down})
            static_cast<void>(p.scenarios.push({thousandths(spot), vol, Ratio::one()}));
    for (const std::int64_t spot : {660, 1'340})
        static_cast<void>(p.scenarios.push({thousandths(spot), VolShock::up, thousandths(500)}));
    for (const VolShock skew : {VolShock::skew_linear, VolShock::skew_abs})
        static_cast<void>(p.scenarios.push({Ratio::one(), skew, Ratio::one()}));
    p.vol_shock = {thousandths(450), thousandths(300), thousandths(300), thousandths(130),
        Ratio::one(), thousandths(350)};
    p.skew_shock = {thousandths(200), thousandths(-60), thousandths(200), thousandths(-50),
        thousandths(10), thousandths(4'000), thousandths(900), thousandths(-200)};
    p.basis = {thousandths(1'040), thousandths(960), thousandths(250), thousandths(1'200)};
    p.discount = {thousandths(970), thousandths(500), thousandths(100), thousandths(1'030),
        thousandths(500), thousandths(100), Ratio::one()};
    p.factor = {thousandths(1'200), thousandths(900)};
    p.perp_contingency = {thousandths(30), thousandths(20)};
    p.future_contingency = {thousandths(15), thousandths(10)};
    p.option_contingency = {thousandths(6), thousandths(4)};
    p.confidence = {thousandths(600), thousandths(800)};
    p.depeg = {thousandths(985), thousandths(3'000)};
    return p;
}

struct PortfolioYard
{
    static constexpr std::int64_t SPOT = 2'000;

    Board board;
    OracleParams oracle;
    NoEpochs epochs;
    Asset asset;
    Underlying underlying;
    PortfolioParams portfolio = portfolio_params();
    Surfaces surfaces;
    Market markets[OPTIONS];
    Account account;
    mutable MarginMemory memory;  ///< Scratch: what it holds is nobody's state.

    PortfolioYard()
    {
        board.now = Seconds::from_raw(1'000'000);
        oracle.max_age_trade = Seconds::from_raw(600);
        oracle.max_age_liquidation = Seconds::from_raw(3600);
        oracle.failed_after = Seconds::from_raw(7200);
        oracle.max_confidence = thousandths(20);
        board.feeds[0] = {Price::from_units(SPOT), Price::zero(), board.now};
        asset.decimals = 18;
        asset.initial_haircut = thousandths(100);
        asset.maintenance_haircut = thousandths(50);
        asset.risk_cancelling = true;
        static_cast<void>(account.collaterals.push(
            {AssetId{1}, TokenAmount::from_raw(static_cast<num::i128>(num::WAD) * 7)}));
        account.cash = Money::from_units(2'500);
        account.mode = MarginMode::portfolio;
        std::uint16_t option = 0;
        for (std::uint16_t e = 0; e < EXPIRIES; ++e) {
            add_surface(e);
            for (std::int64_t i = 0; i < STRIKES[e]; ++i)
                add_option(option++, surfaces[e].expiry, SPOT / 100 * (85 + 10 * i) + 5 * e);
        }
    }

    [[nodiscard]] Scene scene() const
    {
        Scene made(board, oracle, epochs, memory);
        made.set(AssetId{1}, asset);
        made.set(UnderlyingId{0}, underlying);
        UnderlyingScene besides;
        besides.portfolio = &portfolio;
        besides.surfaces = &surfaces;
        made.set(UnderlyingId{0}, besides);
        for (std::uint16_t i = 0; i < OPTIONS; ++i)
            made.set(MarketId{i}, markets[i]);
        return made;
    }

private:
    void add_surface(std::uint16_t e)
    {
        const std::int64_t days = EXPIRY_DAYS[e];
        ExpirySurface surface;
        surface.expiry =
            Seconds::from_raw(board.now.raw() + static_cast<std::uint64_t>(days) * 86'400);
        surface.published = board.now;
        surface.forward = Price::from_raw(
            Price::from_units(SPOT).raw() + static_cast<num::i128>(num::WAD) * days / 7);
        surface.rate = thousandths(50);
        // At the money about 0.6 a year, with wings.
        const Ratio years = Ratio::from_raw(static_cast<num::i128>(num::WAD) * days / 365);
        surface.svi = {scale_floor(years, thousandths(250)), scale_floor(years, thousandths(300)),
            thousandths(-300), thousandths(10), thousandths(300), surface.forward, years};
        static_cast<void>(surfaces.push(surface));
    }

    void add_option(std::uint16_t i, Seconds expiry, std::int64_t strike)
    {
        MarketParams& params = markets[i].params;
        params.kind = MarketKind::option;
        params.type = i % 2 == 0 ? OptionType::call : OptionType::put;
        params.expiry = expiry;
        params.strike = Price::from_units(strike);
        markets[i].indexes = fresh_indexes();
        markets[i].indexes.open_interest = num::i128{num::WAD} * 1000;
        Position position;
        position.market = MarketId{i};
        position.base = Quantity::from_raw(
            (i % 3 == 0 ? -1 : 1) * (static_cast<num::i128>(num::WAD) * (10 + i) / 10 + 141'592));
        position.a = INDEX_ONE;
        static_cast<void>(account.positions.push(position));
    }
};

}  // namespace plimsoll::bench
