// plimsoll: engine/ops/liquidate.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See liquidate.hpp.
#include "engine/ops/liquidate.hpp"

namespace plimsoll {

Result<PositionTransfer> plan_position_transfer(const Account& seller, const Account& buyer,
    MarketId id, const Scene& scene, const LiquidationParams& params, const Insurance& insurance,
    Quantity size_max) noexcept
{
    const Position* position = seller.find(id);
    if (position == nullptr || position->base.is_zero())
        return Error::no_position;
    const Result<HealthReport> report = evaluate(seller, scene);
    if (!report)
        return report.error();
    if (!report->liquidatable())
        return Error::not_liquidatable;
    const Market& market = scene.market(id);
    const UnderlyingId underlying = market.params.underlying;
    if (const Error error = scene.usable(underlying, PriceUse::liquidation); error != Error::ok)
        return error;

    PositionTransfer transfer;
    transfer.market = id;
    transfer.mark = scene.mark(id);
    const SaleTerms terms = sale_terms(params, seller.flag, insurance, scene.now());
    const Result<PositionSale> sale = plan_position_sale(*report, position->base, position->quote,
        transfer.mark, scene.underlying(underlying), market.params.lot, terms, size_max);
    if (!sale)
        return sale.error();
    transfer.sale = *sale;
    const Quantity dq = position->base.is_positive() ? sale->size : -sale->size;
    const Result<Leg> sold = plan_leg(seller, market, id, -dq, transfer.mark);
    if (!sold)
        return sold.error();
    const Result<Leg> bought = plan_leg(buyer, market, id, dq, transfer.mark);
    if (!bought)
        return bought.error();
    transfer.seller = *sold;
    transfer.buyer = *bought;
    // ceil: what the buyer pays at mark rounds up, for the house.
    transfer.buyer_pays = notional_ceil(dq, transfer.mark) - sale->money.reward();
    return transfer;
}

void apply_position_transfer(Account& seller, Account& buyer, Market& market, Insurance& insurance,
    const PositionTransfer& transfer) noexcept
{
    const SaleMoney& money = transfer.sale.money;
    apply_leg(seller, market, transfer.seller);
    apply_leg(buyer, market, transfer.buyer);
    seller.cash -= money.reward_from_account + money.fee;
    buyer.cash += money.reward();
    insurance.balance -= money.reward_from_insurance;
    CHECK(!insurance.balance.is_negative());
    insurance.receive(money.fee);
    ++seller.nonce;
    ++buyer.nonce;
}

Result<CollateralTransfer> plan_collateral_transfer(const Account& seller, const Account& buyer,
    AssetId id, const Scene& scene, const LiquidationParams& params, const Insurance& insurance,
    TokenAmount amount_max) noexcept
{
    const Collateral* collateral = seller.find(id);
    if (collateral == nullptr)
        return Error::no_collateral;
    const Result<HealthReport> report = evaluate(seller, scene);
    if (!report)
        return report.error();
    if (!report->liquidatable())
        return Error::not_liquidatable;
    if (const Error error = scene.usable(scene.asset(id).underlying, PriceUse::liquidation);
        error != Error::ok)
        return error;

    CollateralTransfer transfer;
    transfer.asset = id;
    const SaleTerms terms = sale_terms(params, seller.flag, insurance, scene.now());
    const Result<CollateralSale> sale =
        plan_collateral_sale(*report, seller.cash, *collateral, scene, terms, amount_max);
    if (!sale)
        return sale.error();
    transfer.sale = *sale;
    transfer.buyer_pays = sale->payment - sale->money.reward();
    if (buyer.cash < transfer.buyer_pays)
        return Error::insufficient_balance;
    if (buyer.find(id) == nullptr && buyer.collaterals.full())
        return Error::too_many_collaterals;
    return transfer;
}

void apply_collateral_transfer(Account& seller, Account& buyer, Insurance& insurance,
    const CollateralTransfer& transfer) noexcept
{
    const SaleMoney& money = transfer.sale.money;
    take_collateral(seller, transfer.asset, transfer.sale.amount);
    CHECK(add_collateral(buyer, transfer.asset, transfer.sale.amount));
    seller.cash += transfer.sale.payment - money.reward_from_account - money.fee;
    buyer.cash -= transfer.buyer_pays;
    insurance.balance -= money.reward_from_insurance;
    CHECK(!insurance.balance.is_negative());
    insurance.receive(money.fee);
    ++seller.nonce;
    ++buyer.nonce;
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
