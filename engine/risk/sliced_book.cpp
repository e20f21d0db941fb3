// plimsoll: engine/risk/sliced_book.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See sliced_book.hpp.
#include "engine/risk/sliced_book.hpp"

#include "engine/model/limits.hpp"
#include "engine/model/list.hpp"
#include "engine/mutation.hpp"
#include "engine/risk/account_book.hpp"

namespace plimsoll {
namespace {

/// Whether the position has base now, touched or not. One that nothing is known of counts as it stands.
bool has_base(const Position& position, const Market& market, const Scene& scene) noexcept
{
    if (position.base.is_zero())
        return false;
    const Result<PositionView> now = view(position, market.indexes, scene.epochs());
    return MUTANT("l2-base-now", !now || !now->base.is_zero(), true);
}

}  // namespace

bool is_sold_by_slices(const Account& account, const Scene& scene) noexcept
{
    if (account.mode == MarginMode::portfolio)
        return true;
    List<const MarketParams*, POSITIONS_MAX> futures;
    for (const Position& position : account.positions) {
        const Market& market = scene.market(position.market);
        const MarketParams& params = market.params;
        if (market.closed() || params.kind == MarketKind::perpetual ||
            !has_base(position, market, scene))
            continue;
        if (params.kind == MarketKind::option)
            return true;
        for (const MarketParams* other : futures)
            if (GUARD("l2-netted-futures",
                    other->underlying == params.underlying && other->expiry == params.expiry))
                return true;
        CHECK(futures.push(&params));
    }
    return false;
}

bool goes_with_slices(const Account& account, const Collateral& held, const Scene& scene) noexcept
{
    const Asset& asset = scene.asset(held.asset);
    return account.mode == MarginMode::portfolio && asset.risk_cancelling &&
           scene.portfolio(asset.underlying) != nullptr && !scene.failed(asset.underlying);
}

bool any_goes_with_slices(const Account& account, const Scene& scene) noexcept
{
    for (const Collateral& held : account.collaterals)
        if (goes_with_slices(account, held, scene))
            return true;
    return false;
}

Money collateral_cost_ceil(AssetId id, TokenAmount amount, const Scene& scene) noexcept
{
    const Asset& asset = scene.asset(id);
    return notional_ceil(
        quantity_from_tokens(amount, asset.decimals), scene.index(asset.underlying));
}

SlicedBook::SlicedBook(const Account& account, const Scene& scene) noexcept
  : m_account(account), m_scene(scene), m_book(book_of(account, scene))
{
    if (m_book)
        m_cash = m_book->cash;
}

Result<MarginReport> SlicedBook::without(Ratio part) noexcept
{
    if (!m_book)
        return m_book.error();
    MarginMemory& memory = m_scene.memory();
    Money cash = m_cash;
    for (BookLeg& leg : memory.legs.span()) {
        const MarketId id{leg.instrument};
        const Position* held = m_account.find(id);
        if (held == nullptr)
            continue;  // orders alone
        const Quantity sold = sliced_trunc(held->base, part);
        const Money proceeds = notional_floor(sold, m_scene.mark(id));
        leg.base = held->base - sold;
        leg.quote = held->quote;
        if (leg.kind == LegKind::option)
            cash += proceeds;
        else
            leg.quote += proceeds;
        // A position without base is closed. Its quote counts like cash at maintenance, whether it becomes
        // cash or a claim; at initial a claim counts less, and nobody asks for that here.
        leg.is_position = !leg.base.is_zero();
        if (!leg.is_position) {
            cash += leg.quote;
            leg.quote = Money::zero();
        }
    }
    for (std::size_t i = 0; i < m_account.collaterals.size(); ++i) {
        const Collateral& held = m_account.collaterals[i];
        if (!goes_with_slices(m_account, held, m_scene))
            continue;
        const TokenAmount sold = sliced_floor(held.amount, part);
        memory.collaterals[i].amount =
            quantity_from_tokens(held.amount - sold, m_scene.asset(held.asset).decimals);
        cash += collateral_cost_ceil(held.asset, sold, m_scene);
    }
    m_book->cash = cash;
    return margin(*m_book, memory.work);
}

}  // namespace plimsoll
