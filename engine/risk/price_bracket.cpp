// plimsoll: engine/risk/price_bracket.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See price_bracket.hpp.
#include "engine/risk/price_bracket.hpp"

#include "engine/num/product_sum.hpp"
#include "engine/risk/expiry.hpp"
#include "engine/risk/raw_list.hpp"

#include <cstddef>
#include <span>

namespace plimsoll {
namespace {

using num::i128;

/// One board: every price of the underlying times `price` / spot.
struct BoardShift
{
    Price price;
    Price spot;

    /// amount * (x - 1), rounded down; x itself is never rounded.
    [[nodiscard]] i128 times_floor(i128 amount) const noexcept
    {
        return checked(num::mul_div_floor(amount, price.raw() - spot.raw(), spot.raw()));
    }
    [[nodiscard]] i128 times_ceil(i128 amount) const noexcept
    {
        return checked(num::mul_div_ceil(amount, price.raw() - spot.raw(), spot.raw()));
    }
    [[nodiscard]] pricing::PriceBracket move_of(Price at) const noexcept
    {
        return {Price::from_raw(times_floor(at.raw())), Price::from_raw(times_ceil(at.raw()))};
    }
};

/// The gain of the linear legs and the collateral on the board, orders at their worst. Floor.
Money linear_gain_floor(
    const Book& book, Legs legs, const MoneyBracket& named, const BoardShift& board) noexcept
{
    num::ProductSum sum;
    Money orders;
    const auto add = [&](const Net& net, Price price) {
        sum.add(net.base.raw(), price.raw());
        if (!net.bid.is_zero() || !net.ask.is_zero())
            orders += worst_fill_floor(net.bid, net.ask, board.move_of(price));
    };
    Legs rest = legs;
    for (Legs perps = take_perps(rest); !perps.empty();) {
        const Legs same = take_instrument(perps);
        add(net_of(same), same.front().mark);
    }
    while (!rest.empty()) {
        const Legs at = take_expiry(rest);
        add(net_of(futures_of(at)), book.expiries[at.front().expiry].forward);
    }
    MoneyBracket exposure = named;
    exposure += {Money::from_raw(sum.wad_floor()), Money::from_raw(sum.wad_ceil())};
    const bool falls = board.price < board.spot;
    const Money amount = falls ? exposure.ceil : exposure.floor;
    return Money::from_raw(board.times_floor(amount.raw())) + orders;
}

/// Low, high and stable.
constexpr std::size_t BOARDS_MAX = 3;

/// Adds the gains of one expiry's options on each board, orders at their worst. Floor.
void add_option_gains(
    const BookExpiry& e, Legs options, std::span<const BoardShift> boards, Money* gains) noexcept
{
    OptionPricer pricer = pricer_of(e);
    const pricing::ForwardPoint marked = pricing::forward_point(e.forward);
    const Money value = pricer.value(marked, options, AS_MARKED).ceil;
    for (std::size_t i = 0; i < boards.size(); ++i) {
        const pricing::ForwardPoint moved =
            pricing::forward_scaled(e.forward, boards[i].price, boards[i].spot);
        gains[i] += pricer.value(moved, options, AS_MARKED).floor - value;
        for (const BookLeg& leg : options)
            if (leg.has_orders())
                gains[i] += worst_fill_floor(leg.bid, leg.ask,
                    difference(pricer.price(moved, leg, leg.volatility),
                        pricer.price(marked, leg, leg.volatility)));
    }
}

}  // namespace

Money bracket_charge_ceil(
    const Book& book, std::uint16_t index, Legs legs, const MoneyBracket& named) noexcept
{
    const BookUnderlying& u = book.underlyings[index];
    RawList<BoardShift, BOARDS_MAX> listed;
    for (const Price price : {u.price_low, u.price_high, u.stable})
        if (!price.is_zero() && price != u.spot)
            listed.push({price, u.spot});
    const std::span<const BoardShift> boards = listed.span();
    Money gains[BOARDS_MAX];
    for (std::size_t i = 0; i < boards.size(); ++i)
        gains[i] = linear_gain_floor(book, legs, named, boards[i]);
    Legs rest = legs;
    static_cast<void>(take_perps(rest));
    while (!rest.empty()) {
        const Legs at = take_expiry(rest);
        if (const Legs options = options_of(at); !options.empty())
            add_option_gains(book.expiries[at.front().expiry], options, boards, gains);
    }
    Money charge;
    for (std::size_t i = 0; i < boards.size(); ++i)
        charge = greatest(charge, -gains[i]);
    return charge;
}

}  // namespace plimsoll
