// plimsoll: tests/support/params.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Parameters of the margin model that validate() accepts, and how a bound is
// tested.
#pragma once

#include "engine/model/correlation.hpp"
#include "engine/model/portfolio_params.hpp"
#include "engine/model/standard_params.hpp"
#include "tests/support/literals.hpp"

#include <string>
#include <type_traits>

namespace plimsoll::test {

/// At both ends accepted, one raw unit outside refused: empty, or which of the four is wrong.
template <class Params, class Value, class Set>
std::string bound_fault(const Params& good, Value low, Value high, const Set& set)
{
    const auto is = [&](Value value, Error expected) {
        Params params = good;
        set(params, value);
        return validate(params) == expected;
    };
    std::string fault;
    if (!is(low, Error::ok))
        fault += " low refused";
    if (!is(high, Error::ok))
        fault += " high refused";
    if (!is(Value::from_raw(high.raw() + 1), Error::parameter_bounds))
        fault += " above high not refused";
    const bool has_below = low.raw() != 0 || !std::is_same_v<Value, Seconds>;
    if (has_below && !is(Value::from_raw(low.raw() - 1), Error::parameter_bounds))
        fault += " below low not refused";
    return fault;
}

inline ShortOptionParams default_short_option()
{
    ShortOptionParams params;
    params.max_initial = ratio("0.15");
    params.min_initial = ratio("0.1");
    params.maintenance_call = ratio("0.075");
    params.maintenance_put = ratio("0.075");
    params.maintenance_put_mark = ratio("0.075");
    params.maintenance_offset = ratio("1.05");
    params.unpaired = {ratio("1.2"), ratio("1.1")};
    return params;
}

inline StandardParams default_standard()
{
    StandardParams params;
    params.fraction = {ratio("0.1"), ratio("0.05")};
    params.size_reference = money("1000000");
    params.size_sqrt_coefficient = ratio("0.1");
    params.size_linear_coefficient = ratio("0.02");
    params.open_interest_lower = money("20000000");
    params.open_interest_upper = money("50000000");
    params.confidence = {ratio("0.6"), ratio("0.7")};
    params.depeg = {ratio("0.985"), ratio("1.5")};
    params.option = default_short_option();
    return params;
}

/// Seven moves at unchanged volatility and both directions, a damped tail to each side, both skews.
inline PortfolioParams default_portfolio()
{
    PortfolioParams params;
    const auto list = [&](std::string_view spot, VolShock vol, std::string_view damping = "1") {
        if (!params.scenarios.push(Scenario{ratio(spot), vol, ratio(damping)}))
            __builtin_trap();
    };
    for (const VolShock vol : {VolShock::up, VolShock::none, VolShock::down})
        for (const char* spot : {"0.85", "0.9", "0.95", "1", "1.05", "1.1", "1.15"})
            list(spot, vol);
    list("0.5", VolShock::up, "0.3");
    list("2", VolShock::up, "0.2");
    list("1", VolShock::skew_linear);
    list("1", VolShock::skew_abs);
    params.vol_shock = {
        ratio("0.45"), ratio("0.3"), ratio("0.3"), ratio("0.13"), ratio("1"), ratio("0.35")};
    params.skew_shock = {ratio("0.2"), ratio("-0.06"), ratio("0.2"), ratio("-0.05"), ratio("0.01"),
        ratio("4"), ratio("0.9"), ratio("-0.2")};
    params.basis = {ratio("1.04"), ratio("0.96"), ratio("0.25"), ratio("1.2")};
    params.discount = {ratio("0.96"), ratio("0.5"), ratio("0.1"), ratio("1.03"), ratio("0.5"),
        ratio("0.1"), ratio("1")};
    params.factor = {ratio("1.1"), ratio("0.9")};
    params.perp_contingency = {ratio("0.03"), ratio("0.02")};
    params.future_contingency = {ratio("0.015"), ratio("0.01")};
    params.option_contingency = {ratio("0.006"), ratio("0.004")};
    params.confidence = {ratio("0.6"), ratio("0.8")};
    params.depeg = {ratio("0.985"), ratio("3")};
    return params;
}

}  // namespace plimsoll::test
