// plimsoll: tests/incidents/s04_whale_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S4, the ETH whale of Hyperliquid, 12 March 2025.
//
// What happened: a long of some 175,000 ETH on fifteen million dollars. Its holder withdrew $17 million of profit, so
// that the rest was liquidated at once; the fund that took it over lost four million in selling it, and the trader
// had gained 1.8 million (coin360, ainvest, coinstats).
// What stops it here: what may leave is what initial margin leaves, and that grows with the position's size (F-7), ahead of what
// selling it costs.
// Asserted: withdraw to the limit, then let the price move by what such a position moves it, up or down with equal chances; the
// mean of what the attacker has is no more than what it put in, for every size. A coin's toss of prices stands for
// "in expectation": the trade itself gains nothing on average, so what is above zero is paid by others.
#include "tests/support/incident.hpp"

#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// floor(sqrt(n)).
std::uint64_t root(std::uint64_t n)
{
    std::uint64_t r = 0;
    while ((r + 1) * (r + 1) <= n)
        ++r;
    return r;
}

/// Selling a position of so many millions moves the price by 0.5 % times their root, in basis points.
std::uint64_t impact_bp(std::uint64_t millions)
{
    return 50 * root(millions * 10'000) / 100;
}

struct Whale
{
    bool scaled = true;

    /// What the attacker has gained once the price, 2200 when it withdraws, has moved.
    [[nodiscard]] Money gain(std::uint64_t millions, bool up, Money* others = nullptr) const
    {
        Clearinghouse house;
        say::Underlying eth;
        eth.initial_fraction = "0.02";
        eth.maintenance_fraction = "0.01";
        eth.profit_weight = "1";  // the worst: all of its profit may stand for the position
        eth.scaling = scaled;
        eth.open_interest_lower = "0";
        eth.open_interest_upper = "0";
        must(house, say::set_underlying(eth));
        const std::uint64_t maker = house.trader("maker", 10'000'000'000);
        house.fund_insurance(100'000'000);
        const std::uint64_t put_in = millions * 1'000'000;
        const std::uint64_t whale = house.trader("whale", put_in);
        const std::string base = std::to_string(millions * 500);
        REQUIRE(house.fill(0, whale, maker, base, "2000").ok());
        house.price(0, "2200");
        static_cast<void>(house.send("anyone", say::settle(maker, 0)));
        static_cast<void>(house.send("whale", say::claim(whale, 0)));
        const Money out = quote_of(drain(house, whale));
        const std::uint64_t move = 22 * impact_bp(millions);  // hundredths of the quote
        const std::uint64_t cents = up ? 220'000 + move : 220'000 - move;
        const std::string tail = std::to_string(cents % 100 + 100).substr(1);
        house.price(0, std::to_string(cents / 100) + "." + tail);
        // Keepers come late: what they do not take, the house ends.
        const Money left = worth_of(house, whale);
        static_cast<void>(house.send("anyone", say::flag(whale)));
        house.wait(FAST + SLOW);
        house.refresh();
        static_cast<void>(house.send("anyone", say::resolve(whale)));
        if (others != nullptr)
            *others = money("100000000") - house.house().insurance.balance;
        // Ten percent of the position is what the rise to 2200 has earned.
        return out + left - Money::from_raw(num::WAD * static_cast<num::i128>(put_in)) -
               Money::from_raw(num::WAD * static_cast<num::i128>(millions) * 100'000);
    }
};

const std::vector<std::uint64_t> SIZES = {1, 2, 5, 10, 20, 50, 100, 200, 307, 400};

}  // namespace

TEST_CASE("S4: who withdraws to the limit and is liquidated gains nothing, at any size")
{
    const Whale whale;
    for (const std::uint64_t millions : SIZES) {
        INFO(millions << " million");
        const Money mean2 = whale.gain(millions, true) + whale.gain(millions, false);
        CHECK(mean2 <= money("0.00001"));
        CHECK(mean2 >= money("-10"));  // and nothing is taken from who only carries it
    }
}

TEST_CASE("S4: with one margin for every size it happens")
{
    Whale naive;
    naive.scaled = false;
    Money others;
    CHECK(naive.gain(307, true) + naive.gain(307, false, &others) > money("1000000"));
    CHECK(others > money("1000000"));
}
