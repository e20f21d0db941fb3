// plimsoll: tests/host-sim/agents/mempool_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Where keepers' messages wait: fee before arrival, capacity, loss, patience.
#include "host-sim/agents/mempool.hpp"

#include "host-sim/agents/messages.hpp"
#include "tests/host-sim/support/small_world.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;

/// A world whose blocks take `capacity` messages and lose none, or all.
struct Pool
{
    sim::test::SmallWorld small;
    Conditions conditions = small.scenario.conditions[0];
    Mempool mempool{1};

    explicit Pool(std::uint32_t capacity, bool loses = false)
    {
        conditions.capacity = capacity;
        conditions.drop = loses ? Ratio::one() : Ratio();
        small.world.conditions = &conditions;
        small.bank.endow("keeperone", small.scenario.tokens[0].denom, 10'000'000);
    }

    void go_to(std::uint32_t block)
    {
        small.go_to(block);
        small.world.conditions = &conditions;
    }

    bool submit(std::int64_t fee, std::uint64_t target)
    {
        return mempool.submit(small.world, {.sender = "keeperone",
                                               .message = flag_message(target),
                                               .fee = Money::from_units(fee),
                                               .target = target,
                                               .keeper = 0});
    }

    std::vector<std::uint64_t> landed()
    {
        std::vector<std::uint64_t> targets;
        for (const auto& landed : mempool.run(small.world)) {
            if (landed.executed)
                targets.push_back(landed.pending.target);
        }
        return targets;
    }
};

}  // namespace

TEST_CASE("the highest fee lands first, then who came first", "[mempool]")
{
    Pool pool(3);
    CHECK(pool.submit(1, 10));
    CHECK(pool.submit(2, 20));
    CHECK(pool.submit(1, 11));
    CHECK(pool.submit(2, 21));
    CHECK(pool.landed() == std::vector<std::uint64_t>{20, 21, 10});
    CHECK(pool.landed() == std::vector<std::uint64_t>{11});
}

TEST_CASE("a message that finds no place is gone after its wait", "[mempool]")
{
    Pool pool(0);
    CHECK(pool.submit(1, 10));
    pool.go_to(WAIT_BLOCKS - 1);
    CHECK(pool.mempool.run(pool.small.world).empty());
    pool.go_to(WAIT_BLOCKS);
    const auto gone = pool.mempool.run(pool.small.world);
    REQUIRE(gone.size() == 1);
    CHECK_FALSE(gone[0].executed);
    CHECK(pool.mempool.expired() == 1);
}

TEST_CASE("what is lost on the way never lands", "[mempool]")
{
    Pool pool(3, true);
    CHECK_FALSE(pool.submit(1, 10));
    CHECK(pool.landed().empty());
    CHECK(pool.mempool.lost() == 1);
}

TEST_CASE("fees are paid by those that land, refused or not", "[mempool]")
{
    Pool pool(3);
    CHECK(pool.submit(4, 10));
    CHECK(pool.submit(7, 20));
    const auto landed = pool.mempool.run(pool.small.world);
    REQUIRE(landed.size() == 2);
    CHECK(landed[0].executed);
    CHECK(landed[0].receipt.code == 300);
    // Three tokens are left: not enough for the second.
    CHECK_FALSE(landed[1].executed);
    CHECK(pool.small.bank.balance(VALIDATORS, pool.small.scenario.tokens[0].denom) == 7'000'000);
}
