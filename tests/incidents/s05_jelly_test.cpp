// plimsoll: tests/incidents/s05_jelly_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S5, JELLY on Hyperliquid, 26 March 2025.
//
// What happened: a short of some $5 million in a token of small worth was left to the house's fund, 398 million of it;
// the price was then pumped, the fund stood at a loss of more than $10 million with $230 million in reach, and the
// market was closed by vote at $0.0095 while the index said $0.50 (republikdao.io, followin.io, bullish-times.com).
// What stops it here: the house never holds a position: what keepers leave is closed against the other side. The insurance pays
// for one market at most `insurance_cap` a day, and what is missing then moves the price of that close.
// Asserted: the price goes to four times, deleveraging comes at the cap, and the insurance has paid no more than it, with
// one short or with five in turn. A market that is closed settles at its index: tests/contract/wind_down_test.cpp.
#include "tests/support/incident.hpp"

#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

struct Jelly
{
    Clearinghouse house;
    std::uint64_t long_side = 0;
    std::vector<std::uint64_t> shorts;

    Jelly(std::optional<std::string> cap, std::size_t count)
    {
        say::Underlying jelly;
        jelly.underlying = 2;
        jelly.symbol = "JELLY";
        jelly.initial_fraction = "0.3";
        jelly.maintenance_fraction = "0.15";
        say::Market perp;
        perp.market = 2;
        perp.symbol = "JELLY-PERP";
        perp.underlying = 2;
        perp.lot = "1";
        perp.open_interest_max = "500000000";
        perp.insurance_cap = cap;
        list(house, jelly, perp, "0.0125");
        house.fund_insurance(20'000'000);
        long_side = house.trader("long", 20'000'000);
        for (std::size_t i = 0; i < count; ++i)
            shorts.push_back(house.trader("short" + std::to_string(i), 2'000'000 / count));
        for (const std::uint64_t account : shorts)
            REQUIRE(house.fill(2, long_side, account, std::to_string(398'000'000 / count), "0.0125")
                    .ok());
        house.price(2, "0.05");
    }
    /// Flags, waits for the end of the curve and resolves. @return the last answer
    Reply resolve(std::uint64_t account)
    {
        static_cast<void>(house.send("anyone", say::flag(account)));
        house.wait(FAST + SLOW);
        house.refresh();
        Reply reply = house.send("anyone", say::resolve(account));
        INFO(name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
        return reply;
    }
    Money paid() { return money("20000000") - house.house().insurance.balance; }
};

}  // namespace

TEST_CASE("S5: a short that fails at four times its price is deleveraged at the insurance's cap")
{
    Jelly jelly("250000", 1);
    const Reply reply = jelly.resolve(jelly.shorts[0]);
    CHECK(reply.event("account_resolved", "insolvent") == "true");
    CHECK(reply.event("account_resolved", "insurance_paid") == "250000");
    CHECK(jelly.paid() == money("250000"));
    CHECK(reply.event("deleveraged", "base") == "398000000");
    // The longs close below mark: they pay what is missing, by at most the maintenance fraction.
    const Price price = plimsoll::test::price(reply.event("deleveraged", "price"));
    CHECK(price < plimsoll::test::price("0.05"));
    CHECK(price >= plimsoll::test::price("0.0425"));
    CHECK(jelly.house.market(2).market.indexes.open_interest == 0);
    CHECK(jelly.house.account(jelly.shorts[0]).account.positions.empty());
}

TEST_CASE("S5: five shorts that fail one after the other get no more than the cap and what drains")
{
    Jelly jelly("250000", 5);
    const std::uint64_t begin = jelly.house.now;
    for (const std::uint64_t account : jelly.shorts)
        CHECK(jelly.resolve(account).events_of("deleveraged") == 1);
    // The bucket drains evenly over a day, so that much more may have gone through.
    const num::i128 spent = static_cast<num::i128>(jelly.house.now - begin);
    const Money drained = Money::from_raw(money("250000").raw() / DAY * spent);
    CHECK(jelly.paid() <= money("250000") + drained);
}

TEST_CASE("S5: with an insurance that has no cap, it pays for all of it")
{
    Jelly jelly(std::nullopt, 1);
    const Reply reply = jelly.resolve(jelly.shorts[0]);
    CHECK(jelly.paid() > money("10000000"));
    CHECK(reply.event("deleveraged", "price") == "0.05");
}
