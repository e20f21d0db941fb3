// plimsoll: tests/support/margin_oracle_model.hpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The oracle's own view of a book: what is held of each underlying, and its exact
// P&L in each scenario.
// Never: rounds.
#pragma once

#include "tests/support/margin_oracle.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace plimsoll::test::exact {

/// x+ of a worst or best fill: what any part of either side of an order can do (F-31).
[[nodiscard]] Real worst_fill(const Real& bid, const Real& ask, const Real& move);
[[nodiscard]] Real best_fill(const Real& bid, const Real& ask, const Real& move);

/// Legs of one instrument that moves with spot by itself or with a forward.
struct Linear
{
    std::uint16_t instrument = 0;
    Real mark;  ///< Perpetuals.
    Real base;
    Real bid;
    Real ask;
    bool is_net = false;  ///< The net base is not zero, by raw integers.

    [[nodiscard]] Real reach(bool orders) const;
    [[nodiscard]] bool has_orders() const { return bid > 0 || ask > 0; }
};

struct Option
{
    std::uint16_t instrument = 0;
    num::i128 strike_raw = 0;
    Real strike;
    bool is_call = true;
    bool is_position = false;
    Real vol;
    Real base;
    Real bid;
    Real ask;
    Real price;  ///< Unshocked.

    [[nodiscard]] bool has_orders() const { return bid > 0 || ask > 0; }
};

struct Expiry
{
    std::size_t index = 0;
    const BookExpiry* spec = nullptr;
    Real years;
    Real forward;
    Real fixed;
    Real discount;
    std::vector<Linear> futures;
    std::vector<Option> options;

    [[nodiscard]] bool has_option_orders() const;
    [[nodiscard]] Real forward_at(const Real& shock) const
    {
        return (forward - fixed) * shock + fixed;
    }
    [[nodiscard]] Real value() const;
    [[nodiscard]] Real price(const Option& option, const Real& at, const Real& vol) const;
    [[nodiscard]] Real future_move(const Real& shock, bool orders) const;
    [[nodiscard]] Real future_reach(bool orders) const;
    [[nodiscard]] Real naked_shorts(bool orders) const;
    [[nodiscard]] Real net_base(const Option& option) const;
};

struct StaticDiscounts
{
    Real long_factor;
    Real short_factor;
};

class Underlying
{
public:
    const BookUnderlying* spec = nullptr;
    Real spot;
    Ratio spot_confidence;
    std::vector<Linear> perps;
    std::vector<Expiry> expiries;
    std::vector<Real> linear_values;  ///< F-4 of each leg that is no option.
    Real option_cash;                 ///< Quote of option legs.
    Real cancelling;
    Real named;
    bool has_position = false;
    bool has_orders = false;

    [[nodiscard]] bool held(bool orders) const
    {
        return has_position || cancelling > 0 || (orders && has_orders);
    }
    [[nodiscard]] Real value() const;
    [[nodiscard]] Real price_bracket() const;
    [[nodiscard]] Ratio min_confidence(bool orders) const;
    [[nodiscard]] Real profit_haircut() const;

    /// Rows of F-15 and F-16: scenarios, then basis; with orders F-32.
    [[nodiscard]] std::vector<Real> rows(bool orders) const;
    [[nodiscard]] Real basis_move(const Expiry& expiry, Ratio shock, bool orders) const;
    [[nodiscard]] Real vol_multiplier(const Expiry& expiry, VolShock vol) const;
    [[nodiscard]] StaticDiscounts static_discounts(const Expiry& expiry) const;
    /// F-18
    [[nodiscard]] Real factor(Level level, Price quote_price) const;
    /// F-19, F-20.
    [[nodiscard]] ExactContingencies contingencies(Level level) const;

private:
    [[nodiscard]] Real board_loss(Price board) const;
    [[nodiscard]] Real skew_multiplier(const Expiry& e, const Option& option, bool absolute) const;
    /// `multiplier`: of F-12, up or down.
    [[nodiscard]] Real shocked_vol(
        const Expiry& e, const Option& option, VolShock vol, const Real& multiplier) const;
    [[nodiscard]] Real option_change(const Expiry& e, const Scenario& scenario, bool orders) const;
    [[nodiscard]] Real worst_change(
        const Expiry& e, const std::vector<Real>& shocked, bool skew) const;
    [[nodiscard]] Real scenario_row(const Scenario& scenario, bool orders) const;
    [[nodiscard]] Real basis_row(bool orders) const;
};

/// F-20
[[nodiscard]] Real confidence_charge(
    const ConfidenceRule& rule, Ratio confidence, const Real& notional);
[[nodiscard]] Ratio least(Ratio a, Ratio b);

/// F-21 to F-29 at one level. `rows` by underlying. None where F-21 or a pair is missing.
[[nodiscard]] std::optional<ExactBand> correlation_band(const Book& book,
    const std::vector<Underlying>& underlyings, const std::vector<std::vector<Real>>& rows,
    Level level);

/// F-7 and F-8 of one underlying.
[[nodiscard]] Real linear_requirement(const Underlying& u, Level level);
/// F-9 to F-11, F-33 of one underlying.
[[nodiscard]] Real option_requirement(const Underlying& u, Level level);
/// F-11's charges.
void add_standard_charges(const Underlying& u, Price quote_price, ExactContingencies& parts);

}  // namespace plimsoll::test::exact
