// plimsoll: host-sim/agents/views.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. Answers of the contract's queries as values: the only place that knows their
// JSON.
// Promises: an answer that is not as documented stops the run with a QueryError.
#pragma once

#include "engine/model/level.hpp"
#include "engine/units/units.hpp"
#include "host-sim/chain/chain.hpp"

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

namespace plimsoll::sim {

class QueryError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

struct PositionSeen
{
    std::uint32_t market = 0;
    Quantity base;
    Money quote;
};

struct CollateralSeen
{
    std::uint32_t asset = 0;
    num::i128 amount = 0;
};

struct AccountSeen
{
    Money cash;
    std::vector<PositionSeen> positions;
    std::vector<CollateralSeen> collaterals;
    std::uint64_t nonce = 0;
    MarginMode mode = MarginMode::standard;
    bool has_claims = false;  ///< Profit of closed positions that waits for its losers.
    bool has_flat = false;    ///< A position without base, which a touch would take off.

    /// Base held in a market; zero when there is none.
    [[nodiscard]] Quantity base_in(std::uint32_t market) const;
};

struct HealthSeen
{
    Money equity;
    Money initial_health;
    Money maintenance_health;
    Money maintenance_requirement;
    Ratio share;  ///< A buyer's share of freed margin now.
};

/// What the contract says that an account below maintenance margin waits for.
enum class Stage : std::uint8_t
{
    unflagged,  ///< Somebody to start its auction.
    auction,    ///< A buyer.
    resolve,    ///< The house's own stage, which anyone may start.
    touch,      ///< Its positions to be brought up to date first.
};

/// One account in the list of those below maintenance margin.
struct TargetSeen
{
    std::uint64_t account = 0;
    Stage stage = Stage::unflagged;
    Money health;
    std::uint64_t flagged_at = 0;  ///< 0: not flagged.
};

struct PreviewSeen
{
    Quantity base;  ///< What would be taken, without sign.
    Price price;    ///< For the buyer, its reward included.
    std::uint64_t nonce = 0;
};

/// What a slice of a whole book would be.
struct SliceSeen
{
    Ratio fraction;
    Money pays;                           ///< By the buyer, after its reward; signed.
    Money reward;                         ///< To the buyer, all of it.
    std::vector<PositionSeen> positions;  ///< What moves, with its sign; no quotes.
    std::vector<CollateralSeen> collaterals;
    std::uint64_t nonce = 0;
};

struct MarketSeen
{
    Price mark;  ///< Zero before the first price.
    Quantity open_interest;
};

struct InsuranceSeen
{
    Money balance;
    Money open_deficit;
    std::vector<CollateralSeen> inventory;  ///< What the house took over; no zero amounts.
};

[[nodiscard]] AccountSeen see_account(Chain& chain, std::uint64_t account);
[[nodiscard]] HealthSeen see_health(Chain& chain, std::uint64_t account);
/// All accounts below maintenance margin, over all pages.
[[nodiscard]] std::vector<TargetSeen> see_liquidatable(Chain& chain);
/// Nullopt when the contract refuses, with any error: a keeper then looks elsewhere. `by_slice` says whether
/// it refused because this account is sold by slices.
[[nodiscard]] std::optional<PreviewSeen> see_preview(
    Chain& chain, std::uint64_t account, std::uint32_t market, Quantity base_max, bool& by_slice);
/// Nullopt likewise.
[[nodiscard]] std::optional<SliceSeen> see_slice(
    Chain& chain, std::uint64_t account, Ratio fraction_max);
/// The first `count` markets. @pre count > 0
[[nodiscard]] std::vector<MarketSeen> see_markets(Chain& chain, std::size_t count);
[[nodiscard]] InsuranceSeen see_insurance(Chain& chain);

}  // namespace plimsoll::sim
