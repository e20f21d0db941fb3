// plimsoll: tests/engine/oracle/settlement_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Averages that markets settle at: by hand, against a sum over every second, and what
// one publisher can do to them.
#include "engine/oracle/settlement.hpp"

#include "tests/support/rng.hpp"
#include "tests/support/wide_int.hpp"
#include "tests/support/world.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

namespace plimsoll {
namespace {

using num::i128;
using test::price;
using test::ratio;
using test::Rng;
using test::seconds;
using test::wide;

constexpr std::uint64_t END = 10'000;
constexpr std::uint64_t MAX_AGE = 60;

FeedPrice feed(std::string_view value, std::uint64_t published)
{
    return {price(value), Price::zero(), seconds(published)};
}

/// A window of 1,000 s that ends at END, seen first at `since`.
Settlement fresh(std::uint64_t since = 1'000)
{
    Settlement settlement;
    settlement.end = seconds(END);
    settlement.terms.window = seconds(1'000);
    settlement.markets = 1;
    settlement.last = seconds(since);
    return settlement;
}

void pass(Settlement& settlement, const FeedPrice& standing, std::uint64_t now)
{
    settlement_advance(settlement, standing, seconds(MAX_AGE), seconds(now));
}

/// What governance is refused at that price, on a copy.
Error chosen(Settlement settlement, Price at, std::uint64_t now)
{
    return choose_settlement(settlement, at, seconds(now));
}

TEST_CASE("settlement: a price counts for the seconds of the window for which it stood")
{
    Settlement s = fresh();
    // Stood since before the window: its first 20 seconds count, and nothing before.
    pass(s, feed("100", 8'990), 9'020);
    CHECK((s.sum == price("100").raw() * 20));
    CHECK(s.covered == seconds(20));
    CHECK(s.last == seconds(9'020));
    pass(s, feed("130", 9'020), 9'050);
    CHECK((s.sum == price("100").raw() * 20 + price("130").raw() * 30));
    CHECK(settlement_floor(s) == price("118"));
    // The end is the end, however late the next price comes.
    pass(s, feed("50", 9'050), 20'000);
    CHECK(s.covered == seconds(50 + 61));
    CHECK(s.last == seconds(END));
}

TEST_CASE("settlement: nothing counts before the window and nothing after its end")
{
    Settlement s = fresh();
    pass(s, feed("100", 8'999), 9'000);
    CHECK(s.covered == Seconds::zero());
    CHECK(s.standing == price("100"));
    pass(s, feed("100", 9'000), END);
    CHECK(s.covered == seconds(61));
    const Settlement before = s;
    pass(s, feed("999", 10'001), 10'050);
    CHECK((s.sum == before.sum));
    CHECK(s.covered == before.covered);
    CHECK(s.standing == price("100"));
    // Going back in time is nothing either.
    pass(s, feed("999", 9'100), 9'100);
    CHECK((s.sum == before.sum));
    CHECK(s.last == seconds(END));
}

TEST_CASE("settlement: a stale price does not count from the second after its greatest age")
{
    Settlement s = fresh(9'000);
    pass(s, feed("100", 9'000), 9'061);
    CHECK(s.covered == seconds(61));
    pass(s, feed("100", 9'000), 9'500);
    CHECK(s.covered == seconds(61));
    CHECK(s.last == seconds(9'500));
    Settlement once = fresh(9'000);
    pass(once, feed("100", 9'000), 9'500);
    CHECK((once.sum == s.sum));
    CHECK(once.covered == s.covered);
    // One that has never been published neither.
    Settlement none = fresh(9'000);
    pass(none, FeedPrice{}, END);
    CHECK(none.covered == Seconds::zero());
    CHECK(settlement_floor(none) == Price::zero());
}

TEST_CASE("settlement: it is known when enough of the window is covered, to the second")
{
    Settlement s = fresh();
    s.terms.coverage = ratio("0.5");
    s.covered = seconds(500);
    s.sum = price("100").raw() * 500;
    CHECK(settlement_known(s));
    s.covered = seconds(499);
    CHECK_FALSE(settlement_known(s));
    s.terms.coverage = ratio("0.499");
    CHECK(settlement_known(s));
    s.terms.coverage = ratio("0.499") + Ratio::from_raw(1);
    CHECK_FALSE(settlement_known(s));
}

TEST_CASE("settlement: not before the end, at the end if known, else after the wait")
{
    Settlement s = fresh();
    s.terms.wait = seconds(300);
    s.covered = seconds(600);
    s.sum = price("100").raw() * 600;
    CHECK(settle(s, seconds(END - 1)).error() == Error::not_expired);
    CHECK(*settle(s, seconds(END)) == price("100"));
    s.covered = seconds(100);
    s.sum = price("90").raw() * 100;
    CHECK(settle(s, seconds(END)).error() == Error::settlement_waits);
    CHECK(settle(s, seconds(END + 299)).error() == Error::settlement_waits);
    CHECK(*settle(s, seconds(END + 300)) == price("90"));
    // Nothing at all: the last price that stood.
    s.covered = Seconds::zero();
    s.sum = 0;
    s.standing = price("77");
    CHECK(*settle(s, seconds(END + 300)) == price("77"));
    // Never a price: the rule ends all the same.
    s.standing = Price::zero();
    CHECK(*settle(s, seconds(END + 300)) == Price::zero());
}

TEST_CASE("settlement: the average is floored, once")
{
    Settlement s = fresh();
    s.covered = seconds(3);
    s.sum = 11;
    CHECK((settlement_floor(s).raw() == 3));
    s.sum = 12;
    CHECK((settlement_floor(s).raw() == 4));
}

TEST_CASE("settlement: governance may choose only where the feed failed, in time and near by")
{
    Settlement s = fresh();
    s.terms.wait = seconds(300);
    s.terms.price_bound = ratio("0.1");
    s.covered = seconds(100);
    s.sum = price("90").raw() * 100;
    CHECK(chosen(s, price("90"), END - 1) == Error::not_expired);
    CHECK(chosen(s, price("90"), END + 300) == Error::settlement_known);
    const Price unit = Price::from_raw(1);
    for (const auto& [at, error] : std::vector<std::pair<Price, Error>>{{price("99"), Error::ok},
             {price("99") + unit, Error::parameter_bounds}, {price("81"), Error::ok},
             {price("81") - unit, Error::parameter_bounds},
             {Price::zero(), Error::parameter_bounds}})
        CHECK(chosen(s, at, END + 299) == error);
    Settlement works = s;
    works.covered = seconds(500);
    works.sum = price("90").raw() * 500;
    CHECK(chosen(works, price("91"), END) == Error::settlement_known);
    // What it chose stands at once, and for good.
    CHECK(choose_settlement(s, price("95"), seconds(END)) == Error::ok);
    CHECK(settlement_known(s));
    CHECK(*settle(s, seconds(END)) == price("95"));
    for (const char* const again : {"85", "95"})
        CHECK(choose_settlement(s, price(again), seconds(END + 1)) == Error::settlement_known);
    CHECK(*settle(s, seconds(END + 1)) == price("95"));
    // A price of nothing leaves no room around it.
    Settlement none = fresh();
    CHECK(chosen(none, price("1"), END) == Error::parameter_bounds);
}

/// A random day of a feed around a window, and the same second by second.
struct Feed
{
    struct Push
    {
        std::uint64_t at = 0;
        FeedPrice price;
    };
    std::vector<Push> pushes;

    explicit Feed(Rng& rng)
    {
        std::uint64_t now = 8'000 + rng.below(1'500);
        while (now < 10'400) {
            const std::uint64_t age = rng.below(rng.chance(20) ? 100 : 10);
            pushes.push_back({now, {Price::from_raw(rng.between(1, PRICE_MAX.raw())), Price::zero(),
                                       seconds(now - age)}});
            now += 1 + rng.below(rng.chance(20) ? 200 : 60);
        }
    }
    /// Takes it all in, as calls do, at random other times besides.
    [[nodiscard]] Settlement settled(Rng& rng) const
    {
        Settlement s = fresh(7'000);
        FeedPrice standing;
        for (const Push& push : pushes) {
            if (rng.chance(30) && push.at > s.last.raw())
                pass(s, standing, s.last.raw() + rng.below(push.at - s.last.raw()));
            pass(s, standing, push.at);
            standing = push.price;
        }
        pass(s, standing, 11'000);
        return s;
    }
    /// By definition.
    [[nodiscard]] test::Int sum(std::uint64_t& covered, Price& least, Price& greatest) const
    {
        test::Int sum = 0;
        covered = 0;
        least = PRICE_MAX;
        greatest = Price::zero();
        for (std::uint64_t t = END - 1'000; t < END; ++t) {
            const Push* standing = nullptr;
            for (const Push& push : pushes)
                if (push.at <= t)
                    standing = &push;
            if (standing == nullptr || t - standing->price.published.raw() > MAX_AGE)
                continue;
            sum += wide(standing->price.price.raw());
            ++covered;
            least = std::min(least, standing->price.price);
            greatest = std::max(greatest, standing->price.price);
        }
        return sum;
    }
};

TEST_CASE("settlement: it is the sum over every second, between the least and the greatest of them")
{
    Rng rng(20'261'125);
    int with_some = 0;
    for (int i = 0; i < 400; ++i) {
        const Feed story(rng);
        const Settlement s = story.settled(rng);
        std::uint64_t covered = 0;
        Price least;
        Price greatest;
        const test::Int sum = story.sum(covered, least, greatest);
        REQUIRE(s.covered.raw() == covered);
        REQUIRE(wide(s.sum) == sum);
        if (covered == 0)
            continue;
        ++with_some;
        const Price average = settlement_floor(s);
        REQUIRE(least <= average);
        REQUIRE(average <= greatest);
    }
    CHECK(with_some > 300);
}

TEST_CASE("settlement: one update moves it by at most the share of time for which it stood")
{
    Rng rng(7);
    int moved = 0;
    for (int i = 0; i < 400; ++i) {
        const Feed honest(rng);
        Feed forged = honest;
        const std::size_t at = rng.below(forged.pushes.size());
        Price& lie = forged.pushes[at].price.price;
        const Price truth = lie;
        lie = Price::from_raw(rng.between(1, PRICE_MAX.raw()));
        const Settlement a = honest.settled(rng);
        const Settlement b = forged.settled(rng);
        REQUIRE(a.covered == b.covered);
        if (a.covered.is_zero())
            continue;
        const std::uint64_t from = std::max(honest.pushes[at].at, END - 1'000);
        const std::uint64_t next =
            at + 1 < honest.pushes.size() ? honest.pushes[at + 1].at : 11'000;
        const std::uint64_t until = std::min({next, END, from + MAX_AGE + 1});
        const std::uint64_t stood = from < until ? until - from : 0;
        const test::Int change = wide((settlement_floor(b) - settlement_floor(a)).abs().raw());
        // |change| <= |lie - truth| * stood / covered, and a raw unit of the floor.
        REQUIRE(change * wide(static_cast<i128>(a.covered.raw())) <=
                wide((lie - truth).abs().raw()) * wide(static_cast<i128>(stood)) +
                    wide(static_cast<i128>(a.covered.raw())));
        moved += change > 0 ? 1 : 0;
    }
    CHECK(moved > 50);
}

}  // namespace
}  // namespace plimsoll
