// plimsoll: engine/pricing/surface.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. See surface.hpp.
#include "engine/pricing/surface.hpp"

#include "engine/model/bounds.hpp"
#include "engine/pricing/svi.hpp"

namespace plimsoll::pricing {

Error validate(const ExpirySurface& surface) noexcept
{
    if (!surface.forward.is_positive() || surface.forward > PRICE_MAX ||
        !between(-INTEREST_MAX, surface.rate, INTEREST_MAX) ||
        !up_to(surface.forward_confidence, Ratio::one()) ||
        !up_to(surface.rate_confidence, Ratio::one()) ||
        !up_to(surface.vol_confidence, Ratio::one()))
        return Error::out_of_range;
    return validate(surface.svi);
}

}  // namespace plimsoll::pricing
