// plimsoll: engine/risk/position_view.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See position_view.hpp. Raw integers, because a, k and their products have
// scales of their own.
#include "engine/risk/position_view.hpp"

#include "engine/num/mul_div.hpp"
#include "engine/units/units.hpp"

#include <optional>

namespace plimsoll {
namespace {

using num::i128;
using num::mul_div_ceil;
using num::mul_div_floor;

/// base * dk / a0, floored. Beyond 128 bits it saturates: that needs charges of more than 1e18 quote on
/// one position, which the caps on funding, deleveraging and loss keep out; a trap here could make an
/// account impossible to liquidate.
i128 quote_gain_floor(i128 base, i128 dk, i128 a0) noexcept
{
    if (base == 0 || dk == 0)
        return 0;
    const std::optional<i128> gain = mul_div_floor(base, dk, a0);
    if (gain)
        return clamp_quote(*gain);
    return (base < 0) == (dk < 0) ? MONEY_MAX.raw() : -MONEY_MAX.raw();
}

}  // namespace

num::i128 clamp_quote(i128 quote) noexcept
{
    const i128 limit = MONEY_MAX.raw();
    return quote > limit ? limit : quote < -limit ? -limit : quote;
}

/// Follows the position through its side's epochs, at most STAGES_MAX of them. After the first stage
/// the true base lies between two integers; each quote step takes the one that is worse for the holder.
Result<EpochWalk> walk_epochs(
    const Position& position, const MarketIndexes& indexes, const EpochSource& epochs) noexcept
{
    EpochWalk result;
    result.base = position.base.raw();
    result.quote = position.quote.raw();
    result.a = position.a;
    result.k = position.k;
    result.epoch = position.epoch;
    if (position.base == Quantity::zero()) {
        result.arrived = true;
        return result;
    }

    const Side side = side_of(position.base);
    const SideIndex& current = indexes.of(side);
    i128 low = result.base;
    i128 high = result.base;
    for (int crossed = 0;; ++crossed) {
        const bool last = result.epoch == current.epoch;
        EpochRecord end{current.a, current.k};
        if (!last) {
            if (crossed == STAGES_MAX)
                break;
            if (result.epoch > current.epoch ||
                !epochs.epoch(position.market, side, result.epoch, end))
                return Error::corrupt_record;
        }
        const i128 dk = end.k_end - result.k;
        const i128 from_low = quote_gain_floor(low, dk, result.a);
        const i128 from_high = low == high ? from_low : quote_gain_floor(high, dk, result.a);
        result.quote = clamp_quote(result.quote + (from_low < from_high ? from_low : from_high));
        if (end.a_end != result.a) {
            ++result.stages;
            // |base| only shrinks, since a_end <= a: the quotients fit.
            low = *mul_div_floor(low, end.a_end, result.a);
            high = *mul_div_ceil(high, end.a_end, result.a);
        }
        if (last || end.a_end == 0) {
            result.a = current.a;
            result.k = current.k;
            result.epoch = current.epoch;
            result.arrived = true;
            break;
        }
        result.a = INDEX_ONE;
        result.k = 0;
        ++result.epoch;
    }
    result.base = low;
    return result;
}

Result<PositionView> view(
    const Position& position, const MarketIndexes& indexes, const EpochSource& epochs) noexcept
{
    const Result<EpochWalk> walked = walk_epochs(position, indexes, epochs);
    if (!walked)
        return walked.error();
    if (!walked->arrived)
        return Error::touch_first;
    return PositionView{
        Quantity::from_raw(walked->base), Money::from_raw(walked->quote), walked->stages};
}

}  // namespace plimsoll
