// plimsoll: tests/engine/model/portfolio_params_test.cpp            SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Portfolio margin's parameters: every bound, what the formulas need of any
// case, and that what validate() accepts keeps F-14's condition.
#include "engine/model/portfolio_params.hpp"

#include "tests/support/params.hpp"
#include "tests/support/rng.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

namespace plimsoll {
namespace {

using test::ratio;
using test::Rng;
using P = PortfolioParams;

template <class... Arguments>
void check_bounds(const Arguments&... arguments)
{
    CHECK(test::bound_fault(arguments...) == "");
}

TEST_CASE("portfolio params: bounds of the shocks of volatility", "[model][params]")
{
    const P good = test::default_portfolio();
    REQUIRE(validate(good) == Error::ok);
    check_bounds(
        good, Ratio::zero(), ratio("10"), [](P& p, Ratio value) { p.vol_shock.range_up = value; });
    check_bounds(good, Ratio::zero(), ratio("10"),
        [](P& p, Ratio value) { p.vol_shock.range_down = value; });
    check_bounds(good, Ratio::zero(), ratio("2"),
        [](P& p, Ratio value) { p.vol_shock.short_power = value; });
    check_bounds(
        good, Ratio::zero(), ratio("2"), [](P& p, Ratio value) { p.vol_shock.long_power = value; });
    check_bounds(good, ratio("0.001"), ratio("100"),
        [](P& p, Ratio value) { p.vol_shock.floor_days = value; });
    check_bounds(good, Ratio::zero(), ratio("10"),
        [](P& p, Ratio value) { p.vol_shock.min_vol_up = value; });
    check_bounds(good, Ratio::zero(), Ratio::one(),
        [](P& p, Ratio value) { p.skew_shock.linear_cap = value; });
    check_bounds(good, ratio("-10"), ratio("10"),
        [](P& p, Ratio value) { p.skew_shock.linear_slope = value; });
    check_bounds(
        good, Ratio::zero(), Ratio::one(), [](P& p, Ratio value) { p.skew_shock.abs_cap = value; });
    check_bounds(
        good, ratio("-10"), ratio("10"), [](P& p, Ratio value) { p.skew_shock.abs_slope = value; });
    check_bounds(good, ratio("0.001"), ratio("10"),
        [](P& p, Ratio value) { p.skew_shock.min_width = value; });
    check_bounds(good, Ratio::zero(), ratio("100"),
        [](P& p, Ratio value) { p.skew_shock.width_scale = value; });
    check_bounds(good, Ratio::zero(), ratio("10"),
        [](P& p, Ratio value) { p.skew_shock.vol_static = value; });
    check_bounds(
        good, ratio("-10"), ratio("10"), [](P& p, Ratio value) { p.skew_shock.vol_slope = value; });
}

TEST_CASE("portfolio params: bounds of basis, discounts, factors and rules", "[model][params]")
{
    const P good = test::default_portfolio();
    check_bounds(good, Ratio::one(), ratio("13"), [](P& p, Ratio value) { p.basis.up = value; });
    check_bounds(
        good, Ratio::zero(), Ratio::one(), [](P& p, Ratio value) { p.basis.down = value; });
    check_bounds(good, Ratio::zero(), ratio("10"), [](P& p, Ratio value) { p.basis.add = value; });
    check_bounds(good, Ratio::zero(), ratio("10"), [](P& p, Ratio value) { p.basis.mult = value; });
    check_bounds(
        good, ratio("0.5"), Ratio::one(), [](P& p, Ratio value) { p.discount.long_base = value; });
    check_bounds(
        good, Ratio::one(), ratio("2"), [](P& p, Ratio value) { p.discount.short_base = value; });
    check_bounds(good, Ratio::zero(), ratio("10"),
        [](P& p, Ratio value) { p.discount.long_rate_mult = value; });
    check_bounds(good, Ratio::zero(), ratio("10"),
        [](P& p, Ratio value) { p.discount.long_rate_add = value; });
    check_bounds(good, Ratio::zero(), ratio("10"),
        [](P& p, Ratio value) { p.discount.short_rate_mult = value; });
    check_bounds(good, Ratio::zero(), ratio("10"),
        [](P& p, Ratio value) { p.discount.short_rate_add = value; });
    check_bounds(good, Ratio::zero(), ratio("10"),
        [](P& p, Ratio value) { p.discount.mark_rate_mult = value; });
    P most = good;
    most.factor = {ratio("10"), Ratio::from_raw(1)};
    CHECK(validate(most) == Error::ok);
    most.factor.initial += Ratio::from_raw(1);
    CHECK(validate(most) == Error::parameter_bounds);
    for (const Ratio none : {Ratio::zero(), Ratio::from_raw(-1)}) {
        P params = good;
        params.factor.maintenance = none;
        CHECK(validate(params) == Error::parameter_bounds);
    }
    check_bounds(good, Ratio::zero(), Ratio::one(),
        [](P& p, Ratio value) { p.confidence.threshold = value; });
    check_bounds(
        good, Ratio::zero(), ratio("10"), [](P& p, Ratio value) { p.confidence.factor = value; });
    check_bounds(
        good, Ratio::zero(), Ratio::one(), [](P& p, Ratio value) { p.depeg.threshold = value; });
    check_bounds(
        good, Ratio::zero(), ratio("10"), [](P& p, Ratio value) { p.depeg.factor = value; });
}

TEST_CASE("portfolio params: no level of maintenance passes initial", "[model][params]")
{
    const P good = test::default_portfolio();
    const auto check = [&](PerLevel<Ratio> P::* member) {
        P params = good;
        (params.*member).maintenance = (params.*member).initial;
        CHECK(validate(params) == Error::ok);
        (params.*member).maintenance += Ratio::from_raw(1);
        CHECK(validate(params) == Error::parameters_disagree);
    };
    check(&P::factor);
    check(&P::perp_contingency);
    check(&P::future_contingency);
    check(&P::option_contingency);
    for (auto member : {&P::perp_contingency, &P::future_contingency, &P::option_contingency}) {
        P params = good;
        params.*member = {Ratio::one(), Ratio::zero()};
        CHECK(validate(params) == Error::ok);
        (params.*member).initial += Ratio::from_raw(1);
        CHECK(validate(params) == Error::parameter_bounds);
        params.*member = {Ratio::zero(), Ratio::from_raw(-1)};
        CHECK(validate(params) == Error::parameter_bounds);
    }
}

TEST_CASE("portfolio params: bounds of a scenario", "[model][params]")
{
    const P good = test::default_portfolio();
    check_bounds(good, Ratio::from_raw(1), ratio("13"),
        [](P& p, Ratio value) { p.scenarios[21].spot = value; });
    check_bounds(good, Ratio::from_raw(1), Ratio::one(),
        [](P& p, Ratio value) { p.scenarios[21].damping = value; });
    P skewed = good;
    skewed.scenarios[23].spot = ratio("1.01");
    CHECK(validate(skewed) == Error::parameters_disagree);
    P unknown = good;
    unknown.scenarios[0].vol = static_cast<VolShock>(5);
    CHECK(validate(unknown) == Error::parameter_bounds);
    CHECK(check_domain(unknown) == Error::parameter_bounds);
}

TEST_CASE("portfolio params: undamped moves go both ways", "[model][params]")
{
    P params = test::default_portfolio();
    params.scenarios.clear();
    CHECK(check_domain(params) == Error::parameter_bounds);
    REQUIRE(params.scenarios.push({ratio("1.1"), VolShock::up, Ratio::one()}));
    REQUIRE(params.scenarios.push({ratio("0.5"), VolShock::down, ratio("0.5")}));
    CHECK(validate(params) == Error::parameters_disagree);
    CHECK(check_domain(params) == Error::ok);
    REQUIRE(params.scenarios.push({ratio("0.9"), VolShock::none, Ratio::one()}));
    CHECK(validate(params) == Error::ok);
    params.scenarios[0].damping = ratio("0.99");
    CHECK(validate(params) == Error::parameters_disagree);
}

TEST_CASE("portfolio params: the domain is wider than what governance may set", "[model][params]")
{
    const P good = test::default_portfolio();
    P params = good;
    params.scenarios.clear();
    REQUIRE(params.scenarios.push({Ratio::zero(), VolShock::up, ratio("5")}));
    params.vol_shock.floor_days = Ratio::from_raw(1);
    params.discount.long_base = ratio("2");
    params.discount.short_rate_add = ratio("-3");
    params.factor = {Ratio::zero(), ratio("20")};
    params.skew_shock.linear_cap = ratio("-1");
    CHECK(check_domain(params) == Error::ok);
    CHECK(validate(params) != Error::ok);

    const auto refused = [&](auto set) {
        P changed = good;
        set(changed);
        return check_domain(changed) == Error::parameter_bounds;
    };
    CHECK(refused([](P& p) { p.scenarios[0].spot = SCENARIO_SPOT_MAX + Ratio::from_raw(1); }));
    CHECK(refused([](P& p) { p.scenarios[0].spot = Ratio::from_raw(-1); }));
    CHECK(refused([](P& p) { p.scenarios[0].damping = Ratio::from_raw(-1); }));
    CHECK(refused([](P& p) { p.vol_shock.floor_days = Ratio::zero(); }));
    CHECK(refused([](P& p) { p.skew_shock.min_width = Ratio::zero(); }));
    CHECK(refused([](P& p) { p.basis.add = Ratio::from_raw(-1); }));
    CHECK(refused([](P& p) { p.discount.mark_rate_mult = Ratio::from_raw(-1); }));
    CHECK(refused([](P& p) { p.discount.long_rate_add = RATIO_MAX + Ratio::from_raw(1); }));
    CHECK(refused([](P& p) { p.perp_contingency.maintenance = Ratio::from_raw(-1); }));
    CHECK(refused([](P& p) { p.depeg = {ratio("10"), ratio("9.9")}; }));
}

double plain(Ratio ratio)
{
    return std::stod(test::text_of(ratio));
}

TEST_CASE("portfolio params: accepted discounts keep long at most short at every tenor",
    "[model][params]")
{
    Rng rng(11);
    const auto between = [&](const char* low, const char* high) {
        return Ratio::from_raw(rng.between(ratio(low).raw(), ratio(high).raw()));
    };
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        P params = test::default_portfolio();
        DiscountParams& p = params.discount;
        p.long_base = between("0.8", "1.05");
        p.short_base = between("0.95", "1.2");
        p.long_rate_mult = between("-0.1", "2");
        p.long_rate_add = between("-0.1", "1");
        p.short_rate_mult = between("-0.1", "2");
        p.short_rate_add = between("-0.1", "1");
        p.mark_rate_mult = between("0", "2");
        if (validate(params) != Error::ok)
            continue;
        ++accepted;
        const double rate = rng.chance(30) ? 0 : plain(between("0", "3"));
        const double years = rng.chance(30) ? 0 : plain(between("0", "5"));
        const double long_factor =
            plain(p.long_base) *
            std::exp(-years * (rate * plain(p.long_rate_mult) + plain(p.long_rate_add)));
        const double short_factor = std::min(std::exp(rate * plain(p.mark_rate_mult) * years),
            plain(p.short_base) *
                std::exp(years * (rate * plain(p.short_rate_mult) + plain(p.short_rate_add))));
        CHECK(long_factor <= short_factor);
    }
    CHECK(accepted > 1'000);
}

}  // namespace
}  // namespace plimsoll
