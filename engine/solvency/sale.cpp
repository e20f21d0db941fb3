// plimsoll: engine/solvency/sale.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. See sale.hpp.
#include "engine/solvency/sale.hpp"

#include "engine/mutation.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/risk/money_bracket.hpp"
#include "engine/solvency/auction.hpp"

#include <optional>

namespace plimsoll {
namespace {

using num::i128;

/// The least n in [1, most] with done(n), looking outwards from a guess; `most` if there is none.
/// @pre done is monotone. The number of steps is logarithmic in the distance from the guess.
template <class Done>
i128 least_that(i128 guess, i128 most, const Done& done) noexcept
{
    i128 from = guess < 1 ? 1 : guess > most ? most : guess;
    i128 low = 0;   // not done, or 0
    i128 high = 0;  // done, or `most`
    i128 step = 1;
    if (done(from)) {
        high = from;
        while (high - step > 0 && done(high - step)) {
            high -= step;
            step *= 2;
        }
        low = high - step > 0 ? high - step : 0;
    } else {
        low = from;
        while (low + step < most && !done(low + step)) {
            low += step;
            step *= 2;
        }
        high = low + step < most ? low + step : most;
    }
    while (high - low > 1) {
        const i128 middle = low + (high - low) / 2;
        if (done(middle))
            high = middle;
        else
            low = middle;
    }
    return high;
}

/// How much of each unit that is required less closes the gap to target: 1 + buffer - share - fee_share, and
/// once more without the buffer where it is a haircut too.
constexpr Ratio gap_share(const SaleTerms& terms) noexcept
{
    const Ratio kept = Ratio::one() - terms.share - terms.fee_share;
    return kept + terms.buffer + (terms.shocked ? kept : Ratio::zero());
}

/// A first guess of the amount to sell, for `least_that` to put right: gap / (rate * price).
std::optional<i128> guess_amount(Money gap, Ratio rate, Price price) noexcept
{
    if (rate <= Ratio::zero() || price <= Price::zero())
        return std::nullopt;
    const std::optional<i128> notional = num::mul_div_ceil(gap.raw(), num::WAD, rate.raw());
    if (!notional)
        return std::nullopt;
    return num::mul_div_ceil(*notional, num::WAD, price.raw());
}

}  // namespace

SaleMoney split_freed(Money equity, Money haircuts_after, Money required_after, Money freed,
    const SaleTerms& terms) noexcept
{
    SaleMoney money;
    money.freed = not_negative(freed);
    const Money available = not_negative(equity);
    const Money wanted = scale_floor(money.freed, terms.share);
    money.reward_from_account = least(wanted, MUTANT("w2-reward", available, MONEY_MAX));
    money.reward_from_insurance = least(wanted - money.reward_from_account, terms.reward_available);
    money.fee = least(scale_floor(money.freed, terms.fee_share),
        MUTANT("w2-fee", available - money.reward_from_account, MONEY_MAX));
    money.net_after = equity - haircuts_after - money.reward_from_account - money.fee;
    money.required_after = required_after;
    // ceil: the target is what the account must reach.
    money.reached = money.net_after >= required_after + scale_ceil(required_after, terms.buffer);
    return money;
}

SaleMoney unsold(const MarginReport& report) noexcept
{
    SaleMoney money;
    money.net_after = report.net(Level::maintenance);
    money.required_after = report.required(Level::maintenance);
    return money;
}

Money last_lot_of(const SaleMoney& money, const SaleMoney& less) noexcept
{
    return money.reached ? not_negative(money.health_unpaid() - less.health_unpaid())
                         : Money::zero();
}

bool sale_holds(const MarginReport& before, const MarginReport& after,
    std::optional<Money> last_lot, Ratio buffer) noexcept
{
    if (GUARD("l12-health",
            after.health(Level::maintenance) + SALE_ROUNDING < before.health(Level::maintenance)))
        return false;
    if (!last_lot)
        return true;
    const Money health = after.health(Level::maintenance);
    if (!health.is_positive())
        return true;
    // Without the last lot, which must have been short of the target.
    const Money target = scale_ceil(after.required(Level::maintenance) + *last_lot, buffer);
    return !GUARD("l12-overshoot", health - *last_lot > target + SALE_ROUNDING);
}

SaleTerms sale_terms(const LiquidationParams& params, const Flag& flag, const Insurance& insurance,
    Money insured_room, Seconds now) noexcept
{
    SaleTerms terms;
    terms.share = buyer_share_floor(params, auction_elapsed(flag, now));
    terms.fee_share = params.fee_share;
    terms.buffer = params.buffer;
    terms.reward_available = least(least(insurance.balance, insured_room),
        not_negative(params.reward_cap - MUTANT("l8-curve-cap", flag.insured, Money::zero())));
    terms.close_out_notional = params.close_out_notional;
    return terms;
}

SaleTerms plain_terms(const LiquidationParams& params) noexcept
{
    SaleTerms terms;
    terms.buffer = params.buffer;
    terms.close_out_notional = params.close_out_notional;
    return terms;
}

SaleMoney position_sale_money(const MarginReport& report, Quantity base, Money quote, Price mark,
    const Underlying& underlying, const SaleTerms& terms, Quantity size) noexcept
{
    const Quantity dq = base > Quantity::zero() ? size : -size;
    const PositionRisk before = position_risk(base, quote, mark, underlying);
    const PositionRisk after =
        position_risk(base - dq, quote + notional_floor(dq, mark), mark, underlying);
    const Money released = before.requirement - after.requirement;
    const Money unshocked = terms.shocked ? released : Money::zero();
    return split_freed(report.equity - before.value + after.value,
        report.haircut(Level::maintenance) - unshocked,
        report.required(Level::maintenance) - released, released + unshocked, terms);
}

Result<PositionSale> plan_position_sale(const MarginReport& report, Quantity base, Money quote,
    Price mark, const Underlying& underlying, Quantity lot, const SaleTerms& terms,
    Quantity size_max) noexcept
{
    const Quantity held = base > Quantity::zero() ? base : -base;
    const auto money_of = [&](Quantity size) {
        return position_sale_money(report, base, quote, mark, underlying, terms, size);
    };
    const i128 lots = (held.raw() + lot.raw() - 1) / lot.raw();
    const auto size_of = [&](i128 n) {
        return n >= lots ? held : Quantity::from_raw(n * lot.raw());
    };

    PositionSale sale;
    sale.size = held;
    const bool small =
        GUARD("l11-close-out", notional_ceil(held, mark) <= terms.close_out_notional);
    if (!small) {
        const Money required = report.required(Level::maintenance);
        // The gap is only a guide: at the far end of all ranges together it may leave 128 bits.
        const Money net = report.equity - report.haircut(Level::maintenance);
        i128 gap_raw = 0;
        if (__builtin_sub_overflow(
                (required + scale_ceil(required, terms.buffer)).raw(), net.raw(), &gap_raw))
            gap_raw = num::I128_MAX;
        const Money gap = Money::from_raw(gap_raw);
        const std::optional<i128> guess = guess_amount(
            gap, scale_floor(underlying.standard.fraction.maintenance, gap_share(terms)), mark);
        const i128 from = guess ? *guess / lot.raw() : lots;
        sale.size = size_of(MUTANT("l3-minimal",
            least_that(from, lots, [&](i128 n) { return money_of(size_of(n)).reached; }), lots));
    }
    if (size_max < sale.size) {
        sale.size = Quantity::from_raw(size_max.raw() / lot.raw() * lot.raw());
        if (sale.size <= Quantity::zero())
            return Error::nothing_to_do;
    }
    sale.money = money_of(sale.size);
    // Rounding can cost a sale of next to nothing more than it frees. Closing the whole position never
    // does: its value was floored the same way before.
    if (GUARD("l12-sliver", sale.money.health_after() < report.health(Level::maintenance))) {
        if (size_max < held)
            return Error::nothing_to_do;
        sale.size = held;
        sale.money = money_of(held);
    }
    sale.whole = sale.size == held;
    if (!sale.whole && !small)
        sale.money.last_lot =
            last_lot_of(sale.money, sale.size > lot ? money_of(sale.size - lot) : unsold(report));
    return sale;
}

Result<CollateralSale> plan_collateral_sale(const MarginReport& report, Money cash,
    const Collateral& collateral, const Scene& scene, const SaleTerms& terms,
    TokenAmount amount_max) noexcept
{
    if (GUARD("l10-debt", cash >= Money::zero()))
        return Error::debt_not_due;
    const Asset& asset = scene.asset(collateral.asset);
    const Price price = scene.index(asset.underlying);
    const CollateralRisk before = collateral_risk(collateral, scene);

    const auto sale_of = [&](i128 amount) {
        CollateralSale sale;
        sale.amount = TokenAmount::from_raw(amount);
        sale.payment = notional_ceil(quantity_from_tokens(sale.amount, asset.decimals), price);
        const Collateral left{
            collateral.asset, TokenAmount::from_raw(collateral.amount.raw() - amount)};
        const CollateralRisk after = collateral_risk(left, scene);
        const Money freed = before.haircut - after.haircut;
        sale.money = split_freed(report.equity - before.value + after.value + sale.payment,
            report.haircut(Level::maintenance) - freed, report.required(Level::maintenance), freed,
            terms);
        return sale;
    };
    const i128 held = collateral.amount.raw();
    const auto worth_a_sale = [&](const CollateralSale& sale) {
        return !GUARD("l11-collateral", sale.payment < terms.close_out_notional);
    };
    // The debt is cured when what the buyer pays, less what the account gives away for it, covers it.
    const auto enough = [&](i128 amount) {
        const CollateralSale sale = sale_of(amount);
        return (sale.money.reached && worth_a_sale(sale)) ||
               cash + sale.payment - sale.money.reward_from_account - sale.money.fee >=
                   Money::zero();
    };

    if (held <= 0 || price <= Price::zero())
        return Error::nothing_to_do;
    const std::optional<i128> guess = num::mul_div_ceil((-cash).raw(), num::WAD, price.raw());
    const i128 guessed =
        guess ? tokens_from_quantity_floor(Quantity::from_raw(*guess), asset.decimals).raw() : held;
    i128 amount = least_that(guessed, held, enough);
    amount = amount_max.raw() < amount ? amount_max.raw() : amount;
    if (amount <= 0)
        return Error::nothing_to_do;
    CollateralSale sale = sale_of(amount);
    sale.whole = amount == held;
    if (sale.whole)
        return sale;
    if (const CollateralSale less = sale_of(amount - 1); worth_a_sale(less))
        sale.money.last_lot = last_lot_of(sale.money, less.money);
    return sale;
}

}  // namespace plimsoll
