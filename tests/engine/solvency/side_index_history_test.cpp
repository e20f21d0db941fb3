// plimsoll: tests/engine/solvency/side_index_history_test.cpp       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Long random histories of a market, in the engine and in the unbounded model:
// equal integer by integer, every invariant after every step.
#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/side_pair.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using num::WAD;
using test::Rng;
using test::SidePair;

constexpr std::size_t ACCOUNTS = 8;

/// What a run of histories has reached, so that they cannot silently stop testing something.
struct Marks
{
    std::size_t flips = 0, epochs_emptied = 0, epochs_rescaled = 0, sleepers = 0, whole_sides = 0,
                losses = 0, expiries = 0, refused = 0;
};

class History
{
public:
    History(std::uint64_t seed, Marks& marks) : m_rng(seed), m_pair(ACCOUNTS), m_marks(marks)
    {
        m_price = m_rng.pick<i128>({WAD / 1'000'000, WAD / 100'000, 3'000 * WAD, 1'000'000 * WAD});
        m_large = m_rng.pick<i128>({1'000'000 * WAD, WAD, 1'000'000'000, 1'000});
    }

    /// Empty, or what went wrong in which step.
    std::string run(int steps)
    {
        for (int step = 0; step < steps; ++step) {
            const i128 a_before[2] = {m_pair.indexes.sides[0].a, m_pair.indexes.sides[1].a};
            const std::uint32_t epochs_before[2] = {
                m_pair.indexes.sides[0].epoch, m_pair.indexes.sides[1].epoch};
            move_price();
            one_step();
            std::string fault = m_pair.difference();
            if (fault.empty())
                fault = m_pair.broken();
            for (int side = 0; side < 2; ++side) {
                const SideIndex& index = m_pair.indexes.sides[side];
                if (index.epoch == epochs_before[side] && index.a > a_before[side])
                    fault = "I4: a rises within an epoch";
                count_epochs(side, epochs_before[side]);
            }
            if (!fault.empty())
                return "step " + std::to_string(step) + ": " + fault;
        }
        return {};
    }

private:
    void move_price()
    {
        m_price = m_price * m_rng.between(970, 1'030) / 1'000;
        m_price = m_price < WAD / 1'000'000 ? WAD / 1'000'000 : m_price;
        m_price = m_price > 1'000'000 * WAD ? 1'000'000 * WAD : m_price;
    }
    Price near(int per_mille)
    {
        return Price::from_raw(
            m_price * m_rng.between(1'000 - per_mille, 1'000 + per_mille) / 1'000);
    }
    i128 size()
    {
        return m_rng.pick<i128>(
            {1, 7, 1'000'000'000, m_rng.between(1, m_large), m_rng.between(1, m_large), m_large});
    }
    std::size_t any() { return m_rng.below(ACCOUNTS); }
    std::size_t other_than(std::size_t i) { return (i + 1 + m_rng.below(ACCOUNTS - 1)) % ACCOUNTS; }

    void one_step()
    {
        const std::size_t draw = m_rng.below(100);
        const Price price = Price::from_raw(m_price);
        if (draw < 32) {
            const std::size_t buyer = any();
            m_pair.fill(buyer, other_than(buyer), size(), price);
        } else if (draw < 46) {
            // A partial close, a whole close, or a flip to the other side.
            const std::size_t who = any();
            m_pair.touch_fully(who);
            const i128 base = m_pair.positions[who].base.raw();
            const i128 change = base * m_rng.pick<i128>({1, 2, 3, 4, 8}) / 4;
            if (change == 0)
                return;
            const std::size_t against = other_than(who);
            m_marks.flips += change > base || change < base ? 1U : 0U;
            if (change > 0)
                m_pair.fill(against, who, change, price);
            else
                m_pair.fill(who, against, -change, price);
        } else if (draw < 62) {
            m_pair.fund(Price::from_raw(m_rng.between(-m_price / 200 - 1, m_price / 200 + 1)));
        } else if (draw < 80) {
            const i128 most = m_rng.chance(50) ? num::I128_MAX : m_rng.between(1, m_large);
            m_pair.deleverage_account(any(), near(50), most);
        } else if (draw < 82) {
            // Every holder of one side in turn: the other side is emptied, but perhaps for a few raw units.
            const bool longs = m_rng.chance(50);
            const i128 keep = m_rng.pick<i128>({0, 0, 1, 4});
            ++m_marks.whole_sides;
            for (std::size_t i = 0; i < ACCOUNTS; ++i)
                if (m_pair.positions[i].base.is_positive() == longs)
                    m_pair.deleverage_account(i, near(50), m_pair.indexes.open_interest - keep);
        } else if (draw < 83) {
            m_marks.expiries += m_pair.expire_market(price) ? 1U : 0U;
        } else if (draw < 90) {
            const i128 loss = m_rng.pick<i128>(
                {1, 2, 10, 11, WAD * m_rng.between(0, 100) + 1, m_rng.between(1, WAD)});
            const Error error = m_pair.charge_loss(Money::from_raw(loss));
            m_marks.losses += error == Error::ok ? 1U : 0U;
            m_marks.refused += error == Error::arithmetic_range ? 1U : 0U;
        } else {
            m_marks.sleepers += m_pair.touch_once(any()) ? 0U : 1U;
        }
    }

    void count_epochs(int side, std::uint32_t from)
    {
        EpochRecord record;
        for (std::uint32_t e = from; e < m_pair.indexes.sides[side].epoch; ++e)
            if (m_pair.epochs.epoch(SidePair::MARKET, static_cast<Side>(side), e, record))
                ++(record.a_end == 0 ? m_marks.epochs_emptied : m_marks.epochs_rescaled);
    }

    Rng m_rng;
    SidePair m_pair;
    Marks& m_marks;
    i128 m_price = 0;
    i128 m_large = 0;
};

TEST_CASE(
    "side_index: a thousand random histories equal the unbounded model and keep every invariant",
    "[solvency][side_index]")
{
    Marks marks;
    for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
        const std::string fault = History(seed, marks).run(400);
        INFO("seed " << seed);
        REQUIRE(fault == "");
    }
    // Coverage marks: the histories went where they should.
    CHECK(marks.flips > 10'000);
    CHECK(marks.epochs_emptied > 1'000);
    CHECK(marks.epochs_rescaled > 100);
    CHECK(marks.whole_sides > 1'000);
    CHECK(marks.losses > 10'000);
    CHECK(marks.refused > 100);
    CHECK(marks.expiries > 1'000);
}

}  // namespace
}  // namespace plimsoll
