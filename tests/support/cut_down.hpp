// plimsoll: tests/support/cut_down.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The steps of a failing history that are needed for it to fail.
#pragma once

#include <cstddef>
#include <vector>

namespace plimsoll::test {

/// Leaves out one step after the other as long as `fails` still says so. Each step must mean the same
/// whatever came before it.
template <class Step, class Fails>
[[nodiscard]] std::vector<Step> cut_down(std::vector<Step> steps, const Fails& fails)
{
    for (bool shorter = true; shorter;) {
        shorter = false;
        for (std::size_t i = steps.size(); i-- > 0;) {
            std::vector<Step> fewer = steps;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
            if (!fails(fewer))
                continue;
            steps = fewer;
            shorter = true;
        }
    }
    return steps;
}

}  // namespace plimsoll::test
