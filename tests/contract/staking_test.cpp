// plimsoll: tests/contract/staking_test.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Shares of the insurance: they bear losses until they are paid, and wait before they are.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

num::i128 amount_of(const std::string& text)
{
    return raw(text.c_str());
}

constexpr std::uint64_t UNBONDING = 7 * DAY;

struct Staked
{
    Clearinghouse house;

    Staked()
    {
        say::Cash cash;
        cash.unbonding = UNBONDING;
        REQUIRE(house.send("gov", say::set_cash(cash)).ok());
    }
    Reply stake(const char* who, num::i128 tokens)
    {
        return house.send(who, say::stake(), {{"uusdc", tokens}});
    }
    std::string shares(const char* who, const char* field = "shares")
    {
        return house.ask(std::string(R"({"stake":{"address":")") + who + "\"}}")
            .at(std::string("/") + field);
    }
    Reply unstake_all(const char* who) { return house.send(who, say::unstake(shares(who))); }
    Reply claim(const char* who) { return house.send(who, say::claim_unstaked()); }
    /// Somebody short of an ether at 2000 with so much cash, at another price.
    std::uint64_t bust(std::uint64_t cash, const char* price)
    {
        say::Market market;
        market.loss_cap = "0";
        REQUIRE(house.send("gov", say::set_market(market)).ok());
        const auto id = house.trader("bust", cash);
        const auto other = house.trader("other", 100'000);
        house.price(0, "2000");
        REQUIRE(house.fill(0, other, id, "1", "2000").ok());
        house.price(0, price);
        return id;
    }
};

}  // namespace

TEST_CASE("staking: what goes in comes out after the wait, with what the insurance has earned")
{
    Staked s;
    REQUIRE(s.stake("sue", 1'000'000'000).ok());
    CHECK(s.house.house().insurance.balance == money("1000"));
    s.house.fund_insurance(100);
    REQUIRE(s.unstake_all("sue").ok());
    CHECK(s.claim("sue").error == Error::still_unbonding);
    s.house.wait(UNBONDING - 1);
    CHECK(s.claim("sue").error == Error::still_unbonding);
    s.house.wait(1);
    const Reply paid = s.claim("sue");
    REQUIRE(paid.ok());
    REQUIRE(paid.transfers.size() == 1);
    CHECK(paid.transfers[0].amount <= 1'100'000'000);
    CHECK(paid.transfers[0].amount >= 1'099'999'999);
    CHECK(s.claim("sue").error == Error::still_unbonding);
    CHECK(s.house.house().staking.shares == 0);
}

TEST_CASE("staking: unstaking more starts the wait anew, and nobody unstakes what it has not")
{
    Staked s;
    CHECK(s.house.send("sue", say::unstake("1")).error == Error::insufficient_balance);
    REQUIRE(s.stake("sue", 1'000'000'000).ok());
    CHECK(s.house.send("sue", say::unstake("0")).error == Error::zero_amount);
    REQUIRE(s.house.send("sue", say::unstake("1000000")).ok());
    s.house.wait(UNBONDING - 10);
    REQUIRE(s.house.send("sue", say::unstake("1000000")).ok());
    s.house.wait(20);
    CHECK(s.claim("sue").error == Error::still_unbonding);
}

TEST_CASE("staking: only quote, and only while governance lets")
{
    Staked s;
    CHECK(s.house.send("sue", say::stake()).error == Error::funds_missing);
    CHECK(s.house.send("sue", say::stake(), {{"sat", 5}}).error == Error::unknown_denom);
    CHECK(s.house.send("sue", say::stake(), {{"uusdc", 5}, {"sat", 5}}).error ==
          Error::unknown_denom);
    CHECK(s.house.send("sue", say::stake(), {{"uusdc", 0}}).error == Error::zero_amount);
    Clearinghouse none;
    CHECK(none.send("sue", say::stake(), {{"uusdc", 5}}).error == Error::staking_closed);
}

TEST_CASE("staking: shares on their way out bear losses")
{
    Staked s;
    REQUIRE(s.stake("sue", 1'000'000'000).ok());
    REQUIRE(s.unstake_all("sue").ok());
    const auto bust = s.bust(300, "2500");  // 200 short
    REQUIRE(s.house.send("anyone", say::flag(bust)).ok());
    s.house.wait(FAST + SLOW);
    s.house.refresh();
    REQUIRE(s.house.send("anyone", say::resolve(bust)).ok());
    const num::i128 left = s.house.house().insurance.balance.raw();
    REQUIRE(left < raw("801"));
    s.house.wait(UNBONDING);
    const Reply paid = s.claim("sue");
    REQUIRE(paid.ok());
    CHECK(paid.transfers[0].amount * 1'000'000'000'000 <= left);
}

TEST_CASE("staking: a flagged account's deficit lowers the price before it is resolved")
{
    Staked s;
    REQUIRE(s.stake("sue", 1'000'000'000).ok());
    const auto bust = s.bust(300, "2500");
    REQUIRE(s.house.send("anyone", say::flag(bust)).ok());
    CHECK(s.house.house().staking.expected_deficits == money("200"));
    CHECK(amount_of(s.shares("sue", "worth")) <= raw("800"));
    CHECK(s.house.ask(R"({"insurance":{}})").at("/expected_deficits") == "200");
    // Flagging again says how it stands now; being cured takes it off.
    s.house.price(0, "2400");
    REQUIRE(s.house.send("anyone", say::flag(bust)).ok());
    CHECK(s.house.house().staking.expected_deficits == money("100"));
    s.house.deposit(bust, "uusdc", 1'000'000'000);
    CHECK(s.house.house().staking.expected_deficits == money("0"));
}

TEST_CASE("staking: an expected deficit goes when the account is resolved, or sold")
{
    Staked s;
    REQUIRE(s.stake("sue", 1'000'000'000).ok());
    const auto bust = s.bust(300, "2500");
    const auto keeper = s.house.trader("keeper", 100'000);
    REQUIRE(s.house.send("anyone", say::flag(bust)).ok());
    REQUIRE(s.house.send("keeper", say::liquidate(bust, 0, keeper, "0.5")).ok());
    CHECK(s.house.house().staking.expected_deficits ==
          money(s.house.ask(say::ask("health", "account", bust)).at("/equity").substr(1).c_str()));
    s.house.wait(FAST + SLOW);
    s.house.refresh();
    REQUIRE(s.house.send("anyone", say::resolve(bust)).ok());
    CHECK(s.house.house().staking.expected_deficits == money("0"));
}

TEST_CASE("staking: whoever leaves says what is too little, and waits out an estimate")
{
    Staked s;
    REQUIRE(s.stake("sue", 1'000'000'000).ok());
    REQUIRE(s.unstake_all("sue").ok());
    s.house.wait(UNBONDING);
    const auto bust = s.bust(300, "2500");
    REQUIRE(s.house.send("anyone", say::flag(bust)).ok());
    CHECK(s.house.send("sue", say::claim_unstaked("999000000")).error == Error::price_guard);
    s.house.deposit(bust, "uusdc", 5'000'000'000);
    CHECK(s.house.send("sue", say::claim_unstaked("999000000")).ok());
}

TEST_CASE("staking: an estimate of one's own making buys no cheap shares")
{
    Staked s;
    REQUIRE(s.stake("sue", 1'000'000'000).ok());
    const auto bust = s.bust(300, "3200");
    REQUIRE(s.house.send("anyone", say::flag(bust)).ok());
    REQUIRE(s.house.house().staking.expected_deficits == money("900"));
    REQUIRE(s.stake("bust", 1'000'000'000).ok());
    s.house.deposit(bust, "uusdc", 5'000'000'000);
    REQUIRE(s.house.house().staking.expected_deficits == money("0"));
    CHECK(amount_of(s.shares("bust", "worth")) <= raw("1000"));
    CHECK(amount_of(s.shares("sue", "worth")) >= raw("999.999999"));
}

TEST_CASE("staking: shares that have waited are fetched within a day or staked again")
{
    Staked s;
    REQUIRE(s.stake("sue", 1'000'000'000).ok());
    REQUIRE(s.unstake_all("sue").ok());
    CHECK(s.shares("sue", "claimable_at") == std::to_string(s.house.now + UNBONDING));
    CHECK(s.shares("sue", "claimable_until") == std::to_string(s.house.now + UNBONDING + DAY));
    s.house.wait(UNBONDING + DAY - 1);
    CHECK(s.shares("sue") == "0");
    s.house.wait(1);
    CHECK(s.shares("sue") != "0");
    CHECK(s.shares("sue", "unbonding") == "0");
    CHECK(s.claim("sue").error == Error::still_unbonding);
    // Nothing is lost: they leave after another wait.
    REQUIRE(s.unstake_all("sue").ok());
    s.house.wait(UNBONDING);
    CHECK(s.claim("sue").ok());
}

TEST_CASE("staking: when all is lost a new epoch begins, and old shares are worth nothing")
{
    Staked s;
    REQUIRE(s.stake("sue", 50'000'000).ok());
    const auto bust = s.bust(300, "2500");
    REQUIRE(s.house.send("anyone", say::flag(bust)).ok());
    CHECK(s.stake("tom", 1'000'000).error == Error::staking_closed);
    s.house.wait(FAST + SLOW);
    s.house.refresh();
    REQUIRE(s.house.send("anyone", say::resolve(bust)).ok());
    REQUIRE(s.house.house().insurance.open_deficit.is_positive());
    // Until somebody bears it the shares sleep.
    CHECK(s.house.house().staking.epoch == 0);
    CHECK(s.shares("sue", "worth") == "0");
    CHECK(s.stake("tom", 1'000'000).error == Error::staking_closed);
    REQUIRE(s.house.send("anyone", say::cover_deficit()).ok());
    CHECK(s.house.house().staking.epoch == 1);
    CHECK(s.shares("sue") == "0");
    s.house.fund_insurance(1'000);
    REQUIRE(s.stake("tom", 1'000'000'000).ok());
    CHECK(amount_of(s.shares("tom", "worth")) > raw("999.999"));
    CHECK(s.house.send("sue", say::unstake("1")).error == Error::insufficient_balance);
}

TEST_CASE("staking: what repays a deficit before suppliers bear it wakes the shares")
{
    Staked s;
    REQUIRE(s.stake("sue", 50'000'000).ok());
    const auto bust = s.bust(300, "2500");
    REQUIRE(s.house.send("anyone", say::flag(bust)).ok());
    s.house.wait(FAST + SLOW);
    s.house.refresh();
    REQUIRE(s.house.send("anyone", say::resolve(bust)).ok());
    REQUIRE(s.house.house().insurance.open_deficit.is_positive());
    s.house.fund_insurance(1'000);
    CHECK(s.house.house().staking.epoch == 0);
    CHECK(amount_of(s.shares("sue", "worth")) > raw("800"));
}

TEST_CASE("staking: after a loss that took exactly all of it nobody gets all shares for a trifle")
{
    Staked s;
    REQUIRE(s.stake("sue", 100'000'000'000).ok());
    // The insurance pays all it has, and deleveraging the rest.
    const auto x = s.house.trader("x", 300'000);
    const auto y = s.house.trader("y", 900'000);
    REQUIRE(s.house.fill(0, x, y, "1000", "2000").ok());
    s.house.price(0, "1598");
    REQUIRE(s.house.send("anyone", say::flag(x)).ok());
    s.house.wait(FAST + SLOW);
    s.house.refresh();
    REQUIRE(s.house.send("anyone", say::resolve(x)).ok());
    REQUIRE(s.house.house().insurance.balance.is_zero());
    REQUIRE(s.house.house().insurance.open_deficit.is_zero());
    CHECK(s.house.house().staking.epoch == 1);
    REQUIRE(s.house.send("eve", say::fund_insurance(), {{"uusdc", 1}}).ok());
    for (const num::i128 tokens : {20'000'000, 10'000'000, 9'999'998, 1'000'000})
        static_cast<void>(s.stake("eve", tokens));
    REQUIRE(s.stake("bob", 100'000'000'000).ok());
    s.house.fund_insurance(50'000);
    CHECK(amount_of(s.shares("bob", "worth")) > raw("149900"));
    CHECK(amount_of(s.shares("eve", "worth")) < raw("100"));
}
