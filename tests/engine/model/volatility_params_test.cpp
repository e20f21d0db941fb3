// plimsoll: tests/engine/model/volatility_params_test.cpp           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Bounds of the parameters of volatility: at them accepted, one unit past them refused.
#include "engine/model/volatility_params.hpp"

#include "tests/engine/oracle/volatility_world.hpp"

#include <catch2/catch.hpp>
#include <type_traits>

namespace plimsoll {
namespace {

using test::ratio;
using test::seconds;

/// At both ends accepted, one `unit` outside refused.
template <class Params, class Value>
void check_bounds(
    const Params& good, Value Params::* member, Value low, Value high, decltype(low.raw()) unit = 1)
{
    const auto validated = [&](decltype(low.raw()) raw) {
        Params params = good;
        params.*member = Value::from_raw(raw);
        return validate(params);
    };
    CHECK(validated(low.raw()) == Error::ok);
    CHECK(validated(high.raw()) == Error::ok);
    CHECK(validated(high.raw() + unit) == Error::parameter_bounds);
    if (low.raw() != 0 || !std::is_same_v<Value, Seconds>)
        CHECK(validated(low.raw() - unit) == Error::parameter_bounds);
}

TEST_CASE("volatility params: bounds of the grid and the estimate", "[model][params][volatility]")
{
    using Params = VolatilityParams;
    Params good = test::default_volatility();
    CHECK(validate(good) == Error::ok);
    check_bounds(good, &Params::step, seconds(60), seconds(3'600));
    check_bounds(good, &Params::decay, ratio("0.5"), ratio("0.9999"));
    check_bounds(good, &Params::clip, ratio("2"), ratio("20"));
    check_bounds(good, &Params::stale_after, seconds(1), seconds(86'400));
    good.floor = ratio("0.01");
    good.start = ratio("10");
    good.cap = ratio("50");
    check_bounds(good, &Params::floor, ratio("0.01"), ratio("10"));
    check_bounds(good, &Params::start, ratio("0.01"), ratio("50"));
    good.start = ratio("0.01");
    check_bounds(good, &Params::cap, ratio("0.01"), ratio("50"));
}

TEST_CASE("volatility params: floor <= start <= cap", "[model][params][volatility]")
{
    VolatilityParams params = test::default_volatility();
    params.start = params.floor;
    CHECK(validate(params) == Error::ok);
    params.start -= Ratio::from_raw(1);
    CHECK(validate(params) == Error::parameters_disagree);
    params.start = params.cap;
    CHECK(validate(params) == Error::ok);
    params.start += Ratio::from_raw(1);
    CHECK(validate(params) == Error::parameters_disagree);
}

TEST_CASE("volatility params: bounds of correlation steps", "[model][params][volatility]")
{
    using Params = CorrelationParams;
    Params good = test::default_correlation();
    CHECK(validate(good) == Error::ok);
    check_bounds(good, &Params::hysteresis, ratio("0.001"), good.step, ratio("1").raw());
    check_bounds(good, &Params::hold, seconds(0), seconds(7 * 86'400));
    check_bounds(good, &Params::step, ratio("0.01"), ratio("0.5"));
    good.hysteresis = good.step + Ratio::from_raw(1);
    CHECK(validate(good) == Error::parameters_disagree);
    good.hysteresis = ratio("0.001") - Ratio::from_raw(1);
    CHECK(validate(good) == Error::parameter_bounds);
    good = test::default_correlation();
    good.step += Ratio::from_raw(1);
    CHECK(validate(good) == Error::parameter_bounds);
    good.step = ratio("0.0501");
    CHECK(validate(good) == Error::ok);
}

TEST_CASE("volatility params: bounds of the limiter", "[model][params][volatility]")
{
    check_bounds(
        LimiterParams{ratio("0.01")}, &LimiterParams::per_hour, ratio("0.0001"), ratio("0.1"));
}

TEST_CASE("volatility params: bounds of haircut and widening", "[model][params][volatility]")
{
    using Haircut = VolatilityHaircutParams;
    const Haircut haircut{ratio("3"), seconds(86'400), ratio("0.3")};
    check_bounds(haircut, &Haircut::multiple, ratio("0"), ratio("20"));
    check_bounds(haircut, &Haircut::horizon, seconds(1), seconds(30 * 86'400));
    check_bounds(haircut, &Haircut::maintenance_cap, ratio("0"), ratio("1"));
    using Widening = WideningParams;
    Widening widening{ratio("3"), seconds(86'400), ratio("10"), ratio("2")};
    check_bounds(widening, &Widening::multiple, ratio("0"), ratio("20"));
    check_bounds(widening, &Widening::horizon, seconds(1), seconds(30 * 86'400));
    const num::i128 step = WIDENING_STEP.raw();
    check_bounds(widening, &Widening::maintenance_factor_max, ratio("1"), ratio("10"), step);
    widening.maintenance_factor_max = ratio("1");
    check_bounds(widening, &Widening::factor_max, ratio("1"), ratio("10"), step);
    widening.factor_max = ratio("2.005");
    CHECK(validate(widening) == Error::parameter_bounds);
    widening.factor_max = ratio("2");
    widening.maintenance_factor_max = ratio("2.01");
    CHECK(validate(widening) == Error::parameters_disagree);
}

TEST_CASE("volatility params: bounds of the stable price", "[model][params][volatility]")
{
    using Params = StablePriceParams;
    const Params good{seconds(3'600), ratio("0.06"), ratio("1.08")};
    check_bounds(good, &Params::interval, seconds(60), seconds(86'400));
    check_bounds(good, &Params::delay_growth, ratio("0.0001"), ratio("1"));
    check_bounds(good, &Params::growth_per_hour, ratio("0.01"), ratio("10"));
}

}  // namespace
}  // namespace plimsoll
