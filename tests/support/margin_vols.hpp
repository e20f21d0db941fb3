// plimsoll: tests/support/margin_vols.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The oracle on random books, with exact volatilities of their surfaces.
#pragma once

#include "tests/support/margin_books.hpp"
#include "tests/support/margin_oracle.hpp"

#include <optional>
#include <vector>

namespace plimsoll::test {

/// By leg, in the book's order.
[[nodiscard]] inline std::vector<Real> exact_vols(const MarginBook& book)
{
    std::vector<Real> vols;
    for (const BookLeg& leg : book.legs) {
        const bool surface = leg.kind == LegKind::option && book.surfaces[leg.expiry].has_value();
        vols.push_back(surface ? exact_svi(*book.surfaces[leg.expiry], leg.strike.price).value()
                               : real(leg.volatility.value));
    }
    return vols;
}

[[nodiscard]] inline std::optional<ExactReport> exact_margin(MarginBook& book)
{
    const Book view = book.view();  // arranges the legs first
    return exact_margin(view, exact_vols(book));
}

}  // namespace plimsoll::test
