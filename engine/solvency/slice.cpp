// plimsoll: engine/solvency/slice.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. See slice.hpp.
#include "engine/solvency/slice.hpp"

#include "engine/mutation.hpp"
#include "engine/num/mul_div.hpp"

namespace plimsoll {
namespace {

using num::i128;

/// Most probes that are placed by interpolation; after them the search halves.
constexpr int INTERPOLATED = 3;

/// Notional of the positions and value of the collateral that a slice takes a part of.
Money gross_of(const MarginReport& report, const Account& account, const Scene& scene) noexcept
{
    Money gross = report.notional;
    for (const Collateral& held : account.collaterals)
        if (goes_with_slices(account, held, scene))
            gross += collateral_cost_ceil(held.asset, held.amount, scene);
    return gross;
}

bool anything_to_slice(const Account& account, const Scene& scene) noexcept
{
    for (const Position& position : account.positions)
        if (!position.base.is_zero())
            return true;
    return any_goes_with_slices(account, scene);
}

/// How far the account is from its target; negative beyond it. Only a guide for where to look.
Money shortfall(const SaleMoney& money, const SaleTerms& terms) noexcept
{
    const Money target = money.required_after + scale_ceil(money.required_after, terms.buffer);
    i128 raw = 0;
    if (__builtin_sub_overflow(target.raw(), money.net_after.raw(), &raw))
        raw = num::I128_MAX;
    return Money::from_raw(raw);
}

/// Where between low and high a straight line through their shortfalls meets the target, rounded up; the
/// middle where that says nothing.
i128 between(i128 low, i128 high, Money at_low, Money at_high, bool interpolate) noexcept
{
    i128 probe = low + ((high - low) >> 1);
    i128 fall = 0;
    if (interpolate && at_low.is_positive() &&
        !__builtin_sub_overflow(at_low.raw(), at_high.raw(), &fall) && fall > 0)
        if (const auto part = num::mul_div_ceil(high - low, at_low.raw(), fall))
            probe = low + *part;
    return probe <= low ? low + 1 : probe >= high ? high - 1 : probe;
}

class Search
{
public:
    Search(const MarginReport& before, const Account& account, const Scene& scene,
        const SaleTerms& terms) noexcept
      : m_before(before), m_book(account, scene), m_terms(terms)
    {}

    [[nodiscard]] Result<SliceSale> sale_of(i128 lots) noexcept
    {
        SliceSale sale;
        sale.fraction = Ratio::from_raw(lots * SLICE_LOT.raw());
        const Result<MarginReport> after = m_book.without(sale.fraction);
        if (!after)
            return after.error();
        const Money freed =
            m_before.required(Level::maintenance) + m_before.haircut(Level::maintenance) -
            after->required(Level::maintenance) - after->haircut(Level::maintenance);
        sale.money = split_freed(after->equity, after->haircut(Level::maintenance),
            after->required(Level::maintenance), freed, m_terms);
        return sale;
    }

    /// The least slice in (0, most] that reaches the target; all of `most` if none does.
    [[nodiscard]] Result<SliceSale> least_of(i128 most) noexcept
    {
        Result<SliceSale> best = sale_of(most);
        if (!best)
            return best;
        if (!best->money.reached) {
            best->money.last_lot = Money::zero();
            return best;
        }
        i128 low = 0;
        i128 high = most;
        SaleMoney less = unsold(m_before);
        for (int probes = 0; high - low > 1; ++probes) {
            const i128 probe = between(low, high, shortfall(less, m_terms),
                shortfall(best->money, m_terms), probes < INTERPOLATED);
            const Result<SliceSale> sale = sale_of(probe);
            if (!sale)
                return sale;
            if (sale->money.reached) {
                high = probe;
                best = sale;
            } else {
                low = probe;
                less = sale->money;
            }
        }
        best->money.last_lot = last_lot_of(best->money, less);
        return best;
    }

private:
    const MarginReport& m_before;
    SlicedBook m_book;
    const SaleTerms& m_terms;
};

}  // namespace

Result<SliceSale> plan_slice(const MarginReport& report, const Account& account, const Scene& scene,
    const SaleTerms& terms, Ratio fraction_max) noexcept
{
    if (!anything_to_slice(account, scene) || !fraction_max.is_positive())
        return Error::nothing_to_do;
    const bool unbounded = fraction_max >= Ratio::one();
    // Below one the raw fraction has 60 bits.
    const i128 most = unbounded ? SLICE_LOTS
                                : static_cast<std::int64_t>(fraction_max.raw()) /
                                      static_cast<std::int64_t>(SLICE_LOT.raw());
    if (most <= 0)
        return Error::nothing_to_do;

    Search search(report, account, scene, terms);
    const bool small = gross_of(report, account, scene) <= terms.close_out_notional;
    Result<SliceSale> sale = small ? search.sale_of(most) : search.least_of(most);
    if (!sale)
        return sale;
    // Rounding can cost a sliver more than it frees. A slice that frees nothing would go on for ever; the whole
    // book does not.
    const auto helps = [&] {
        return sale->money.freed.is_positive() &&
               sale->money.health_after() >= report.health(Level::maintenance);
    };
    if (!sale->whole() && GUARD("l11-slice-frees", !helps())) {
        if (!unbounded)
            return Error::nothing_to_do;
        sale = search.sale_of(SLICE_LOTS);
    }
    if (sale && sale->whole())
        sale->money.last_lot.reset();
    return sale;
}

}  // namespace plimsoll
