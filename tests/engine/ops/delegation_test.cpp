// plimsoll: tests/engine/ops/delegation_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Limits of a delegation and what counts against them.
#include "engine/ops/delegation.hpp"

#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

const Seconds NOW = seconds(1'000'000'000);

DelegatedLeg leg(
    std::uint16_t market, const char* notional, const char* fee = "0", const char* loss = "0")
{
    return {MarketId{market}, money(notional), ratio(fee), money(loss)};
}

}  // namespace

TEST_CASE("delegation: the defaults limit nothing")
{
    const DelegationLimits limits;
    CHECK_FALSE(limits.given());
    DelegationUse use;
    CHECK(charge_delegation(limits, use, leg(7, "1000000", "1", "1000000"), NOW) == Error::ok);
}

TEST_CASE("delegation: every limit is reached and not passed, and a refusal uses nothing")
{
    DelegationLimits limits;
    REQUIRE(limits.markets.push(MarketId{3}));
    limits.notional_max = money("100");
    limits.fee_max = ratio("0.001");
    limits.loss_max = money("5");
    CHECK(limits.given());
    DelegationUse use;
    CHECK(charge_delegation(limits, use, leg(4, "1"), NOW).parameter == "markets");
    CHECK(charge_delegation(limits, use, leg(3, "1", "0.001000000000000001"), NOW).parameter ==
          "fee_max");
    CHECK(charge_delegation(limits, use, leg(3, "60", "0.001", "3"), NOW) == Error::ok);
    CHECK(charge_delegation(limits, use, leg(3, "40.000000000000000001"), NOW).parameter ==
          "notional_max");
    CHECK(charge_delegation(limits, use, leg(3, "1", "0", "2.000000000000000001"), NOW).parameter ==
          "loss_max");
    CHECK(use.notional == money("60"));
    CHECK(charge_delegation(limits, use, leg(3, "40", "0", "2"), NOW) == Error::ok);
    CHECK(use.notional == money("100"));
    CHECK(use.loss == money("5"));
}

TEST_CASE("delegation: sums start anew a day after the window began")
{
    DelegationLimits limits;
    limits.notional_max = money("100");
    DelegationUse use;
    REQUIRE(charge_delegation(limits, use, leg(0, "100"), NOW) == Error::ok);
    CHECK(use.window_start == NOW);
    CHECK(charge_delegation(limits, use, leg(0, "1"), NOW + seconds(86'399)) ==
          Error::delegation_limit);
    CHECK(charge_delegation(limits, use, leg(0, "1"), NOW + seconds(86'400)) == Error::ok);
    CHECK(use.notional == money("1"));
    CHECK(use.window_start == NOW + seconds(86'400));
}
