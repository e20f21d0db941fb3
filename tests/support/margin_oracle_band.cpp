// plimsoll: tests/support/margin_oracle_band.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The correlation band, F-21 to F-29: branches on exact rationals.
#include "tests/support/margin_oracle_model.hpp"

#include <algorithm>

namespace plimsoll::test::exact {
namespace {

/// One row of an underlying as the band sees it.
struct Step
{
    bool has_move = false;
    Rational move = 0;
    VolShock vol = VolShock::none;
};

struct Ladder
{
    std::vector<Step> steps;  ///< By row; the basis, last, has no move.
    bool two_sided = false;
};

struct Interval
{
    Rational low;
    Rational high;
};

Rational magnitude_of(const Rational& value)
{
    return value < 0 ? Rational(-value) : value;
}

// F-21, F-22
Ladder ladder_of(const PortfolioParams& params)
{
    Rational up = 0;
    Rational down = 0;
    for (const Scenario& s : params.scenarios) {
        if (is_skew(s.vol) || !(s.damping == Ratio::one()))
            continue;
        const Rational shift = rational(s.spot.raw()) - 1;
        up = std::max(up, shift);
        down = std::max(down, Rational(-shift));
    }
    Ladder ladder;
    ladder.two_sided = up > 0 && down > 0;
    for (const Scenario& s : params.scenarios) {
        Step step;
        step.vol = s.vol;
        step.has_move = !is_skew(s.vol);
        if (step.has_move && ladder.two_sided) {
            const Rational shift = rational(s.spot.raw()) - 1;
            step.move = shift > 0 ? Rational(shift / up) : Rational(shift / down);
        }
        ladder.steps.push_back(step);
    }
    ladder.steps.push_back({});
    return ladder;
}

// F-23
Interval interval_of(const CorrelationPair& pair)
{
    const Rational low = rational(pair.low.raw());
    const Rational high = rational(pair.high.raw());
    const Rational band = rational(pair.band.raw());
    return {std::max(Rational(-1), Rational(low - band * (1 + magnitude_of(low)))),
        std::min(Rational(1), Rational(high + band * (1 + magnitude_of(high))))};
}

// F-24
Real response(const Ladder& ladder, const std::vector<Real>& pnl, const Interval& interval,
    const Step& driver)
{
    const VolShock vol = driver.has_move ? driver.vol : VolShock::none;
    const Rational ends[2] = {interval.low * driver.move, interval.high * driver.move};
    const Rational& a = std::min(ends[0], ends[1]);
    const Rational& b = std::max(ends[0], ends[1]);
    const std::vector<Step>& steps = ladder.steps;
    const bool any = std::any_of(steps.begin(), steps.end(),
        [vol](const Step& step) { return step.has_move && step.vol == vol; });
    std::optional<Rational> least_own;
    std::optional<Rational> most_own;
    for (const Step& step : steps) {
        if (!step.has_move || (any && step.vol != vol))
            continue;
        least_own = least_own ? std::min(*least_own, step.move) : step.move;
        most_own = most_own ? std::max(*most_own, step.move) : step.move;
    }
    const auto in_pool = [&](const Step& step) {
        return step.has_move &&
               (!any || step.vol == vol || step.move < *least_own || step.move > *most_own);
    };
    std::optional<Rational> left;
    std::optional<Rational> right;
    std::optional<Rational> least_move;
    std::optional<Rational> most_move;
    for (const Step& step : steps) {
        if (!in_pool(step))
            continue;
        least_move = least_move ? std::min(*least_move, step.move) : step.move;
        most_move = most_move ? std::max(*most_move, step.move) : step.move;
        if (step.move <= a)
            left = left ? std::max(*left, step.move) : step.move;
        if (step.move >= b)
            right = right ? std::min(*right, step.move) : step.move;
    }
    const Rational from = left.value_or(*least_move);
    const Rational to = right.value_or(*most_move);
    std::optional<Real> worst;
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (in_pool(steps[i]) && steps[i].move >= from && steps[i].move <= to)
            worst = worst ? std::min(*worst, pnl[i]) : pnl[i];
    return *worst;
}

struct Scale
{
    Real loss;
    Real gain;

    // F-25
    [[nodiscard]] Real of(const Real& pnl) const { return pnl < 0 ? pnl * loss : pnl * gain; }
};

}  // namespace

std::optional<ExactBand> correlation_band(const Book& book,
    const std::vector<Underlying>& underlyings, const std::vector<std::vector<Real>>& rows,
    Level level)
{
    const bool orders = level == Level::initial;
    const std::size_t count = underlyings.size();
    std::vector<Ladder> ladders;
    std::vector<Scale> scales;
    std::vector<std::size_t> held;
    ExactBand band;
    bool two_sided = true;
    for (std::size_t i = 0; i < count; ++i) {
        const Underlying& u = underlyings[i];
        ladders.push_back(ladder_of(*u.spec->portfolio));
        two_sided = two_sided && ladders.back().two_sided;
        const Real loss = u.factor(level, book.quote_price);
        const Real other = u.factor(orders ? Level::maintenance : Level::initial, book.quote_price);
        scales.push_back({loss, std::min(loss, other)});
        if (!u.held(orders))
            continue;
        held.push_back(i);
        band.plain_sum -= loss * *std::min_element(rows[i].begin(), rows[i].end());
    }
    if (held.size() <= 1)
        return band;
    band.single = false;
    if (book.correlation == nullptr || !two_sided)
        return std::nullopt;
    const auto pair = [&](std::size_t i, std::size_t j) -> const CorrelationPair& {
        return book.correlation->of(underlyings[i].spec->id, underlyings[j].spec->id);
    };
    std::optional<Real> greatest;
    for (std::size_t i = 0; i < count; ++i) {
        for (const std::size_t j : held)
            if (i != j && !pair(i, j).known)
                return std::nullopt;
        for (std::size_t row = 0; row < ladders[i].steps.size(); ++row) {
            Real loss;
            for (const std::size_t j : held) {
                const Real pnl = i == j ? rows[i][row]
                                        : response(ladders[j], rows[j], interval_of(pair(i, j)),
                                              ladders[i].steps[row]);
                loss -= scales[j].of(pnl);
            }
            greatest = greatest ? std::max(*greatest, loss) : loss;
        }
    }
    band.band_loss = *greatest;
    for (const std::size_t j : held) {
        Real special;
        for (std::size_t row = 0; row < rows[j].size(); ++row)
            if (!ladders[j].steps[row].has_move)
                special = std::max(special, Real(-rows[j][row]));
        band.special_sum += scales[j].loss * special;
    }
    band.floor = (1 - real(book.correlation->max_relief)) * band.plain_sum;
    return band;
}

}  // namespace plimsoll::test::exact
