// plimsoll: engine/ops/liquidate.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See liquidate.hpp.
#include "engine/ops/liquidate.hpp"

#include "engine/mutation.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/solvency/auction.hpp"

namespace plimsoll {
namespace {

/// What its cap of debts leaves of what the insurance may add to a reward for collateral, and nothing where the account
/// has lost in a market with a cap of its own: which of the two caps it would count against nobody could say.
Money debt_reward_room_floor(const Account& seller, const Scene& scene,
    const LiquidationParams& params, const Insurance& insurance) noexcept
{
    for (const OwedLoss& owed : seller.owed_losses)
        if (owed.loss.is_positive() &&
            MUTANT("w1-labelled",
                insured_room_floor(scene.market(owed.market), scene.now()) < MONEY_MAX, false))
            return Money::zero();
    return MUTANT(
        "w1-debt-rewards", insured_debt_room_floor(insurance, params, scene.now()), MONEY_MAX);
}

/// The same of a sale of collateral alone: nothing while the account is in such a market either.
Money collateral_reward_room_floor(const Account& seller, const Scene& scene,
    const LiquidationParams& params, const Insurance& insurance) noexcept
{
    return insured_room_floor(seller, scene) < MONEY_MAX
               ? Money::zero()
               : debt_reward_room_floor(seller, scene, params, insurance);
}

/// Reward and fee of a sale, once what is sold has changed hands.
void pay_for(const SaleMoney& money, Account& seller, Account& buyer, Insurance& insurance) noexcept
{
    seller.cash -=
        MUTANT("l12-payment", money.reward_from_account + money.fee, money.freed + money.freed);
    buyer.cash += money.reward();
    insurance.balance -= money.reward_from_insurance;
    seller.flag.insured += money.reward_from_insurance;
    CHECK(!insurance.balance.is_negative());
    insurance.receive(money.fee);
    ++seller.nonce;
    ++buyer.nonce;
}

}  // namespace

Result<PositionOffer> offer_position(const MarginReport& report, const Account& seller, MarketId id,
    const Scene& scene, const LiquidationParams& params, const Insurance& insurance,
    Quantity size_max, Buyer who) noexcept
{
    const Position& position = *seller.find(id);
    const Market& market = scene.market(id);
    const Pace pace(params, insurance.sold, seller, report, scene.now());
    if (order_binds(seller.flag, params, scene.now())) {
        const MarketId first = first_unit(report, seller, scene, params, insurance, pace);
        if (GUARD("l3-order", first != NO_MARKET && first != id))
            return Error::not_first_unit;
    }
    const Quantity paced = paced_size_floor(id, position.base, scene, params, pace);
    if (paced.is_zero())
        return Error::pace_reached;
    PositionOffer offer;
    offer.mark = scene.mark(id);
    const Money room = GUARD("l8-related", who == Buyer::related)
                           ? Money::zero()
                           : insured_room_floor(market, scene.now());
    offer.terms = sale_terms(params, seller.flag, insurance, room, scene.now());
    offer.terms.shocked = report.is_shocked(market.params.underlying);
    const Result<PositionSale> sale = plan_position_sale(report, position.base, position.quote,
        offer.mark, scene.underlying(market.params.underlying), market.params.lot, offer.terms,
        paced < size_max ? paced : size_max);
    if (!sale)
        return sale.error();
    offer.sale = *sale;
    return offer;
}

MarketId first_offer(const MarginReport& report, const Account& seller, const Scene& scene,
    const LiquidationParams& params, const Insurance& insurance) noexcept
{
    const Pace pace(params, insurance.sold, seller, report, scene.now());
    return first_unit(report, seller, scene, params, insurance, pace);
}

Result<PositionTransfer> plan_position_transfer(const Account& seller, const Account& buyer,
    MarketId id, const Scene& scene, const LiquidationParams& params, const Insurance& insurance,
    Quantity size_max, Buyer who) noexcept
{
    const Position* position = seller.find(id);
    if (position == nullptr || position->base.is_zero())
        return Error::no_position;
    const Result<MarginReport> report = evaluate(seller, scene);
    if (!report)
        return report.error();
    if (GUARD("l1-position", !report->liquidatable()))
        return Error::not_liquidatable;
    if (is_sold_by_slices(seller, scene))
        return Error::sold_by_slice;
    const Market& market = scene.market(id);
    if (const Error error = scene.usable(id, PriceUse::liquidation); error != Error::ok)
        return error;

    PositionTransfer transfer;
    transfer.market = id;
    const Result<PositionOffer> offer =
        offer_position(*report, seller, id, scene, params, insurance, size_max, who);
    if (!offer)
        return offer.error();
    const PositionSale& sale = offer->sale;
    transfer.mark = offer->mark;
    transfer.sale = sale;
    const Quantity dq = position->base.is_positive() ? sale.size : -sale.size;
    const Result<Leg> sold = plan_leg(seller, market, id, -dq, transfer.mark, transfer.mark);
    if (!sold)
        return sold.error();
    const Result<Leg> bought = plan_leg(buyer, market, id, dq, transfer.mark, transfer.mark);
    if (!bought)
        return bought.error();
    transfer.seller = *sold;
    transfer.buyer = *bought;
    transfer.notional = limited_notional_ceil(id, sale.size, scene);
    // ceil: what the buyer pays at mark rounds up, for the house.
    transfer.buyer_pays = notional_ceil(dq, transfer.mark) - sale.money.reward();
    return transfer;
}

void apply_position_transfer(Account& seller, Account& buyer, Market& market, Insurance& insurance,
    const LiquidationParams& params, Seconds now, const PositionTransfer& transfer) noexcept
{
    apply_leg(seller, market, transfer.seller);
    apply_leg(buyer, market, transfer.buyer);
    pay_for(transfer.sale.money, seller, buyer, insurance);
    note_sold(params, seller.flag, market, insurance.sold, transfer.notional, now);
    note_insured(market, transfer.sale.money.reward_from_insurance, now);
}

Result<CollateralTransfer> plan_collateral_transfer(const Account& seller, const Account& buyer,
    AssetId id, const Scene& scene, const LiquidationParams& params, const Insurance& insurance,
    TokenAmount amount_max, Buyer who) noexcept
{
    const Collateral* collateral = seller.find(id);
    if (collateral == nullptr)
        return Error::no_collateral;
    const Result<MarginReport> report = evaluate(seller, scene);
    if (!report)
        return report.error();
    if (GUARD("l1-collateral", !report->liquidatable()))
        return Error::not_liquidatable;
    if (goes_with_slices(seller, *collateral, scene))
        return Error::sold_by_slice;
    if (const Error error = scene.usable(scene.asset(id).underlying, PriceUse::collateral_sale);
        error != Error::ok)
        return error;

    CollateralTransfer transfer;
    transfer.asset = id;
    const Money room = who == Buyer::related
                           ? Money::zero()
                           : collateral_reward_room_floor(seller, scene, params, insurance);
    const SaleTerms terms = sale_terms(params, seller.flag, insurance, room, scene.now());
    const Result<CollateralSale> sale =
        plan_collateral_sale(*report, seller.cash, *collateral, scene, terms, amount_max);
    if (!sale)
        return sale.error();
    transfer.sale = *sale;
    transfer.buyer_pays = sale->payment - sale->money.reward();
    if (GUARD("l5-cash", buyer.cash < transfer.buyer_pays))
        return Error::insufficient_balance;
    if (buyer.find(id) == nullptr && buyer.collaterals.full())
        return Error::too_many_collaterals;
    return transfer;
}

void apply_collateral_transfer(Account& seller, Account& buyer, Insurance& insurance,
    const LiquidationParams& params, Seconds now, const CollateralTransfer& transfer) noexcept
{
    take_collateral(seller, transfer.asset, transfer.sale.amount);
    CHECK(add_collateral(buyer, transfer.asset, transfer.sale.amount));
    seller.cash += transfer.sale.payment;
    buyer.cash -= transfer.sale.payment;
    pay_for(transfer.sale.money, seller, buyer, insurance);
    note_insured_debt(insurance, params, transfer.sale.money.reward_from_insurance, now);
}

Error slice_usable(const Account& account, const Scene& scene) noexcept
{
    for (const Position& position : account.positions) {
        if (is_claim(position))
            continue;  // stays where it is
        if (const Error error = scene.usable(position.market, PriceUse::liquidation);
            error != Error::ok)
            return error;
    }
    for (const Collateral& held : account.collaterals) {
        if (!goes_with_slices(account, held, scene))
            continue;
        const UnderlyingId underlying = scene.asset(held.asset).underlying;
        if (const Error error = scene.usable(underlying, PriceUse::collateral_sale);
            error != Error::ok)
            return error;
    }
    return Error::ok;
}

Money insured_room_floor(const Account& account, const Scene& scene) noexcept
{
    Money total;
    for (const Position& position : account.positions)
        total += limited_notional_ceil(position.market, position.base, scene);
    Money room = MONEY_MAX;
    for (const Position& position : account.positions) {
        const Money own = insured_room_floor(scene.market(position.market), scene.now());
        const Money notional = limited_notional_ceil(position.market, position.base, scene);
        if (own == MONEY_MAX || notional.is_zero())
            continue;
        // A part of notional / total of what is paid counts against this market.
        if (const auto most = num::mul_div_floor(own.raw(), total.raw(), notional.raw()))
            room = MUTANT("w1-weighed", least(room, Money::from_raw(*most)), room);
    }
    return room;
}

Ratio paced_fraction_floor(const MarginReport& report, const Account& account, const Scene& scene,
    const LiquidationParams& params, const Insurance& insurance) noexcept
{
    const Pace pace(params, insurance.sold, account, report, scene.now());
    Money total;
    Ratio most = Ratio::one();
    const auto hold_to = [&](Money room, Money notional) {
        if (room >= notional)
            return;
        const Ratio part = ratio_floor(room, notional);
        most = part < most ? part : most;
    };
    for (const Position& position : account.positions) {
        const Money notional = limited_notional_ceil(position.market, position.base, scene);
        hold_to(pace.room_floor(scene.market(position.market)), notional);
        total += notional;
    }
    if (total <= params.close_out_notional)
        return Ratio::one();
    hold_to(pace.room_floor(), total);
    return most < SLICE_LOT ? Ratio::zero() : most;
}

Money slice_cost_ceil(const Account& seller, const Scene& scene, Ratio fraction) noexcept
{
    Money cost;
    for (const Position& position : seller.positions)
        cost += notional_ceil(sliced_trunc(position.base, fraction), scene.mark(position.market));
    for (const Collateral& held : seller.collaterals)
        if (goes_with_slices(seller, held, scene))
            cost += collateral_cost_ceil(held.asset, sliced_floor(held.amount, fraction), scene);
    return cost;
}

namespace {

/// One position's part of a slice.
struct Moving
{
    MarketId market;
    Quantity base;
};

/// What the buyer of a slice must have room for.
struct Takings
{
    Money cash;  ///< What it pays at once: for options and collateral.
    std::size_t new_positions = 0;
    std::size_t closed_positions = 0;  ///< Its own, which what it takes over cancels.
    std::size_t new_collaterals = 0;
};

Error plan_takings(const Account& seller, const Account& buyer, const Scene& scene, Ratio part,
    Takings& takings) noexcept
{
    for (const Position& position : seller.positions) {
        const MarketId id = position.market;
        const Quantity sold = sliced_trunc(position.base, part);
        if (sold.is_zero())
            continue;
        const Price mark = scene.mark(id);
        const Result<Leg> from = plan_leg(seller, scene.market(id), id, -sold, mark, mark);
        if (!from)
            return from.error();
        Position taken;
        taken.market = id;
        const Position* held = buyer.find(id);
        const Result<Leg> to =
            plan_leg(held != nullptr ? *held : taken, scene.market(id), sold, mark, mark);
        if (!to)
            return to.error();
        takings.cash -= to->cash;
        if (held == nullptr)
            ++takings.new_positions;
        else if (to->after.base.is_zero() && !to->after.quote.is_positive())
            ++takings.closed_positions;  // with a profit it may stay as a claim
    }
    for (const Collateral& held : seller.collaterals) {
        const TokenAmount sold = sliced_floor(held.amount, part);
        if (!goes_with_slices(seller, held, scene) || sold.is_zero())
            continue;
        takings.cash += collateral_cost_ceil(held.asset, sold, scene);
        takings.new_collaterals += buyer.find(held.asset) == nullptr ? 1U : 0U;
    }
    return Error::ok;
}

}  // namespace

Result<SliceOffer> offer_slice(const MarginReport& report, const Account& seller,
    const Scene& scene, const LiquidationParams& params, const Insurance& insurance,
    Ratio fraction_max, Buyer who) noexcept
{
    const Ratio paced = paced_fraction_floor(report, seller, scene, params, insurance);
    if (paced.is_zero())
        return Error::pace_reached;
    Money room = who == Buyer::related ? Money::zero() : insured_room_floor(seller, scene);
    if (GUARD("w1-slice-debts", any_goes_with_slices(seller, scene)))
        room = least(room, debt_reward_room_floor(seller, scene, params, insurance));
    SliceOffer offer;
    offer.terms = sale_terms(params, seller.flag, insurance, room, scene.now());
    const Result<SliceSale> sale =
        plan_slice(report, seller, scene, offer.terms, paced < fraction_max ? paced : fraction_max);
    if (!sale)
        return sale.error();
    offer.sale = *sale;
    return offer;
}

Result<SliceTransfer> plan_slice_transfer(const Account& seller, const Account& buyer,
    const Scene& scene, const LiquidationParams& params, const Insurance& insurance,
    Ratio fraction_max, Buyer who) noexcept
{
    const Result<MarginReport> report = evaluate(seller, scene);
    if (!report)
        return report.error();
    if (GUARD("l1-slice", !report->liquidatable()))
        return Error::not_liquidatable;
    if (const Error error = slice_usable(seller, scene); error != Error::ok)
        return error;
    const Result<SliceOffer> offer =
        offer_slice(*report, seller, scene, params, insurance, fraction_max, who);
    if (!offer)
        return offer.error();
    const SliceSale& sale = offer->sale;

    SliceTransfer transfer;
    transfer.sale = sale;
    Takings takings;
    if (const Error error = plan_takings(seller, buyer, scene, sale.fraction, takings);
        error != Error::ok)
        return error;
    if (buyer.positions.size() + takings.new_positions > POSITIONS_MAX + takings.closed_positions)
        return Error::too_many_positions;
    if (buyer.collaterals.size() + takings.new_collaterals > COLLATERALS_MAX)
        return Error::too_many_collaterals;
    const Money cash = takings.cash - sale.money.reward();
    if (GUARD("l5-slice-cash", cash.is_positive() && buyer.cash < cash))
        return Error::insufficient_balance;
    transfer.buyer_pays = slice_cost_ceil(seller, scene, sale.fraction) - sale.money.reward();
    return transfer;
}

void apply_slice_transfer(Account& seller, Account& buyer, const MarketSet& markets,
    Insurance& insurance, const LiquidationParams& params, const Scene& scene,
    const SliceTransfer& transfer) noexcept
{
    const Ratio part = transfer.sale.fraction;
    // What the buyer holds comes first: what that closes makes room for the rest.
    List<Moving, POSITIONS_MAX> moving;
    for (const bool held : {true, false})
        for (const Position& position : seller.positions) {
            const Quantity sold = sliced_trunc(position.base, part);
            if (!sold.is_zero() && (buyer.find(position.market) != nullptr) == held)
                CHECK(moving.push(Moving{position.market, sold}));
        }
    const Money reward = transfer.sale.money.reward_from_insurance;
    if (any_goes_with_slices(seller, scene))
        note_insured_debt(insurance, params, reward, scene.now());
    Money total;
    for (const Moving& leg : moving)
        total += limited_notional_ceil(leg.market, leg.base, scene);
    Money left = reward;
    for (const Moving& leg : moving) {
        Market& market = markets.at(leg.market);
        // Both were planned. Earlier legs are of other markets and leave these two as they were.
        const Price mark = scene.mark(leg.market);
        const Result<Leg> from = plan_leg(seller, market, leg.market, -leg.base, mark, mark);
        const Result<Leg> to = plan_leg(buyer, market, leg.market, leg.base, mark, mark);
        CHECK(from && to);
        const Money notional = limited_notional_ceil(leg.market, leg.base, scene);
        note_sold(params, seller.flag, market, insurance.sold, notional, scene.now());
        const Money insured =
            least(left, total.is_positive() ? weigh_ceil(reward, notional, total) : left);
        note_insured(market, insured, scene.now());
        left -= insured;
        apply_leg(seller, market, *from);
        apply_leg(buyer, market, *to);
    }
    for (std::size_t i = 0; i < seller.collaterals.size();) {
        const Collateral held = seller.collaterals[i];
        const TokenAmount sold = sliced_floor(held.amount, part);
        const std::size_t count = seller.collaterals.size();
        if (goes_with_slices(seller, held, scene) && !sold.is_zero()) {
            const Money cost = collateral_cost_ceil(held.asset, sold, scene);
            take_collateral(seller, held.asset, sold);
            CHECK(add_collateral(buyer, held.asset, sold));
            seller.cash += cost;
            buyer.cash -= cost;
        }
        if (seller.collaterals.size() == count)
            ++i;
    }
    pay_for(transfer.sale.money, seller, buyer, insurance);
}

bool add_collateral(Account& account, AssetId id, TokenAmount amount) noexcept
{
    if (Collateral* held = account.find(id)) {
        held->amount += amount;
        return true;
    }
    return account.collaterals.push(Collateral{id, amount});
}

void take_collateral(Account& account, AssetId id, TokenAmount amount) noexcept
{
    for (std::size_t i = 0; i < account.collaterals.size(); ++i) {
        Collateral& held = account.collaterals[i];
        if (held.asset != id)
            continue;
        held.amount -= amount;
        if (held.amount.is_zero())
            account.collaterals.erase(i);
        return;
    }
    CHECK(false);
}

}  // namespace plimsoll
