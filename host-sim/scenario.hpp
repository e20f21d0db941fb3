// plimsoll: host-sim/scenario.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. A scenario file as values: prices, parameters, populations, marks to be met.
// Promises: a file that parses can be run; one that does not names the field that is at fault.
// docs/scenarios.md describes the format.
// Never: judges contract parameters. Those go to the contract as they stand, and it judges them.
#pragma once

#include "engine/model/level.hpp"
#include "engine/model/market_kind.hpp"
#include "engine/model/option_type.hpp"
#include "engine/num/int128.hpp"
#include "engine/units/fixed.hpp"
#include "host-sim/path/bridge.hpp"
#include "host-sim/path/impact.hpp"
#include "host-sim/path/smile.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plimsoll::sim {

/// What is wrong with a scenario, and where: "crash.json: prices[1].waypoints[0]: not a time".
class ScenarioError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// A token of the scenario; number 0 is the quote.
struct Token
{
    std::uint32_t asset = 0;
    std::string denom;
    std::string symbol;
    int decimals = 0;
    std::uint32_t underlying = 0;  ///< Meaningless for the quote.
    Ratio initial_haircut;
    Ratio maintenance_haircut;
};

struct MarketPlan
{
    std::uint32_t market = 0;
    std::string symbol;
    std::uint32_t underlying = 0;
    Quantity lot;
    Ratio fill_band;
    Ratio premium_max;  ///< Perpetuals.
    MarketKind kind = MarketKind::perpetual;
    OptionType type = OptionType::call;  ///< Options,
    Price strike;                        ///< and so are these.
    std::uint64_t expiry_s = 0;          ///< Futures and options; zero for a perpetual.

    [[nodiscard]] bool has_expired(std::uint64_t now_s) const noexcept
    {
        return expiry_s != 0 && expiry_s <= now_s;
    }
};

/// What is known of the options on an underlying besides their series.
struct OptionPlan
{
    std::uint32_t underlying = 0;
    SmilePlan smile;
    std::vector<std::uint64_t> expiries_s;
};

struct PricePlan
{
    std::uint32_t underlying = 0;
    std::string symbol;
    Ratio initial_fraction;
    BridgePlan bridge;
    ImpactPlan impact;
    Ratio premium_share;  ///< Share of the impact that shows in the perpetual only.
};

struct OraclePlan
{
    Ratio deviation;                ///< A round is due when the price has moved by this share,
    std::uint64_t heartbeat_s = 0;  ///< or when the last round is this old.
    Ratio premium_step;  ///< A premium is due when it has moved by this share of the index.
    Ratio confidence_floor;
    Ratio confidence_range_share;  ///< Share of the recent range that is called confidence.
    std::uint32_t confidence_blocks = 1;
};

/// What the chain and the market are like from a block on.
struct Conditions
{
    std::uint32_t from = 0;
    std::uint32_t capacity = 0;          ///< Keeper messages that a block takes.
    Ratio drop;                          ///< Probability that a keeper message is lost.
    Ratio depth;                         ///< Share of the usual market depth.
    Ratio half_spread;                   ///< Of the market makers' quotes.
    Ratio fee_factor;                    ///< Times the keepers' fees.
    std::uint32_t oracle_delay_max = 0;  ///< Blocks between observation and round.
};

struct Behaviour
{
    Ratio wake;         ///< Probability of acting, a block.
    Ratio top_up;       ///< Near the line: probability of depositing more.
    Ratio cut;          ///< Near the line: probability of reducing.
    Ratio take_profit;  ///< In profit: probability of closing and withdrawing.
    Ratio churn;        ///< Otherwise: probability of trading a little.
    Ratio wallet;       ///< Spare quote tokens, as a share of the equity at the start.
};

using Weights = std::vector<std::pair<std::uint32_t, Ratio>>;

struct TraderGroup
{
    std::string name;
    std::uint32_t count = 0;
    Money equity_least;
    Money equity_greatest;
    Ratio leverage_least;
    Ratio leverage_greatest;
    Weights collateral;  ///< Asset number and share of the equity.
    Weights markets;   ///< Market number and share of the notional, or odds when only one is held.
    Ratio long_share;  ///< Probability of being long.
    Ratio both_share;  ///< Probability of holding all markets rather than one.
    Behaviour behaviour;
};

/// Accounts that sell or buy options and hold them.
struct OptionGroup
{
    std::string name;
    std::uint32_t count = 0;
    bool sells = true;
    MarginMode mode = MarginMode::portfolio;
    Money equity_least;
    Money equity_greatest;
    Ratio leverage_least;  ///< Notional at spot of each leg over the equity.
    Ratio leverage_greatest;
    Weights collateral;   ///< Asset number and share of the equity.
    Weights underlyings;  ///< Underlying number and odds: an account holds options on one.
    Ratio calls;          ///< Size of the calls, as a share of the account's size,
    Ratio puts;           ///< and of the puts.
    Ratio hedge;          ///< Share of the options' delta that perpetuals hedge.
    Ratio wake;           ///< Probability of acting, a block.
    Ratio top_up;         ///< Near the line: probability of depositing from the wallet,
    Ratio cut;            ///< else of closing half of everything.
    Ratio wallet;         ///< Spare quote tokens, as a share of the equity at the start.
};

struct MakerPlan
{
    std::string name;
    Money capital;
    Ratio skew;            ///< Shift of the quotes at full inventory. An option's is its spread.
    Money inventory_max;   ///< Greatest notional, a market.
    bool options = false;  ///< Quotes options and nothing else, in portfolio mode.
};

enum class Pick : std::uint8_t
{
    largest,
    oldest,
    smallest,
};

struct KeeperPlan
{
    std::string name;
    std::uint32_t poll_blocks = 1;
    Money capital;
    Money wallet;               ///< Quote tokens outside the contract, for fees.
    Ratio capital_share;        ///< Most of the free margin that one purchase may use.
    Ratio take;                 ///< Least gain, as a share of the notional bought.
    Money fee;                  ///< Bid for a place in a quiet block, a message.
    Money unwind;               ///< Most notional sold on, a block and market.
    std::uint32_t actions = 1;  ///< Most messages, a poll.
    Pick pick = Pick::largest;
    MarginMode mode = MarginMode::standard;
};

/// What a run must have reached to have proven anything.
struct Mark
{
    std::string name;
    std::uint64_t least = 0;
};

struct Scenario
{
    std::string name;
    std::string title;
    std::string source;
    std::string sha256;  ///< Of the file's bytes.
    std::uint64_t start_s = 0;
    std::uint64_t block_s = 0;
    std::uint32_t blocks = 0;
    std::uint64_t seed = 0;

    nlohmann::json contract;  ///< Parameters as they go into messages.
    Money insurance;          ///< Paid in at the start.
    std::vector<Token> tokens;
    std::vector<MarketPlan> markets;  ///< Perpetuals first, then option series.
    std::size_t perpetual_count = 0;
    std::vector<OptionPlan> options;
    std::vector<nlohmann::json> option_markets;  ///< Bodies of set_market, in the markets' order.
    std::vector<nlohmann::json> portfolio_risk;  ///< Bodies of set_portfolio_risk.
    nlohmann::json correlation;                  ///< Body of set_correlation; null: none.
    std::vector<PricePlan> prices;               ///< By underlying number.
    OraclePlan oracle;
    std::vector<Conditions> conditions;
    std::vector<TraderGroup> traders;
    std::vector<OptionGroup> option_groups;  ///< Sellers first, then buyers.
    std::vector<MakerPlan> makers;           ///< Those of perpetuals, then those of options.
    std::vector<KeeperPlan> keepers;
    std::vector<Mark> marks;

    [[nodiscard]] const Conditions& conditions_at(std::uint32_t block) const;
    [[nodiscard]] std::span<const MarketPlan> perpetuals() const
    {
        return {markets.data(), perpetual_count};
    }
};

/// Reads a scenario from the bytes of its file. @throws ScenarioError, which begins with `name`.
[[nodiscard]] Scenario parse_scenario(std::string_view text, std::string_view name = "scenario");

/// Reads a scenario file. @throws ScenarioError, also when it cannot be read.
[[nodiscard]] Scenario load_scenario(const std::string& path);

/// Seconds since 1970 of "2020-03-12T10:45Z"; nullopt when it is not such a time.
[[nodiscard]] std::optional<std::uint64_t> parse_time(std::string_view text);

/// The inverse: "2020-03-12T10:45Z", seconds dropped.
[[nodiscard]] std::string time_text(std::uint64_t time_s);

}  // namespace plimsoll::sim
