// plimsoll: engine/ops/orders.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See orders.hpp.
#include "engine/ops/orders.hpp"

namespace plimsoll {
namespace {

/// The entry's index; the number of entries when there is none.
std::size_t find_order(const Account& account, MarketId market) noexcept
{
    std::size_t at = 0;
    while (at < account.orders.size() && !(account.orders[at].market == market))
        ++at;
    return at;
}

constexpr Quantity less(Quantity from, Quantity taken) noexcept
{
    return taken < from ? from - taken : Quantity::zero();
}

}  // namespace

bool report_orders(Account& account, MarketId market, Quantity bid, Quantity ask) noexcept
{
    CHECK(!bid.is_negative() && !ask.is_negative());
    const std::size_t at = find_order(account, market);
    const bool is_listed = at < account.orders.size();
    if (bid.is_zero() && ask.is_zero()) {
        if (is_listed)
            account.orders.erase(at);
        return true;
    }
    if (!is_listed)
        return account.orders.push(OpenOrder{market, bid, ask});
    account.orders[at].bid = bid;
    account.orders[at].ask = ask;
    return true;
}

void reduce_orders(Account& account, MarketId market, Quantity bid, Quantity ask) noexcept
{
    const std::size_t at = find_order(account, market);
    if (at == account.orders.size())
        return;
    const OpenOrder order = account.orders[at];
    // It was listed, so that there is room for it.
    CHECK(report_orders(account, market, less(order.bid, bid), less(order.ask, ask)));
}

}  // namespace plimsoll
