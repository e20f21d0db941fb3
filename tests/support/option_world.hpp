// plimsoll: tests/support/option_world.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A World with scenarios, surfaces, a future and options: market 3 is a future on
// underlying 0, markets 4 to 7 are calls and puts on it at one expiry, 8 and 9 a call and a put on underlying 1.
// Asset 1 moves with underlying 0 in scenarios, asset 2 stands aside.
#pragma once

#include "tests/support/params.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/world.hpp"

namespace plimsoll::test {

inline constexpr MarketId FUTURE{3};
inline constexpr MarketId CALL_100{4};
inline constexpr MarketId CALL_110{5};
inline constexpr MarketId PUT_100{6};
inline constexpr MarketId PUT_90{7};
inline constexpr MarketId CALL_2000{8};
inline constexpr MarketId PUT_2000{9};

struct OptionWorld : World
{
    static constexpr std::uint64_t LENGTH = 60 * 86'400;
    Seconds expiry;

    OptionWorld()
    {
        expiry = seconds(board.now.raw() + LENGTH);
        scenarios = {default_portfolio(), default_portfolio()};
        surfaces.resize(2);
        correlation.band = ratio("0.25");
        correlation.max_relief = ratio("0.6");
        correlation.of(0, 1) = {ratio("0.6"), ratio("0.7"), ratio("0.3"), true};
        for (Underlying& underlying : underlyings)
            underlying.standard.option = default_short_option();
        assets[1].risk_cancelling = true;
        reprice(U0, price("100"));
        reprice(U1, price("2000"));
        add(U0, MarketKind::future, OptionType::call, Price::zero());
        add(U0, MarketKind::option, OptionType::call, price("100"));
        add(U0, MarketKind::option, OptionType::call, price("110"));
        add(U0, MarketKind::option, OptionType::put, price("100"));
        add(U0, MarketKind::option, OptionType::put, price("90"));
        add(U1, MarketKind::option, OptionType::call, price("2000"));
        add(U1, MarketKind::option, OptionType::put, price("2000"));
        for (Market& each : markets) {
            each.params.fill_band = ratio("1");
            each.params.lot = Quantity::from_raw(1);
        }
    }

    void add(UnderlyingId underlying, MarketKind kind, OptionType type, Price strike)
    {
        Market market = default_market(underlying, board.now);
        market.params.kind = kind;
        market.params.type = type;
        market.params.expiry = expiry;
        market.params.strike = strike;
        markets.push_back(market);
    }

    /// Index, forward (half a per cent above) and a smile around it.
    void reprice(UnderlyingId id, Price spot, std::string_view level = "0.05")
    {
        set_price(id, spot);
        ExpirySurface surface;
        surface.expiry = expiry;
        surface.published = board.now;
        surface.forward = scale_floor(spot, ratio("1.005"));
        surface.rate = ratio("0.03");
        surface.svi = {ratio(level), ratio("0.1"), ratio("-0.2"), ratio("0.01"), ratio("0.3"),
            surface.forward, ratio("0.164")};
        Surfaces& all = surfaces[id.value];
        all.clear();
        if (!all.push(surface))
            __builtin_trap();
    }

    Error fill_at_mark(MarketId id, std::size_t buyer, std::size_t seller, Quantity size)
    {
        return fill(id, buyer, seller, size, mark(id));
    }
    std::size_t open_in(MarginMode mode, Money cash)
    {
        const std::size_t i = open(cash);
        accounts[i].mode = mode;
        return i;
    }
    /// Cash, positions at mark and collateral at index: what a transfer at mark does not change but for
    /// rounding, a raw unit a leg.
    [[nodiscard]] Money worth_at_marks(std::size_t i) const
    {
        const Scene now = scene();
        Money worth = accounts[i].cash;
        for (const Position& position : accounts[i].positions)
            worth += notional_floor(position.base, now.mark(position.market)) + position.quote;
        for (const Collateral& held : accounts[i].collaterals)
            worth +=
                notional_floor(quantity_from_tokens(held.amount, now.asset(held.asset).decimals),
                    now.index(now.asset(held.asset).underlying));
        return worth;
    }
    /// Whatever a market says that must not be.
    [[nodiscard]] std::string faults() const
    {
        for (std::uint16_t i = 0; i < markets.size(); ++i)
            if (const std::string fault = market_fault(MarketId{i}); !fault.empty())
                return "market " + std::to_string(i) + ": " + fault;
        return {};
    }
};

/// A maker, a keeper and a victim with a random book in a random mode, at random prices.
struct RandomBook : OptionWorld
{
    static constexpr std::size_t MAKER = 0, KEEPER = 1, VICTIM = 2;

    explicit RandomBook(std::uint64_t seed) : rng(seed)
    {
        open_in(MarginMode::standard, money("1000000000"));
        open_in(rng.chance(50) ? MarginMode::portfolio : MarginMode::standard, money("1000000000"));
        open_in(rng.chance(60) ? MarginMode::portfolio : MarginMode::standard, Money::zero());
        const bool both = rng.chance(50);
        for (std::uint16_t i = 0; i < markets.size(); ++i) {
            const MarketId id{i};
            if (!rng.chance(45) || (!both && market(id).params.underlying == U1))
                continue;
            const Quantity size =
                Quantity::from_raw(rng.between(1, 2'000) *
                                   (rng.chance(20) ? 1'234'567'890'123 : quantity("0.01").raw()));
            const bool buys = rng.chance(50);
            must(fill_at_mark(id, buys ? VICTIM : MAKER, buys ? MAKER : VICTIM, size));
            if (rng.chance(30))
                must(fill_at_mark(id, buys ? MAKER : KEEPER, buys ? KEEPER : MAKER,
                    Quantity::from_raw(rng.between(1, 2 * size.raw()))));
        }
        if (rng.chance(50))
            deposit(VICTIM, COIN8,
                tokens_from_quantity_floor(Quantity::from_raw(rng.between(1, test::raw("50"))), 8));
        if (rng.chance(30))
            deposit(VICTIM, COIN18, TokenAmount::from_raw(rng.between(1, test::raw("1"))));
        reprice(U0, Price::from_raw(rng.between(test::raw("60"), test::raw("150"))),
            rng.pick({"0.03", "0.05", "0.09"}));
        reprice(U1, Price::from_raw(rng.between(test::raw("1500"), test::raw("2600"))));
        insurance.balance =
            rng.chance(50) ? Money::from_raw(rng.between(0, test::raw("500"))) : Money::zero();
        liquidation.buffer = rng.pick({ratio("0.02"), ratio("0.1"), ratio("0.3")});
        liquidation.close_out_notional = rng.chance(20) ? money("1000") : Money::zero();
        flag(VICTIM);
        if (rng.chance(70))
            wait(rng.below(700));
        put_below(rng.chance(75));
    }

    static void must(Error error)
    {
        if (error != Error::ok)
            __builtin_trap();
    }
    /// Sets the victim's cash so that it is liquidatable, with equity or without.
    void put_below(bool solvent)
    {
        const MarginReport now = report(VICTIM);
        const Money margin = now.required(Level::maintenance) + now.haircut(Level::maintenance);
        const Money wanted = solvent ? Money::from_raw(rng.between(0, margin.raw()))
                                     : -Money::from_raw(rng.between(0, margin.raw()));
        accounts[VICTIM].cash += wanted - now.equity;
    }

    Rng rng;
};

}  // namespace plimsoll::test
