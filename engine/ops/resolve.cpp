// plimsoll: engine/ops/resolve.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See resolve.hpp.
#include "engine/ops/resolve.hpp"

#include "engine/mutation.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/ops/bearers.hpp"
#include "engine/ops/liquidate.hpp"
#include "engine/ops/losses.hpp"
#include "engine/risk/money_bracket.hpp"
#include "engine/solvency/auction.hpp"
#include "engine/solvency/slice.hpp"

namespace plimsoll {
namespace {

/// Everything one resolution works on.
struct Work
{
    Account& account;
    Insurance& insurance;
    const MarketSet& markets;
    const Scene& scene;
    const LiquidationParams& params;
    Resolution& done;
};

/// Up to `amount` from the insurance towards the account's debt: of each market's part as much as its own cap lets
/// through, of the rest as much as the cap of debts does. No cap opens another's, and where there is not enough for
/// all, each gets its part of it. @return how much
Money insure_up_to(Work& work, Bearers& bearers, Money amount) noexcept
{
    const Seconds now = work.scene.now();
    const auto payable = [&](const Bearer& bearer) {
        return least(bearer.part, insured_room_floor(work.markets.at(bearer.market), now));
    };
    const Money rest =
        least(bearers.rest, insured_debt_room_floor(work.insurance, work.params, now));
    Money all = rest;
    for (const Bearer& bearer : bearers.markets)
        all += payable(bearer);
    const Money total = work.insurance.pay_up_to(least(amount, all));
    if (!total.is_positive())
        return total;
    Money left = total;
    const auto pay = [&](Money& part, Money most) {
        const Money paid = least(left, MUTANT("w1-shared", weigh_ceil(total, most, all), most));
        part -= paid;
        left -= paid;
        return paid;
    };
    for (Bearer& bearer : bearers.markets)
        note_insured(work.markets.at(bearer.market), pay(bearer.part, payable(bearer)), now);
    note_insured_debt(work.insurance, work.params, pay(bearers.rest, rest), now);
    work.account.cash += total;
    work.done.insurance_paid += total;
    return total;
}

/// Closes `size` of one position against the other side. What is left of a whole close is rounding dust
/// of a short, which the house takes at mark. The price of an option is cash as far as profit may be: the other
/// side owes it, and has not paid it yet.
void close_against_side(Work& work, MarketId id, Quantity size, Price price) noexcept
{
    Position& position = *work.account.find(id);
    Market& market = work.markets.at(id);
    const Quantity before = position.base;
    const bool whole = size == before.abs();
    const Quantity open = Quantity::from_raw(market.indexes.open_interest);
    const Quantity quantity = size < open ? size : open;
    if (quantity.is_positive()) {
        Deleveraged entry{id, side_of(position.base), quantity, price, {}};
        const Money quote = position.quote;
        entry.ended = deleverage(position, market.indexes, quantity, price);
        if (market.params.kind == MarketKind::option) {
            // What the account pays is cash at once; what it gets is profit like any other.
            const Money premium = position.quote - quote;
            move_to_cash(work.account, market, position,
                premium.is_positive() ? payable_profit(market, premium) : premium);
        }
        CHECK(work.done.deleveraged.push(entry));
    }
    if (whole && !position.base.is_zero()) {
        position.quote += notional_floor(position.base, work.scene.mark(id));
        position.base = Quantity::zero();
    }
    note_side_ended(work.account, position, market.params.kind, before, work.scene.mark(id));
    close_if_flat(work.account, market, id);
}

/// Claims repay what a closed account owes, whatever the markets' pools hold: a debt that the account's own profit
/// covers is nobody's loss. Only where everything has been closed: elsewhere paper would free the collateral
/// under a debt.
void repay_from_claims(Work& work) noexcept
{
    Account& account = work.account;
    for (std::size_t i = account.positions.size(); i-- > 0;) {
        Position& claim = account.positions[i];
        const Money repaid = least(claim.quote, not_negative(-account.cash));
        account.cash += repaid;
        work.markets.at(claim.market).paid_out += repaid;
        claim.quote -= repaid;
        if (claim.quote.is_zero())
            account.positions.erase(i);
    }
}

/// The price at which an insolvent account's position is closed: mark moved against the other side by
/// this position's part of the deficit, at most by the maintenance fraction, never below zero.
/// ceil of the move: the deficit is covered to the last unit where the clamp allows.
Price bankruptcy_price(Quantity base, Price mark, Money part, Ratio fraction) noexcept
{
    const Price clamp = scale_floor(mark, fraction);
    const std::optional<num::i128> exact =
        num::mul_div_ceil(part.raw(), num::WAD, base.abs().raw());
    Price move = clamp;
    if (exact && MUTANT("w3-clamp", *exact < clamp.raw(), true))
        move = Price::from_raw(*exact);
    return base.is_positive() ? mark + move : mark - move;
}

/// The least amount of a collateral that is worth `debt`, or all of it.
TokenAmount enough_for(Money debt, const Collateral& held, int decimals, Price price) noexcept
{
    if (!price.is_positive())
        return held.amount;
    const std::optional<num::i128> need = num::mul_div_ceil(debt.raw(), num::WAD, price.raw());
    if (!need || Quantity::from_raw(*need) >= quantity_from_tokens(held.amount, decimals))
        return held.amount;
    TokenAmount enough = tokens_from_quantity_floor(Quantity::from_raw(*need), decimals);
    if (quantity_from_tokens(enough, decimals) < Quantity::from_raw(*need))
        enough += TokenAmount::from_raw(1);
    return enough;
}

/// The house takes `amount` of a collateral over and credits the account for it.
void take_over(Work& work, AssetId id, TokenAmount amount, Money credit) noexcept
{
    take_collateral(work.account, id, amount);
    work.insurance.inventory[id.value] += amount;
    work.insurance.pay_all(credit);
    work.account.cash += credit;
    CHECK(work.done.taken_over.push(TakenOver{id, amount, credit}));
}

/// Insolvent: collateral at its index until cash is zero. floor: the fraction stays with the house. Tokens of failed
/// feeds are for seize_for(): nothing is paid for what nobody can sell.
void take_over_for_debt(Work& work) noexcept
{
    for (std::size_t i = 0;
        i < work.account.collaterals.size() && work.account.cash.is_negative();) {
        const Collateral held = work.account.collaterals[i];
        const Asset& asset = work.scene.asset(held.asset);
        if (MUTANT("w1-seized", work.scene.failed(asset.underlying), false)) {
            ++i;
            continue;
        }
        const Price price = work.scene.index(asset.underlying);
        const TokenAmount amount = enough_for(-work.account.cash, held, asset.decimals, price);
        take_over(work, held.asset, amount,
            notional_floor(quantity_from_tokens(amount, asset.decimals), price));
        if (amount < held.amount)
            ++i;
    }
}

/// What the account's tokens of failed feeds are worth at the last price.
Money last_worth_floor(const Work& work) noexcept
{
    Money worth;
    for (const Collateral& held : work.account.collaterals) {
        const Asset& asset = work.scene.asset(held.asset);
        if (work.scene.failed(asset.underlying))
            worth += notional_floor(quantity_from_tokens(held.amount, asset.decimals),
                work.scene.index(asset.underlying));
    }
    return worth;
}

/// Who owes pays with what is there: tokens of failed feeds that are worth `paid`, which others have paid, at the last
/// price go to the house for nothing. Margin counts them as nothing, and so does everybody who has to pay first; but
/// they do not stay with who owed.
void seize_for(Work& work, Money paid) noexcept
{
    for (std::size_t i = 0; i < work.account.collaterals.size() && paid.is_positive();) {
        const Collateral held = work.account.collaterals[i];
        const Asset& asset = work.scene.asset(held.asset);
        if (!work.scene.failed(asset.underlying)) {
            ++i;
            continue;
        }
        const Price price = work.scene.index(asset.underlying);
        const TokenAmount amount = enough_for(paid, held, asset.decimals, price);
        paid -= least(paid, notional_floor(quantity_from_tokens(amount, asset.decimals), price));
        take_over(work, held.asset, amount, Money::zero());
        if (amount < held.amount)
            return;
    }
}

/// Solvent, with the curve at its end: collateral until the account is healthy, on the terms that a buyer
/// would have had there, with the insurance as the buyer. Its gain stays with it as a fee.
void take_over_to_target(Work& work) noexcept
{
    SaleTerms terms = plain_terms(work.params);
    terms.fee_share = work.params.share_max;
    std::size_t next = 0;
    while (next < work.account.collaterals.size()) {
        const Result<MarginReport> report = evaluate(work.account, work.scene);
        if (!report || !report->liquidatable())
            return;
        const Collateral held = work.account.collaterals[next];
        if (work.scene.failed(work.scene.asset(held.asset).underlying)) {
            ++next;
            continue;
        }
        const Result<CollateralSale> sale =
            plan_collateral_sale(*report, work.account.cash, held, work.scene, terms, held.amount);
        if (!sale) {
            ++next;
            continue;
        }
        take_over(work, held.asset, sale->amount, sale->payment - sale->money.fee);
        if (!sale->whole)
            ++next;
    }
}

/// Charges `loss` to both sides of one market, up to its cap; says how much that was.
Money socialise_up_to_cap(Market& market, Price mark, Money loss, Seconds now) noexcept
{
    if (elapsed(market.loss_window_start, now) >= LOSS_WINDOW) {
        market.loss_window_start = now;
        market.loss_in_window = Price::zero();
    }
    const Price room = MUTANT("w4-cap", scale_floor(mark, market.params.loss_cap), mark) -
                       MUTANT("w4-window", market.loss_in_window, Price::zero());
    const num::i128 base = market.indexes.open_interest - market.indexes.of(Side::long_side).dust;
    if (!room.is_positive() || base <= 0)
        return Money::zero();
    // Each side pays half: a unit of base is charged half the loss over the open interest.
    const Money half_most = notional_floor(Quantity::from_raw(base), room);
    const Money charged = least(loss, half_most + half_most);
    if (!charged.is_positive() || socialise(market.indexes, charged) != Error::ok)
        return Money::zero();
    market.loss_in_window +=
        Price::from_raw(checked(num::mul_div_ceil((charged.raw() + 1) / 2, num::WAD, base)));
    market.paid_out += charged;
    return charged;
}

/// What no one has covered: insurance first, then both sides of each market for its part, up to its cap, then the
/// open deficit. What one market's cap keeps from it is not another's.
void cover_debt(Work& work, Bearers& bearers) noexcept
{
    const Money fallen = bearers.rest + bearers.pledged + bearers.parts();
    if (fallen < -work.account.cash)
        fall_on(bearers, -work.account.cash - fallen);
    static_cast<void>(insure_up_to(work, bearers, -work.account.cash));
    for (const Bearer& bearer : bearers.markets) {
        const Money part = least(bearer.part, -work.account.cash);
        if (!part.is_positive())
            continue;
        const Money charged = socialise_up_to_cap(
            work.markets.at(bearer.market), work.scene.mark(bearer.market), part, work.scene.now());
        if (!charged.is_positive())
            continue;
        work.account.cash += charged;
        CHECK(work.done.socialised.push(SocialisedLoss{bearer.market, charged}));
    }
    const Money open = -work.account.cash;
    work.insurance.owe(open);
    work.done.open_deficit += open;
    work.account.cash = Money::zero();
}

/// The open position that releases most margin a notional, the first listed of equals.
/// @pre there is one
const Position& richest(const Work& work) noexcept
{
    const auto fraction = [&](const Position& position) {
        return work.scene.underlying(work.scene.market(position.market).params.underlying)
            .standard.fraction.maintenance;
    };
    const Position* best = nullptr;
    for (const Position& position : work.account.positions)
        if (!is_claim(position) && (best == nullptr || fraction(position) > fraction(*best)))
            best = &position;
    CHECK(best != nullptr);
    return *best;
}

/// `part` of every position at mark against its other side, and of the collateral that goes with slices to
/// the house, at its index less share_max of the haircut that it frees: a buyer's terms at the curve's end.
/// All together the house keeps at most `fee_max`: a fee makes no solvent account insolvent.
void close_slice(Work& work, Ratio part, Money fee_max) noexcept
{
    Account& account = work.account;
    for (std::size_t i = 0; i < account.positions.size();) {
        const MarketId id = account.positions[i].market;
        const Quantity held = account.positions[i].base.abs();
        const Quantity sliced = sliced_trunc(held, part);
        // What open interest lacks of a size is rounding dust of a short: such a position goes whole.
        const bool whole =
            sliced == held || sliced.raw() > work.markets.at(id).indexes.open_interest;
        const std::size_t count = account.positions.size();
        if (!held.is_zero() && (whole || !sliced.is_zero()))
            close_against_side(work, id, whole ? held : sliced, work.scene.mark(id));
        if (account.positions.size() == count)
            ++i;
    }
    for (std::size_t i = 0; i < account.collaterals.size();) {
        const Collateral held = account.collaterals[i];
        const TokenAmount sliced = sliced_floor(held.amount, part);
        const std::size_t count = account.collaterals.size();
        if (goes_with_slices(account, held, work.scene) && !sliced.is_zero()) {
            const Collateral left{held.asset, held.amount - sliced};
            const Money freed = collateral_risk(held, work.scene).haircut -
                                collateral_risk(left, work.scene).haircut;
            const Money worth = collateral_cost_ceil(held.asset, sliced, work.scene);
            const Money fee = least(scale_floor(freed, work.params.share_max), fee_max);
            fee_max -= fee;
            take_over(work, held.asset, sliced, worth - fee);
        }
        if (account.collaterals.size() == count)
            ++i;
    }
}

/// A solvent account whose positions stand together: the least slice that reaches the target, planned as if
/// the house kept its share of all that is freed wherever it takes collateral over. If rounding leaves the
/// account short of health nevertheless, all of it.
void reduce_by_slices(Work& work) noexcept
{
    SaleTerms terms = plain_terms(work.params);
    if (any_goes_with_slices(work.account, work.scene))
        terms.fee_share = work.params.share_max;
    Result<MarginReport> report = evaluate(work.account, work.scene);
    if (report) {
        const Result<SliceSale> sale =
            plan_slice(*report, work.account, work.scene, terms, Ratio::one());
        if (sale) {
            close_slice(work, sale->fraction, sale->money.fee);
            report = evaluate(work.account, work.scene);
        }
    }
    if (!report)
        return close_slice(work, Ratio::one(), Money::zero());
    if (report->liquidatable())
        close_slice(
            work, Ratio::one(), report->equity.is_positive() ? report->equity : Money::zero());
}

/// A solvent account that keepers left: deleveraged at mark until the target is met.
void reduce_to_target(Work& work) noexcept
{
    if (is_sold_by_slices(work.account, work.scene))
        return reduce_by_slices(work);
    SaleTerms terms = plain_terms(work.params);
    while (has_open_position(work.account)) {
        const Result<MarginReport> report = evaluate(work.account, work.scene);
        if (!report || !report->liquidatable())
            return;
        const Position& position = richest(work);
        const MarketId id = position.market;
        const Market& market = work.markets.at(id);
        terms.shocked = report->is_shocked(market.params.underlying);
        const Result<PositionSale> sale = plan_position_sale(*report, position.base, position.quote,
            work.scene.mark(id), work.scene.underlying(market.params.underlying), market.params.lot,
            terms, position.base.abs());
        // What open interest lacks of a size is rounding dust of a short: such a position goes whole.
        const bool whole = !sale || sale->whole || sale->size.raw() > market.indexes.open_interest;
        const Quantity size = whole ? position.base.abs() : sale->size;
        close_against_side(work, id, size, work.scene.mark(id));
        if (!whole)
            return;
    }
}

/// An insolvent account is closed.
void wind_up(Work& work, const MarginReport& report) noexcept
{
    work.done.insolvent = true;
    work.done.deficit = not_negative(-report.equity);
    Bearers bearers = bearers_of(work.account, work.scene);
    fall_on(bearers, work.done.deficit);
    const Money insured = insure_up_to(work, bearers, work.done.deficit);
    pledge(bearers, not_negative(last_worth_floor(work) - insured));

    for (Bearer& bearer : bearers.markets) {
        const Position* const position = work.account.find(bearer.market);
        if (position == nullptr || is_claim(*position))
            continue;
        const Quantity size = position->base.abs();
        const Underlying& underlying =
            work.scene.underlying(work.scene.market(bearer.market).params.underlying);
        const Price mark = work.scene.mark(bearer.market);
        const Price price = bankruptcy_price(
            position->base, mark, bearer.part, underlying.standard.fraction.maintenance);
        close_against_side(work, bearer.market, size, price);
        bearer.part -=
            least(bearer.part, notional_floor(size, mark < price ? price - mark : mark - price));
    }
    repay_from_claims(work);
    take_over_for_debt(work);
    if (work.account.cash.is_negative())
        cover_debt(work, bearers);
    seize_for(work, work.done.deficit);
}

/// A book that prices have moved beyond what margin can value: nobody can say whether it is healthy, and no
/// keeper can bid. Everything is closed at mark against its other side; what is owed then is covered as for an
/// insolvent account, and nothing is left that could be unhealthy.
void close_unvalued(Work& work) noexcept
{
    Bearers bearers = bearers_of(work.account, work.scene);
    for (const Bearer& bearer : bearers.markets) {
        const Position* const position = work.account.find(bearer.market);
        if (position != nullptr && !is_claim(*position))
            close_against_side(
                work, bearer.market, position->base.abs(), work.scene.mark(bearer.market));
    }
    repay_from_claims(work);
    take_over_for_debt(work);
    if (!work.account.cash.is_negative())
        return;
    work.done.insolvent = true;
    work.done.deficit = -work.account.cash;
    cover_debt(work, bearers);
    seize_for(work, work.done.deficit);
}

/// Whether everything that the account holds has a price that it may be closed at.
Error closable(const Account& account, const Scene& scene) noexcept
{
    for (const Position& position : account.positions) {
        if (is_claim(position))
            continue;  // worth its quote at any price
        if (const Error error = scene.usable(position.market, PriceUse::resolve);
            error != Error::ok)
            return error;
    }
    // The house would take collateral over at its last price. What never had one counts nothing.
    for (const Collateral& held : account.collaterals)
        if (const Error error =
                scene.usable(scene.asset(held.asset).underlying, PriceUse::take_over);
            error != Error::ok)
            return error;
    return Error::ok;
}

/// Feeds that fall silent in turn must not keep an account for ever: once the curve has been over for as
/// long as one silent feed could have held it up, last values stand.
bool waited_for_feeds(
    const Flag& flag, const Scene& scene, const LiquidationParams& params) noexcept
{
    const Seconds wait = elapsed(scene.oracle().max_age_liquidation, scene.oracle().failed_after);
    return auction_over(flag, params, scene.now()) &&
           auction_elapsed(flag, scene.now()) >= params.fast + params.slow + wait;
}

}  // namespace

bool resolve_due(const Account& account, const MarginReport& report, const Insurance& insurance,
    const LiquidationParams& params, Seconds now) noexcept
{
    if (auction_over(account.flag, params, now))
        return true;
    if (!has_open_position(account) && account.collaterals.empty())
        return true;
    if (report.equity.is_positive())
        return false;
    // Of what the curve would promise a buyer, the insurance must at least have a hundredth: one unit in it
    // keeps nobody waiting.
    const Money promised = scale_floor(
        report.required(Level::maintenance) + report.haircut(Level::maintenance), params.share_max);
    return GUARD("w5-teased",
               insurance.balance < scale_ceil(promised, Ratio::from_raw(num::WAD / 100))) ||
           insurance.balance.is_zero();
}

Error resolve(Account& account, Insurance& insurance, const MarketSet& markets, const Scene& scene,
    const LiquidationParams& params, Resolution& done) noexcept
{
    const Result<MarginReport> report = evaluate(account, scene);
    if (!report && report.error() != Error::arithmetic_range)
        return report.error();
    if (GUARD("l1-resolve", report ? !report->liquidatable() : owes_nothing(account)))
        return Error::not_liquidatable;
    // Keepers cannot buy from an account that nobody can value.
    if (report && GUARD("w3-due", !resolve_due(account, *report, insurance, params, scene.now())))
        return Error::auction_running;
    if (!MUTANT("o-resolve-waits", waited_for_feeds(account.flag, scene, params), true))
        if (const Error error = closable(account, scene); error != Error::ok)
            return error;

    Work work{account, insurance, markets, scene, params, done};
    if (!report) {
        close_unvalued(work);
    } else if (report->equity.is_positive()) {
        reduce_to_target(work);
        take_over_to_target(work);
    } else {
        wind_up(work, *report);
    }
    ++account.nonce;
    return Error::ok;
}

}  // namespace plimsoll
