// plimsoll: tests/engine/ops/orders_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. An account's open orders: one entry a market, none of nothing.
#include "engine/ops/orders.hpp"

#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::quantity;

OpenOrder order_of(const Account& account, std::uint16_t market)
{
    for (const OpenOrder& order : account.orders)
        if (order.market == MarketId{market})
            return order;
    return OpenOrder{MarketId{market}, Quantity::from_raw(-1), Quantity::from_raw(-1)};
}

TEST_CASE("orders: a report stands in place of the last one of its market", "[ops][orders]")
{
    Account account;
    REQUIRE(report_orders(account, MarketId{3}, quantity("2"), quantity("1")));
    REQUIRE(report_orders(account, MarketId{1}, quantity("5"), Quantity::zero()));
    REQUIRE(report_orders(account, MarketId{3}, quantity("4"), Quantity::zero()));
    CHECK(account.orders.size() == 2);
    CHECK(order_of(account, 3).bid == quantity("4"));
    CHECK(order_of(account, 3).ask == Quantity::zero());
    CHECK(order_of(account, 1).bid == quantity("5"));
}

TEST_CASE("orders: a report of nothing takes the entry away", "[ops][orders]")
{
    Account account;
    REQUIRE(report_orders(account, MarketId{3}, {}, {}));
    CHECK(account.orders.empty());
    REQUIRE(report_orders(account, MarketId{3}, quantity("2"), {}));
    REQUIRE(report_orders(account, MarketId{3}, {}, {}));
    CHECK(account.orders.empty());
}

TEST_CASE("orders: the greatest number of markets is a limit for new ones only", "[ops][orders]")
{
    Account account;
    for (std::uint16_t id = 0; id < ORDERS_MAX; ++id)
        REQUIRE(report_orders(account, MarketId{id}, quantity("1"), {}));
    CHECK_FALSE(report_orders(account, MarketId{99}, quantity("1"), {}));
    CHECK(account.orders.size() == ORDERS_MAX);
    CHECK(report_orders(account, MarketId{99}, {}, {}));
    CHECK(report_orders(account, MarketId{5}, quantity("7"), {}));
    CHECK(report_orders(account, MarketId{6}, {}, {}));
    CHECK(report_orders(account, MarketId{99}, quantity("1"), {}));
}

TEST_CASE("orders: what is filled comes off, and never goes below nothing", "[ops][orders]")
{
    Account account;
    REQUIRE(report_orders(account, MarketId{3}, quantity("2"), quantity("1")));
    reduce_orders(account, MarketId{3}, quantity("0.5"), {});
    CHECK(order_of(account, 3).bid == quantity("1.5"));
    CHECK(order_of(account, 3).ask == quantity("1"));
    reduce_orders(account, MarketId{3}, quantity("9"), {});
    CHECK(order_of(account, 3).bid == Quantity::zero());
    reduce_orders(account, MarketId{4}, quantity("9"), quantity("9"));
    CHECK(account.orders.size() == 1);
    reduce_orders(account, MarketId{3}, {}, quantity("1"));
    CHECK(account.orders.empty());
}

}  // namespace
}  // namespace plimsoll
