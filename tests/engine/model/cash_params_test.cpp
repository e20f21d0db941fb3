// plimsoll: tests/engine/model/cash_params_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Bounds of borrowing, the gate and staking: at them accepted, one unit past them refused.
#include "engine/model/cash_params.hpp"

#include "tests/support/literals.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::money;
using test::rate;
using test::ratio;
using test::seconds;

BorrowParams good_borrow()
{
    BorrowParams params;
    params.kink = ratio("0.8");
    params.utilisation_max = ratio("0.9");
    return params;
}

GateParams good_gate()
{
    GateParams params;
    params.absolute = money("100");
    params.outflow_share = ratio("0.1");
    params.window = seconds(3'600);
    params.closed_max = seconds(86'400);
    return params;
}

template <class Params, class Value>
void check_bounds(const Params& good, Value Params::* member, Value low, Value high)
{
    const auto validated = [&](decltype(low.raw()) raw) {
        Params params = good;
        params.*member = Value::from_raw(raw);
        return validate(params);
    };
    CHECK(validated(low.raw()) == Error::ok);
    CHECK(validated(high.raw()) == Error::ok);
    CHECK(validated(high.raw() + 1) == Error::parameter_bounds);
    CHECK(validated(low.raw() - 1) == Error::parameter_bounds);
}

TEST_CASE("cash params: bounds of borrowing", "[model][params][cash]")
{
    using Params = BorrowParams;
    const Params good = good_borrow();
    check_bounds(good, &Params::base, rate("0"), rate("0.05"));
    check_bounds(good, &Params::slope_low, rate("0"), rate("0.05"));
    check_bounds(good, &Params::slope_high, rate("0"), rate("0.05"));
    check_bounds(good, &Params::kink, ratio("0.01"), ratio("0.99"));
    check_bounds(good, &Params::reserve_factor, ratio("0"), ratio("0.5"));
    check_bounds(good, &Params::utilisation_max, ratio("0"), ratio("1"));
    check_bounds(good, &Params::borrow_cap, money("0"), MONEY_MAX);
    check_bounds(good, &Params::supply_loss_cap, ratio("0"), ratio("0.5"));
}

TEST_CASE("cash params: bounds of the gate", "[model][params][cash]")
{
    using Params = GateParams;
    const Params good = good_gate();
    check_bounds(good, &Params::absolute, money("1"), MONEY_MAX);
    check_bounds(good, &Params::relative, ratio("0"), ratio("1"));
    check_bounds(good, &Params::outflow_share, ratio("0.01"), ratio("1"));
    check_bounds(good, &Params::window, seconds(600), seconds(86'400));
    check_bounds(good, &Params::closed_max, seconds(600), seconds(14 * 86'400));
}

TEST_CASE("cash params: gate and staking need what is supplied, and shares wait long enough",
    "[model][params][cash]")
{
    const LiquidationParams liquidation = test::default_liquidation();  // 600 s of curve
    CashParams params;
    CHECK(validate(params, liquidation) == Error::ok);
    params.gate = good_gate();
    CHECK(validate(params, liquidation) == Error::parameters_disagree);
    params.borrow = good_borrow();
    CHECK(validate(params, liquidation) == Error::ok);
    params.staking.unbonding = seconds(86'400 + 599);
    CHECK(validate(params, liquidation) == Error::parameters_disagree);
    params.staking.unbonding = seconds(86'400 + 600);
    CHECK(validate(params, liquidation) == Error::ok);
    params.staking.unbonding = seconds(90 * 86'400);
    CHECK(validate(params, liquidation) == Error::ok);
    params.staking.unbonding = seconds(90 * 86'400 + 1);
    CHECK(validate(params, liquidation) == Error::parameter_bounds);
    params.staking.unbonding = seconds(600);
    params.gate = {};
    CHECK(validate(params, liquidation) == Error::ok);
    params.borrow = {};
    CHECK(validate(params, liquidation) == Error::parameters_disagree);
    params.borrow = good_borrow();
    params.borrow.base = rate("1");
    CHECK(validate(params, liquidation) == Error::parameter_bounds);
    params.borrow = good_borrow();
    params.gate = good_gate();
    params.gate.window = seconds(1);
    CHECK(validate(params, liquidation) == Error::parameter_bounds);
}

}  // namespace
}  // namespace plimsoll
