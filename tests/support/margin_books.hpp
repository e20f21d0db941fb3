// plimsoll: tests/support/margin_books.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Random books of every feature that margin knows, with their own storage.
// Promises: the same seed and shape give the same book everywhere; every book is in the domain of the
// formulas, and of valid parameters (docs/parameters.md), unless its shape asks for something else.
#pragma once

#include "engine/model/correlation.hpp"
#include "engine/model/portfolio_params.hpp"
#include "engine/model/standard_params.hpp"
#include "engine/model/svi.hpp"
#include "engine/risk/book.hpp"
#include "tests/support/rng.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plimsoll::test {

/// What a random book may have.
struct BookShape
{
    std::optional<MarginMode> mode;  ///< None: either.
    std::size_t underlyings_min = 1;
    std::size_t underlyings_max = 5;
    std::size_t legs_max = 10;
    std::size_t scenarios_max = 16;
    bool options = true;
    bool futures = true;
    bool orders = true;
    bool collaterals = true;
    bool brackets = true;
    bool confidences = true;  ///< Below 1, and rules that charge for them.
    bool depeg = true;
    bool profit_rules = true;
    bool size_terms = true;  ///< F-7 a and b, F-8.
    bool surfaces = true;    ///< SVI besides flat volatilities.
    bool skews = true;       ///< Skew scenarios.
    bool feeds = true;   ///< Failed and unfit feeds, and observed volatility ahead of the range.
    bool twins = false;  ///< A second perpetual on an underlying.
    bool rising_levels = true;   ///< Each parameter's initial is at least its maintenance.
    bool fair_discounts = true;  ///< F-14's condition: long <= short.
    bool zero_funds = false;     ///< No cash and no quotes.
    /// Bases and orders are multiples of this many raw units.
    num::i128 quantum = 1;
    /// Notional of a leg is about 10^from to 10^to.
    int size_from = -2;
    int size_to = 6;
};

/// A book that owns what it shows. Copies are independent.
class MarginBook
{
public:
    MarginMode mode = MarginMode::standard;
    Price quote_price = Price::one();
    Ratio quote_confidence = Ratio::one();
    Money cash;
    std::vector<BookUnderlying> underlyings;  ///< Their pointers are set by view().
    std::vector<PortfolioParams> portfolio;   ///< By underlying.
    std::vector<StandardParams> standard;
    std::vector<std::optional<ProfitRule>> profit;
    std::vector<BookExpiry> expiries;
    std::vector<std::optional<Svi>> surfaces;  ///< By expiry.
    std::vector<BookLeg> instruments;  ///< What can be held: legs without amounts, by instrument.
    std::vector<BookLeg> legs;
    std::vector<BookCollateral> collaterals;
    Correlation correlation;

    /// Arranges the legs. Valid until this changes.
    [[nodiscard]] Book view();

    /// By index into underlyings; the correlation itself goes by their ids.
    [[nodiscard]] CorrelationPair& pair(std::size_t i, std::size_t j)
    {
        return correlation.of(underlyings[i].id, underlyings[j].id);
    }
    [[nodiscard]] const CorrelationPair& pair(std::size_t i, std::size_t j) const
    {
        return correlation.of(underlyings[i].id, underlyings[j].id);
    }

    /// The leg of an instrument, made if there is none. The reference is valid until another is made.
    BookLeg& leg_of(std::size_t instrument);
    [[nodiscard]] bool has_orders() const;
    void drop_orders();
    /// Adds the positions and orders of a book on the same markets.
    void add_legs(const std::vector<BookLeg>& others);
    /// Positions and orders times numerator / denominator; exact where the quantum allows it.
    void scale(int numerator, int denominator);
    /// What there is, a line each.
    [[nodiscard]] std::string describe() const;
};

/// Prices, parameters and instruments; nothing is held.
[[nodiscard]] MarginBook random_markets(Rng& rng, const BookShape& shape);
void add_random_positions(Rng& rng, const BookShape& shape, MarginBook& book);
void add_random_orders(Rng& rng, const BookShape& shape, MarginBook& book);
void add_random_collaterals(Rng& rng, const BookShape& shape, MarginBook& book);
/// All of it.
[[nodiscard]] MarginBook random_book(std::uint64_t seed, const BookShape& shape = {});

}  // namespace plimsoll::test
