// plimsoll: engine/risk/scenario.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See scenario.hpp.
#include "engine/risk/scenario.hpp"

#include "engine/num/product_sum.hpp"
#include "engine/risk/expiry_scenarios.hpp"

#include <optional>

namespace plimsoll {
namespace {

/// s - 1.
constexpr Ratio shift_of(Ratio shock) noexcept
{
    return shock - Ratio::one();
}

/// price * (s - 1), as a move of one unit.
pricing::PriceBracket move_of(Price price, Ratio shift) noexcept
{
    return {scale_floor(price, shift), scale_ceil(price, shift)};
}

/// What moves in proportion to spot: perpetuals, the undecided part of futures, risk-cancelling collateral.
class LinearExposure
{
public:
    explicit LinearExposure(const MoneyBracket& cancelling) noexcept : m_cancelling(cancelling) {}

    void add(Quantity base, Price price) noexcept { m_sum.add(base.raw(), price.raw()); }

    [[nodiscard]] MoneyBracket bracket() const noexcept
    {
        MoneyBracket total = m_cancelling;
        total += {Money::from_raw(m_sum.wad_floor()), Money::from_raw(m_sum.wad_ceil())};
        return total;
    }

private:
    MoneyBracket m_cancelling;
    num::ProductSum m_sum;
};

/// (add + mult * T), ceil.
Ratio basis_factor_ceil(const BasisParams& p, Seconds length) noexcept
{
    return p.add + Ratio::from_raw(
                       checked(num::mul_div_ceil(p.mult.raw(), static_cast<num::i128>(length.raw()),
                           static_cast<num::i128>(pricing::SECONDS_PER_YEAR.raw()))));
}

/// What future of one expiry adds to a basis move: base * (F - fixed) * (s - 1). Floor.
struct FutureMoves
{
    MoneyBracket exposure;
    Price variable;
    Net net;

    [[nodiscard]] Money plain_floor(Ratio shock) const noexcept
    {
        return scale_floor(exposure, shift_of(shock));
    }
    [[nodiscard]] Money orders_floor(Ratio shock) const noexcept
    {
        return worst_fill_floor(net.bid, net.ask, move_of(variable, shift_of(shock)));
    }
};

/// min(0, up, down) * factor, rounded down.
Money basis_loss_floor(Money up, Money down, Ratio factor) noexcept
{
    return scale_floor(least(Money::zero(), least(up, down)), factor);
}

}  // namespace

void scenario_rows(const Book& book, std::uint16_t index, Legs legs, const MoneyBracket& cancelling,
    bool orders, ExpiryWork& work, UnderlyingRisk& risk) noexcept
{
    const PortfolioParams& params = *book.underlyings[index].portfolio;
    const std::size_t count = params.scenarios.size();
    for (std::size_t i = 0; i <= count; ++i) {
        risk.rows[0][i] = Money::zero();
        if (orders)
            risk.rows[1][i] = Money::zero();
    }
    RowMoney* const plain = risk.rows[0];
    RowMoney* const ordered = risk.rows[1];
    LinearExposure linear(cancelling);
    // The orders of perpetuals and futures, scenario by scenario (F-32).
    const auto add_linear_orders = [&](const Net& net, Price moving) {
        if (!orders || (net.bid.is_zero() && net.ask.is_zero()))
            return;
        for (std::size_t i = 0; i < count; ++i)
            ordered[i] += worst_fill_floor(
                net.bid, net.ask, move_of(moving, shift_of(params.scenarios[i].spot)));
    };

    std::optional<ScenarioPoints> points;  // the same for every expiry that has options
    Legs rest = legs;
    Legs perps = take_perps(rest);
    risk.value = Money::zero();
    for (const BookLeg& leg : perps)
        risk.value += notional_floor(leg.base, leg.mark) + leg.quote;
    while (!perps.empty()) {
        const Legs same = take_instrument(perps);
        const Net net = net_of(same);
        linear.add(net.base, same.front().mark);
        add_linear_orders(net, same.front().mark);
    }
    while (!rest.empty()) {
        const Legs at = take_expiry(rest);
        const BookExpiry& e = book.expiries[at.front().expiry];
        FutureMoves futures;
        futures.net = net_of(futures_of(at));
        futures.variable = e.forward - e.fixed;
        futures.exposure = {notional_floor(futures.net.base, futures.variable),
            notional_ceil(futures.net.base, futures.variable)};
        linear.add(futures.net.base, futures.variable);
        add_linear_orders(futures.net, futures.variable);
        for (const BookLeg& leg : futures_of(at))
            risk.value += notional_floor(leg.base, e.forward) + leg.quote;

        const Legs options = options_of(at);
        const Ratio basis = basis_factor_ceil(params.basis, e.length);
        Money up = futures.plain_floor(params.basis.up);
        Money down = futures.plain_floor(params.basis.down);
        Money up_ordered = up;
        Money down_ordered = down;
        if (orders) {
            up_ordered += futures.orders_floor(params.basis.up);
            down_ordered += futures.orders_floor(params.basis.down);
        }
        if (!options.empty()) {
            if (!points)
                points.emplace(params);
            const ExpiryScenarios expiry(e, params, *points, options, orders, work);
            risk.value += expiry.value().floor;
            for (const BookLeg& leg : options)
                risk.value += leg.quote;
            for (std::size_t i = 0; i < count; ++i) {
                const Change change = expiry.of_scenario(i);
                plain[i] += change.plain;
                if (orders)
                    ordered[i] += change.ordered;
            }
            const Change rise = expiry.basis_up();
            const Change fall = expiry.basis_down();
            up += rise.plain;
            up_ordered += rise.ordered;
            down += fall.plain;
            down_ordered += fall.ordered;
        }
        plain[count] += basis_loss_floor(up, down, basis);
        if (orders)
            ordered[count] += basis_loss_floor(up_ordered, down_ordered, basis);
    }

    const MoneyBracket exposure = linear.bracket();
    for (std::size_t i = 0; i < count; ++i) {
        const Scenario& scenario = params.scenarios[i];
        const Money moved = scale_floor(exposure, shift_of(scenario.spot));
        plain[i] = scale_floor(plain[i] + moved, scenario.damping);
        if (orders)
            ordered[i] = scale_floor(ordered[i] + moved, scenario.damping);
    }
}

}  // namespace plimsoll
