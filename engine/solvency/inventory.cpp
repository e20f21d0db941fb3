// plimsoll: engine/solvency/inventory.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. See inventory.hpp.
#include "engine/solvency/inventory.hpp"

#include "engine/mutation.hpp"
#include "engine/oracle/validity.hpp"

namespace plimsoll {

Price inventory_price(const FeedPrice& feed, Price stable, InventoryUse use, Seconds now,
    const OracleParams& params) noexcept
{
    const Price lower = stable.is_positive() && stable < feed.price ? stable : feed.price;
    const Price higher = stable > feed.price ? stable : feed.price;
    switch (use) {
    case InventoryUse::gate:
        return GUARD("w8-gate", failed(feed, now, params)) ? Price::zero() : feed.price;
    case InventoryUse::leaving:
        return GUARD("w8-leaving", usable(feed, now, params, PriceUse::buyer) != Error::ok)
                   ? Price::zero()
                   : MUTANT("w8-wick-leaving", lower, feed.price);
    case InventoryUse::suppliers:
        return GUARD("w8-suppliers", failed(feed, now, params))
                   ? Price::zero()
                   : MUTANT("w8-wick-suppliers", higher, feed.price);
    case InventoryUse::joining:
        break;
    }
    return MUTANT("w8-wick-joining", higher, feed.price);
}

}  // namespace plimsoll
