// plimsoll: engine/risk/shocks.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. What scenarios do to the volatilities and values of one expiry: F-12 to F-14
// of docs/formulas.md.
// Promises: each shocked volatility carries the error that its factor adds; discount factors are brackets.
#pragma once

#include "engine/model/portfolio_params.hpp"
#include "engine/pricing/bracket.hpp"
#include "engine/pricing/forward.hpp"
#include "engine/pricing/tenor.hpp"
#include "engine/pricing/volatility.hpp"
#include "engine/risk/book.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {

/// A factor to nearest, and how far it may be from the exact one.
struct Factor
{
    Ratio value = Ratio::one();
    Ratio error;
};

/// F-12. m = (30 days / max(length, floor))^power.
struct VolFactors
{
    Factor up;
    Factor down;
};
[[nodiscard]] VolFactors vol_factors(const VolShockParams& params, Seconds length) noexcept;

/// F-13. cap and width of the skew, which all strikes of an expiry share.
struct SkewShape
{
    Ratio cap;
    Ratio width;
    Ratio error;  ///< Of the multiplier that comes of them, at most.
};
[[nodiscard]] SkewShape skew_shape(
    const SkewShockParams& params, VolShock kind, const pricing::Tenor& tenor) noexcept;
[[nodiscard]] Factor skew_factor(const SkewShape& shape, VolShock kind,
    const pricing::StrikePoint& strike, const pricing::ForwardPoint& forward) noexcept;

/// volatility * factor, at least `least`. Nearest.
[[nodiscard]] pricing::Volatility shocked(
    const pricing::Volatility& volatility, const Factor& factor, Ratio least) noexcept;

/// F-14.
struct StaticDiscounts
{
    pricing::RatioBracket long_side;
    pricing::RatioBracket short_side;

    /// g of F-15: y * long where y >= 0, y * short where y < 0. It rises with y, so ends go to ends.
    [[nodiscard]] MoneyBracket apply(const MoneyBracket& y) const noexcept;
    /// y times one of the two factors, whatever y's sign.
    [[nodiscard]] static MoneyBracket times(
        const MoneyBracket& y, const pricing::RatioBracket& factor) noexcept;
};
[[nodiscard]] StaticDiscounts static_discounts(
    const DiscountParams& params, const BookExpiry& expiry) noexcept;

}  // namespace plimsoll
