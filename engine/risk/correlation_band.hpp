// plimsoll: engine/risk/correlation_band.hpp                        SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. Portfolio mode, across underlyings: the correlation band, F-17, F-18 and F-21
// to F-29 of docs/formulas.md.
//
// Each underlying in turn is the driver, at each of its scenarios in turn; every other may answer with any of
// its own listed moves that the pair's correlation allows. Given the driver the others are independent, so
// the worst answer is found for each by itself, by looking up rows that are already priced.
//
// Promises: which moves are allowed is decided exactly, on integers (F-24); at most drivers * rows * held
// underlyings look-ups; never below the special sum nor the floor; initial never below maintenance.
#pragma once

#include "engine/error.hpp"
#include "engine/model/level.hpp"
#include "engine/risk/book.hpp"
#include "engine/risk/margin.hpp"

namespace plimsoll {

/// By which an underlying's P&L counts at one level.
struct ScenarioFactor
{
    Ratio loss;  ///< f(level), ceiled.
    Ratio gain;  ///< The lower of both levels', floored (F-25).
};

[[nodiscard]] ScenarioFactor scenario_factor(
    const BookUnderlying& underlying, Price quote, Level level) noexcept;

/// Works out the ladders of all underlyings. Error book_domain if one lists no undamped move on one side.
[[nodiscard]] Error make_ladders(const Book& book, MarginWork& work) noexcept;

/// The requirement of the rows in `work`, and how it came about. The underlyings' `held` at this level must
/// be set; from two held on, the ladders too.
/// Error no_correlation if a pair that is needed is not known.
[[nodiscard]] Error band_requirement(
    const Book& book, Level level, MarginWork& work, LevelReport& report) noexcept;

}  // namespace plimsoll
