// plimsoll: contract/messages/margin.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. The margin model's parameters as they travel, and what governance says of
// scenarios and correlation.
// Promises: their names on the wire, which are those of docs/formulas.md; engine/model bounds them.
#pragma once

#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/list.hpp"
#include "engine/model/portfolio_params.hpp"
#include "engine/model/standard_params.hpp"
#include "engine/model/volatility_params.hpp"
#include "engine/units/units.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace plimsoll::contract {

/// Pairs in one set_correlation.
inline constexpr std::size_t PAIRS_MAX = 64;

namespace json {

template <>
struct Described<ConfidenceRule>
{
    static constexpr std::string_view NAME = "ConfidenceRule";
    static constexpr std::string_view DOC =
        "At initial, (1 - confidence) * factor of notional once a confidence is below the "
        "threshold.";
    static constexpr auto fields() noexcept
    {
        using P = ConfidenceRule;
        return describe(
            field<&P::threshold>("threshold", "charge below this confidence", NOT_NEGATIVE),
            field<&P::factor>("factor", "how much of the notional", NOT_NEGATIVE));
    }
};

template <>
struct Described<DepegRule>
{
    static constexpr std::string_view NAME = "DepegRule";
    static constexpr std::string_view DOC =
        "At initial, factor * (threshold - price of the quote) once that price is below the "
        "threshold.";
    static constexpr auto fields() noexcept
    {
        using P = DepegRule;
        return describe(
            field<&P::threshold>("threshold", "charge below this price of the quote", NOT_NEGATIVE),
            field<&P::factor>("factor", "for each unit below it", NOT_NEGATIVE));
    }
};

/// The part of standard margin that grows with size and crowding; the rest stands in set_underlying itself.
template <>
struct Described<StandardParams>
{
    static constexpr std::string_view NAME = "Scaling";
    static constexpr std::string_view DOC =
        "How the fractions of standard margin grow with a position's notional, and at initial with "
        "the market's open interest.";
    static constexpr auto fields() noexcept
    {
        using P = StandardParams;
        return describe(field<&P::size_reference>("size_reference",
                            "notional r = 1 at which the size terms are counted", POSITIVE),
            field<&P::size_sqrt_coefficient>("size_sqrt_coefficient",
                "the fraction grows by this times the root of r", NOT_NEGATIVE),
            field<&P::size_linear_coefficient>(
                "size_linear_coefficient", "and by this times r", NOT_NEGATIVE),
            field<&P::open_interest_lower>("open_interest_lower",
                "quote notional up to which open interest adds nothing; absent: 0",
                or_default(NOT_NEGATIVE)),
            field<&P::open_interest_upper>("open_interest_upper",
                "quote notional from which the fraction is 1; absent or 0: open interest never "
                "counts",
                or_default(NOT_NEGATIVE)));
    }
};

template <>
struct Described<ShortOptionParams>
{
    static constexpr std::string_view NAME = "ShortOptionParams";
    static constexpr std::string_view DOC =
        "What a short option needs in standard margin: shares of spot, of its mark and of the "
        "forward.";
    static constexpr auto fields() noexcept
    {
        using P = ShortOptionParams;
        return describe(field<&P::max_initial>("max_initial",
                            "share of spot at the money, less what it is out of it", POSITIVE),
            field<&P::min_initial>("min_initial", "at least this share of spot", POSITIVE),
            field<&P::maintenance_call>(
                "maintenance_call", "share of spot of a call at maintenance", POSITIVE),
            field<&P::maintenance_put>(
                "maintenance_put", "share of spot of a put at maintenance", POSITIVE),
            field<&P::maintenance_put_mark>(
                "maintenance_put_mark", "or this share of the put's mark", NOT_NEGATIVE),
            field<&P::maintenance_offset>("maintenance_offset",
                "a put needs at initial this times its mark and maintenance, less its mark",
                POSITIVE),
            field<&P::unpaired, &PerLevel<Ratio>::initial>("unpaired_initial",
                "of the forward for each call short of a long one, at initial", POSITIVE),
            field<&P::unpaired, &PerLevel<Ratio>::maintenance>(
                "unpaired_maintenance", "the same at maintenance", POSITIVE));
    }
};

template <>
struct Described<PerLevel<Ratio>>
{
    static constexpr std::string_view NAME = "Levels";
    static constexpr std::string_view DOC = "One value for each level of margin.";
    static constexpr auto fields() noexcept
    {
        using P = PerLevel<Ratio>;
        return describe(field<&P::initial>("initial", "at initial", NOT_NEGATIVE),
            field<&P::maintenance>("maintenance", "at maintenance, not above it", NOT_NEGATIVE));
    }
};

template <>
struct Described<Scenario>
{
    static constexpr std::string_view NAME = "Scenario";
    static constexpr std::string_view DOC = "One move of spot and volatility.";
    static constexpr auto fields() noexcept
    {
        using P = Scenario;
        return describe(field<&P::spot>("spot", "spot is multiplied by it", POSITIVE),
            field<&P::vol>("vol", "what volatility does"),
            field<&P::damping>(
                "damping", "the result is multiplied by it; absent: 1", or_default(POSITIVE)));
    }
};

template <>
struct Described<VolShockParams>
{
    static constexpr std::string_view NAME = "VolShockParams";
    static constexpr std::string_view DOC = "How far volatility moves, by tenor.";
    static constexpr auto fields() noexcept
    {
        using P = VolShockParams;
        return describe(field<&P::range_up>("range_up", "up, at 30 days", NOT_NEGATIVE),
            field<&P::range_down>("range_down", "down, at 30 days", NOT_NEGATIVE),
            field<&P::short_power>(
                "short_power", "of 30 days over the tenor, up to 30 days", NOT_NEGATIVE),
            field<&P::long_power>("long_power", "the same beyond", NOT_NEGATIVE),
            field<&P::floor_days>("floor_days", "shorter tenors move like this one", POSITIVE),
            field<&P::min_vol_up>("min_vol_up", "least volatility of a move up", NOT_NEGATIVE));
    }
};

template <>
struct Described<SkewShockParams>
{
    static constexpr std::string_view NAME = "SkewShockParams";
    static constexpr std::string_view DOC = "How far the smile turns (linear) or bends (abs).";
    static constexpr auto fields() noexcept
    {
        using P = SkewShockParams;
        return describe(field<&P::linear_cap>("linear_cap", "most that it turns", NOT_NEGATIVE),
            field<&P::linear_slope>("linear_slope", "added to that times the root of years"),
            field<&P::abs_cap>("abs_cap", "most that it bends", NOT_NEGATIVE),
            field<&P::abs_slope>("abs_slope", "added to that times the root of years"),
            field<&P::min_width>(
                "min_width", "least log-moneyness at which the cap is reached", POSITIVE),
            field<&P::width_scale>("width_scale", "width in standard deviations", NOT_NEGATIVE),
            field<&P::vol_static>("vol_static", "the volatility of those", NOT_NEGATIVE),
            field<&P::vol_slope>("vol_slope", "added to it times the root of years"));
    }
};

template <>
struct Described<BasisParams>
{
    static constexpr std::string_view NAME = "BasisParams";
    static constexpr std::string_view DOC = "Futures and options against spot.";
    static constexpr auto fields() noexcept
    {
        using P = BasisParams;
        return describe(field<&P::up>("up", "the forward is multiplied by it", POSITIVE),
            field<&P::down>("down", "and by it", NOT_NEGATIVE),
            field<&P::add>("add", "share of the worse of both that counts", NOT_NEGATIVE),
            field<&P::mult>("mult", "added to that times years", NOT_NEGATIVE));
    }
};

template <>
struct Described<DiscountParams>
{
    static constexpr std::string_view NAME = "DiscountParams";
    static constexpr std::string_view DOC =
        "What a shocked option value counts: long ones less, short ones more. Rates a year.";
    static constexpr auto fields() noexcept
    {
        using P = DiscountParams;
        return describe(
            field<&P::long_base>("long_base", "of a positive value at no tenor", POSITIVE),
            field<&P::long_rate_mult>(
                "long_rate_mult", "it falls with this times the rate", NOT_NEGATIVE),
            field<&P::long_rate_add>("long_rate_add", "and with this", NOT_NEGATIVE),
            field<&P::short_base>("short_base", "of a negative value at no tenor", POSITIVE),
            field<&P::short_rate_mult>(
                "short_rate_mult", "it rises with this times the rate", NOT_NEGATIVE),
            field<&P::short_rate_add>("short_rate_add", "and with this", NOT_NEGATIVE),
            field<&P::mark_rate_mult>("mark_rate_mult",
                "the rate times this discounts prices; absent: 1", or_default(NOT_NEGATIVE)));
    }
};

template <>
struct Described<WideningParams>
{
    static constexpr std::string_view NAME = "WideningParams";
    static constexpr std::string_view DOC =
        "How far observed volatility widens the shocks of spot: to multiple * volatility over the "
        "horizon.";
    static constexpr auto fields() noexcept
    {
        using P = WideningParams;
        return describe(
            field<&P::multiple>("multiple",
                "how many times volatility over the horizon; 0: never widened", NOT_NEGATIVE),
            field<&P::horizon>("horizon_s", "the horizon, in seconds"),
            field<&P::factor_max>(
                "factor_max", "most that the listed shocks are multiplied with", NOT_NEGATIVE),
            field<&P::maintenance_factor_max>(
                "maintenance_factor_max", "the same at maintenance", NOT_NEGATIVE));
    }
};

}  // namespace json

namespace message {

using json::describe;
using json::field;
using json::NOT_NEGATIVE;

struct SetPortfolioRisk
{
    UnderlyingId underlying;
    PortfolioParams params;
    std::optional<WideningParams> widening;

    static constexpr std::string_view NAME = "set_portfolio_risk";
    static constexpr std::string_view DOC =
        "Replaces the scenarios and contingencies of portfolio margin on an underlying, whose "
        "correlations with all others that have scenarios are set. The sender holds the role "
        "governance.";
    static constexpr auto fields() noexcept
    {
        using P = PortfolioParams;
        using M = SetPortfolioRisk;
        return describe(field<&M::underlying>("underlying", "the underlying"),
            field<&M::params, &P::scenarios>("scenarios", "the moves whose worst is required"),
            field<&M::params, &P::vol_shock>("vol_shock", "how far volatility moves"),
            field<&M::params, &P::skew_shock>("skew_shock", "how far the smile turns and bends"),
            field<&M::params, &P::basis>("basis", "futures against spot"),
            field<&M::params, &P::discount>("discount", "what a shocked option value counts"),
            field<&M::params, &P::factor>("factor", "the worst loss is multiplied by it"),
            field<&M::params, &P::perp_contingency>(
                "perp_contingency", "share of a perpetual's notional"),
            field<&M::params, &P::future_contingency>(
                "future_contingency", "share of a future's notional"),
            field<&M::params, &P::option_contingency>(
                "option_contingency", "share of spot for each naked short option"),
            field<&M::params, &P::confidence>("confidence", "charge for uncertain prices"),
            field<&M::params, &P::depeg>("depeg", "charge while the quote is below its peg"),
            field<&M::widening>("widening",
                "how far observed volatility widens the scenarios; absent: not at all"));
    }
};

struct CorrelationEntry
{
    UnderlyingId a;
    UnderlyingId b;
    Ratio rho;
    std::optional<Ratio> band;

    static constexpr std::string_view NAME = "CorrelationPair";
    static constexpr std::string_view DOC = "How two underlyings move together.";
    static constexpr auto fields() noexcept
    {
        using P = CorrelationEntry;
        return describe(field<&P::a>("a", "an underlying"), field<&P::b>("b", "another one"),
            field<&P::rho>("rho", "their correlation, from -1 to 1"),
            field<&P::band>("band", "the pair's own band; absent: that of all", NOT_NEGATIVE));
    }
};

struct SetCorrelation
{
    Ratio band;
    Ratio max_relief;
    List<CorrelationEntry, PAIRS_MAX> pairs;

    static constexpr std::string_view NAME = "set_correlation";
    static constexpr std::string_view DOC =
        "Sets the band and the relief between underlyings, and the pairs that are named; the other "
        "pairs stay. The sender holds the role governance.";
    static constexpr auto fields() noexcept
    {
        using M = SetCorrelation;
        return describe(field<&M::band>("band",
                            "how far from its correlation a pair may move, 0 to 1", NOT_NEGATIVE),
            field<&M::max_relief>("max_relief",
                "greatest share of the plain sum that offsets take off", NOT_NEGATIVE),
            field<&M::pairs>("pairs", "the pairs to set"));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
