// plimsoll: tests/properties/collusion_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Attackers against the whole contract: accounts of one hand, which trade with each other and with a market
// maker at any price that is allowed, go bankrupt, buy from each other, resolve and withdraw in random order.
//
// What they have is what they have taken out, less what they put in, and the equity of each account, or nothing where that
// is below zero: nobody pays a debt for them. Asserted of every step but a move of prices: they have no more afterwards, counted together
// with the market maker where they trade with it, than before and a reward that the insurance has paid them. A move of prices
// can add to what is right, profit and loss of what they hold, only what accounts then owe beyond their equity. So:
//   * while no price moves by more than the maintenance fraction before whoever falls ill is treated, nobody ever owes anything,
//     and they gain nothing;
//   * beyond, they gain at most deficits, rewards and the discount at which the house sells collateral that it took over;
//     and where it took none, the insurance pays at most what its caps let through.
// On a violation the history is cut down to the steps that are needed, and printed.
// PLIMSOLL_STORIES=n asks for more histories.
#include "tests/support/cut_down.hpp"
#include "tests/support/incident.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/stories.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::size_t RING = 4;      ///< Accounts of the attackers, each of another owner.
constexpr std::size_t CLEAN = 3;     ///< One of them that never trades, so that nobody knows it.
constexpr std::size_t MAKER = RING;  ///< In a step: the market maker.
constexpr std::size_t STEPS = 50;
constexpr num::i128 CAP = 2'000;  ///< insurance_cap of either market.
constexpr num::i128 FUND = 1'000'000;
/// Rounding that a step may leave, raw: legs, touches and sides, each a few units. Besides, a raw unit of base a position: see slack().
constexpr num::i128 SLACK = 200;

enum class Kind
{
    fill,
    price,
    withdraw,
    deposit,
    pledge,
    wait,
    flag,
    liquidate,
    liquidate_collateral,
    slice,
    resolve,
    settle,
    claim,
    cover,
    inventory,
};
constexpr const char* KINDS[] = {"fill", "price", "withdraw", "deposit", "pledge", "wait", "flag",
    "liquidate", "liquidate_collateral", "slice", "resolve", "settle", "claim", "cover",
    "inventory"};

/// One thing that they do. It means the same whatever came before, so that others can be left out.
struct Step
{
    Kind kind = Kind::wait;
    std::size_t a = 0;
    std::size_t b = 0;
    std::uint64_t market = 0;
    std::uint64_t amount = 0;  ///< Lots, base units or seconds.
    std::uint64_t basis = 0;   ///< A price in basis points: of the index, of where it began.
};

std::string text(const std::vector<Step>& steps)
{
    std::ostringstream out;
    for (const Step& s : steps)
        out << "\n  {Kind::" << KINDS[static_cast<int>(s.kind)] << ", " << s.a << ", " << s.b
            << ", " << s.market << ", " << s.amount << ", " << s.basis << "},";
    return out.str();
}

/// value * basis / 10,000 with two decimals.
std::string priced(std::uint64_t value, std::uint64_t basis)
{
    const std::uint64_t cents = value * basis / 100;
    return std::to_string(cents / 100) + "." + std::to_string(cents % 100 + 100).substr(1);
}

/// How often each thing has happened, so that the search cannot silently find nothing.
struct Marks
{
    std::size_t fills = 0, sales = 0, collateral = 0, slices = 0, resolved = 0, insolvent = 0,
                rewarded = 0, inventory = 0, withdrawn = 0, claimed = 0, tended = 0;
    Money insured, gain, deficits;
};

constexpr std::uint64_t BEGIN[2] = {2'000, 50'000};

class Game
{
public:
    explicit Game(bool tended) : m_tended(tended)
    {
        m_house.audited = false;
        say::Cash cash;
        cash.base = cash.slope_low = cash.slope_high =
            "0";  // interest would blur who gains from whom
        cash.reserve_factor = "0";
        must(m_house, say::set_cash(cash));
        for (const std::uint64_t id : {0U, 1U}) {
            say::Underlying underlying;
            underlying.underlying = id;
            underlying.symbol = id == 0 ? "ETH" : "BTC";
            underlying.initial_fraction = "0.06";
            must(m_house, say::set_underlying(underlying));
        }
        say::Market market;
        market.insurance_cap = std::to_string(static_cast<int>(CAP));
        must(m_house, say::set_market(market));
        market.market = market.underlying = 1;
        market.symbol = "BTC-PERP";
        market.lot = "0.0001";
        market.open_interest_max = "10000";
        must(m_house, say::set_market(market));
        m_house.fund_insurance(static_cast<std::uint64_t>(FUND));
        m_house.trader("saver", 1'000'000);
        m_keeper = m_house.trader("keeper", 100'000'000);
        m_ids[MAKER] = m_house.trader("maker", 100'000'000);
        for (std::size_t i = 0; i < RING; ++i)
            m_ids[i] = m_house.trader("ring" + std::to_string(i), 0);
        m_begin = m_house.now;
    }

    /// Empty, or what a step has broken.
    std::string play(const std::vector<Step>& steps, bool calm, Marks& marks)
    {
        Worth was = worth();
        for (const Step& step : steps) {
            m_reward = Money::zero();
            act(step, marks);
            const Worth is = worth();
            const Money right = is.full - was.full;
            const Money gained = is.floored - was.floored;
            const Money traded = step.kind == Kind::fill && (step.a == MAKER || step.b == MAKER)
                                     ? is.maker - was.maker
                                     : Money::zero();
            was = is;
            const Money rounding = slack();
            m_slack += rounding;
            marks.insured += m_reward;
            std::ostringstream said;
            if (step.kind == Kind::price || step.kind == Kind::wait) {
                // What prices do to what they hold is right; what they owe beyond it is not theirs to lose.
                const Money owed = gained - right;
                if (owed.is_positive())
                    marks.deficits += owed;
                m_gain += owed;
                if (calm && owed > rounding)
                    said << "within maintenance an account has come to owe " << owed;
            } else {
                const Money gain = gained + traded;
                m_gain += gain;
                if (gain > m_reward + rounding)
                    said << KINDS[static_cast<int>(step.kind)] << " gains " << gain
                         << ", with a reward of " << m_reward;
            }
            if (!said.str().empty())
                return said.str();
        }
        return finish(calm, marks);
    }

private:
    /// What they have in all: with what accounts owe, without it; and the market maker.
    struct Worth
    {
        Money full;
        Money floored;
        Money maker;
    };
    Worth worth()
    {
        Worth sum{m_taken, m_taken, equity_of(m_house, m_ids[MAKER])};
        for (std::size_t i = 0; i < RING; ++i) {
            const Money equity = equity_of(m_house, m_ids[i]);
            sum.full += equity;
            sum.floored += equity.is_negative() ? Money::zero() : equity;
        }
        return sum;
    }
    std::uint64_t index(std::uint64_t market) { return BEGIN[market] * m_basis[market] / 10'000; }
    /// A position that nobody touches is rounded anew at each look: what one has cut off of its base the next may give back.
    Money slack()
    {
        const std::uint64_t a_unit_each = (RING + 1) * (index(0) + index(1));
        return Money::from_raw(SLACK + static_cast<num::i128>(a_unit_each));
    }
    std::string owner(std::size_t i) { return "ring" + std::to_string(i); }

    std::string finish(bool calm, Marks& marks)
    {
        if (const std::string fault = m_house.fault(); !fault.empty())
            return fault;
        const Money paid = money(std::to_string(static_cast<int>(FUND))) + m_fees -
                           m_house.house().insurance.balance;
        std::ostringstream said;
        if (calm && m_gain > m_slack)
            said << "within maintenance they gain " << m_gain;
        if (m_gain > marks.deficits + marks.insured + m_slack)
            said << "they gain " << m_gain << " of deficits of " << marks.deficits;
        // Two markets, each a bucket that drains over a day.
        const num::i128 most =
            2 * (CAP + CAP * static_cast<num::i128>(m_house.now - m_begin) / DAY + 1);
        if (m_inventory.is_zero() && paid > Money::from_raw(most * num::WAD))
            said << "the insurance has paid " << paid;
        marks.gain = m_gain > marks.gain ? m_gain : marks.gain;
        return said.str();
    }

    /// A keeper without hands in it buys whatever makes an account healthy, and asks for nothing.
    void tend(Marks& marks)
    {
        for (std::size_t i = 0; i < RING; ++i)
            for (int round = 0; round < 4; ++round) {
                Reply reply = m_house.send(
                    "keeper", say::liquidate_collateral(m_ids[i], 2, m_keeper, "100000000000"));
                bool sold = reply.ok();
                note(reply);
                for (const std::uint64_t market : {0U, 1U}) {
                    reply = m_house.send(
                        "keeper", say::liquidate(m_ids[i], market, m_keeper, "1000000"));
                    note(reply);
                    sold = sold || reply.ok();
                }
                if (!sold)
                    break;
                ++marks.tended;
            }
    }

    void note(const Reply& reply)
    {
        for (const contract::Event& event : reply.events)
            for (const contract::Attribute& attribute : event.attributes) {
                if (attribute.key == "reward_from_insurance")
                    m_reward += money(attribute.value);
                if (attribute.key == "fee")
                    m_fees += money(attribute.value);
                if (attribute.key == "credit")
                    m_inventory += money(attribute.value);
            }
    }

    void act(const Step& s, Marks& marks)
    {
        Clearinghouse& h = m_house;
        const std::uint64_t a = m_ids[s.a];
        const std::uint64_t b = m_ids[s.b];
        switch (s.kind) {
        case Kind::fill: {
            const std::string at = priced(index(s.market), s.basis);
            // As much of it as goes, by halves.
            for (std::uint64_t lots = s.amount; lots > 0; lots /= 2)
                if (h.fill(s.market, a, b, decimal(lots, s.market), at).ok()) {
                    ++marks.fills;
                    break;
                }
            break;
        }
        case Kind::price:
            m_basis[s.market] = s.basis;
            h.price(s.market, std::to_string(BEGIN[s.market] * s.basis / 10'000));
            h.refresh();
            if (m_tended)
                tend(marks);
            break;
        case Kind::wait:
            h.wait(s.amount);
            h.refresh();
            break;
        case Kind::withdraw: {
            // The most that goes, within a part in a thousand.
            for (std::uint64_t coin = 1ULL << 35U; coin > 100'000; coin /= 2)
                while (h.send(owner(s.a), say::withdraw(a, 0, std::to_string(coin))).ok()) {
                    m_taken += quote_of(static_cast<num::i128>(coin));
                    ++marks.withdrawn;
                }
            break;
        }
        case Kind::deposit:
            h.deposit(a, "uusdc", static_cast<num::i128>(s.amount) * 1'000'000);
            m_taken -= quote_of(static_cast<num::i128>(s.amount) * 1'000'000);
            break;
        case Kind::pledge: {
            const num::i128 amount = static_cast<num::i128>(s.amount) * 10'000;
            const Money before = equity_of(h, a);
            if (h.send(owner(s.a), say::deposit(a), {{"sat", amount}}).ok())
                m_taken -= equity_of(h, a) - before;
            break;
        }
        case Kind::flag:
            static_cast<void>(h.send("anyone", say::flag(a)));
            break;
        case Kind::liquidate: {
            const Reply reply =
                h.send(owner(s.b), say::liquidate(a, s.market, b, decimal(s.amount, s.market)));
            marks.sales += reply.ok() ? 1U : 0U;
            note(reply);
            marks.rewarded += m_reward.is_positive() ? 1U : 0U;
            break;
        }
        case Kind::liquidate_collateral: {
            const Reply reply = h.send(
                owner(s.b), say::liquidate_collateral(a, 2, b, std::to_string(s.amount * 10'000)));
            marks.collateral += reply.ok() ? 1U : 0U;
            note(reply);
            break;
        }
        case Kind::slice: {
            const Reply reply = h.send(
                owner(s.b), say::liquidate_slice(a, b, "0." + std::to_string(1 + s.amount % 9)));
            marks.slices += reply.ok() ? 1U : 0U;
            note(reply);
            break;
        }
        case Kind::resolve: {
            const Reply reply = h.send("anyone", say::resolve(a));
            marks.resolved += reply.ok() ? 1U : 0U;
            if (reply.ok() && reply.event("account_resolved", "insolvent") == "true")
                ++marks.insolvent;
            note(reply);
            break;
        }
        case Kind::settle:
            static_cast<void>(h.send("anyone", say::settle(a, s.market)));
            static_cast<void>(h.send("anyone", say::settle(m_ids[MAKER], s.market)));
            break;
        case Kind::claim:
            marks.claimed += h.send(owner(s.a), say::claim(a, s.market)).ok() ? 1U : 0U;
            break;
        case Kind::cover:
            static_cast<void>(h.send("anyone", say::cover_deficit()));
            break;
        case Kind::inventory: {
            const Reply reply =
                h.send(owner(s.b), say::buy_inventory(2, b, std::to_string(s.amount * 10'000)));
            if (reply.ok()) {
                const num::i128 sats = raw(reply.event("inventory_sold", "amount")) / num::WAD;
                const Money worth = Money::from_raw(
                    sats * (static_cast<num::i128>(index(1)) * num::i128{num::WAD} / 100'000'000));
                const Money less = worth - money(reply.event("inventory_sold", "paid"));
                // share_max * maintenance haircut = 0.5 * 0.08
                CHECK(less.raw() <= worth.raw() / 25 + 1);
                m_reward += less;
                ++marks.inventory;
            }
            break;
        }
        }
    }

    /// Lots of a market as text.
    static std::string decimal(std::uint64_t lots, std::uint64_t market)
    {
        const std::uint64_t scale = market == 0 ? 1'000 : 10'000;
        return std::to_string(lots / scale) + "." + std::to_string(lots % scale + scale).substr(1);
    }

    Clearinghouse m_house;
    bool
        m_tended;  ///< Somebody liquidates whoever prices make liquidatable, before anything else happens.
    std::uint64_t m_keeper = 0;
    std::array<std::uint64_t, RING + 1> m_ids{};
    std::uint64_t m_basis[2] = {10'000, 10'000};
    std::uint64_t m_begin = 0;
    Money m_taken;      ///< Taken out less put in.
    Money m_reward;     ///< Of this step, from the insurance.
    Money m_fees;       ///< To the insurance, in sales.
    Money m_inventory;  ///< What the insurance has paid for collateral.
    Money m_slack;      ///< Rounding of all steps so far.
    Money m_gain;       ///< Beyond what prices have done to what they held.
};

/// After prices have moved: one of them is flagged, others buy from it, early or late, and what is left is resolved.
void draw_fall(Rng& rng, std::vector<Step>& steps)
{
    const std::size_t victim = rng.below(CLEAN);
    const std::uint64_t market = rng.chance(75) ? 0 : 1;
    steps.push_back({Kind::flag, victim, 0, 0, 0, 0});
    for (std::size_t i = rng.below(5); i > 0; --i) {
        if (rng.chance(60))
            steps.push_back({Kind::wait, 0, 0, 0, rng.pick({60U, 300U, 900U, 1'800U}), 0});
        const std::size_t buyer = rng.chance(60) ? CLEAN : rng.below(RING);
        const Kind kind =
            rng.pick({Kind::liquidate, Kind::liquidate, Kind::liquidate_collateral, Kind::slice});
        steps.push_back(
            {kind, victim, buyer, market, 1 + (rng.next() % (1ULL << (6 + rng.below(12)))), 0});
    }
    if (rng.chance(70)) {
        if (rng.chance(60))
            steps.push_back({Kind::wait, 0, 0, 0, 1'800, 0});
        steps.push_back({Kind::resolve, victim, 0, 0, 0, 0});
    }
}

Step draw_fill(Rng& rng)
{
    Step s{Kind::fill, rng.below(CLEAN), rng.chance(30) ? MAKER : rng.below(CLEAN),
        rng.chance(75) ? 0U : 1U, 1 + (rng.next() % (1ULL << (8 + rng.below(10)))),
        rng.chance(40) ? 10'000 : 9'500 + rng.below(1'001)};
    if (rng.chance(50))
        std::swap(s.a, s.b);
    return s;
}

std::vector<Step> draw(std::uint64_t seed, bool calm)
{
    Rng rng(seed);
    std::vector<Step> steps;
    for (std::size_t i = 0; i < RING; ++i)
        steps.push_back({Kind::deposit, i, 0, 0, i == CLEAN ? 50'000U : 100 + rng.below(3'000), 0});
    if (rng.chance(50)) {
        const std::size_t who = rng.below(CLEAN);
        steps.push_back({Kind::pledge, who, 0, 0, 1 + rng.below(2'000), 0});
        steps.push_back({Kind::withdraw, who, 0, 0, 0, 0});
    }
    std::uint64_t basis[2] = {10'000, 10'000};
    while (steps.size() < STEPS) {
        const std::size_t a = rng.below(RING);
        const std::uint64_t market = rng.chance(75) ? 0 : 1;
        switch (rng.below(11)) {
        case 0:
        case 1:
        case 2:
        case 3:
            steps.push_back(draw_fill(rng));
            break;
        case 4:
        case 5:
        case 6: {
            const std::uint64_t wide = rng.chance(50) ? 3'000 : 600;
            const std::uint64_t low = basis[market] > wide + 3'000 ? basis[market] - wide : 3'000;
            const std::uint64_t before = basis[market];
            basis[market] = low + rng.below(2 * wide + 1);
            if (calm)
                basis[market] = before * (10'000 - 485 + rng.below(971)) / 10'000;
            if (basis[market] > 25'000 && !calm)
                basis[market] = 25'000;
            steps.push_back({Kind::price, 0, 0, market, 0, basis[market]});
            if (rng.chance(60))
                draw_fall(rng, steps);
            break;
        }
        case 7:
            steps.push_back({Kind::withdraw, a, 0, 0, 0, 0});
            break;
        case 8:
            steps.push_back({Kind::deposit, a, 0, 0, 1 + rng.below(500), 0});
            break;
        case 9:
            draw_fall(rng, steps);
            break;
        default:
            steps.push_back({rng.pick({Kind::settle, Kind::settle, Kind::claim, Kind::claim,
                                 Kind::cover, Kind::inventory}),
                a, a, market, 1'000, 0});
        }
    }
    return steps;
}

void search(bool calm, std::uint64_t histories, Marks& marks)
{
    for (std::uint64_t seed = 0; seed < histories; ++seed) {
        const std::vector<Step> steps = draw(seed * 2 + (calm ? 1 : 0), calm);
        Marks one = marks;
        one.deficits = one.insured = Money::zero();
        if (const std::string wrong = Game(calm).play(steps, calm, one); !wrong.empty()) {
            const auto fault = [&](const std::vector<Step>& tried) {
                Marks ignored;
                return Game(calm).play(tried, calm, ignored);
            };
            const std::vector<Step> needed = cut_down(
                steps, [&](const std::vector<Step>& tried) { return !fault(tried).empty(); });
            FAIL("history " << seed << ": " << wrong << "; cut down: " << fault(needed)
                            << text(needed));
        }
        one.insured = one.insured > marks.insured ? one.insured : marks.insured;
        one.deficits = one.deficits > marks.deficits ? one.deficits : marks.deficits;
        marks = one;
    }
}

}  // namespace

TEST_CASE("collusion: within the maintenance fraction accounts of one hand gain nothing")
{
    Marks marks;
    search(true, stories(150), marks);
    INFO("fills " << marks.fills << ", sales " << marks.sales << ", tended " << marks.tended
                  << ", withdrawn " << marks.withdrawn << ", claimed " << marks.claimed << ", gain "
                  << marks.gain);
    CHECK(marks.fills > 100);
    CHECK(marks.tended > 0);
    CHECK(marks.withdrawn > 100);
    CHECK(marks.claimed > 0);
}

TEST_CASE(
    "collusion: beyond it they gain at most deficits and rewards, and the insurance keeps its caps")
{
    Marks marks;
    search(false, stories(150), marks);
    INFO("fills " << marks.fills << ", sales " << marks.sales << ", collateral " << marks.collateral
                  << ", slices " << marks.slices << ", resolved " << marks.resolved
                  << ", insolvent " << marks.insolvent << ", rewarded " << marks.rewarded
                  << ", claimed " << marks.claimed << ", gain " << marks.gain << ", deficits "
                  << marks.deficits << ", insured " << marks.insured);
    CHECK(marks.sales > 10);
    CHECK(marks.collateral > 0);
    CHECK(marks.slices > 0);
    CHECK(marks.insolvent > 10);
    CHECK(marks.rewarded > 0);
    CHECK(marks.gain > money("0"));
}

namespace {

/// One is long of ten ether with 1,300, its friend short: both of one hand. Then the price falls by 30 % at once.
struct Pair
{
    Clearinghouse house;
    std::uint64_t bankrupt = 0;
    std::uint64_t winner = 0;

    explicit Pair(std::optional<std::string> cap)
    {
        say::Market market;
        market.insurance_cap = cap;
        must(house, say::set_market(market));
        house.fund_insurance(100'000);
        house.trader("saver", 1'000'000);
        bankrupt = house.trader("bankrupt", 2'000);
        winner = house.trader("winner", 5'000);
        REQUIRE(house.fill(0, bankrupt, winner, "10", "2000").ok());
        house.price(0, "1400");
        REQUIRE(house.send("anyone", say::flag(bankrupt)).ok());
        house.wait(FAST + SLOW);
        house.refresh();
        REQUIRE(house.send("anyone", say::resolve(bankrupt)).ok());
        static_cast<void>(house.send("winner", say::claim(winner, 0)));
    }
    Money out() { return quote_of(drain(house, winner) + drain(house, bankrupt)); }
    Money paid() { return money("100000") - house.house().insurance.balance; }
};

}  // namespace

TEST_CASE(
    "collusion: the insurance pays its cap to a pair, the winner a part of its profit, and the "
    "rest stays owed")
{
    Pair pair("1000");
    // The deficit is 4,000: 1,000 of insurance, 700 by the price of the deleveraging, 2,300 of open deficit.
    CHECK(pair.paid() == money("1000"));
    CHECK(pair.house.house().insurance.open_deficit == money("2300"));
    // What is owed by nobody is the depositors' loss, beyond the cap: 3,300 are gained in all. A gate slows it down.
    CHECK(pair.out() == money("7000") + money("4000") - money("700"));
    Pair naive(std::nullopt);
    CHECK(naive.paid() == money("4000"));
    CHECK(naive.out() == money("11000"));
}
