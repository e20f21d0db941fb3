// plimsoll: tests/support/margin_case.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A book as a case in the JSON form of the margin calculator, for programs that
// are not ours.
#pragma once

#include "tests/support/margin_books.hpp"

#include <nlohmann/json.hpp>

namespace plimsoll::test {

/// The case, with two differences that change no margin: quotes of options are in the cash, and collateral
/// without worth is left out.
/// @pre at most one perpetual an underlying; no failed or unfit feed, no volatility ahead of its range
[[nodiscard]] nlohmann::json case_of(const MarginBook& book);

}  // namespace plimsoll::test
