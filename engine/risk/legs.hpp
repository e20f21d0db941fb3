// plimsoll: engine/risk/legs.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. Walking the arranged legs of a book: by underlying, by expiry, by instrument;
// and the amounts that orders can reach (F-33).
#pragma once

#include "engine/risk/book.hpp"

#include <cstddef>
#include <span>

namespace plimsoll {

using Legs = std::span<const BookLeg>;

/// The first legs for which same(first, leg) holds.
template <class Same>
[[nodiscard]] constexpr Legs leading(Legs legs, const Same& same) noexcept
{
    std::size_t size = 0;
    while (size < legs.size() && same(legs.front(), legs[size]))
        ++size;
    return legs.first(size);
}

/// Cuts off and returns the legs of one underlying, empty if it has none.
[[nodiscard]] constexpr Legs take_underlying(Legs& rest, std::uint16_t underlying) noexcept
{
    std::size_t size = 0;
    while (size < rest.size() && rest[size].underlying == underlying)
        ++size;
    const Legs taken = rest.first(size);
    rest = rest.subspan(size);
    return taken;
}

/// Cuts off the perpetuals.
[[nodiscard]] constexpr Legs take_perps(Legs& rest) noexcept
{
    std::size_t size = 0;
    while (size < rest.size() && rest[size].kind == LegKind::perp)
        ++size;
    const Legs taken = rest.first(size);
    rest = rest.subspan(size);
    return taken;
}

/// Cuts off the futures and options of the first expiry. @pre !rest.empty()
[[nodiscard]] constexpr Legs take_expiry(Legs& rest) noexcept
{
    const Legs taken = leading(
        rest, [](const BookLeg& a, const BookLeg& b) noexcept { return a.expiry == b.expiry; });
    rest = rest.subspan(taken.size());
    return taken;
}

/// Cuts off the legs of the first instrument. @pre !rest.empty()
[[nodiscard]] constexpr Legs take_instrument(Legs& rest) noexcept
{
    const Legs taken = leading(rest,
        [](const BookLeg& a, const BookLeg& b) noexcept { return a.instrument == b.instrument; });
    rest = rest.subspan(taken.size());
    return taken;
}

/// Of an expiry's legs, the options (the futures stand before them).
[[nodiscard]] constexpr Legs options_of(Legs expiry) noexcept
{
    std::size_t futures = 0;
    while (futures < expiry.size() && expiry[futures].kind == LegKind::future)
        ++futures;
    return expiry.subspan(futures);
}
[[nodiscard]] constexpr Legs futures_of(Legs expiry) noexcept
{
    return expiry.first(expiry.size() - options_of(expiry).size());
}

/// What an account has, and could have by its orders, of one instrument.
struct Net
{
    Quantity base;
    Quantity bid;
    Quantity ask;

    /// F-33: the greatest absolute amount of any fill.
    [[nodiscard]] constexpr Quantity reach(bool orders) const noexcept
    {
        if (!orders)
            return base.abs();
        const Quantity bought = (base + bid).abs();
        const Quantity sold = (base - ask).abs();
        return bought > sold ? bought : sold;
    }
};

[[nodiscard]] constexpr Net net_of(Legs legs) noexcept
{
    Net net;
    for (const BookLeg& leg : legs) {
        net.base += leg.base;
        net.bid += leg.bid;
        net.ask += leg.ask;
    }
    return net;
}

[[nodiscard]] constexpr bool any_position(Legs legs) noexcept
{
    for (const BookLeg& leg : legs)
        if (leg.is_position)
            return true;
    return false;
}

[[nodiscard]] constexpr bool any_orders(Legs legs) noexcept
{
    for (const BookLeg& leg : legs)
        if (leg.has_orders())
            return true;
    return false;
}

}  // namespace plimsoll
