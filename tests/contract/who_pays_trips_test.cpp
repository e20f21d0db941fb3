// plimsoll: tests/contract/who_pays_trips_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Who trades to and fro loses in no market: no such trade chooses who bears a deficit.
#include "tests/support/dated_house.hpp"
#include "tests/support/incident.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

say::Market capped_bitcoin()
{
    say::Market market;
    market.market = market.underlying = 1;
    market.symbol = "BTC-PERP";
    market.lot = "0.0001";
    market.open_interest_max = "10000";
    market.insurance_cap = "1000";
    market.loss_cap = "0";
    return market;
}

/// Market 6 is a deep call on ether, bitcoin's perpetual has a cap of 1,000.
struct Capped : DatedHouse
{
    Capped()
    {
        must(*this, say::set_cash({}));
        say::Params params;
        params.debt_cap = "1000";
        must(*this, say::set_params(params));
        trader("supplier", 1'000'000);
        list(capped_bitcoin());
        list(say::option(6, EXPIRY, "200"));
        fund_insurance(100'000);
        move("2000", "50000");
    }
    void trade(std::uint64_t market, std::uint64_t buyer, std::uint64_t seller, const char* size,
        const std::string& at)
    {
        const Reply reply = fill(market, buyer, seller, size, at);
        INFO(name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
    }
    Money insured_by(std::uint64_t account, const char* ether, const char* coin)
    {
        const Reply reply = resolve_at(account, ether, coin);
        REQUIRE(reply.event("account_resolved", "insolvent") == "true");
        return money(reply.event("account_resolved", "insurance_paid"));
    }
    List<OwedLoss, OWED_LOSSES_MAX> owed_by(std::uint64_t id)
    {
        return account(id).account.owed_losses;
    }
};

}  // namespace

TEST_CASE("who pays: not the market where a flagged account wins and loses the same")
{
    for (const bool options : {false, true}) {
        Capped house;
        const auto x = house.trader("x", 30'000);
        const auto y = house.trader("y", 900'000);
        const auto honest = house.trader("honest", 500'000);
        const auto other = house.trader("other", 500'000);
        house.trade(0, honest, other, "200", "2000");
        house.trade(6, honest, other, "200", house.mark(6));
        house.trade(1, x, y, "5", "50000");
        house.move("2000", "45500");  // equity 7,500, and 11,375 are asked for
        REQUIRE(house.send("anyone", say::flag(x)).ok());
        const std::string mark = house.mark(6);
        const Reply trips = options
                                ? house.fills({{6, y, x, "2000", mark}, {6, x, y, "2000", mark}})
                                : house.fills({{0, x, y, "5000", "1900"}, {0, y, x, "5000", "2100"},
                                      {0, y, x, "5000", "1900"}, {0, x, y, "5000", "2100"}});
        INFO(name_of(trips.error) << " " << trips.detail);
        REQUIRE(trips.ok());
        CHECK(house.owed_by(x).empty());
        const Money before = equity_of(house, honest) + equity_of(house, other);
        CHECK(house.insured_by(x, "2000", "40000") < money("1100"));
        const Money after = equity_of(house, honest) + equity_of(house, other);
        CHECK(before - after < money("0.001"));
    }
}

TEST_CASE("who pays: not the market where an account has traded beside the mark and settled")
{
    for (const int rounds : {0, 10}) {
        Capped house;
        const auto x = house.trader("x", 100'000);
        const auto y = house.trader("x", 900'000);
        const auto honest = house.trader("honest", 500'000);
        const auto other = house.trader("other", 500'000);
        house.trade(0, honest, other, "200", "2000");
        for (int i = 0; i < rounds; ++i) {
            house.trade(0, x, y, "100", "2100");
            must(house, say::settle(x, 0), "anyone");
            must(house, say::claim(y, 0), "x");
            house.trade(0, y, x, "99.999", "2000");
            must(house, say::transfer(y, x, 0, "10000000000"), "x");
        }
        house.trade(1, x, y, "10", "50000");
        const Money before = equity_of(house, honest) + equity_of(house, other);
        CHECK(house.insured_by(x, "2000", "35000") < money("2100"));
        const Money after = equity_of(house, honest) + equity_of(house, other);
        CHECK(before - after < money("0.001"));
    }
}

TEST_CASE("who pays: not the market where others have deleveraged what an account had sold")
{
    for (const bool cut : {false, true}) {
        Capped house;
        const auto x = house.trader("x", 150'000);
        const auto y = house.trader("y", 900'000);
        const auto z = house.trader("z", 250'000);
        house.trade(6, z, x, "100", house.mark(6));
        house.trade(1, z, y, "10", "50000");
        house.trade(1, x, y, "5", "50000");
        if (cut)
            static_cast<void>(house.insured_by(z, "2000", "23000"));  // its calls go against x
        house.move("2000", "50000");
        const Money before = house.house().insurance.balance;
        static_cast<void>(house.send("anyone", say::touch(x)));
        static_cast<void>(house.insured_by(x, "2000", "15000"));
        // Two caps of 1,000, and what a day's part gives back.
        CHECK(before - house.house().insurance.balance < money("2100"));
    }
}

TEST_CASE("who pays: not the market of an option that is sold and bought back at its mark")
{
    for (const char* const size : {"66", "10"}) {
        Capped house;
        const auto x = house.trader("x", 0);
        const auto y = house.trader("y", 500'000);
        house.deposit(x, "sat", 400'000'000);  // 200,000
        must(house, say::withdraw(x, 0, "100000000000"), "x");
        house.trade(6, y, x, size, house.mark(6));
        house.trade(6, x, y, size, house.mark(6));
        CHECK(house.owed_by(x).empty());
        CHECK(house.insured_by(x, "2000", "20000") < money("1100"));
    }
}

TEST_CASE("who pays: not the market of an option that is worth no more than when it was sold")
{
    Capped house;
    const auto x = house.trader("x", 60'000);
    const auto y = house.trader("y", 500'000);
    house.trade(6, y, x, "100", house.mark(6));
    house.trade(1, x, y, "5", "50000");
    CHECK(house.insured_by(x, "2000", "33000") < money("1100"));
}

TEST_CASE("who pays: a reward for a slice of collateral counts against the cap of debts")
{
    for (const bool lost : {false, true}) {
        Clearinghouse house;
        must(house, say::set_cash({}));
        house.allow_options(0);
        house.allow_portfolio(0);
        say::Asset ether;
        ether.risk_cancelling = true;
        must(house, say::set_asset(ether));
        say::Params params;
        params.debt_cap = "1000";
        must(house, say::set_params(params));
        say::Market market;
        market.insurance_cap = "1000";
        must(house, say::set_market(market));
        house.fund_insurance(200'000);
        house.trader("supplier", 5'000'000);
        const auto keeper = house.trader("keeper", 10'000'000);
        const auto maker = house.trader("maker", 10'000'000);
        const auto x = house.trader("x", 0);
        must(house, say::set_mode(x, "portfolio"), "x");
        house.deposit(x, "aeth", num::i128{50} * num::WAD);
        must(house, say::withdraw(x, 0, lost ? "48000000000" : "55000000000"), "x");
        if (lost) {
            REQUIRE(house.fill(0, x, maker, "10", "2000").ok());
            house.price(0, "1200");
            REQUIRE(house.fill(0, maker, x, "10", "1200").ok());
            CHECK(house.account(x).account.owed_losses.size() == 1);
        }
        house.price(0, "1050");
        must(house, say::flag(x), "anyone");
        house.wait(FAST + SLOW - 1);
        house.refresh();
        const Reply reply = house.send("keeper", say::liquidate_slice(x, keeper, "1"));
        REQUIRE(reply.ok());
        CHECK(reply.event("slice_liquidated", "reward_from_insurance") == (lost ? "0" : "1000"));
        CHECK(house.house().insurance.debts.used == (lost ? Money::zero() : money("1000")));
    }
}
