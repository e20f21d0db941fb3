// plimsoll: tests/support/margin_judge.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The engine and the oracle on one book, their figures in one form, and how far
// rounding may take the engine from the exact ones.
#pragma once

#include "engine/risk/margin.hpp"
#include "tests/support/margin_draws.hpp"
#include "tests/support/margin_oracle.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <rapidcheck.h>
#include <sstream>
#include <string>
#include <vector>

namespace plimsoll::test {

/// A raw unit.
inline const Real UNIT("1e-18");

/// How far below the exact one the engine's health may be, and its requirement, charges and rows on their
/// safe side: 16 * (terms + amounts + notional) * factor raw units, where
///   terms     legs, collaterals, expiries and underlyings,
///   amounts   units of base: |base| of options, and bids and asks of everything, because a price is known
///             to a raw unit,
///   notional  in units of quote: (|base| + bid + ask) * the greatest of spot, mark, forward and strike,
///             options times 1 + sqrt(T) * (vol + error of the vol in raw units), and collateral,
///   factor    the greatest of F-18 among the underlyings, at least one;
/// and in standard mode what F-7 adds, of a leg of that notional N times the scale of open interest:
/// fraction * (sqrt coefficient * (sqrt(size_reference * N) / 2 + 2 * N) + linear coefficient * N).
/// docs/rounding.md states it, for which parameters, and the most that was measured.
[[nodiscard]] Real rounding_bound(const MarginBook& book);

/// What properties speak of.
struct Figures
{
    bool of_engine = false;
    Real equity;
    PerLevel<Real> requirement;
    PerLevel<Real> contingencies;
    PerLevel<Real> haircuts;
    PerLevel<Real> health;
    PerLevel<Real> plain_sum;
    PerLevel<bool> single;
    std::vector<Real> charges;  ///< F-4a, by underlying.
    std::vector<std::vector<Real>>
        rows[2];  ///< By underlying; [1] with orders, where there are any.
    std::vector<PerLevel<bool>> held;
    Real bound;  ///< rounding_bound() of the engine's, TOLERANCE of the oracle's.

    /// What a relation that survives rounding exactly may still be off by.
    [[nodiscard]] Real slack() const { return of_engine ? Real(0) : TOLERANCE; }
};

struct Judged
{
    Figures exact;
    Figures engine;

    [[nodiscard]] const Figures& of(bool of_engine) const { return of_engine ? engine : exact; }
};

/// Both on one book. Fails the test if only one of them has an answer, or neither has.
[[nodiscard]] Judged judge(MarginBook& book);

/// The engine's memory, one for the whole program.
[[nodiscard]] MarginWork& margin_work();

/// A line that says so unless low <= high + slack.
[[nodiscard]] std::string unless_at_most(
    const std::string& what, const Real& low, const Real& high, const Real& slack);
[[nodiscard]] std::string unless_equal(
    const std::string& what, const Real& a, const Real& b, const Real& slack);

/// A base of either sign whose notional is about 0.1 to 1e5 quote.
[[nodiscard]] Quantity random_base(Rng& rng, const MarginBook& book, const BookLeg& leg);

/// Tells stories of seeds that RapidCheck draws, `usual` of them or RC_PARAMS' max_success where it states
/// one: story(seed) returns what is wrong, or nothing. A failure prints the seed, and RapidCheck's own, which
/// RC_PARAMS="seed=.." repeats. Seeds are not shrunk: a smaller one is no smaller story.
template <class Story>
void for_seeds(int usual, const Story& story)
{
    rc::detail::TestParams params = rc::detail::configuration().testParams;
    if (params.maxSuccess == rc::detail::TestParams().maxSuccess)
        params.maxSuccess = usual;
    params.disableShrinking = true;
    const auto told = [&story] {
        // Of any size: the first stories are not of the smallest seeds.
        const auto seed = *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>())
                               .as("the seed of the story");
        const std::string wrong = story(seed);
        if (!wrong.empty())
            RC_FAIL(wrong);
    };
    const rc::detail::TestResult result =
        rc::detail::checkTestable(told, rc::detail::TestMetadata(), params);
    if (!result.is<rc::detail::SuccessResult>()) {
        std::ostringstream text;
        rc::detail::printResultMessage(result, text);
        FAIL(text.str());
    }
    SUCCEED();
}

}  // namespace plimsoll::test
