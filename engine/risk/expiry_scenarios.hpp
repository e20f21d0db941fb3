// plimsoll: engine/risk/expiry_scenarios.hpp                        SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. Portfolio mode, the options of one expiry under all scenarios at once: F-15, F-16
// and F-32 of docs/formulas.md, but for what is linear.
//
// Strikes are the outer loop and scenarios the inner one: what a strike's volatility becomes under each shock,
// and its root of time, is then taken once for all spots; and rows that ask for the same price (the basis moves
// mostly stand among the scenarios, too) get it from one computation.
//
// Promises: each sum is of amounts rounded leg by leg, so that neither the order nor the sharing shows in it.
#pragma once

#include "engine/model/limits.hpp"
#include "engine/model/portfolio_params.hpp"
#include "engine/pricing/black76.hpp"
#include "engine/risk/book.hpp"
#include "engine/risk/legs.hpp"
#include "engine/risk/money_bracket.hpp"
#include "engine/risk/shocks.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace plimsoll {

/// As marked, each scenario, and the two basis moves.
inline constexpr std::size_t POINTS_MAX = SCENARIOS_MAX + 3;

/// The different pairs of spot and volatility at which one underlying's rows value options, whatever the expiry.
class ScenarioPoints
{
public:
    struct Point
    {
        std::uint8_t spot = 0;  ///< Index into spots().
        VolShock vol = VolShock::none;
        bool listed = false;  ///< A scenario asks for it.
    };
    /// As marked: spot and volatility unchanged.
    static constexpr std::size_t MARKED = 0;

    explicit ScenarioPoints(const PortfolioParams& params) noexcept;

    [[nodiscard]] std::span<const Ratio> spots() const noexcept { return {m_spots, m_spot_count}; }
    [[nodiscard]] std::span<const Point> points() const noexcept { return {m_points, m_count}; }
    [[nodiscard]] std::size_t of_scenario(std::size_t scenario) const noexcept
    {
        return m_of_scenario[scenario];
    }
    [[nodiscard]] std::size_t basis_up() const noexcept { return m_basis_up; }
    [[nodiscard]] std::size_t basis_down() const noexcept { return m_basis_down; }
    [[nodiscard]] bool uses(VolShock vol) const noexcept
    {
        return (m_shocks >> static_cast<unsigned>(vol) & 1U) != 0;
    }

private:
    /// The point's index; a new one where there is none yet.
    std::uint8_t index_of(Ratio spot, VolShock vol, bool listed) noexcept;

    Ratio m_spots[POINTS_MAX];
    Point m_points[POINTS_MAX];
    std::uint8_t m_of_scenario[SCENARIOS_MAX] = {};
    std::uint8_t m_spot_count = 0;
    std::uint8_t m_count = 0;
    std::uint8_t m_basis_up = 0;
    std::uint8_t m_basis_down = 0;
    std::uint8_t m_shocks = 0;  ///< By bit.
};

/// What one expiry is valued in. Its maker need not clear it.
struct ExpiryWork
{
    pricing::ForwardPoint forwards[POINTS_MAX];  ///< By spot.
    pricing::TimeValue parts[POINTS_MAX];        ///< Of one strike, by point.
    MoneyBracket values[POINTS_MAX];             ///< Of the positions, by point.
    /// The least and the greatest P&L of all fills of the orders, by point and by the factor of F-14.
    MoneyBracket fills[POINTS_MAX][2];
    Money basis_up_fills;
    Money basis_down_fills;
};

/// A change of value, and the same with the orders at their worst fills.
struct Change
{
    Money plain;
    Money ordered;
};

class ExpiryScenarios
{
public:
    /// Values the options. With `orders`, their fills too.
    ExpiryScenarios(const BookExpiry& expiry, const PortfolioParams& params,
        const ScenarioPoints& points, Legs options, bool orders, ExpiryWork& work) noexcept;

    /// V_e.
    [[nodiscard]] const MoneyBracket& value() const noexcept
    {
        return m_work.values[ScenarioPoints::MARKED];
    }
    /// g(V') - V, or for a skew scenario the lower of it and its opposite. Floor. Orders: F-32.
    [[nodiscard]] Change of_scenario(std::size_t scenario) const noexcept;
    /// V at the forward of a basis move, less V. Floor. Orders: F-16, F-32.
    [[nodiscard]] Change basis_up() const noexcept
    {
        return basis(m_points.basis_up(), m_work.basis_up_fills);
    }
    [[nodiscard]] Change basis_down() const noexcept
    {
        return basis(m_points.basis_down(), m_work.basis_down_fills);
    }

private:
    void set_forwards() noexcept;
    /// The volatility of a strike under a shock.
    [[nodiscard]] pricing::Volatility volatility_under(
        VolShock shock, const BookLeg& leg) const noexcept;
    /// Adds legs of one strike and volatility at every point.
    void add_strike(Legs legs) noexcept;
    /// Adds one leg of the strike whose time values are at hand.
    void add_leg(const BookLeg& leg) noexcept;
    void add_fills(std::size_t point, const BookLeg& leg, const pricing::PriceBracket& then,
        const pricing::PriceBracket& marked) noexcept;
    [[nodiscard]] Change basis(std::size_t point, Money fills) const noexcept;

    const BookExpiry& m_expiry;
    const PortfolioParams& m_params;
    const ScenarioPoints& m_points;
    bool m_orders;
    ExpiryWork& m_work;
    pricing::Tenor m_tenor;
    pricing::Discount m_discount;
    StaticDiscounts m_static;
    VolFactors m_vol;
    SkewShape m_skew_linear;
    SkewShape m_skew_abs;
};

}  // namespace plimsoll
