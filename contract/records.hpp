// plimsoll: contract/records.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the hall. What the clearinghouse remembers: the records, their keys and their bytes.
// Promises: versioned little-endian bytes, no padding, used entries only; keys of one kind sort by number;
// a record that does not decode to values in range is refused, so nothing further in has to doubt it.
// Records are split by who writes them, so that a call writes few. docs/storage.md has every field.
// Never: reads or writes storage. That is store.hpp.
#pragma once

#include "contract/address.hpp"
#include "contract/bounded_text.hpp"
#include "engine/error.hpp"
#include "engine/model/account.hpp"
#include "engine/model/board.hpp"
#include "engine/model/cash_params.hpp"
#include "engine/model/chain_clock.hpp"
#include "engine/model/correlation.hpp"
#include "engine/model/feed.hpp"
#include "engine/model/governance_params.hpp"
#include "engine/model/insurance.hpp"
#include "engine/model/limited.hpp"
#include "engine/model/market.hpp"
#include "engine/model/params.hpp"
#include "engine/model/portfolio_params.hpp"
#include "engine/model/settlement.hpp"
#include "engine/model/stable_price_state.hpp"
#include "engine/model/surface.hpp"
#include "engine/model/volatility_params.hpp"
#include "engine/model/volatility_state.hpp"
#include "engine/ops/delegation.hpp"
#include "engine/solvency/cash_index.hpp"
#include "engine/solvency/staking.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::contract {

/// Records are written with this schema, and read with any since the oldest: a field that an older record
/// lacks stays at its default (`since` in record_walk.hpp).
inline constexpr std::uint8_t SCHEMA = 3;
inline constexpr std::uint8_t SCHEMA_OLDEST = 2;
inline constexpr std::size_t DELEGATIONS_MAX = 8;
inline constexpr UnderlyingId NO_QUOTE_FEED{0xFFFF};

struct ListedAsset
{
    Denom denom;
    Symbol symbol;
    Asset params;
};

struct ListedUnderlying
{
    Symbol symbol;
    Underlying params;
    bool has_scenarios = false;  ///< Whether there is a record of portfolio margin on it.
    WideningParams widening;     ///< Not given: its scenarios stay as listed.
    Ratio listed_range;          ///< least_range() of its scenarios; only with widening.
    Seconds settles_from;        ///< The first window of its settlements opens then; zero: none.
    bool has_feed = false;       ///< Whether there is a record of its sources of prices.
    Ratio fee_most;              ///< The highest fee that a market on it has ever asked.
};

/// Written by governance and the guardian, and when a market settles.
struct Config
{
    LiquidationParams liquidation;
    OracleParams oracle;
    ObservationParams observation;
    UnderlyingId quote_feed = NO_QUOTE_FEED;  ///< What prices the quote; none: it is at its peg.
    Pauses pauses;
    std::uint16_t market_count = 0;
    List<ListedAsset, ASSETS_MAX> assets;  ///< The quote first.
    List<ListedUnderlying, UNDERLYINGS_MAX> underlyings;
    CashParams cash;              ///< Not given: no interest, no gate, no staking.
    SettlementParams settlement;  ///< Of markets to be listed, or wound down, from now on.
    GovernanceParams governance;
    std::uint16_t governors =
        1;  ///< Holders of the role governance; one, where nobody has counted.
    std::uint64_t proposals = 0;  ///< Put down so far; the last one's number.
};

/// What governance will do, as it was said.
struct Proposal
{
    Address proposer;
    Seconds eta;          ///< From this time on it can be executed,
    Seconds expires;      ///< and from this time on no longer.
    std::string message;  ///< JSON of a GovernanceMessage; it is read again when it is executed.
};

/// Written by every call that changes anything.
struct Counters
{
    std::uint64_t accounts = 0;  ///< Opened so far; the last one's number.
    std::uint64_t events = 0;    ///< Announced so far; the last one's sequence number.
};

/// Written when tokens move in or out, and when the insurance earns or pays.
struct House
{
    Insurance insurance;
    TokenAmount held[ASSETS_MAX];  ///< Tokens that the contract should hold, by asset.
    Staking staking;
};

/// Written by publishers, and by whoever brings a price or the clock.
struct Prices
{
    std::uint16_t count = 0;  ///< Underlyings that the record covers.
    FeedPrice feeds[UNDERLYINGS_MAX];
    ChainClock clock;
};

/// A contract that answers as Pyth's does.
struct PythSource
{
    Address contract;  ///< Empty: none.
    FeedId feed_id;    ///< 64 lower-case hexadecimal digits.

    [[nodiscard]] bool given() const noexcept { return !contract.empty(); }
};

/// Where the prices of an underlying come from; written by governance. The Pyth contract is the source after
/// the last publisher.
struct FeedSources
{
    List<Address, FEED_PUBLISHERS_MAX> publishers;
    PythSource pyth;
    FeedParams params;

    [[nodiscard]] std::size_t count() const noexcept
    {
        return publishers.size() + (pyth.given() ? 1U : 0U);
    }
};

/// What they last said, by source; and a price that waits to be confirmed. Written with every report.
struct FeedReports
{
    List<PriceReport, FEED_SOURCES_MAX> reports;
    JumpState jump;
};

/// Written at instants of observation. The pairs of `state` are records of their own, since a call
/// touches few of them.
struct Observed
{
    std::uint16_t underlyings = 0;  ///< That the record covers,
    std::uint16_t assets = 0;       ///< likewise.
    VolatilityState state;
    Limited ranges[UNDERLYINGS_MAX];  ///< Of shocks at maintenance,
    Limited haircuts[ASSETS_MAX];     ///< and of what volatility takes off an asset's weight.
};

/// So many pairs are in one record, by Correlation::slot.
inline constexpr std::size_t PAIRS_A_RECORD = PAIRS_PER_CALL;
inline constexpr std::size_t PAIR_RECORDS_MAX = (PAIRS_MAX + PAIRS_A_RECORD - 1) / PAIRS_A_RECORD;

struct ObservedPairs
{
    PairCorrelation pairs[PAIRS_A_RECORD];
};

/// Written with every price. Of the delay prices only the oldest is here, which is all that is needed until
/// an interval ends.
struct StablePrices
{
    std::uint16_t count = 0;
    StablePrice prices[UNDERLYINGS_MAX];
};

/// Written at ends of intervals.
struct StableDelays
{
    Price delays[STABLE_DELAYS];
};

struct MarketRecord
{
    Symbol symbol;
    Market market;
};

struct Delegation
{
    Address venue;
    Seconds expires;  ///< From this time on it no longer holds; zero: it does not expire.

    [[nodiscard]] constexpr bool holds(Seconds now) const noexcept
    {
        return expires.is_zero() || expires > now;
    }

    DelegationLimits limits;
    DelegationUse use;  ///< Kept only where there are limits.
};

/// What an account is in the pool of all cash. All zero while nothing is configured, and until it takes part.
struct CashShare
{
    num::i128 index =
        0;  ///< Of its cash's side as of the last change; zero: it does not take part yet.
    GateShare gate;
    Money expected_deficit;  ///< Its part of Staking::expected_deficits.
};

struct AccountRecord
{
    Address owner;
    List<Delegation, DELEGATIONS_MAX> delegations;
    Account account;
    CashShare share;
};

struct RoleRecord
{
    std::uint32_t roles = 0;
    std::uint64_t nonce = 0;    ///< A venue's last settlement.
    std::uint32_t offered = 0;  ///< Roles that the address may accept.
};

/// Keys: the length of the kind in one byte, the kind, then the number big-endian (or the address).
[[nodiscard]] std::string config_key();
[[nodiscard]] std::string counters_key();
[[nodiscard]] std::string house_key();
[[nodiscard]] std::string cash_key();  ///< CashPool.
[[nodiscard]] std::string stake_key(std::string_view address);
[[nodiscard]] std::string prices_key();
[[nodiscard]] std::string feed_key(UnderlyingId id);     ///< FeedSources.
[[nodiscard]] std::string reports_key(UnderlyingId id);  ///< FeedReports.
[[nodiscard]] std::string risk_key(UnderlyingId id);     ///< PortfolioParams.
[[nodiscard]] std::string surface_key(UnderlyingId id);  ///< Surfaces.
[[nodiscard]] std::string settlements_key(UnderlyingId id);
[[nodiscard]] std::string correlation_key();
[[nodiscard]] std::string observed_key();
[[nodiscard]] std::string pairs_key(std::uint16_t group);
[[nodiscard]] std::string stable_key();
[[nodiscard]] std::string delays_key(UnderlyingId id);
[[nodiscard]] std::string market_key(MarketId id);
[[nodiscard]] std::string epoch_key(MarketId id, Side side, std::uint32_t number);
[[nodiscard]] std::string account_key(AccountId id);
[[nodiscard]] std::string proposal_key(std::uint64_t id);
[[nodiscard]] std::string role_key(std::string_view address);

[[nodiscard]] std::string encode(const Config& record);
[[nodiscard]] std::string encode(const Counters& record);
[[nodiscard]] std::string encode(const House& record);
[[nodiscard]] std::string encode(const CashPool& record);
[[nodiscard]] std::string encode(const Stake& record);
[[nodiscard]] std::string encode(const Prices& record);
[[nodiscard]] std::string encode(const FeedSources& record);
[[nodiscard]] std::string encode(const FeedReports& record);
[[nodiscard]] std::string encode(const PortfolioParams& record);
[[nodiscard]] std::string encode(const Surfaces& record);
/// Written by prices of its windows, and when markets are listed, wound down or settled.
[[nodiscard]] std::string encode(const Settlements& record);
[[nodiscard]] std::string encode(const Correlation& record);
[[nodiscard]] std::string encode(const Observed& record);
[[nodiscard]] std::string encode(const ObservedPairs& record);
[[nodiscard]] std::string encode(const StablePrices& record);
[[nodiscard]] std::string encode(const StableDelays& record);
[[nodiscard]] std::string encode(const MarketRecord& record);
[[nodiscard]] std::string encode(const EpochRecord& record);
[[nodiscard]] std::string encode(const AccountRecord& record);
[[nodiscard]] std::string encode(const RoleRecord& record);
[[nodiscard]] std::string encode(const Proposal& record);

/// ok, unsupported_schema or corrupt_record. After an error do not use `out`.
[[nodiscard]] Error decode(std::string_view bytes, Config& out);
[[nodiscard]] Error decode(std::string_view bytes, Counters& out);
[[nodiscard]] Error decode(std::string_view bytes, House& out);
[[nodiscard]] Error decode(std::string_view bytes, CashPool& out);
[[nodiscard]] Error decode(std::string_view bytes, Stake& out);
/// @pre `out` is at its defaults; likewise the next two
[[nodiscard]] Error decode(std::string_view bytes, Prices& out);
[[nodiscard]] Error decode(std::string_view bytes, FeedSources& out);
[[nodiscard]] Error decode(std::string_view bytes, FeedReports& out);
[[nodiscard]] Error decode(std::string_view bytes, PortfolioParams& out);
[[nodiscard]] Error decode(std::string_view bytes, Surfaces& out);
[[nodiscard]] Error decode(std::string_view bytes, Settlements& out);
[[nodiscard]] Error decode(std::string_view bytes, Correlation& out);
/// @pre `out` is at its defaults; likewise the next three
[[nodiscard]] Error decode(std::string_view bytes, Observed& out);
[[nodiscard]] Error decode(std::string_view bytes, ObservedPairs& out);
[[nodiscard]] Error decode(std::string_view bytes, StablePrices& out);
[[nodiscard]] Error decode(std::string_view bytes, StableDelays& out);
[[nodiscard]] Error decode(std::string_view bytes, MarketRecord& out);
[[nodiscard]] Error decode(std::string_view bytes, EpochRecord& out);
[[nodiscard]] Error decode(std::string_view bytes, AccountRecord& out);
[[nodiscard]] Error decode(std::string_view bytes, RoleRecord& out);
[[nodiscard]] Error decode(std::string_view bytes, Proposal& out);

}  // namespace plimsoll::contract
