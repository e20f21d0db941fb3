// plimsoll: engine/solvency/side_index.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. See side_index.hpp. Raw integers here, because a, k and their
// products have scales of their own; every rounding is one of the two functions below.
#include "engine/solvency/side_index.hpp"

#include "engine/num/mul_div.hpp"
#include "engine/units/units.hpp"

#include <optional>

namespace plimsoll {
namespace {

using num::i128;
using num::mul_div_ceil;
using num::mul_div_floor;
using num::mul_wad_ceil;
using num::mul_wad_floor;

/// k + change, unless that would pass the limit (or 128 bits: a loss on next to no open interest).
std::optional<i128> moved(
    i128 k, std::optional<i128> change, i128 limit = INDEX_K_SOFT_LIMIT) noexcept
{
    i128 sum = 0;
    if (!change || __builtin_add_overflow(k, *change, &sum) || sum < -limit || sum > limit)
        return std::nullopt;
    return sum;
}

EndedEpoch end_epoch(SideIndex& index, Side side, i128 a_end) noexcept
{
    const EndedEpoch ended{true, side, index.epoch, {a_end, index.k}};
    ++index.epoch;
    index.a = INDEX_ONE;
    index.k = 0;
    return ended;
}

}  // namespace

Result<Touched> touch(
    Position& position, MarketIndexes& indexes, const EpochSource& epochs) noexcept
{
    const Result<EpochWalk> walked = walk_epochs(position, indexes, epochs);
    if (!walked)
        return walked.error();
    if (position.base == Quantity::zero())
        return Touched{true};
    indexes.of(side_of(position.base)).dust += walked->stages;
    position.base = Quantity::from_raw(walked->base);
    position.quote = Money::from_raw(walked->quote);
    position.a = walked->a;
    position.k = walked->k;
    position.epoch = walked->epoch;
    return Touched{walked->arrived};
}

Error trade(Position& position, const MarketIndexes& indexes, Quantity dq, Price price) noexcept
{
    const i128 base = position.base.raw() + dq.raw();
    const std::optional<i128> cost = mul_wad_floor(-dq.raw(), price.raw());
    if (!cost || !in_range(Quantity::from_raw(base)))
        return Error::out_of_range;
    const i128 quote = position.quote.raw() + *cost;
    if (!in_range(Money::from_raw(quote)))
        return Error::out_of_range;
    position.base = Quantity::from_raw(base);
    position.quote = Money::from_raw(quote);
    if (base != 0) {
        const SideIndex& index = indexes.of(side_of(position.base));
        position.a = index.a;
        position.k = index.k;
        position.epoch = index.epoch;
    }
    return Error::ok;
}

Error apply_funding(MarketIndexes& indexes, Price charge) noexcept
{
    SideIndex& longs = indexes.of(Side::long_side);
    SideIndex& shorts = indexes.of(Side::short_side);
    if (indexes.open_interest - longs.dust <= 0 || charge == Price::zero())
        return Error::ok;
    const i128 x = charge.raw();
    // Shorts may hold up to their dust more than open interest, longs up to theirs less.
    const std::optional<i128> y = x > 0 ? mul_div_floor(x, indexes.open_interest - longs.dust,
                                              indexes.open_interest + shorts.dust)
                                        : std::optional<i128>(x);
    // Shorts gain by a falling k: -floor(a * y) = ceil(-a * y).
    const std::optional<i128> long_k = moved(longs.k, mul_wad_floor(-longs.a, x));
    const std::optional<i128> short_k =
        y ? moved(shorts.k, mul_wad_ceil(-shorts.a, *y)) : std::optional<i128>{};
    if (!long_k || !short_k)
        return Error::arithmetic_range;
    longs.k = *long_k;
    shorts.k = *short_k;
    return Error::ok;
}

EndedEpoch deleverage(
    Position& position, MarketIndexes& indexes, Quantity quantity, Price price) noexcept
{
    const i128 open_interest = indexes.open_interest;
    const i128 q = quantity.raw();
    CHECK(q > 0 && q <= open_interest && price >= Price::zero());
    const bool is_long = position.base > Quantity::zero();
    CHECK(q <= (is_long ? position.base.raw() : -position.base.raw()));

    const Side other_side = opposite(side_of(position.base));
    SideIndex& other = indexes.of(other_side);
    const bool other_long = other_side == Side::long_side;

    // a * Q * p passes 256 bits, so the product is taken in two steps, both rounded for the house.
    const i128 share = other_long ? checked(mul_div_floor(other.a, q, open_interest))
                                  : checked(mul_div_ceil(other.a, q, open_interest));
    const i128 dk = other_long ? checked(mul_wad_floor(share, price.raw()))
                               : checked(mul_wad_ceil(share, price.raw()));
    const i128 payment = checked(mul_wad_floor(is_long ? q : -q, price.raw()));
    const i128 left = open_interest - q;

    position.base += is_long ? -quantity : quantity;
    position.quote = Money::from_raw(clamp_quote(position.quote.raw() + payment));
    other.k += dk;
    CHECK(other.k >= -INDEX_K_LIMIT && other.k <= INDEX_K_LIMIT);
    indexes.open_interest = left;
    if (left == 0) {
        other.dust = 0;
        return end_epoch(other, other_side, 0);
    }
    const i128 a = other_long ? checked(mul_div_floor(other.a, left, open_interest))
                              : checked(mul_div_ceil(other.a, left, open_interest));
    other.dust = checked(mul_div_ceil(other.dust, left, open_interest)) +
                 checked(mul_div_ceil(open_interest + other.dust, 1, other.a));
    other.a = a;
    // The dust bound stays, even where `a` is floored to zero: open interest that no long holds any more
    // is dust.
    if (a < INDEX_A_MIN)
        return end_epoch(other, other_side, a);
    return EndedEpoch{};
}

Error socialise(MarketIndexes& indexes, Money loss) noexcept
{
    SideIndex& longs = indexes.of(Side::long_side);
    SideIndex& shorts = indexes.of(Side::short_side);
    const i128 long_base = indexes.open_interest - longs.dust;
    if (long_base <= 0)
        return Error::nothing_to_do;
    const i128 half = (loss.raw() + 1) / 2;
    // Longs pay by a falling k: -ceil(a * half / base) = floor(a * -half / base).
    const std::optional<i128> long_k = moved(longs.k, mul_div_floor(longs.a, -half, long_base));
    const std::optional<i128> short_k =
        moved(shorts.k, mul_div_ceil(shorts.a, half, indexes.open_interest));
    if (!long_k || !short_k)
        return Error::arithmetic_range;
    longs.k = *long_k;
    shorts.k = *short_k;
    return Error::ok;
}

Result<ExpiredMarket> expire(MarketIndexes& indexes, Price price) noexcept
{
    SideIndex& longs = indexes.of(Side::long_side);
    SideIndex& shorts = indexes.of(Side::short_side);
    const std::optional<i128> long_k =
        moved(longs.k, mul_wad_floor(longs.a, price.raw()), INDEX_K_LIMIT);
    const std::optional<i128> short_k =
        moved(shorts.k, mul_wad_ceil(shorts.a, price.raw()), INDEX_K_LIMIT);
    if (!long_k || !short_k)
        return Error::arithmetic_range;
    longs.k = *long_k;
    shorts.k = *short_k;
    indexes.open_interest = 0;
    longs.dust = 0;
    shorts.dust = 0;
    ExpiredMarket expired;
    expired.longs = end_epoch(longs, Side::long_side, 0);
    expired.shorts = end_epoch(shorts, Side::short_side, 0);
    return expired;
}

}  // namespace plimsoll
