// plimsoll: tests/incidents/s08_compound_dai_test.cpp               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S8, Compound and DAI, 26 November 2020.
//
// What happened: DAI stood at $1.30 on one exchange for a short time; that exchange was the price, and some $89 million
// were liquidated (comp.xyz/t/642/88, coincodex 10059).
// What stops it here: the median of three publishers; for a single source a limit to jumps that is narrower than the spike.
// Asserted: a spike of 30 % at one venue liquidates nobody in both. Liquidation looks at the median alone, not at the stable
// price: a single source is believed within its `jump_max`, and that is what it is not protected from.
#include "tests/support/feeds.hpp"
#include "tests/support/incident.hpp"

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Bob owes ether, as one owed DAI: short of one on 250, liquidatable above 2142.
struct Debtor : FedHouse
{
    Number lender = 0;
    Number bob = 0;
    Number keeper = 0;

    explicit Debtor(Number count, Number quorum, const std::string& jump_max = "5")
      : FedHouse(count, quorum)
    {
        say::Feed feed;
        for (Number i = 0; i < count; ++i)
            feed.publishers.push_back("feeder" + std::to_string(i));
        feed.quorum = quorum;
        feed.report_max_age = 60;
        feed.jump_max = jump_max;
        feed.jump_wait = WAIT;
        REQUIRE(send("gov", say::set_feed(feed)).ok());
        lender = trader("lender", 10'000);
        bob = trader("bob", 250);
        keeper = trader("keeper", 10'000);
        reports("2000", count);
        price(1, "50000");
        REQUIRE(fill(0, lender, bob, "1", "2000").ok());
    }
    Error liquidate() { return send("keeper", say::liquidate(bob, 0, keeper, "0.001")).error; }
};

}  // namespace

TEST_CASE("S8: a price spike of one venue liquidates nobody where three publish")
{
    Debtor house(3, 2);
    house.wait(1);
    REQUIRE(house.report(0, "2600").ok());
    REQUIRE(house.report(1, "2000").ok());
    REQUIRE(house.report(2, "1999").ok());
    CHECK(house.ether() == "2000");
    CHECK(house.liquidate() == Error::not_liquidatable);
}

TEST_CASE("S8: a spike beyond a single source's limit liquidates nobody while it waits")
{
    Debtor house(1, 1, "1.2");
    for (Clearinghouse::Number i = 0; i + 1 < FedHouse::WAIT; ++i) {
        house.reports("2600", 1);
        CHECK(house.liquidate() == Error::not_liquidatable);
        CHECK(house.send("anyone", say::flag(house.bob)).error == Error::not_liquidatable);
    }
    house.reports("2000", 1);
    CHECK(house.ether() == "2000");
    house.wait(2 * FedHouse::WAIT);
    CHECK(house.liquidate() == Error::not_liquidatable);
}

TEST_CASE("S8: within a single source's limit it happens")
{
    Debtor house(1, 1);
    house.reports("2600", 1);
    CHECK(house.liquidate() == Error::ok);
}
