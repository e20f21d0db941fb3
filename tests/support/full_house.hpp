// plimsoll: tests/support/full_house.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A clearinghouse in which everything is switched on: dated_house.hpp with portfolio margin,
// observation, borrowing, gate, staking, pace, grace after a halt, jumps held back, a CW20 token, and accounts of both
// modes. It counts what has succeeded and what has been refused, by kind of message.
#pragma once

#include "tests/support/dated_house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

namespace plimsoll::test {

/// Who prices ether. Bitcoin is priced by "publisher" alone.
enum class Source : std::uint8_t
{
    publisher,
    feeders,  ///< "feeder0" to "feeder2", two of whom make a quorum.
    pyth,     ///< "feeder0" and a contract, either alone.
};

/// The message's kind: its only key.
[[nodiscard]] inline std::string kind_of(const std::string& json)
{
    return json.substr(2, json.find('"', 2) - 2);
}

[[nodiscard]] inline std::string integer_text(num::i128 value)
{
    return std::string(std::string_view(num::decimal_text(value, 0)));
}
[[nodiscard]] inline std::string decimal_text(num::i128 raw_value)
{
    return text_of(Money::from_raw(raw_value));
}

struct FullHouse : DatedHouse
{
    static constexpr Number TOKEN_ASSET = 3, MARKETS = 6, UNDERLYINGS = 2;
    static constexpr Number JUMP_WAIT = 120;
    static constexpr const char* TOKEN = "wethtoken";
    static constexpr const char* ORACLE = "pythcontract";

    Source source;
    std::vector<Number>
        ids;  ///< The first six have owners of their own; the last two are alice's and bob's second.
    num::i128 index[UNDERLYINGS] = {raw("2000"), raw("50000")};
    std::map<Text, int> done;
    std::map<Text, int> refused;
    std::map<Text, int> events;

    /// Everything that both prices of ether and of bitcoin are held to.
    static say::Params params()
    {
        say::Params p;
        p.pace = "20000";
        p.longest_block = 5;
        p.gap_min = 60;
        p.grace_max = 300;
        return p;
    }

    explicit FullHouse(Source from, const say::Params& with = params()) : source(from)
    {
        audited = false;
        say::Asset weth;
        weth.asset = TOKEN_ASSET;
        weth.denom = std::string("cw20:") + TOKEN;
        weth.symbol = "WETH";
        govern(say::set_asset(weth));
        govern(say::set_correlation("0.25", "0.6", {{0, 1, "0.8", {}}}));
        for (Number underlying = 0; underlying < UNDERLYINGS; ++underlying)
            allow_portfolio(underlying);
        govern(say::set_observation({}));
        govern(say::set_cash(cash()));
        govern(say::set_params(with));
        govern(say::set_role("venue2", 8));
        list_feeds();
        ids = {alice, bob};
        for (const char* const owner : {"carol", "dave", "erin", "frank", "alice", "bob"})
            ids.push_back(trader(owner, 0));
        for (const Number account : {ids[4], ids[7]})
            REQUIRE(send(owner(account), say::set_mode(account, "portfolio")).ok());
        audited = true;
    }

    static say::Cash cash()
    {
        say::Cash c;
        c.gate = true;
        c.absolute = "1";
        c.closed_max = 3'600;
        c.unbonding = FAST + SLOW + 3'600;
        return c;
    }
    [[nodiscard]] say::Feed feed(Number underlying) const
    {
        say::Feed f;
        f.underlying = underlying;
        if (underlying != 0 || source == Source::publisher)
            f.publishers = {"publisher"};
        else if (source == Source::feeders)
            f.publishers = {"feeder0", "feeder1", "feeder2"};
        else
            f.publishers = {"feeder0"};
        if (underlying == 0 && source == Source::pyth)
            f.pyth = ORACLE;
        f.quorum = f.publishers.size() > 1 ? 2 : 1;
        f.report_max_age = 60;
        f.jump_max = "1.5";
        f.jump_wait = JUMP_WAIT;
        return f;
    }

    Reply send(const Text& sender, const Text& json, const Coins& funds = {})
    {
        Reply reply = Clearinghouse::send(sender, json, funds);
        ++(reply.ok() ? done : refused)[kind_of(json)];
        for (const contract::Event& event : reply.events)
            ++events[event.type];
        return reply;
    }
    Reply receive(const Text& owner, num::i128 amount, const Text& wanted)
    {
        Reply reply = send_cw20(TOKEN, owner, amount, wanted);
        ++(reply.ok() ? done : refused)["receive"];
        return reply;
    }
    /// Says what the index is, as of now, by everybody who prices it. It may be refused.
    void publish(Number underlying, const Text& confidence = "0")
    {
        if (m_published[underlying] == now)
            return;  // a second time is refused
        m_published[underlying] = now;
        const Text value = decimal_text(index[underlying]);
        const say::Feed from = feed(underlying);
        if (from.pyth) {
            answer();
            static_cast<void>(send("anyone", say::pull_prices({underlying})));
        }
        for (const Text& publisher : from.publishers)
            static_cast<void>(send(publisher, say::push_price(underlying, value, now, confidence)));
    }
    /// Surfaces of both, and both prices.
    void publish_all()
    {
        for (Number underlying = 0; underlying < UNDERLYINGS; ++underlying) {
            publish(underlying);
            publish_surface(underlying);
        }
    }
    void publish_surface(Number underlying)
    {
        if (now >= EXPIRY || m_surface[underlying] == now)
            return;
        m_surface[underlying] = now;
        say::Surface point;
        point.underlying = underlying;
        point.expiry = EXPIRY;
        point.publish_time = now;
        point.forward = decimal_text(index[underlying]);
        static_cast<void>(send(feed(underlying).publishers.front(), say::push_surfaces({point})));
    }
    /// Those below maintenance, or too far behind or too large to say.
    [[nodiscard]] std::vector<Number> unhealthy()
    {
        const Reply list = ask(R"({"liquidatable":{"cursor":0,"limit":100}})");
        std::vector<Number> found;
        for (std::size_t i = 0;; ++i) {
            const Text at = "/accounts/" + std::to_string(i);
            if (list.at(at) == "absent")
                return found;
            found.push_back(std::stoull(list.at(at + "/account")));
        }
    }
    /// What a fill may be at: the mark of an option, else the index moved by so many thousandths.
    [[nodiscard]] Text price_near(Number market, num::i128 thousandths)
    {
        const num::i128 spot = index[underlying_of(market)];
        if (market != CALL && market != PUT)
            return decimal_text(spot / 1'000 * (1'000 + thousandths));
        const Reply reply = ask(say::ask("market", "market", market));
        const Text mark = reply.ok() ? reply.at("/mark") : "null";
        return mark == "null" || mark == "absent" ? "100" : mark;
    }
    [[nodiscard]] static Number underlying_of(Number market)
    {
        return market == 1 || market == BTC_FUTURE ? 1 : 0;
    }

private:
    Number m_published[UNDERLYINGS] = {};
    Number m_surface[UNDERLYINGS] = {};

    void govern(const Text& json)
    {
        const Reply reply = Clearinghouse::send("gov", json);
        INFO(json << ": " << name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
    }
    void list_feeds()
    {
        for (const char* const name : {"feeder0", "feeder1", "feeder2"})
            govern(say::set_role(name, 4));
        for (Number underlying = 0; underlying < UNDERLYINGS; ++underlying)
            govern(say::set_feed(feed(underlying)));
    }
    /// What the price contract says from now on, in units of 1e-8.
    void answer()
    {
        const Text value = integer_text(index[0] / 10'000'000'000);
        pyth_answers(
            ORACLE, R"({"price_feed":{"id":")" + say::PYTH_FEED_ID + R"(","price":{"price":")" +
                        value + R"(","conf":"0","expo":-8,"publish_time":)" + std::to_string(now) +
                        R"(},"ema_price":{"price":"1","conf":"1","expo":-8,"publish_time":1}}})");
    }
};

}  // namespace plimsoll::test
