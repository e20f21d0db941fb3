// plimsoll: engine/model/correlation.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. See correlation.hpp.
#include "engine/model/correlation.hpp"

#include "engine/model/bounds.hpp"

namespace plimsoll {

Error validate(const CorrelationPair& pair) noexcept
{
    return -Ratio::one() <= pair.low && pair.low <= pair.high && pair.high <= Ratio::one() &&
                   up_to(pair.band, Ratio::one())
               ? Error::ok
               : Error::parameter_bounds;
}

Error validate(const Correlation& correlation) noexcept
{
    if (!up_to(correlation.band, Ratio::one()) || !up_to(correlation.max_relief, Ratio::one()))
        return Error::parameter_bounds;
    for (const CorrelationPair& pair : correlation.pairs)
        if (pair.known && validate(pair) != Error::ok)
            return Error::parameter_bounds;
    return Error::ok;
}

}  // namespace plimsoll
