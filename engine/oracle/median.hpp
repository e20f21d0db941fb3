// plimsoll: engine/oracle/median.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. One price from the reports of several sources: O2 of docs/formulas.md, "Prices".
//
// Promises: with n fresh reports of which at most floor((n - 1) / 2) lie, the price lies within what the honest ones
// said; of whom at most floor((n + 1) / 4) lie, the confidence is no wider than honest confidences and prices make it
// (more can stop trade, and nothing else); the order of the reports does not matter; nothing is rounded, for every
// part of the answer is one that somebody reported, or the difference of two.
#pragma once

#include "engine/model/feed.hpp"
#include "engine/units/units.hpp"

#include <optional>
#include <span>

namespace plimsoll {

/// The median of the reports that are no older than `max_age`: none where they are fewer than the quorum. Of an even
/// number the lower of the two in the middle. Its confidence is the greatest of the upper median of confidences and
/// the distances within the middle of the reports (all but floor((n + 1) / 4) at either end); it was published when
/// the quorum-th newest of them was. @pre 0 < quorum; at most FEED_SOURCES_MAX reports, none from the future
[[nodiscard]] std::optional<PriceReport> median_of(std::span<const PriceReport> reports,
    std::size_t quorum, Seconds max_age, Seconds now) noexcept;

}  // namespace plimsoll
