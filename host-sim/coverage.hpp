// plimsoll: host-sim/coverage.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. Coverage marks: what a run must have reached to have proven anything.
// Promises: every mark that a scenario may ask for has a name here and a count in a run.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plimsoll::sim {

enum class Coverage : std::uint8_t
{
    accounts,
    liquidations,
    partial_liquidations,
    full_liquidations,
    collateral_liquidations,
    insurance_draws,
    deleveragings,
    socialised_losses,
    resolutions,
    refused_calls,
    portfolio_accounts,
    portfolio_liquidations,
    settlements,
};

inline constexpr std::array<std::string_view, 13> COVERAGE_NAMES{
    "accounts",
    "liquidations",
    "partial_liquidations",
    "full_liquidations",
    "collateral_liquidations",
    "insurance_draws",
    "deleveragings",
    "socialised_losses",
    "resolutions",
    "refused_calls",
    "portfolio_accounts",
    "portfolio_liquidations",
    "settlements",
};

static_assert(COVERAGE_NAMES.size() == static_cast<std::size_t>(Coverage::settlements) + 1);

/// How often each mark was reached.
class CoverageCounts
{
public:
    void add(Coverage mark, std::uint64_t count = 1) noexcept
    {
        m_counts[static_cast<std::size_t>(mark)] += count;
    }
    [[nodiscard]] std::uint64_t of(Coverage mark) const noexcept
    {
        return m_counts[static_cast<std::size_t>(mark)];
    }
    /// The count of the mark of that name; zero for a name that is no mark.
    [[nodiscard]] std::uint64_t of(std::string_view name) const noexcept
    {
        for (std::size_t i = 0; i < COVERAGE_NAMES.size(); ++i) {
            if (COVERAGE_NAMES[i] == name)
                return m_counts[i];
        }
        return 0;
    }

private:
    std::array<std::uint64_t, COVERAGE_NAMES.size()> m_counts{};
};

}  // namespace plimsoll::sim
