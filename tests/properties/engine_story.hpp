// plimsoll: tests/properties/engine_story.hpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Random stories of a small clearinghouse, driven through the engine as the
// hall drives it: fills with margin checks, prices that jump, funding, premiums, keepers, the house's
// stage. Every state that a property looks at was reached by legal steps.
#pragma once

#include "tests/support/rng.hpp"
#include "tests/support/world.hpp"

#include <cstdint>
#include <string>

namespace plimsoll::test {

/// How often each thing has happened, so that a property cannot silently test nothing.
struct StoryMarks
{
    std::size_t fills = 0, sales = 0, collateral_sales = 0, resolutions = 0, deleveraged = 0,
                taken_over = 0, socialised = 0, open_deficits = 0, insolvent = 0, epochs = 0;
};

class Story
{
public:
    explicit Story(std::uint64_t seed);

    World world;
    StoryMarks marks;
    Money deposited;               ///< Cash that came from outside: what `world.owed()` must be.
    num::i128 tokens[2] = {0, 0};  ///< Collateral that came from outside.

    /// One random step. Empty, or the promise of the engine that it broke.
    [[nodiscard]] std::string step();
    /// Empty while everything that must hold after every call holds.
    [[nodiscard]] std::string fault() const;
    /// Prices jump by up to `percent`, and feeds publish.
    void crash(std::size_t percent);

    /// Brings one liquidatable account back by keepers alone, then by the house's stage. Empty, or what
    /// stood in the way.
    [[nodiscard]] std::string cure_by_keeper(std::size_t i);
    [[nodiscard]] std::string cure_by_house(std::size_t i);

    static constexpr std::size_t TRADERS = 8;
    static constexpr std::size_t KEEPER = TRADERS;  ///< Rich beyond any need.

private:
    std::string trade();
    std::string keeper_step();
    std::string house_step();
    void accrue_all();
    std::string check_sale(std::size_t i, Money before, Money wealth_before);

    Rng m_rng;
    num::i128 m_unit = 0;
};

}  // namespace plimsoll::test
