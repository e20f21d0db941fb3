// plimsoll: tests/contract/pagination_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Every query that lists something without a small bound answers in pages, and pages of any
// lengths together are the one long page.
#include "contract/message.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <rapidcheck/catch.h>
#include <set>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

using Json = nlohmann::json;

struct Listing
{
    std::string query;
    std::string list;  ///< The field of the answer that is listed.
    unsigned limit_max;
    unsigned found;  ///< How many entries the house below has.
    Json body = Json::object();
};

/// Two dozen accounts of three owners, some of them below maintenance, markets, pairs and proposals.
struct FullHouse
{
    Clearinghouse house;

    FullHouse()
    {
        for (std::uint64_t id = 2; id < 6; ++id) {
            say::Underlying underlying;
            underlying.underlying = id;
            underlying.symbol = "U" + std::to_string(id);
            must("gov", say::set_underlying(underlying));
        }
        std::vector<say::Pair> pairs;
        for (std::uint64_t b = 1; b < 6; ++b)
            for (std::uint64_t a = 0; a < b; ++a)
                pairs.push_back({a, b, "0.5", std::nullopt});
        must("gov", say::set_correlation("0.3", "0.5", pairs));
        for (std::uint64_t id = 2; id < 9; ++id) {
            say::Market market;
            market.market = id;
            market.symbol = "M" + std::to_string(id);
            must("gov", say::set_market(market));
        }
        const auto maker = house.trader("maker", 1'000'000);
        for (int i = 0; i < 23; ++i) {
            const auto id = house.trader(OWNERS[i % 3], 300);
            if (i % 4 != 3)
                REQUIRE(house.fill(0, id, maker, "1", "2000").ok());
        }
        must("gov", say::set_timelock(DAY));
        for (int i = 0; i < 7; ++i)
            must("gov", say::propose(say::set_pause(0, house.now + 60)));
        must("gov", say::cancel_proposal(3));
        house.price(0, "1780");
    }

    void must(const char* who, const std::string& message)
    {
        const Reply reply = house.send(who, message);
        INFO(message << " " << name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
    }

    Json page(const Listing& listing, const Json& cursor, unsigned limit)
    {
        Json body = listing.body;
        body["cursor"] = cursor;
        body["limit"] = limit;
        const Reply reply = house.ask(Json{{listing.query, body}}.dump());
        INFO(listing.query << " " << name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
        return Json::parse(reply.data);
    }

    std::vector<Listing> listings() const
    {
        say::Underlying stricter;
        stricter.initial_fraction = "0.2";
        const Json message = Json::parse(say::set_underlying(stricter));
        return {{"liquidatable", "accounts", contract::LIQUIDATABLE_LIMIT_MAX, 18},
            {"accounts", "accounts", contract::ACCOUNTS_LIMIT_MAX, 8, {{"owner", OWNERS[0]}}},
            {"markets", "markets", contract::MARKETS_LIMIT_MAX, 9},
            {"correlation", "pairs", contract::PAIRS_LIMIT_MAX, 15},
            {"proposals", "proposals", 100, 6},
            {"dry_run", "accounts", 50, 0, {{"message", message}}}};
    }

    static constexpr const char* OWNERS[3] = {"alice", "bob", "carol"};
};

}  // namespace

TEST_CASE("pagination: pages of any lengths, one after the other, are the one page of all")
{
    FullHouse full;
    full.house.audited = false;
    for (const Listing& listing : full.listings()) {
        const Json whole = full.page(listing, 0, listing.limit_max);
        INFO(listing.query << " " << whole.dump());
        REQUIRE(whole.at("next").is_null());
        if (listing.found != 0)
            REQUIRE(whole.at(listing.list).size() == listing.found);
        rc::prop(listing.query + " in pages of any lengths", [&] {
            Json entries = Json::array();
            Json cursor = 0;
            for (int pages = 0; !cursor.is_null(); ++pages) {
                RC_ASSERT(pages < 100);
                const auto limit = *rc::gen::inRange(1U, 9U);
                const Json page = full.page(listing, cursor, limit);
                RC_ASSERT(page.at(listing.list).size() <= limit);
                for (const Json& entry : page.at(listing.list))
                    entries.push_back(entry);
                // RC_ASSERT would look at both sides of an "or".
                const Json& next = page.at("next");
                const bool goes_on =
                    next.is_null() || next.get<unsigned>() > cursor.get<unsigned>();
                RC_ASSERT(goes_on);
                cursor = next;
            }
            RC_ASSERT(entries == whole.at(listing.list));
        });
    }
}

TEST_CASE("pagination: a cursor beyond the end answers with an empty last page")
{
    FullHouse full;
    for (const Listing& listing : full.listings()) {
        const Json page = full.page(listing, 900, 5);
        INFO(listing.query);
        CHECK(page.at(listing.list).empty());
        CHECK(page.at("next").is_null());
    }
}

TEST_CASE("pagination: no page is longer than its bound")
{
    FullHouse full;
    for (const Listing& listing : full.listings())
        for (const unsigned limit : {0U, listing.limit_max + 1}) {
            Json body = listing.body;
            body["cursor"] = 0;
            body["limit"] = limit;
            INFO(listing.query << " " << limit);
            CHECK(full.house.ask(Json{{listing.query, body}}.dump()).error == Error::out_of_range);
        }
}

TEST_CASE("pagination: whatever takes a cursor is checked here")
{
    FullHouse full;
    std::set<std::string> known;
    for (const Listing& listing : full.listings())
        known.insert(listing.query);
    std::set<std::string> paged;
    for (const contract::json::Alternative& query :
        contract::json::ALTERNATIVES<contract::QueryMessage>)
        for (std::size_t i = 0; i < query.shape->size_max; ++i)
            if (query.shape->fields[i].name == "cursor")
                paged.insert(std::string(query.name));
    CHECK(known == paged);
}

TEST_CASE("accounts: those of one owner, by number, and of nobody none")
{
    Clearinghouse house;
    const auto first = house.trader("alice", 10);
    const auto second = house.trader("bob", 10);
    const auto third = house.trader("alice", 0);
    const auto ask = [&](const char* owner) {
        return house
            .ask(std::string(R"({"accounts":{"owner":")") + owner + R"(","cursor":0,"limit":100}})")
            .at("/accounts");
    };
    CHECK(ask("alice") == "[" + std::to_string(first) + "," + std::to_string(third) + "]");
    CHECK(ask("bob") == "[" + std::to_string(second) + "]");
    CHECK(ask("carol") == "[]");
}
