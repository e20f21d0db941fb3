// plimsoll: engine/risk/margin.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. The one evaluation of an account's margin, in both modes: formulas F-1 to F-33
// of docs/formulas.md on a Book.
// Promises: values round down and requirements up, so that the health of each level is never above the exact
// one, and below it by no more than docs/rounding.md says; initial health is never above maintenance health;
// no heap; the number of steps is bounded by the maxima of the model. Works in memory that the caller lends.
// Never: changes the book; decides anything.
#pragma once

#include "engine/model/ids.hpp"
#include "engine/model/level.hpp"
#include "engine/model/limits.hpp"
#include "engine/pricing/bracket.hpp"
#include "engine/result.hpp"
#include "engine/risk/book.hpp"
#include "engine/risk/expiry_scenarios.hpp"

#include <cstdint>
#include <string_view>

namespace plimsoll {

/// What is required on top of the scenarios or fractions, by kind.
struct Contingencies
{
    Money perp;        ///< F-19, portfolio mode.
    Money future;      ///< F-19, portfolio mode.
    Money option;      ///< F-19, portfolio mode.
    Money confidence;  ///< F-20.
    Money depeg;       ///< F-11, standard mode.

    [[nodiscard]] constexpr Money total() const noexcept
    {
        return perp + future + option + confidence + depeg;
    }
};

/// Which part of F-29 was the greatest.
enum class Binding : std::uint8_t
{
    single = 0,  ///< At most one underlying is held: F-17.
    band = 1,
    special = 2,
    floor = 3,
};

/// The stable name, e.g. "band".
[[nodiscard]] std::string_view name_of(Binding binding) noexcept;

/// How the requirement across underlyings came about (F-26 to F-29). A row is the index of a scenario, or the
/// number of scenarios for the basis.
struct BandReport
{
    Binding binding = Binding::single;
    Money plain_sum;
    Money floor;
    Money special_sum;
    Money band_loss;
    std::uint16_t driver = 0;
    std::uint16_t driver_row = 0;
    num::i128 move_numerator = 0;  ///< Of the driver's standardised move, exact.
    num::i128 move_denominator = 1;
};

struct LevelReport
{
    Money requirement;  ///< Without contingencies.
    Money haircuts;
    Contingencies contingencies;
    BandReport band;  ///< Portfolio mode.

    /// What liquidation measures against: requirement and contingencies together.
    [[nodiscard]] constexpr Money margin() const noexcept
    {
        return requirement + contingencies.total();
    }
};

struct MarginReport
{
    Money equity;      ///< cash + position values + collateral (F-4).
    Money collateral;  ///< At market, before haircuts.
    Money
        notional;  ///< Sum of |net base| * mark over perpetuals, * forward over futures, * spot over options.
    BookSums sums;  ///< What the book takes up of what can be valued.
    /// Standard mode: a bit each for underlyings whose feed has failed, so that what is required for them is a
    /// haircut too.
    std::uint32_t shocked = 0;
    PerLevel<LevelReport> levels;

    [[nodiscard]] constexpr Money haircut(Level level) const noexcept
    {
        return levels.of(level).haircuts;
    }
    /// Requirement and contingencies together.
    [[nodiscard]] constexpr Money required(Level level) const noexcept
    {
        return levels.of(level).margin();
    }
    /// equity less the level's haircuts: what stands against what is required.
    [[nodiscard]] constexpr Money net(Level level) const noexcept
    {
        return equity - haircut(level);
    }
    /// F-30. The account is liquidatable when it is below zero at maintenance, and may add no risk when it is
    /// below zero at initial.
    [[nodiscard]] constexpr Money health(Level level) const noexcept
    {
        return net(level) - required(level);
    }
    [[nodiscard]] constexpr bool is_shocked(UnderlyingId id) const noexcept
    {
        return (shocked >> id.value & 1U) != 0;
    }
    [[nodiscard]] constexpr bool liquidatable() const noexcept
    {
        return health(Level::maintenance) < Money::zero();
    }
};

/// One level's detail of one underlying.
struct UnderlyingLevel
{
    bool held = false;           ///< Orders make an underlying held at initial.
    std::uint16_t worst = 0;     ///< Portfolio mode: the row of the greatest loss (F-17).
    std::uint16_t response = 0;  ///< Portfolio mode: its row in the greatest band loss.
    Money contribution;          ///< Portfolio mode: that row's scaled P&L (F-25).
    Money linear;                ///< Standard mode: F-7, F-8.
    Money option;                ///< Standard mode: F-11.
};

/// Money in memory that nobody has cleared: written before it is read.
struct RowMoney
{
    num::i128 raw;

    RowMoney& operator=(Money money) noexcept
    {
        raw = money.raw();
        return *this;
    }
    operator Money() const noexcept { return Money::from_raw(raw); }  // NOLINT: reads like Money
    RowMoney& operator+=(Money money) noexcept { return *this = Money(*this) + money; }
    [[nodiscard]] Money operator-() const noexcept { return -Money(*this); }
};

/// What margin works out for one underlying on the way; a report reads it afterwards.
struct UnderlyingRisk
{
    Money value;           ///< Of its positions, floored.
    Money bracket_charge;  ///< F-4a; zero where it states no bracket.
    PerLevel<UnderlyingLevel> levels;
    /// P&L by row, unscaled, floored: the listed scenarios, then the basis (F-15, F-16). [0] without open
    /// orders, [1] with them (F-32); the second is only there while the book has orders.
    RowMoney rows[2][ROWS_MAX];
};

/// The memory that evaluate() works in. Big: about 50 KiB. Its maker need not clear it.
struct MarginWork
{
    UnderlyingRisk underlyings[UNDERLYINGS_MAX];
    /// By underlying: its undamped range either side as raw ratios (F-21), and its moves in order (F-24).
    struct Ladder
    {
        num::i128 up = 0;
        num::i128 down = 0;
        std::uint8_t order[SCENARIOS_MAX] = {};  ///< Spot scenarios by ascending spot shock.
        std::uint8_t count = 0;
    } ladders[UNDERLYINGS_MAX];
    ExpiryWork expiry;  ///< One expiry after another.
    bool has_orders = false;
};

/// The margin of the book. Errors: book_domain, arithmetic_range, surface_domain, no_correlation.
[[nodiscard]] Result<MarginReport> margin(const Book& book, MarginWork& work) noexcept;

/// What a risk report says of one expiry, outside of the hot path.
struct ExpiryReport
{
    bool held = false;
    Money mark_to_market;            ///< Of its options, floored.
    pricing::RatioBracket discount;  ///< D of F-1.
    Ratio vol_up;                    ///< F-12, nearest.
    Ratio vol_down;
    Ratio discount_long;    ///< F-14, floored.
    Ratio discount_short;   ///< F-14, ceiled.
    Quantity naked_shorts;  ///< F-19, without open orders.
    Money basis_up;         ///< F-16, floored.
    Money basis_down;
};

/// @pre margin() has accepted the book. Portfolio fields are zero in standard mode.
[[nodiscard]] ExpiryReport expiry_report(const Book& book, std::uint16_t expiry) noexcept;

}  // namespace plimsoll
