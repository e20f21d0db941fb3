// plimsoll: tests/properties/bearers_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Who bears a deficit, whatever an insolvent account has done before: perpetuals, futures and
// options, several fills in a message, prices beside the mark, sales, settlement, claims and flags in random order.
//
// The model is simple: what an account has lost in a market is what its marks, and what others do, have taken from it there
// since it was last seen healthy. Its own trades, whatever their price, and what becomes cash change nothing. What was lost
// with options while it was long of them stands apart: it only nets. No market's insurance and traders bear more of a
// deficit than was lost there, nor those of an underlying together more than was lost with it in all. And where every
// trade is at the mark, no keeper buys, and no option is bought but to close, all of a deficit falls on markets.
// On a violation the history is cut down to the steps that are needed, and printed.
// PLIMSOLL_STORIES=n asks for more histories.
#include "engine/solvency/pace.hpp"
#include "tests/support/cut_down.hpp"
#include "tests/support/dated_house.hpp"
#include "tests/support/incident.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/stories.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::size_t RING = 3;       ///< Accounts of the attackers.
constexpr std::size_t FRIEND = RING;  ///< Theirs too, with all the money they want.
constexpr std::uint64_t MARKETS = 6;  ///< Those of DatedHouse.
constexpr std::size_t STEPS = 100;
constexpr const char* ROUNDING = "0.000001";

constexpr bool is_option(std::uint64_t market)
{
    return market == DatedHouse::CALL || market == DatedHouse::PUT;
}
constexpr std::uint64_t underlying_of(std::uint64_t market)
{
    return market == 1 || market == DatedHouse::BTC_FUTURE ? 1 : 0;
}

enum class Kind
{
    trade,
    price,
    wait,
    withdraw,
    deposit,
    flag,
    liquidate,
    slice,
    resolve,
    settle,
    claim,
    touch,
};
constexpr const char* KINDS[] = {"trade", "price", "wait", "withdraw", "deposit", "flag",
    "liquidate", "slice", "resolve", "settle", "claim", "touch"};

struct Trade
{
    std::uint64_t market = 0;
    bool buys = false;
    std::uint64_t size = 0;   ///< Thousandths.
    std::uint64_t basis = 0;  ///< Of the mark.
};

/// One thing that they do. It means the same whatever came before, so that others can be left out.
struct Step
{
    Kind kind = Kind::wait;
    std::size_t who = 0;
    std::size_t with = FRIEND;
    std::uint64_t market = 0;
    std::uint64_t amount =
        0;  ///< Quote, thousandths, seconds, or of a price basis points of what it was.
    std::vector<Trade> trades{};
};

std::string text(const std::vector<Step>& steps)
{
    std::ostringstream out;
    for (const Step& s : steps) {
        out << "\n  " << KINDS[static_cast<int>(s.kind)] << " who " << s.who << " with " << s.with
            << " market " << s.market << " amount " << s.amount;
        for (const Trade& t : s.trades)
            out << "; " << (t.buys ? "buys " : "sells ") << t.size << " of " << t.market << " at "
                << t.basis;
    }
    return out.str();
}

std::string thousandths(std::uint64_t amount)
{
    return std::to_string(amount / 1'000) + "." + std::to_string(amount % 1'000 + 1'000).substr(1);
}

/// How often each thing has happened, so that the search cannot silently find nothing.
struct Marks
{
    std::size_t trades = 0, several = 0, insolvent = 0, sales = 0, slices = 0, settled = 0,
                claimed = 0, deleveraged = 0;
    Money borne, deficits;
};

/// What an account has in a market, as the query says it: touched.
struct Holding
{
    Money worth;
    bool bought = false;  ///< Options, and long of them.
};
using Holdings = std::array<std::array<Holding, MARKETS>, RING>;

class Game
{
public:
    /// `plain`: all that is done is done at marks, and caps hold nothing back.
    explicit Game(bool plain) : m_plain(plain)
    {
        m_house.audited = false;
        say::Cash cash;
        cash.base = cash.slope_low = cash.slope_high = "0";
        cash.reserve_factor = "0";
        must(m_house, say::set_cash(cash));
        m_house.allow_options(1);
        must(m_house, say::set_correlation("0.25", "0.6", {{0, 1, "0.8", {}}}));
        for (const std::uint64_t underlying : {0U, 1U})
            m_house.allow_portfolio(underlying);
        say::Market bitcoin;
        bitcoin.market = bitcoin.underlying = 1;
        bitcoin.symbol = "BTC-PERP";
        bitcoin.lot = "0.0001";
        say::Market dated = say::future(DatedHouse::BTC_FUTURE, EXPIRY);
        dated.underlying = 1;
        std::uint64_t i = 0;
        for (say::Market market : {say::Market{}, bitcoin, say::future(DatedHouse::FUTURE, EXPIRY),
                 say::option(DatedHouse::CALL, EXPIRY, "2000"),
                 say::option(DatedHouse::PUT, EXPIRY, "2000", "put"), dated}) {
            market.insurance_cap = m_plain || i % 2 == 1 ? "1000000000000" : "2000";
            market.loss_cap = i++ % 3 == 0 ? "0" : "0.05";
            must(m_house, say::set_market(market));
        }
        m_house.fund_insurance(100'000'000);
        m_house.trader("saver", 10'000'000);
        m_ids[FRIEND] = m_house.trader("friend", 100'000'000);
        const std::uint64_t honest = m_house.trader("honest", 100'000'000);
        const std::uint64_t other = m_house.trader("other", 100'000'000);
        for (std::size_t who = 0; who < RING; ++who)
            m_ids[who] = m_house.trader(name(who), 0);
        must(m_house, say::set_mode(m_ids[1], "portfolio"), name(1));
        publish();
        for (std::uint64_t market = 0; market < MARKETS; ++market)
            REQUIRE(m_house.fill(market, honest, other, "50", m_house.mark(market)).ok());
    }

    /// Empty, or what a step has broken.
    std::string play(const std::vector<Step>& steps, Marks& marks)
    {
        Holdings was = look();
        for (const Step& step : steps) {
            m_wrong.str("");
            m_took_part.fill(false);
            m_measured.fill(false);
            act(step, marks);
            const Holdings is = look();
            for (std::size_t who = 0; who < RING; ++who)
                remember(who, was[who], is[who]);
            was = is;
            if (!m_wrong.str().empty())
                return m_wrong.str();
        }
        return m_house.fault();
    }

private:
    static std::string name(std::size_t who)
    {
        return who == FRIEND ? "friend" : "ring" + std::to_string(who);
    }

    void publish()
    {
        m_house.price(0, std::to_string(m_price[0]));
        m_house.price(1, std::to_string(m_price[1]));
        m_house.refresh();
        for (const std::uint64_t underlying : {0U, 1U})
            REQUIRE(m_house.surface(underlying, EXPIRY, std::to_string(m_price[underlying])).ok());
    }

    Holdings look()
    {
        Holdings all{};
        for (std::size_t who = 0; who < RING; ++who) {
            const Reply reply = m_house.ask(say::ask("account", "account", m_ids[who]));
            const nlohmann::json answer = nlohmann::json::parse(reply.data);
            for (const nlohmann::json& entry : answer.at("positions")) {
                const auto market = entry.at("market").get<std::uint64_t>();
                all[who][market] = {money(entry.at("value").get<std::string>()),
                    is_option(market) && raw(entry.at("base").get<std::string>()) > 0};
            }
            for (const nlohmann::json& entry : answer.at("claims"))
                all[who][entry.at("market").get<std::uint64_t>()] = {
                    money(entry.at("quote").get<std::string>()), false};
        }
        return all;
    }

    /// What a step that others took, or prices, has taken from an account is lost. Who is seen healthy has lost nothing.
    void remember(std::size_t who, const std::array<Holding, MARKETS>& was,
        const std::array<Holding, MARKETS>& is)
    {
        if (m_measured[who] && !m_house.ask(say::ask("health", "account", m_ids[who]))
                                   .at("/maintenance/health")
                                   .starts_with("-"))
            m_lost[who] = m_bought[who] = {};
        for (std::uint64_t market = 0; market < MARKETS && !m_took_part[who]; ++market)
            (was[market].bought ? m_bought : m_lost)[who][market] +=
                was[market].worth - is[market].worth;
    }

    void act(const Step& s, Marks& marks)
    {
        DatedHouse& h = m_house;
        const std::uint64_t id = m_ids[s.who];
        const auto takes_part = [&](std::size_t who) {
            if (who >= RING)
                return;
            m_took_part[who] = true;
            m_measured[who] = s.kind != Kind::settle && s.kind != Kind::claim;
        };
        switch (s.kind) {
        case Kind::trade:
            if (trade(s, marks)) {
                takes_part(s.who);
                takes_part(s.with);
            }
            break;
        case Kind::price: {
            std::uint64_t& price = m_price[s.market];
            const std::uint64_t begin = s.market == 0 ? 2'000 : 50'000;
            price = std::clamp(price * s.amount / 10'000, begin * 2 / 5, begin * 5 / 2);
            publish();
            break;
        }
        case Kind::wait:
            h.wait(s.amount);
            publish();
            break;
        case Kind::withdraw:
            for (std::uint64_t coin = 1ULL << 36U; coin > 1'000'000; coin /= 2)
                while (h.send(name(s.who), say::withdraw(id, 0, std::to_string(coin))).ok())
                    takes_part(s.who);
            break;
        case Kind::deposit:
            h.deposit(id, "uusdc", static_cast<num::i128>(s.amount) * 1'000'000);
            takes_part(s.who);
            break;
        case Kind::flag:
            if (h.send("anyone", say::flag(id)).ok())
                takes_part(s.who);
            break;
        case Kind::liquidate:
            if (!m_plain &&
                h.send("friend", say::liquidate(id, s.market, m_ids[FRIEND], thousandths(s.amount)))
                    .ok()) {
                takes_part(s.who);
                ++marks.sales;
            }
            break;
        case Kind::slice:
            if (!m_plain && h.send("friend", say::liquidate_slice(id, m_ids[FRIEND],
                                                 "0." + std::to_string(1 + s.amount % 9)))
                                .ok()) {
                takes_part(s.who);
                ++marks.slices;
            }
            break;
        case Kind::resolve:
            if (resolve(s, marks))
                takes_part(s.who);
            break;
        case Kind::settle:
        case Kind::claim:
            // All of them, from that market on.
            for (std::uint64_t i = 0; i < MARKETS; ++i) {
                const std::uint64_t market = (s.market + i) % MARKETS;
                const bool settles = s.kind == Kind::settle;
                if (!h.send(name(s.who), settles ? say::settle(id, market) : say::claim(id, market))
                        .ok())
                    continue;
                takes_part(s.who);
                ++(settles ? marks.settled : marks.claimed);
            }
            break;
        case Kind::touch:
            if (h.send("anyone", say::touch(id)).ok())
                takes_part(s.who);
            break;
        }
    }

    /// The trades in one message, all of them as large as goes, by halves.
    bool trade(const Step& s, Marks& marks)
    {
        for (std::uint64_t part = 1; part <= 1'024; part *= 2) {
            std::vector<say::Fill> fills;
            for (const Trade& t : s.trades) {
                std::uint64_t size = t.size / part;
                bool buys = t.buys;
                if (m_plain && is_option(t.market) && buys) {
                    // No more than closes what is short.
                    const Account stored = m_house.account(m_ids[s.who]).account;
                    const Position* held =
                        stored.find(MarketId{static_cast<std::uint16_t>(t.market)});
                    const num::i128 open =
                        held == nullptr ? 0 : -held->base.raw() / (num::WAD / 1'000);
                    size = static_cast<std::uint64_t>(
                        std::clamp<num::i128>(open, 0, static_cast<num::i128>(size)));
                }
                if (size == 0)
                    continue;
                const Price mark = Price::from_raw(raw(m_house.mark(t.market)));
                const Price at = Price::from_raw(mark.raw() / 10'000 * t.basis);
                if (!at.is_positive())
                    continue;
                fills.push_back({t.market, buys ? m_ids[s.who] : m_ids[s.with],
                    buys ? m_ids[s.with] : m_ids[s.who], thousandths(size),
                    t.basis == 10'000 ? m_house.mark(t.market) : text_of(at)});
            }
            if (fills.empty())
                return false;
            if (m_house.fills(fills).ok()) {
                marks.trades += fills.size();
                marks.several += fills.size() > 1 ? 1U : 0U;
                return true;
            }
        }
        return false;
    }

    bool resolve(const Step& s, Marks& marks)
    {
        const std::uint64_t id = m_ids[s.who];
        std::array<Money, MARKETS> borne{};
        std::array<Price, MARKETS> mark{};
        for (std::uint64_t market = 0; market < MARKETS; ++market) {
            mark[market] = Price::from_raw(raw(m_house.mark(market)));
            borne[market] = room(market);
        }
        const Reply reply = m_house.send("anyone", say::resolve(id));
        if (!reply.ok())
            return false;
        Money insured;
        for (std::uint64_t market = 0; market < MARKETS; ++market) {
            borne[market] -= room(market);
            insured += borne[market];
        }
        Money deficit;
        bool insolvent = false;
        for (const contract::Event& event : reply.events) {
            const auto get = [&](const char* key) {
                for (const contract::Attribute& attribute : event.attributes)
                    if (attribute.key == key)
                        return std::string(attribute.value);
                return std::string();
            };
            if (event.type == "loss_socialised")
                borne[std::stoul(get("market"))] += money(get("loss"));
            if (event.type == "deleveraged") {
                const std::uint64_t market = std::stoul(get("market"));
                const Price price = Price::from_raw(raw(get("price")));
                const Price move =
                    price < mark[market] ? mark[market] - price : price - mark[market];
                borne[market] += notional_floor(Quantity::from_raw(raw(get("base"))), move);
                ++marks.deleveraged;
            }
            if (event.type == "account_resolved") {
                insolvent = get("insolvent") == "true";
                deficit = money(get("deficit"));
            }
        }
        if (m_plain && insured + money(ROUNDING) < deficit)
            m_wrong << "of a deficit of " << deficit << " markets bear only " << insured << "; ";
        for (const std::uint64_t underlying : {0U, 1U}) {
            Money net;
            Money all;
            for (std::uint64_t market = 0; market < MARKETS; ++market)
                if (underlying_of(market) == underlying) {
                    net += m_lost[s.who][market] + m_bought[s.who][market];
                    all += borne[market];
                }
            if (all > money(ROUNDING) && all > net + money(ROUNDING))
                m_wrong << "markets of " << underlying << " bear " << all << " of " << net
                        << " lost with it; ";
        }
        for (std::uint64_t market = 0; market < MARKETS; ++market) {
            marks.borne += borne[market];
            if (borne[market] > money(ROUNDING) &&
                borne[market] > m_lost[s.who][market] + money(ROUNDING))
                m_wrong << "market " << market << " bears " << borne[market] << " of "
                        << m_lost[s.who][market] << " lost in it; ";
            if (!insolvent && borne[market] > money(ROUNDING))
                m_wrong << "market " << market << " bears something of a solvent account; ";
        }
        if (insolvent) {
            ++marks.insolvent;
            marks.deficits += deficit;
        }
        return true;
    }

    Money room(std::uint64_t market)
    {
        return insured_room_floor(m_house.market(market).market, Seconds::from_raw(m_house.now));
    }

    bool m_plain;
    DatedHouse m_house;
    std::array<std::uint64_t, RING + 1> m_ids{};
    std::uint64_t m_price[2] = {2'000, 50'000};
    std::array<std::array<Money, MARKETS>, RING> m_lost{};  ///< The model.
    std::array<std::array<Money, MARKETS>, RING> m_bought{};
    std::array<bool, RING> m_took_part{};  ///< In this step.
    std::array<bool, RING> m_measured{};   ///< And its health was looked at.
    std::ostringstream m_wrong;
};

Trade draw_trade(Rng& rng, bool plain)
{
    Trade t{rng.below(MARKETS), rng.chance(50), 1 + (rng.next() % (1ULL << (10 + rng.below(10)))),
        10'000};
    if (!plain && rng.chance(60))
        t.basis = 9'500 + rng.below(1'001);
    if (underlying_of(t.market) == 1)
        t.size = 1 + t.size / 16;
    return t;
}

Step draw_trades(Rng& rng, bool plain, std::size_t who)
{
    Step s{Kind::trade, who};
    if (!plain && rng.chance(25))
        s.with = (who + 1) % RING;
    s.trades.push_back(draw_trade(rng, plain));
    if (rng.chance(40)) {
        // There and back.
        Trade back = s.trades[0];
        back.buys = !back.buys;
        if (!plain)
            back.basis = 9'500 + rng.below(1'001);
        s.trades.push_back(back);
    }
    while (rng.chance(25))
        s.trades.push_back(draw_trade(rng, plain));
    return s;
}

/// What may happen to an account between its flag and its end.
void draw_fall(Rng& rng, bool plain, std::vector<Step>& steps)
{
    const std::size_t who = rng.below(RING);
    for (std::size_t one = 0; one < RING; ++one)
        if (rng.chance(80))
            steps.push_back({Kind::flag, one});
    for (std::size_t i = rng.below(5); i > 0; --i) {
        const std::uint64_t market = rng.below(MARKETS);
        switch (rng.below(8)) {
        case 0:
            steps.push_back({Kind::wait, 0, 0, 0, rng.pick({60U, 600U, 1'800U})});
            break;
        case 1:
        case 2:
            steps.push_back(draw_trades(rng, plain, who));
            break;
        case 3:
            steps.push_back({Kind::price, 0, 0, rng.below(2), 9'000 + rng.below(2'001)});
            break;
        case 4:
            steps.push_back({rng.pick({Kind::settle, Kind::claim, Kind::touch}), who, 0, market});
            break;
        case 5:
            steps.push_back({Kind::slice, who, 0, market, 1 + rng.below(9)});
            break;
        default:
            steps.push_back({Kind::liquidate, who, 0, market, 1ULL << rng.below(14)});
        }
    }
    for (std::size_t one = 0; one < RING; ++one)
        steps.push_back({Kind::flag, one});
    steps.push_back({Kind::wait, 0, 0, 0, 1'800});
    for (std::size_t one = 0; one < RING; ++one)
        steps.push_back({Kind::resolve, (who + one) % RING});
}

std::vector<Step> draw(std::uint64_t seed, bool plain)
{
    Rng rng(seed);
    std::vector<Step> steps;
    for (std::size_t who = 0; who < RING; ++who)
        steps.push_back({Kind::deposit, who, 0, 0, 100 + rng.below(20'000)});
    while (steps.size() < STEPS) {
        const std::size_t who = rng.below(RING);
        switch (rng.below(10)) {
        case 0:
        case 1:
        case 2:
        case 3:
            steps.push_back(draw_trades(rng, plain, who));
            break;
        case 4:
        case 5:
        case 6:
            steps.push_back({Kind::price, 0, 0, rng.below(2),
                rng.chance(50) ? 6'500 + rng.below(8'501) : 9'500 + rng.below(1'001)});
            if (rng.chance(60))
                draw_fall(rng, plain, steps);
            break;
        case 7:
            steps.push_back({Kind::withdraw, who});
            break;
        case 8:
            steps.push_back({Kind::deposit, who, 0, 0, 1 + rng.below(1'000)});
            break;
        default:
            steps.push_back(
                {rng.pick({Kind::settle, Kind::claim, Kind::touch}), who, 0, rng.below(MARKETS)});
        }
    }
    return steps;
}

void search(bool plain, std::uint64_t histories, Marks& marks)
{
    for (std::uint64_t seed = 0; seed < histories; ++seed) {
        const std::vector<Step> steps = draw(seed * 2 + (plain ? 1 : 0), plain);
        const auto fault = [&](const std::vector<Step>& tried) {
            Marks ignored;
            return Game(plain).play(tried, ignored);
        };
        if (const std::string wrong = Game(plain).play(steps, marks); !wrong.empty()) {
            const std::vector<Step> needed = cut_down(
                steps, [&](const std::vector<Step>& tried) { return !fault(tried).empty(); });
            FAIL("history " << seed << ": " << wrong << " cut down: " << fault(needed)
                            << text(needed));
        }
    }
}

void say_how_often(const Marks& marks)
{
    UNSCOPED_INFO("trades " << marks.trades << ", several " << marks.several << ", insolvent "
                            << marks.insolvent << ", sales " << marks.sales << ", slices "
                            << marks.slices << ", settled " << marks.settled << ", claimed "
                            << marks.claimed << ", deleveraged " << marks.deleveraged << ", borne "
                            << marks.borne << ", deficits " << marks.deficits);
}

}  // namespace

TEST_CASE("bearers: no market bears more of a deficit than the account has lost in it")
{
    Marks marks;
    search(false, stories(100), marks);
    say_how_often(marks);
    CHECK(marks.trades > 100);
    CHECK(marks.several > 20);
    CHECK(marks.insolvent > 20);
    CHECK(marks.sales > 0);
    CHECK(marks.slices > 0);
    CHECK(marks.settled > 0);
    CHECK(marks.claimed > 0);
    CHECK(marks.deleveraged > 0);
    CHECK(marks.borne.is_positive());
}

TEST_CASE("bearers: what was lost at marks falls on markets whole")
{
    Marks marks;
    search(true, stories(100), marks);
    say_how_often(marks);
    CHECK(marks.trades > 100);
    CHECK(marks.insolvent > 20);
    CHECK(marks.deficits.is_positive());
}
