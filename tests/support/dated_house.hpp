// plimsoll: tests/support/dated_house.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A clearinghouse on the way to an expiry: market 2 is a future on ETH, 3 a call and 4
// a put struck at 2000, all at EXPIRY; 5 the perpetual's neighbour, a future on BTC at the same time.
#pragma once

#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

namespace plimsoll::test {

inline constexpr std::uint64_t EXPIRY = START + DAY;
inline constexpr std::uint64_t WINDOW = 1'800;
inline constexpr std::uint64_t WAIT = 3'600;

struct DatedHouse : Clearinghouse
{
    static constexpr Number FUTURE = 2, CALL = 3, PUT = 4, BTC_FUTURE = 5;

    DatedHouse()
    {
        allow_options(0);
        list(say::future(FUTURE, EXPIRY));
        list(say::option(CALL, EXPIRY, "2000"));
        list(say::option(PUT, EXPIRY, "2000", "put"));
        say::Market btc = say::future(BTC_FUTURE, EXPIRY);
        btc.underlying = 1;
        list(btc);
        alice = trader("alice", 10'000);
        bob = trader("bob", 10'000);
    }
    void list(const say::Market& market)
    {
        const Reply reply = send("gov", say::set_market(market));
        INFO(name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
    }
    /// Surfaces as of now, so that dated markets trade.
    void surfaces(const Text& forward = "2000")
    {
        REQUIRE(surface(0, EXPIRY, forward).ok());
        REQUIRE(surface(1, EXPIRY, "50000").ok());
    }
    /// Both underlyings at these prices, with surfaces as of now.
    void move(const Text& ether, const Text& coin)
    {
        price(0, ether);
        price(1, coin);
        refresh();
        REQUIRE(surface(0, EXPIRY, ether).ok());
        REQUIRE(surface(1, EXPIRY, coin).ok());
    }
    /// At these prices the account is flagged, its curve runs out, and it is resolved.
    Reply resolve_at(Number account, const Text& ether, const Text& coin)
    {
        move(ether, coin);
        REQUIRE(send("anyone", say::flag(account)).ok());
        wait(FAST + SLOW);
        move(ether, coin);
        Reply reply = send("anyone", say::resolve(account));
        INFO(name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
        return reply;
    }
    /// ETH is published at this price every 50 seconds until then; BTC stays where it is.
    void publish_until(Number until, const Text& price)
    {
        while (now + 50 <= until) {
            send_price(0, price);
            send_price(1, "50000");
            now += 50;
        }
        now = until;
    }
    /// At the expiry, with that average over the whole window.
    void expire_at(const Text& price) { publish_from(EXPIRY - WINDOW, price); }
    void publish_from(Number from, const Text& price)
    {
        now = from;
        publish_until(EXPIRY, price);
    }
    void send_price(Number underlying, const Text& price)
    {
        const Error error = send("publisher", say::push_price(underlying, price, now)).error;
        // It may have been said at this second already.
        const bool said = error == Error::publish_time && last_price[underlying] == price;
        REQUIRE((error == Error::ok || said));
        last_price[underlying] = price;
    }
    /// Alice buys one of each from Bob, the future at 2000 and the options at their marks.
    void trade_all()
    {
        surfaces();
        refresh();
        REQUIRE(fill(FUTURE, alice, bob, "1", "2000").ok());
        for (const Number option : {CALL, PUT})
            REQUIRE(fill(option, alice, bob, "1", mark(option)).ok());
    }
    [[nodiscard]] Text mark(Number market)
    {
        return ask(say::ask("market", "market", market)).at("/mark");
    }
    [[nodiscard]] Text status(Number market)
    {
        return ask(say::ask("market", "market", market)).at("/status");
    }
    Error settle(Number market) { return send("anyone", say::settle_market(market)).error; }
    void touch(Number account) { REQUIRE(send("anyone", say::touch(account)).ok()); }
    [[nodiscard]] Text equity(Number account)
    {
        return ask(say::ask("health", "account", account)).at("/equity");
    }
    [[nodiscard]] Text initial(Number account)
    {
        return ask(say::ask("health", "account", account)).at("/initial/health");
    }

    Number alice = 0;
    Number bob = 0;
};

}  // namespace plimsoll::test
