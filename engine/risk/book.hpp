// plimsoll: engine/risk/book.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. One account as margin sees it: prices, parameters and positions by value, with
// no trace of where they came from. The contract makes a book of an account's records, the calculator of
// a case; both get the same margin.
//
// A leg is one instrument's position or orders. The legs of an underlying stand together: perpetuals first,
// then expiry by expiry, its futures first, then its options by strike and type. `arrange` puts them so.
// Legs of the same instrument net where the formulas speak of net amounts; the orders of an instrument stand
// on one leg of it.
//
// Promises: plain values and views of arrays that the maker keeps alive.
// Never: changes anything.
#pragma once

#include "engine/error.hpp"
#include "engine/model/correlation.hpp"
#include "engine/model/level.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/option_type.hpp"
#include "engine/model/portfolio_params.hpp"
#include "engine/model/standard_params.hpp"
#include "engine/pricing/forward.hpp"
#include "engine/pricing/volatility.hpp"
#include "engine/units/units.hpp"

#include <cstdint>
#include <span>

namespace plimsoll {

struct BookUnderlying
{
    std::uint16_t id = 0;  ///< By which Book::correlation knows it; different for each.
    Price spot;
    Price price_low;   ///< F-4a; zero: not given.
    Price price_high;  ///< Likewise.
    Price stable;      ///< Likewise.
    Ratio confidence = Ratio::one();
    Ratio perp_confidence = Ratio::one();
    Money open_interest;                         ///< Quote notional (F-8).
    const StandardParams* standard = nullptr;    ///< Needed in standard mode.
    const PortfolioParams* portfolio = nullptr;  ///< Needed in portfolio mode.
    const ProfitRule* profit = nullptr;          ///< None: profit counts in full.
    /// Portfolio mode: multiplies the factor at initial, >= 1: by how much observed volatility is ahead of
    /// the scenarios' range, which follows it slowly.
    Ratio initial_scale = Ratio::one();
    /// Its feed has failed, for as long as governance asks for: its positions are moved against the account by their
    /// maintenance range.
    bool failed = false;
};

struct BookExpiry
{
    std::uint16_t underlying = 0;
    Seconds length;  ///< From now; zero once it has passed.
    Price forward;
    Price fixed;  ///< The part of the forward that the settlement average has decided (F-3).
    Ratio rate;   ///< A year; may be negative.
    Ratio mark_rate_mult = Ratio::one();  ///< Multiplies the rate in the discount of prices (F-1).
    Ratio confidence = Ratio::one();      ///< The least of forward, rate and volatility.
};

enum class LegKind : std::uint8_t
{
    perp = 0,
    future = 1,
    option = 2,
};

struct BookLeg
{
    std::uint16_t underlying = 0;
    std::uint16_t expiry = 0;      ///< Futures and options: index into Book::expiries.
    std::uint16_t instrument = 0;  ///< Equal for legs of one instrument, and for no others.
    LegKind kind = LegKind::perp;
    OptionType type = OptionType::call;
    bool is_position = false;        ///< Counts as held even when its base is zero.
    Price mark;                      ///< Perpetuals. Others are valued on their expiry.
    pricing::StrikePoint strike;     ///< Options.
    pricing::Volatility volatility;  ///< Options.
    Quantity base;
    Money quote;   ///< Options: what the market's index has added, which counts as cash.
    Quantity bid;  ///< Open orders of the instrument (F-31), >= 0.
    Quantity ask;

    [[nodiscard]] constexpr bool has_orders() const noexcept
    {
        return !bid.is_zero() || !ask.is_zero();
    }
};

/// F-6. What is not in force is at its default.
struct BookCollateral
{
    Quantity amount;
    Price price;
    Ratio confidence = Ratio::one();
    PerLevel<Ratio> haircut;
    std::uint16_t underlying = NONE;
    bool risk_cancelling = false;
    bool pool_scaling = false;
    Quantity pool_start;
    Quantity pool_deposits;
    Ratio size_discount;                 ///< Zero: none.
    PerLevel<Ratio> volatility_haircut;  ///< By what is observed; at initial not below maintenance.
    ConfidenceRule confidence_rule;      ///< A factor of zero charges nothing.
    bool worthless = false;              ///< Its feed has failed: counts nothing at any level.
    bool nothing_at_initial = false;     ///< Its feed is unfit: all of it is a haircut at initial.

    static constexpr std::uint16_t NONE = 0xFFFF;
};

struct Book
{
    MarginMode mode = MarginMode::standard;
    Price quote_price =
        Price::one();  ///< Divides collateral (F-6): one where prices are in quote already.
    Price peg_price =
        Price::one();  ///< The quote in units of its peg; charged for below a threshold.
    Ratio quote_confidence = Ratio::one();
    Money cash;
    std::span<const BookUnderlying> underlyings;  ///< At most UNDERLYINGS_MAX.
    std::span<const BookExpiry> expiries;         ///< In any order.
    std::span<const BookLeg> legs;                ///< Arranged.
    std::span<const BookCollateral> collaterals;
    const Correlation* correlation = nullptr;  ///< By BookUnderlying::id. Needed from two held on.
    /// At initial, where it is another: each of its hulls contains that of `correlation`.
    const Correlation* initial_correlation = nullptr;

    [[nodiscard]] const Correlation* correlation_at(Level level) const noexcept
    {
        return level == Level::initial && initial_correlation != nullptr ? initial_correlation
                                                                         : correlation;
    }
};

/// Puts legs into the order that Book needs (stable). Expiries order by their length.
void arrange(std::span<BookLeg> legs, std::span<const BookExpiry> expiries) noexcept;

/// The greatest gross notional, open orders and collateral included, of a book that can be valued: above it
/// a shocked sum could leave 128 bits. Where parameters are extreme the limit is lower: NEED_MAX.
[[nodiscard]] constexpr Money gross_max(MarginMode mode) noexcept
{
    return mode == MarginMode::standard ? MONEY_MAX : Money::from_units(100'000'000'000'000'000);
}
/// What all underlyings together may need by the most that their parameters can make of their notional: a
/// third of what Money holds, so that health, which also counts cash, quotes, haircuts and boards, is far
/// from its ends.
inline constexpr Money NEED_MAX = Money::from_raw(num::I128_MAX / 3);

/// What a book takes up of what can be valued; zero where that is so little that nobody has to know.
struct BookSums
{
    Money gross;  ///< At most gross_max() of its mode.
    Money need;   ///< At most NEED_MAX.
};

/// Positions and orders grow only while a book takes up at most one part in this many of what can be valued,
/// so that prices may rise that many times before it cannot be valued any more.
inline constexpr num::i128 BOOK_HEADROOM = 1'000;

[[nodiscard]] constexpr bool has_headroom(const BookSums& sums, MarginMode mode) noexcept
{
    return sums.gross.raw() <= gross_max(mode).raw() / BOOK_HEADROOM &&
           sums.need.raw() <= NEED_MAX.raw() / BOOK_HEADROOM;
}

/// How far a board of F-4a may be from spot, either way.
inline constexpr std::int64_t BOARD_RATIO_MAX = 100;

/// Whether the formulas are defined on the book: positive prices, brackets around spot, fixed parts within
/// their forwards, amounts in range, parameters present, indexes in range, no sum beyond its type. Errors:
/// book_domain, arithmetic_range. `sums` are written where there is no error.
/// @pre the parameters have passed their own check_domain() or validate(): whoever sets them checks them once,
/// not every evaluation.
[[nodiscard]] Error check_domain(const Book& book, BookSums& sums) noexcept;

}  // namespace plimsoll
