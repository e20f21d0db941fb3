// plimsoll: tests/contract/trading_fees_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What fills cost, who pays it, and that it keeps nobody from reducing.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t ETH = 0;

struct Venue
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 1'000);
    std::uint64_t bob = house.trader("bob", 1'000);

    explicit Venue(const std::string& maker = "0.0002", const std::string& taker = "0.0005")
    {
        say::Market market;
        market.maker_fee = maker;
        market.taker_fee = taker;
        REQUIRE(house.send("gov", say::set_market(market)).ok());
    }
    Reply fill(std::uint64_t buyer, std::uint64_t seller, const std::string& base,
        const std::string& price, const std::optional<std::string>& taker = std::nullopt)
    {
        return house.fills({{ETH, buyer, seller, base, price, taker, std::nullopt}});
    }
};

}  // namespace

TEST_CASE(
    "trading fees: who takes pays the taker's, the other and both of an unnamed fill the maker's")
{
    Venue v;
    const Reply taken = v.fill(v.alice, v.bob, "1", "2000", "buyer");
    REQUIRE(taken.ok());
    CHECK(taken.event("filled", "buyer_fee") == "1");
    CHECK(taken.event("filled", "seller_fee") == "0.4");
    CHECK(v.house.cash(v.alice) == "999");
    CHECK(v.house.cash(v.bob) == "999.6");
    CHECK(v.house.house().insurance.balance == money("1.4"));
    const Reply sold = v.fill(v.alice, v.bob, "1", "2000", "seller");
    CHECK(sold.event("filled", "seller_fee") == "1");
    CHECK(sold.event("filled", "buyer_fee") == "0.4");
    const Reply unnamed = v.fill(v.bob, v.alice, "0.5", "2000");
    CHECK(unnamed.event("filled", "buyer_fee") == "0.2");
    CHECK(unnamed.event("filled", "seller_fee") == "0.2");
    CHECK(v.fill(v.bob, v.alice, "0.5", "2000", "both").error == Error::out_of_range);
}

TEST_CASE("trading fees: a fee is rounded up, to the house")
{
    Venue v("0.000000000000000001", "0.000000000000000001");
    const Reply reply = v.fill(v.alice, v.bob, "0.001", "2000.000000000000000001");
    REQUIRE(reply.ok());
    CHECK(reply.event("filled", "buyer_fee") == "0.000000000000000003");
}

TEST_CASE("trading fees: an open deficit is repaid first")
{
    Venue v;
    contract::House house = v.house.house();
    house.insurance.open_deficit = money("1");
    house.insurance.balance = money("0");
    const std::string before = contract::encode(house);
    v.house.audited = false;  // the deficit came from nowhere
    v.house.host.write(contract::house_key(), before);
    REQUIRE(v.fill(v.alice, v.bob, "1", "2000", "buyer").ok());
    CHECK(v.house.house().insurance.open_deficit == money("0"));
    CHECK(v.house.house().insurance.balance == money("0.4"));
}

TEST_CASE("trading fees: they count at initial margin when risk is added")
{
    // 200 of margin for one ether, and 1 for the fee.
    Venue v;
    const auto poor = v.house.trader("poor", 200);
    CHECK(v.fill(poor, v.bob, "1", "2000", "buyer").error == Error::below_initial_margin);
    v.house.deposit(poor, "uusdc", 1'000'000);
    CHECK(v.fill(poor, v.bob, "1", "2000", "buyer").ok());
}

TEST_CASE(
    "trading fees: they keep nobody below initial margin from reducing, and whoever can be "
    "liquidated pays none")
{
    Venue v("0.01", "0.01");
    const auto poor = v.house.trader("poor", 250);
    REQUIRE(v.fill(poor, v.bob, "1", "2000", "buyer").ok());
    v.house.price(0, "1930");  // 230 - 70 = 160: between 96.5 and 193
    const Reply closed = v.fill(v.bob, poor, "0.2", "1930", "seller");
    INFO(name_of(closed.error) << " " << closed.detail);
    REQUIRE(closed.ok());
    CHECK(closed.event("filled", "seller_fee") == "3.86");
    v.house.price(0, "1800");
    REQUIRE(v.house.stage(poor) == "unflagged");
    const Reply last = v.fill(v.bob, poor, "0.4", "1800", "seller");
    INFO(name_of(last.error) << " " << last.detail);
    REQUIRE(last.ok());
    CHECK(last.event("filled", "seller_fee") == "0");
    CHECK(last.event("filled", "buyer_fee") == "7.2");
}

TEST_CASE("trading fees: an option's is of its underlying and at most an eighth of its premium")
{
    Venue v;
    v.house.allow_options(0);
    const std::uint64_t expiry = v.house.now + 90 * DAY;
    say::Market market = say::option(2, expiry, "2000");
    market.maker_fee = "0";
    market.taker_fee = "0.0005";
    REQUIRE(v.house.send("gov", say::set_market(market)).ok());
    REQUIRE(v.house.surface(0, expiry).ok());
    const std::string mark = v.house.ask(say::ask("market", "market", 2)).at("/mark");
    const Reply reply = v.house.fills({{2, v.alice, v.bob, "0.1", mark, "buyer", std::nullopt}});
    INFO(name_of(reply.error) << " " << reply.detail);
    REQUIRE(reply.ok());
    CHECK(reply.event("filled", "buyer_fee") == "0.1");
    CHECK(reply.event("filled", "seller_fee") == "0");
    market.market = 3;
    market.strike = "6000";
    REQUIRE(v.house.send("gov", say::set_market(market)).ok());
    const Reply cheap = v.house.fills({{3, v.alice, v.bob, "0.1", "2", "buyer", std::nullopt}});
    INFO(name_of(cheap.error) << " " << cheap.detail);
    REQUIRE(cheap.ok());
    CHECK(cheap.event("filled", "buyer_fee") == "0.025");
}

TEST_CASE("trading fees: their bounds, and that a close frees more than its fee takes")
{
    Clearinghouse house;
    const auto refused = [&](const char* maker, const char* taker) {
        say::Market market;
        market.maker_fee = maker;
        market.taker_fee = taker;
        const Reply reply = house.send("gov", say::set_market(market));
        return std::string(name_of(reply.error)) + " " + reply.detail;
    };
    CHECK(refused("0", "0.010000000000000001") == "parameter_bounds taker_fee");
    CHECK(refused("0.010000000000000001", "0.01") == "parameter_bounds maker_fee");
    CHECK(refused("-0.1", "0.01") == "out_of_range set_market.maker_fee");
    CHECK(refused("0.002", "0.001") == "parameters_disagree maker_fee");
    say::Underlying thin;
    thin.maintenance_fraction = "0.005";
    REQUIRE(house.send("gov", say::set_underlying(thin)).ok());
    CHECK(refused("0", "0.006") == "parameters_disagree taker_fee");
    CHECK(refused("0.005", "0.005") == "ok ");
    CHECK(house.ask(say::ask("market", "market", 0)).at("/taker_fee") == "0.005");
    // Nor does margin fall below what a market asks already.
    thin.maintenance_fraction = "0.004";
    const Reply reply = house.send("gov", say::set_underlying(thin));
    CHECK(reply.error == Error::parameters_disagree);
    CHECK(reply.detail == "maintenance_fraction");
}
