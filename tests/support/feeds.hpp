// plimsoll: tests/support/feeds.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A clearinghouse whose ether is priced by reports of several publishers.
#pragma once

#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"  // before Catch's CHECK

#include <catch2/catch.hpp>
#include <string>

namespace plimsoll::test {

/// Publishers "feeder0" and on, of whom two make a quorum; a price further than five times from the last is held
/// back for two minutes.
struct FedHouse : Clearinghouse
{
    static constexpr Number WAIT = 120;

    explicit FedHouse(Number publishers = 3, Number quorum = 2)
    {
        say::Feed feed;
        for (Number i = 0; i < publishers; ++i) {
            const std::string name = "feeder" + std::to_string(i);
            feed.publishers.push_back(name);
            REQUIRE(send("gov", say::set_role(name, 4)).ok());
        }
        feed.quorum = quorum;
        feed.report_max_age = 60;
        feed.jump_max = "5";
        feed.jump_wait = WAIT;
        REQUIRE(send("gov", say::set_feed(feed)).ok());
    }
    Reply report(Number publisher, const Text& value, const Text& confidence = "0")
    {
        return send(
            "feeder" + std::to_string(publisher), say::push_price(0, value, now, confidence));
    }
    /// All of so many say the same, a second later.
    void reports(const Text& value, Number publishers = 3)
    {
        wait(1);
        for (Number i = 0; i < publishers; ++i)
            REQUIRE(report(i, value).ok());
    }
    [[nodiscard]] Text of_feed(const Text& field)
    {
        const Reply reply = ask(say::ask("feed", "underlying", 0));
        REQUIRE(reply.ok());
        return reply.at("/" + field);
    }
    [[nodiscard]] Text ether() { return of_feed("price"); }
};

}  // namespace plimsoll::test
