// plimsoll: tests/support/margin_case.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. See margin_case.hpp.
#include "tests/support/margin_case.hpp"

#include "engine/model/volatility_params.hpp"
#include "tests/support/literals.hpp"

#include <set>

namespace plimsoll::test {
namespace {

using nlohmann::json;

constexpr std::uint64_t NOW = 1'700'000'000;

std::string id_of(std::size_t underlying)
{
    return "U" + std::to_string(underlying);
}

json levels(const PerLevel<Ratio>& pair)
{
    return {{"initial", text_of(pair.initial)}, {"maintenance", text_of(pair.maintenance)}};
}

template <class Rule>
json rule(const Rule& r)
{
    return {{"threshold", text_of(r.threshold)}, {"factor", text_of(r.factor)}};
}

json portfolio_risk(const PortfolioParams& p)
{
    static const char* const vols[] = {"up", "none", "down", "skew_linear", "skew_abs"};
    json scenarios = json::array();
    for (const Scenario& s : p.scenarios)
        scenarios.push_back({{"spot", text_of(s.spot)},
            {"vol", vols[static_cast<std::size_t>(s.vol)]}, {"damping", text_of(s.damping)}});
    const VolShockParams& v = p.vol_shock;
    const SkewShockParams& k = p.skew_shock;
    const DiscountParams& d = p.discount;
    return {{"scenarios", scenarios},
        {"vol_shock",
            {{"range_up", text_of(v.range_up)}, {"range_down", text_of(v.range_down)},
                {"short_power", text_of(v.short_power)}, {"long_power", text_of(v.long_power)},
                {"floor_days", text_of(v.floor_days)}, {"min_vol_up", text_of(v.min_vol_up)}}},
        {"skew_shock",
            {{"linear_cap", text_of(k.linear_cap)}, {"linear_slope", text_of(k.linear_slope)},
                {"abs_cap", text_of(k.abs_cap)}, {"abs_slope", text_of(k.abs_slope)},
                {"min_width", text_of(k.min_width)}, {"width_scale", text_of(k.width_scale)},
                {"vol_static", text_of(k.vol_static)}, {"vol_slope", text_of(k.vol_slope)}}},
        {"basis", {{"up", text_of(p.basis.up)}, {"down", text_of(p.basis.down)},
                      {"add", text_of(p.basis.add)}, {"mult", text_of(p.basis.mult)}}},
        {"discount",
            {{"long_base", text_of(d.long_base)}, {"long_rate_mult", text_of(d.long_rate_mult)},
                {"long_rate_add", text_of(d.long_rate_add)}, {"short_base", text_of(d.short_base)},
                {"short_rate_mult", text_of(d.short_rate_mult)},
                {"short_rate_add", text_of(d.short_rate_add)},
                {"mark_rate_mult", text_of(d.mark_rate_mult)}}},
        {"factor", levels(p.factor)}, {"perp_contingency", levels(p.perp_contingency)},
        {"future_contingency", levels(p.future_contingency)},
        {"option_contingency", levels(p.option_contingency)}, {"confidence", rule(p.confidence)},
        {"depeg", rule(p.depeg)}};
}

json standard_risk(const StandardParams& p)
{
    const ShortOptionParams& o = p.option;
    json standard{{"initial_fraction", text_of(p.fraction.initial)},
        {"maintenance_fraction", text_of(p.fraction.maintenance)},
        {"size_reference", text_of(p.size_reference)},
        {"size_sqrt_coefficient", text_of(p.size_sqrt_coefficient)},
        {"size_linear_coefficient", text_of(p.size_linear_coefficient)},
        {"confidence", rule(p.confidence)}, {"depeg", rule(p.depeg)},
        {"option",
            {{"max_initial", text_of(o.max_initial)}, {"min_initial", text_of(o.min_initial)},
                {"maintenance_call", text_of(o.maintenance_call)},
                {"maintenance_put", text_of(o.maintenance_put)},
                {"maintenance_put_mark", text_of(o.maintenance_put_mark)},
                {"maintenance_offset", text_of(o.maintenance_offset)},
                {"unpaired_initial", text_of(o.unpaired.initial)},
                {"unpaired_maintenance", text_of(o.unpaired.maintenance)}}}};
    if (!p.open_interest_upper.is_zero()) {
        standard["open_interest_lower"] = text_of(p.open_interest_lower);
        standard["open_interest_upper"] = text_of(p.open_interest_upper);
    }
    return {{"standard", standard}};
}

json expiry_of(const MarginBook& book, std::size_t index)
{
    const BookExpiry& e = book.expiries[index];
    json out{{"expiry", NOW + e.length.raw()}, {"forward", text_of(e.forward)},
        {"forward_fixed", text_of(e.fixed)}, {"forward_confidence", text_of(e.confidence)},
        {"rate", text_of(e.rate)}};
    if (const std::optional<Svi>& s = book.surfaces[index]) {
        out["svi"] = {{"a", text_of(s->a)}, {"b", text_of(s->b)}, {"rho", text_of(s->rho)},
            {"m", text_of(s->m)}, {"sigma", text_of(s->sigma)}, {"forward", text_of(s->forward)},
            {"tau", text_of(s->tau)}};
        return out;
    }
    std::set<num::i128> known;
    out["vols"] = json::array();
    for (const BookLeg& leg : book.instruments)
        if (leg.kind == LegKind::option && leg.expiry == index &&
            known.insert(leg.strike.price.raw()).second)
            out["vols"].push_back(
                {{"strike", text_of(leg.strike.price)}, {"vol", text_of(leg.volatility.value)}});
    return out;
}

json underlying_of(const MarginBook& book, std::size_t index)
{
    const BookUnderlying& u = book.underlyings[index];
    json out{{"id", id_of(index)}, {"spot", text_of(u.spot)}, {"confidence", text_of(u.confidence)},
        {"perp_confidence", text_of(u.perp_confidence)},
        {"open_interest", text_of(u.open_interest)}, {"expiries", json::array()}};
    if (!u.price_low.is_zero())
        out["price_low"] = text_of(u.price_low);
    if (!u.price_high.is_zero())
        out["price_high"] = text_of(u.price_high);
    if (!u.stable.is_zero())
        out["stable"] = text_of(u.stable);
    for (const BookLeg& leg : book.instruments)
        if (leg.underlying == index && leg.kind == LegKind::perp)
            out["perp_mark"] = text_of(leg.mark);
    for (std::size_t i = 0; i < book.expiries.size(); ++i)
        if (book.expiries[i].underlying == index)
            out["expiries"].push_back(expiry_of(book, i));
    out["risk"] = book.mode == MarginMode::portfolio ? portfolio_risk(book.portfolio[index])
                                                     : standard_risk(book.standard[index]);
    if (book.profit[index])
        out["risk"]["profit"] = {{"weight", text_of(book.profit[index]->weight)},
            {"cap", text_of(book.profit[index]->cap)}};
    return out;
}

json instrument_of(const MarginBook& book, const BookLeg& leg)
{
    static const char* const kinds[] = {"perp", "future", "option"};
    json out{
        {"underlying", id_of(leg.underlying)}, {"kind", kinds[static_cast<std::size_t>(leg.kind)]}};
    if (leg.kind != LegKind::perp)
        out["expiry"] = NOW + book.expiries[leg.expiry].length.raw();
    if (leg.kind == LegKind::option) {
        out["strike"] = text_of(leg.strike.price);
        out["type"] = leg.type == OptionType::call ? "call" : "put";
    }
    return out;
}

json collateral_of(const BookCollateral& c)
{
    json out{{"asset", "A"}, {"amount", text_of(c.amount)}, {"price", text_of(c.price)},
        {"confidence", text_of(c.confidence)}, {"initial_haircut", text_of(c.haircut.initial)},
        {"maintenance_haircut", text_of(c.haircut.maintenance)},
        {"confidence_rule", rule(c.confidence_rule)}};
    if (c.underlying != BookCollateral::NONE) {
        out["underlying"] = id_of(c.underlying);
        out["risk_cancelling"] = c.risk_cancelling;
    }
    if (c.pool_scaling)
        out["pool_scaling"] = {
            {"start", text_of(c.pool_start)}, {"deposits", text_of(c.pool_deposits)}};
    if (!c.size_discount.is_zero())
        out["size_discount"] = text_of(c.size_discount);
    // Over a year, and of a volatility of 1, the multiple is the haircut.
    if (!c.volatility_haircut.maintenance.is_zero())
        out["volatility_haircut"] = {{"multiple", text_of(c.volatility_haircut.maintenance)},
            {"volatility", "1"}, {"horizon", VOLATILITY_YEAR.raw()}};
    return out;
}

json correlation_of(const MarginBook& book)
{
    json pairs = json::array();
    for (std::size_t i = 1; i < book.underlyings.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const CorrelationPair& pair = book.pair(i, j);
            if (pair.known)
                pairs.push_back({{"a", id_of(i)}, {"b", id_of(j)}, {"rho", text_of(pair.low)},
                    {"rho_low", text_of(pair.low)}, {"rho_high", text_of(pair.high)},
                    {"band", text_of(pair.band)}});
        }
    }
    return {{"pairs", pairs}, {"band", text_of(book.correlation.band)},
        {"max_relief", text_of(book.correlation.max_relief)}};
}

}  // namespace

json case_of(const MarginBook& book)
{
    json out{{"now", NOW}, {"mode", book.mode == MarginMode::portfolio ? "portfolio" : "standard"},
        {"quote",
            {{"price", text_of(book.quote_price)}, {"confidence", text_of(book.quote_confidence)}}},
        {"underlyings", json::array()}, {"correlation", correlation_of(book)}};
    for (std::size_t i = 0; i < book.underlyings.size(); ++i)
        out["underlyings"].push_back(underlying_of(book, i));
    Money cash = book.cash;
    json positions = json::array();
    json orders = json::array();
    for (const BookLeg& leg : book.legs) {
        if (leg.is_position) {
            json position = instrument_of(book, leg);
            position["base"] = text_of(leg.base);
            if (leg.kind == LegKind::option)
                cash += leg.quote;
            else
                position["quote"] = text_of(leg.quote);
            positions.push_back(position);
        }
        if (leg.has_orders()) {
            json order = instrument_of(book, leg);
            order["bid_base"] = text_of(leg.bid);
            order["ask_base"] = text_of(leg.ask);
            orders.push_back(order);
        }
    }
    json collaterals = json::array();
    for (const BookCollateral& c : book.collaterals)
        if (!c.worthless)
            collaterals.push_back(collateral_of(c));
    out["account"] = {{"cash", text_of(cash)}, {"positions", positions}, {"open_orders", orders},
        {"collateral", collaterals}};
    return out;
}

}  // namespace plimsoll::test
