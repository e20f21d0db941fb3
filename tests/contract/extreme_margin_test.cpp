// plimsoll: tests/contract/extreme_margin_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Margin at the ends of everything that governance, publishers, venues and owners
// may say: both modes, all kinds of market, smiles, orders, rules of collateral. Any of it gives an answer.
#include "engine/num/int128.hpp"
#include "tests/support/house.hpp"
#include "tests/support/rng.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

using Json = nlohmann::json;
using Texts = std::vector<std::string>;

const std::string LEAST = "0.000000000000000001";

class Extremes
{
public:
    explicit Extremes(std::uint64_t seed) : m_rng(seed)
    {
        // Values are large enough here for quotes to saturate: conservation is for other tests.
        house.audited = false;
        govern();
        // Two that can bear anything, and one that most moves break.
        for (const char* name : {"whale", "other", "third"}) {
            const bool small = name == std::string("third");
            const auto id = house.trader(name, small ? 20'000 : 300'000'000'000'000'000);
            const num::i128 ether = small ? 1 : 300'000;
            house.deposit(id, "aeth", ether * 1'000'000'000'000'000'000);
            modes += house.send(name, say::set_mode(id, "portfolio")).ok();
        }
    }

    void step()
    {
        if (m_rng.chance(15))
            house.wait(m_rng.chance(30) ? 40 * DAY : m_rng.below(90));
        const std::uint64_t first = 1 + m_rng.below(3);
        const std::uint64_t second = 1 + first % 3;
        const std::uint64_t market = m_rng.below(m_markets);
        switch (m_rng.below(12)) {
        case 0:
            house.price(m_rng.below(2), pick({LEAST, "0.001", "1", "2000", "100000000"}));
            break;
        case 1:
        case 2:
            push_surface();
            break;
        case 3:
        case 4:
        case 5:
        case 6:
            house.refresh();
            fill(market, first, second);
            break;
        case 7:
            house.refresh();
            reported += house
                            .orders({{first, market, pick({"0", LEAST, "1", "10000000000"}),
                                pick({"0", LEAST, "1", "10000000000"})}})
                            .ok();
            break;
        case 8:
            static_cast<void>(house.send(
                house.owner(first), say::set_mode(first, pick({"standard", "portfolio"}))));
            static_cast<void>(house.send("gov", scenarios(m_rng.below(2))));
            break;
        case 9:
            house.refresh();
            sold +=
                house.send(house.owner(second), say::liquidate(first, market, second, "1")).ok();
            sold += house.send(house.owner(second), say::liquidate_slice(first, second, "1")).ok();
            break;
        case 10:
            house.refresh();
            resolved += house.send("anyone", say::resolve(first)).ok();
            break;
        default:
            static_cast<void>(house.send(house.owner(first),
                say::withdraw(first, m_rng.below(2), pick({"1", "1000000000"}))));
            static_cast<void>(house.send("anyone", say::flag(first)));
        }
        look(first, market);
    }

    Clearinghouse house;
    int modes = 0;
    int surfaces = 0;
    int filled = 0;
    int dated = 0;
    int reported = 0;
    int sold = 0;
    int resolved = 0;
    int valued = 0;

private:
    std::string pick(const Texts& texts) { return texts[m_rng.below(texts.size())]; }

    void govern()
    {
        REQUIRE(house
                .send("gov", say::set_correlation(pick({"0", "0.3", "1"}), pick({"0", "0.5", "1"}),
                                 {{0, 1, pick({"-1", "0", "0.7", "1"}), {}}}))
                .ok());
        for (const std::uint64_t id : {0U, 1U}) {
            say::Underlying underlying;
            underlying.underlying = id;
            underlying.scaling = m_rng.chance(50);
            underlying.confidence = underlying.depeg = underlying.option = true;
            underlying.initial_fraction = underlying.maintenance_fraction = "0.001";
            REQUIRE(house.send("gov", say::set_underlying(underlying)).ok());
            REQUIRE(house.send("gov", scenarios(id)).ok());
            say::Asset asset;
            if (id == 0) {
                asset.risk_cancelling = m_rng.chance(50);
                asset.pool_start = pick({"0", LEAST, "10000000000"});
                asset.size_discount = pick({"0", LEAST, "1"});
                asset.confidence = "1/10";
                REQUIRE(house.send("gov", say::set_asset(asset)).ok());
            }
        }
        for (std::uint64_t id = 0; id < 2; ++id) {
            say::Market perpetual;
            perpetual.market = id;
            perpetual.underlying = id;
            perpetual.premium_max = "0.2";
            perpetual.fill_band = "0.5";
            list(perpetual);
        }
        for (const char* strike : {"0", "0.000000000000000001", "2000", "100000000"})
            for (const char* type : {"call", "put"}) {
                say::Market option = say::option(m_markets++, expiry(), strike, type);
                option.underlying = m_rng.below(2);
                option.fill_band = "0.5";
                list(option);
            }
        for (int i = 0; i < 3; ++i) {
            say::Market future = say::future(m_markets++, expiry());
            future.fill_band = "0.5";
            list(future);
        }
        for (const std::uint64_t expires : EXPIRIES)
            for (int i = 0; i < 4; ++i)
                push_surface(expires);
    }
    void list(say::Market market)
    {
        market.lot = LEAST;
        market.open_interest_max = "10000000000";
        market.loss_cap = "0.5";
        const Reply listed = house.send("gov", say::set_market(market));
        INFO(name_of(listed.error) << " " << listed.detail);
        REQUIRE(listed.ok());
    }

    /// Every number of portfolio margin at one end of its bounds.
    std::string scenarios(std::uint64_t underlying)
    {
        say::PortfolioRisk risk;
        risk.underlying = underlying;
        risk.scenarios = {"13/up/1", LEAST + "/none/1"};
        for (std::size_t more = m_rng.below(39); more > 0; --more) {
            const bool skew = m_rng.chance(20);
            risk.scenarios.push_back(
                (skew ? "1" : pick({LEAST, "0.5", "1", "1.5", "13"})) + "/" +
                (skew ? pick({"skew_linear", "skew_abs"}) : pick({"up", "none", "down"})) + "/" +
                pick({LEAST, "0.5", "1"}));
        }
        Json message = Json::parse(say::set_portfolio_risk(risk));
        Json& body = message["set_portfolio_risk"];
        const auto set = [&](const char* group, const char* field, const Texts& values) {
            body[group][field] = pick(values);
        };
        for (const char* field : {"range_up", "range_down", "min_vol_up"})
            set("vol_shock", field, {"0", "0.3", "10"});
        for (const char* field : {"short_power", "long_power"})
            set("vol_shock", field, {"0", "0.3", "2"});
        set("vol_shock", "floor_days", {"0.001", "1", "100"});
        for (const char* field : {"linear_cap", "abs_cap"})
            set("skew_shock", field, {"0", "0.2", "1"});
        for (const char* field : {"linear_slope", "abs_slope", "vol_slope"})
            set("skew_shock", field, {"-10", "0", "10"});
        set("skew_shock", "min_width", {"0.001", "10"});
        set("skew_shock", "width_scale", {"0", "4", "100"});
        set("skew_shock", "vol_static", {"0", "1", "10"});
        set("basis", "up", {"1", "13"});
        set("basis", "down", {"0", "1"});
        for (const char* field : {"add", "mult"})
            set("basis", field, {"0", "10"});
        set("discount", "long_base", {"0.5", "1"});
        set("discount", "short_base", {"1", "2"});
        for (const char* field :
            {"long_rate_mult", "long_rate_add", "short_rate_mult", "short_rate_add"})
            set("discount", field, {"0", "1", "10"});
        set("factor", "initial", {"1.1", "10"});
        set("factor", "maintenance", {LEAST, "1"});
        for (const char* group : {"perp_contingency", "future_contingency", "option_contingency"}) {
            set(group, "initial", {"0.1", "1"});
            set(group, "maintenance", {"0", "0.1"});
        }
        for (const char* group : {"confidence", "depeg"}) {
            set(group, "threshold", {"0", "1"});
            set(group, "factor", {"0", "10"});
        }
        return message.dump();
    }

    std::uint64_t expiry() { return EXPIRIES[m_rng.below(EXPIRIES.size())]; }

    void push_surface() { push_surface(expiry()); }
    void push_surface(std::uint64_t expires)
    {
        house.wait(1);
        say::Surface surface;
        surface.underlying = m_rng.below(2);
        surface.expiry = expires;
        surface.publish_time = house.now;
        Json message = Json::parse(say::push_surfaces({surface}));
        Json& point = message["push_prices"]["surfaces"][0];
        point["forward"] = pick({LEAST, "1", "2000", "100000000"});
        point["rate"] = pick({"-10", "0", "0.05", "10"});
        point["vol_confidence"] = pick({"0", "0.5", "1"});
        Json& svi = point["svi"];
        svi["a"] = pick({"0", LEAST, "0.01", "100"});
        svi["b"] = pick({"0", LEAST, "0.1", "1"});
        svi["rho"] = pick({"-1", "-0.3", "0", "1"});
        svi["m"] = pick({"-100", "0", "0.05", "100"});
        svi["sigma"] = pick({"0", LEAST, "0.2", "100"});
        svi["forward"] = pick({LEAST, "2000", "100000000"});
        svi["tau"] = pick({LEAST, "0.25", "100"});
        surfaces += house.send("publisher", message.dump()).ok();
    }

    void fill(std::uint64_t market, std::uint64_t buyer, std::uint64_t seller)
    {
        const Reply reply = house.ask(say::ask("market", "market", market));
        const std::string mark = reply.at("/mark");
        const std::string price = mark == "absent" || mark == "0" ? LEAST : mark;
        const Reply done =
            house.fill(market, buyer, seller, pick({LEAST, "0.001", "1", "123456789"}), price);
        filled += done.ok();
        dated += done.ok() && market >= 2;
    }

    void look(std::uint64_t account, std::uint64_t market)
    {
        valued += house.ask(say::ask("health", "account", account)).ok();
        static_cast<void>(house.ask(say::ask("account", "account", account)));
        static_cast<void>(house.ask(say::preview(account, market, "1")));
        static_cast<void>(house.ask(say::preview_slice(account, "1")));
        static_cast<void>(house.ask(R"({"markets":{}})"));
        static_cast<void>(house.ask(R"({"liquidatable":{"cursor":0,"limit":100}})"));
    }

    const std::vector<std::uint64_t> EXPIRIES = {
        START + 3'600, START + 30 * DAY, START + 365 * DAY, 253'402'300'799};
    Rng m_rng;
    std::uint64_t m_markets = 2;
};

}  // namespace

TEST_CASE("bad input: margin at the ends of everything that can be said never traps")
{
    int modes = 0;
    int surfaces = 0;
    int filled = 0;
    int dated = 0;
    int reported = 0;
    int sold = 0;
    int resolved = 0;
    int valued = 0;
    for (std::uint64_t round = 0; round < 40; ++round) {
        Extremes extremes(round);
        for (int i = 0; i < 60; ++i)
            extremes.step();
        modes += extremes.modes;
        surfaces += extremes.surfaces;
        filled += extremes.filled;
        dated += extremes.dated;
        reported += extremes.reported;
        sold += extremes.sold;
        resolved += extremes.resolved;
        valued += extremes.valued;
    }
    INFO(modes << " modes, " << surfaces << " surfaces, " << filled << " fills, " << dated
               << " dated, " << reported << " reports, " << sold << " sales, " << resolved
               << " resolutions, " << valued << " valued");
    CHECK(modes > 20);
    CHECK(surfaces > 200);
    CHECK(filled > 50);
    CHECK(dated > 20);
    CHECK(reported > 50);
    CHECK(sold + resolved > 0);
    CHECK(valued > 1'000);
}
