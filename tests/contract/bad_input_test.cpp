// plimsoll: tests/contract/bad_input_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Bytes that no honest sender writes: any of them gives an Outcome, and an
// error leaves the records as they were (tests/support/house.hpp looks after every call).
#include "tests/support/house.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

class Mutator
{
public:
    explicit Mutator(std::uint64_t seed) : m_random(seed) {}

    std::uint64_t below(std::uint64_t limit) { return m_random() % limit; }

    std::string mutated(std::string text)
    {
        for (std::uint64_t rounds = below(4); rounds > 0; --rounds)
            change(text);
        return text;
    }

private:
    void change(std::string& text)
    {
        if (text.empty())
            text = "{}";
        const std::size_t at = below(text.size());
        switch (below(9)) {
        case 0:  // one bit
            text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << below(8)));
            return;
        case 1:  // cut
            text.resize(at);
            return;
        case 2: {  // a stretch twice
            const std::string piece = text.substr(at, 1 + below(40));
            text.insert(at, piece);
            return;
        }
        case 3:  // a stretch gone
            text.erase(at, 1 + below(10));
            return;
        case 4:  // any byte
            text.insert(
                text.begin() + static_cast<std::ptrdiff_t>(at), static_cast<char>(below(256)));
            return;
        case 5: {  // deep
            const std::size_t depth = 1 + below(200);
            text.insert(at, std::string(depth, below(2) == 0 ? '[' : '{'));
            return;
        }
        case 6:
        case 7:
            number(text);
            return;
        default:  // a word that means something
            text.insert(at, WORDS[below(WORDS.size())]);
            return;
        }
    }

    /// Another number in the place of one that stands there.
    void number(std::string& text)
    {
        std::size_t at = below(text.size());
        while (at < text.size() && (text[at] < '0' || text[at] > '9'))
            ++at;
        std::size_t end = at;
        while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') || text[end] == '.'))
            ++end;
        text.replace(at, end - at, NUMBERS[below(NUMBERS.size())]);
    }

    const std::vector<std::string> WORDS{"null", "true", "\"\"", ",", ":", "\"account\":1,",
        "{\"x\":1}", "\\u0000", "\xc3\xa9", "\n", "e9", "-", "\"deposit\""};
    const std::vector<std::string> NUMBERS{"0", "1", "-1", "00", "1e9", "255", "65535", "65536",
        "4294967296", "18446744073709551615", "18446744073709551616",
        "170141183460469231731687303715884105727", "170141183460469231731687303715884105728",
        "-170141183460469231731687303715884105728", "0.000000000000000001", "0.0000000000000000001",
        "100000000", "10000000000", "1000000000000000000",
        "999999999999999999999999999999999999999999999999999999999999", "1.", ".5", "2000", "3"};

    std::mt19937_64 m_random;
};

/// A house in the middle of its life: positions, debts, a flagged account, inventory.
struct Busy
{
    Clearinghouse house;

    Busy()
    {
        const auto alice = house.trader("alice", 250);
        const auto bob = house.trader("bob", 100'000);
        const auto carol = house.trader("carol", 0);
        house.deposit(carol, "aeth", 1'000'000'000'000'000'000);
        house.deposit(bob, "sat", 100'000'000);
        const auto keeper = house.trader("keeper", 100'000);
        house.fund_insurance(100);
        REQUIRE(house.fill(1, carol, bob, "0.02", "50000").ok());
        house.price(1, "30000");
        REQUIRE(house.fill(1, keeper, carol, "0.02", "30000").ok());
        REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
        house.price(0, "1830");
        REQUIRE(house.send("keeper", say::flag(alice)).ok());
        house.wait(1);
    }
};

struct Spoken
{
    std::string sender;
    std::string json;
};

std::vector<Spoken> messages(const Clearinghouse& house)
{
    say::Surface surface;
    surface.expiry = house.now + DAY;
    surface.publish_time = house.now;
    return {{"alice", say::open_account("portfolio")}, {"alice", say::set_mode(1, "portfolio")},
        {"venue", say::report_orders(house.venue_nonce + 1, {{2, 0, "1", "0.5"}})},
        {"publisher", say::push_surfaces({surface})}, {"gov", say::set_portfolio_risk({})},
        {"gov", say::set_correlation("0.3", "0.8", {{0, 1, "0.8", "0.4"}})},
        {"gov", say::set_market(say::future(2, house.now + DAY))}, {"alice", say::deposit(1)},
        {"alice", say::withdraw(1, 0, "1")}, {"bob", say::withdraw(2, 2, "1")},
        {"alice", say::delegate(1, "venue", house.now + 100)},
        {"alice", say::revoke_delegate(1, "venue")},
        {"venue", say::settle_fills(house.venue_nonce + 1,
                      {{0, 4, 2, "0.1", "1830"}, {1, 2, 4, "0.001", "30000"}})},
        {"publisher", say::push_price(0, "1831", house.now, "1")},
        {"publisher", say::push_premium(0, "3")}, {"keeper", say::flag(1)},
        {"keeper", say::liquidate(1, 0, 4, "0.1", {"1840", 2, house.now})},
        {"keeper", say::liquidate_collateral(3, 1, 4, "1000", {"1840", {}, {}})},
        {"keeper", say::resolve(1)}, {"keeper", say::touch(1)}, {"keeper", say::accrue(0)},
        {"gov", say::fund_insurance()}, {"keeper", say::buy_inventory(1, 4, "10", "3000")},
        {"guardian", say::set_pause(1)}, {"gov", say::set_role("dao", 15)},
        {"gov", say::set_asset({})}, {"gov", say::set_underlying({})}, {"gov", say::set_market({})},
        {"gov", say::set_params({})}};
}

std::vector<std::string> queries()
{
    return {R"({"config":{}})", R"({"roles":{"address":"venue"}})",
        say::ask("account", "account", 1), say::ask("health", "account", 3),
        R"({"liquidatable":{"cursor":0,"limit":100}})", say::preview(1, 0, "1"),
        say::ask("market", "market", 0), R"({"markets":{}})", say::ask("asset", "asset", 1),
        say::ask("underlying", "underlying", 1), say::ask("portfolio_risk", "underlying", 0),
        R"({"correlation":{"cursor":0,"limit":9}})", say::ask("surface", "underlying", 0),
        R"({"prices":{}})", R"({"insurance":{}})", R"({"state":{}})"};
}

bool printable(std::string_view text)
{
    for (const char byte : text)
        if (byte < ' ' || byte > '~')
            return false;
    return true;
}

}  // namespace

TEST_CASE("bad input: mutated messages never trap and an error never changes a record")
{
    Mutator mutator(1);
    int refused = 0;
    int taken = 0;
    for (int round = 0; round < 60; ++round) {
        Busy busy;
        const std::vector<Spoken> spoken = messages(busy.house);
        for (int i = 0; i < 250; ++i) {
            const Spoken& chosen = spoken[mutator.below(spoken.size())];
            const std::string json = mutator.mutated(chosen.json);
            Coins coins;
            if (mutator.below(3) == 0)
                coins.emplace_back(mutator.below(4) == 0 ? "sat" : "uusdc",
                    static_cast<num::i128>(mutator.below(5)) - 1);
            const Reply reply = busy.house.send(chosen.sender, json, coins);
            (reply.ok() ? taken : refused) += 1;
            if (!printable(reply.detail))
                FAIL("a detail that is not ASCII: " << json);
        }
    }
    CHECK(refused > 10'000);
    CHECK(taken > 100);
}

TEST_CASE("bad input: mutated queries never trap and never change a record")
{
    Mutator mutator(2);
    Busy busy;
    const std::vector<std::string> asked = queries();
    for (int i = 0; i < 10'000; ++i) {
        const std::string json = mutator.mutated(asked[mutator.below(asked.size())]);
        const Reply reply = busy.house.ask(json);
        if (!printable(reply.detail))
            FAIL("a detail that is not ASCII: " << json);
    }
}

TEST_CASE("bad input: mutated instantiations never trap and an error leaves nothing behind")
{
    Mutator mutator(3);
    for (int i = 0; i < 5'000; ++i) {
        MemoryHost host;
        contract::Env env;
        env.time_s = START;
        env.sender = "deployer";
        const contract::Outcome made =
            contract::instantiate(host, env, mutator.mutated(say::instantiate()));
        if ((made.error == Error::ok) == host.records.empty())
            FAIL("records and error disagree");
    }
}

TEST_CASE("bad input: ten plain ways to be wrong, each with its own error")
{
    Busy busy;
    Clearinghouse& house = busy.house;
    const auto error = [&](const std::string& json) { return house.send("alice", json).error; };
    CHECK(error("") == Error::malformed_json);
    CHECK(error(R"({"withdraw":{"account":1,"asset":0)") == Error::malformed_json);
    CHECK(error(R"({"withdraw":{"account":1,"asset":0,"amount":"1"}})" +
                std::string(65'536, ' ')) == Error::message_too_large);
    CHECK(error(R"({"touch":{"account":)" + std::string(60, '[') + std::string(60, ']') + "}}") ==
          Error::nested_too_deep);
    CHECK(error(R"({"touch":{"account":1,"account":1}})") == Error::duplicate_field);
    CHECK(error(R"({"touch":{"account":1,"also":1}})") == Error::unknown_field);
    CHECK(error(R"({"touch":{}})") == Error::missing_field);
    CHECK(error(R"({"touch":{"account":"1"}})") == Error::wrong_type);
    CHECK(error(R"({"dance":{}})") == Error::unknown_message);
    CHECK(error("{\"delegate\":{\"account\":1,\"venue\":\"v\xc3\xa9nue\"}}") == Error::not_ascii);
    CHECK(error(R"({"touch":{"account":1}} x)") == Error::trailing_bytes);
    CHECK(error(R"({"touch":{"account":18446744073709551616}})") != Error::ok);
    CHECK(
        error(
            R"({"withdraw":{"account":1,"asset":0,"amount":"99999999999999999999999999999999999999999"}})") ==
        Error::out_of_range);
    CHECK(error(R"({"withdraw":{"account":1,"asset":0,"amount":"1e3"}})") == Error::bad_number);
}

TEST_CASE("bad input: clocks at the ends of their range do no harm")
{
    for (const std::uint64_t time :
        {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{18'446'744'073'709'551'614U},
            std::uint64_t{18'446'744'073'709'551'615U}}) {
        Busy busy;
        say::Params params;
        params.longest_block = 5;
        params.gap_min = 60;
        params.grace_max = 3'600;
        REQUIRE(busy.house.send("gov", say::set_params(params)).ok());
        busy.house.wait(1);
        busy.house.price(0, "1829");
        for (const Spoken& spoken : messages(busy.house)) {
            busy.house.now = time;
            static_cast<void>(busy.house.send(spoken.sender, spoken.json));
        }
        for (const std::string& json : queries())
            static_cast<void>(busy.house.ask(json));
        // A clock that stood still or jumped leaves the house usable.
        busy.house.now = START + 10;
        CHECK(busy.house.ask(say::ask("health", "account", 1)).ok());
    }
}

TEST_CASE("bad input: extreme numbers in well-formed messages never trap")
{
    const std::vector<std::string> prices{"0.000000000000000001", "0.001", "1", "2000",
        "99999999.999999999999999999", "100000000", "80000000", "50000000"};
    const std::vector<std::string> sizes{"0.000000000000000001", "0.001", "1", "123456789",
        "5000000000", "9999999999.999999999999999999", "10000000000"};
    const std::vector<std::string> amounts{"0", "1", "1000000", "10000000000000000000000000000",
        "1000000000000000000000000000000000000"};
    Mutator random(4);
    const auto any_of = [&](const std::vector<std::string>& list) {
        return list[random.below(list.size())];
    };
    int filled = 0;
    int liquidated = 0;
    int resolved = 0;
    for (int round = 0; round < 90; ++round) {
        Clearinghouse house;
        // Charges on one position can pass 1e18 quote here, where its quote saturates: conservation is
        // for other tests.
        house.audited = false;
        // Governance lets nearly everything through, so that large values reach the formulas.
        say::Market market;
        market.open_interest_max = "10000000000";
        market.lot = "0.000000000000000001";
        market.fill_band = "0.5";
        market.premium_max = "0.2";
        market.funding_window = 60;
        market.funding_cap = "1";
        market.loss_cap = "0.5";
        REQUIRE(house.send("gov", say::set_market(market)).ok());
        say::Underlying underlying;
        underlying.initial_fraction = "0.001";
        underlying.maintenance_fraction = "0.001";
        underlying.profit_weight = "1";
        REQUIRE(house.send("gov", say::set_underlying(underlying)).ok());
        const auto whale = house.trader("whale", 400'000'000'000'000'000);
        house.trader("other", 400'000'000'000'000'000);
        const auto minnow = house.trader("minnow", 100'000'000'000'000'000);
        house.deposit(minnow, "aeth", num::i128{999'999} * 1'000'000'000'000'000'000);
        for (int i = 0; i < 100; ++i) {
            house.wait(random.below(20) == 0 ? 40 * DAY : random.below(40));
            const std::uint64_t first = 1 + random.below(3);
            const std::uint64_t second = 1 + first % 3;
            switch (random.below(12)) {
            case 0:
            case 1:
            case 2:
                house.price(0, any_of(prices));
                break;
            case 3:
            case 4:
            case 5:
            case 6:
                house.refresh();
                filled += house.fill(0, first, second, any_of(sizes), house.last_price[0]).ok();
                break;
            case 7:
                static_cast<void>(house.send("publisher", say::push_premium(0, any_of(prices))));
                break;
            case 8:
                house.refresh();
                liquidated +=
                    house.send(house.owner(second), say::liquidate(first, 0, second, any_of(sizes)))
                        .ok();
                break;
            case 9:
                house.refresh();
                resolved += house.send("anyone", say::resolve(first)).ok();
                static_cast<void>(
                    house.send("whale", say::liquidate_collateral(minnow, 1, whale, any_of(amounts),
                                            {any_of(prices), {}, {}})));
                static_cast<void>(
                    house.send("whale", say::buy_inventory(1, whale, any_of(amounts))));
                break;
            case 10:
                static_cast<void>(house.send(
                    house.owner(first), say::withdraw(first, random.below(2), any_of(amounts))));
                static_cast<void>(house.send("anyone", say::touch(first)));
                break;
            default:
                static_cast<void>(house.send("anyone", say::flag(first)));
                static_cast<void>(house.ask(say::preview(first, 0, any_of(sizes))));
            }
            static_cast<void>(house.ask(R"({"liquidatable":{"cursor":0,"limit":100}})"));
        }
    }
    CHECK(filled > 200);
    CHECK(liquidated > 10);
    CHECK(resolved > 50);
}
