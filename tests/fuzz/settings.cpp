// plimsoll: tests/fuzz/settings.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. See fuzzed_house.hpp: the states that a fuzzer starts from.
#include "tests/fuzz/bytes.hpp"
#include "tests/fuzz/fuzzed_house.hpp"
#include "tests/support/literals.hpp"
#include "tests/support/usual_house.hpp"

#include <array>
#include <memory>

namespace plimsoll::test {

struct FuzzedHouse::State
{
    bool made = false;
    MemoryHost::Records records;
    std::map<std::string, std::string> answers;
    std::map<std::string, num::i128> bank;
    std::uint64_t time = START;
    std::uint64_t height = 1;
    std::uint64_t events = 0;
};

FuzzedHouse::FuzzedHouse(Setting setting)
{
    static std::array<State, SETTINGS> states;
    State& state = states[static_cast<std::size_t>(setting)];
    if (!state.made)
        make(setting, state);
    become(state);
}

void FuzzedHouse::become(const State& state)
{
    host.records = state.records;
    host.answers = state.answers;
    bank = state.bank;
    time = state.time;
    height = state.height;
    m_events = state.events;
}

void FuzzedHouse::make(Setting setting, State& out)
{
    FuzzedHouse house{Empty{}};
    if (setting == Setting::plain) {
        house.set_up_plain();
        house.trader("alice", 10'000);
        house.trader("bob", 100'000);
        const std::uint64_t carol = house.trader("carol", 0);
        house.must("carol", say::deposit(carol), {{"aeth", num::WAD}, {"sat", 10'000'000}});
        house.must("venue", say::settle_fills(1, {{0, 1, 2, "1", "2000"}}));
    } else if (setting == Setting::full) {
        house.set_up_plain();
        house.list_everything();
        house.trade();
    } else {
        house.become(FuzzedHouse(Setting::full).snapshot());
        if (setting == Setting::trouble)
            house.fall();
        else if (setting == Setting::timelock)
            house.wait_for_governance();
        else
            house.approach_expiry();
    }
    out = house.snapshot();
    out.made = true;
}

FuzzedHouse::State FuzzedHouse::snapshot() const
{
    State state;
    state.records = host.records;
    state.answers = host.answers;
    state.bank = bank;
    state.time = time;
    state.height = height;
    state.events = m_events;
    return state;
}

void FuzzedHouse::must(std::string_view sender, const std::string& json, const Coins& funds)
{
    const contract::Outcome outcome = execute(sender, json, funds);
    if (outcome.error != Error::ok)
        fail(std::string(name_of(outcome.error)) + " " + outcome.detail, json);
}

std::uint64_t FuzzedHouse::trader(const std::string& owner, std::uint64_t quote_units)
{
    must(owner, say::open_account());
    const std::uint64_t id = accounts();
    if (quote_units > 0)
        must(owner, say::deposit(id), {{"uusdc", static_cast<num::i128>(quote_units) * 1'000'000}});
    must(owner, say::delegate(id, "venue"));
    return id;
}

void FuzzedHouse::set_up_plain()
{
    const contract::Outcome made =
        contract::instantiate(host, env("deployer", {}), say::instantiate());
    if (made.error != Error::ok)
        fail(name_of(made.error), made.detail);
    m_events = made.events.size();
    for (const auto& [sender, message] : usual_house())
        must(sender, message);
    must("publisher", say::push_price(0, "2000", time));
    must("publisher", say::push_price(1, "50000", time));
}

void FuzzedHouse::list_everything()
{
    say::Underlying ether;
    ether.option = true;
    ether.scaling = true;
    ether.confidence = true;
    ether.depeg = true;
    must("gov", say::set_underlying(ether));
    say::Underlying sol;
    sol.underlying = 2;
    sol.symbol = "SOL";
    must("gov", say::set_underlying(sol));
    say::Feed feed;
    feed.underlying = 2;
    for (const char* feeder : {"feeder0", "feeder1", "feeder2"}) {
        must("gov", say::set_role(feeder, 4));
        feed.publishers.emplace_back(feeder);
    }
    feed.quorum = 2;
    feed.report_max_age = 60;
    feed.jump_max = "5";
    feed.jump_wait = 120;
    feed.pyth = "pyth1";
    must("gov", say::set_feed(feed));
    must("gov", say::set_settlement({}));
    must("gov", say::set_market(say::future(2, FUZZ_EXPIRY)));
    must("gov", say::set_market(say::option(3, FUZZ_EXPIRY, "2000")));
    must("gov", say::set_market(say::option(4, FUZZ_EXPIRY, "2000", "put")));
    say::Market dated = say::future(5, FUZZ_EXPIRY);
    dated.underlying = 1;
    must("gov", say::set_market(dated));
    say::Market at_oracle;
    at_oracle.market = 6;
    at_oracle.symbol = "SOL-PERP";
    at_oracle.underlying = 2;
    at_oracle.lot = "0.01";
    at_oracle.fill_at_oracle = true;
    at_oracle.maker_fee = "0.0002";
    at_oracle.taker_fee = "0.0005";
    at_oracle.liquidation_max = "500000";
    at_oracle.insurance_cap = "20000";
    must("gov", say::set_market(at_oracle));
    must("gov", say::set_correlation("0.3", "0.8", {{0, 1, "0.8", {}}}));
    for (const std::uint64_t underlying : {0U, 1U}) {
        say::PortfolioRisk risk;
        risk.underlying = underlying;
        risk.widening_multiple = "3";
        must("gov", say::set_portfolio_risk(risk));
    }
    say::Asset token;
    token.asset = 3;
    token.denom = "cw20:wethtoken";
    token.symbol = "WETH";
    token.risk_cancelling = true;
    must("gov", say::set_asset(token));
    must("gov", say::set_observation({}));
    say::Cash cash;
    cash.gate = true;
    cash.unbonding = 7 * DAY;
    must("gov", say::set_cash(cash));
    say::Params params;
    params.longest_block = 10;
    params.gap_min = 60;
    params.grace_max = 600;
    params.pace = "1000000";
    must("gov", say::set_params(params));
}

void FuzzedHouse::trade()
{
    trader("alice", 10'000);
    trader("bob", 1'000'000);
    const std::uint64_t carol = trader("carol", 0);
    must("carol", say::deposit(carol), {{"aeth", raw("3")}, {"sat", 10'000'000}});
    const std::uint64_t dave = trader("dave", 20'000);
    trader("keeper", 100'000);
    const std::uint64_t second = trader("alice", 500);
    const std::uint64_t thin = trader("thin", 250);
    trader("nobody1", 0);
    must("staker", say::stake(), {{"uusdc", 50'000'000}});
    must("gov", say::fund_insurance(), {{"uusdc", 100'000'000}});
    must(FUZZ_TOKEN, say::receive("carol", "1000000000000000000", say::deposit(carol)));
    must("carol", say::withdraw(carol, 0, "4000000000"));
    must("dave", say::set_mode(dave, "portfolio"));
    refresh();
    const auto text = [](num::i128 price) { return text_of(Price::from_raw(price)); };
    must("venue", say::settle_fills(1, {{0, thin, 2, "1", "2000"}, {1, 1, 2, "1.5", "50000"}}));
    must("venue",
        say::settle_fills(2, {{2, dave, 2, "20", "2000"}, {3, 2, dave, "20", text(mark(3))},
                                 {4, 2, dave, "5", text(mark(4))}, {3, 1, 2, "0.5", text(mark(3))},
                                 {5, second, 2, "0.09", "50000"}}));
    say::Fill at_oracle{6, carol, 2, "5", "100", "buyer", time - 2};
    must("venue", say::settle_fills(3, {at_oracle}));
    must("venue", say::report_orders(4, {{1, 0, "0.5", "0.5"}}));
}

void FuzzedHouse::fall()
{
    say::Market market;
    market.loss_cap = "0";
    must("gov", say::set_market(market));
    wait(30);
    must("publisher", say::push_price(0, "1500", time));
    must("publisher", say::push_price(1, "38000", time));
    for (std::uint64_t account = 1; account <= accounts(); ++account)
        static_cast<void>(execute("anyone", say::flag(account)));
    wait(FAST + SLOW);
    refresh();
    must("anyone", say::resolve(7));
    must("anyone", say::resolve(6));
}

void FuzzedHouse::wait_for_governance()
{
    must("gov", say::set_timelock(DAY, 3'600, 7'200));
    must("gov", say::propose(say::set_role("dao", 15)));
    must("gov", say::propose(say::set_market({})));
    wait(DAY - 10);
    refresh();
}

void FuzzedHouse::approach_expiry()
{
    wait(FUZZ_EXPIRY - time - 1'800);
    while (time + 50 < FUZZ_EXPIRY) {
        refresh();
        wait(49);
    }
    refresh();
    time = FUZZ_EXPIRY - 5;
}

void FuzzedHouse::refresh()
{
    wait(1);  // nothing is published twice in a second
    const auto text = [&](std::uint64_t underlying) {
        return text_of(Price::from_raw(index(underlying)));
    };
    for (const std::uint64_t underlying : {0U, 1U})
        publish(underlying, text(underlying));
    for (const char* feeder : {"feeder0", "feeder1", "feeder2"})
        static_cast<void>(execute(feeder, say::push_price(2, text(2), time)));
    for (const std::uint64_t underlying : {0U, 1U}) {
        say::Surface point;
        point.underlying = underlying;
        point.expiry = FUZZ_EXPIRY;
        point.publish_time = time;
        point.forward = text(underlying);
        static_cast<void>(execute("publisher", say::push_surfaces({point})));
    }
}

}  // namespace plimsoll::test
