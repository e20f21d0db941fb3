// plimsoll: tests/engine/model/list_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The bounded list, and an account's look-ups in its lists.
#include "engine/model/list.hpp"

#include "engine/model/account.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

TEST_CASE("list: push says false when full and changes nothing", "[model][list]")
{
    List<int, 2> list;
    CHECK(list.empty());
    CHECK(list.push(1));
    CHECK(list.push(2));
    CHECK(list.full());
    CHECK_FALSE(list.push(3));
    CHECK(list.size() == 2);
    CHECK(list[1] == 2);
}

TEST_CASE("list: erase closes the gap and keeps the order", "[model][list]")
{
    List<int, 4> list;
    for (const int value : {1, 2, 3, 4})
        REQUIRE(list.push(value));
    list.erase(1);
    REQUIRE(list.size() == 3);
    CHECK(list[0] == 1);
    CHECK(list[1] == 3);
    CHECK(list[2] == 4);
    list.erase(2);
    list.erase(0);
    CHECK(list[0] == 3);
    list.clear();
    CHECK(list.empty());
    CHECK(list.begin() == list.end());
}

TEST_CASE("account: finds a position by market and a collateral by asset, or nothing", "[model]")
{
    Account account;
    Position position;
    position.market = MarketId{7};
    REQUIRE(account.positions.push(position));
    REQUIRE(account.collaterals.push(Collateral{AssetId{3}, TokenAmount::from_raw(5)}));
    CHECK(account.find(MarketId{7}) == account.positions.begin());
    CHECK(account.find(MarketId{6}) == nullptr);
    CHECK(account.find(AssetId{3})->amount == TokenAmount::from_raw(5));
    CHECK(account.find(AssetId{7}) == nullptr);
}

}  // namespace
}  // namespace plimsoll
