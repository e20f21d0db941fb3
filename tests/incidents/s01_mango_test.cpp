// plimsoll: tests/incidents/s01_mango_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S1, Mango, 11 October 2022.
//
// What happened: two accounts of one hand, five million dollars each, traded 483 million MNGO in perpetuals with each
// other at $0.0382; within ten minutes the spot price was bought up to $0.91, and some $115 million were
// borrowed against the unrealised profit (insurace.io/blog/?p=3531, certik, coingecko research).
// What stops it here: credit stands on collateral alone; profit is cash only once a loss is; and profit carries other
// risk only by its weight and up to its cap, at the stable price.
// Asserted: whatever the two and their friend take out, in cash or through trades that one of them loses, is no more than
// deposits after their haircuts and the cap.
#include "tests/support/incident.hpp"

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

struct Mango
{
    Clearinghouse house;
    std::uint64_t left = 0;
    std::uint64_t right = 0;
    std::uint64_t partner = 0;
    num::i128 out = 0;  ///< Base units of quote.

    Mango(const std::string& weight, std::optional<std::string> cap, bool stable_price,
        std::uint64_t base = 483'000'000)
    {
        say::Underlying mango;
        mango.underlying = 2;
        mango.symbol = "MNGO";
        mango.initial_fraction = "0.2";
        mango.maintenance_fraction = "0.1";
        mango.profit_weight = weight;
        mango.profit_cap = cap;
        say::Market perp;
        perp.market = 2;
        perp.symbol = "MNGO-PERP";
        perp.underlying = 2;
        perp.lot = "1";
        perp.open_interest_max = "500000000";
        list(house, mango, perp, "0.0382");
        say::Cash cash;
        cash.borrow_cap = "1000000000";
        must(house, say::set_cash(cash));
        if (stable_price) {
            say::Observation observation;
            observation.volatility = observation.correlation = false;
            must(house, say::set_observation(observation));
        }
        house.trader("saver", 120'000'000);
        left = house.trader("left", 5'000'000);
        right = house.trader("right", 5'000'000);
        partner = house.trader("partner", 100'000);
        house.deposit(left, "sat", 1'000'000'000);  // ten bitcoin, of which 85 % count
        house.refresh();
        REQUIRE(house.fill(2, left, right, std::to_string(base), "0.0382").ok());
    }
    /// What was deposited, after haircuts.
    static Money deposited() { return money("10100000") + money("425000"); }

    void pump()
    {
        for (const char* price : {"0.2", "0.5", "0.91"}) {
            house.wait(180);
            house.price(1, "50000");
            house.price(2, price);
        }
    }
    /// The winner buys dear from the partner and sells cheap to it, as much as goes: its loss is the partner's profit,
    /// which is cash as soon as the winner owes it.
    void lose_to_partner()
    {
        for (int round = 0; round < 40; ++round) {
            house.refresh();
            const std::uint64_t bought = fill_all(house, 1, left, partner, "52500", 256);
            const std::uint64_t sold = fill_all(house, 1, partner, left, "47500", 256);
            static_cast<void>(house.send("anyone", say::claim(partner, 1)));
            if (bought + sold == 0)
                return;
        }
    }
    Money take_all()
    {
        static_cast<void>(house.send("anyone", say::settle(right, 2)));
        static_cast<void>(house.send("left", say::claim(left, 2)));
        lose_to_partner();
        for (const std::uint64_t account : {partner, left, right})
            out += drain(house, account);
        // What collateral still leaves is theirs, as far as no credit stands on it.
        Money worth = quote_of(out);
        const num::i128 sats = drain(house, left, 2);
        worth += Money::from_raw(sats * (num::i128{50'000} * num::WAD / 100'000'000));
        if (sats > 0)
            worth -= money("75000");  // of ten bitcoin, the haircut that deposited() takes off
        return worth;
    }
};

}  // namespace

TEST_CASE("S1: against a profit of 24 times no more leaves than deposits and the cap of profit")
{
    Money most;
    for (const std::uint64_t base : {483'000'000U, 100'000'000U, 20'000'000U, 4'000'000U}) {
        INFO(base);
        Mango mango("0.5", "1000", false, base);
        mango.pump();
        const Money out = mango.take_all();
        CHECK(out <= Mango::deposited() + money("1000"));
        most = out > most ? out : most;
    }
    CHECK(most >= money("9000000"));  // the attack did take place
}

TEST_CASE("S1: the stable price alone keeps a pumped profit from counting")
{
    Mango mango("1", std::nullopt, true);
    mango.pump();
    CHECK(mango.take_all() <= Mango::deposited() + money("1000000"));
}

TEST_CASE("S1: a withdrawal on credit stands on collateral alone, whatever profit counts")
{
    Mango mango("1", std::nullopt, false);
    mango.pump();
    static_cast<void>(mango.house.send("anyone", say::settle(mango.right, 2)));
    static_cast<void>(mango.house.send("left", say::claim(mango.left, 2)));
    CHECK(quote_of(drain(mango.house, mango.left)) <= Mango::deposited());
}

TEST_CASE("S1: with profit at its full weight, without a cap and a stable price, it happens")
{
    Mango mango("1", std::nullopt, false);
    mango.pump();
    CHECK(mango.take_all() > money("50000000"));
}
