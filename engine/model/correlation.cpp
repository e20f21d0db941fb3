// plimsoll: engine/model/correlation.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. See correlation.hpp.
#include "engine/model/correlation.hpp"

#include "engine/model/bounds.hpp"

namespace plimsoll {

Refused validate(const CorrelationPair& pair) noexcept
{
    return Judge{}
        .bounds(
            "rho", -Ratio::one() <= pair.low && pair.low <= pair.high && pair.high <= Ratio::one())
        .bounds("band", up_to(pair.band, Ratio::one()));
}

Refused validate(const Correlation& correlation) noexcept
{
    Judge judge;
    judge.bounds("band", up_to(correlation.band, Ratio::one()))
        .bounds("max_relief", up_to(correlation.max_relief, Ratio::one()));
    for (const CorrelationPair& pair : correlation.pairs)
        if (pair.known && judge.fine())
            judge.and_also(validate(pair));
    return judge;
}

}  // namespace plimsoll
