// plimsoll: tests/contract/timelock_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Governance waits: what it may say at once, what it proposes, and what a stolen key
// of it can do (S11b of the incidents).
#include "contract/json/reader.hpp"
#include "contract/json/writer.hpp"
#include "contract/message.hpp"
#include "tests/contract/json/samples.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;
using contract::ExecuteMessage;
using contract::GovernanceMessage;

namespace {

constexpr std::uint64_t HOUR = 3'600;

/// Who may send a message. Every message of ExecuteMessage stands here once: a new one does not compile
/// until somebody has said whose it is.
enum class Whose
{
    anybody,
    owner,
    venue,
    publisher,
    token,  ///< The contract of a listed CW20 token.
    guardian,
    governance,  ///< Only by a proposal while there is a timelock.
    governor,  ///< Governance, at once: it changes no parameter, or only within a bound and while it must.
};

template <class Message>
struct Sender;
#define PLIMSOLL_SENDER(Message, whose)              \
    template <>                                      \
    struct Sender<contract::message::Message>        \
    {                                                \
        static constexpr Whose WHOSE = Whose::whose; \
    };
PLIMSOLL_SENDER(OpenAccount, anybody)
PLIMSOLL_SENDER(Deposit, owner)
PLIMSOLL_SENDER(Withdraw, owner)
PLIMSOLL_SENDER(Transfer, owner)
PLIMSOLL_SENDER(Delegate, owner)
PLIMSOLL_SENDER(RevokeDelegate, owner)
PLIMSOLL_SENDER(SetMode, owner)
PLIMSOLL_SENDER(SettleFills, venue)
PLIMSOLL_SENDER(ReportOrders, venue)
PLIMSOLL_SENDER(PushPrices, publisher)
PLIMSOLL_SENDER(Flag, anybody)
PLIMSOLL_SENDER(Liquidate, owner)
PLIMSOLL_SENDER(LiquidateCollateral, owner)
PLIMSOLL_SENDER(LiquidateSlice, owner)
PLIMSOLL_SENDER(Resolve, anybody)
PLIMSOLL_SENDER(Touch, anybody)
PLIMSOLL_SENDER(Accrue, anybody)
PLIMSOLL_SENDER(FundInsurance, anybody)
PLIMSOLL_SENDER(BuyInventory, owner)
PLIMSOLL_SENDER(Observe, anybody)
PLIMSOLL_SENDER(Batch, anybody)
PLIMSOLL_SENDER(AcceptRole, anybody)
PLIMSOLL_SENDER(SetPause, guardian)
PLIMSOLL_SENDER(SetReduceOnly, guardian)
PLIMSOLL_SENDER(PullPrices, anybody)
PLIMSOLL_SENDER(SettleMarket, anybody)
PLIMSOLL_SENDER(SetFeed, governance)
PLIMSOLL_SENDER(SetCash, governance)
PLIMSOLL_SENDER(Settle, anybody)
PLIMSOLL_SENDER(Claim, anybody)
PLIMSOLL_SENDER(CoverDeficit, anybody)
PLIMSOLL_SENDER(StakeInsurance, anybody)
PLIMSOLL_SENDER(UnstakeInsurance, anybody)
PLIMSOLL_SENDER(ClaimUnstaked, anybody)
PLIMSOLL_SENDER(WindDown, governance)
PLIMSOLL_SENDER(SetSettlement, governance)
PLIMSOLL_SENDER(SetSettlementPrice, governor)
PLIMSOLL_SENDER(SetRole, governance)
PLIMSOLL_SENDER(SetAsset, governance)
PLIMSOLL_SENDER(SetUnderlying, governance)
PLIMSOLL_SENDER(SetPortfolioRisk, governance)
PLIMSOLL_SENDER(SetCorrelation, governance)
PLIMSOLL_SENDER(SetMarket, governance)
PLIMSOLL_SENDER(SetParams, governance)
PLIMSOLL_SENDER(SetObservation, governance)
PLIMSOLL_SENDER(SetTimelock, governance)
PLIMSOLL_SENDER(Propose, governor)
PLIMSOLL_SENDER(ExecuteProposal, governor)
PLIMSOLL_SENDER(CancelProposal, governor)
PLIMSOLL_SENDER(Receive, token)
#undef PLIMSOLL_SENDER

template <class Message, class Variant>
struct Stands;
template <class Message, class... Ts>
struct Stands<Message, std::variant<Ts...>>
{
    static constexpr bool VALUE = (std::is_same_v<Message, Ts> || ...);
};

/// What governance sets can be proposed, whether it has to be or not, and nothing that others say, but for the
/// guardian's stops.
template <class... Ts>
constexpr bool all_are_proposable(const std::variant<Ts...>*)
{
    return (((Sender<Ts>::WHOSE == Whose::governance ||
                 std::is_same_v<Ts, contract::message::SetPause> ||
                 std::is_same_v<Ts, contract::message::SetSettlementPrice>) ==
                Stands<Ts, GovernanceMessage>::VALUE) &&
            ...);
}
static_assert(all_are_proposable(static_cast<const ExecuteMessage*>(nullptr)));

/// The deepest nesting of a message.
constexpr unsigned depth_of(const contract::json::Shape& shape)
{
    using contract::json::Kind;
    if (shape.kind == Kind::optional)
        return depth_of(*shape.inner);
    if (shape.kind == Kind::list)
        return 1 + depth_of(*shape.inner);
    if (shape.kind != Kind::object)
        return 0;
    unsigned deepest = 0;
    for (std::size_t i = 0; i < shape.size_max; ++i)
        deepest = std::max(deepest, depth_of(*shape.fields[i].shape));
    return 1 + deepest;
}

/// A sample of every message, as the house would be told it; the parameters are not good ones.
std::string sample_of(std::size_t index)
{
    const std::string name(contract::json::ALTERNATIVES<ExecuteMessage>.at(index).name);
    for (const std::string_view sample : EXECUTE_SAMPLES)
        if (sample.rfind("{\"" + name + "\"", 0) == 0)
            return std::string(sample);
    FAIL("no sample of " << name);
    return {};
}

std::vector<Whose> senders()
{
    std::vector<Whose> all;
    const auto add = [&]<class... Ts>(
                         const std::variant<Ts...>*) { (all.push_back(Sender<Ts>::WHOSE), ...); };
    add(static_cast<const ExecuteMessage*>(nullptr));
    return all;
}

/// A house whose governance waits a day.
struct Waiting
{
    Waiting() { REQUIRE(house.send("gov", say::set_timelock(DAY)).ok()); }

    std::uint64_t propose(const std::string& message)
    {
        const Reply reply = house.send("gov", say::propose(message));
        INFO(name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
        return std::stoull(reply.event("proposed", "id"));
    }
    Error execute(std::uint64_t id) { return house.send("gov", say::execute_proposal(id)).error; }

    Clearinghouse house;
};

std::string band(const std::string& width)
{
    say::Market market;
    market.fill_band = width;
    return say::set_market(market);
}

}  // namespace

TEST_CASE("timelock: a stolen key of governance changes nothing before the timelock has passed")
{
    Waiting w;
    w.house.trader("alice", 1'000);
    const MemoryHost::Records before = w.house.host.records;
    const std::vector<Whose> whose = senders();
    std::size_t held = 0;
    for (std::size_t i = 0; i < whose.size(); ++i) {
        const std::string text = sample_of(i);
        INFO(text);
        if (whose[i] == Whose::governance && text.rfind(R"({"set_timelock")", 0) != 0) {
            CHECK(w.house.send("gov", text).error == Error::timelocked);
            ++held;
        }
        if (whose[i] == Whose::guardian || whose[i] == Whose::venue ||
            whose[i] == Whose::publisher || whose[i] == Whose::token)
            CHECK(w.house.send("gov", text).error == Error::unauthorized);
        if (whose[i] == Whose::owner)
            CHECK_FALSE(w.house.send("gov", text, {{"uusdc", 1}}).ok());
    }
    // All but the two stops of time, and the price of a settlement that has failed.
    CHECK(held == std::variant_size_v<GovernanceMessage> - 3);
    CHECK(w.house.send("gov", say::set_timelock(0)).error == Error::timelocked);
    CHECK(w.house.send("gov", say::set_timelock(DAY - 1)).error == Error::timelocked);
    CHECK(w.house.send("gov", say::set_timelock(DAY, 3 * DAY)).error == Error::timelocked);
    CHECK(w.house.send("gov", say::set_timelock(DAY, 7 * DAY, 2 * DAY)).error == Error::timelocked);
    CHECK(w.house.host.records == before);

    // All at once, and as often as it likes: nothing of it is due for a day, and the guardian undoes it.
    std::vector<std::uint64_t> ids;
    for (const std::string& message :
        {say::set_role("thief", 15), say::set_timelock(0), band("0.5")})
        ids.push_back(w.propose(message));
    w.house.wait(DAY - 1);
    for (const std::uint64_t id : ids)
        CHECK(w.execute(id) == Error::too_early);
    for (const std::uint64_t id : ids)
        CHECK(w.house.send("guardian", say::cancel_proposal(id)).ok());
    w.house.wait(DAY);
    for (const std::uint64_t id : ids)
        CHECK(w.execute(id) == Error::no_such_proposal);
    MemoryHost::Records after = w.house.host.records;
    for (const auto& [key, value] : before)
        if (key != contract::counters_key() && key != contract::config_key()) {
            INFO(key);
            CHECK(after.at(key) == value);
        }
}

TEST_CASE("timelock: what was proposed is executed once, when it is due and not too late")
{
    Waiting w;
    const std::uint64_t id = w.propose(band("0.04"));
    CHECK(id == 1);
    CHECK(w.house.market(0).market.params.fill_band == ratio("0.05"));
    w.house.wait(DAY - 1);
    CHECK(w.execute(id) == Error::too_early);
    w.house.wait(1);
    for (const std::string sender : {"guardian", "venue", "mallory"})
        CHECK(w.house.send(sender, say::execute_proposal(id)).error == Error::unauthorized);
    const Reply done = w.house.send("gov", say::execute_proposal(id));
    REQUIRE(done.ok());
    CHECK(done.event("proposal_executed", "id") == "1");
    CHECK(done.events_of("market_set") == 1);
    CHECK(w.house.market(0).market.params.fill_band == ratio("0.04"));
    CHECK(w.execute(id) == Error::no_such_proposal);
    CHECK(w.execute(2) == Error::no_such_proposal);

    const std::uint64_t late = w.propose(band("0.03"));
    CHECK(late == 2);
    w.house.wait(15 * DAY);
    CHECK(w.execute(late) == Error::proposal_expired);
    const std::uint64_t last = w.propose(band("0.03"));
    w.house.wait(15 * DAY - 1);
    CHECK(w.execute(last) == Error::ok);
}

TEST_CASE("timelock: a proposal that fails stays, and one that says nothing is not taken")
{
    Waiting w;
    say::Market unlisted;
    unlisted.market = 7;
    const std::uint64_t early = w.propose(say::set_market(unlisted));
    w.house.wait(DAY);
    CHECK(w.execute(early) == Error::id_not_next);
    const Reply query = w.house.ask(R"({"proposal":{"id":1}})");
    REQUIRE(query.ok());
    CHECK(query.at("/message/set_market/market") == "7");
    CHECK(query.at("/proposer") == "gov");

    CHECK(w.house.send("gov", say::propose(say::deposit(1))).error == Error::unknown_message);
    CHECK(w.house.send("gov", say::propose(say::propose(band("0.1")))).error ==
          Error::unknown_message);
    const Reply wrong = w.house.send("gov", say::propose(R"({"set_role":{"address":"dao"}})"));
    CHECK(wrong.error == Error::missing_field);
    CHECK(wrong.detail == "message: set_role.roles");
    CHECK(w.house.send("gov", R"({"propose":{"message":[]}})").error == Error::wrong_type);
    CHECK(w.house.send("gov", R"({"propose":{"message":{"set_role"}}})").error ==
          Error::malformed_json);
    CHECK(w.house
              .send("gov",
                  R"({"propose":{"message":{"set_role":)" + std::string(33'000, ' ') + R"({}}}})")
              .error == Error::out_of_range);
    CHECK(w.house.send("mallory", say::propose(band("0.1"))).error == Error::unauthorized);
    CHECK(w.house.send("guardian", say::propose(band("0.1"))).error == Error::unauthorized);
    CHECK(w.house.send("gov", say::propose(band("0.1")), {{"uusdc", 1}}).error ==
          Error::funds_not_accepted);
}

TEST_CASE("timelock: governance and guardian take proposals back, nobody else does")
{
    Waiting w;
    const std::uint64_t first = w.propose(band("0.04"));
    const std::uint64_t second = w.propose(band("0.03"));
    for (const std::string sender : {"venue", "publisher", "mallory"})
        CHECK(w.house.send(sender, say::cancel_proposal(first)).error == Error::unauthorized);
    const Reply page = w.house.ask(R"({"proposals":{"cursor":0,"limit":1}})");
    CHECK(page.at("/proposals/0/id") == "1");
    CHECK(page.at("/proposals/1/id") == "absent");
    CHECK(page.at("/next") == "2");
    CHECK(w.house.send("gov", say::cancel_proposal(first)).ok());
    CHECK(w.house.send("gov", say::cancel_proposal(first)).error == Error::no_such_proposal);
    const Reply rest = w.house.ask(R"({"proposals":{"cursor":0,"limit":100}})");
    CHECK(rest.at("/proposals/0/id") == "2");
    CHECK(rest.at("/next") == "null");
    CHECK(w.house.send("guardian", say::cancel_proposal(second)).ok());
    CHECK(w.house.ask(R"({"proposal":{"id":2}})").error == Error::no_such_proposal);
    // Its own removal too: or else a thief of governance's key would begin with that.
    const std::uint64_t removal = w.propose(say::set_role("guardian", 0));
    CHECK(w.house.send("guardian", say::cancel_proposal(removal)).ok());
}

TEST_CASE("timelock: it is raised at once and lowered only through itself")
{
    Waiting w;
    CHECK(w.house.send("gov", say::set_timelock(2 * DAY)).ok());
    CHECK(w.house.config().governance.timelock == seconds(2 * DAY));
    CHECK(w.house.send("mallory", say::set_timelock(3 * DAY)).error == Error::unauthorized);
    CHECK(w.house.send("gov", say::set_timelock(DAY)).error == Error::timelocked);
    const std::uint64_t id = w.propose(say::set_timelock(0));
    w.house.wait(2 * DAY - 1);
    CHECK(w.execute(id) == Error::too_early);
    w.house.wait(1);
    CHECK(w.execute(id) == Error::ok);
    CHECK(w.house.send("gov", band("0.04")).ok());
    // Without one, everything goes at once, proposals too.
    CHECK(w.execute(w.propose(band("0.03"))) == Error::ok);
}

TEST_CASE("timelock: its parameters keep their bounds")
{
    Clearinghouse house;
    const auto refused = [&](const std::string& json) {
        const Reply reply = house.send("gov", json);
        return std::string(name_of(reply.error)) + " " + reply.detail;
    };
    CHECK(refused(say::set_timelock(HOUR - 1)) == "parameter_bounds timelock_s");
    CHECK(refused(say::set_timelock(30 * DAY + 1)) == "parameter_bounds timelock_s");
    CHECK(refused(say::set_timelock(0, HOUR - 1)) == "parameter_bounds pause_max_s");
    CHECK(refused(say::set_timelock(0, HOUR, 30 * DAY + 1)) == "parameter_bounds pause_cool_s");
    CHECK(refused(say::set_timelock(0, 7 * DAY, DAY - 1)) == "parameters_disagree pause_cool_s");
    CHECK(house.send("gov", say::set_timelock(0, 7 * HOUR, HOUR)).ok());
    CHECK(house.send("gov", say::set_timelock(HOUR, 7 * HOUR, HOUR)).ok());
    CHECK(house.send("gov", say::set_timelock(30 * DAY, 7 * HOUR, HOUR)).ok());
}

TEST_CASE("timelock: every message fits into a proposal as deep as it is, and the largest too")
{
    const auto fits = []<class... Ts>(const std::variant<Ts...>*) {
        return ((depth_of(contract::json::SHAPE<Ts>) + 3 <= contract::json::DEPTH_MAX) && ...);
    };
    CHECK(fits(static_cast<const GovernanceMessage*>(nullptr)));
    Waiting w;
    contract::message::SetCorrelation correlation;
    while (!correlation.pairs.full())
        REQUIRE(correlation.pairs.push({UnderlyingId{65'535}, UnderlyingId{65'535},
            ratio("-0.123456789123456789"), ratio("0.123456789123456789")}));
    contract::message::SetPortfolioRisk risk;
    while (!risk.params.scenarios.full())
        REQUIRE(risk.params.scenarios.push({ratio("12.123456789123456789"), VolShock::skew_linear,
            ratio("0.123456789123456789")}));
    CHECK(w.propose(contract::json::encode_tagged(correlation)) == 1);
    CHECK(contract::json::encode_tagged(risk).size() <
          contract::GovernanceMessageTag::SIZE_MAX_BYTES);
}

TEST_CASE("timelock: a role of governance is offered first and held once it is accepted")
{
    Clearinghouse house;
    const Reply offered = house.send("gov", say::set_role("dao", 3));
    REQUIRE(offered.ok());
    CHECK(offered.event("role_set", "roles") == "2");
    CHECK(offered.event("role_offered", "roles") == "1");
    CHECK(house.send("dao", band("0.04")).error == Error::unauthorized);
    CHECK(house.ask(R"({"roles":{"address":"dao"}})").at("/offered") == "1");
    CHECK(house.send("mallory", say::accept_role()).error == Error::no_offer);
    CHECK(house.send("dao", say::accept_role(), {{"uusdc", 1}}).error == Error::funds_not_accepted);
    REQUIRE(house.send("dao", say::accept_role()).ok());
    CHECK(house.send("dao", say::accept_role()).error == Error::no_offer);
    CHECK(house.send("dao", band("0.04")).ok());
    CHECK(house.ask(R"({"roles":{"address":"dao"}})").at("/roles") == "3");

    // An offer is taken back by setting the role again without it.
    REQUIRE(house.send("gov", say::set_role("friend", 1)).ok());
    REQUIRE(house.send("gov", say::set_role("friend", 0)).ok());
    CHECK(house.send("friend", say::accept_role()).error == Error::no_offer);
}

TEST_CASE("timelock: the last holder of governance cannot lose it")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_role("dao", 1)).ok());
    CHECK(house.config().governors == 1);
    REQUIRE(house.send("dao", say::accept_role()).ok());
    CHECK(house.config().governors == 2);
    REQUIRE(house.send("dao", say::set_role("gov", 2)).ok());
    CHECK(house.config().governors == 1);
    CHECK(house.send("gov", band("0.04")).error == Error::unauthorized);
    CHECK(house.send("dao", say::set_role("dao", 0)).error == Error::parameters_disagree);

    // Each of two holders proposes to remove the other: the second finds itself the last.
    Waiting w;
    const std::uint64_t offer = w.propose(say::set_role("dao", 1));
    w.house.wait(DAY);
    REQUIRE(w.execute(offer) == Error::ok);
    REQUIRE(w.house.send("dao", say::accept_role()).ok());
    const std::uint64_t removes_dao = w.propose(say::set_role("dao", 0));
    const std::uint64_t removes_gov = w.propose(say::set_role("gov", 0));
    w.house.wait(DAY);
    CHECK(w.execute(removes_gov) == Error::parameters_disagree);
    CHECK(w.execute(removes_dao) == Error::ok);
    // A record that nobody has counted: the count alone holds the last one.
    contract::Config config = w.house.config();
    CHECK(config.governors == 1);
    contract::RoleRecord other;
    other.roles = 1;
    w.house.host.write(contract::role_key("old"), contract::encode(other));
    const std::uint64_t removes_old = w.propose(say::set_role("old", 0));
    w.house.wait(DAY);
    CHECK(w.execute(removes_old) == Error::last_governance);
}
