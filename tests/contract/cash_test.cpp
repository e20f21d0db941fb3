// plimsoll: tests/contract/cash_test.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Borrowed quote: interest, its limits, and deficits that suppliers share.
#include "engine/solvency/cash_index.hpp"
#include "tests/support/audit.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Saver has 10,000 of quote; Bob has a bitcoin's tenth, 5,000, of which 85 % count.
struct Lent
{
    Clearinghouse house;
    std::uint64_t saver = 0;
    std::uint64_t bob = 0;

    explicit Lent(const say::Cash& cash = {})
    {
        REQUIRE(house.send("gov", say::set_cash(cash)).ok());
        saver = house.trader("saver", 10'000);
        bob = house.trader("bob", 0);
        house.deposit(bob, "sat", 10'000'000);
    }
    Reply borrow(const std::string& tokens)
    {
        return house.send("bob", say::withdraw(bob, 0, tokens));
    }
    Reply cash() { return house.ask(R"({"cash":{}})"); }
    std::string cash_of(std::uint64_t account)
    {
        return house.ask(say::ask("account", "account", account)).at("/cash");
    }
};

num::i128 amount(const std::string& text)
{
    return raw(text.c_str());
}

/// Leaves the house with an open deficit: a short that prices ran away from, in a market without others' room.
void make_deficit(Clearinghouse& house, std::uint64_t cash, const char* price)
{
    say::Market market;
    market.loss_cap = "0";
    REQUIRE(house.send("gov", say::set_market(market)).ok());
    const auto bust = house.trader("bust", cash);
    const auto other = house.trader("other", 100'000);
    house.price(0, "2000");
    REQUIRE(house.fill(0, other, bust, "1", "2000").ok());
    house.price(0, price);
    REQUIRE(house.send("anyone", say::flag(bust)).ok());
    house.wait(FAST + SLOW);
    house.refresh();
    REQUIRE(house.send("anyone", say::resolve(bust)).ok());
}

}  // namespace

TEST_CASE("cash: without parameters nobody borrows and nothing is asked")
{
    Clearinghouse house;
    const auto bob = house.trader("bob", 10);
    house.deposit(bob, "sat", 10'000'000);
    CHECK(
        house.send("bob", say::withdraw(bob, 0, "10000001")).error == Error::insufficient_balance);
    CHECK(house.send("anyone", say::cover_deficit()).error == Error::nothing_to_do);
    std::string bytes;
    CHECK_FALSE(house.host.read(contract::cash_key(), bytes));
    CHECK(house.ask(R"({"cash":{}})").at("/supplied") == "absent");
}

TEST_CASE("cash: only governance sets the parameters, and within bounds")
{
    Clearinghouse house;
    CHECK(house.send("bob", say::set_cash({})).error == Error::unauthorized);
    say::Cash cash;
    cash.base = "0.06";
    CHECK(house.send("gov", say::set_cash(cash)).error == Error::parameter_bounds);
    cash = {};
    cash.unbonding = 100;
    CHECK(house.send("gov", say::set_cash(cash)).error == Error::parameters_disagree);
    cash.unbonding = FAST + SLOW;
    CHECK(house.send("gov", say::set_cash(cash)).ok());
    // What staking waits for cannot be made longer than it waits.
    say::Params params;
    params.slow = SLOW + 1;
    CHECK(house.send("gov", say::set_params(params)).error == Error::parameters_disagree);
}

TEST_CASE("cash: borrowers pay by the second and suppliers earn, less the insurance's share")
{
    Lent l;
    REQUIRE(l.borrow("4000000000").ok());
    CHECK(l.cash_of(l.bob) == "-4000");
    CHECK(l.cash().at("/utilisation") == "0.4");
    CHECK(l.cash().at("/rate") == "0.0003");
    l.house.wait(DAY);
    l.house.refresh();
    CHECK(l.cash_of(l.bob) == "-4001.2");
    CHECK(amount(l.cash_of(l.saver)) > amount("10001.0799999"));
    CHECK(amount(l.cash_of(l.saver)) <= amount("10001.08"));
    CHECK(l.cash().at("/reserve") == "0.12");
    // Whatever the insurance does next sees its share.
    l.house.fund_insurance(1);
    CHECK(l.house.house().insurance.balance == money("1.12"));
    CHECK(l.cash().at("/reserve") == "0");
    // Interest that was only looked at is still due.
    REQUIRE(l.house.send("anyone", say::touch(l.bob)).error == Error::nothing_to_do);
    l.house.deposit(l.bob, "uusdc", 5'000'000'000);
    CHECK(l.cash_of(l.bob) == "998.8");
    CHECK(l.cash().at("/borrowed") == "0");
}

TEST_CASE("cash: credit ends at utilisation, at the cap, at margin and at what the house holds")
{
    say::Cash cash;
    cash.utilisation_max = "0.3";
    cash.borrow_cap = "3500";
    Lent l(cash);
    CHECK(l.borrow("3000000001").error == Error::borrow_limit);
    CHECK(l.borrow("3000000000").ok());
    l.house.deposit(l.saver, "uusdc", 10'000'000'000);
    CHECK(l.borrow("500000001").error == Error::borrow_limit);
    CHECK(l.borrow("500000000").ok());
    cash.utilisation_max = "1";
    cash.borrow_cap = "1000000";
    REQUIRE(l.house.send("gov", say::set_cash(cash)).ok());
    CHECK(l.borrow("750000001").error == Error::below_initial_margin);
    CHECK(l.borrow("750000000").ok());
    // What stands beneath the debt stays.
    CHECK(l.house.send("bob", say::withdraw(l.bob, 2, "1")).error == Error::below_initial_margin);
    l.house.deposit(l.bob, "sat", 1'000'000'000);
    CHECK(l.borrow("16000000000").error == Error::insufficient_liquidity);
    // Collateral above it may leave, whatever is lent.
    cash.utilisation_max = "0.1";
    REQUIRE(l.house.send("gov", say::set_cash(cash)).ok());
    CHECK(l.house.send("bob", say::withdraw(l.bob, 2, "1000000")).ok());
}

TEST_CASE("cash: nobody borrows against profit, claimed or not")
{
    Lent l;
    const auto carol = l.house.trader("carol", 20'000);
    const auto eve = l.house.trader("eve", 1'000);
    REQUIRE(l.house.fill(0, eve, carol, "1", "2000").ok());
    l.house.price(0, "4000");
    // Half of 2,000 counts: initial health is 1,000 + 1,000 - 400.
    CHECK(l.house.ask(say::ask("health", "account", eve)).at("/initial/health") == "1600");
    CHECK(l.house.send("eve", say::withdraw(eve, 0, "1000000001")).error ==
          Error::below_initial_margin);
    REQUIRE(l.house.fill(0, carol, eve, "1", "4000").ok());
    // Carol's loss is cash: 2,000 of the claim have become hers, and are no debt.
    CHECK(l.house.send("eve", say::withdraw(eve, 0, "3000000000")).ok());
    CHECK(l.house.send("eve", say::withdraw(eve, 0, "1")).error == Error::below_initial_margin);
}

TEST_CASE("cash: a premium on credit is not paid against profit either")
{
    Lent l;
    l.house.allow_options(0);
    constexpr std::uint64_t EXPIRY = START + 30 * DAY;
    REQUIRE(l.house.send("gov", say::set_market(say::option(2, EXPIRY, "2000"))).ok());
    REQUIRE(l.house.surface(0, EXPIRY).ok());
    const auto carol = l.house.trader("carol", 50'000);
    const auto eve = l.house.trader("eve", 300);
    REQUIRE(l.house.fill(0, eve, carol, "1", "2000").ok());
    l.house.price(0, "3000");
    REQUIRE(l.house.surface(0, EXPIRY, "3000").ok());
    // A call of some 1,000: initial health would bear it by half of the profit.
    CHECK(l.house.fill(2, eve, carol, "0.4", "1005").error == Error::below_initial_margin);
    CHECK(l.house.cash(eve) == "300");
    CHECK(l.house.fill(2, eve, carol, "0.2", "1005").ok());
    // Who stands on collateral may.
    REQUIRE(l.house.fill(2, l.bob, carol, "0.4", "1005").ok());
    CHECK(l.house.cash(l.bob) == "-402");
}

TEST_CASE("cash: paper profit repays no debt, so the collateral beneath it stays")
{
    Lent l;
    const auto eve = l.house.trader("eve", 1'000);
    REQUIRE(l.borrow("3000000000").ok());
    l.house.deposit(l.bob, "sat", 2'000'000);
    REQUIRE(l.house.fill(0, l.bob, eve, "1", "2000").ok());
    l.house.price(0, "8000");
    CHECK(l.house.send("bob", say::claim(l.bob, 0)).error == Error::nothing_to_do);
    CHECK(l.house.send("bob", say::withdraw(l.bob, 2, "6000000")).error ==
          Error::below_initial_margin);
    CHECK(l.house.cash(l.bob) == "-3000");
}

TEST_CASE("cash: collateral beneath a debt is not transferred away on profit either")
{
    Lent l;
    const auto eve = l.house.trader("eve", 1'000);
    const auto second = l.house.trader("bob", 0);
    const auto move = [&](std::uint64_t asset, const char* tokens) {
        return l.house.send("bob", say::transfer(l.bob, second, asset, tokens));
    };
    REQUIRE(l.borrow("3000000000").ok());
    l.house.deposit(l.bob, "sat", 2'000'000);
    REQUIRE(l.house.fill(0, l.bob, eve, "1", "2000").ok());
    l.house.price(0, "12000");
    // Initial health would bear it by half of a profit of 10,000 that nobody has paid.
    CHECK(move(2, "12000000").error == Error::below_initial_margin);
    CHECK(move(2, "6000000").error == Error::below_initial_margin);
    // What the debt does not need may go.
    l.house.deposit(l.bob, "sat", 100'000'000);
    CHECK(move(2, "90000000").ok());
}

TEST_CASE("cash: claims that wait do not make borrowers pay more")
{
    Lent l;
    REQUIRE(l.borrow("4000000000").ok());
    const std::string before = l.cash().at("/rate");
    const auto carol = l.house.trader("carol", 5'000);
    const auto dave = l.house.trader("dave", 5'000);
    const auto eve = l.house.trader("eve", 1'000);
    REQUIRE(l.house.fill(0, eve, carol, "1", "2000").ok());
    const std::string rate = l.cash().at("/rate");
    l.house.price(0, "4000");
    REQUIRE(l.house.fill(0, dave, eve, "1", "4000").ok());
    REQUIRE(l.cash().at("/claims") == "2000");
    CHECK(amount(rate) < amount(before));  // more was supplied
    CHECK(amount(l.cash().at("/rate")) < amount(rate) + amount("0.000001"));
    CHECK(amount(l.cash().at("/utilisation")) > amount("0.28"));
    const num::i128 before_day = amount(l.cash_of(l.bob));
    l.house.wait(DAY);
    l.house.refresh();
    const num::i128 interest = before_day - amount(l.cash_of(l.bob));
    CHECK(interest > amount("0.78"));  // 4,000 at 0.0195 %
    CHECK(interest < amount("0.79"));
}

TEST_CASE("cash: an account from before takes part when anyone touches it")
{
    Clearinghouse house;
    const auto saver = house.trader("saver", 1'000);
    REQUIRE(house.send("gov", say::set_cash({})).ok());
    CHECK(house.ask(R"({"cash":{}})").at("/supplied") == "0");
    REQUIRE(house.send("anyone", say::touch(saver)).ok());
    CHECK(house.ask(R"({"cash":{}})").at("/supplied") == "1000");
    CHECK(house.send("anyone", say::touch(saver)).error == Error::nothing_to_do);
}

TEST_CASE("cash: a change of rates charges what was due at the old ones")
{
    Lent l;
    REQUIRE(l.borrow("4000000000").ok());
    l.house.wait(DAY);
    say::Cash cash;
    cash.base = "0";
    cash.slope_low = "0";
    REQUIRE(l.house.send("gov", say::set_cash(cash)).ok());
    l.house.wait(DAY);
    CHECK(l.cash_of(l.bob) == "-4001.2");
}

TEST_CASE(
    "cash: an open deficit is covered by interest first, then by suppliers up to the day's cap")
{
    Lent l;
    REQUIRE(l.borrow("4000000000").ok());
    CHECK(l.house.send("anyone", say::cover_deficit()).error == Error::nothing_to_do);
    make_deficit(l.house, 210, "2500");
    const num::i128 open = l.house.house().insurance.open_deficit.raw();
    REQUIRE(open > 0);
    l.house.wait(DAY);
    const num::i128 before = amount(l.cash_of(l.saver));
    const num::i128 reserve = amount(l.cash().at("/reserve"));
    REQUIRE(reserve > 0);
    const Reply covered = l.house.send("anyone", say::cover_deficit());
    REQUIRE(covered.ok());
    CHECK(amount(covered.event("deficit_covered", "from_insurance")) == reserve);
    CHECK(amount(covered.event("deficit_covered", "from_suppliers")) == open - reserve);
    CHECK(l.house.house().insurance.open_deficit.is_zero());
    CHECK(amount(l.cash_of(l.saver)) < before);
    CHECK(l.house.send("anyone", say::cover_deficit()).error == Error::nothing_to_do);
}

TEST_CASE("cash: a deficit beyond the day's cap waits for the next")
{
    say::Cash cash;
    cash.supply_loss_cap = "0.001";
    Lent l(cash);
    make_deficit(l.house, 210, "2500");
    const Reply covered = l.house.send("anyone", say::cover_deficit());
    REQUIRE(covered.ok());
    CHECK(l.house.house().insurance.open_deficit.is_positive());
    CHECK(l.cash_of(l.saver) == "9990");
    CHECK(l.house.send("anyone", say::cover_deficit()).error == Error::nothing_to_do);
    l.house.wait(DAY);
    CHECK(l.house.send("anyone", say::cover_deficit()).ok());
}

TEST_CASE("cash: random lives with interest keep the books to the raw unit")
{
    // The audit after every call is the test: conservation, bounds of the sums, interest paid and got.
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random(seed);
        const auto below = [&](std::uint64_t limit) { return random() % limit; };
        say::Cash cash;
        cash.gate = true;
        cash.absolute = "1";
        cash.unbonding = 2 * DAY;
        Lent l(cash);
        std::vector<std::uint64_t> ids = {l.saver, l.bob};
        for (int i = 0; i < 4; ++i) {
            ids.push_back(l.house.trader("t" + std::to_string(i), 500 + below(1'000)));
            l.house.deposit(ids.back(), "sat", 1 + static_cast<num::i128>(below(4'000'000)));
        }
        num::i128 price = 2'000;
        int lent = 0;
        int staked = 0;
        for (int call = 0; call < 150; ++call) {
            const std::uint64_t id = ids[below(ids.size())];
            const std::uint64_t other = ids[below(ids.size())];
            switch (below(11)) {
            case 9:
                staked +=
                    l.house.send("sue", say::stake(), {{"uusdc", 1 + below(300'000'000)}}).ok() ? 1
                                                                                                : 0;
                static_cast<void>(l.house.send("sue", say::unstake("1000000000000000000000000")));
                break;
            case 10:
                static_cast<void>(l.house.send("sue", say::claim_unstaked()));
                break;
            case 0:
                l.house.wait(below(40'000));
                l.house.refresh();
                break;
            case 1:
                l.house.deposit(id, "uusdc", 1 + static_cast<num::i128>(below(500'000'000)));
                break;
            case 2:
            case 3:
                static_cast<void>(l.house.send(l.house.owner(id),
                    say::withdraw(id, 0, std::to_string(1 + below(900'000'000)))));
                break;
            case 4:
                price = 1'500 + static_cast<num::i128>(below(1'000));
                l.house.price(0, std::to_string(static_cast<int>(price)));
                break;
            case 5:
                static_cast<void>(l.house.send("anyone", say::settle(id, 0)));
                static_cast<void>(l.house.send(l.house.owner(other), say::claim(other, 0)));
                break;
            case 6:
                if (!l.house.send("anyone", say::resolve(id)).ok())
                    static_cast<void>(l.house.send("anyone", say::flag(id)));
                static_cast<void>(l.house.send("anyone", say::cover_deficit()));
                break;
            default:
                l.house.refresh();
                static_cast<void>(l.house.fill(0, id, other, "0." + std::to_string(1 + below(9)),
                    std::to_string(static_cast<int>(price))));
            }
            lent += l.cash().at("/borrowed") != "0" ? 1 : 0;
        }
        CHECK(lent > 0);
        CHECK(staked > 0);
        CHECK(audit(l.house.host, l.house.bank).cash_residue < raw("0.00001"));
    }
}
