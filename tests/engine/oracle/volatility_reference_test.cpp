// plimsoll: tests/engine/oracle/volatility_reference_test.cpp       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Volatility and correlation against a model in 50 digits that walks through every
// instant of the grid one by one, knowing all pushes: neither who called when, nor missed instants, nor cursor.
// The only file of the room that includes Boost's decimal floats, which compile slowly.
#include "engine/oracle/volatility.hpp"
#include "tests/engine/oracle/volatility_world.hpp"
#include "tests/support/wide_int.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_dec_float.hpp>
#include <catch2/catch.hpp>
#include <vector>

namespace plimsoll {
namespace {

using test::default_correlation;
using test::default_volatility;
using test::Push;
using test::ratio;
using test::Rng;
using test::seconds;
using test::VolatilityWorld;
using Real = boost::multiprecision::cpp_dec_float_50;

Real real(num::i128 raw)
{
    return Real(test::wide(raw)) / Real("1e18");
}
Real real(Ratio value)
{
    return real(value.raw());
}

/// F-34 to F-37 for at most eight underlyings, whose pairs fit one call.
class Model
{
public:
    Model(const VolatilityWorld& world) : m_world(world), m_tracks(world.count)
    {
        m_moves.resize(world.count);
        m_covariance.assign(PAIRS_MAX, Real(0));
        m_started.assign(PAIRS_MAX, false);
    }

    void replay(const std::vector<Push>& pushes, std::uint64_t until)
    {
        const std::uint64_t step = m_world.params.step.raw();
        std::size_t next = 0;
        for (std::uint64_t t = pushes.front().at / step * step; t <= until; t += step) {
            // A push at the very instant comes after it.
            for (; next < pushes.size() && pushes[next].at < t; ++next)
                for (const auto& [index, feed] : pushes[next].feeds)
                    m_board[index] = feed;
            instant(t);
        }
    }
    [[nodiscard]] Real variance(std::size_t i) const { return m_tracks[i].variance; }
    [[nodiscard]] Real covariance(std::size_t i, std::size_t j) const
    {
        return m_covariance[Correlation::slot(i, j)];
    }
    [[nodiscard]] Real rho(std::size_t i, std::size_t j) const
    {
        const Real raw = covariance(i, j) / sqrt(variance(i) * variance(j));
        return std::clamp(raw, Real(-1), Real(1));
    }

private:
    struct Track
    {
        Real price = 0;
        Real variance = 0;
    };
    struct Move
    {
        Real value = 0;
        bool live = false;
    };

    void instant(std::uint64_t t)
    {
        for (std::size_t i = 0; i < m_world.count; ++i)
            m_moves[i] = moved(m_tracks[i], m_board[i], t);
        for (std::size_t i = 1; i < m_world.count; ++i)
            for (std::size_t j = 0; j < i; ++j)
                pair(i, j);
    }
    Move moved(Track& track, const FeedPrice& feed, std::uint64_t t)
    {
        const VolatilityParams& params = m_world.params;
        const std::uint64_t published = feed.published.raw();
        if (feed.price.is_zero() || published > t || t > published + params.stale_after.raw())
            return {};
        const Real price = real(feed.price.raw());
        if (track.price == 0) {
            track = {price, real(params.start) * real(params.start)};
            return {0, true};
        }
        const Real most = real(params.clip) * sqrt(track.variance / year_part());
        Real move = log(price / track.price);
        move = std::clamp(move, Real(-most), most);
        const Real decay = real(params.decay);
        const Real next = decay * track.variance + (1 - decay) * move * move * year_part();
        const Real low = real(params.floor) * real(params.floor);
        const Real high = real(params.cap) * real(params.cap);
        track = {price, std::clamp(next, low, high)};
        return {move, true};
    }
    void pair(std::size_t i, std::size_t j)
    {
        if (!m_moves[i].live || !m_moves[j].live)
            return;
        const std::size_t slot = Correlation::slot(i, j);
        if (!m_started[slot]) {
            m_started[slot] = true;
            m_covariance[slot] =
                real(m_world.governed.of(i, j).low) * sqrt(variance(i) * variance(j));
            return;
        }
        const Real decay = real(m_world.params.decay);
        m_covariance[slot] = decay * m_covariance[slot] +
                             (1 - decay) * m_moves[i].value * m_moves[j].value * year_part();
    }
    /// Steps of the grid in a year.
    [[nodiscard]] Real year_part() const { return Real(31'536'000) / m_world.params.step.raw(); }

    const VolatilityWorld& m_world;
    FeedPrice m_board[UNDERLYINGS_MAX];
    std::vector<Track> m_tracks;
    std::vector<Move> m_moves;
    std::vector<Real> m_covariance;
    std::vector<bool> m_started;
};

struct Gap
{
    Real variance = 0;  // relative
    Real rho = 0;       // absolute

    void see(const VolatilityWorld& world, const Model& model)
    {
        for (std::size_t i = 0; i < world.count; ++i) {
            const UnderlyingVolatility& underlying = world.state->underlyings[i];
            // Up to eight underlyings both paces are the same.
            REQUIRE(underlying.fine.variance == underlying.coarse.variance);
            if (underlying.fine.price.is_zero())
                continue;
            const Real difference = real(underlying.fine.variance) - model.variance(i);
            variance = std::max(variance, Real(abs(difference) / model.variance(i)));
            for (std::size_t j = 0; j < i; ++j)
                if (world.pair(i, j).started)
                    rho = std::max(rho, Real(abs(real(world.rho(i, j)) - model.rho(i, j))));
        }
    }
};

TEST_CASE("volatility: equals a model that walks every instant, whoever calls when",
    "[oracle][volatility][boost]")
{
    Rng rng(41);
    Gap gap;
    for (int run = 0; run < 60; ++run) {
        VolatilityWorld world;
        world.count = 1 + rng.below(8);
        world.params.step = seconds(60 * (1 + rng.below(10)));
        world.params.decay = ratio(rng.pick({"0.9", "0.97", "0.9976", "0.9999"}));
        world.params.clip = ratio(rng.pick({"2", "5", "20"}));
        world.params.stale_after = seconds(rng.pick<std::uint64_t>({1, 300, 900, 4'000}));
        const std::vector<Push> pushes = test::random_pushes(rng, world.count, 300, 400, 20'000);
        for (const Push& push : pushes) {
            // Half of the worlds are also called for no reason.
            if (run % 2 == 0 && push.at > world.board.now.raw() + 1)
                world.look(world.board.now.raw() + rng.below(push.at - world.board.now.raw()));
            world.push(push);
        }
        const std::uint64_t end = pushes.back().at + rng.below(5'000);
        world.look(end);
        Model model(world);
        model.replay(pushes, end);
        gap.see(world, model);
    }
    // Two raw units an instant, of which the past keeps 10^4, over the floor's variance of 0.01.
    CHECK(gap.variance < Real("3e-12"));
    CHECK(gap.rho < Real("1e-11"));
    // The bounds are not idle: there is some rounding.
    CHECK(gap.variance > 0);
    CHECK(gap.rho > 0);
}

/// RiskMetrics' recursion on published exercises. Returns are logarithmic here, so the prices are e^r.
struct Exercise
{
    const char* lambda;
    const char* deviation[2];
    const char* correlation;
    const char* move[2];
    const char* variance[2];
    const char* covariance;
    const char* published;  ///< The correlation, four decimals.
};

constexpr Exercise EXERCISES[] = {
    // Hull, Options, Futures, and Other Derivatives, exercise: prices 20 -> 20.5 and 40 -> 40.5.
    {"0.95", {"0.016", "0.025"}, "0.25", {"0.025", "0.0125"}, {"0.00027445", "0.0006015625"},
        "0.000110625", "0.2723"},
    // FRM practice question: lambda .94, correlation .4, returns 3 % and 4 %.
    {"0.94", {"0.02", "0.03"}, "0.4", {"0.03", "0.04"}, {"0.00043", "0.000942"}, "0.0002976",
        "0.4676"},
    // Hull, chapter on EWMA: lambda .95, correlation .6, returns .5 % and 2.5 %.
    {"0.95", {"0.01", "0.02"}, "0.6", {"0.005", "0.025"}, {"0.00009625", "0.00041125"},
        "0.00012025", "0.6044"},
};

Ratio rounded(const Real& value)
{
    const Real scaled = floor(value * Real("1e18") + Real("0.5"));
    return Ratio::from_raw(test::narrow(test::Int(scaled)));
}

TEST_CASE("volatility: one step of published exercises", "[oracle][volatility][boost]")
{
    for (const Exercise& exercise : EXERCISES) {
        VolatilityWorld world;
        world.params.decay = ratio(exercise.lambda);
        world.params.clip = ratio("20");
        world.params.floor = ratio("0.01");
        world.params.cap = ratio("50");
        const Real steps = Real(31'536'000) / world.params.step.raw();
        const std::uint64_t t = test::VOLATILITY_START;
        Real deviations = 1;
        for (std::size_t i = 0; i < 2; ++i) {
            world.push(t - 10, i, test::price("100"));
            deviations *= Real(exercise.deviation[i]);
        }
        world.look(t);
        // What the exercise says of yesterday.
        for (std::size_t i = 0; i < 2; ++i) {
            UnderlyingVolatility& underlying = world.state->underlyings[i];
            const Real deviation(exercise.deviation[i]);
            underlying.fine.variance = rounded(deviation * deviation * steps);
            underlying.coarse.variance = underlying.fine.variance;
            const Real price = 100 * exp(Real(exercise.move[i]));
            world.push(t + 10, i, Price::from_raw(rounded(price).raw()));
        }
        PairCorrelation& pair = world.state->pairs[0];
        REQUIRE(pair.started);
        pair.covariance = rounded(Real(exercise.correlation) * deviations * steps);
        world.look(t + 300);
        for (std::size_t i = 0; i < 2; ++i) {
            const Real variance = real(world.state->underlyings[i].fine.variance) / steps;
            CHECK(abs(variance - Real(exercise.variance[i])) < Real("1e-17"));
            const Real annual = sqrt(Real(exercise.variance[i]) * steps);
            CHECK(abs(real(world.volatility(static_cast<std::uint16_t>(i))) - annual) <
                  Real("1e-14"));
        }
        CHECK(abs(real(pair.covariance) / steps - Real(exercise.covariance)) < Real("1e-17"));
        CHECK(abs(real(world.rho(0, 1)) - Real(exercise.published)) < Real("0.00005"));
    }
}

TEST_CASE("volatility: one step of a published volatility", "[oracle][volatility][boost]")
{
    // Volatility 1 %, return 2 %, lambda .94: sqrt(.94 * .0001 + .06 * .0004).
    VolatilityWorld world;
    world.count = 1;
    world.params.decay = ratio("0.94");
    const Real steps = Real(31'536'000) / world.params.step.raw();
    const std::uint64_t t = test::VOLATILITY_START;
    world.push(t - 10, 0, test::price("100"));
    world.look(t);
    world.state->underlyings[0].fine.variance = rounded(Real("0.0001") * steps);
    world.push(t + 10, 0, Price::from_raw(rounded(100 * exp(Real("-0.02"))).raw()));
    world.look(t + 300);
    CHECK(
        abs(real(world.volatility(0)) / sqrt(steps) - Real("0.0108627804912002")) < Real("1e-16"));
}

}  // namespace
}  // namespace plimsoll
