// plimsoll: tests/support/margin_draws.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Random parameters and numbers for random books.
#pragma once

#include "tests/support/literals.hpp"
#include "tests/support/margin_books.hpp"

#include <string_view>

namespace plimsoll::test {

/// Between two decimals; half the time with four decimals only, so that values coincide.
[[nodiscard]] num::i128 draw_raw(Rng& rng, std::string_view low, std::string_view high);
[[nodiscard]] inline Ratio draw(Rng& rng, std::string_view low, std::string_view high)
{
    return Ratio::from_raw(draw_raw(rng, low, high));
}
/// From 10^from to 10^(to + 1), evenly over powers of ten.
[[nodiscard]] num::i128 draw_power(Rng& rng, int from, int to);
/// value * ratio, floored.
[[nodiscard]] inline num::i128 times(num::i128 value, Ratio ratio)
{
    return checked(num::mul_wad_floor(value, ratio.raw()));
}

[[nodiscard]] PortfolioParams random_portfolio_params(Rng& rng, const BookShape& shape);
[[nodiscard]] StandardParams random_standard_params(Rng& rng, const BookShape& shape);
/// Every pair of ids is known.
[[nodiscard]] Correlation random_correlation(Rng& rng);

}  // namespace plimsoll::test
