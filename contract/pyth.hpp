// plimsoll: contract/pyth.hpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the hall. What a Pyth contract on a CosmWasm chain is asked, and how its answer is read.
// Promises: any bytes give a price or an error, never a trap; no number passes through floating point.
#pragma once

#include "engine/error.hpp"
#include "engine/model/feed.hpp"

#include <string>
#include <string_view>

namespace plimsoll::contract {

/// 64 lower-case hexadecimal digits.
[[nodiscard]] bool is_feed_id(std::string_view text) noexcept;

/// {"price_feed":{"id":"<hex>"}}
[[nodiscard]] std::string pyth_query(std::string_view feed_id);

struct PythPrice
{
    bool usable = false;  ///< Within (0, PRICE_MAX], and its confidence up to PRICE_MAX.
    PriceReport report;
};

/// price * 10^expo, down; the confidence up: less sure is charged more. bad_answer for anything but the answer of
/// pyth-sdk-cw to that question, with that id: unknown fields are skipped, since versions add some.
[[nodiscard]] Error read_pyth(std::string_view json, std::string_view feed_id, PythPrice& out);

}  // namespace plimsoll::contract
