// plimsoll: host-sim/checker/ledger.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, checker. Sums over all stored records, kept up to date from one call to the next.
// Promises: the same as adding everything up afresh (a test compares); after a call only records that
// changed are decoded again, and only positions of a market whose indexes moved are viewed again.
// Never: changes a record.
#pragma once

#include "contract/records.hpp"
#include "engine/solvency/side_index.hpp"
#include "host-sim/vm/storage.hpp"

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace plimsoll::sim {

/// A record that does not decode, or an account that cannot be viewed.
class LedgerError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// What the views of all positions in one market add up to.
struct MarketSums
{
    num::i128 long_base = 0;   ///< >= 0.
    num::i128 short_base = 0;  ///< Of magnitudes, >= 0.
    num::i128 quote = 0;
    std::uint64_t stages = 0;  ///< Roundings that the views crossed and no touch has counted yet.

    MarketSums& operator+=(const MarketSums& other) noexcept;
    MarketSums& operator-=(const MarketSums& other) noexcept;
    [[nodiscard]] bool operator==(const MarketSums& other) const noexcept = default;
};

struct LedgerSums
{
    Money cash;
    std::array<MarketSums, MARKETS_MAX> markets{};
    std::array<num::i128, ASSETS_MAX> collateral{};  ///< Base units held by accounts.

    [[nodiscard]] bool operator==(const LedgerSums& other) const noexcept = default;
};

class Ledger
{
public:
    /// Reads what has changed. @throws LedgerError.
    void update(const Storage::Records& records);

    [[nodiscard]] const LedgerSums& sums() const noexcept { return m_sums; }
    [[nodiscard]] const contract::House& house() const noexcept { return m_house.value; }
    [[nodiscard]] const contract::Config& config() const noexcept { return m_config.value; }
    /// At its defaults where governance has set no interest.
    [[nodiscard]] const CashPool& cash_pool() const noexcept { return m_cash.value; }
    [[nodiscard]] const Market& market(std::size_t number) const noexcept
    {
        return m_markets[number].value.market;
    }
    [[nodiscard]] std::size_t market_count() const noexcept { return m_markets.size(); }
    [[nodiscard]] std::size_t account_count() const noexcept { return m_accounts.size(); }

private:
    /// A record as last seen, as bytes and as a value.
    template <class Record>
    struct Cached
    {
        std::string bytes;
        Record value;
    };

    struct CachedAccount
    {
        std::string bytes;
        Account value;
        std::vector<std::pair<std::uint16_t, MarketSums>> views;
    };

    template <class Record>
    bool refresh(const Storage::Records& records, std::string_view key, Cached<Record>& cached);
    [[nodiscard]] std::vector<bool> refresh_markets(const Storage::Records& records);
    void refresh_accounts(const Storage::Records& records, const std::vector<bool>& moved);
    void add_holdings(const Account& account, bool add);
    void view_positions(
        const Storage::Records& records, CachedAccount& account, const std::vector<bool>* only);

    Cached<contract::Config> m_config;
    Cached<contract::House> m_house;
    Cached<CashPool> m_cash;
    std::vector<Cached<contract::MarketRecord>> m_markets;
    std::vector<CachedAccount> m_accounts;  ///< In the order of their numbers.
    LedgerSums m_sums;
};

}  // namespace plimsoll::sim
