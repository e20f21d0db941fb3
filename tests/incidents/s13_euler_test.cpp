// plimsoll: tests/incidents/s13_euler_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S13, Euler, 13 March 2023.
//
// What happened: of all calls that lower an account's balance one, a donation to the reserves, did not look at health. With it an
// attacker made an account insolvent and bought it from itself at a discount for $197 million (cryptohawking.com,
// hexific.com, olympix.ai).
// What stops it here: every message that can lower what an account has is followed by the same rule on the account; gifts to the house
// come from a wallet and not from an account; an owner does not buy from itself, and no one gains more than share_max of the
// margin that is freed.
// Asserted: at compile time, that every message of ExecuteMessage has been judged: how it keeps the rule; at run
// time, for each of those that can lower an account's equity or raise its requirement, that an account at its very limit is refused.
#include "contract/json/reader.hpp"
#include "contract/message.hpp"
#include "tests/support/incident.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <type_traits>
#include <variant>

using namespace plimsoll;
using namespace plimsoll::test;
using contract::ExecuteMessage;

namespace {

/// How a message keeps the health of accounts.
enum class Keeps
{
    wallet,  ///< Tokens come from the sender's wallet: no account has less.
    initial,  ///< What it changes for the worse holds its initial margin afterwards (L5, M14), or is refused.
    equity,   ///< Moves money within an account: equity and maintenance health stay.
    remedy,   ///< The house's own stage, for accounts that are liquidatable.
    nothing,  ///< No account's balance, position or mode changes.
    terms,  ///< Prices and parameters: what accounts have stays, what it is worth and requires may not.
    each,  ///< Several messages of this table.
};

template <class Message>
struct Judged;
#define PLIMSOLL_JUDGED(Message, how)              \
    template <>                                    \
    struct Judged<contract::message::Message>      \
    {                                              \
        static constexpr Keeps KEEPS = Keeps::how; \
    };
PLIMSOLL_JUDGED(OpenAccount, nothing)
PLIMSOLL_JUDGED(Deposit, wallet)
PLIMSOLL_JUDGED(Receive, wallet)
PLIMSOLL_JUDGED(Withdraw, initial)
PLIMSOLL_JUDGED(Transfer, initial)
PLIMSOLL_JUDGED(Delegate, nothing)
PLIMSOLL_JUDGED(RevokeDelegate, nothing)
PLIMSOLL_JUDGED(SetMode, initial)
PLIMSOLL_JUDGED(SettleFills, initial)
PLIMSOLL_JUDGED(ReportOrders, initial)
PLIMSOLL_JUDGED(PushPrices, terms)
PLIMSOLL_JUDGED(PullPrices, terms)
PLIMSOLL_JUDGED(Flag, nothing)
PLIMSOLL_JUDGED(Liquidate, initial)
PLIMSOLL_JUDGED(LiquidateCollateral, initial)
PLIMSOLL_JUDGED(LiquidateSlice, initial)
PLIMSOLL_JUDGED(Resolve, remedy)
PLIMSOLL_JUDGED(Touch, equity)
PLIMSOLL_JUDGED(Settle, equity)
PLIMSOLL_JUDGED(Claim, equity)
PLIMSOLL_JUDGED(Accrue, terms)
PLIMSOLL_JUDGED(FundInsurance, wallet)
PLIMSOLL_JUDGED(StakeInsurance, wallet)
PLIMSOLL_JUDGED(UnstakeInsurance, nothing)
PLIMSOLL_JUDGED(ClaimUnstaked, nothing)
PLIMSOLL_JUDGED(CoverDeficit, terms)
PLIMSOLL_JUDGED(BuyInventory, initial)
PLIMSOLL_JUDGED(Observe, terms)
PLIMSOLL_JUDGED(SettleMarket, terms)
PLIMSOLL_JUDGED(Batch, each)
PLIMSOLL_JUDGED(AcceptRole, nothing)
PLIMSOLL_JUDGED(SetPause, nothing)
PLIMSOLL_JUDGED(SetReduceOnly, nothing)
PLIMSOLL_JUDGED(SetFeed, terms)
PLIMSOLL_JUDGED(WindDown, terms)
PLIMSOLL_JUDGED(SetSettlement, terms)
PLIMSOLL_JUDGED(SetSettlementPrice, terms)
PLIMSOLL_JUDGED(SetRole, nothing)
PLIMSOLL_JUDGED(SetAsset, terms)
PLIMSOLL_JUDGED(SetUnderlying, terms)
PLIMSOLL_JUDGED(SetPortfolioRisk, terms)
PLIMSOLL_JUDGED(SetCorrelation, terms)
PLIMSOLL_JUDGED(SetMarket, terms)
PLIMSOLL_JUDGED(SetParams, terms)
PLIMSOLL_JUDGED(SetObservation, terms)
PLIMSOLL_JUDGED(SetCash, terms)
PLIMSOLL_JUDGED(SetTimelock, nothing)
PLIMSOLL_JUDGED(Propose, nothing)
PLIMSOLL_JUDGED(ExecuteProposal, each)
PLIMSOLL_JUDGED(CancelProposal, nothing)
#undef PLIMSOLL_JUDGED

/// The names of the messages that are judged so. Does not compile while one has not been.
std::set<std::string> names(Keeps how)
{
    std::set<std::string> all;
    [&]<class... Ts>(const std::variant<Ts...>*) {
        ((Judged<Ts>::KEEPS == how ? void(all.insert(std::string(Ts::NAME))) : void()), ...);
    }(static_cast<const ExecuteMessage*>(nullptr));
    return all;
}

/// Alice has 200 of quote for a long of one ether at 2000: her initial health is exactly zero. Victor is liquidatable
/// with a position, Vera with a debt on bitcoin; the house has taken bitcoin over.
struct AtLimit
{
    Clearinghouse house;
    std::uint64_t alice = 0;
    std::uint64_t second = 0;
    std::uint64_t maker = 0;
    std::uint64_t victor = 0;
    std::uint64_t vera = 0;

    AtLimit()
    {
        must(house, say::set_cash({}));
        house.allow_portfolio(0);
        house.trader("saver", 1'000'000);
        maker = house.trader("maker", 1'000'000);
        house.fund_insurance(100'000);
        victor = house.trader("victor", 1'000);
        vera = house.trader("vera", 0);
        const auto past = house.trader("past", 0);
        for (const std::uint64_t debtor : {vera, past}) {
            house.deposit(debtor, "sat", 10'000'000);
            REQUIRE(house.send(house.owner(debtor), say::withdraw(debtor, 0, "4200000000")).ok());
        }
        REQUIRE(house.fill(1, maker, victor, "0.15", "50000").ok());
        // Nobody buys from Past: the house takes its bitcoin. The others fall ill later.
        house.price(1, "45000");
        REQUIRE(house.send("anyone", say::flag(past)).ok());
        house.wait(FAST + SLOW);
        house.refresh();
        REQUIRE(house.send("anyone", say::resolve(past)).ok());
        alice = house.trader("alice", 200);
        second = house.trader("alice", 0);
        REQUIRE(house.fill(0, alice, maker, "1", "2000").ok());
        REQUIRE(limit() == money("0"));
    }
    Money limit()
    {
        return money(house.ask(say::ask("health", "account", alice)).at("/initial/health"));
    }
    /// Victor, short of a bitcoin's part, is liquidatable at this price.
    void victor_fails()
    {
        house.price(1, "56700");
        REQUIRE(house.send("anyone", say::flag(victor)).ok());
    }
};

/// What each message must answer for an account at its limit that asks for a little more.
const std::map<std::string, std::function<Error(AtLimit&)>> REFUSALS = {
    {"withdraw",
        [](AtLimit& a) { return a.house.send("alice", say::withdraw(a.alice, 0, "1")).error; }},
    {"transfer",
        [](AtLimit& a) {
            return a.house.send("alice", say::transfer(a.alice, a.second, 0, "1")).error;
        }},
    {"set_mode",
        [](AtLimit& a) {
            return a.house.send("alice", say::set_mode(a.alice, "portfolio")).error;
        }},
    {"settle_fills",
        [](AtLimit& a) { return a.house.fill(0, a.alice, a.maker, "0.001", "2000").error; }},
    {"report_orders",
        [](AtLimit& a) { return a.house.orders({{a.alice, 0, "0.001", "0"}}).error; }},
    {"liquidate",
        [](AtLimit& a) {
            a.victor_fails();
            return a.house.send("alice", say::liquidate(a.victor, 1, a.alice, "0.01")).error;
        }},
    {"liquidate_collateral",
        [](AtLimit& a) {
            REQUIRE(a.house.send("anyone", say::flag(a.vera)).ok());
            return a.house.send("alice", say::liquidate_collateral(a.vera, 2, a.alice, "100000"))
                .error;
        }},
    {"liquidate_slice",
        [](AtLimit& a) {
            a.victor_fails();
            return a.house.send("alice", say::liquidate_slice(a.victor, a.alice, "0.1")).error;
        }},
    {"buy_inventory",
        [](AtLimit& a) {
            return a.house.send("alice", say::buy_inventory(2, a.alice, "10000")).error;
        }},
};

}  // namespace

TEST_CASE("S13: every message that can cost an account health refuses one at its limit")
{
    std::set<std::string> tried;
    for (const auto& [name, call] : REFUSALS) {
        AtLimit a;
        const Error error = call(a);
        INFO(name << ": " << name_of(error));
        CHECK((error == Error::below_initial_margin || error == Error::buyer_below_initial));
        tried.insert(name);
    }
    CHECK(tried == names(Keeps::initial));
}

TEST_CASE("S13: what moves money within an account leaves its equity and health as they are")
{
    std::set<std::string> tried;
    const auto check = [&](const std::string& name, const std::string& sender,
                           const std::function<std::string(AtLimit&)>& message,
                           std::uint64_t AtLimit::* whose) {
        AtLimit a;
        a.house.price(0, "2100");
        static_cast<void>(a.house.send("anyone", say::settle(a.maker, 0)));
        const Money equity = equity_of(a.house, a.*whose);
        const std::string health = a.house.health(a.*whose);
        const Reply reply = a.house.send(sender, message(a));
        INFO(name << ": " << name_of(reply.error) << " " << reply.detail);
        CHECK(reply.ok());
        CHECK(equity_of(a.house, a.*whose) == equity);
        CHECK(a.house.health(a.*whose) == health);
        tried.insert(name);
    };
    check("claim", "alice", [](AtLimit& a) { return say::claim(a.alice, 0); }, &AtLimit::alice);
    check("touch", "anyone", [](AtLimit& a) { return say::touch(a.alice); }, &AtLimit::alice);
    check(
        "settle", "anyone",
        [](AtLimit& a) {
            a.victor_fails();
            return say::settle(a.victor, 1);
        },
        &AtLimit::alice);
    CHECK(tried == names(Keeps::equity));
}

TEST_CASE("S13: gifts to the house come from a wallet, and no message names an account for them")
{
    AtLimit a;
    const Money before = equity_of(a.house, a.alice);
    CHECK(a.house.send("alice", say::fund_insurance()).error == Error::funds_missing);
    CHECK(
        a.house.send("alice", R"({"fund_insurance":{"account":1}})").error == Error::unknown_field);
    CHECK(a.house.send("alice", say::fund_insurance(), {{"uusdc", 1}}).ok());
    CHECK(equity_of(a.house, a.alice) == before);
    CHECK(names(Keeps::wallet) ==
          std::set<std::string>{"deposit", "fund_insurance", "receive", "stake"});
}

TEST_CASE("S13: an owner does not buy from itself, and the house's stage is for the sick alone")
{
    AtLimit a;
    CHECK(a.house.send("anyone", say::resolve(a.alice)).error == Error::not_liquidatable);
    a.house.deposit(a.second, "uusdc", 1'000'000'000);
    a.house.price(0, "1850");
    REQUIRE(a.house.send("anyone", say::flag(a.alice)).ok());
    CHECK(a.house.send("alice", say::liquidate(a.alice, 0, a.second, "1")).error ==
          Error::self_liquidation);
    CHECK(a.house.send("alice", say::liquidate_slice(a.alice, a.second, "1")).error ==
          Error::self_liquidation);
    CHECK(names(Keeps::remedy) == std::set<std::string>{"resolve"});
}
