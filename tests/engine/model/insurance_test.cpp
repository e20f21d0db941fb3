// plimsoll: tests/engine/model/insurance_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The insurance: what it earns repays the open deficit first; what it cannot
// pay becomes open deficit; balance less open deficit moves by exactly what came or went.
#include "engine/model/insurance.hpp"

#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::money;

TEST_CASE("insurance: income repays the open deficit first", "[model][insurance]")
{
    Insurance insurance;
    insurance.open_deficit = money("10");
    insurance.receive(money("4"));
    CHECK(insurance.open_deficit == money("6"));
    CHECK(insurance.balance == money("0"));
    insurance.receive(money("9"));
    CHECK(insurance.open_deficit == money("0"));
    CHECK(insurance.balance == money("3"));
}

TEST_CASE("insurance: pays up to its balance and says how much", "[model][insurance]")
{
    Insurance insurance;
    insurance.balance = money("5");
    CHECK(insurance.pay_up_to(money("2")) == money("2"));
    CHECK(insurance.pay_up_to(money("7")) == money("3"));
    CHECK(insurance.pay_up_to(money("7")) == money("0"));
    CHECK(insurance.balance == money("0"));
}

TEST_CASE("insurance: what it must pay and lacks is an open deficit", "[model][insurance]")
{
    Insurance insurance;
    insurance.balance = money("5");
    insurance.pay_all(money("12"));
    CHECK(insurance.balance == money("0"));
    CHECK(insurance.open_deficit == money("7"));
    insurance.receive(money("12"));
    CHECK(insurance.balance == money("5"));
    insurance.owe(OPEN_DEFICIT_MAX);
    insurance.owe(money("1"));
    CHECK(insurance.open_deficit == OPEN_DEFICIT_MAX);
}

TEST_CASE("insurance: what suppliers bear beside inventory comes back up to ten times its worth",
    "[model][insurance]")
{
    Insurance insurance;
    insurance.advance(money("70"), money("8"));
    CHECK(insurance.advanced == money("70"));
    insurance.advance(money("70"), money("8"));
    CHECK(insurance.advanced == money("80"));
    // What has been noted stays.
    insurance.advance(money("70"), money("0.0005"));
    CHECK(insurance.advanced == money("80"));
    insurance.advance(money("70"), MONEY_MAX);
    CHECK(insurance.advanced == money("150"));
}

}  // namespace
}  // namespace plimsoll
