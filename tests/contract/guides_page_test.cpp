// plimsoll: tests/contract/guides_page_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. docs/keepers.md, docs/integrators.md and docs/setting-up.md: their words are words of messages,
// answers or errors, their messages do what they are there for, and the keeper's example is what happens.
#include "contract/message.hpp"
#include "contract/schema.hpp"
#include "tests/support/house.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
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

std::string page(const std::string& name)
{
    std::ifstream file(PLIMSOLL_SOURCE_DIR "/docs/" + name);
    REQUIRE(file.good());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Every word of lower-case letters, digits and underscores between backticks.
Names names_in(const std::string& text)
{
    static const std::regex CODE("`([^`\n]+)`");
    static const std::regex NAME("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
    Names names;
    for (std::sregex_iterator it(text.begin(), text.end(), CODE), end; it != end; ++it) {
        const std::string code = (*it)[1];
        if (!std::regex_match(code, NAME))
            continue;
        std::istringstream parts(code);
        for (std::string part; std::getline(parts, part, '.');)
            names.insert(part);
    }
    return names;
}

/// What the descriptions of the messages, the page of answers (which is tested) and the errors are called, and
/// the stages and other values that answers quote.
Names known_names()
{
    Names known = names_in(contract::reference_page());
    const std::string answers = page("answers.md");
    known.merge(names_in(answers));
    static const std::regex VALUE("`\"([a-z_]+)\"`");
    for (std::sregex_iterator it(answers.begin(), answers.end(), VALUE), end; it != end; ++it)
        known.insert((*it)[1]);
    for (std::uint16_t number = 1; number < 1'000; ++number)
        known.insert(std::string(name_of(static_cast<Error>(number))));
    known.insert("ok");
    known.insert("null");
    known.insert("token_info");  // a query of the CW20 standard
    return known;
}

std::vector<std::string> blocks_in(const std::string& text)
{
    std::vector<std::string> blocks;
    for (std::size_t at = text.find("```json\n"); at != std::string::npos;
        at = text.find("```json\n", at)) {
        at += 8;
        const std::size_t end = text.find("```", at);
        REQUIRE(end != std::string::npos);
        blocks.push_back(text.substr(at, end - at));
        at = end + 3;
    }
    return blocks;
}

Json event_of(const Reply& reply, const char* type)
{
    const contract::Event* event = reply.event(type);
    REQUIRE(event != nullptr);
    Json json = Json::object();
    for (const contract::Attribute& attribute : event->attributes)
        json[attribute.key] = attribute.value;
    return json;
}

}  // namespace

TEST_CASE(
    "guides: every name in docs/keepers.md, docs/integrators.md and docs/setting-up.md is one of a "
    "message, an answer or an error")
{
    const Names known = known_names();
    REQUIRE(known.count("no_such_word") == 0);
    for (const char* name : {"keepers.md", "integrators.md", "setting-up.md"}) {
        const Names used = names_in(page(name));
        CHECK(used.size() > 50);
        for (const std::string& word : used) {
            INFO(name << " says " << word);
            CHECK(known.count(word) == 1);
        }
    }
}

TEST_CASE("guides: every message in a block of docs/integrators.md decodes")
{
    const std::vector<std::string> blocks = blocks_in(page("integrators.md"));
    CHECK(blocks.size() >= 4);
    for (const std::string& block : blocks) {
        const auto execute = std::make_unique<contract::ExecuteMessage>();
        const auto query = std::make_unique<contract::QueryMessage>();
        const contract::json::Decoded as_execute = contract::decode_execute(block, *execute);
        const contract::json::Decoded as_query = contract::decode_query(block, *query);
        INFO(block << " " << as_execute.detail.view() << " " << as_query.detail.view());
        CHECK((as_execute || as_query));
    }
}

TEST_CASE("guides: the example of docs/keepers.md is what happens")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 500);
    const auto maker = house.trader("maker", 100'000);
    const auto keeper = house.trader("keeper", 10'000);
    REQUIRE(house.fill(0, alice, maker, "2", "2000").ok());
    house.price(0, "1790");
    const Json listed = Json::parse(house.ask(R"({"liquidatable":{"cursor":0,"limit":100}})").data);
    REQUIRE(house.send("keeper", say::flag(alice)).ok());
    house.wait(30);
    const Json preview =
        Json::parse(house.ask(R"({"preview_liquidation":{"account":1,"base_max":"100"}})").data);
    const Json message = {
        {"liquidate", {{"account", alice}, {"market", preview.at("market")}, {"buyer", keeper},
                          {"base_max", "100"}, {"worst_price", preview.at("price")},
                          {"nonce", preview.at("nonce")}, {"deadline", house.now + 30}}}};
    const Reply sold = house.send("keeper", message.dump());
    INFO(name_of(sold.error) << " " << sold.detail);
    REQUIRE(sold.ok());
    const Json event = event_of(sold, "position_liquidated");
    for (const char* field : {"base", "mark", "freed", "reward", "fee", "health_after"})
        CHECK(event.at(field) == preview.at(field));
    CHECK(house.send("keeper", message.dump()).error == Error::nonce_moved);

    const std::vector<std::string> blocks = blocks_in(page("keepers.md"));
    REQUIRE(blocks.size() == 5);
    const std::vector<Json> told = {listed, preview, message, event};
    for (std::size_t i = 0; i < told.size(); ++i) {
        INFO("block " << i << " would be " << told[i].dump());
        CHECK(Json::parse(blocks[i], nullptr, false) == told[i]);
    }
}

TEST_CASE("guides: the batch of docs/keepers.md has every message of a keeper, and all decode")
{
    const std::string block = blocks_in(page("keepers.md")).back();
    Names told;
    const Json batch = Json::parse(block);
    for (const Json& call : batch.at("batch").at("calls"))
        told.insert(call.begin().key());
    Names known;
    for (const contract::json::Alternative& message :
        contract::json::ALTERNATIVES<contract::KeeperMessage>)
        known.insert(std::string(message.name));
    CHECK(told == known);
    // One call that does not decode would refuse all of them.
    Clearinghouse house;
    const Reply reply = house.send("keeper", block);
    INFO(reply.detail);
    CHECK(reply.ok());
}

TEST_CASE("guides: the bodies of docs/setting-up.md are accepted, in their order")
{
    std::vector<std::string> blocks = blocks_in(page("setting-up.md"));
    REQUIRE(blocks.size() == 14);
    MemoryHost host;
    contract::Env env;
    env.time_s = START;
    env.sender = "deployer";
    const contract::Outcome created = contract::instantiate(host, env, blocks[0]);
    INFO(name_of(created.error) << " " << created.detail);
    CHECK(created.error == Error::ok);

    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_correlation("0.25", "0.6", {{0, 1, "0.85", {}}})).ok());
    Names sent;
    // The timelock comes last.
    std::rotate(blocks.begin() + 1, blocks.begin() + 2, blocks.end());
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        const std::string name = Json::parse(blocks[i]).begin().key();
        sent.insert(name);
        const bool staker = name.find("stake") != std::string::npos;
        if (name == "claim_unstaked")
            house.wait(7 * DAY);
        const Reply reply = house.send(staker ? "staker" : "gov", blocks[i],
            name == "stake" ? Coins{{"uusdc", 1'000'000'000}} : Coins{});
        INFO(blocks[i] << " " << name_of(reply.error) << " " << reply.detail);
        CHECK(reply.ok());
        if (name == "claim_unstaked" && reply.ok())
            CHECK(reply.transfers.size() == 1);
    }
    CHECK(sent == Names{"set_timelock", "set_settlement", "set_feed", "set_underlying",
                      "set_market", "set_observation", "set_portfolio_risk", "set_cash", "stake",
                      "unstake", "claim_unstaked"});
}
