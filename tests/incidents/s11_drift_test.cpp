// plimsoll: tests/incidents/s11_drift_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S11, Drift v1, 11 May 2022.
//
// What happened: LUNA fell from $10 to $0.5; winners closed and withdrew $8.7 million net in twelve hours, ahead of losers who
// could not pay; $19.5 million had to be put in (Drift's technical report, blog.zellic.io).
// What stops it here: profit is cash only out of losses that are cash already (A3): settle, claim, and a pool a market.
// Asserted: in a run the winners withdraw at most what they paid in and what losers have lost in cash, at each step; who only
// keeps quote here pays for nobody. The naive rule is not a configuration: what it would have paid is reckoned beside.
#include "tests/support/incident.hpp"

#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

TEST_CASE("S11: a run on the pool pays nobody twice")
{
    Clearinghouse house;
    // Who only keeps quote here must not pay for anybody's profit.
    const auto saver = house.trader("saver", 50'000);
    const auto maker = house.trader("maker", 50'000);
    std::vector<std::uint64_t> winners, losers;
    num::i128 paid_in = 0;
    for (int i = 0; i < 3; ++i) {
        winners.push_back(house.trader("winner" + std::to_string(i), 1'000));
        losers.push_back(house.trader("loser" + std::to_string(i), 1'000));
        paid_in += 1'000'000'000;
        REQUIRE(house.fill(0, winners.back(), losers.back(), "4", "2000").ok());
    }
    // The winners close against the maker, whose position then stands at the market.
    house.price(0, "2400");
    for (const std::uint64_t winner : winners)
        REQUIRE(house.fill(0, maker, winner, "4", "2400").ok());

    // The naive rule would have made 1,600 of cash of each profit; the losers have 1,000 each.
    const num::i128 naive = 3 * (1'000'000'000 + num::i128{1'600'000'000});
    num::i128 withdrawn = 0;
    const auto run = [&] {
        for (const std::uint64_t winner : winners) {
            static_cast<void>(house.send("anyone", say::claim(winner, 0)));
            withdrawn += drain(house, winner);
        }
    };
    num::i128 realised = 0;
    run();
    CHECK(withdrawn == paid_in);
    for (const std::uint64_t loser : losers) {
        // It owes more than it has.
        REQUIRE(house.send("anyone", say::settle(loser, 0)).ok());
        REQUIRE(house.send("anyone", say::flag(loser)).ok());
        realised += 1'000'000'000;
        run();
        CHECK(withdrawn == paid_in + realised);
    }
    CHECK(withdrawn < naive);
    // What the losers owe beyond that is the insurance's and their market's, and nobody's who only saves.
    house.fund_insurance(1'500);
    house.wait(FAST + SLOW);
    house.refresh();
    for (const std::uint64_t loser : losers)
        REQUIRE(house.send("anyone", say::resolve(loser)).ok());
    static_cast<void>(house.send("anyone", say::touch(maker)));
    static_cast<void>(house.send("anyone", say::settle(maker, 0)));
    run();
    CHECK(withdrawn <= naive);
    CHECK(house.house().insurance.open_deficit.is_zero());
    CHECK(house.send("saver", say::withdraw(saver, 0, "50000000000")).ok());
}
