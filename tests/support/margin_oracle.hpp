// plimsoll: tests/support/margin_oracle.hpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The margin of a Book as the formulas F-1 to F-33 define it, with nothing
// rounded on the way: what the engine's own answer is judged by.
//
// Numbers carry 80 decimal digits. Whatever decides a branch is exact: comparisons of raw integers
// (confidences, kinds of tenor) and of rationals (ladders and intervals, F-22 to F-24).
//
// Promises: for books in range every figure is within TOLERANCE of the exact one, so that a test may
// treat it as exact and compare with raw units of 1e-18.
// Never: includes or calls anything of engine/risk or engine/pricing but their plain data types.
#pragma once

#include "engine/model/level.hpp"
#include "engine/model/svi.hpp"
#include "engine/risk/book.hpp"
#include "tests/support/real.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace plimsoll::test {

/// Sums of at most a few thousand products of up to 1e20, at 80 digits: 1e20 * 1e-79 * 1e4 < 1e-54.
inline const Real TOLERANCE("1e-40");

struct ExactContingencies
{
    Real perp;
    Real future;
    Real option;
    Real confidence;
    Real depeg;

    [[nodiscard]] Real total() const { return perp + future + option + confidence + depeg; }
};

/// F-26 to F-29. Zero but for the plain sum where at most one underlying is held.
struct ExactBand
{
    bool single = true;
    Real plain_sum;
    Real floor;
    Real special_sum;
    Real band_loss;
};

struct ExactUnderlyingLevel
{
    bool held = false;
    Real linear;  ///< Standard mode.
    Real option;  ///< Standard mode.
    Real loss;    ///< Portfolio mode: S of F-17, unscaled.
    Real factor;  ///< Portfolio mode: F-18.
};

struct ExactUnderlying
{
    Real value;
    Real bracket_charge;
    PerLevel<ExactUnderlyingLevel> levels;
    std::vector<Real> rows[2];  ///< Scenarios and basis, unscaled; [1] with open orders.
};

struct ExactExpiry
{
    Real mark_to_market;
    Real discount;
    Real vol_up;
    Real vol_down;
    Real discount_long;
    Real discount_short;
    Real naked_shorts;
    Real basis_up;
    Real basis_down;
};

struct ExactLevel
{
    Real requirement;
    Real haircuts;
    ExactContingencies contingencies;
    ExactBand band;
    Real health;
};

struct ExactReport
{
    Real equity;
    Real collateral;
    PerLevel<ExactLevel> levels;
    std::vector<ExactUnderlying> underlyings;
    std::vector<ExactExpiry> expiries;
};

/// The exact report; none where the formulas are not defined on the book (a parameter outside its own
/// domain is not looked for). `vols` has one volatility a leg; without it legs' own values are exact.
[[nodiscard]] std::optional<ExactReport> exact_margin(
    const Book& book, std::span<const Real> vols = {});

}  // namespace plimsoll::test
