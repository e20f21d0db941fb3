// plimsoll: tests/wasm/common/bump_test.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The arithmetic of the contract heap.
#include "wasm/common/bump.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <rapidcheck/catch.h>
#include <vector>

using plimsoll::wasm::Bump;

namespace {

Bump started_at(std::uint32_t base)
{
    Bump bump;
    bump.start(base);
    return bump;
}

}  // namespace

TEST_CASE("a heap that has not started says so")
{
    Bump bump;
    CHECK_FALSE(bump.started());
    bump.start(1);
    CHECK(bump.started());
}

TEST_CASE("blocks are aligned and follow each other")
{
    Bump bump = started_at(1001);
    const auto first = bump.take(1);
    const auto second = bump.take(16);
    const auto third = bump.take(17);
    REQUIRE((first && second && third));
    CHECK(first->begin == 1008);
    CHECK(second->begin == 1024);
    CHECK(third->begin == 1040);
    CHECK(third->end == 1072);
}

TEST_CASE("only the newest block comes back")
{
    Bump bump = started_at(1024);
    const auto first = bump.take(40);
    const auto second = bump.take(40);
    REQUIRE((first && second));
    bump.give_back(first->begin, 40);
    CHECK(bump.take(8)->begin == second->end);

    Bump again = started_at(1024);
    const auto only = again.take(40);
    again.give_back(only->begin, 40);
    CHECK(again.take(8)->begin == only->begin);
}

TEST_CASE("a block that would pass the address space is refused and nothing moves")
{
    Bump bump = started_at(0xfffffff0U - 64);
    CHECK_FALSE(bump.take(128));
    CHECK_FALSE(bump.take(0xffffffffU));
    CHECK(bump.take(64)->begin == 0xfffffff0U - 64);
    CHECK_FALSE(bump.take(64));
}

TEST_CASE("blocks that are alive never overlap")
{
    rc::prop("any sequence of takes and returns of the newest", [] {
        const auto sizes = *rc::gen::container<std::vector<std::uint32_t>>(
            rc::gen::inRange<std::uint32_t>(0, 5000));
        Bump bump = started_at(4096);
        std::vector<Bump::Block> alive;
        for (const std::uint32_t size : sizes) {
            const auto block = bump.take(size);
            RC_ASSERT(block.has_value());
            RC_ASSERT(block->begin % Bump::ALIGNMENT == 0);
            RC_ASSERT(block->end - block->begin >= size);
            RC_ASSERT((alive.empty() || block->begin >= alive.back().end));
            if (size % 3 == 0)
                bump.give_back(block->begin, size);
            else
                alive.push_back(*block);
        }
    });
}
