// plimsoll: tests/properties/engine_progress_test.cpp               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The progress guarantee: in every reachable state every liquidatable account
// can be brought back, by a keeper with money, or without any keeper by the house once it is due.
#include "tests/properties/engine_story.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace plimsoll {
namespace {

TEST_CASE("prop: no liquidatable account that nobody can resolve", "[properties][progress]")
{
    rc::prop("by a keeper, or by the house alone", [] {
        const auto seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
        test::Story reached(seed);
        const int steps = *rc::gen::inRange(20, 120);
        for (int step = 0; step < steps; ++step)
            RC_ASSERT(reached.step() == "");
        reached.crash(*rc::gen::element<std::size_t>(5, 30, 70, 99));
        std::size_t found = 0;
        for (std::size_t i = 0; i < test::Story::TRADERS; ++i) {
            if (!reached.world.liquidatable(i))
                continue;
            ++found;
            test::Story by_keeper = reached;
            RC_ASSERT(by_keeper.cure_by_keeper(i) == "");
            RC_ASSERT(!by_keeper.world.liquidatable(i));
            test::Story by_house = reached;
            RC_ASSERT(by_house.cure_by_house(i) == "");
            RC_ASSERT(!by_house.world.liquidatable(i));
        }
        RC_CLASSIFY(found > 0, "somebody was liquidatable");
    });
}

TEST_CASE("prop: resolving everybody ends, with nobody liquidatable at unchanged prices",
    "[properties][progress]")
{
    std::size_t cured = 0;
    for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
        test::Story story(seed * 1'000);
        for (int step = 0; step < 80; ++step)
            REQUIRE(story.step() == "");
        story.crash(60);
        // Deleveraging can take from accounts that were healthy before; each round resolves everybody who
        // is liquidatable, and the number of rounds is small.
        int rounds = 0;
        for (bool any = true; any; ++rounds) {
            INFO("seed " << seed);
            REQUIRE(rounds < 12);
            any = false;
            for (std::size_t i = 0; i < test::Story::TRADERS; ++i) {
                if (!story.world.liquidatable(i))
                    continue;
                any = true;
                ++cured;
                REQUIRE(story.cure_by_house(i) == "");
            }
        }
    }
    CHECK(cured > 200);
}

}  // namespace
}  // namespace plimsoll
