// plimsoll: tests/support/usual_house.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The house that tests and fuzzers begin with: who holds which role, ether and bitcoin as
// underlyings and as collateral, a perpetual on each.
#pragma once

#include "tests/support/house.hpp"

#include <utility>
#include <vector>

namespace plimsoll::test {

/// Who says what after `instantiate`, in this order. Prices come after it.
[[nodiscard]] inline std::vector<std::pair<say::Text, say::Text>> usual_house()
{
    say::Underlying btc;
    btc.underlying = 1;
    btc.symbol = "BTC";
    say::Asset sat;
    sat.asset = 2;
    sat.denom = "sat";
    sat.symbol = "BTC";
    sat.decimals = 8;
    sat.underlying = 1;
    sat.initial_haircut = "0.15";
    sat.maintenance_haircut = "0.08";
    sat.deposit_cap = "1000000000000";
    say::Market perp;
    perp.market = 1;
    perp.symbol = "BTC-PERP";
    perp.underlying = 1;
    perp.lot = "0.0001";
    perp.open_interest_max = "10000";
    return {{"gov", say::set_role("guardian", 2)}, {"gov", say::set_role("publisher", 4)},
        {"gov", say::set_role("venue", 8)}, {"gov", say::set_underlying({})},
        {"gov", say::set_underlying(btc)}, {"gov", say::set_asset({})},
        {"gov", say::set_asset(sat)}, {"gov", say::set_market({})}, {"gov", say::set_market(perp)}};
}

}  // namespace plimsoll::test
