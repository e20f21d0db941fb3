// plimsoll: tests/support/margin_draws.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. See margin_draws.hpp.
#include "tests/support/margin_draws.hpp"

#include <algorithm>

namespace plimsoll::test {
namespace {

constexpr num::i128 FOUR_DECIMALS = 100'000'000'000'000;

/// Maintenance first, initial at or above it; swapped at random where levels need not rise.
PerLevel<Ratio> levels(Rng& rng, const BookShape& shape, std::string_view low,
    std::string_view middle, std::string_view high)
{
    PerLevel<Ratio> pair{draw(rng, middle, high), draw(rng, low, middle)};
    if (rng.chance(10))
        pair.initial = pair.maintenance;
    if (!shape.rising_levels && rng.chance(50))
        std::swap(pair.initial, pair.maintenance);
    return pair;
}

ConfidenceRule confidence_rule(Rng& rng, const BookShape& shape)
{
    if (!shape.confidences || rng.chance(30))
        return {};
    return {draw(rng, "0.9", "1"), draw(rng, "0", "0.5")};
}

DepegRule depeg_rule(Rng& rng, const BookShape& shape)
{
    if (!shape.depeg || rng.chance(30))
        return {};
    return {draw(rng, "0.97", "1"), draw(rng, "0", "2")};
}

void push(PortfolioParams& params, const BookShape& shape, const Scenario& scenario)
{
    if (params.scenarios.size() < shape.scenarios_max)
        CHECK(params.scenarios.push(scenario));
}

void add_scenarios(Rng& rng, const BookShape& shape, PortfolioParams& params)
{
    const Ratio range = draw(rng, "0.03", "0.4");
    const auto steps = static_cast<num::i128>(rng.below(4) + 1);
    const auto at = [&](num::i128 step) {
        return Ratio::one() + Ratio::from_raw(range.raw() * step / steps);
    };
    const auto any_vol = [&] { return rng.pick({VolShock::up, VolShock::none, VolShock::down}); };
    push(params, shape, {at(steps), any_vol(), Ratio::one()});
    push(params, shape, {at(-steps), any_vol(), Ratio::one()});
    const std::size_t density = rng.pick<std::size_t>({30, 70, 100});
    for (num::i128 step = -steps; step <= steps; ++step)
        for (const VolShock vol : {VolShock::up, VolShock::none, VolShock::down})
            if (rng.chance(density))
                push(params, shape, {at(step), vol, Ratio::one()});
    if (shape.skews && rng.chance(60))
        push(params, shape, {Ratio::one(), VolShock::skew_linear, Ratio::one()});
    if (shape.skews && rng.chance(60))
        push(params, shape, {Ratio::one(), VolShock::skew_abs, draw(rng, "0.5", "1")});
    while (rng.chance(50)) {
        const Ratio far = Ratio::from_raw(times(range.raw(), draw(rng, "1.1", "10")));
        const bool down = rng.chance(50);
        const Ratio least = far < Ratio::one() ? Ratio::one() - far : Ratio::zero();
        push(params, shape,
            {down ? least : Ratio::one() + far, any_vol(), draw(rng, "0.05", "0.95")});
    }
}

}  // namespace

num::i128 draw_raw(Rng& rng, std::string_view low, std::string_view high)
{
    const num::i128 from = raw(low);
    const num::i128 to = raw(high);
    const num::i128 value = rng.between(from, to);
    if (rng.chance(50))
        return value;
    return std::clamp<num::i128>(value - value % FOUR_DECIMALS, from, to);
}

num::i128 draw_power(Rng& rng, int from, int to)
{
    num::i128 value = rng.between(num::WAD, 10 * num::i128{num::WAD});
    int power = from + static_cast<int>(rng.below(static_cast<std::size_t>(to - from + 1)));
    for (; power > 0; --power)
        value *= 10;
    for (; power < 0; ++power)
        value /= 10;
    return value;
}

PortfolioParams random_portfolio_params(Rng& rng, const BookShape& shape)
{
    PortfolioParams p;
    add_scenarios(rng, shape, p);
    p.vol_shock = {draw(rng, "0", "0.6"), draw(rng, "0", "0.6"), draw(rng, "0", "0.5"),
        draw(rng, "0", "0.5"), draw(rng, "0.5", "10"), draw(rng, "0", "0.5")};
    p.skew_shock = {draw(rng, "0.02", "0.2"), draw(rng, "-0.05", "0.1"), draw(rng, "0.02", "0.2"),
        draw(rng, "-0.05", "0.1"), draw(rng, "0.01", "0.1"), draw(rng, "0.5", "4"),
        draw(rng, "0.2", "1"), draw(rng, "-0.1", "0.2")};
    p.basis = {
        draw(rng, "1", "1.1"), draw(rng, "0.9", "1"), draw(rng, "0", "0.3"), draw(rng, "0", "0.3")};
    p.discount.long_base = draw(rng, "0.9", "1");
    p.discount.long_rate_mult = draw(rng, "0", "1.5");
    p.discount.long_rate_add = draw(rng, "0", "0.1");
    p.discount.short_base = draw(rng, "1", "1.1");
    p.discount.short_rate_mult = draw(rng, "0", "1.5");
    p.discount.short_rate_add = draw(rng, "0", "0.1");
    if (!shape.fair_discounts) {
        p.discount.long_base = draw(rng, "1", "1.2");
        p.discount.short_base = draw(rng, "0.8", "1");
    }
    if (rng.chance(20)) {
        p.discount = {};
    }
    p.discount.mark_rate_mult = rng.chance(70) ? Ratio::one() : draw(rng, "0", "1.5");
    p.factor = levels(rng, shape, "0.6", "1", "1.4");
    p.perp_contingency = levels(rng, shape, "0", "0.01", "0.02");
    p.future_contingency = levels(rng, shape, "0", "0.01", "0.02");
    p.option_contingency = levels(rng, shape, "0", "0.01", "0.02");
    p.confidence = confidence_rule(rng, shape);
    p.depeg = depeg_rule(rng, shape);
    return p;
}

StandardParams random_standard_params(Rng& rng, const BookShape& shape)
{
    StandardParams p;
    p.fraction = levels(rng, shape, "0.01", "0.1", "0.3");
    p.size_reference = Money::from_raw(draw_power(rng, 3, 6));
    if (shape.size_terms) {
        p.size_sqrt_coefficient = rng.chance(50) ? draw(rng, "0", "0.3") : Ratio::zero();
        p.size_linear_coefficient = rng.chance(50) ? draw(rng, "0", "0.1") : Ratio::zero();
        if (rng.chance(50)) {
            p.open_interest_lower = Money::from_raw(draw_power(rng, 3, 5));
            p.open_interest_upper = p.open_interest_lower + Money::from_raw(draw_power(rng, 3, 5));
        }
    }
    p.confidence = confidence_rule(rng, shape);
    p.depeg = depeg_rule(rng, shape);
    ShortOptionParams& o = p.option;
    o.maintenance_call = draw(rng, "0.02", "0.08");
    o.maintenance_put = draw(rng, "0.02", "0.08");
    o.maintenance_put_mark = draw(rng, "0", "0.2");
    o.min_initial = draw(rng, "0.08", "0.12");
    o.max_initial = draw(rng, "0.12", "0.25");
    o.maintenance_offset = draw(rng, "1", "1.3");
    o.unpaired = levels(rng, shape, "1", "1.1", "1.3");
    if (!shape.rising_levels && rng.chance(50))
        std::swap(o.min_initial, o.maintenance_call);
    return p;
}

Correlation random_correlation(Rng& rng)
{
    Correlation c;
    c.band = rng.chance(50) ? draw(rng, "0", "1") : ratio(rng.pick({"0", "0.25", "1"}));
    c.max_relief = rng.chance(60) ? draw(rng, "0", "1") : ratio(rng.pick({"0", "0.8", "1"}));
    for (std::size_t i = 1; i < UNDERLYINGS_MAX; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            CorrelationPair& pair = c.of(i, j);
            pair.low = rng.chance(60) ? draw(rng, "-1", "1")
                                      : ratio(rng.pick({"-1", "-0.5", "0", "0.5", "0.8", "1"}));
            pair.high = pair.low;
            if (rng.chance(50))
                pair.high = std::min(Ratio::one(), pair.low + draw(rng, "0", "0.5"),
                    [](Ratio a, Ratio b) { return a < b; });
            pair.band = rng.chance(70) ? c.band : draw(rng, "0", "1");
            pair.known = true;
        }
    }
    return c;
}

}  // namespace plimsoll::test
