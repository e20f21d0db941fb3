// plimsoll: tests/engine/model/market_rules_test.cpp                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The states of a market, cell by cell, and what a market says of its own end.
#include "engine/model/market_rules.hpp"

#include "engine/model/market.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace plimsoll {
namespace {

using test::price;
using test::seconds;

using S = MarketStatus;
using C = StatusCause;

constexpr S STATUSES[] = {S::active, S::reduce_only, S::closed, S::settling};
constexpr C CAUSES[] = {
    C::governance, C::guardian, C::index_limit, C::wind_down, C::settlement, C::emptied};

TEST_CASE("market rules: what each state permits", "[market_rules]")
{
    const auto permits = [](S status) {
        const StatusRules& rules = rules_of(status);
        return std::string(rules.adds ? "a" : "-") + (rules.reduces ? "r" : "-") +
               (rules.orders ? "o" : "-") + (rules.funding ? "f" : "-");
    };
    CHECK(permits(S::active) == "arof");
    CHECK(permits(S::reduce_only) == "-rof");
    CHECK(permits(S::settling) == "-rof");
    CHECK(permits(S::closed) == "----");
}

TEST_CASE("market rules: what may lead from each state to each other", "[market_rules]")
{
    const std::map<std::pair<S, S>, std::set<C>> allowed = {
        {{S::active, S::active}, {C::governance}},
        {{S::active, S::reduce_only}, {C::governance, C::guardian, C::index_limit}},
        {{S::active, S::settling}, {C::wind_down}},
        {{S::active, S::closed}, {C::emptied}},
        {{S::reduce_only, S::active}, {C::governance}},
        {{S::reduce_only, S::reduce_only}, {C::governance}},
        {{S::reduce_only, S::settling}, {C::wind_down}},
        {{S::reduce_only, S::closed}, {C::emptied}},
        {{S::settling, S::settling}, {C::governance}},
        {{S::settling, S::closed}, {C::settlement, C::emptied}},
    };
    for (const S from : STATUSES)
        for (const S to : STATUSES)
            for (const C cause : CAUSES) {
                const auto cell = allowed.find({from, to});
                const bool expected = cell != allowed.end() && cell->second.count(cause) != 0;
                INFO(name_of(from) << " to " << name_of(to) << " for " << static_cast<int>(cause));
                CHECK(may_become(from, to, cause) == expected);
            }
}

TEST_CASE("market rules: the numbers of the states are stored and stay", "[market_rules]")
{
    CHECK(name_of(static_cast<S>(0)) == "active");
    CHECK(name_of(static_cast<S>(1)) == "reduce_only");
    CHECK(name_of(static_cast<S>(2)) == "closed");
    CHECK(name_of(static_cast<S>(3)) == "settling");
    CHECK_FALSE(is_market_status(4));
}

TEST_CASE(
    "market: an expired one settles, whatever is stored, until it is closed", "[market_rules]")
{
    Market market = test::default_market(test::U0, seconds(1'000));
    CHECK(market.end() == Seconds::zero());
    CHECK_FALSE(market.ended(seconds(1'000'000)));
    CHECK(market.status_at(seconds(1'000'000)) == S::active);
    market.settles_at = seconds(2'000);
    CHECK(market.end() == seconds(2'000));
    market.params.kind = MarketKind::future;
    market.params.expiry = seconds(3'000);
    CHECK(market.end() == seconds(3'000));
    CHECK_FALSE(market.ended(seconds(2'999)));
    CHECK(market.ended(seconds(3'000)));
    CHECK(market.status_at(seconds(2'999)) == S::active);
    CHECK(market.status_at(seconds(3'000)) == S::settling);
    market.params.status = S::closed;
    CHECK(market.status_at(seconds(3'000)) == S::closed);
}

TEST_CASE("market: what one unit is worth once the underlying has settled", "[market_rules]")
{
    MarketParams params;
    CHECK(payoff_of(params, price("123")) == price("123"));
    params.kind = MarketKind::future;
    CHECK(payoff_of(params, price("123")) == price("123"));
    params.kind = MarketKind::option;
    params.strike = price("100");
    CHECK(payoff_of(params, price("123")) == price("23"));
    CHECK(payoff_of(params, price("100")) == price("0"));
    CHECK(payoff_of(params, price("99")) == price("0"));
    params.type = OptionType::put;
    CHECK(payoff_of(params, price("123")) == price("0"));
    CHECK(payoff_of(params, price("99")) == price("1"));
    CHECK(payoff_of(params, price("0")) == price("100"));
}

}  // namespace
}  // namespace plimsoll
