// plimsoll: engine/solvency/cash_index.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. See cash_index.hpp.
#include "engine/solvency/cash_index.hpp"

#include "engine/mutation.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/risk/money_bracket.hpp"

#include <optional>

namespace plimsoll {
namespace {

using num::i128;
using num::mul_div_ceil;
using num::mul_div_floor;

/// amount * to / from, or what it saturates at: beyond that nothing real lies, and a trap could make an account
/// impossible to close.
Money carried_floor(Money amount, i128 to, i128 from) noexcept
{
    const std::optional<i128> now = mul_div_floor(amount.raw(), to, from);
    return now && *now < CASH_MAX.raw() ? Money::from_raw(*now) : CASH_MAX;
}
Money carried_ceil(Money amount, i128 to, i128 from) noexcept
{
    const std::optional<i128> now = mul_div_ceil(amount.raw(), to, from);
    return now && *now < CASH_MAX.raw() ? Money::from_raw(*now) : CASH_MAX;
}

/// Over the lower bound of what is supplied: never understated.
Ratio share_of_supplied_ceil(const CashPool& pool, Money used) noexcept
{
    if (!used.is_positive())
        return Ratio::zero();
    if (used >= pool.supplied_floor)
        return Ratio::one();
    return Ratio::from_raw(checked(mul_div_ceil(used.raw(), num::WAD, pool.supplied_floor.raw())));
}

/// Shares so much > 0 among suppliers. Floor. @return false where the index would pass its end; then nothing changes
bool raise_supply(CashPool& pool, Money shared) noexcept
{
    const std::optional<i128> rise =
        mul_div_floor(pool.supply_index, shared.raw(), pool.supplied_ceil.raw());
    if (!rise || *rise > CASH_INDEX_MAX - pool.supply_index)
        return false;
    const i128 index = pool.supply_index + *rise;
    pool.supplied_floor = carried_floor(pool.supplied_floor, index, pool.supply_index);
    pool.supplied_ceil = carried_ceil(pool.supplied_ceil, index, pool.supply_index);
    pool.supply_index = index;
    return true;
}

/// What comes back in so long; waits where nobody supplies.
void bring_back(CashPool& pool, Seconds length) noexcept
{
    const Money due =
        GUARD("w10-drips", length < RETURN_TIME)
            ? Money::from_raw(checked(mul_div_floor(pool.returning.raw(),
                  static_cast<i128>(length.raw()), static_cast<i128>(RETURN_TIME.raw()))))
            : pool.returning;
    if (due.is_positive() && !GUARD("w10-nobody", !pool.supplied_floor.is_positive()) &&
        raise_supply(pool, due))
        pool.returning -= due;
}

}  // namespace

Ratio lent_ceil(const CashPool& pool) noexcept
{
    return share_of_supplied_ceil(pool, pool.borrowed_floor);
}

Ratio utilisation_ceil(const CashPool& pool) noexcept
{
    return share_of_supplied_ceil(pool, pool.borrowed_floor + pool.claims);
}

Rate borrow_rate_ceil(const BorrowParams& params, Ratio utilisation) noexcept
{
    const Ratio low = utilisation < params.kink ? utilisation : params.kink;
    const Ratio high = utilisation - low;
    const Ratio above = Ratio::one() - params.kink;
    return params.base +
           Rate::from_raw(
               checked(mul_div_ceil(params.slope_low.raw(), low.raw(), params.kink.raw()))) +
           Rate::from_raw(checked(mul_div_ceil(params.slope_high.raw(), high.raw(), above.raw())));
}

void accrue_cash(CashPool& pool, const BorrowParams& params, Seconds now) noexcept
{
    Seconds length = elapsed(pool.accrued, now);
    if (now > pool.accrued)
        pool.accrued = now;
    if (length > INTEREST_ELAPSED_MAX)
        length = INTEREST_ELAPSED_MAX;
    if (length.is_zero())
        return;
    bring_back(pool, length);
    const Ratio lent = MUTANT("a1-rate", lent_ceil(pool), utilisation_ceil(pool));
    const Rate rate = borrow_rate_ceil(params, lent);
    const i128 grown = pool.borrow_index + checked(mul_div_ceil(pool.borrow_index,
                                               accrued_ceil(rate, length).raw(), num::WAD));
    if (grown > CASH_INDEX_MAX)
        return;
    const Money owed = carried_floor(pool.borrowed_floor, grown, pool.borrow_index);
    pool.borrow_index = grown;
    const Money collected = owed - pool.borrowed_floor;
    pool.borrowed_floor = owed;

    // Nobody to pay: all of it is the insurance's.
    Money reserved = pool.supplied_floor.is_positive()
                         ? scale_ceil(collected, params.reserve_factor)
                         : collected;
    const Money shared = collected - reserved;
    if (shared.is_positive() && !raise_supply(pool, shared))
        reserved = collected;
    pool.reserve += reserved;
    pool.residue -= reserved;
}

CashView cash_now(const CashPool& pool, Money cash, num::i128 snapshot) noexcept
{
    if (cash.is_negative())
        return {-carried_ceil(-cash, pool.borrow_index, snapshot),
            -carried_floor(-cash, pool.borrow_index, snapshot)};
    return {carried_floor(cash, pool.supply_index, snapshot),
        carried_ceil(cash, pool.supply_index, snapshot)};
}

void replace_cash(CashPool& pool, const CashView& before, Money after) noexcept
{
    // The lower bounds give up the most that the account can have stood for in them, the upper one the least.
    if (before.floor.is_negative())
        pool.borrowed_floor = not_negative(pool.borrowed_floor + before.floor);
    pool.supplied_floor = not_negative(pool.supplied_floor - not_negative(before.ceil));
    pool.supplied_ceil = not_negative(pool.supplied_ceil - not_negative(before.floor));
    if (after.is_negative()) {
        pool.borrowed_floor -= after;
    } else {
        pool.supplied_floor += after;
        pool.supplied_ceil += after;
    }
}

Money share_deficit(CashPool& pool, const BorrowParams& params, Money deficit, Seconds now) noexcept
{
    if (!deficit.is_positive() || !pool.supplied_floor.is_positive())
        return Money::zero();
    if (elapsed(pool.loss_window, now) >= SUPPLY_LOSS_WINDOW || pool.loss_floor == 0) {
        pool.loss_window = now;
        pool.loss_floor = checked(
            num::mul_wad_ceil(pool.supply_index, (Ratio::one() - params.supply_loss_cap).raw()));
        if (pool.loss_floor < CASH_INDEX_MIN)
            pool.loss_floor = CASH_INDEX_MIN;
    }
    const std::optional<i128> fall =
        mul_div_ceil(pool.supply_index, deficit.raw(), pool.supplied_floor.raw());
    i128 index = pool.loss_floor;
    if (fall && *fall < pool.supply_index && pool.supply_index - *fall > index)
        index = pool.supply_index - *fall;
    if (index >= pool.supply_index)
        return Money::zero();
    const Money given = Money::from_raw(checked(
        mul_div_floor(pool.supplied_floor.raw(), pool.supply_index - index, pool.supply_index)));
    const Money covered = least(given, deficit);
    pool.supplied_floor = carried_floor(pool.supplied_floor, index, pool.supply_index);
    pool.supplied_ceil = carried_ceil(pool.supplied_ceil, index, pool.supply_index);
    pool.supply_index = index;
    pool.residue -= covered;
    return covered;
}

void give_back(CashPool& pool, Money amount) noexcept
{
    pool.returning += amount;
    pool.residue += amount;
}

}  // namespace plimsoll
