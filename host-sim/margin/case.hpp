// plimsoll: host-sim/margin/case.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. A margin case: one account with its market and parameters, read from
// JSON (docs/margin-calculator.md) into the engine's Book.
// Promises: a case that parses is the book that the file says, every number exact; one that does not names
// the field that is at fault. Owns all that its book points to.
// Never: computes margin.
#pragma once

#include "engine/risk/book.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::sim {

/// Moving keeps the addresses that `underlyings` hold; copying would not.
struct MarginCase
{
    MarginCase() = default;
    MarginCase(MarginCase&&) = default;
    MarginCase& operator=(MarginCase&&) = default;
    MarginCase(const MarginCase&) = delete;
    MarginCase& operator=(const MarginCase&) = delete;

    /// A view: the case must stay alive and unchanged.
    [[nodiscard]] Book book() const;
    /// For people: "BTC call 70400 2025-11-11".
    [[nodiscard]] std::string label(const BookLeg& leg) const;

    std::uint64_t now = 0;
    MarginMode mode = MarginMode::standard;
    Price quote_price = Price::one();
    Ratio quote_confidence = Ratio::one();
    Money cash;
    std::vector<std::string> names;  ///< Of underlyings.
    std::vector<BookUnderlying> underlyings;
    std::vector<BookExpiry> expiries;  ///< Those with a position or an order.
    std::vector<std::uint64_t> expiry_times;
    std::vector<BookLeg> legs;        ///< Arranged. Orders stand on legs of their own.
    std::vector<std::string> assets;  ///< Of collaterals.
    std::vector<BookCollateral> collaterals;
    std::optional<Correlation> correlation;

    // By underlying; `underlyings` points to those that are given.
    std::vector<StandardParams> standard;
    std::vector<PortfolioParams> portfolio;
    std::vector<ProfitRule> profit;
};

/// @throws CaseError.
[[nodiscard]] MarginCase read_case(const nlohmann::json& json);

/// Seconds since 1970 as a date, "2025-11-11".
[[nodiscard]] std::string date_text(std::uint64_t time);

}  // namespace plimsoll::sim
