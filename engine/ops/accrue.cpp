// plimsoll: engine/ops/accrue.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See accrue.hpp.
#include "engine/ops/accrue.hpp"

#include "engine/model/market_rules.hpp"
#include "engine/oracle/mark.hpp"
#include "engine/solvency/side_index.hpp"

namespace plimsoll {

Price accrue(Market& market, Price index, Seconds now) noexcept
{
    // Where all open interest is dust nobody owes, and apply_funding() would charge nobody.
    const bool held = rules_of(market.params.status).funding &&
                      market.indexes.open_interest > market.indexes.of(Side::long_side).dust;
    Price charge = held ? funding_due(market, index, now) : Price::zero();
    if (apply_funding(market.indexes, charge) != Error::ok) {
        charge = Price::zero();
        if (may_become(market.params.status, MarketStatus::reduce_only, StatusCause::index_limit))
            market.params.status = MarketStatus::reduce_only;
    }
    if (now > market.funding_time)
        market.funding_time = now;
    return charge;
}

}  // namespace plimsoll
