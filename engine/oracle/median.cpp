// plimsoll: engine/oracle/median.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. See median.hpp.
#include "engine/oracle/median.hpp"

#include "engine/check.hpp"
#include "engine/model/list.hpp"
#include "engine/mutation.hpp"

namespace plimsoll {
namespace {

template <class T>
using Values = List<T, FEED_SOURCES_MAX>;

/// Ascending, by insertion: they are few.
template <class T>
void sort(Values<T>& values) noexcept
{
    for (std::size_t i = 1; i < values.size(); ++i)
        for (std::size_t j = i; j > 0 && values[j] < values[j - 1]; --j) {
            const T value = values[j];
            values[j] = values[j - 1];
            values[j - 1] = value;
        }
}

Price greater(Price a, Price b) noexcept
{
    return a < b ? b : a;
}

}  // namespace

std::optional<PriceReport> median_of(
    std::span<const PriceReport> reports, std::size_t quorum, Seconds max_age, Seconds now) noexcept
{
    CHECK(quorum > 0 && reports.size() <= FEED_SOURCES_MAX);
    Values<Price> prices;
    Values<Price> confidences;
    Values<Seconds> times;
    for (const PriceReport& report : reports) {
        if (!report.price.is_positive() ||
            GUARD("o1-report-age", elapsed(report.published, now) > max_age))
            continue;
        CHECK(prices.push(report.price) && confidences.push(report.confidence) &&
              times.push(report.published));
    }
    const std::size_t count = prices.size();
    if (count == 0 || GUARD("o1-quorum", count < quorum))
        return std::nullopt;
    sort(prices);
    sort(confidences);
    sort(times);
    const std::size_t trimmed = (count + 1) >> 2;
    PriceReport median;
    median.price = prices[(count - 1) >> 1];
    median.confidence = greater(confidences[count >> 1],
        greater(median.price - prices[trimmed], prices[count - 1 - trimmed] - median.price));
    median.published = times[MUTANT("o1-quorum-time", count - quorum, count - 1)];
    return median;
}

}  // namespace plimsoll
