// plimsoll: tests/engine/model/standard_params_test.cpp             SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Standard margin's parameters: every bound, what the formulas need of any case,
// and that what validate() accepts never puts initial margin below maintenance margin.
#include "engine/model/standard_params.hpp"

#include "tests/support/params.hpp"
#include "tests/support/rng.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::money;
using test::ratio;
using test::Rng;
using P = StandardParams;

template <class... Arguments>
void check_bounds(const Arguments&... arguments)
{
    CHECK(test::bound_fault(arguments...) == "");
}

TEST_CASE("standard params: bounds of sizes and rules", "[model][params]")
{
    const P good = test::default_standard();
    REQUIRE(validate(good) == Error::ok);
    check_bounds(good, ratio("0.001"), Ratio::one(),
        [](P& p, Ratio value) { p.fraction = {value, ratio("0.001")}; });
    check_bounds(good, ratio("0.001"), Ratio::one(),
        [](P& p, Ratio value) { p.fraction = {Ratio::one(), value}; });
    check_bounds(good, money("1"), MONEY_MAX, [](P& p, Money value) { p.size_reference = value; });
    check_bounds(good, Ratio::zero(), ratio("10"),
        [](P& p, Ratio value) { p.size_sqrt_coefficient = value; });
    check_bounds(good, Ratio::zero(), ratio("10"),
        [](P& p, Ratio value) { p.size_linear_coefficient = value; });
    check_bounds(good, Money::zero(), good.open_interest_upper - Money::from_raw(1),
        [](P& p, Money value) { p.open_interest_lower = value; });
    check_bounds(good, good.open_interest_lower + Money::from_raw(1), MONEY_MAX,
        [](P& p, Money value) { p.open_interest_upper = value; });
    check_bounds(good, Ratio::zero(), Ratio::one(),
        [](P& p, Ratio value) { p.confidence.threshold = value; });
    check_bounds(
        good, Ratio::zero(), ratio("10"), [](P& p, Ratio value) { p.confidence.factor = value; });
    check_bounds(
        good, Ratio::zero(), Ratio::one(), [](P& p, Ratio value) { p.depeg.threshold = value; });
    check_bounds(
        good, Ratio::zero(), ratio("10"), [](P& p, Ratio value) { p.depeg.factor = value; });
}

TEST_CASE("standard params: without open interest there is no lower end", "[model][params]")
{
    P params = test::default_standard();
    params.open_interest_upper = Money::zero();
    CHECK(validate(params) == Error::parameters_disagree);
    params.open_interest_lower = Money::zero();
    CHECK(validate(params) == Error::ok);
}

TEST_CASE("standard params: bounds of short options", "[model][params]")
{
    const P good = test::default_standard();
    CHECK(good.option.given());
    P low = good;
    low.option.min_initial = low.option.maintenance_call = ratio("0.001");
    check_bounds(
        low, ratio("0.001"), Ratio::one(), [](P& p, Ratio value) { p.option.max_initial = value; });
    P high = good;
    high.option.max_initial = Ratio::one();
    high.option.maintenance_call = ratio("0.001");
    check_bounds(high, ratio("0.001"), Ratio::one(),
        [](P& p, Ratio value) { p.option.min_initial = value; });
    high.option.min_initial = Ratio::one();
    check_bounds(high, ratio("0.001"), Ratio::one(),
        [](P& p, Ratio value) { p.option.maintenance_call = value; });
    check_bounds(good, ratio("0.001"), Ratio::one(),
        [](P& p, Ratio value) { p.option.maintenance_put = value; });
    check_bounds(good, Ratio::zero(), Ratio::one(),
        [](P& p, Ratio value) { p.option.maintenance_put_mark = value; });
    check_bounds(good, Ratio::one(), ratio("10"),
        [](P& p, Ratio value) { p.option.maintenance_offset = value; });
    check_bounds(good, Ratio::one(), ratio("10"),
        [](P& p, Ratio value) { p.option.unpaired = {value, Ratio::one()}; });
    check_bounds(good, Ratio::one(), ratio("10"),
        [](P& p, Ratio value) { p.option.unpaired = {ratio("10"), value}; });
}

TEST_CASE("standard params: no level of maintenance passes initial", "[model][params]")
{
    const P good = test::default_standard();
    const Ratio more = Ratio::from_raw(1);
    const auto disagree = [&](auto set) {
        P changed = good;
        set(changed);
        return validate(changed) == Error::parameters_disagree;
    };
    CHECK(disagree([&](P& p) { p.fraction.maintenance = p.fraction.initial + more; }));
    CHECK(disagree([&](P& p) { p.option.maintenance_call = p.option.min_initial + more; }));
    CHECK(disagree([&](P& p) { p.option.min_initial = p.option.max_initial + more; }));
    CHECK(
        disagree([&](P& p) { p.option.unpaired.maintenance = p.option.unpaired.initial + more; }));
    CHECK_FALSE(disagree([&](P& p) { p.option.min_initial = p.option.max_initial; }));
}

TEST_CASE("standard params: options are given whole or not at all", "[model][params]")
{
    P params = test::default_standard();
    params.option = {};
    CHECK_FALSE(params.option.given());
    CHECK(validate(params) == Error::ok);
    params.option.maintenance_put_mark = ratio("0.1");
    CHECK(validate(params) == Error::parameter_bounds);
    params.option = {};
    params.option.unpaired.initial = ratio("1.1");
    CHECK(validate(params) == Error::parameter_bounds);
}

TEST_CASE("standard params: the domain is wider than what governance may set", "[model][params]")
{
    const P good = test::default_standard();
    P params = good;
    params.fraction = {ratio("0"), ratio("100")};
    params.size_reference = Money::from_raw(1);
    params.option.maintenance_offset = ratio("0.5");
    params.option.unpaired = {ratio("0"), ratio("50")};
    CHECK(check_domain(params) == Error::ok);
    CHECK(validate(params) == Error::parameter_bounds);

    const auto refused = [&](auto set) {
        P changed = good;
        set(changed);
        return check_domain(changed) == Error::parameter_bounds;
    };
    CHECK(refused([](P& p) { p.size_reference = Money::zero(); }));
    CHECK(refused([](P& p) { p.open_interest_lower = p.open_interest_upper; }));
    CHECK(refused([](P& p) { p.fraction.initial = ratio("-0.1"); }));
    CHECK(refused([](P& p) { p.size_sqrt_coefficient = Ratio::from_raw(-1); }));
    CHECK(refused([](P& p) { p.option.min_initial = RATIO_MAX + Ratio::from_raw(1); }));
    CHECK(refused([](P& p) { p.depeg = {ratio("100"), ratio("2")}; }));
}

/// F-9 in whole units of raw ratios, times one unit of spot: no rounding.
struct Needs
{
    num::i128 initial = 0;
    num::i128 maintenance = 0;
};
Needs short_call(const ShortOptionParams& p, num::i128 spot, num::i128 otm)
{
    return {std::max(p.min_initial.raw(), p.max_initial.raw() - otm) * spot,
        p.maintenance_call.raw() * spot};
}
/// Times WAD, for the products of two ratios.
Needs short_put(const ShortOptionParams& p, num::i128 spot, num::i128 otm, num::i128 mark)
{
    const num::i128 wad = num::WAD;
    const num::i128 maintenance =
        std::max(p.maintenance_put.raw() * spot, p.maintenance_put_mark.raw() * mark);
    const num::i128 plain = std::max(p.min_initial.raw(), p.max_initial.raw() - otm) * spot;
    const num::i128 scaled = p.maintenance_offset.raw() * (maintenance / wad + mark) - mark * wad;
    return {std::max(plain, scaled), maintenance / wad * wad};
}

TEST_CASE("standard params: no accepted short option needs less at initial", "[model][params]")
{
    Rng rng(7);
    const auto between = [&](Ratio low, Ratio high) {
        return Ratio::from_raw(rng.between(low.raw(), high.raw()));
    };
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        P params = test::default_standard();
        ShortOptionParams& p = params.option;
        p.max_initial = between(ratio("0.001"), Ratio::one());
        p.min_initial = between(ratio("0.001"), Ratio::one());
        p.maintenance_call = between(ratio("0.001"), Ratio::one());
        p.maintenance_put = between(ratio("0.001"), Ratio::one());
        p.maintenance_put_mark = between(Ratio::zero(), Ratio::one());
        p.maintenance_offset = between(ratio("0.9"), ratio("1.5"));
        if (validate(params) != Error::ok)
            continue;
        ++accepted;
        const num::i128 spot = rng.between(1, 1'000'000);
        const num::i128 mark = rng.between(0, 1'000'000);
        const num::i128 otm = rng.between(0, 2 * num::i128{num::WAD});
        const Needs call = short_call(p, spot, otm);
        CHECK(call.initial >= call.maintenance);
        const Needs put = short_put(p, spot, otm, mark);
        CHECK(put.initial >= put.maintenance);
    }
    CHECK(accepted > 1'000);
}

}  // namespace
}  // namespace plimsoll
