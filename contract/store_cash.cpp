// plimsoll: contract/store_cash.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the hall. See store.hpp. What every account's cash has to do with the pool of all cash: brought up to
// its indexes when the account is loaded, counted again when it is written. Handlers need not know.
#include "contract/store.hpp"
#include "engine/mutation.hpp"

namespace plimsoll::contract {
namespace {

/// Profit of closed positions that waits for its market's pool.
Money claims_of(const Account& account)
{
    Money claims;
    for (const Position& position : account.positions)
        if (is_claim(position))
            claims += position.quote;
    return claims;
}

/// worth(asset, quantity) for everything that the house took over, in the order of assets.
template <class Each>
void each_of_inventory(const Insurance& insurance, const Config& config, const Each& each)
{
    for (std::size_t i = 1; i < config.assets.size(); ++i) {
        if (insurance.inventory[i].is_zero())
            continue;
        const Asset& asset = config.assets[i].params;
        each(asset, quantity_from_tokens(insurance.inventory[i], asset.decimals));
    }
}

/// One changed account, as it leaves the call.
void replace(CashPool& pool, const LoadedAccount& loaded)
{
    const Account& account = loaded.record.account;
    if (loaded.takes_part) {
        pool.residue += loaded.stored - loaded.cash.floor;
        pool.claims -= loaded.claims;
    }
    replace_cash(pool, loaded.cash, account.cash);
    pool.claims += claims_of(account);
}

}  // namespace

const CashPool* Store::cash_pool()
{
    m_error = Error::ok;
    if (!m_config.cash.borrow.given())
        return nullptr;
    if (m_cash == nullptr) {
        auto loaded = fresh<Loaded<CashPool>>();
        if (!load(cash_key(), loaded->record, Error::corrupt_record))
            return nullptr;
        CashPool& pool = loaded->record;
        accrue_cash(pool, m_config.cash.borrow, m_board.now);
        if (is_closed(pool.gate, m_config.cash.gate, m_board.now))
            enter_window(pool.gate, m_config.cash.gate, pool.supplied_ceil, m_board.now);
        m_cash = std::move(loaded);
    }
    return &m_cash->record;
}

CashPool* Store::change_cash_pool()
{
    if (cash_pool() == nullptr)
        return nullptr;
    m_cash->changed = true;
    return &m_cash->record;
}

CashPool Store::cash_pool_after() const
{
    CashPool pool = m_cash->record;
    for (const auto& loaded : m_accounts)
        if (loaded->changed)
            replace(pool, *loaded);
    return pool;
}

void Store::start_cash_pool()
{
    m_cash = fresh<Loaded<CashPool>>();
    m_cash->changed = true;
    m_cash->record.accrued = m_board.now;
}

Stake* Store::change_stake(const Address& address)
{
    CHECK(m_stake == nullptr);
    auto stake = std::make_unique<Stake>();
    m_stake_key = stake_key(address.view());
    if (!load_if_there(m_stake_key, *stake))
        return nullptr;
    m_stake = std::move(stake);
    return m_stake.get();
}

Result<Money> Store::inventory_worth(const Insurance& insurance, InventoryUse use)
{
    Money sum;
    Error error = Error::ok;
    each_of_inventory(insurance, m_config, [&](const Asset& asset, Quantity held) {
        const Price stable = stable_price(asset.underlying);
        error = error == Error::ok ? m_error : error;
        const Price price = inventory_price(
            m_board.of(asset.underlying), stable, use, m_board.now, m_config.oracle);
        sum += use == InventoryUse::joining
                   ? notional_ceil(held, price)
                   : resale_price_floor(asset, held, price, m_config.liquidation.share_max);
    });
    if (error != Error::ok)
        return error;
    return sum;
}

Result<InventoryWorth> Store::inventory_worth(const Insurance& insurance)
{
    const Result<Money> joining = inventory_worth(insurance, InventoryUse::joining);
    if (!joining)
        return joining.error();
    const Result<Money> leaving = inventory_worth(insurance, InventoryUse::leaving);
    if (!leaving)
        return leaving.error();
    return less_advanced(insurance, *joining, *leaving);
}

Money Store::inventory_at_last_ceil(const Insurance& insurance) const noexcept
{
    Money sum;
    each_of_inventory(insurance, m_config, [&](const Asset& asset, Quantity held) {
        sum += notional_ceil(held, m_board.of(asset.underlying).price);
    });
    return sum;
}

Money Store::gated_worth_floor(const Insurance& insurance) const noexcept
{
    Money sum;
    each_of_inventory(insurance, m_config, [&](const Asset& asset, Quantity held) {
        const Price price = inventory_price(m_board.of(asset.underlying), Price::zero(),
            InventoryUse::gate, m_board.now, m_config.oracle);
        sum += resale_price_floor(asset, held, price, m_config.liquidation.share_max);
    });
    return sum;
}

Result<Money> Store::shared_deficit(const Insurance& insurance)
{
    const Result<Money> worth = inventory_worth(insurance, InventoryUse::suppliers);
    if (!worth)
        return worth.error();
    return insurance.uncovered(*worth);
}

void Store::settle_gate(CashPool& pool, const Insurance& insurance, Money supplied) const noexcept
{
    const Money open = insurance.open_deficit;
    const Money uncovered =
        open.is_positive() ? insurance.uncovered(gated_worth_floor(insurance)) : open;
    update_gate(pool.gate, m_config.cash.gate, MUTANT("w6-inventory", uncovered, open), supplied,
        m_board.now);
}

CashPool* Store::refresh_gate()
{
    // The insurance's interest repays first, as in every call that moves quote.
    const House* house = change_house();
    CashPool* pool = house == nullptr ? nullptr : change_cash_pool();
    if (pool == nullptr)
        return nullptr;
    const GateParams& params = m_config.cash.gate;
    settle_gate(*pool, house->insurance,
        MUTANT("w6-after", cash_pool_after().supplied_floor, pool->supplied_floor));
    if (is_closed(pool->gate, params, m_board.now))
        enter_window(pool->gate, params, pool->supplied_ceil, m_board.now);
    return pool;
}

/// An account takes part from the first call that changes it while there is a pool.
bool Store::enter_pool(LoadedAccount& loaded)
{
    const CashPool* pool = cash_pool();
    if (pool == nullptr)
        return m_error == Error::ok;
    Account& account = loaded.record.account;
    CashShare& share = loaded.record.share;
    loaded.stored = account.cash;
    loaded.takes_part = share.index != 0;
    if (loaded.takes_part) {
        loaded.cash = cash_now(*pool, account.cash, share.index);
        loaded.claims = claims_of(account);
        account.cash = loaded.cash.floor;
    }
    if (is_closed(pool->gate, m_config.cash.gate, m_board.now))
        enter_window(share.gate, pool->gate, account.cash);
    return true;
}

void Store::commit_cash(Host& host)
{
    if (m_stake != nullptr)
        host.write(m_stake_key, encode(*m_stake));
    if (m_cash == nullptr)
        return;
    bool changed = m_cash->changed;
    for (const auto& loaded : m_accounts)
        changed = changed || loaded->changed;
    if (!changed)
        return;
    // Who is healthy again costs the stakers nothing.
    for (const auto& loaded : m_accounts) {
        CashShare& share = loaded->record.share;
        if (!loaded->changed || loaded->record.account.flag.raised ||
            share.expected_deficit.is_zero())
            continue;
        if (House* house = change_house()) {
            house->staking.expected_deficits -= share.expected_deficit;
            share.expected_deficit = Money::zero();
        }
    }
    CashPool& pool = m_cash->record;
    pool = cash_pool_after();
    for (const auto& loaded : m_accounts)
        loaded->record.share.index = index_of(pool, loaded->record.account.cash);
    if (m_house) {
        const Insurance& insurance = m_house->record.insurance;
        if (m_house->changed) {
            end_worthless_epoch(
                m_house->record.staking, insurance, inventory_at_last_ceil(insurance));
        }
        settle_gate(pool, insurance, pool.supplied_floor);
    }
    host.write(cash_key(), encode(pool));
}

}  // namespace plimsoll::contract
