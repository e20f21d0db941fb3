// plimsoll: tests/incidents/s11b_admin_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S11b, Drift v2, 1 April 2026.
//
// What happened: with signatures of the administrators that had been obtained before, a token with $500 of liquidity was
// listed as collateral at a price of the attacker's, limits were removed, and some $285 million left in twelve minutes
// (4pillars.io, thecryptofirst.com, cube.exchange).
// What stops it here: every message that sets something waits out the timelock (ADR 10), and the guardian cancels what
// waits. Which messages those are is a table at compile time: tests/contract/timelock_test.cpp.
// Asserted: in the first 24 hours a thief of governance's key takes nothing, whatever it proposes when; the same calls without a
// timelock take nine tenths of the house. What needs no timelock, the price of a settlement whose feed has failed, moves it
// by `price_bound` and no further.
#include "tests/support/dated_house.hpp"
#include "tests/support/incident.hpp"

#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// What the thief has governance say, in this order.
std::vector<std::string> attack()
{
    say::Underlying cvt;
    cvt.underlying = 2;
    cvt.symbol = "CVT";
    say::Asset token;
    token.asset = 3;
    token.denom = "cvt";
    token.symbol = "CVT";
    token.decimals = 6;
    token.underlying = 2;
    token.deposit_cap = "10000000000000000";
    token.initial_haircut = token.maintenance_haircut = "0";
    say::Cash cash;
    cash.utilisation_max = "1";
    cash.borrow_cap = "1000000000000000000";
    return {say::set_underlying(cvt), say::set_asset(token), say::set_cash(cash),
        say::set_role("thief", 4)};
}

/// Publishes a price, brings the token and takes what the house has. @return base units of quote
num::i128 take(Clearinghouse& house)
{
    static_cast<void>(house.send("thief", say::push_price(2, "1", house.now)));
    const auto thief = house.trader("thief", 0);
    static_cast<void>(
        house.send("thief", say::deposit(thief), {{"cvt", num::i128{750'000'000'000'000}}}));
    return drain(house, thief);
}

}  // namespace

TEST_CASE("S11b: a thief of governance's key takes nothing in the first day")
{
    Clearinghouse house;
    must(house, say::set_cash({}));
    must(house, say::set_timelock(DAY));
    house.trader("saver", 10'000'000);
    house.wait(1);
    const std::uint64_t stolen = house.now;
    num::i128 taken = 0;
    std::vector<std::string> ids;
    while (house.now < stolen + DAY) {
        for (const std::string& message : attack()) {
            CHECK(house.send("gov", message).error == Error::timelocked);
            const Reply proposed = house.send("gov", say::propose(message));
            if (proposed.ok())
                ids.push_back(proposed.event("proposed", "id"));
        }
        for (const std::string& id : ids)
            CHECK(house.send("gov", say::execute_proposal(std::stoull(id))).error ==
                  Error::too_early);
        taken += take(house);
        house.wait(6 * 3'600);
    }
    CHECK(taken == 0);
    // The guardian has had all of that day to look, and needs a minute.
    for (const std::string& id : ids)
        CHECK(house.send("guardian", say::cancel_proposal(std::stoull(id))).ok());
    for (const std::string& id : ids)
        CHECK(house.send("gov", say::execute_proposal(std::stoull(id))).error ==
              Error::no_such_proposal);
    CHECK(take(house) == 0);
}

TEST_CASE("S11b: without a timelock it happens in one block")
{
    Clearinghouse house;
    must(house, say::set_cash({}));
    house.trader("saver", 10'000'000);
    for (const std::string& message : attack())
        must(house, message);
    CHECK(quote_of(take(house)) >= money("9000000"));
}

TEST_CASE("S11b: where a feed has failed the thief moves a settlement by its bound, and no further")
{
    DatedHouse house;
    must(house, say::set_timelock(DAY));
    house.trade_all();
    const auto equity = [&] { return equity_of(house, house.alice); };
    house.publish_from(EXPIRY - 600, "2000");
    const Money before = equity();
    for (const char* const price : {"1", "1799", "2201", "1000000"})
        CHECK_FALSE(house.send("gov", say::set_settlement_price(0, EXPIRY, price)).ok());
    CHECK(equity() == before);
    // However often: only the first counts.
    for (const char* const price : {"2200", "2200", "2201", "2420"})
        static_cast<void>(house.send("gov", say::set_settlement_price(0, EXPIRY, price)));
    // A future and a call of one ether each, a tenth of 2000 further up.
    CHECK(equity() - before == money("400"));
}
