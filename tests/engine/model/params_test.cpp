// plimsoll: tests/engine/model/params_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Every bound of every parameter: at it accepted, one raw unit past it refused.
#include "engine/model/params.hpp"

#include "tests/support/params.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::money;
using test::quantity;
using test::rate;
using test::ratio;
using test::seconds;
using test::U0;

template <class... Arguments>
void check_bounds(const Arguments&... arguments)
{
    CHECK(test::bound_fault(arguments...) == "");
}

TEST_CASE("params: the defaults of the tests are valid", "[model][params]")
{
    CHECK(validate(test::default_asset(U0, 8)) == Error::ok);
    CHECK(validate(test::default_underlying("0.05", "0.1")) == Error::ok);
    CHECK(validate(test::default_liquidation()) == Error::ok);
    CHECK(validate(test::default_oracle()) == Error::ok);
    CHECK(validate(test::default_market(U0, seconds(0)).params) == Error::ok);
}

TEST_CASE("params: an asset's bounds", "[model][params]")
{
    const Asset good = test::default_asset(U0, 8);
    Asset open = good;
    open.initial_haircut = Ratio::one();
    check_bounds(open, Ratio::zero(), Ratio::one(),
        [](Asset& asset, Ratio value) { asset.maintenance_haircut = value; });
    Asset closed = good;
    closed.maintenance_haircut = Ratio::zero();
    check_bounds(closed, Ratio::zero(), Ratio::one(),
        [](Asset& asset, Ratio value) { asset.initial_haircut = value; });
    for (const int decimals : {0, 8, 18}) {
        Asset asset = good;
        asset.decimals = static_cast<std::uint8_t>(decimals);
        asset.deposit_cap = tokens_from_quantity_floor(QUANTITY_MAX, decimals);
        CHECK(validate(asset) == Error::ok);
        asset.deposit_cap += TokenAmount::from_raw(1);
        CHECK(validate(asset) == Error::parameter_bounds);
    }
    Asset fine = good;
    fine.decimals = 19;
    CHECK(validate(fine) == Error::parameter_bounds);
}

TEST_CASE("params: an asset's rules of size, volatility and confidence", "[model][params]")
{
    const Asset good = test::default_asset(U0, 8);
    check_bounds(good, Quantity::zero(), QUANTITY_MAX,
        [](Asset& asset, Quantity value) { asset.pool_start = value; });
    check_bounds(good, Ratio::zero(), Ratio::one(),
        [](Asset& asset, Ratio value) { asset.size_discount = value; });
    Asset moving = good;
    moving.volatility = {ratio("3"), seconds(86'400), ratio("0.5")};
    CHECK(validate(moving) == Error::ok);
    moving.volatility.multiple = ratio("-0.000000000000000001");
    CHECK(validate(moving) == Error::parameter_bounds);
    moving.volatility = {ratio("3"), seconds(30 * 86'400 + 1), ratio("0.5")};
    CHECK(validate(moving) == Error::parameter_bounds);
    check_bounds(good, Ratio::zero(), Ratio::one(),
        [](Asset& asset, Ratio value) { asset.confidence.threshold = value; });
    check_bounds(good, Ratio::zero(), ratio("10"),
        [](Asset& asset, Ratio value) { asset.confidence.factor = value; });
}

TEST_CASE(
    "params: a volatility haircut has a multiple and a horizon, or nothing", "[model][params]")
{
    Asset asset = test::default_asset(U0, 8);
    asset.volatility.multiple = ratio("3");
    CHECK(validate(asset) == Error::parameter_bounds);
    asset.volatility.horizon = seconds(3'600);
    CHECK(validate(asset) == Error::ok);
    asset.volatility.multiple = Ratio::zero();
    CHECK(validate(asset) == Error::parameters_disagree);
    asset.volatility.horizon = Seconds::zero();
    CHECK(validate(asset) == Error::ok);
    asset.volatility.maintenance_cap = ratio("0.1");
    CHECK(validate(asset) == Error::parameters_disagree);
}

TEST_CASE("params: an asset's maintenance haircut never passes its initial one", "[model][params]")
{
    Asset asset = test::default_asset(U0, 8);
    asset.maintenance_haircut = asset.initial_haircut;
    CHECK(validate(asset) == Error::ok);
    asset.maintenance_haircut += Ratio::from_raw(1);
    CHECK(validate(asset) == Error::parameters_disagree);
}

TEST_CASE("params: an underlying's bounds", "[model][params]")
{
    const Underlying good = test::default_underlying("0.05", "0.1");
    Underlying wide = good;
    wide.standard.fraction.initial = Ratio::one();
    check_bounds(wide, ratio("0.001"), Ratio::one(),
        [](Underlying& u, Ratio value) { u.standard.fraction.maintenance = value; });
    Underlying least = good;
    least.standard.fraction.maintenance = ratio("0.001");
    check_bounds(least, ratio("0.001"), Ratio::one(),
        [](Underlying& u, Ratio value) { u.standard.fraction.initial = value; });
    check_bounds(good, Ratio::zero(), Ratio::one(),
        [](Underlying& u, Ratio value) { u.profit.weight = value; });
    check_bounds(
        good, Money::zero(), MONEY_MAX, [](Underlying& u, Money value) { u.profit.cap = value; });
}

TEST_CASE("params: maintenance fraction never passes the initial one", "[model][params]")
{
    Underlying underlying = test::default_underlying("0.1", "0.1");
    CHECK(validate(underlying) == Error::ok);
    underlying.standard.fraction.maintenance += Ratio::from_raw(1);
    CHECK(validate(underlying) == Error::parameters_disagree);
}

TEST_CASE("params: liquidation bounds", "[model][params]")
{
    const LiquidationParams good = test::default_liquidation();
    check_bounds(good, Ratio::zero(), ratio("0.5"),
        [](LiquidationParams& p, Ratio value) { p.buffer = value; });
    check_bounds(good, seconds(1), seconds(86'400),
        [](LiquidationParams& p, Seconds value) { p.fast = value; });
    LiquidationParams cool = good;
    cool.cool = seconds(600);
    check_bounds(cool, seconds(1), seconds(86'400),
        [](LiquidationParams& p, Seconds value) { p.slow = value; });
    check_bounds(good, seconds(0), seconds(7 * 86'400),
        [](LiquidationParams& p, Seconds value) { p.cool = value; });
    check_bounds(good, Money::zero(), money("1000000"),
        [](LiquidationParams& p, Money value) { p.close_out_notional = value; });
    check_bounds(good, Money::zero(), money("1000000000"),
        [](LiquidationParams& p, Money value) { p.reward_cap = value; });
    LiquidationParams below = good;
    below.share_start = Ratio::from_raw(-1);
    CHECK(validate(below) == Error::parameter_bounds);
    below = good;
    below.fee_share = Ratio::from_raw(-1);
    CHECK(validate(below) == Error::parameter_bounds);
    below = good;
    below.share_max = Ratio::one() + Ratio::from_raw(1);
    CHECK(validate(below) == Error::parameter_bounds);
}

TEST_CASE("params: buyer and fee together leave some of the freed margin", "[model][params]")
{
    LiquidationParams params = test::default_liquidation();
    params.fee_share = Ratio::one() - params.share_max - Ratio::from_raw(1);
    CHECK(validate(params) == Error::ok);
    params.fee_share += Ratio::from_raw(1);
    CHECK(validate(params) == Error::parameters_disagree);
}

TEST_CASE("params: the auction's curve does not fall", "[model][params]")
{
    LiquidationParams params = test::default_liquidation();
    params.share_start = params.share_fast = params.share_max;
    CHECK(validate(params) == Error::ok);
    params.share_fast = params.share_max + Ratio::from_raw(1);
    CHECK(validate(params) == Error::parameters_disagree);
    params = test::default_liquidation();
    params.share_start = params.share_fast + Ratio::from_raw(1);
    CHECK(validate(params) == Error::parameters_disagree);
}

TEST_CASE("params: no flag lapses within ten minutes", "[model][params]")
{
    LiquidationParams params = test::default_liquidation();
    params.fast = seconds(1);
    params.slow = seconds(1);
    params.cool = seconds(598);
    CHECK(validate(params) == Error::ok);
    params.cool = seconds(597);
    CHECK(validate(params) == Error::parameters_disagree);
    CHECK(validate(params).parameter == "cool_s");
}

TEST_CASE("params: oracle bounds and their order", "[model][params]")
{
    OracleParams wide = test::default_oracle();
    wide.max_age_trade = seconds(1);
    wide.max_age_liquidation = seconds(1);
    wide.failed_after = seconds(7 * 86'400);
    CHECK(validate(wide) == Error::ok);
    check_bounds(wide, seconds(1), seconds(86'400),
        [](OracleParams& p, Seconds value) { p.max_age_liquidation = value; });
    wide.max_age_liquidation = seconds(86'400);
    check_bounds(wide, seconds(1), seconds(86'400),
        [](OracleParams& p, Seconds value) { p.max_age_trade = value; });
    check_bounds(test::default_oracle(), ratio("0.001"), ratio("0.2"),
        [](OracleParams& p, Ratio value) { p.max_confidence = value; });
    OracleParams late = wide;
    late.failed_after = seconds(7 * 86'400 + 1);
    CHECK(validate(late) == Error::parameter_bounds);
    OracleParams order = test::default_oracle();
    order.max_age_trade = seconds(order.max_age_liquidation.raw() + 1);
    CHECK(validate(order) == Error::parameters_disagree);
    order = test::default_oracle();
    order.max_age_liquidation = seconds(order.failed_after.raw() + 1);
    CHECK(validate(order) == Error::parameters_disagree);
}

TEST_CASE("params: a shock comes no sooner than the failure of its feed", "[model][params]")
{
    OracleParams params = test::default_oracle();
    params.shock_after = params.failed_after;
    CHECK(validate(params) == Error::ok);
    params.shock_after = seconds(params.failed_after.raw() - 1);
    CHECK(validate(params) == Error::parameters_disagree);
    params.shock_after = seconds(14 * 86'400);
    CHECK(validate(params) == Error::ok);
    params.shock_after = seconds(14 * 86'400 + 1);
    CHECK(validate(params) == Error::parameter_bounds);
}

TEST_CASE("params: a grace is given whole, and is no longer than an hour", "[model][params]")
{
    OracleParams params = test::default_oracle();
    params.longest_block = seconds(10);
    CHECK(validate(params) == Error::parameters_disagree);
    params.gap_min = seconds(60);
    CHECK(validate(params) == Error::parameters_disagree);
    params.grace_max = seconds(600);
    CHECK(validate(params) == Error::ok);
    check_bounds(params, seconds(1), seconds(3'600), [](OracleParams& p, Seconds value) {
        p.longest_block = value.is_zero() ? seconds(3'601) : value;
    });
    check_bounds(params, seconds(1), seconds(86'400), [](OracleParams& p, Seconds value) {
        p.gap_min = value.is_zero() ? seconds(86'401) : value;
    });
    check_bounds(params, seconds(1), seconds(3'600), [](OracleParams& p, Seconds value) {
        p.grace_max = value.is_zero() ? seconds(3'601) : value;
    });
    params.longest_block = Seconds::zero();
    CHECK(validate(params) == Error::parameters_disagree);
}

TEST_CASE("params: a feed's bounds", "[model][params]")
{
    const FeedParams good{2, seconds(60), {ratio("5"), seconds(300)}};
    CHECK(validate(good, 2) == Error::ok);
    CHECK(validate(good, 8) == Error::ok);
    CHECK(validate(good, 0) == Error::parameter_bounds);
    CHECK(validate(good, 9) == Error::parameter_bounds);
    CHECK(validate(good, 1) == Error::parameters_disagree);
    FeedParams params = good;
    params.quorum = 0;
    CHECK(validate(params, 2) == Error::parameter_bounds);
    const auto with = [&](Seconds age, Ratio most, Seconds wait) {
        return validate(FeedParams{2, age, {most, wait}}, 2);
    };
    CHECK(with(seconds(0), ratio("5"), seconds(300)) == Error::parameter_bounds);
    CHECK(with(seconds(1), ratio("5"), seconds(300)) == Error::ok);
    CHECK(with(seconds(86'400), ratio("5"), seconds(300)) == Error::ok);
    CHECK(with(seconds(86'401), ratio("5"), seconds(300)) == Error::parameter_bounds);
    CHECK(with(seconds(60), ratio("1.05"), seconds(1)) == Error::ok);
    CHECK(with(seconds(60), ratio("1.05") - Ratio::from_raw(1), seconds(1)) ==
          Error::parameter_bounds);
    CHECK(with(seconds(60), ratio("100"), seconds(3'600)) == Error::ok);
    CHECK(with(seconds(60), ratio("100") + Ratio::from_raw(1), seconds(1)) ==
          Error::parameter_bounds);
    CHECK(with(seconds(60), ratio("5"), seconds(0)) == Error::parameter_bounds);
    CHECK(with(seconds(60), ratio("5"), seconds(3'601)) == Error::parameter_bounds);
    CHECK(with(seconds(60), Ratio::zero(), seconds(0)) == Error::ok);
    CHECK(with(seconds(60), Ratio::zero(), seconds(1)) == Error::parameters_disagree);
}

TEST_CASE("params: a market's bounds", "[model][params]")
{
    const MarketParams good = test::default_market(U0, seconds(0)).params;
    check_bounds(good, Quantity::from_raw(1), quantity("1000000"),
        [](MarketParams& p, Quantity value) { p.lot = value; });
    check_bounds(good, ratio("0.001"), ratio("0.5"),
        [](MarketParams& p, Ratio value) { p.fill_band = value; });
    check_bounds(good, Ratio::zero(), ratio("0.2"),
        [](MarketParams& p, Ratio value) { p.premium_max = value; });
    check_bounds(good, seconds(1), seconds(86'400),
        [](MarketParams& p, Seconds value) { p.premium_window = value; });
    check_bounds(good, seconds(60), seconds(30 * 86'400),
        [](MarketParams& p, Seconds value) { p.funding_window = value; });
    check_bounds(good, Rate::zero(), Rate::one(),
        [](MarketParams& p, Rate value) { p.funding_cap = value; });
    check_bounds(good, Quantity::zero(), QUANTITY_MAX,
        [](MarketParams& p, Quantity value) { p.open_interest_max = value; });
    check_bounds(good, Ratio::zero(), ratio("0.5"),
        [](MarketParams& p, Ratio value) { p.loss_cap = value; });
    check_bounds(good, Ratio::zero(), ratio("0.01"),
        [](MarketParams& p, Ratio value) { p.taker_fee = value; });
    MarketParams paid = good;
    paid.taker_fee = ratio("0.01");
    check_bounds(paid, Ratio::zero(), ratio("0.01"),
        [](MarketParams& p, Ratio value) { p.maker_fee = value; });
}

MarketParams dated(MarketKind kind)
{
    MarketParams params = test::default_market(U0, seconds(0)).params;
    params.kind = kind;
    params.expiry = seconds(2'000'000'000);
    params.premium_max = Ratio::zero();
    params.premium_window = seconds(0);
    params.funding_window = seconds(0);
    params.funding_cap = Rate::zero();
    return params;
}

TEST_CASE("params: a perpetual has no expiry, every other market has one", "[model][params]")
{
    MarketParams perpetual = test::default_market(U0, seconds(0)).params;
    perpetual.expiry = seconds(1);
    CHECK(validate(perpetual) == Error::parameters_disagree);
    for (const MarketKind kind : {MarketKind::future, MarketKind::option}) {
        MarketParams params = dated(kind);
        CHECK(validate(params) == Error::ok);
        params.expiry = seconds(0);
        CHECK(validate(params) == Error::parameters_disagree);
    }
}

TEST_CASE("params: only an option has a strike and a type", "[model][params]")
{
    check_bounds(dated(MarketKind::option), Price::zero(), PRICE_MAX,
        [](MarketParams& p, Price value) { p.strike = value; });
    MarketParams put = dated(MarketKind::option);
    put.type = OptionType::put;
    CHECK(validate(put) == Error::ok);
    MarketParams params = dated(MarketKind::future);
    params.strike = Price::from_raw(1);
    CHECK(validate(params) == Error::parameters_disagree);
    params = dated(MarketKind::future);
    params.type = OptionType::put;
    CHECK(validate(params) == Error::parameters_disagree);
    params = test::default_market(U0, seconds(0)).params;
    params.type = OptionType::put;
    CHECK(validate(params) == Error::parameters_disagree);
}

TEST_CASE("params: only a perpetual has premium and funding", "[model][params]")
{
    for (const MarketKind kind : {MarketKind::future, MarketKind::option}) {
        MarketParams params = dated(kind);
        params.premium_max = Ratio::from_raw(1);
        CHECK(validate(params) == Error::parameters_disagree);
        params = dated(kind);
        params.premium_window = seconds(1);
        CHECK(validate(params) == Error::parameters_disagree);
        params = dated(kind);
        params.funding_window = seconds(60);
        CHECK(validate(params) == Error::parameters_disagree);
        params = dated(kind);
        params.funding_cap = Rate::from_raw(1);
        CHECK(validate(params) == Error::parameters_disagree);
    }
}

}  // namespace
}  // namespace plimsoll
