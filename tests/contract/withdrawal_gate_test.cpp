// plimsoll: tests/contract/withdrawal_gate_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. While a deficit is open quote leaves slowly, and for everybody alike.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Ann has 10,000 and Ben 1,000 of quote. A tenth of that may leave an hour while more than 1 is open.
struct Gated
{
    Clearinghouse house;
    std::uint64_t ann = 0;
    std::uint64_t ben = 0;
    std::uint64_t bust = 0;

    explicit Gated(const char* absolute = "1", const char* relative = "0")
    {
        say::Cash cash;
        cash.gate = true;
        cash.absolute = absolute;
        cash.relative = relative;
        REQUIRE(house.send("gov", say::set_cash(cash)).ok());
        ann = house.trader("ann", 10'000);
        ben = house.trader("ben", 1'000);
        say::Market market;
        market.loss_cap = "0";
        REQUIRE(house.send("gov", say::set_market(market)).ok());
        bust = house.trader("bust", 300);
        const auto other = house.trader("other", 100'000);
        REQUIRE(house.fill(0, other, bust, "1", "2000").ok());
    }
    /// Equity 300 - (price - 2000) with 5 % of the price given by the other side.
    void fall(const char* price)
    {
        house.price(0, price);
        REQUIRE(house.send("anyone", say::resolve(bust)).ok());
        REQUIRE(house.house().insurance.open_deficit.is_positive());
    }
    Error withdraw(const char* owner, std::uint64_t account, const std::string& tokens,
        std::uint64_t asset = 0)
    {
        return house.send(owner, say::withdraw(account, asset, tokens)).error;
    }
    std::string gate(const std::string& field)
    {
        return house.ask(R"({"cash":{}})").at("/gate/" + field);
    }
};

}  // namespace

TEST_CASE("gate: each account withdraws its share of a window, whoever comes first")
{
    Gated g;
    CHECK(g.gate("closed") == "false");
    g.fall("2500");
    CHECK(g.gate("closed") == "true");
    CHECK(g.withdraw("ann", g.ann, "1000000001") == Error::withdrawal_gate);
    CHECK(g.withdraw("ann", g.ann, "1000000000") == Error::ok);
    CHECK(g.withdraw("ann", g.ann, "1") == Error::withdrawal_gate);
    CHECK(g.gate("outflow") == "1000");
    CHECK(g.withdraw("ben", g.ben, "100000000") == Error::ok);
    CHECK(g.withdraw("ben", g.ben, "1") == Error::withdrawal_gate);
    g.house.wait(3'600);
    CHECK(g.withdraw("ann", g.ann, "900000001") == Error::withdrawal_gate);
    CHECK(g.withdraw("ann", g.ann, "900000000") == Error::ok);
}

TEST_CASE("gate: what arrives in a window does not widen it")
{
    Gated g;
    g.fall("2500");
    g.house.deposit(g.ben, "uusdc", 100'000'000'000);
    CHECK(g.withdraw("ben", g.ben, "100000001") == Error::withdrawal_gate);
    const auto fresh = g.house.trader("fresh", 5'000);
    CHECK(g.withdraw("fresh", fresh, "1") == Error::withdrawal_gate);
    g.house.wait(3'600);
    CHECK(g.withdraw("fresh", fresh, "500000000") == Error::ok);
}

TEST_CASE("gate: collateral is not gated, and a small deficit gates nothing")
{
    Gated g;
    g.house.deposit(g.ann, "sat", 1'000'000);
    g.fall("2500");
    CHECK(g.withdraw("ann", g.ann, "1000000", 2) == Error::ok);
    Gated small("1000");
    small.fall("2500");
    CHECK(small.withdraw("ann", small.ann, "10000000000") == Error::ok);
    Gated relative("1", "0.05");
    relative.fall("2500");
    CHECK(relative.withdraw("ann", relative.ann, "10000000000") == Error::ok);
}

TEST_CASE("gate: it opens after its longest time, and when the deficit is covered")
{
    Gated g;
    g.fall("2500");
    g.house.wait(DAY - 1);
    CHECK(g.withdraw("ann", g.ann, "5000000000") == Error::withdrawal_gate);
    g.house.wait(1);
    CHECK(g.gate("closed") == "false");
    CHECK(g.withdraw("ann", g.ann, "5000000000") == Error::ok);
    // The same deficit does not close it again.
    CHECK(g.withdraw("ann", g.ann, "5000000000") == Error::ok);
    Gated covered;
    covered.fall("2500");
    covered.house.fund_insurance(1'000);
    CHECK(covered.withdraw("ann", covered.ann, "10000000000") == Error::ok);
    Gated shared;
    shared.fall("2500");
    REQUIRE(shared.house.send("anyone", say::cover_deficit()).ok());
    CHECK(shared.gate("closed") == "false");
}

namespace {

/// The whale and Ben have 500,000 each, Cas 100,000 and another 230,000. A deficit above a hundredth of all closes the
/// gate for a day.
struct Parked
{
    Clearinghouse house;
    std::uint64_t whale = 0;
    std::uint64_t ben = 0;
    std::uint64_t cas = 0;
    std::uint64_t bust = 0;

    Parked()
    {
        say::Cash cash;
        cash.base = cash.slope_low = cash.slope_high = "0";
        cash.gate = true;
        cash.supply_loss_cap = "0.05";
        REQUIRE(house.send("gov", say::set_cash(cash)).ok());
        say::Market market;
        market.loss_cap = "0";
        REQUIRE(house.send("gov", say::set_market(market)).ok());
        whale = house.trader("whale", 500'000);
        ben = house.trader("ben", 500'000);
        cas = house.trader("cas", 100'000);
        bust = house.trader("bust", 30'000);
        const auto other = house.trader("other", 200'000);
        REQUIRE(house.fill(0, other, bust, "100", "2000").ok());
    }
    /// Leaves about 102,500 uncovered.
    void fall()
    {
        house.price(0, "3500");
        REQUIRE(house.send("anyone", say::resolve(bust)).ok());
        REQUIRE(deficit() > money("100000"));
        REQUIRE(deficit() < money("110000"));
    }
    Money deficit() { return house.house().insurance.open_deficit; }
    void park(std::uint64_t units) { house.deposit(whale, "uusdc", num::i128{units} * 1'000'000); }
    Error withdraw(const char* owner, std::uint64_t account, std::uint64_t units)
    {
        return house.send(owner, say::withdraw(account, 0, std::to_string(units) + "000000")).error;
    }
    bool closed() { return house.ask(R"({"cash":{}})").at("/gate/closed") == "true"; }
};

}  // namespace

TEST_CASE("gate: a deposit after it closed opens nothing")
{
    Parked p;
    p.fall();
    REQUIRE(p.closed());
    CHECK(p.withdraw("whale", p.whale, 500'000) == Error::withdrawal_gate);
    p.park(12'000'000);
    CHECK(p.closed());
    CHECK(p.withdraw("whale", p.whale, 12'500'000) == Error::withdrawal_gate);
    CHECK(p.withdraw("ben", p.ben, 500'000) == Error::withdrawal_gate);
    CHECK(p.withdraw("ben", p.ben, 50'000) == Error::ok);
    const Reply asked = p.house.ask(R"({"cash":{}})");
    CHECK(money(asked.at("/gate/opens_at").c_str()) < money("14000"));
}

TEST_CASE("gate: what was parked before the deficit leaves up to the line, and then slowly")
{
    Parked p;
    p.park(12'000'000);
    p.fall();
    REQUIRE_FALSE(p.closed());
    // 13.2 million are supplied, and 102,500 are a hundredth of 10.25.
    CHECK(p.withdraw("whale", p.whale, 12'500'000) == Error::withdrawal_gate);
    CHECK_FALSE(p.closed());
    CHECK(p.withdraw("ben", p.ben, 400'000) == Error::ok);
    CHECK(p.withdraw("whale", p.whale, 2'000'000) == Error::ok);
    CHECK_FALSE(p.closed());
    // Beyond, as if it had closed now: a tenth of what one has.
    CHECK(p.withdraw("whale", p.whale, 1'100'000) == Error::withdrawal_gate);
    CHECK_FALSE(p.closed());
    CHECK(p.withdraw("whale", p.whale, 1'000'000) == Error::ok);
    CHECK(p.closed());
    CHECK(p.withdraw("whale", p.whale, 100'000) == Error::withdrawal_gate);
    CHECK(p.withdraw("cas", p.cas, 10'001) == Error::withdrawal_gate);
    CHECK(p.withdraw("cas", p.cas, 10'000) == Error::ok);
}

TEST_CASE("gate: after its longest time a deposit that comes and goes does not close it anew")
{
    Parked p;
    p.fall();
    REQUIRE(p.closed());
    p.house.wait(DAY);
    p.house.refresh();
    REQUIRE_FALSE(p.closed());
    p.park(12'000'000);
    CHECK(p.withdraw("whale", p.whale, 12'000'000) == Error::ok);
    CHECK_FALSE(p.closed());
    CHECK(p.withdraw("cas", p.cas, 100'000) == Error::ok);
}
