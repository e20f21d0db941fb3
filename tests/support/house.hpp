// plimsoll: tests/support/house.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A small clearinghouse in memory, and short ways to talk to it.
//
//   asset 0 USDC "uusdc" 6 decimals; 1 ETH "aeth" 18, haircuts 0.2 / 0.1; 2 BTC "sat" 8, 0.15 / 0.08
//   underlying 0 ETH at 2000, 1 BTC at 50000; both need 0.1 of notional at first and 0.05 to stay
//   market 0 ETH-PERP, lots of 0.001; 1 BTC-PERP, lots of 0.0001; fills at most 5 % off the index
//   gov, guardian, publisher and venue hold the role of their name; the clock starts at START
//
// Promises: every call through it is also checked for what holds of any call: an error changes no record,
// moves no token and announces nothing; events are numbered without gaps; the bank covers each transfer;
// a query changes nothing; and the books balance (fault()).
#pragma once

#include "contract/contract.hpp"
#include "contract/records.hpp"
#include "tests/support/memory_host.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plimsoll {

/// For the messages of failed tests.
inline std::ostream& operator<<(std::ostream& out, Error error)
{
    return out << name_of(error);
}

}  // namespace plimsoll

namespace plimsoll::test {

inline constexpr std::uint64_t START = 1'700'000'000;
inline constexpr std::uint64_t DAY = 86'400;

/// Lengths of the auction in the ready-made house.
inline constexpr std::uint64_t FAST = 300;
inline constexpr std::uint64_t SLOW = 1'500;

using Coins = std::vector<std::pair<std::string, num::i128>>;

/// What one call answered.
struct Reply : contract::Outcome
{
    [[nodiscard]] bool ok() const { return error == Error::ok; }
    /// The first event of that type, or null.
    [[nodiscard]] const contract::Event* event(std::string_view type) const;
    /// An attribute of the first event of that type; the test fails when there is none.
    [[nodiscard]] std::string event(std::string_view type, std::string_view key) const;
    /// How many events of that type there are.
    [[nodiscard]] int events_of(std::string_view type) const;
    /// The value at a JSON pointer of a query's answer, as text; "null" where there is none.
    [[nodiscard]] std::string at(const std::string& pointer) const;
};

/// The messages, as JSON. Times, nonces and guards that are absent stay out of the text.
namespace say {

using Number = std::uint64_t;
using Text = std::string;

/// Guards of a keeper.
struct Guards
{
    std::optional<Text> worst_price;
    std::optional<Number> nonce;
    std::optional<Number> deadline;
};

struct SliceGuards
{
    std::optional<Text> pay_max;
    std::optional<Number> nonce;
    std::optional<Number> deadline;
};

struct Fill
{
    Number market = 0;
    Number buyer = 0;
    Number seller = 0;
    Text base;
    Text price;
    std::optional<Text> taker = std::nullopt;
    std::optional<Number> ordered = std::nullopt;
};

/// Limits of a delegation; none where absent.
struct Limits
{
    std::vector<Number> markets;
    std::optional<Text> notional_max;
    std::optional<Text> fee_max;
    std::optional<Text> loss_max;
};

/// Everything that set_market takes; the values are those of market 0.
struct Market
{
    Number market = 0;
    Text symbol = "ETH-PERP";
    Number underlying = 0;
    Text lot = "0.001";
    Text fill_band = "0.05";
    Text premium_max = "0.01";
    Number premium_window = 600;
    Number funding_window = 28'800;
    Text funding_cap = "0.5";
    Text open_interest_max = "1000000";
    Text loss_cap = "0.05";
    Text status = "active";
    std::optional<Text> kind;
    std::optional<Number> expiry;
    std::optional<Text> strike;
    std::optional<Text> option_type;
    std::optional<Text> maker_fee;
    std::optional<Text> taker_fee;
    std::optional<bool> fill_at_oracle;
    std::optional<Text> liquidation_max;
    std::optional<Text> insurance_cap;
};

/// A dated market of those values, without what only perpetuals have.
[[nodiscard]] Market future(Number market, Number expiry);
[[nodiscard]] Market option(
    Number market, Number expiry, const Text& strike, const Text& type = "call");

struct Asset
{
    Number asset = 1;
    Text denom = "aeth";
    Text symbol = "ETH";
    Number decimals = 18;
    Number underlying = 0;
    Text initial_haircut = "0.2";
    Text maintenance_haircut = "0.1";
    Text deposit_cap = "1000000000000000000000000";
    std::optional<bool> risk_cancelling;
    std::optional<Text> pool_start;
    std::optional<Text> size_discount;
    std::optional<Text> volatility_multiple;
    std::optional<Number> horizon;
    std::optional<Text> volatility_cap;
    std::optional<Text> confidence;  ///< "threshold/factor"
};

struct Underlying
{
    Number underlying = 0;
    Text symbol = "ETH";
    Text initial_fraction = "0.1";
    Text maintenance_fraction = "0.05";
    Text profit_weight = "0.5";
    std::optional<Text> profit_cap;
    bool scaling = false;  ///< The rules below as samples: none, or all of their fields.
    Text open_interest_lower = "20000000";
    Text open_interest_upper = "50000000";
    bool confidence = false;
    bool depeg = false;
    bool option = false;
    Text maintenance_call = "0.075";
};

/// Everything that set_portfolio_risk takes; scenarios as "spot/vol/damping".
struct PortfolioRisk
{
    Number underlying = 0;
    std::vector<Text> scenarios = {"1.15/up/1", "1.15/down/1", "0.85/up/1", "0.85/down/1",
        "1.15/none/1", "1/none/1", "0.85/none/1", "0.5/up/0.3", "2/up/0.2", "1/skew_linear/1",
        "1/skew_abs/1"};
    Text factor_initial = "1.1";
    Text long_base = "0.96";
    std::optional<Text> widening_multiple;  ///< Over a day, up to 3 times, at maintenance to 2.
};

/// What set_observation takes; each part as a sample, or absent.
struct Observation
{
    bool volatility = true;
    bool correlation = true;
    bool stable_price = true;
    std::optional<Number> quote_feed;
    Text decay = "0.9";
    Text maintenance_per_hour = "0.01";
    Number hold = 3'600;
};

struct Settlement
{
    Number window = 1'800;
    Text coverage = "0.5";
    Number wait = 3'600;
    Text price_bound = "0.1";
};

/// What set_cash takes. Rates a day; gate and staking as samples, or absent.
struct Cash
{
    Text base = "0.0001";
    Text slope_low = "0.0004";
    Text slope_high = "0.01";
    Text kink = "0.8";
    Text reserve_factor = "0.1";
    Text utilisation_max = "0.9";
    Text borrow_cap = "1000000";
    Text supply_loss_cap = "0.1";
    bool gate = false;
    Text absolute = "100";
    Text relative = "0.01";
    Text outflow_share = "0.1";
    Number window = 3'600;
    Number closed_max = 86'400;
    std::optional<Number> unbonding;
};

struct Pair
{
    Number a = 0;
    Number b = 1;
    Text rho = "0.8";
    std::optional<Text> band;
};

/// A surface at a flat forward; the smile is mild.
struct Surface
{
    Number underlying = 0;
    Number expiry = 0;
    Number publish_time = 0;
    Text forward = "2000";
    Text rate = "0.05";
    Text svi_a = "0.01";
    Text svi_b = "0.1";
    std::optional<Text> vol_confidence;
};

struct Orders
{
    Number account = 0;
    Number market = 0;
    Text bid = "0";
    Text ask = "0";
};

struct Params
{
    Text buffer = "0.1";
    Text share_start = "0";
    Text share_fast = "0.2";
    Text share_max = "0.5";
    Text fee_share = "0.05";
    Number fast = FAST;
    Number slow = SLOW;
    Number cool = 3'600;
    Text close_out_notional = "100";
    Text reward_cap = "5000";
    Text debt_cap = "0";
    Number max_age_trade = 60;
    Number max_age_liquidation = 300;
    Number failed_after = 3'600;
    Text max_confidence = "0.02";
    std::optional<Number> shock_after;
    std::optional<Number> longest_block;
    std::optional<Number> gap_min;
    std::optional<Number> grace_max;
    std::optional<Text> pace;  ///< The most notional in a window of ten minutes.
};

/// What set_feed takes; everything absent: no sources.
struct Feed
{
    Number underlying = 0;
    std::vector<Text> publishers;
    std::optional<Number> quorum;
    std::optional<Number> report_max_age;
    std::optional<Text> jump_max;
    std::optional<Number> jump_wait;
    std::optional<Text> pyth;  ///< The contract; it is asked for PYTH_FEED_ID.
};
inline const Text PYTH_FEED_ID = "ff61491a931112ddf1bd8147cd1b641375f79f5825126d665480874634fd0ace";

[[nodiscard]] Text instantiate(const Text& governance = "gov", const Params& params = {},
    const Text& denom = "uusdc", Number decimals = 6);
[[nodiscard]] Text open_account();
[[nodiscard]] Text open_account(const Text& mode);
[[nodiscard]] Text set_mode(Number account, const Text& mode);
[[nodiscard]] Text report_orders(Number nonce, const std::vector<Orders>& orders);
[[nodiscard]] Text push_surfaces(const std::vector<Surface>& surfaces);
[[nodiscard]] Text set_portfolio_risk(const PortfolioRisk& risk);
[[nodiscard]] Text set_correlation(
    const Text& band, const Text& max_relief, const std::vector<Pair>& pairs);
[[nodiscard]] Text deposit(Number account);
[[nodiscard]] Text withdraw(Number account, Number asset, const Text& amount);
[[nodiscard]] Text delegate(
    Number account, const Text& venue, std::optional<Number> expires = std::nullopt);
[[nodiscard]] Text delegate(Number account, const Text& venue, const Limits& limits);
[[nodiscard]] Text transfer(Number from, Number to, Number asset, const Text& amount);
[[nodiscard]] Text batch(const std::vector<Text>& calls);
[[nodiscard]] Text set_timelock(Number timelock, std::optional<Number> pause_max = std::nullopt,
    std::optional<Number> pause_cool = std::nullopt);
[[nodiscard]] Text propose(const Text& message);
[[nodiscard]] Text execute_proposal(Number id);
[[nodiscard]] Text cancel_proposal(Number id);
[[nodiscard]] Text accept_role();
[[nodiscard]] Text dry_run(const Text& message, Number cursor = 0, Number limit = 50);
[[nodiscard]] Text revoke_delegate(Number account, const Text& venue);
[[nodiscard]] Text settle_fills(Number nonce, const std::vector<Fill>& fills);
[[nodiscard]] Text push_price(
    Number underlying, const Text& price, Number publish_time, const Text& confidence = "0");
[[nodiscard]] Text push_premium(Number market, const Text& premium);
[[nodiscard]] Text flag(Number account);
[[nodiscard]] Text liquidate(
    Number account, Number market, Number buyer, const Text& base_max, const Guards& guards = {});
[[nodiscard]] Text liquidate_collateral(
    Number account, Number asset, Number buyer, const Text& amount_max, const Guards& guards = {});
[[nodiscard]] Text liquidate_slice(
    Number account, Number buyer, const Text& fraction_max, const SliceGuards& guards = {});
[[nodiscard]] Text resolve(Number account);
[[nodiscard]] Text touch(Number account);
[[nodiscard]] Text accrue(Number market);
[[nodiscard]] Text fund_insurance();
[[nodiscard]] Text buy_inventory(Number asset, Number buyer, const Text& amount_max,
    std::optional<Text> worst_price = std::nullopt);
[[nodiscard]] Text set_pause(Number actions, std::optional<Number> until = std::nullopt);
[[nodiscard]] Text set_role(const Text& address, Number roles);
[[nodiscard]] Text set_asset(const Asset& asset);
[[nodiscard]] Text set_underlying(const Underlying& underlying);
[[nodiscard]] Text set_market(const Market& market);
[[nodiscard]] Text set_params(const Params& params);
[[nodiscard]] Text set_observation(const Observation& observation);
[[nodiscard]] Text settle(Number account, Number market);
[[nodiscard]] Text claim(Number account, Number market);
[[nodiscard]] Text cover_deficit();
[[nodiscard]] Text set_cash(const Cash& cash);
[[nodiscard]] Text stake();
[[nodiscard]] Text unstake(const Text& shares);
[[nodiscard]] Text claim_unstaked(const Text& min_amount = {});
/// What the contract of a CW20 token says: `wanted` is the inner message.
[[nodiscard]] Text receive(const Text& owner, const Text& amount, const Text& wanted);
[[nodiscard]] Text observe();
[[nodiscard]] Text settle_market(Number market);
[[nodiscard]] Text wind_down(Number market);
[[nodiscard]] Text set_reduce_only(Number market);
[[nodiscard]] Text set_settlement(const Settlement& settlement);
[[nodiscard]] Text set_settlement_price(Number underlying, Number expiry, const Text& price);
[[nodiscard]] Text ask_settlement(Number underlying, Number expiry);
[[nodiscard]] Text set_feed(const Feed& feed);
[[nodiscard]] Text pull_prices(const std::vector<Number>& underlyings);
/// A query of one account, or of one thing with a number: {"health":{"account":7}}.
[[nodiscard]] Text ask(const Text& query, const Text& field, Number id);
[[nodiscard]] Text preview(Number account, Number market, const Text& base_max);
[[nodiscard]] Text preview_slice(Number account, const Text& fraction_max);

}  // namespace say

class Clearinghouse
{
public:
    using Number = std::uint64_t;
    using Text = std::string;

    Clearinghouse();

    /// Executes; on success the coins arrive at the house and its transfers leave it.
    Reply send(const Text& sender, const Text& json, const Coins& funds = {});
    /// The owner sends tokens of a CW20 contract: they arrive first, and go back if the message is refused.
    Reply send_cw20(const Text& token, const Text& owner, num::i128 amount, const Text& wanted);
    [[nodiscard]] Reply ask(const Text& json);

    void wait(Number seconds) { now += seconds; }
    /// Time passes without blocks, but for the one that ends it.
    void halt(Number seconds)
    {
        now += seconds;
        missing_blocks += seconds - 1;
    }
    /// What the contract of PYTH_FEED_ID answers from now on.
    void pyth_answers(const Text& contract, const Text& answer);
    /// Parameters for short options and, in portfolio margin, for everything on an underlying.
    void allow_options(Number underlying);
    void allow_portfolio(Number underlying);
    /// Publishes a surface of the expiry as of now.
    Reply surface(Number underlying, Number expiry, const Text& forward = "2000");
    /// A report of the venue with its next nonce.
    Reply orders(const std::vector<say::Orders>& orders);
    /// Publishes a price of now; waits a second first if one has been published now already.
    void price(Number underlying, const Text& price);
    /// Publishes the last prices again, as of now.
    void refresh();
    /// Opens an account and deposits quote, in whole units; delegates to the venue.
    Number trader(const Text& owner, Number quote_units);
    /// Deposits from the owner's endless pocket; must succeed.
    void deposit(Number account, const Text& denom, num::i128 amount);
    /// A settlement of the venue with its next nonce.
    Reply fill(Number market, Number buyer, Number seller, const Text& base, const Text& price);
    Reply fills(const std::vector<say::Fill>& fills);
    void fund_insurance(Number quote_units);

    [[nodiscard]] Number accounts() const;
    [[nodiscard]] contract::Config config() const;
    [[nodiscard]] contract::House house() const;
    [[nodiscard]] contract::MarketRecord market(Number id) const;
    [[nodiscard]] contract::AccountRecord account(Number id) const;
    [[nodiscard]] Text owner(Number id) const;
    [[nodiscard]] Text cash(Number id) const;
    /// Maintenance health by the query, as text.
    [[nodiscard]] Text health(Number id);
    [[nodiscard]] Text stage(Number id);

    /// Empty, or what is wrong with the books: conservation, open interest, dust, residue, records.
    [[nodiscard]] Text fault() const;
    /// What one market's positions have paid and nobody has got, raw.
    [[nodiscard]] num::i128 residue(Number market) const;

    MemoryHost host;
    Number now = START;
    Number missing_blocks = 0;              ///< A block a second, but for these.
    std::map<std::string, num::i128> bank;  ///< What the chain says that the house holds.
    Number venue_nonce = 0;
    std::map<Number, Text> last_price;
    bool audited = true;  ///< Whether every successful call is followed by fault().
    bool abandons =
        false;  ///< Whether a sale may fail the check after it, which none does by itself.

private:
    [[nodiscard]] contract::Env env(
        std::string_view sender, const std::vector<contract::Coin>& funds) const;

    Number m_events = 0;
};

}  // namespace plimsoll::test
