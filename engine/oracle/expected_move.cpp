// plimsoll: engine/oracle/expected_move.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. See expected_move.hpp.
#include "engine/oracle/expected_move.hpp"

#include "engine/num/mul_div.hpp"
#include "engine/num/sqrt.hpp"

namespace plimsoll {

Ratio expected_move_ceil(Ratio multiple, Ratio volatility, Seconds horizon) noexcept
{
    const num::i128 years = checked(num::mul_div_ceil(static_cast<num::i128>(horizon.raw()),
        num::WAD, static_cast<num::i128>(VOLATILITY_YEAR.raw())));
    return scale_ceil(scale_ceil(multiple, volatility), Ratio::from_raw(num::sqrt_wad_ceil(years)));
}

Ratio volatility_haircut_ceil(const VolatilityHaircutParams& params, Ratio volatility) noexcept
{
    const Ratio move = expected_move_ceil(params.multiple, volatility, params.horizon);
    return move < Ratio::one() ? move : Ratio::one();
}

}  // namespace plimsoll
