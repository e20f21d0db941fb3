// plimsoll: tests/contract/inventory_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Collateral that the house took over is the house's asset: nobody pays for a deficit that
// it covers, and nobody gets it for a stake that does not pay for it.
#include "engine/risk/money_bracket.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t UNBONDING = 7 * DAY;
constexpr const char* ALL = "999999999999999999999999";

/// Alice owes 1,580 for each ether of hers, and one ether is worth 1,570 when the house takes it over, and 1,491.5
/// when it sells it.
struct TakenOver
{
    Clearinghouse house;
    std::uint64_t supplier = 0;
    std::uint64_t alice = 0;

    explicit TakenOver(bool gate = false, bool stable = false)
    {
        if (stable) {
            say::Observation observation;
            observation.volatility = observation.correlation = false;
            REQUIRE(house.send("gov", say::set_observation(observation)).ok());
            house.refresh();
        }
        say::Cash cash;
        cash.unbonding = UNBONDING;
        cash.gate = gate;
        cash.relative = "0";
        REQUIRE(house.send("gov", say::set_cash(cash)).ok());
        supplier = house.trader("supplier", 1'000'000);
        alice = house.trader("alice", 0);
    }
    void fall(int ether, const char* price = "1570")
    {
        house.deposit(alice, "aeth", ether * num::i128{1'000'000'000'000'000'000});
        const std::string owed = std::to_string(ether * 1'580) + "000000";
        REQUIRE(house.send("alice", say::withdraw(alice, 0, owed)).ok());
        house.price(0, price);
        const Reply at_once = house.send("anyone", say::resolve(alice));
        if (!at_once.ok()) {
            REQUIRE(house.send("anyone", say::flag(alice)).ok());
            house.wait(FAST + SLOW);
            house.refresh();
            REQUIRE(house.send("anyone", say::resolve(alice)).ok());
        }
        REQUIRE(house.house().insurance.inventory[1].raw() > 0);
    }
    Reply stake(const char* who, std::uint64_t units)
    {
        return house.send(who, say::stake(), {{"uusdc", num::i128{units} * 1'000'000}});
    }
    Money insured(const char* field)
    {
        return money(house.ask(R"({"insurance":{}})").at(field).c_str());
    }
    Money uncovered()
    {
        return not_negative(insured("/open_deficit") - insured("/inventory_worth"));
    }
    std::string staked(const char* who, const char* field)
    {
        return house.ask(std::string(R"({"stake":{"address":")") + who + "\"}}").at(field);
    }
    Money worth(const char* who) { return money(staked(who, "/worth").c_str()); }
    void sell_inventory(const char* price = nullptr)
    {
        const auto buyer = house.trader("buyer", 500'000);
        if (price != nullptr)
            house.price(0, price);
        const Money promised = insured("/inventory_worth");
        const Reply sold = house.send("buyer", say::buy_inventory(1, buyer, ALL));
        REQUIRE(sold.ok());
        const Money paid = money(sold.event("inventory_sold", "paid").c_str());
        CHECK(promised <= paid);
        CHECK(paid <= promised + Money::from_raw(3));
    }
};

}  // namespace

TEST_CASE("inventory: suppliers share only what it does not cover")
{
    TakenOver t;
    t.fall(50);
    const Money open = t.house.house().insurance.open_deficit;
    CHECK(open > money("79000"));
    CHECK(t.insured("/inventory_worth") == money("74575"));
    const Money before = t.house.account(t.supplier).account.cash;
    const Reply covered = t.house.send("anyone", say::cover_deficit());
    REQUIRE(covered.ok());
    const Money shared = money(covered.event("deficit_covered", "from_suppliers").c_str());
    CHECK(shared <= open - money("74575"));
    CHECK(shared > open - money("74576"));
    CHECK(before >= money("1000000"));
    CHECK(t.uncovered().is_zero());
    CHECK(t.house.send("anyone", say::cover_deficit()).error == Error::nothing_to_do);
    // A lower price leaves more to share; a sale leaves nothing, and nobody has got what suppliers gave.
    t.house.price(0, "1560");
    CHECK(t.uncovered() > money("474.9"));
    REQUIRE(t.house.send("anyone", say::cover_deficit()).ok());
    t.sell_inventory();
    CHECK(t.house.house().insurance.open_deficit.is_zero());
    CHECK(t.house.house().insurance.balance < money("1"));
}

TEST_CASE(
    "inventory: a failed feed counts as nothing for the gate and suppliers, and nobody leaves "
    "before the others")
{
    TakenOver t(true);
    t.fall(50);
    const auto worth = [&](const char* gate, const char* leave, const char* suppliers) {
        CHECK(t.insured("/inventory_worth") == money(gate));
        CHECK(t.insured("/worth_to_leave") == money(leave));
        CHECK(t.insured("/worth_to_suppliers") == money(suppliers));
        CHECK(t.insured("/worth_to_join") == money("78500"));
    };
    const auto closed = [&] { return t.house.ask(R"({"cash":{}})").at("/gate/closed"); };
    t.house.wait(60);
    worth("74575", "74575", "74575");
    t.house.wait(1);
    worth("74575", "0", "74575");
    t.house.wait(3'539);
    worth("74575", "0", "74575");
    t.house.wait(1);
    worth("0", "0", "0");
    CHECK(closed() == "true");
    CHECK(t.house.send("supplier", say::withdraw(t.supplier, 0, "400000000000")).error ==
          Error::withdrawal_gate);
    const Reply covered = t.house.send("anyone", say::cover_deficit());
    REQUIRE(covered.ok());
    CHECK(money(covered.event("deficit_covered", "from_suppliers").c_str()) > money("79000"));
    CHECK(t.house.house().insurance.open_deficit.is_zero());
    CHECK(closed() == "false");
    // It is an advance: the feed comes back, and they have it again.
    CHECK(t.insured("/advanced") > money("79000"));
    const auto buyer = t.house.trader("buyer", 500'000);
    t.house.price(0, "1570");
    CHECK(t.insured("/worth_to_leave").is_zero());
    CHECK(t.insured("/worth_to_join").is_zero());
    const Reply sold = t.house.send("buyer", say::buy_inventory(1, buyer, ALL));
    REQUIRE(sold.ok());
    CHECK(money(sold.event("inventory_sold", "to_suppliers").c_str()) ==
          money(sold.event("inventory_sold", "paid").c_str()));
    CHECK(t.insured("/advanced").is_zero());
    CHECK(t.house.house().insurance.balance < money("1"));
    Clearinghouse none;
    CHECK(none.ask(R"({"insurance":{}})").at("/inventory_worth") == "0");
}

TEST_CASE("inventory: what a low price has taken from suppliers they get back when it is sold")
{
    TakenOver t;
    const auto buyer = t.house.trader("buyer", 1'000'000);
    t.fall(50);
    const auto cash = [&](std::uint64_t id) {
        return money(t.house.ask(say::ask("account", "account", id)).at("/cash").c_str());
    };
    const Money before = cash(t.supplier);
    t.house.price(0, "1000");
    const Reply covered = t.house.send("anyone", say::cover_deficit());
    REQUIRE(covered.ok());
    const Money borne = money(covered.event("deficit_covered", "from_suppliers").c_str());
    REQUIRE(borne > money("31500"));
    CHECK(t.insured("/advanced") == borne);
    CHECK(cash(t.supplier) < before - money("15000"));
    t.house.price(0, "1570");
    // Two halves: the first repays the deficit and no more.
    const Reply half = t.house.send("buyer", say::buy_inventory(1, buyer, "25000000000000000000"));
    REQUIRE(half.ok());
    CHECK(half.event("inventory_sold", "to_suppliers") == "0");
    CHECK(t.insured("/advanced") == borne);
    const Reply rest = t.house.send("buyer", say::buy_inventory(1, buyer, ALL));
    REQUIRE(rest.ok());
    CHECK(money(rest.event("inventory_sold", "to_suppliers").c_str()) > money("27000"));
    CHECK(t.insured("/advanced").is_zero());
    CHECK(t.house.house().insurance.balance < money("1"));
    // Not at once: who supplies for the moment of a sale gets nothing of it.
    CHECK(cash(t.supplier) < before - money("15000"));
    t.house.wait(DAY);
    // They have lost what it did not bring, 4,425: who has bought it has a smaller part in what comes back.
    CHECK(cash(t.supplier) > before - money("2300"));
    CHECK(cash(t.supplier) < before - money("1500"));
}

TEST_CASE("inventory: beyond what suppliers have advanced its gain is the insurance's")
{
    TakenOver t;
    const auto buyer = t.house.trader("buyer", 1'000'000);
    t.fall(50);
    t.house.price(0, "1000");
    REQUIRE(t.house.send("anyone", say::cover_deficit()).ok());
    const Money borne = t.insured("/advanced");
    const Money open = t.insured("/open_deficit");
    t.house.price(0, "2000");
    // Who joins pays for what is left beyond the advance, and gets nothing of the advance.
    CHECK(t.insured("/worth_to_join") == money("100000") - borne);
    CHECK(t.insured("/worth_to_leave") == money("95000") - borne);
    REQUIRE(t.stake("eve", 10).ok());
    CHECK(t.worth("eve") <= money("10"));
    const Reply sold = t.house.send("buyer", say::buy_inventory(1, buyer, ALL));
    REQUIRE(sold.ok());
    CHECK(money(sold.event("inventory_sold", "to_suppliers").c_str()) == borne);
    const Money left = t.house.house().insurance.balance;
    CHECK(left >= money("95010") - borne - open);
    CHECK(left < money("95011") - borne - open);
    CHECK(t.worth("eve") <= money("10"));
    CHECK(t.insured("/advanced").is_zero());
}

TEST_CASE(
    "inventory: suppliers bear the deficit of a dead token together, whoever would leave first")
{
    Clearinghouse house;
    say::Cash cash;
    cash.gate = true;
    cash.absolute = "100";
    cash.relative = "0.01";
    cash.closed_max = DAY;
    cash.outflow_share = "0.1";
    cash.supply_loss_cap = "0.5";
    REQUIRE(house.send("gov", say::set_cash(cash)).ok());
    const auto ann = house.trader("ann", 10'000);
    const auto ben = house.trader("ben", 10'000);
    const auto x = house.trader("x", 0);
    house.price(0, "2000");
    house.deposit(x, "aeth", num::i128{5} * num::WAD);
    REQUIRE(house.send("x", say::withdraw(x, 0, "8000000000")).ok());
    house.wait(3'601);
    house.price(1, "50000");
    static_cast<void>(house.send("anyone", say::flag(x)));
    house.wait(FAST + SLOW);
    house.price(1, "50000");
    REQUIRE(house.send("anyone", say::resolve(x)).ok());
    const auto cash_of = [&](std::uint64_t id) {
        return money(house.ask(say::ask("account", "account", id)).at("/cash").c_str());
    };
    CHECK(house.send("ann", say::withdraw(ann, 0, "5000000000")).error == Error::withdrawal_gate);
    REQUIRE(house.send("anyone", say::cover_deficit()).ok());
    CHECK(house.house().insurance.open_deficit.is_zero());
    CHECK(cash_of(ann) > money("5900"));
    CHECK(cash_of(ann) < money("6100"));
    CHECK(cash_of(ben) == cash_of(ann));
    CHECK(house.send("ann", say::withdraw(ann, 0, "5900000000")).ok());
    CHECK(house.send("ben", say::withdraw(ben, 0, "5900000000")).ok());
}

TEST_CASE("inventory: what was taken over at the last price of a failed feed is not given away")
{
    TakenOver t;
    t.house.deposit(t.alice, "aeth", 50 * num::i128{1'000'000'000'000'000'000});
    REQUIRE(t.house.send("alice", say::withdraw(t.alice, 0, "20000000000")).ok());
    t.house.wait(3'601);
    static_cast<void>(t.house.send("anyone", say::flag(t.alice)));
    t.house.wait(FAST + SLOW);
    REQUIRE(t.house.send("anyone", say::resolve(t.alice)).ok());
    REQUIRE(t.house.house().insurance.open_deficit > money("20000"));
    // Ten ether pay 20,000: suppliers share all of it, and have all but the discount again.
    CHECK(t.insured("/worth_to_suppliers").is_zero());
    REQUIRE(t.house.send("anyone", say::cover_deficit()).ok());
    CHECK(t.insured("/advanced") > money("20000"));
    CHECK(t.stake("eve", 10).error == Error::stale_price);
    t.house.price(0, "2000");
    REQUIRE(t.stake("eve", 10).ok());
    const auto buyer = t.house.trader("buyer", 1'000'000);
    REQUIRE(t.house.send("buyer", say::buy_inventory(1, buyer, ALL)).ok());
    CHECK(t.worth("eve") <= money("10"));
    CHECK(t.insured("/advanced").is_zero());
    const auto cash = [&](std::uint64_t id) {
        return money(t.house.ask(say::ask("account", "account", id)).at("/cash").c_str());
    };
    t.house.wait(DAY);
    CHECK(cash(t.supplier) + cash(buyer) + money("19000") > money("1998990"));
}

TEST_CASE("inventory: a stake of 10 gets none of it")
{
    TakenOver t;
    t.fall(50);
    CHECK(t.stake("eve", 10).error == Error::staking_closed);
    REQUIRE(t.house.send("anyone", say::cover_deficit()).ok());
    CHECK(t.uncovered().is_zero());
    // What it repays would be the suppliers', who have borne the discount.
    CHECK(t.stake("eve", 10).error == Error::staking_closed);
    t.house.price(0, "1800");
    REQUIRE(t.stake("eve", 10).ok());
    CHECK(t.worth("eve") <= money("10"));
    t.sell_inventory();
    CHECK(t.worth("eve") <= money("10"));
    REQUIRE(t.house.send("eve", say::unstake(t.staked("eve", "/shares"))).ok());
    t.house.wait(UNBONDING);
    const Reply paid = t.house.send("eve", say::claim_unstaked());
    if (paid.ok())
        CHECK(paid.transfers[0].amount <= 10'000'000);
}

TEST_CASE("inventory: stakers who paid for it keep it when others join before it is sold")
{
    TakenOver t;
    REQUIRE(t.stake("sue", 100'000).ok());
    t.fall(50);
    const Money sues = t.worth("sue");
    CHECK(sues > money("95000"));
    CHECK(t.house.house().insurance.open_deficit.is_zero());
    REQUIRE(t.stake("eve", 200'000).ok());
    CHECK(t.worth("eve") <= money("200000"));
    CHECK(t.worth("sue") >= sues);
    t.sell_inventory();
    CHECK(t.worth("eve") <= money("200000"));
    CHECK(t.worth("sue") >= sues);
}

TEST_CASE(
    "inventory: a stake beside an open deficit bears what the inventory loses, not the suppliers")
{
    TakenOver t;
    t.fall(50);
    t.house.price(0, "1700");
    REQUIRE(t.uncovered().is_zero());
    REQUIRE(t.stake("eve", 50'000).ok());
    CHECK(t.house.house().insurance.balance.is_zero());
    t.house.price(0, "1500");
    CHECK(t.uncovered().is_zero());
    CHECK(t.house.send("anyone", say::cover_deficit()).error == Error::nothing_to_do);
    CHECK(t.worth("eve") < money("45000"));
    t.sell_inventory();
    CHECK(t.worth("eve") < money("45000"));
}

TEST_CASE("inventory: who leaves waits until it is sold, if the balance is less than the shares")
{
    TakenOver t;
    REQUIRE(t.stake("sue", 100'000).ok());
    REQUIRE(t.stake("tom", 10'000).ok());
    REQUIRE(t.house.send("sue", say::unstake(t.staked("sue", "/shares"))).ok());
    REQUIRE(t.house.send("tom", say::unstake(t.staked("tom", "/shares"))).ok());
    t.fall(50);
    t.house.wait(UNBONDING);
    t.house.refresh();
    const Money toms = t.worth("tom");
    const Money sues = t.worth("sue");
    CHECK(t.house.send("sue", say::claim_unstaked()).error == Error::insufficient_liquidity);
    const Reply paid = t.house.send("tom", say::claim_unstaked());
    REQUIRE(paid.ok());
    CHECK(Money::from_raw(paid.transfers[0].amount * 1'000'000'000'000) <= toms);
    CHECK(Money::from_raw((paid.transfers[0].amount + 1) * 1'000'000'000'000) > toms);
    CHECK(t.worth("sue") >= sues);
    t.sell_inventory();
    const Reply all = t.house.send("sue", say::claim_unstaked());
    REQUIRE(all.ok());
    CHECK(Money::from_raw((all.transfers[0].amount + 1) * 1'000'000'000'000) > sues);
}

TEST_CASE("inventory: no epoch ends while it is worth more than is owed")
{
    TakenOver t;
    REQUIRE(t.stake("sue", 20'000).ok());
    t.fall(50);
    CHECK(t.house.house().insurance.balance.is_zero());
    CHECK(t.house.house().insurance.open_deficit.is_positive());
    CHECK(t.house.house().staking.epoch == 0);
    CHECK(t.worth("sue") > money("15000"));
    const Money sues = t.worth("sue");
    t.sell_inventory();
    CHECK(t.worth("sue") >= sues);
    TakenOver lost;
    REQUIRE(lost.stake("sue", 3'000).ok());
    lost.fall(50);
    CHECK(lost.uncovered().is_positive());
    CHECK(lost.house.house().staking.epoch == 0);
    CHECK(lost.worth("sue").is_zero());
    REQUIRE(lost.house.send("anyone", say::cover_deficit()).ok());
    CHECK(lost.house.house().staking.epoch == 1);
}

TEST_CASE("inventory: the gate stays open for a deficit that it covers")
{
    TakenOver t(true);
    REQUIRE(t.stake("sue", 20'000).ok());
    t.fall(50);
    CHECK(t.house.house().insurance.open_deficit > money("50000"));
    CHECK(t.house.ask(R"({"cash":{}})").at("/gate/closed") == "false");
    CHECK(t.house.send("supplier", say::withdraw(t.supplier, 0, "400000000000")).ok());
}

TEST_CASE(
    "inventory: when its price falls the gate closes before the first withdrawal, and opens again")
{
    TakenOver t(true);
    REQUIRE(t.stake("sue", 20'000).ok());
    t.fall(50);
    t.house.price(0, "1000");
    CHECK(t.uncovered() > money("100"));
    CHECK(t.house.ask(R"({"cash":{}})").at("/gate/closed") == "true");
    CHECK(t.house.send("supplier", say::withdraw(t.supplier, 0, "100000100000")).error ==
          Error::withdrawal_gate);
    CHECK(t.house.send("supplier", say::withdraw(t.supplier, 0, "99999000000")).ok());
    CHECK(t.house.send("supplier", say::withdraw(t.supplier, 0, "2000000")).error ==
          Error::withdrawal_gate);
    t.house.price(0, "1570");
    CHECK(t.house.ask(R"({"cash":{}})").at("/gate/closed") == "false");
    CHECK(t.house.send("supplier", say::withdraw(t.supplier, 0, "2000000")).ok());
}

TEST_CASE(
    "inventory: a price that stands for a moment wipes out no staker and takes nothing from "
    "suppliers")
{
    TakenOver t(false, true);
    REQUIRE(t.stake("sue", 20'000).ok());
    t.fall(50);
    // The stable price follows in some hours.
    for (int hour = 0; hour < 60; ++hour) {
        t.house.wait(3'600);
        t.house.refresh();
    }
    const Money sues = t.worth("sue");
    REQUIRE(sues > money("15000"));
    t.house.price(0, "1150");
    t.house.deposit(t.supplier, "uusdc", 1);
    CHECK(t.uncovered() > money("3000"));
    CHECK(t.worth("sue").is_zero());
    CHECK(t.stake("eve", 50'000).error == Error::staking_closed);
    const Reply covered = t.house.send("anyone", say::cover_deficit());
    CHECK((!covered.ok() ||
           money(covered.event("deficit_covered", "from_suppliers").c_str()).is_zero()));
    CHECK(t.house.house().staking.epoch == 0);
    t.house.price(0, "1570");
    CHECK(t.worth("sue") > sues - money("100"));
    // A moment above makes no stake cheaper for who joins after it, nor an exit dearer for who stays.
    t.house.price(0, "3140");
    CHECK(t.worth("sue") < sues + money("1000"));
    CHECK(t.insured("/worth_to_join") == money("157000"));
}

TEST_CASE("inventory: a moment below makes no stake cheaper")
{
    TakenOver t(false, true);
    REQUIRE(t.stake("sue", 100'000).ok());
    t.fall(50);
    for (int hour = 0; hour < 60; ++hour) {
        t.house.wait(3'600);
        t.house.refresh();
    }
    const Money sues = t.worth("sue");
    t.house.price(0, "500");
    REQUIRE(t.stake("eve", 100'000).ok());
    t.house.price(0, "1570");
    CHECK(t.worth("sue") > sues - money("100"));
    CHECK(t.worth("eve") < money("100100"));
}

TEST_CASE(
    "inventory: nobody stakes at a price that it could not be bought at, and who leaves waits for "
    "none")
{
    TakenOver t;
    REQUIRE(t.stake("sue", 100'000).ok());
    REQUIRE(t.stake("tom", 10'000).ok());
    REQUIRE(t.house.send("tom", say::unstake(t.staked("tom", "/shares"))).ok());
    t.fall(50);
    t.house.wait(61);
    CHECK(t.stake("eve", 1'000).error == Error::stale_price);
    CHECK(t.stake("eve", 1'000).detail == "underlying 0");
    t.house.wait(UNBONDING);
    t.house.refresh();
    const Money fit = t.worth("tom");
    t.house.wait(61);
    CHECK(t.stake("eve", 1'000).error == Error::stale_price);
    // It counts as nothing for who leaves, who says what is too little.
    CHECK(t.worth("tom") < fit - money("6000"));
    CHECK(t.house.send("tom", say::claim_unstaked("9000000000")).error == Error::price_guard);
    const Money balance = t.house.house().insurance.balance;
    const Money sues = t.worth("sue");
    const Reply paid = t.house.send("tom", say::claim_unstaked());
    REQUIRE(paid.ok());
    CHECK(Money::from_raw(paid.transfers[0].amount * 1'000'000'000'000 * 11) <= balance);
    CHECK(Money::from_raw((paid.transfers[0].amount + 1) * 1'000'000'000'000 * 11) > balance);
    CHECK(t.worth("sue") >= sues);
    // What another asset's feed does is nothing to them.
    TakenOver other;
    REQUIRE(other.stake("sue", 100'000).ok());
    other.house.wait(DAY);
    CHECK(other.stake("eve", 1'000).ok());
}

TEST_CASE("inventory: dust whose price stays uncertain keeps no staker in")
{
    TakenOver t;
    REQUIRE(t.stake("sue", 100'000).ok());
    t.fall(1);
    REQUIRE(t.house.send("sue", say::unstake(t.staked("sue", "/shares"))).ok());
    t.house.wait(UNBONDING);
    const Reply wide = t.house.send("publisher", say::push_price(0, "1570", t.house.now, "41"));
    REQUIRE(wide.ok());
    CHECK(t.stake("eve", 1'000).error == Error::uncertain_price);
    const Reply paid = t.house.send("sue", say::claim_unstaked());
    REQUIRE(paid.ok());
    CHECK(paid.transfers[0].amount > 98'000'000'000);
}
