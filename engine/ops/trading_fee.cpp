// plimsoll: engine/ops/trading_fee.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See trading_fee.hpp.
#include "engine/ops/trading_fee.hpp"

namespace plimsoll {

Money trading_fee_ceil(
    const MarketParams& params, Ratio rate, Quantity base, Price price, Price index) noexcept
{
    const Money paid = notional_ceil(base, price);
    if (params.kind != MarketKind::option)
        return scale_ceil(paid, rate);
    const Money fee = scale_ceil(notional_ceil(base, index), rate);
    const Money most = scale_ceil(paid, OPTION_FEE_CAP);
    return fee < most ? fee : most;
}

}  // namespace plimsoll
