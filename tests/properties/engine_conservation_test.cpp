// plimsoll: tests/properties/engine_conservation_test.cpp           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. In every random story: cash and tokens to the last unit, every market's
// residue and dust on the house's side, after every step.
#include "tests/properties/engine_story.hpp"
#include "tests/support/stories.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

TEST_CASE("prop: conservation, residue and order hold after every step of every story",
    "[properties][conservation]")
{
    test::StoryMarks total;
    const std::uint64_t last = test::stories(2'000);
    for (std::uint64_t seed = 1; seed <= last; ++seed) {
        test::Story story(seed);
        for (int step = 0; step < 200; ++step) {
            INFO("seed " << seed << " step " << step);
            REQUIRE(story.step() == "");
            REQUIRE(story.fault() == "");
        }
        const test::StoryMarks& marks = story.marks;
        total.fills += marks.fills;
        total.sales += marks.sales;
        total.collateral_sales += marks.collateral_sales;
        total.resolutions += marks.resolutions;
        total.deleveraged += marks.deleveraged;
        total.taken_over += marks.taken_over;
        total.socialised += marks.socialised;
        total.open_deficits += marks.open_deficits;
        total.insolvent += marks.insolvent;
        total.epochs += marks.epochs;
    }
    CHECK(total.fills > 2'000);
    CHECK(total.sales > 500);
    CHECK(total.collateral_sales > 50);
    CHECK(total.resolutions > 500);
    CHECK(total.insolvent > 100);
    CHECK(total.deleveraged > 300);
    CHECK(total.taken_over > 50);
    CHECK(total.socialised > 50);
    CHECK(total.open_deficits > 50);
    CHECK(total.epochs > 50);
}

}  // namespace
}  // namespace plimsoll
