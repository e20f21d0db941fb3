// plimsoll: tests/engine/oracle/volatility_world.hpp                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Parameters, boards and histories of pushed prices for the tests of volatility.
#pragma once

#include "engine/model/board.hpp"
#include "engine/model/correlation.hpp"
#include "engine/model/volatility_params.hpp"
#include "engine/model/volatility_state.hpp"
#include "engine/oracle/volatility.hpp"
#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace plimsoll::test {

/// A multiple of 300 and of 4,800, the longest time between two sweeps.
inline constexpr std::uint64_t VOLATILITY_START = 1'700'006'400;
static_assert(VOLATILITY_START % 4'800 == 0);

inline VolatilityParams default_volatility()
{
    VolatilityParams params;
    params.step = seconds(300);
    params.decay = ratio("0.99");
    params.clip = ratio("6");
    params.start = ratio("0.8");
    params.floor = ratio("0.1");
    params.cap = ratio("20");
    params.stale_after = seconds(900);
    return params;
}

inline CorrelationParams default_correlation()
{
    CorrelationParams params;
    params.step = ratio("0.05");
    params.hysteresis = ratio("0.01");
    params.hold = seconds(18'000);
    return params;
}

/// Every pair known to governance at one correlation.
inline Correlation governed_at(Ratio rho)
{
    Correlation governed;
    for (CorrelationPair& pair : governed.pairs)
        pair = {rho, rho, ratio("0.25"), true};
    return governed;
}

/// One push: prices that replace those of some underlyings.
struct Push
{
    std::uint64_t at = 0;
    std::vector<std::pair<std::size_t, FeedPrice>> feeds;
};

/// The contract around observe(): a board, and the rule to observe before it is written.
struct VolatilityWorld
{
    VolatilityParams params = default_volatility();
    CorrelationParams correlation = default_correlation();
    Correlation governed = governed_at(ratio("0.6"));
    std::size_t count = 2;
    Board board;
    std::unique_ptr<VolatilityState> state = std::make_unique<VolatilityState>();

    bool look(std::uint64_t now)
    {
        board.now = seconds(now);
        return observe(*state, params, correlation, governed, board, count);
    }
    void push(const Push& pushed)
    {
        look(pushed.at);
        for (const auto& [index, feed] : pushed.feeds)
            board.feeds[index] = feed;
    }
    void push(std::uint64_t now, std::size_t index, Price price)
    {
        push({now, {{index, FeedPrice{price, Price::zero(), seconds(now)}}}});
    }
    [[nodiscard]] Ratio volatility(std::uint16_t index) const
    {
        return volatility_ceil(*state, params, UnderlyingId{index});
    }
    [[nodiscard]] Ratio rho(std::size_t i, std::size_t j) const
    {
        return observed_correlation_trunc(*state, params, i, j);
    }
    [[nodiscard]] const PairCorrelation& pair(std::size_t i, std::size_t j) const
    {
        return state->pairs[Correlation::slot(i, j)];
    }
};

/// Prices that wander together and apart, pushed at odd times: gaps of seconds, minutes and sometimes hours,
/// some feeds left out, some published a while before they come, now and then an absurd print.
inline std::vector<Push> random_pushes(Rng& rng, std::size_t count, std::size_t pushes,
    std::uint64_t gap_max_s, std::uint64_t long_gap_max_s)
{
    std::vector<num::i128> prices(count);
    for (num::i128& price : prices)
        price = rng.between(num::WAD / 1'000, num::i128{num::WAD} * 100'000);
    std::vector<Push> history;
    std::uint64_t now = VOLATILITY_START + rng.below(1'000);
    for (std::size_t n = 0; n < pushes; ++n) {
        Push push{now, {}};
        const num::i128 common = rng.between(-3'000, 3'000);
        for (std::size_t i = 0; i < count; ++i) {
            if (rng.chance(15))
                continue;
            // Parts per million.
            num::i128 move = common + rng.between(-2'000, 2'000);
            if (rng.chance(1))
                move = rng.pick<num::i128>({-900'000, 9'000'000});
            prices[i] += prices[i] / 1'000'000 * move;
            if (prices[i] < num::WAD / 1'000)
                prices[i] = num::WAD;
            if (prices[i] > num::i128{num::WAD} * 10'000'000)
                prices[i] = num::i128{num::WAD} * 100;
            const std::uint64_t delay = rng.chance(20) ? rng.below(60) : 0;
            push.feeds.push_back(
                {i, FeedPrice{Price::from_raw(prices[i]), Price::zero(), seconds(now - delay)}});
        }
        history.push_back(push);
        now += 1 + (rng.chance(3) ? rng.below(long_gap_max_s) : rng.below(gap_max_s));
    }
    return history;
}

}  // namespace plimsoll::test
