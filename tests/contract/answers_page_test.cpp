// plimsoll: tests/contract/answers_page_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. docs/answers.md names every field of every answer and every attribute of every
// event, and nothing else; its examples are answers.
#include "contract/abandoned_sale.hpp"
#include "engine/solvency/side_index.hpp"
#include "tests/support/house.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

using Json = nlohmann::json;
using Names = std::set<std::string>;

std::string text_of_file(const std::filesystem::path& path)
{
    std::ifstream file(path);
    REQUIRE(file.good());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string quoted(const std::string& name)
{
    return "`" + name + "`";
}

bool holds(const std::string& text, const std::string& name)
{
    return text.find(quoted(name)) != std::string::npos;
}

/// What stands between backticks.
Names names_in(const std::string& text)
{
    static const std::regex PATTERN("`([a-z0-9_]+)`");
    Names names;
    for (std::sregex_iterator it(text.begin(), text.end(), PATTERN), end; it != end; ++it)
        names.insert((*it)[1]);
    return names;
}

class Page
{
public:
    Page()
    {
        std::istringstream text(text_of_file(PLIMSOLL_SOURCE_DIR "/docs/answers.md"));
        for (std::string line; std::getline(text, line);)
            m_lines.push_back(line);
    }
    /// The section whose heading names the query.
    [[nodiscard]] std::string section(const std::string& query) const
    {
        std::string found;
        bool inside = false;
        for (const std::string& line : m_lines) {
            if (line.rfind("#", 0) == 0)
                inside = line.rfind("### ", 0) == 0 && holds(line, query);
            if (inside)
                found += line + "\n";
        }
        INFO(query);
        REQUIRE_FALSE(found.empty());
        return found;
    }
    /// The table row of an event: a type may be called like a field of an answer.
    [[nodiscard]] std::string row(const std::string& type) const
    {
        bool inside = false;
        for (const std::string& line : m_lines) {
            inside = inside || line == "## Events";
            if (inside && line.rfind("| " + quoted(type) + " |", 0) == 0)
                return line;
        }
        FAIL("no row of event " << type);
        return {};
    }

private:
    std::vector<std::string> m_lines;
};

/// The first cells of a section's tables: the fields that it describes.
Names fields_in(const std::string& section)
{
    Names fields;
    std::istringstream text(section);
    for (std::string line; std::getline(text, line);)
        if (line.rfind("| `", 0) == 0)
            fields.merge(names_in(line.substr(0, line.find('|', 1))));
    return fields;
}

/// The JSON blocks of a section.
std::vector<Json> examples_in(const std::string& section)
{
    std::vector<Json> examples;
    const std::string fence = "```";
    for (std::size_t at = section.find("```json"); at != std::string::npos;
        at = section.find("```json", at)) {
        at += 7;
        const std::size_t end = section.find(fence, at);
        REQUIRE(end != std::string::npos);
        examples.push_back(Json::parse(section.substr(at, end - at)));
        at = end + fence.size();
    }
    return examples;
}

void gather(const Json& value, Names& names)
{
    if (value.is_object())
        for (const auto& [key, inner] : value.items()) {
            names.insert(key);
            gather(inner, names);
        }
    else if (value.is_array())
        for (const Json& inner : value)
            gather(inner, names);
}

/// What a story has shown: the keys of every query's answers, the attributes of every event.
struct Seen
{
    std::map<std::string, Names> answers;
    std::map<std::string, Names> events;
    std::map<std::string, Json> examples;

    const Reply& take(const Reply& reply)
    {
        INFO(name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
        note(reply.events);
        return reply;
    }
    void note(const std::vector<contract::Event>& announced)
    {
        for (const contract::Event& event : announced)
            for (const contract::Attribute& attribute : event.attributes)
                events[event.type].insert(attribute.key);
    }
    Json ask(Clearinghouse& house, const std::string& message)
    {
        const Reply reply = house.ask(message);
        INFO(message << " " << name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
        const Json answer = Json::parse(reply.data);
        gather(answer, answers[Json::parse(message).begin().key()]);
        return answer;
    }
    Json liquidatable(Clearinghouse& house)
    {
        return ask(house, R"({"liquidatable":{"cursor":0,"limit":100}})");
    }
    /// Every query that needs no unhealthy account.
    void look_around(Clearinghouse& house)
    {
        for (const std::string query :
            {"config", "markets", "correlation", "prices", "insurance", "state"})
            ask(house, say::ask(query, "", 0));
        for (const std::uint64_t id : {0U, 1U}) {
            ask(house, say::ask("asset", "asset", id));
            ask(house, say::ask("underlying", "underlying", id));
            ask(house, say::ask("market", "market", id));
            ask(house, say::ask("surface", "underlying", id));
        }
        ask(house, R"({"roles":{"address":"venue"}})");
        ask(house, R"({"accounts":{"owner":"alice","cursor":0,"limit":100}})");
        liquidatable(house);
    }
};

void govern(Seen& seen)
{
    MemoryHost fresh;
    contract::Env env;
    env.time_s = START;
    env.sender = "deployer";
    seen.note(contract::instantiate(fresh, env, say::instantiate()).events);
    seen.note(contract::migrate(fresh, env, "{}").events);
    // No sale fails its checks, so what is left of one that did is asked for by itself.
    Clearinghouse undone;
    undone.trader("alice", 1);
    contract::Outcome left;
    REQUIRE(contract::abandon_sale(undone.host, env, {}, AccountId{1}, left) == Error::ok);
    seen.note(left.events);

    Clearinghouse house;
    say::Underlying full;
    full.profit_cap = "1000";
    full.scaling = full.confidence = full.depeg = full.option = true;
    say::Asset ruled;
    ruled.pool_start = "5000";
    ruled.size_discount = "0.001";
    ruled.volatility_multiple = "3";
    ruled.horizon = DAY;
    ruled.volatility_cap = "0.5";
    say::PortfolioRisk wide;
    wide.widening_multiple = "3";
    say::Observation observation;
    observation.quote_feed = 2;
    say::Underlying dollar;
    dollar.underlying = 2;
    seen.take(house.send("gov", say::set_underlying(dollar)));
    house.price(2, "1");
    ruled.confidence = "0.6/0.5";
    for (const std::string& message : {say::set_role("publisher", 4), say::set_asset(ruled),
             say::set_underlying(full), say::set_market({}),
             say::set_market(say::option(2, START + DAY, "2000")), say::set_params({}),
             say::set_portfolio_risk(wide), say::set_correlation("0.3", "0.8", {{0, 1, "0.8", {}}}),
             say::set_observation(observation)})
        seen.take(house.send("gov", message));
    house.price(0, "2000");
    house.wait(600);
    seen.take(house.send("anyone", say::observe()));
    seen.ask(house, say::ask("observed", "underlying", 0));
    seen.take(house.surface(0, START + DAY));
    seen.ask(house, say::ask("portfolio_risk", "underlying", 0));
    seen.ask(house, say::ask("market", "market", 2));
    seen.take(house.send("guardian", say::set_pause(0)));
    seen.look_around(house);
}

/// Roles that are handed over, a timelock, and what is proposed.
void wait_for_governance(Seen& seen)
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 210);
    const auto bob = house.trader("bob", 1'000);
    say::Limits limits;
    limits.markets = {0};
    limits.notional_max = "10000";
    limits.fee_max = "0.001";
    limits.loss_max = "50";
    seen.take(house.send("alice", say::delegate(alice, "venue", limits)));
    say::Market market;
    market.maker_fee = "0.0001";
    market.taker_fee = "0.0002";
    seen.take(house.send("gov", say::set_market(market)));
    seen.take(house.fill(0, alice, bob, "1", "2000"));
    static_cast<void>(seen.ask(house, say::ask("account", "account", alice)));
    seen.take(house.send("gov", say::set_role("dao", 1)));
    static_cast<void>(seen.ask(house, R"({"roles":{"address":"dao"}})"));
    seen.take(house.send("dao", say::accept_role()));
    seen.take(house.send("gov", say::set_timelock(DAY)));
    seen.take(house.send("gov", say::propose(say::set_pause(2))));
    static_cast<void>(seen.ask(house, say::ask("proposal", "id", 1)));
    static_cast<void>(seen.ask(house, R"({"proposals":{"cursor":0,"limit":10}})"));
    say::Underlying stricter;
    stricter.initial_fraction = "0.2";
    static_cast<void>(seen.ask(house, say::dry_run(say::set_underlying(stricter))));
    // Governance turns an option's parameters into ones under which nobody can be valued: it cannot, so
    // the answer's error is told by the page alone.
    seen.answers["dry_run"].insert("error");
    house.wait(DAY);
    seen.take(house.send("gov", say::execute_proposal(1)));
    seen.take(house.send("gov", say::propose(say::set_pause(0))));
    seen.take(house.send("guardian", say::cancel_proposal(2)));
    const auto spare = house.trader("bob", 10);
    seen.take(house.send("bob", say::transfer(spare, bob, 0, "1000000")));
    seen.take(house.send("keeper", say::batch({say::accrue(0), say::flag(bob)})));
}

void open_and_close(Seen& seen)
{
    Clearinghouse house;
    seen.take(house.send("dora", say::open_account()));
    seen.take(house.send("dora", say::deposit(1), {{"uusdc", 5'000'000}}));
    seen.take(house.send("dora", say::delegate(1, "venue", START + DAY)));
    seen.take(house.send("dora", say::set_mode(1, "portfolio")));
    seen.take(house.send("dora", say::revoke_delegate(1, "venue")));
    seen.take(house.send("dora", say::withdraw(1, 0, "5000000")));
    seen.take(house.send("anyone", say::fund_insurance(), {{"uusdc", 7'000'000}}));
}

/// The account of the page's examples: number 1, long of two ether at 2000 on 50 of cash and 0.01 BTC.
void sell_a_position(Seen& seen)
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 50);
    const auto bob = house.trader("bob", 10'000);
    const auto keeper = house.trader("keeper", 10'000);
    house.deposit(alice, "sat", 1'000'000);
    seen.take(house.fill(0, alice, bob, "2", "2000"));
    house.wait(600);
    seen.take(house.send("publisher", say::push_premium(0, "10")));
    house.wait(2'880);
    seen.take(house.send("anyone", say::accrue(0)));
    house.refresh();
    seen.take(house.send("anyone", say::touch(alice)));
    seen.take(house.orders({{alice, 0, "0", "1"}}));
    house.price(0, "1780");
    CHECK(seen.liquidatable(house).at("/accounts/0/stage"_json_pointer) == "unflagged");
    seen.take(house.send("anyone", say::flag(alice)));
    house.wait(150);
    house.refresh();
    seen.look_around(house);
    seen.examples["account"] = seen.ask(house, say::ask("account", "account", alice));
    seen.examples["health"] = seen.ask(house, say::ask("health", "account", alice));
    seen.examples["what_if"] = seen.ask(house, say::ask("what_if", "account", alice));
    seen.examples["liquidatable"] = seen.liquidatable(house);
    const Json preview = seen.ask(house, say::preview(alice, 0, "2"));
    seen.examples["preview_liquidation"] = preview;
    say::Guards guards;
    guards.worst_price = preview.at("price").get<std::string>();
    seen.take(house.send("keeper", say::liquidate(alice, 0, keeper, "2", guards)));
}

void sell_collateral(Seen& seen)
{
    Clearinghouse house;
    const auto carol = house.trader("carol", 0);
    const auto bob = house.trader("bob", 100'000);
    const auto keeper = house.trader("keeper", 100'000);
    house.deposit(carol, "aeth", 1'000'000'000'000'000'000);
    seen.take(house.fill(1, carol, bob, "0.02", "50000"));
    house.price(1, "30000");
    seen.take(house.fill(1, keeper, carol, "0.02", "30000"));
    house.price(0, "440");
    seen.take(house.send("keeper",
        say::liquidate_collateral(carol, 1, keeper, "1000000000000000000", {"440", {}, {}})));
}

/// The page's example: account 1, three calls written on one ether of collateral.
void sell_a_slice(Seen& seen)
{
    constexpr std::uint64_t EXPIRY = START + 30 * DAY;
    Clearinghouse house;
    const auto alice = house.trader("alice", 200);
    const auto bob = house.trader("bob", 100'000);
    const auto keeper = house.trader("keeper", 100'000);
    house.allow_options(0);
    house.allow_portfolio(0);
    say::Asset ether;
    ether.risk_cancelling = true;
    seen.take(house.send("gov", say::set_asset(ether)));
    seen.take(house.send("gov", say::set_market(say::option(2, EXPIRY, "2000"))));
    seen.take(house.surface(0, EXPIRY));
    seen.take(house.send("alice", say::set_mode(alice, "portfolio")));
    house.deposit(alice, "aeth", 1'000'000'000'000'000'000);
    seen.take(house.fill(2, bob, alice, "3", "100"));
    house.price(0, "2700");
    seen.take(house.surface(0, EXPIRY, "2700"));
    seen.take(house.send("anyone", say::flag(alice)));
    house.wait(45);
    house.refresh();
    static_cast<void>(seen.ask(house, R"({"what_if":{"account":1,"liquidation_prices":true}})"));
    const Json preview = seen.ask(house, say::preview_slice(alice, "1"));
    seen.examples["preview_slice"] = preview;
    say::SliceGuards guards;
    guards.pay_max = preview.at("pays").get<std::string>();
    seen.take(house.send("keeper", say::liquidate_slice(alice, keeper, "1", guards)));
}

void share_a_loss(Seen& seen)
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 250);
    const auto bob = house.trader("bob", 10'000);
    const auto dave = house.trader("dave", 10'000);
    seen.take(house.fill(0, alice, bob, "1", "2000"));
    seen.take(house.fill(0, dave, bob, "0.75", "2000"));
    house.price(0, "1500");
    seen.take(house.send("anyone", say::resolve(alice)));
    seen.look_around(house);
}

void sell_inventory(Seen& seen)
{
    Clearinghouse house;
    const auto erin = house.trader("erin", 0);
    const auto bob = house.trader("bob", 10'000);
    const auto buyer = house.trader("buyer", 1'000);
    house.deposit(erin, "sat", 1'000'000);
    seen.take(house.fill(0, erin, bob, "2", "2000"));
    house.price(0, "1740");
    seen.take(house.send("anyone", say::resolve(erin)));
    seen.look_around(house);
    seen.take(house.send("buyer", say::buy_inventory(2, buyer, "250000", "48000")));
}

/// A perpetual is wound down; a future expires without a price.
void settle_everything(Seen& seen)
{
    constexpr std::uint64_t EXPIRY = START + DAY;
    Clearinghouse house;
    seen.take(house.send("gov", say::set_settlement({})));
    seen.take(house.send("gov", say::set_market(say::future(2, EXPIRY))));
    seen.take(house.send("guardian", say::set_reduce_only(0)));
    seen.take(house.send("gov", say::wind_down(0)));
    seen.look_around(house);
    house.now = EXPIRY;
    seen.ask(house, say::ask_settlement(0, EXPIRY));
    seen.take(house.send("gov", say::set_settlement_price(0, EXPIRY, "2100")));
    seen.take(house.send("anyone", say::settle_market(2)));
    seen.take(house.send("anyone", say::settle_market(0)));
    seen.look_around(house);
}

/// A price that jumps and is confirmed, one that jumps after it, and a halt of the chain.
void hold_back(Seen& seen)
{
    Clearinghouse house;
    say::Params params;
    params.longest_block = 5;
    params.gap_min = 60;
    params.grace_max = 600;
    seen.take(house.send("gov", say::set_params(params)));
    say::Observation stable;
    stable.volatility = stable.correlation = false;
    seen.take(house.send("gov", say::set_observation(stable)));
    seen.take(house.send("gov", say::set_role("feeder", 4)));
    say::Feed feed;
    feed.publishers = {"feeder"};
    feed.quorum = 1;
    feed.report_max_age = 60;
    feed.jump_max = "5";
    feed.jump_wait = 300;
    feed.pyth = "pythcontract";
    seen.take(house.send("gov", say::set_feed(feed)));
    for (const std::string price : {"20000", "20000", "200000"}) {
        house.wait(300);
        seen.take(house.send("feeder", say::push_price(0, price, house.now)));
    }
    house.halt(7'200);
    for (const std::uint64_t underlying : {0U, 1U})
        static_cast<void>(seen.ask(house, say::ask("feed", "underlying", underlying)));
    static_cast<void>(seen.ask(house, say::ask("prices", "", 0)));
}

/// A market whose indexes are at the end of their room takes no more funding.
void run_out_of_room(Seen& seen)
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 1'000);
    house.wait(600);
    seen.take(house.send("publisher", say::push_premium(0, "10")));
    house.refresh();
    seen.take(house.fill(0, alice, bob, "1", "2000"));
    contract::MarketRecord record = house.market(0);
    record.market.indexes.sides[0].k = -INDEX_K_SOFT_LIMIT;
    record.market.indexes.sides[1].k = INDEX_K_SOFT_LIMIT;
    house.host.write(contract::market_key(MarketId{0}), contract::encode(record));
    house.audited = false;  // The record above is of no story that could happen in a test's time.
    house.wait(2'880);
    seen.take(house.send("anyone", say::accrue(0)));
}

/// Profit that becomes cash, a deficit that suppliers share behind the gate, and a stake.
void lend_and_stake(Seen& seen)
{
    constexpr std::uint64_t UNBONDING = 7 * DAY;
    Clearinghouse house;
    say::Cash cash;
    cash.gate = true;
    cash.absolute = "1";
    cash.relative = "0";
    cash.unbonding = UNBONDING;
    seen.take(house.send("gov", say::set_cash(cash)));
    const auto saver = house.trader("saver", 1'000);
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 1'000);
    const auto maker = house.trader("maker", 100'000);
    seen.take(house.fill(0, alice, bob, "1", "2000"));
    house.price(0, "2300");
    seen.take(house.fill(0, maker, alice, "1", "2300"));
    seen.ask(house, say::ask("account", "account", alice));
    seen.take(house.send("anyone", say::settle(bob, 0)));
    seen.take(house.send("anyone", say::claim(alice, 0)));
    // What the short owes beyond its cash, with no room in its market, is an open deficit.
    say::Market market;
    market.loss_cap = "0";
    seen.take(house.send("gov", say::set_market(market)));
    house.price(0, "3500");
    seen.take(house.send("anyone", say::resolve(bob)));
    seen.ask(house, R"({"cash":{}})");
    seen.take(house.send("saver", say::withdraw(saver, 0, "1")));
    house.fund_insurance(100);
    seen.take(house.send("anyone", say::cover_deficit()));
    seen.take(house.send("sue", say::stake(), {{"uusdc", 1'000'000}}));
    seen.take(house.send("sue", say::unstake("500000000000000000000000")));
    seen.ask(house, R"({"stake":{"address":"sue"}})");
    seen.look_around(house);
    house.wait(UNBONDING);
    seen.take(house.send("sue", say::claim_unstaked()));
}

Seen tell_everything()
{
    Seen seen;
    govern(seen);
    wait_for_governance(seen);
    open_and_close(seen);
    sell_a_position(seen);
    sell_collateral(seen);
    sell_a_slice(seen);
    share_a_loss(seen);
    sell_inventory(seen);
    run_out_of_room(seen);
    settle_everything(seen);
    hold_back(seen);
    lend_and_stake(seen);
    // The publisher's own announcement, which the helpers swallow.
    Clearinghouse house;
    house.wait(1);
    seen.take(house.send("publisher", say::push_price(0, "2001", house.now)));
    return seen;
}

/// The types of all events that the contract's text can announce.
Names announced_in_source()
{
    static const std::regex PATTERN("emit\\(\"([a-z_]+)\"\\)");
    Names types;
    for (const auto& entry :
        std::filesystem::recursive_directory_iterator(PLIMSOLL_SOURCE_DIR "/contract")) {
        if (entry.path().extension() != ".cpp")
            continue;
        const std::string text = text_of_file(entry.path());
        for (std::sregex_iterator it(text.begin(), text.end(), PATTERN), end; it != end; ++it)
            types.insert((*it)[1]);
    }
    return types;
}

}  // namespace

TEST_CASE("docs/answers.md names every field of every answer, and its examples are answers")
{
    const Page page;
    const Seen seen = tell_everything();
    CHECK(seen.answers.size() == 27);
    for (const auto& [query, keys] : seen.answers) {
        const std::string section = page.section(query);
        for (const std::string& key : keys) {
            INFO(query << " answers " << key);
            CHECK(holds(section, key));
        }
        // One section describes `market` and `markets`.
        Names known = keys;
        if (query == "market")
            known.merge(Names{"markets", "next"});
        for (const std::string& field : fields_in(section)) {
            INFO(query << " never answered " << field);
            CHECK(known.count(field) == 1);
        }
    }
    for (const auto& [query, answer] : seen.examples) {
        const std::vector<Json> examples = examples_in(page.section(query));
        INFO(query << ": " << answer.dump());
        REQUIRE(examples.size() == 1);
        CHECK(examples[0] == answer);
    }
}

TEST_CASE("docs/answers.md has a row with every attribute of every event")
{
    const Page page;
    const Seen seen = tell_everything();
    for (const std::string& type : announced_in_source()) {
        INFO(type);
        CHECK(seen.events.count(type) == 1);
    }
    for (const auto& [type, attributes] : seen.events) {
        const std::string row = page.row(type);
        for (const std::string& attribute : attributes) {
            INFO(type << " has " << attribute);
            // `seq` is an attribute of all events and described once.
            CHECK((attribute == "seq" || holds(row, attribute)));
        }
    }
}
