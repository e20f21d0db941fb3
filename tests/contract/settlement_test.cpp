// plimsoll: tests/contract/settlement_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Expiry: the average that futures and options settle at, what a missing feed does to
// it, who may say what, and what is left on the accounts.
#include "tests/support/dated_house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

using House = DatedHouse;

num::i128 cash_of(const House& house, std::uint64_t id)
{
    return house.account(id).account.cash.raw();
}

}  // namespace

TEST_CASE("settlement: futures and options of an expiry settle at the average of its window")
{
    House house;
    house.trade_all();
    const num::i128 alice = cash_of(house, house.alice);
    const num::i128 bob = cash_of(house, house.bob);
    house.wait(1);
    house.publish_until(EXPIRY - WINDOW, "1500");
    house.publish_until(EXPIRY - WINDOW / 2, "2000");
    house.publish_until(EXPIRY, "2100");
    const Reply asked = house.ask(say::ask_settlement(0, EXPIRY));
    CHECK(asked.at("/price") == "2050");
    CHECK(asked.at("/covered_s") == "1800");
    CHECK(asked.at("/known") == "true");
    CHECK(asked.at("/settles") == "true");
    CHECK(asked.at("/markets") == "3");
    const Reply future = house.send("anyone", say::settle_market(House::FUTURE));
    CHECK(future.event("market_settled", "settlement") == "2050");
    CHECK(future.event("market_settled", "payoff") == "2050");
    // Whatever is published now, the others of this expiry settle at the same price.
    house.price(0, "3000");
    const Reply call = house.send("anyone", say::settle_market(House::CALL));
    CHECK(call.event("market_settled", "settlement") == "2050");
    CHECK(call.event("market_settled", "payoff") == "50");
    CHECK(house.send("anyone", say::settle_market(House::PUT)).event("market_settled", "payoff") ==
          "0");
    house.touch(house.bob);
    house.touch(house.alice);  // what it has won is cash once whoever lost has paid
    CHECK(house.account(house.alice).account.positions.empty());
    CHECK(house.account(house.bob).account.positions.empty());
    // 50 of the future and 50 of the call, to the last unit.
    CHECK((cash_of(house, house.alice) == alice + raw("100")));
    CHECK((cash_of(house, house.bob) == bob - raw("100")));
    const Reply market = house.ask(say::ask("market", "market", House::CALL));
    CHECK(market.at("/status") == "closed");
    CHECK(market.at("/settlement") == "2050");
    CHECK(market.at("/settled_at") == std::to_string(house.now));
    CHECK(market.at("/mark") == "50");
    CHECK(market.at("/open_interest") == "0");
}

TEST_CASE("settlement: an account that sleeps gets the same as one that is touched at once")
{
    House house;
    house.trade_all();
    house.expire_at("2100");
    REQUIRE(house.settle(House::FUTURE) == Error::ok);
    const std::string equity = house.equity(house.alice);
    const std::string initial = house.initial(house.alice);
    house.wait(100 * DAY);
    house.refresh();
    CHECK(house.equity(house.alice) == equity);
    REQUIRE(house.settle(House::CALL) == Error::ok);
    REQUIRE(house.settle(House::PUT) == Error::ok);
    CHECK(house.equity(house.alice) == equity);
    CHECK(house.equity(house.alice) == house.initial(house.alice));
    CHECK(initial != equity);  // the options still needed margin then
    house.touch(house.bob);
    house.touch(house.alice);
    CHECK(house.equity(house.alice) == equity);
    CHECK(house.initial(house.alice) == equity);
    CHECK(house.cash(house.alice) == equity);
}

TEST_CASE("settlement: neither before the expiry nor twice, and no perpetual that goes on")
{
    House house;
    house.publish_from(EXPIRY - WINDOW, "2000");
    house.now = EXPIRY - 1;
    CHECK(house.settle(House::FUTURE) == Error::not_expired);
    CHECK(house.settle(0) == Error::not_expired);
    CHECK(house.settle(99) == Error::no_such_market);
    house.now = EXPIRY;
    CHECK(house.settle(0) == Error::not_expired);
    CHECK(house.send("anyone", say::settle_market(House::FUTURE), {{"uusdc", 1}}).error ==
          Error::funds_not_accepted);
    REQUIRE(house.settle(House::FUTURE) == Error::ok);
    CHECK(house.settle(House::FUTURE) == Error::market_settled);
}

TEST_CASE("settlement: a market that settles takes no fills, and frees its place when touched")
{
    House house;
    house.trade_all();
    house.expire_at("2000");
    CHECK(house.status(House::FUTURE) == "settling");
    CHECK(house.fill(House::FUTURE, house.alice, house.bob, "1", "2000").error == Error::expired);
    REQUIRE(house.settle(House::FUTURE) == Error::ok);
    house.refresh();
    CHECK(house.fill(House::FUTURE, house.alice, house.bob, "1", "2000").error == Error::expired);
    CHECK(house.account(house.alice).account.positions.size() == 3);
    house.touch(house.alice);
    CHECK(house.account(house.alice).account.positions.size() == 2);
    // What trades elsewhere goes on.
    CHECK(house.settle(House::CALL) == Error::ok);
    CHECK(house.settle(House::PUT) == Error::ok);
    CHECK(house.fill(0, house.alice, house.bob, "1", "2000").ok());
}

TEST_CASE("settlement: without enough of an average it waits, then takes what there is")
{
    House house;
    house.trade_all();
    // A third of the window has a price.
    house.publish_from(EXPIRY - 600, "2100");
    CHECK(house.ask(say::ask_settlement(0, EXPIRY)).at("/known") == "false");
    CHECK(house.settle(House::FUTURE) == Error::settlement_waits);
    // What comes too late does not count.
    for (int i = 0; i < 20; ++i)
        house.price(0, "9000");
    CHECK(house.settle(House::FUTURE) == Error::settlement_waits);
    CHECK(house.mark(House::FUTURE) == "2100");
    house.now = EXPIRY + WAIT - 1;
    CHECK(house.settle(House::FUTURE) == Error::settlement_waits);
    house.now = EXPIRY + WAIT;
    CHECK(house.send("anyone", say::settle_market(House::FUTURE))
              .event("market_settled", "settlement") == "2100");
}

TEST_CASE("settlement: without any price in the window it takes the last one before")
{
    House house;
    house.trade_all();
    house.now = EXPIRY - WINDOW - 61;
    house.price(0, "1900");
    house.now = EXPIRY + 10;
    house.price(0, "5000");
    CHECK(house.ask(say::ask_settlement(0, EXPIRY)).at("/covered_s") == "0");
    CHECK(house.mark(House::FUTURE) == "1900");
    house.now = EXPIRY + WAIT;
    CHECK(house.send("anyone", say::settle_market(House::FUTURE))
              .event("market_settled", "settlement") == "1900");
}

TEST_CASE("settlement: governance may give a price only while a failed feed is waited for")
{
    House house;
    house.trade_all();
    const auto set = [&](const std::string& price) {
        return house.send("gov", say::set_settlement_price(0, EXPIRY, price)).error;
    };
    house.publish_from(EXPIRY - 600, "2000");
    CHECK(house.send("alice", say::set_settlement_price(0, EXPIRY, "2000")).error ==
          Error::unauthorized);
    CHECK(house.send("gov", say::set_settlement_price(0, EXPIRY + 1, "2000")).error ==
          Error::no_settlement);
    CHECK(house.send("gov", say::set_settlement_price(7, EXPIRY, "2000")).error ==
          Error::no_such_underlying);
    house.now = EXPIRY - 1;
    CHECK(set("2000") == Error::not_expired);
    house.now = EXPIRY;
    CHECK(set("2200.1") == Error::parameter_bounds);
    CHECK(set("1799.9") == Error::parameter_bounds);
    CHECK(house.equity(house.alice) == house.equity(house.alice));
    const Reply done = house.send("gov", say::set_settlement_price(0, EXPIRY, "2150"));
    CHECK(done.event("settlement_price_set", "price") == "2150");
    CHECK(done.event("settlement_price_set", "expiry") == std::to_string(EXPIRY));
    CHECK(house.mark(House::FUTURE) == "2150");
    CHECK(house.send("anyone", say::settle_market(House::FUTURE))
              .event("market_settled", "settlement") == "2150");
    CHECK(house.send("anyone", say::settle_market(House::CALL)).event("market_settled", "payoff") ==
          "150");
    // BTC was there all the time of its window that ETH was: its price is still open, until the wait is over.
    house.now = EXPIRY + WAIT;
    CHECK(house.send("gov", say::set_settlement_price(1, EXPIRY, "50000")).error ==
          Error::settlement_known);
}

TEST_CASE("settlement: governance's price does not wait for a timelock, which would outlast it")
{
    House house;
    house.trade_all();
    REQUIRE(house.send("gov", say::set_timelock(2 * DAY)).ok());
    house.publish_from(EXPIRY - 600, "2000");
    const auto set = [&](const std::string& sender, const std::string& price) {
        return house.send(sender, say::set_settlement_price(0, EXPIRY, price)).error;
    };
    for (const std::string sender : {"guardian", "publisher", "alice"})
        CHECK(set(sender, "2000") == Error::unauthorized);
    CHECK(set("gov", "2200.1") == Error::parameter_bounds);
    CHECK(set("gov", "2200") == Error::ok);
    CHECK(house.send("anyone", say::settle_market(House::FUTURE))
              .event("market_settled", "settlement") == "2200");
}

TEST_CASE("settlement: governance says the price once, and all markets of the time settle at it")
{
    House house;
    house.list(say::future(6, EXPIRY));
    house.trade_all();
    // Long one of a future and short one of its twin: worth nothing to either side, at any one price.
    REQUIRE(house.fill(6, house.bob, house.alice, "1", "2000").ok());
    REQUIRE(house.send("gov", say::set_timelock(2 * DAY)).ok());
    house.publish_from(EXPIRY - 600, "2000");
    const auto set = [&](const std::string& price) {
        return house.send("gov", say::set_settlement_price(0, EXPIRY, price)).error;
    };
    REQUIRE(set("1800") == Error::ok);
    CHECK(set("2200") == Error::settlement_known);
    const auto settled = [&](std::uint64_t market) {
        return house.send("anyone", say::settle_market(market))
            .event("market_settled", "settlement");
    };
    CHECK(settled(House::FUTURE) == "1800");
    CHECK(set("2200") == Error::settlement_known);
    CHECK(set("1800") == Error::settlement_known);
    CHECK(settled(6) == "1800");
}

TEST_CASE("settlement: governance's price may be a proposal, too")
{
    House house;
    house.trade_all();
    REQUIRE(house.send("gov", say::set_timelock(3'600)).ok());
    house.publish_until(EXPIRY - WAIT / 2 - 50, "2000");
    REQUIRE(house.send("gov", say::propose(say::set_settlement_price(0, EXPIRY, "1900"))).ok());
    house.now = EXPIRY + WAIT / 2;
    REQUIRE(house.send("gov", say::execute_proposal(1)).ok());
    CHECK(house.send("anyone", say::settle_market(House::FUTURE))
              .event("market_settled", "settlement") == "1900");
}

TEST_CASE("settlement: where the feed works governance has no say")
{
    House house;
    house.expire_at("2000");
    CHECK(house.send("gov", say::set_settlement_price(0, EXPIRY, "2000")).error ==
          Error::settlement_known);
}

TEST_CASE("settlement: a spike moves it by its share of the window")
{
    House house;
    house.publish_from(EXPIRY - WINDOW, "2000");
    house.now = EXPIRY - 30;
    // JELLY: four times the price, just before the end. 30 of 1800 seconds at 6000 more are 100.
    House spiked;
    spiked.now = EXPIRY - WINDOW;
    spiked.publish_until(EXPIRY - 50, "2000");
    spiked.send_price(0, "2000");
    spiked.now = EXPIRY - 30;
    spiked.send_price(0, "8000");
    spiked.now = EXPIRY;
    CHECK(spiked.send("anyone", say::settle_market(House::FUTURE))
              .event("market_settled", "settlement") == "2100");
}

TEST_CASE("settlement: terms are those of when the first market of the time was listed")
{
    House house;
    say::Settlement terms;
    terms.window = 600;
    terms.coverage = "0.9";
    CHECK(house.send("alice", say::set_settlement(terms)).error == Error::unauthorized);
    CHECK(house.send("gov", say::set_settlement(terms)).event("settlement_set"));
    CHECK(house.ask(R"({"config":{}})").at("/settlement/window_s") == "600");
    house.list(say::option(6, EXPIRY, "2200"));
    CHECK(house.ask(say::ask_settlement(0, EXPIRY)).at("/window_s") == "1800");
    CHECK(house.ask(say::ask_settlement(0, EXPIRY)).at("/markets") == "4");
    house.list(say::option(7, EXPIRY + 1, "2200"));
    const Reply other = house.ask(say::ask_settlement(0, EXPIRY + 1));
    CHECK(other.at("/window_s") == "600");
    CHECK(other.at("/coverage") == "0.9");
    CHECK(other.at("/price") == "2000");
    terms.window = 59;
    CHECK(house.send("gov", say::set_settlement(terms)).error == Error::parameter_bounds);
    CHECK(house.ask(say::ask_settlement(0, EXPIRY + 2)).error == Error::no_settlement);
    CHECK(house.ask(say::ask_settlement(9, EXPIRY)).error == Error::no_such_underlying);
}

TEST_CASE("settlement: a new age of prices counts from when it is set, and nothing after the end")
{
    for (const bool inside : {true, false}) {
        House house;
        house.trade_all();
        house.now = EXPIRY - WINDOW;
        house.price(0, "1000");
        house.now = inside ? EXPIRY - 100 : EXPIRY;
        const auto covered = [&] {
            return house.ask(say::ask_settlement(0, EXPIRY)).at("/covered_s");
        };
        CHECK(covered() == "61");
        say::Params params;
        params.max_age_trade = params.max_age_liquidation = 3'600;
        REQUIRE(house.send("gov", say::set_params(params)).ok());
        CHECK(covered() == "61");
        house.now = EXPIRY;
        CHECK(covered() == (inside ? "161" : "61"));
        CHECK(house.settle(House::FUTURE) == Error::settlement_waits);
    }
}

TEST_CASE("settlement: prices outside windows do not touch it, those inside do")
{
    House house;
    const std::string key = contract::settlements_key(UnderlyingId{0});
    const auto cost = [&] {
        house.host.reads.clear();
        house.host.log_reads = true;
        house.price(0, "2000");
        house.host.log_reads = false;
        return house.host.reads.count(key);
    };
    CHECK(cost() == 0);
    house.now = EXPIRY - WINDOW - 1;
    CHECK(cost() == 0);
    house.now = EXPIRY - WINDOW + 1;
    CHECK(cost() == 1);
    // Changing the underlying does not make it forget its windows.
    house.allow_options(0);
    CHECK(cost() == 1);
    house.now = EXPIRY + WAIT;
    for (const std::uint64_t market : {House::FUTURE, House::CALL, House::PUT}) {
        house.refresh();
        CHECK(cost() == 1);
        REQUIRE(house.settle(market) == Error::ok);
    }
    CHECK(cost() == 0);
    CHECK(house.config().underlyings[0].settles_from == Seconds::zero());
    // Of two windows the earlier one counts, also when the later one was listed first.
    house.list(say::future(6, house.now + 20'000));
    house.list(say::future(7, house.now + 10'000));
    CHECK(house.config().underlyings[0].settles_from.raw() == house.now + 10'000 - WINDOW);
    house.now += 10'000 + WAIT;
    REQUIRE(house.settle(7) == Error::ok);
    CHECK(house.config().underlyings[0].settles_from.raw() == house.now + 10'000 - WINDOW - WAIT);
}

TEST_CASE("settlement: a time is listed before its window opens, and what joins it at any time")
{
    House house;
    const auto listed = [&](const say::Market& market) {
        return house.send("gov", say::set_market(market)).error;
    };
    house.now = EXPIRY + 1 - WINDOW;
    CHECK(listed(say::future(6, EXPIRY + 1)) == Error::ok);
    CHECK(listed(say::future(7, EXPIRY + 2)) == Error::ok);
    CHECK(listed(say::future(8, EXPIRY - 1)) == Error::parameters_disagree);
    house.now = EXPIRY - 1;
    CHECK(listed(say::option(8, EXPIRY, "2100")) == Error::ok);
    CHECK(listed(say::option(9, EXPIRY + 3, "2100")) == Error::parameters_disagree);
    // For as long as anything is to settle then.
    CHECK(listed(say::option(9, EXPIRY + 1, "2100")) == Error::ok);
}

TEST_CASE("settlement: an underlying has a limited number of times to settle at")
{
    Clearinghouse house;
    std::uint64_t market = 2;
    for (; market < 2 + SETTLEMENTS_MAX; ++market)
        REQUIRE(house.send("gov", say::set_market(say::future(market, EXPIRY + market))).ok());
    CHECK(house.send("gov", say::set_market(say::future(market, EXPIRY))).error ==
          Error::too_many_settlements);
    CHECK(house.send("gov", say::wind_down(0)).error == Error::too_many_settlements);
    // One more market at a time that is listed is fine, and what is closed gives its place back.
    REQUIRE(house.send("gov", say::set_market(say::future(market, EXPIRY + 2))).ok());
    say::Market closed = say::future(3, EXPIRY + 3);
    closed.status = "closed";
    REQUIRE(house.send("gov", say::set_market(closed)).ok());
    REQUIRE(house.send("gov", say::set_market(say::future(market + 1, EXPIRY))).ok());
}

TEST_CASE("settlement: a settled option that nobody has touched is no reason to sell by slices")
{
    House house;
    house.trade_all();
    const auto keeper = house.trader("keeper", 100'000);
    const auto poor = house.trader("poor", 250);
    REQUIRE(house.fill(0, poor, house.bob, "1", "2000").ok());
    REQUIRE(house.fill(House::CALL, poor, house.bob, "0.01", house.mark(House::CALL)).ok());
    house.expire_at("1830");
    house.price(0, "1830");
    CHECK(house.send("keeper", say::liquidate(poor, 0, keeper, "1")).error == Error::sold_by_slice);
    REQUIRE(house.settle(House::CALL) == Error::ok);
    CHECK(house.send("keeper", say::liquidate(poor, 0, keeper, "1")).ok());
}

TEST_CASE(
    "settlement: an expired account is valued, can be sold, and may leave once the price is known")
{
    for (const bool known : {true, false}) {
        House house;
        house.trade_all();
        const auto keeper = house.trader("keeper", 100'000);
        const auto poor = house.trader("poor", 250);
        REQUIRE(house.fill(House::FUTURE, poor, house.bob, "1", "2000").ok());
        const auto poorer = house.trader("poorer", 250);
        REQUIRE(house.fill(House::FUTURE, poorer, house.bob, "1", "2000").ok());
        house.publish_from(known ? EXPIRY - WINDOW : EXPIRY - 600, "1830");
        CHECK(house.equity(poor) == "80");
        house.refresh();
        const Error out = house.send("alice", say::withdraw(house.alice, 0, "1000000")).error;
        CHECK(out == (known ? Error::ok : Error::stale_price));
        // Neither keepers nor the house wait for it.
        CHECK(house.send("keeper", say::liquidate(poor, House::FUTURE, keeper, "1")).ok());
        REQUIRE(house.send("anyone", say::flag(poorer)).ok());
        house.wait(FAST + SLOW);
        house.refresh();
        CHECK(house.send("anyone", say::resolve(poorer)).error == Error::ok);
        CHECK(house.health(poorer)[0] != '-');
    }
}

TEST_CASE("settlement: a market of the time before there were averages settles by the last price")
{
    House house;
    house.trade_all();
    // As schema 2 left it: no record of settlements, and nothing in config or market that points to one.
    house.host.records.erase(contract::settlements_key(UnderlyingId{0}));
    contract::Config config = house.config();
    config.underlyings[0].settles_from = Seconds::zero();
    house.host.write(contract::config_key(), contract::encode(config));
    for (const std::uint64_t id : {House::FUTURE, House::CALL, House::PUT}) {
        contract::MarketRecord record = house.market(id);
        record.market.settles_at = Seconds::zero();
        house.host.write(contract::market_key(MarketId{static_cast<std::uint16_t>(id)}),
            contract::encode(record));
    }
    SECTION("if nobody sets it again")
    {
        house.expire_at("1900");
        CHECK(house.mark(House::FUTURE) == "1900");
        CHECK(house.settle(House::FUTURE) == Error::settlement_waits);
        house.now = EXPIRY + WAIT;
        house.price(0, "1950");
        CHECK(house.send("anyone", say::settle_market(House::FUTURE))
                  .event("market_settled", "settlement") == "1950");
    }
    SECTION("and by an average from when governance sets it again")
    {
        house.list(say::future(House::FUTURE, EXPIRY));
        CHECK(house.ask(say::ask_settlement(0, EXPIRY)).at("/markets") == "1");
        house.list(say::future(House::FUTURE, EXPIRY));
        CHECK(house.ask(say::ask_settlement(0, EXPIRY)).at("/markets") == "1");
        house.expire_at("1900");
        // The others of the time share it, while it is there.
        CHECK(house.settle(House::CALL) == Error::ok);
        CHECK(house.settle(House::FUTURE) == Error::ok);
        CHECK(house.settle(House::PUT) == Error::settlement_waits);
    }
}
