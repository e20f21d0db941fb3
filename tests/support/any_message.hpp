// plimsoll: tests/support/any_message.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Random messages of governance and random queries for a house of full_house.hpp: every kind
// of either, most of them such that they can succeed.
#pragma once

#include "tests/support/full_house.hpp"
#include "tests/support/rng.hpp"

#include <iterator>
#include <string>

namespace plimsoll::test {

inline std::string any_governance(Rng& rng, const FullHouse& house)
{
    switch (house.now > EXPIRY && rng.chance(40) ? 10 : rng.below(16)) {
    case 0:
        return say::set_role("venue2", rng.chance(80) ? 8 : 0);
    case 1:
        return say::set_role("dao", rng.chance(70) ? 1 : 0);
    case 2: {
        say::Asset asset;
        asset.initial_haircut = rng.pick<const char*>({"0.2", "0.3"});
        asset.maintenance_haircut = rng.pick<const char*>({"0.1", "0.2"});
        return say::set_asset(asset);
    }
    case 3: {
        say::Underlying underlying;
        underlying.option = true;
        underlying.maintenance_fraction = rng.pick<const char*>({"0.03", "0.05", "0.08"});
        underlying.scaling = rng.chance(20);
        underlying.depeg = rng.chance(20);
        return say::set_underlying(underlying);
    }
    case 4: {
        say::PortfolioRisk risk;
        risk.factor_initial = rng.pick<const char*>({"1.1", "1.3"});
        if (rng.chance(30))
            risk.widening_multiple = "3";
        return say::set_portfolio_risk(risk);
    }
    case 5:
        return say::set_correlation(rng.pick<const char*>({"0.25", "0.4"}),
            rng.pick<const char*>({"0", "0.6"}), {{0, 1, "0.7", {}}});
    case 6: {
        say::Observation observation;
        observation.stable_price = rng.chance(70);
        observation.correlation = rng.chance(70);
        return say::set_observation(observation);
    }
    case 7:
        return say::set_feed(house.feed(rng.below(FullHouse::UNDERLYINGS)));
    case 8:
        return say::wind_down(rng.below(FullHouse::MARKETS));
    case 9: {
        say::Settlement settlement;
        settlement.coverage = rng.pick<const char*>({"0.3", "0.9"});
        return say::set_settlement(settlement);
    }
    case 10:
        return say::set_settlement_price(0, EXPIRY, decimal_text(house.index[0]));
    case 11: {
        say::Cash cash = FullHouse::cash();
        cash.gate = rng.chance(60);
        cash.supply_loss_cap = rng.pick<const char*>({"0", "0.1", "0.5"});
        return say::set_cash(cash);
    }
    case 12:
        return say::set_timelock(rng.chance(70) ? 0 : 3'600);
    case 13:
        return say::set_pause(rng.chance(50) ? 0 : rng.below(16), house.now + 300);
    case 14: {
        say::Params params = FullHouse::params();
        params.buffer = rng.pick<const char*>({"0", "0.1", "0.3"});
        if (rng.chance(50))
            params.pace.reset();
        params.reward_cap = rng.pick<const char*>({"0", "5", "5000"});
        params.debt_cap = rng.pick<const char*>({"0", "0", "1000"});
        return say::set_params(params);
    }
    default: {
        say::Market market;
        market.status = rng.pick<const char*>({"active", "active", "reduce_only"});
        market.loss_cap = rng.pick<const char*>({"0", "0.05"});
        market.lot = rng.pick<const char*>({"0.001", "0.007"});
        market.maker_fee = rng.pick<const char*>({"0", "0.0002"});
        market.taker_fee = "0.0005";
        if (rng.chance(30))
            market.insurance_cap = "20";
        if (rng.chance(30))
            market.liquidation_max = "10000";
        return say::set_market(market);
    }
    }
}

inline std::string any_query(Rng& rng, const FullHouse& house)
{
    const std::uint64_t account = house.ids[rng.below(house.ids.size())];
    const std::uint64_t market = rng.below(FullHouse::MARKETS);
    const std::string page = R"("cursor":0,"limit":10}})";
    static const char* const PLAIN[] = {
        "config", "prices", "insurance", "state", "cash", "markets", "correlation"};
    switch (rng.below(19)) {
    case 0:
        return R"({"roles":{"address":"gov"}})";
    case 1:
        return say::ask("account", "account", account);
    case 2:
        return R"({"liquidatable":{)" + page;
    case 3:
        return say::preview(account, market, "10");
    case 4:
        return say::preview_slice(account, "1");
    case 5:
        return say::ask("market", "market", market);
    case 6:
        return say::ask("asset", "asset", rng.below(4));
    case 7:
        return say::ask(
            rng.pick<const char*>({"underlying", "portfolio_risk", "observed", "surface", "feed"}),
            "underlying", rng.below(FullHouse::UNDERLYINGS));
    case 8:
        return R"({"what_if":{"account":)" + std::to_string(account) +
               R"(,"prices":[{"underlying":0,"price":"1700"}],"liquidation_prices":true}})";
    case 9:
        return say::ask_settlement(0, EXPIRY);
    case 10:
        return say::ask("proposal", "id", 1 + rng.below(3));
    case 11:
        return R"({"proposals":{)" + page;
    case 12:
        return say::dry_run(any_governance(rng, house), 0, 10);
    case 13:
        return R"({"stake":{"address":"sue"}})";
    case 14:
        return R"({"accounts":{"owner":"alice",)" + page;
    case 15:
        return say::ask("health", "account", account);
    default:
        return std::string("{\"") + PLAIN[rng.below(std::size(PLAIN))] + "\":{}}";
    }
}

}  // namespace plimsoll::test
