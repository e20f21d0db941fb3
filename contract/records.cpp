// plimsoll: contract/records.cpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the hall. See records.hpp. Each record's fields are listed once, in `fields`, which both the
// writer and the reader walk: what is written is what is read.
#include "contract/records.hpp"

#include "contract/record_walk.hpp"
#include "engine/solvency/side_index.hpp"

namespace plimsoll::contract {
namespace {

template <class Walk, class R>
bool fields_of_liquidation(Walk& w, R& p)
{
    return w(p.buffer) && w(p.share_start) && w(p.share_fast) && w(p.share_max) && w(p.fee_share) &&
           w(p.fast) && w(p.slow) && w(p.cool) && w(p.close_out_notional) && w(p.reward_cap) &&
           w.since(3, [&] {
               return w(p.debt_cap) && w.group([&] { return !p.pace.given(); },
                                           [&] {
                                               return w(p.pace.window) && w(p.pace.notional_max) &&
                                                      w(p.pace.patience) && w(p.pace.doubling);
                                           });
           });
}

template <class Walk, class R>
bool fields_of_oracle(Walk& w, R& p)
{
    return w(p.max_age_trade) && w(p.max_age_liquidation) && w(p.failed_after) &&
           w(p.max_confidence) && w.since(3, [&] {
               return w(p.shock_after) &&
                      w.group([&] { return p.longest_block.is_zero(); },
                          [&] { return w(p.longest_block) && w(p.gap_min) && w(p.grace_max); });
           });
}

/// A rule of a threshold and a factor.
template <class Walk, class R>
bool fields_of_rule(Walk& w, R& rule)
{
    return w.group([&] { return rule.threshold.is_zero() && rule.factor.is_zero(); },
        [&] { return w(rule.threshold) && w(rule.factor); });
}

template <class Walk, class R>
bool fields_of_asset(Walk& w, R& a)
{
    return w(a.denom) && w(a.symbol) && w(a.params.underlying) && w(a.params.decimals) &&
           w(a.params.initial_haircut) && w(a.params.maintenance_haircut) &&
           w(a.params.deposit_cap) && w(a.params.risk_cancelling) &&
           w.group(
               [&] { return a.params.pool_start.is_zero() && a.params.size_discount.is_zero(); },
               [&] { return w(a.params.pool_start) && w(a.params.size_discount); }) &&
           w.group([&] { return !a.params.volatility.given(); },
               [&] {
                   auto& v = a.params.volatility;
                   return w(v.multiple) && w(v.horizon) && w(v.maintenance_cap);
               }) &&
           fields_of_rule(w, a.params.confidence);
}

template <class Walk, class R>
bool fields_of_underlying(Walk& w, R& u)
{
    auto& s = u.params.standard;
    auto& o = s.option;
    auto& wide = u.widening;
    return w(u.symbol) && w(u.has_scenarios) &&
           w.group([&] { return !wide.given(); },
               [&] {
                   return w(wide.multiple) && w(wide.horizon) && w(wide.factor_max) &&
                          w(wide.maintenance_factor_max) && w(u.listed_range);
               }) &&
           w(s.fraction.initial) && w(s.fraction.maintenance) && w(u.params.profit.weight) &&
           w(u.params.profit.cap) &&
           w.group(
               [&] {
                   return s.size_reference == MONEY_MAX && s.size_sqrt_coefficient.is_zero() &&
                          s.size_linear_coefficient.is_zero();
               },
               [&] {
                   return w(s.size_reference) && w(s.size_sqrt_coefficient) &&
                          w(s.size_linear_coefficient);
               }) &&
           w.group([&] { return s.open_interest_upper.is_zero(); },
               [&] { return w(s.open_interest_lower) && w(s.open_interest_upper); }) &&
           fields_of_rule(w, s.confidence) && fields_of_rule(w, s.depeg) &&
           w.group([&] { return !o.given(); },
               [&] {
                   return w(o.max_initial) && w(o.min_initial) && w(o.maintenance_call) &&
                          w(o.maintenance_put) && w(o.maintenance_put_mark) &&
                          w(o.maintenance_offset) && w(o.unpaired.initial) &&
                          w(o.unpaired.maintenance);
               }) &&
           w.since(3, [&] { return w(u.settles_from) && w(u.has_feed) && w(u.fee_most); });
}

template <class Walk, class R>
bool fields_of_observation(Walk& w, R& p)
{
    auto& v = p.volatility;
    auto& c = p.correlation;
    auto& s = p.stable_price;
    return w.group([&] { return !v.given(); },
               [&] {
                   return w(v.step) && w(v.decay) && w(v.clip) && w(v.start) && w(v.floor) &&
                          w(v.cap) && w(v.stale_after) && w(p.limiter.per_hour);
               }) &&
           w.group([&] { return !c.given(); },
               [&] { return w(c.step) && w(c.hysteresis) && w(c.hold); }) &&
           w.group([&] { return !s.given(); },
               [&] { return w(s.interval) && w(s.delay_growth) && w(s.growth_per_hour); });
}

template <class Walk, class R>
bool fields_of_cash_params(Walk& w, R& p)
{
    auto& b = p.borrow;
    auto& g = p.gate;
    return w.group([&] { return !b.given(); },
               [&] {
                   return w(b.base) && w(b.slope_low) && w(b.slope_high) && w(b.kink) &&
                          w(b.reserve_factor) && w(b.utilisation_max) && w(b.borrow_cap) &&
                          w(b.supply_loss_cap);
               }) &&
           w.group([&] { return !g.given(); },
               [&] {
                   return w(g.absolute) && w(g.relative) && w(g.outflow_share) && w(g.window) &&
                          w(g.closed_max);
               }) &&
           w.group([&] { return !p.staking.given(); }, [&] { return w(p.staking.unbonding); });
}

template <class Walk, class R>
bool fields_of_config(Walk& w, R& r)
{
    return fields_of_liquidation(w, r.liquidation) && fields_of_oracle(w, r.oracle) &&
           fields_of_observation(w, r.observation) &&
           w.group(
               [&] { return r.quote_feed == NO_QUOTE_FEED; }, [&] { return w(r.quote_feed); }) &&
           w(r.pauses.actions) && w(r.market_count) &&
           w.list(r.assets, [&](auto& a) { return fields_of_asset(w, a); }) &&
           w.list(r.underlyings, [&](auto& u) { return fields_of_underlying(w, u); }) &&
           w.since(3, [&] {
               for (auto& until : r.pauses.until)
                   if (!w(until))
                       return false;
               auto& s = r.settlement;
               return w(s.window) && w(s.coverage) && w(s.wait) && w(s.price_bound) &&
                      w(r.governance.timelock) && w(r.governance.pause_max) &&
                      w(r.governance.pause_cool) && w(r.governors) && w(r.proposals) &&
                      fields_of_cash_params(w, r.cash);
           });
}

template <class Walk, class R>
bool fields_of_delegation(Walk& w, R& d)
{
    return w(d.venue) && w(d.expires) && w.since(3, [&] {
        return w.group([&] { return !d.limits.given(); },
            [&] {
                return w.list(d.limits.markets, [&](auto& id) { return w(id); }) &&
                       w(d.limits.notional_max) && w(d.limits.fee_max) && w(d.limits.loss_max) &&
                       w(d.use.window_start) && w(d.use.notional) && w(d.use.loss);
            });
    });
}

/// What belongs to the kind of market.
template <class Walk, class R>
bool fields_of_kind(Walk& w, R& p)
{
    if (!w(p.kind))
        return false;
    if (p.kind == MarketKind::perpetual)
        return w(p.premium_max) && w(p.premium_window) && w(p.funding_window) && w(p.funding_cap);
    return w(p.expiry) && (p.kind == MarketKind::future || (w(p.strike) && w(p.type)));
}

/// What may be used in a window, and what has been.
template <class Walk, class Capacity, class B>
bool fields_of_limit(Walk& w, Capacity& capacity, B& bucket)
{
    return w.group(
        [&] { return capacity.is_zero() && bucket.used.is_zero() && bucket.since.is_zero(); },
        [&] { return w(capacity) && w(bucket.used) && w(bucket.since); });
}

template <class Walk, class R>
bool fields_of_market(Walk& w, R& r)
{
    auto& m = r.market;
    auto& p = m.params;
    bool walked = w(r.symbol) && w(p.underlying) && w(p.status) && w(p.lot) && w(p.fill_band) &&
                  w(p.open_interest_max) && w(p.loss_cap) && fields_of_kind(w, p) &&
                  w(m.indexes.open_interest);
    for (auto& side : m.indexes.sides)
        walked = walked && w(side.a) && w(side.k) && w(side.epoch) && w(side.dust);
    return walked && w(m.premium) && w(m.premium_time) && w(m.funding_time) &&
           w(m.loss_window_start) && w(m.loss_in_window) && w(m.paid_out) && w.since(3, [&] {
               return fields_of_limit(w, p.liquidation_max, m.sold) &&
                      fields_of_limit(w, p.insurance_cap, m.insured) && w(m.settles_at) &&
                      w(m.settled_at) && w(m.settlement) &&
                      w.group(
                          [&] {
                              return p.maker_fee.is_zero() && p.taker_fee.is_zero() &&
                                     !p.fill_at_oracle;
                          },
                          [&] { return w(p.maker_fee) && w(p.taker_fee) && w(p.fill_at_oracle); });
           });
}

template <class Walk, class R>
bool fields_of_staking(Walk& w, R& s)
{
    return w.group([&] { return s.epoch == 0 && s.shares == 0 && s.expected_deficits.is_zero(); },
        [&] { return w(s.epoch) && w(s.shares) && w(s.expected_deficits); });
}

template <class Walk, class R>
bool fields_of_share(Walk& w, R& s)
{
    auto& g = s.gate;
    return w.group([&] { return s.index == 0; },
        [&] {
            return w(s.index) && w(s.expected_deficit) &&
                   w.group([&] { return g.window.is_zero(); },
                       [&] { return w(g.window) && w(g.cash) && w(g.withdrawn); });
        });
}

template <class Walk, class R>
bool fields_of_account(Walk& w, R& r)
{
    auto& a = r.account;
    return w(r.owner) &&
           w.list(r.delegations, [&](auto& d) { return fields_of_delegation(w, d); }) &&
           w(a.mode) && w(a.cash) && w(a.nonce) && w(a.flag.raised) && w(a.flag.since) &&
           w(a.flag.seen) && w(a.flag.cured) && w(a.flag.elapsed) &&
           w.list(a.collaterals, [&](auto& c) { return w(c.asset) && w(c.amount); }) &&
           w.list(a.positions,
               [&](auto& p) {
                   return w(p.market) && w(p.base) && w(p.quote) && w(p.a) && w(p.k) &&
                          w(p.epoch) && w.since(3, [&] {
                              return w.group([&] { return p.seen_worth.is_zero(); },
                                  [&] { return w(p.seen_worth); });
                          });
               }) &&
           w.list(a.orders, [&](auto& o) { return w(o.market) && w(o.bid) && w(o.ask); }) &&
           w.since(3, [&] {
               return w.group([&] { return a.flag.insured.is_zero() && a.owed_losses.empty(); },
                          [&] {
                              return w(a.flag.insured) && w.list(a.owed_losses, [&](auto& o) {
                                  return w(o.market) && w(o.loss) && w(o.bought);
                              });
                          }) &&
                      w.list(
                          a.counterparties, [&](auto& c) { return w(c.account) && w(c.traded); }) &&
                      fields_of_share(w, r.share);
           });
}

bool sound(const Bucket& bucket)
{
    return !bucket.used.is_negative() && bucket.used <= MONEY_MAX;
}

/// What older records of prices lack.
template <class Walk, class R>
bool fields_of_clock(Walk& w, R& prices)
{
    for (std::size_t i = 0; i < prices.count; ++i) {
        auto& held_until = prices.feeds[i].held_until;
        if (!w.group([&] { return held_until.is_zero(); }, [&] { return w(held_until); }))
            return false;
    }
    auto& clock = prices.clock;
    return w.group([&] { return clock.time.is_zero(); },
        [&] {
            return w(clock.time) && w(clock.height) &&
                   w.group([&] { return clock.grace.until.is_zero(); },
                       [&] {
                           return w(clock.grace.halted) && w(clock.grace.from) &&
                                  w(clock.grace.until);
                       });
        });
}

template <class Walk, class R>
bool fields_of_role(Walk& w, R& r)
{
    return w(r.roles) && w(r.nonce) && w.since(3, [&] { return w(r.offered); });
}

template <class Walk, class R>
bool fields_of_proposal(Walk& w, R& r)
{
    return w(r.proposer) && w(r.eta) && w(r.expires) && w.rest(r.message);
}

/// What is used is not negative and not past its limit.
bool sound(const Delegation& delegation)
{
    const DelegationLimits& limits = delegation.limits;
    return !delegation.use.notional.is_negative() && !delegation.use.loss.is_negative() &&
           delegation.use.notional <= limits.notional_max && limits.notional_max <= MONEY_MAX &&
           delegation.use.loss <= limits.loss_max && limits.loss_max <= MONEY_MAX &&
           !limits.fee_max.is_negative();
}

bool sound(const CashShare& share)
{
    return (share.index == 0 || (share.index >= CASH_INDEX_MIN && share.index <= CASH_INDEX_MAX)) &&
           !share.expected_deficit.is_negative() && !share.gate.cash.is_negative() &&
           !share.gate.withdrawn.is_negative();
}

bool sound(const SideIndex& index)
{
    return index.a > 0 && index.a <= INDEX_ONE && index.k >= -INDEX_K_LIMIT &&
           index.k <= INDEX_K_LIMIT && index.dust >= 0;
}

/// With no decimals known: no token has more base units than a quantity has raw ones.
bool sound(const Collateral& collateral)
{
    return collateral.asset.value < ASSETS_MAX &&
           in_range(Quantity::from_raw(collateral.amount.raw()));
}

bool sound(const Position& position)
{
    return position.market.value < MARKETS_MAX && in_range(position.base) &&
           in_range(position.quote) && position.a > 0 && position.a <= INDEX_ONE &&
           position.k >= -INDEX_K_LIMIT && position.k <= INDEX_K_LIMIT &&
           position.seen_worth <= MONEY_MAX && position.seen_worth >= -MONEY_MAX;
}

bool sound(const List<OwedLoss, OWED_LOSSES_MAX>& losses)
{
    for (std::size_t i = 0; i < losses.size(); ++i) {
        const OwedLoss& owed = losses[i];
        if (owed.market.value >= MARKETS_MAX || owed.loss.is_zero() || owed.loss > MONEY_MAX ||
            owed.loss < -MONEY_MAX)
            return false;
        for (std::size_t j = 0; j < i; ++j)
            if (losses[j].market == owed.market && losses[j].bought == owed.bought)
                return false;
    }
    return true;
}

/// One entry a market, and none that says nothing.
bool sound(const List<OpenOrder, ORDERS_MAX>& orders)
{
    for (std::size_t i = 0; i < orders.size(); ++i) {
        const OpenOrder& order = orders[i];
        if (order.market.value >= MARKETS_MAX || order.bid.is_negative() ||
            order.ask.is_negative() || !in_range(order.bid) || !in_range(order.ask) ||
            (order.bid.is_zero() && order.ask.is_zero()))
            return false;
        for (std::size_t j = 0; j < i; ++j)
            if (orders[j].market == order.market)
                return false;
    }
    return true;
}

}  // namespace

std::string encode(const Config& record)
{
    return encoded([&](auto& w) { return fields_of_config(w, record); });
}
std::string encode(const Counters& record)
{
    return encoded([&](auto& w) { return w(record.accounts) && w(record.events); });
}
std::string encode(const EpochRecord& record)
{
    return encoded([&](auto& w) { return w(record.a_end) && w(record.k_end); });
}
std::string encode(const MarketRecord& record)
{
    return encoded([&](auto& w) { return fields_of_market(w, record); });
}
std::string encode(const AccountRecord& record)
{
    return encoded([&](auto& w) { return fields_of_account(w, record); });
}
std::string encode(const RoleRecord& record)
{
    return encoded([&](auto& w) { return fields_of_role(w, record); });
}

std::string encode(const Proposal& record)
{
    return encoded([&](auto& w) { return fields_of_proposal(w, record); });
}

std::string encode(const House& record)
{
    return encoded([&](auto& w) {
        w(record.insurance.balance);
        w(record.insurance.open_deficit);
        w(record.insurance.sold.used);
        w(record.insurance.sold.since);
        w(record.insurance.debts.used);
        w(record.insurance.debts.since);
        w(record.insurance.advanced);
        std::uint16_t used = 0;
        for (std::size_t i = 0; i < ASSETS_MAX; ++i)
            if (!record.held[i].is_zero() || !record.insurance.inventory[i].is_zero())
                ++used;
        w(used);
        for (std::size_t i = 0; i < ASSETS_MAX; ++i)
            if (!record.held[i].is_zero() || !record.insurance.inventory[i].is_zero()) {
                w(static_cast<std::uint16_t>(i));  // below ASSETS_MAX
                w(record.held[i]);
                w(record.insurance.inventory[i]);
            }
        w.since(3, [&] { return fields_of_staking(w, record.staking); });
        return true;
    });
}

std::string encode(const Prices& record)
{
    return encoded([&](auto& w) {
        w(record.count);
        for (std::size_t i = 0; i < record.count; ++i) {
            w(record.feeds[i].price);
            w(record.feeds[i].confidence);
            w(record.feeds[i].published);
        }
        return fields_of_clock(w, record);
    });
}

Error decode(std::string_view bytes, Config& out)
{
    const Error error = decoded(bytes, [&](auto& w) { return fields_of_config(w, out); });
    if (error != Error::ok)
        return error;
    bool fine = !out.assets.empty() && out.market_count <= MARKETS_MAX &&
                validate(out.liquidation) == Error::ok && validate(out.oracle) == Error::ok &&
                validate(out.observation) == Error::ok && validate(out.settlement) == Error::ok &&
                validate(out.governance) == Error::ok &&
                validate(out.cash, out.liquidation) == Error::ok &&
                (out.quote_feed == NO_QUOTE_FEED || out.quote_feed.value < out.underlyings.size());
    for (std::size_t i = 0; i < out.assets.size(); ++i) {
        const Asset& asset = out.assets[i].params;
        fine = fine && validate(asset) == Error::ok &&
               (i == 0 || asset.underlying.value < out.underlyings.size());
    }
    for (const ListedUnderlying& underlying : out.underlyings)
        fine = fine && validate(underlying.params) == Error::ok &&
               (!underlying.widening.given() ||
                   (underlying.has_scenarios && validate(underlying.widening) == Error::ok &&
                       !underlying.listed_range.is_negative() &&
                       underlying.listed_range <= SCENARIO_SPOT_MAX));
    return fine ? Error::ok : Error::corrupt_record;
}

Error decode(std::string_view bytes, Counters& out)
{
    return decoded(bytes, [&](auto& w) { return w(out.accounts) && w(out.events); });
}

Error decode(std::string_view bytes, House& out)
{
    return decoded(bytes, [&](auto& w) {
        std::uint16_t used = 0;
        Bucket& sold = out.insurance.sold;
        Bucket& debts = out.insurance.debts;
        if (!w(out.insurance.balance) || !w(out.insurance.open_deficit) ||
            !w.since(3,
                [&] {
                    return w(sold.used) && w(sold.since) && w(debts.used) && w(debts.since) &&
                           w(out.insurance.advanced);
                }) ||
            !w(used))
            return false;
        std::uint32_t least =
            0;  // the next asset's number rises, so that there is one way to write it
        for (std::uint16_t i = 0; i < used; ++i) {
            std::uint16_t asset = 0;
            if (!w(asset) || asset < least || asset >= ASSETS_MAX || !w(out.held[asset]) ||
                !w(out.insurance.inventory[asset]) ||
                (out.held[asset].is_zero() && out.insurance.inventory[asset].is_zero()))
                return false;
            least = asset + 1U;
        }
        if (!w.since(3, [&] { return fields_of_staking(w, out.staking); }) ||
            out.staking.shares < 0 || out.staking.shares > SHARES_MAX ||
            out.staking.expected_deficits.is_negative())
            return false;
        return !out.insurance.balance.is_negative() && !out.insurance.open_deficit.is_negative() &&
               !out.insurance.advanced.is_negative() && sound(sold) && sound(debts);
    });
}

Error decode(std::string_view bytes, Prices& out)
{
    return decoded(bytes, [&](auto& w) {
        if (!w(out.count) || out.count > UNDERLYINGS_MAX)
            return false;
        for (std::size_t i = 0; i < out.count; ++i) {
            FeedPrice& feed = out.feeds[i];
            if (!w(feed.price) || !w(feed.confidence) || !w(feed.published) ||
                feed.price.is_negative() || !in_range(feed.price) ||
                feed.confidence.is_negative() || !in_range(feed.confidence))
                return false;
        }
        return w.since(3, [&] { return fields_of_clock(w, out); });
    });
}

Error decode(std::string_view bytes, MarketRecord& out)
{
    out.market.params = {};
    const Error error = decoded(bytes, [&](auto& w) { return fields_of_market(w, out); });
    if (error != Error::ok)
        return error;
    Market& market = out.market;
    // Before schema 3 a market could be closed with positions in it, and wait for them to be sold.
    if (bytes[0] < 3 && market.closed())
        market.params.status = MarketStatus::reduce_only;
    const bool fine =
        validate(market.params) == Error::ok && market.params.underlying.value < UNDERLYINGS_MAX &&
        market.indexes.open_interest >= 0 && sound(market.indexes.sides[0]) &&
        sound(market.indexes.sides[1]) && in_range(market.premium) && sound(market.sold) &&
        sound(market.insured) && market.closed() != market.settled_at.is_zero() &&
        (!market.closed() || market.indexes.open_interest == 0) &&
        !market.settlement.is_negative() && in_range(market.settlement);
    return fine ? Error::ok : Error::corrupt_record;
}

Error decode(std::string_view bytes, EpochRecord& out)
{
    return decoded(bytes, [&](auto& w) {
        return w(out.a_end) && w(out.k_end) && out.a_end >= 0 && out.a_end <= INDEX_ONE &&
               out.k_end >= -INDEX_K_LIMIT && out.k_end <= INDEX_K_LIMIT;
    });
}

Error decode(std::string_view bytes, AccountRecord& out)
{
    const Error error = decoded(bytes, [&](auto& w) { return fields_of_account(w, out); });
    if (error != Error::ok)
        return error;
    for (const Delegation& delegation : out.delegations)
        if (!sound(delegation))
            return Error::corrupt_record;
    for (const Position& position : out.account.positions)
        if (!sound(position))
            return Error::corrupt_record;
    for (const Collateral& collateral : out.account.collaterals)
        if (!sound(collateral))
            return Error::corrupt_record;
    const Flag& flag = out.account.flag;
    return sound(out.account.orders) && sound(out.share) && !flag.insured.is_negative() &&
                   flag.insured <= MONEY_MAX && sound(out.account.owed_losses)
               ? Error::ok
               : Error::corrupt_record;
}

Error decode(std::string_view bytes, RoleRecord& out)
{
    return decoded(bytes, [&](auto& w) { return fields_of_role(w, out); });
}

Error decode(std::string_view bytes, Proposal& out)
{
    return decoded(bytes, [&](auto& w) { return fields_of_proposal(w, out); });
}

}  // namespace plimsoll::contract
