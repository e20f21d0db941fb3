// plimsoll: host-sim/checker/ledger.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, checker. See ledger.hpp.
#include "host-sim/checker/ledger.hpp"

#include <fmt/format.h>
#include <utility>

namespace plimsoll::sim {
namespace {

/// Ended epochs, straight from the records.
class StoredEpochs final : public EpochSource
{
public:
    explicit StoredEpochs(const Storage::Records& records) : m_records(records) {}
    ~StoredEpochs() = default;

    [[nodiscard]] bool epoch(
        MarketId market, Side side, std::uint32_t number, EpochRecord& out) const noexcept override
    {
        const auto found = m_records.find(contract::epoch_key(market, side, number));
        return found != m_records.end() && contract::decode(found->second, out) == Error::ok;
    }

private:
    const Storage::Records& m_records;
};

bool same_side(const SideIndex& left, const SideIndex& right) noexcept
{
    return left.a == right.a && left.k == right.k && left.epoch == right.epoch;
}

/// Where the keys of all accounts begin: the key of an account without its number.
std::string account_prefix()
{
    std::string key = contract::account_key(AccountId{0});
    key.resize(key.size() - sizeof(std::uint64_t));
    return key;
}

}  // namespace

MarketSums& MarketSums::operator+=(const MarketSums& other) noexcept
{
    long_base += other.long_base;
    short_base += other.short_base;
    quote += other.quote;
    stages += other.stages;
    return *this;
}

MarketSums& MarketSums::operator-=(const MarketSums& other) noexcept
{
    long_base -= other.long_base;
    short_base -= other.short_base;
    quote -= other.quote;
    stages -= other.stages;
    return *this;
}

template <class Record>
bool Ledger::refresh(const Storage::Records& records, std::string_view key, Cached<Record>& cached)
{
    const auto found = records.find(key);
    if (found == records.end() || found->second == cached.bytes)
        return false;
    cached.bytes = found->second;
    if (contract::decode(cached.bytes, cached.value) != Error::ok)
        throw LedgerError(fmt::format("the record under \"{}\" does not decode", key.substr(1)));
    return true;
}

std::vector<bool> Ledger::refresh_markets(const Storage::Records& records)
{
    m_markets.resize(m_config.value.market_count);
    std::vector<bool> moved(m_markets.size(), false);
    for (std::size_t i = 0; i < m_markets.size(); ++i) {
        const MarketIndexes before = m_markets[i].value.market.indexes;
        refresh(
            records, contract::market_key(MarketId{static_cast<std::uint16_t>(i)}), m_markets[i]);
        const MarketIndexes& after = m_markets[i].value.market.indexes;
        moved[i] = !same_side(before.sides[0], after.sides[0]) ||
                   !same_side(before.sides[1], after.sides[1]);
    }
    return moved;
}

void Ledger::add_holdings(const Account& account, bool add)
{
    m_sums.cash = add ? m_sums.cash + account.cash : m_sums.cash - account.cash;
    for (const auto& collateral : account.collaterals) {
        const num::i128 amount = collateral.amount.raw();
        m_sums.collateral[collateral.asset.value] += add ? amount : -amount;
    }
}

void Ledger::view_positions(
    const Storage::Records& records, CachedAccount& account, const std::vector<bool>* only)
{
    const StoredEpochs epochs(records);
    std::size_t slot = 0;
    for (const auto& position : account.value.positions) {
        const std::uint16_t number = position.market.value;
        auto& view_now = account.views[slot++];
        if (only != nullptr && !(*only)[number])
            continue;
        m_sums.markets[view_now.first] -= view_now.second;
        const auto seen = view(position, m_markets[number].value.market.indexes, epochs);
        if (!seen)
            throw LedgerError(fmt::format("a position in market {} cannot be viewed", number));
        const num::i128 base = seen->base.raw();
        view_now = {number, {.long_base = base > 0 ? base : 0,
                                .short_base = base < 0 ? -base : 0,
                                .quote = seen->quote.raw(),
                                .stages = static_cast<std::uint64_t>(seen->stages)}};
        m_sums.markets[number] += view_now.second;
    }
}

void Ledger::refresh_accounts(const Storage::Records& records, const std::vector<bool>& moved)
{
    static const std::string PREFIX = account_prefix();
    bool any_moved = false;
    for (const bool market_moved : moved)
        any_moved = any_moved || market_moved;
    std::size_t number = 0;
    for (auto at = records.lower_bound(PREFIX);
        at != records.end() && at->first.compare(0, PREFIX.size(), PREFIX) == 0; ++at, ++number) {
        if (number == m_accounts.size())
            m_accounts.emplace_back();
        auto& cached = m_accounts[number];
        if (cached.bytes == at->second) {
            if (any_moved)
                view_positions(records, cached, &moved);
            continue;
        }
        add_holdings(cached.value, false);
        for (const auto& [market, sums] : cached.views)
            m_sums.markets[market] -= sums;
        cached.bytes = at->second;
        contract::AccountRecord record;
        if (contract::decode(cached.bytes, record) != Error::ok)
            throw LedgerError(
                fmt::format("the record of the account at place {} does not decode", number));
        cached.value = record.account;
        add_holdings(cached.value, true);
        cached.views.assign(cached.value.positions.size(), {});
        view_positions(records, cached, nullptr);
    }
    if (number != m_accounts.size())
        throw LedgerError("an account's record is gone");
}

void Ledger::update(const Storage::Records& records)
{
    refresh(records, contract::config_key(), m_config);
    refresh(records, contract::house_key(), m_house);
    refresh(records, contract::cash_key(), m_cash);
    const auto moved = refresh_markets(records);
    refresh_accounts(records, moved);
}

}  // namespace plimsoll::sim
