// plimsoll: tests/support/world.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A small clearinghouse in memory, driven through the engine alone: a board, a
// few assets, underlyings and markets, accounts, an insurance.
// Promises: an operation that the engine refuses changes nothing here; `owed` is the conserved sum.
// Scenarios and surfaces are empty here; option_world.hpp fills them.
// Underlying 0 at 100 (5 % / 10 %), underlying 1 at 2,000 (4 % / 8 %). Asset 1 (8 decimals) is on
// underlying 0, asset 2 (18 decimals) on underlying 1, haircuts 10 % / 20 %. Market 0 is on underlying 0,
// markets 1 and 2 on underlying 1.
#pragma once

#include "engine/ops/accrue.hpp"
#include "engine/ops/fill.hpp"
#include "engine/ops/liquidate.hpp"
#include "engine/ops/resolve.hpp"
#include "engine/solvency/auction.hpp"
#include "tests/support/epoch_book.hpp"
#include "tests/support/literals.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace plimsoll::test {

inline constexpr MarketId M0{0};
inline constexpr MarketId M1{1};
inline constexpr MarketId M2{2};
inline constexpr AssetId COIN8{1};
inline constexpr AssetId COIN18{2};
inline constexpr UnderlyingId U0{0};
inline constexpr UnderlyingId U1{1};

inline LiquidationParams default_liquidation()
{
    LiquidationParams params;
    params.buffer = ratio("0.1");
    params.share_start = ratio("0.05");
    params.share_fast = ratio("0.2");
    params.share_max = ratio("0.5");
    params.fee_share = ratio("0.1");
    params.fast = seconds(60);
    params.slow = seconds(540);
    params.cool = seconds(300);
    params.close_out_notional = money("10");
    params.reward_cap = money("1000");
    return params;
}

inline OracleParams default_oracle()
{
    OracleParams params;
    params.max_age_trade = seconds(60);
    params.max_age_liquidation = seconds(600);
    params.failed_after = seconds(3'600);
    params.max_confidence = ratio("0.02");
    return params;
}

inline Underlying default_underlying(std::string_view maintenance, std::string_view initial)
{
    Underlying underlying;
    underlying.standard.fraction.maintenance = ratio(maintenance);
    underlying.standard.fraction.initial = ratio(initial);
    underlying.profit.weight = ratio("0.9");
    underlying.profit.cap = money("1000000");
    return underlying;
}

inline Asset default_asset(UnderlyingId underlying, std::uint8_t decimals)
{
    Asset asset;
    asset.underlying = underlying;
    asset.decimals = decimals;
    asset.maintenance_haircut = ratio("0.1");
    asset.initial_haircut = ratio("0.2");
    asset.deposit_cap = tokens_from_quantity_floor(quantity("1000000"), decimals);
    return asset;
}

inline Market default_market(UnderlyingId underlying, Seconds now)
{
    Market market;
    market.params.underlying = underlying;
    market.params.lot = quantity("0.01");
    market.params.fill_band = ratio("0.1");
    market.params.premium_max = ratio("0.05");
    market.params.premium_window = seconds(600);
    market.params.funding_window = seconds(28'800);
    market.params.funding_cap = rate("0.03");
    market.params.open_interest_max = quantity("1000000000");
    market.params.loss_cap = ratio("0.01");
    market.indexes = fresh_indexes();
    market.funding_time = now;
    market.premium_time = now;
    return market;
}

struct World
{
    Board board;
    OracleParams oracle = default_oracle();
    LiquidationParams liquidation = default_liquidation();
    std::vector<Asset> assets;
    std::vector<Underlying> underlyings;
    std::vector<Market> markets;
    std::vector<PortfolioParams> scenarios;  ///< By underlying; none: no portfolio mode.
    std::vector<Surfaces> surfaces;          ///< By underlying, likewise.
    std::vector<Settlements> settlements;    ///< By underlying, likewise.
    Correlation correlation;
    std::vector<Account> accounts;
    Insurance insurance;
    EpochBook epochs;
    std::shared_ptr<MarginMemory> memory{new MarginMemory};

    World()
    {
        board.now = seconds(1'000'000);
        underlyings = {default_underlying("0.05", "0.1"), default_underlying("0.04", "0.08")};
        set_price(U0, price("100"));
        set_price(U1, price("2000"));
        assets = {Asset{}, default_asset(U0, 8), default_asset(U1, 18)};
        for (const UnderlyingId underlying : {U0, U1, U1})
            markets.push_back(default_market(underlying, board.now));
    }

    [[nodiscard]] Scene scene() const
    {
        Scene scene(board, oracle, epochs, *memory);
        for (std::uint16_t i = 0; i < underlyings.size(); ++i)
            scene.set(UnderlyingId{i}, underlyings[i]);
        for (std::uint16_t i = 0; i < assets.size(); ++i)
            scene.set(AssetId{i}, assets[i]);
        for (std::uint16_t i = 0; i < underlyings.size(); ++i) {
            UnderlyingScene besides;
            besides.portfolio = i < scenarios.size() ? &scenarios[i] : nullptr;
            besides.surfaces = i < surfaces.size() ? &surfaces[i] : nullptr;
            besides.settlements = i < settlements.size() ? &settlements[i] : nullptr;
            scene.set(UnderlyingId{i}, besides);
        }
        scene.set_correlation({&correlation, &correlation});
        for (std::uint16_t i = 0; i < markets.size(); ++i)
            scene.set(MarketId{i}, markets[i]);
        return scene;
    }
    Market& market(MarketId id) { return markets.at(id.value); }
    [[nodiscard]] Price mark(MarketId id) const { return scene().mark(id); }

    // --- time, prices, accounts ---

    void set_price(UnderlyingId id, Price value)
    {
        board.feeds[id.value] = FeedPrice{value, Price::zero(), board.now};
    }
    /// Time passes and every feed publishes the same price again.
    void wait(std::uint64_t length, bool publish = true)
    {
        board.now = board.now + seconds(length);
        if (publish)
            for (std::size_t i = 0; i < underlyings.size(); ++i)
                board.feeds[i].published = board.now;
        if (publish)
            for (Surfaces& each : surfaces)
                for (ExpirySurface& surface : each)
                    surface.published = board.now;
    }
    std::size_t open(Money cash)
    {
        accounts.emplace_back();
        accounts.back().cash = cash;
        return accounts.size() - 1;
    }
    void deposit(std::size_t i, AssetId asset, TokenAmount amount)
    {
        if (!add_collateral(accounts[i], asset, amount))
            __builtin_trap();
    }

    // --- operations, as the hall does them: touch first, plan, then apply ---

    void touch_market(std::size_t i, MarketId id)
    {
        for (;;) {
            const Result<Touched> touched = touch_position(accounts[i], market(id), id, epochs);
            if (!touched)
                __builtin_trap();
            if (touched->done)
                return;
        }
    }
    void touch_all(std::size_t i)
    {
        for (std::size_t p = accounts[i].positions.size(); p-- > 0;)
            touch_market(i, accounts[i].positions[p].market);
    }
    Error fill(MarketId id, std::size_t buyer, std::size_t seller, Quantity size, Price at)
    {
        touch_market(buyer, id);
        touch_market(seller, id);
        const Price index = board.of(market(id).params.underlying).price;
        const Result<FillPlan> plan =
            plan_fill(accounts[buyer], accounts[seller], market(id), id, size, at, index, mark(id));
        if (!plan)
            return plan.error();
        apply_fill(accounts[buyer], accounts[seller], market(id), *plan);
        return Error::ok;
    }
    [[nodiscard]] MarginReport report(std::size_t i) const
    {
        const Result<MarginReport> evaluated = evaluate(accounts[i], scene());
        if (!evaluated)
            __builtin_trap();
        return *evaluated;
    }
    [[nodiscard]] Money health(std::size_t i, Level level = Level::maintenance) const
    {
        return report(i).health(level);
    }
    [[nodiscard]] bool liquidatable(std::size_t i) const { return report(i).liquidatable(); }

    void flag(std::size_t i) { raise_flag(accounts[i].flag, liquidation, board.now); }
    void settle_flag(std::size_t i)
    {
        if (!liquidatable(i))
            lower_flag(accounts[i].flag, board.now);
    }
    /// Past the end of everyone's curve.
    void run_out_auctions() { wait(liquidation.fast.raw() + liquidation.slow.raw() + 1); }

    Result<PositionTransfer> plan_sale(
        std::size_t seller, std::size_t buyer, MarketId id, Quantity most = QUANTITY_MAX)
    {
        touch_market(seller, id);
        touch_market(buyer, id);
        return plan_position_transfer(
            accounts[seller], accounts[buyer], id, scene(), liquidation, insurance, most);
    }
    /// The position that keepers may buy now while the order binds. NO_MARKET if there is none.
    [[nodiscard]] MarketId first_to_sell(std::size_t i)
    {
        touch_all(i);
        const Scene now = scene();
        const Result<MarginReport> report = evaluate(accounts[i], now);
        if (!report)
            __builtin_trap();
        const Pace pace(liquidation, insurance.sold, accounts[i], *report, board.now);
        return first_unit(*report, accounts[i], now, liquidation, insurance, pace);
    }
    /// Sells what is asked for or, where another position comes first, that one.
    Error sell_in_order(
        std::size_t seller, std::size_t buyer, MarketId id, Quantity most = QUANTITY_MAX)
    {
        const Error error = sell(seller, buyer, id, most);
        return error == Error::not_first_unit ? sell(seller, buyer, first_to_sell(seller), most)
                                              : error;
    }
    Error sell(std::size_t seller, std::size_t buyer, MarketId id, Quantity most = QUANTITY_MAX)
    {
        const Result<PositionTransfer> plan = plan_sale(seller, buyer, id, most);
        if (!plan)
            return plan.error();
        apply_position_transfer(accounts[seller], accounts[buyer], market(id), insurance,
            liquidation, board.now, *plan);
        return Error::ok;
    }
    Error sell_collateral(std::size_t seller, std::size_t buyer, AssetId id,
        TokenAmount most = TokenAmount::from_raw(num::I128_MAX))
    {
        const Result<CollateralTransfer> plan = plan_collateral_transfer(
            accounts[seller], accounts[buyer], id, scene(), liquidation, insurance, most);
        if (!plan)
            return plan.error();
        apply_collateral_transfer(
            accounts[seller], accounts[buyer], insurance, liquidation, board.now, *plan);
        return Error::ok;
    }
    Result<SliceTransfer> plan_slice_sale(
        std::size_t seller, std::size_t buyer, Ratio most = Ratio::one())
    {
        touch_all(seller);
        for (const Position& position : accounts[seller].positions)
            touch_market(buyer, position.market);
        return plan_slice_transfer(
            accounts[seller], accounts[buyer], scene(), liquidation, insurance, most);
    }
    Error sell_slice(std::size_t seller, std::size_t buyer, Ratio most = Ratio::one())
    {
        const Result<SliceTransfer> plan = plan_slice_sale(seller, buyer, most);
        if (!plan)
            return plan.error();
        MarketSet set;
        for (const Position& position : accounts[seller].positions)
            set.set(position.market, market(position.market));
        apply_slice_transfer(
            accounts[seller], accounts[buyer], set, insurance, liquidation, scene(), *plan);
        return Error::ok;
    }
    Error resolve_account(std::size_t i, Resolution& done)
    {
        touch_all(i);
        Account account = accounts[i];
        Insurance purse = insurance;
        std::vector<Market> before = markets;
        MarketSet set;
        for (const Position& position : account.positions)
            set.set(position.market, market(position.market));
        for (const OwedLoss& owed : account.owed_losses)
            if (set.find(owed.market) == nullptr)
                set.set(owed.market, market(owed.market));
        const Error error = resolve(account, purse, set, scene(), liquidation, done);
        if (error != Error::ok) {
            markets = before;
            return error;
        }
        accounts[i] = account;
        insurance = purse;
        for (const Deleveraged& entry : done.deleveraged)
            epochs.add(entry.market, entry.ended);
        return Error::ok;
    }
    Error resolve_account(std::size_t i)
    {
        Resolution done;
        return resolve_account(i, done);
    }

    // --- what is conserved ---

    /// Cash, insurance less open deficit, less what markets have paid out: changes only when tokens
    /// come or go.
    [[nodiscard]] Money owed() const
    {
        Money sum = insurance.balance - insurance.open_deficit;
        for (const Account& account : accounts)
            sum += account.cash;
        for (const Market& each : markets)
            sum -= each.paid_out;
        return sum;
    }
    /// Tokens of one collateral, in accounts and in the house's inventory.
    [[nodiscard]] num::i128 tokens_of(AssetId id) const
    {
        num::i128 sum = insurance.inventory[id.value].raw();
        for (const Account& account : accounts)
            if (const Collateral* held = account.find(id))
                sum += held->amount.raw();
        return sum;
    }
    struct Sums
    {
        num::i128 longs = 0, shorts = 0, quotes = 0, stages = 0;
    };
    [[nodiscard]] Sums sums(MarketId id) const
    {
        Sums total;
        for (const Account& account : accounts) {
            const Position* held = account.find(id);
            if (held == nullptr)
                continue;
            const Result<PositionView> now = view(*held, markets.at(id.value).indexes, epochs);
            if (!now)
                __builtin_trap();
            (now->base.is_positive() ? total.longs : total.shorts) += now->base.abs().raw();
            total.quotes += now->quote.raw();
            total.stages += now->stages;
        }
        return total;
    }
    /// Empty while longs, open interest and shorts are in order and dust and residue are not negative.
    [[nodiscard]] std::string market_fault(MarketId id) const
    {
        const Market& each = markets.at(id.value);
        const Sums total = sums(id);
        const num::i128 open = each.indexes.open_interest;
        const num::i128 dust = total.shorts - total.longs;
        if (total.longs > open)
            return "longs above open interest";
        if (total.shorts < open)
            return "shorts below open interest";
        if (dust > each.indexes.sides[0].dust + each.indexes.sides[1].dust + total.stages)
            return "more dust than its bound";
        if (-total.quotes - each.paid_out.raw() < 0)
            return "a negative residue";
        return {};
    }
    /// The house's residue of a market, raw.
    [[nodiscard]] num::i128 residue(MarketId id) const
    {
        return -sums(id).quotes - markets.at(id.value).paid_out.raw();
    }
};

}  // namespace plimsoll::test
