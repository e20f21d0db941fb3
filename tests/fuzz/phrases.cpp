// plimsoll: tests/fuzz/phrases.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. See phrases.hpp.
#include "tests/fuzz/phrases.hpp"

#include "contract/base64.hpp"
#include "tests/contract/json/samples.hpp"
#include "tests/support/literals.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace plimsoll::test {
namespace {

using nlohmann::json;

const std::vector<std::string> SIZES{"1", "0.1", "0.01", "0.001", "0.5", "2", "5", "10", "100",
    "1000", "10000000000", "0.000000000000000001", "0.0001", "0.37", "3", "25"};
const std::vector<std::string> AMOUNTS{"1000000", "1", "100000000", "1000000000", "10000000000",
    "1000000000000000000", "500000000000000000", "250000000", "99", "0", "3000000", "50000000",
    "7000000000000000000", "100000000000", "31", "1000"};
const std::vector<std::string> EXTREMES{"0", "1", "-1", "00", "255", "256", "65535", "65536",
    "4294967295", "4294967296", "9223372036854775807", "9223372036854775808",
    "18446744073709551615", "18446744073709551616", "170141183460469231731687303715884105727",
    "-170141183460469231731687303715884105728", "0.000000000000000001", "0.0000000000000000001",
    "100000000", "10000000000", "1000000000000000000", "0.5", "1e9", "", "-0", "1.", ".5", "10",
    "100", "0.1", "0.01", "99999999.999999999999999999"};
const std::vector<std::string> NAMES{"alice", "bob", "carol", "dave", "keeper", "thin", "nobody1",
    "staker", "gov", "guardian", "publisher", "venue", "feeder0", "feeder1", "feeder2", "dao",
    "wethtoken", "pyth1", "anyone", "clearinghouse", "Bad", "x", ""};
/// Thousandths of a price.
constexpr std::array<int, 16> FACTORS{
    1'000, 999, 1'001, 990, 1'010, 950, 1'050, 900, 1'100, 800, 1'250, 600, 1'700, 500, 2'000, 100};

/// The bytes that everything in one message follows where it is not changed.
struct Gist
{
    std::size_t who = 0;
    std::size_t where = 0;
    std::size_t how = 0;

    explicit Gist(Bytes& bytes) : who(bytes.next()), where(bytes.next()), how(bytes.next()) {}
};

struct Leaf
{
    json* value;
    json* parent;
    std::string key;
};

/// Every member of an object and every item of a list, with the name of the nearest member.
void collect(json& node, const std::string& key, std::vector<Leaf>& out)
{
    if (node.is_object())
        for (auto& [name, value] : node.items()) {
            out.push_back({&value, &node, name});
            collect(value, name, out);
        }
    else if (node.is_array())
        for (json& item : node) {
            if (!item.is_structured())
                out.push_back({&item, &node, key});
            collect(item, key, out);
        }
}

std::string scaled(num::i128 price, std::size_t factor)
{
    return text_of(Price::from_raw(std::max(price / 1'000 * FACTORS[factor % 16], num::i128{1})));
}

class Phrase
{
public:
    Phrase(Bytes& bytes, FuzzedHouse& house) : m_bytes(bytes), m_house(house), m_gist(bytes) {}

    std::string say(std::string_view sample)
    {
        json message = json::parse(sample);
        const std::string verb = message.begin().key();
        suit(message, verb);
        for (std::size_t changes = m_bytes.next() % 6; changes > 0; --changes)
            change(message);
        std::string text = message.dump(-1, ' ', false, json::error_handler_t::ignore);
        if (m_bytes.next() >= 240)
            splice(text);
        return text;
    }
    /// Who would say it.
    std::string sender(std::string_view verb) const
    {
        if (verb == "push_prices")
            return m_gist.where % 4 == 2 ? NAMES[12 + m_gist.how % 3] : "publisher";
        if (verb == "settle_fills" || verb == "report_orders")
            return "venue";
        if (verb == "set_pause" || verb == "set_reduce_only")
            return "guardian";
        if (verb == "receive")
            return FUZZ_TOKEN;
        if (verb == "stake" || verb == "unstake" || verb == "claim_unstaked")
            return "staker";
        if (verb.substr(0, 4) == "set_" && verb != "set_mode")
            return "gov";
        for (const std::string_view governed :
            {"wind_down", "propose", "execute_proposal", "cancel_proposal", "fund_insurance"})
            if (verb == governed)
                return "gov";
        const bool buys = verb.substr(0, 9) == "liquidate" || verb == "buy_inventory";
        return m_house.owner(buys ? other() : account());
    }

private:
    [[nodiscard]] std::uint64_t account() const { return 1 + m_gist.who % 8; }
    /// Bob's, the keeper's or anybody's.
    [[nodiscard]] std::uint64_t other() const
    {
        const std::size_t which = m_gist.who / 8 % 8;
        return which == 0 ? 5 : which == 1 ? 2 : 1 + which;
    }

    /// What stands in that field when it is to mean something: by the gist, or by another choice.
    std::optional<json> fit(const std::string& key, const json& parent, std::size_t choice) const
    {
        const auto from = [&](const std::vector<std::string>& list, std::size_t at) {
            return json(list[at % list.size()]);
        };
        if (key == "account" || key == "from" || key == "seller")
            return 1 + (account() - 1 + choice) % 10;
        if (key == "to")
            return 1 + ((account() == 1 ? 5 : 0) + choice) % 10;
        if (key == "buyer")
            return 1 + (other() - 1 + choice) % 10;
        if (key == "market" || key == "markets")
            return (m_gist.where + choice) % 8;
        if (key == "asset")
            return (m_gist.where + choice) % 5;
        if (key == "underlying" || key == "underlyings" || key == "quote_feed" || key == "a")
            return (m_gist.where + choice) % 4;
        if (key == "b")
            return (m_gist.where + choice + 1) % 4;
        if (key == "id")
            return 1 + (m_gist.where + choice) % 3;
        if (key == "nonce")
            return m_house.venue_nonce() + 1 + choice;
        if (key == "publish_time")
            return m_house.time - choice % 64;
        if (key == "ordered")
            return m_house.time - 2 + choice % 8;
        if (key == "deadline" || key == "expires" || key == "until")
            return m_house.time + 60 * (choice + 1);
        if (key == "expiry")
            return choice % 4 == 3 ? m_house.time + 60 * choice : FUZZ_EXPIRY;
        if (key == "base" || key == "bid" || key == "ask" || key == "base_max")
            return from(SIZES, m_gist.how + choice);
        if (key == "amount" || key == "amount_max" || key == "shares" || key == "pool_start")
            return from(AMOUNTS, m_gist.how + choice);
        if (key == "fraction_max")
            return from({"1", "0.25", "0.5", "0.01"}, m_gist.how + choice);
        if (key == "actions" || key == "roles")
            return (m_gist.how + choice) % 16;
        if (key == "price" || key == "worst_price" || key == "forward" || key == "strike")
            return fitting_price(parent, choice);
        if (key == "premium")
            return from({"0", "1", "-1", "10", "-20", "0.5"}, m_gist.how + choice);
        if (key == "address" || key == "owner" || key == "sender" || key == "venue" ||
            key == "publishers" || key == "governance")
            return from(NAMES, (key == "venue" ? 11 : m_gist.who) + choice);
        if (key == "cursor")
            return choice % 4;
        return std::nullopt;
    }

    json fitting_price(const json& parent, std::size_t choice) const
    {
        const auto number = [&](const char* name, std::uint64_t otherwise) {
            return parent.is_object() && parent.contains(name) && parent[name].is_number_unsigned()
                       ? parent[name].get<std::uint64_t>()
                       : otherwise;
        };
        if (parent.is_object() && parent.contains("underlying"))
            return scaled(m_house.index(number("underlying", 0)), choice);
        return scaled(m_house.mark(number("market", m_gist.where % 7)), choice);
    }

    /// What cannot change once it is listed.
    static bool is_fixed(std::string_view key)
    {
        for (const std::string_view fixed :
            {"market", "asset", "underlying", "quote_feed", "a", "b", "publishers", "strike"})
            if (key == fixed)
                return true;
        return false;
    }

    /// The sample as this house would hear it.
    void suit(json& message, const std::string& verb)
    {
        json& body = message[verb];
        if (verb.substr(0, 9) == "liquidate" && m_gist.where < 128)
            for (const char* guard : {"worst_price", "pay_max", "nonce", "deadline"})
                body.erase(guard);
        const bool lists = verb.substr(0, 4) == "set_" && verb != "set_mode" &&
                           verb != "set_reduce_only" && verb != "set_settlement_price";
        std::vector<Leaf> leaves;
        collect(message, "", leaves);
        // Prices last: what they are of is then known.
        for (const bool prices : {false, true})
            for (Leaf& leaf : leaves) {
                const bool is_price = leaf.key == "price" || leaf.key == "forward";
                if (leaf.value->is_structured() || is_price != prices ||
                    (lists && is_fixed(leaf.key)))
                    continue;
                if (const auto value = fit(leaf.key, *leaf.parent, 0))
                    *leaf.value = *value;
            }
        if (verb == "batch") {
            body["calls"] = json::array();
            for (std::size_t calls = 1 + m_bytes.below(4); calls > 0; --calls)
                body["calls"].push_back(inner(KEEPER));
        } else if (body.contains("message")) {
            body["message"] = inner(GOVERNANCE);
            if (body.contains("proposal") && m_gist.where < 128)
                body.erase("proposal");
        } else if (body.contains("msg")) {
            std::string text;
            contract::append_base64(text, inner(TOKEN).dump());
            body["msg"] = text;
        }
    }

    /// A message inside another one.
    json inner(const std::vector<std::string>& verbs)
    {
        const std::string& verb = verbs[m_bytes.below(verbs.size())];
        for (const std::string_view sample : EXECUTE_SAMPLES) {
            json message = json::parse(sample);
            if (message.begin().key() != verb)
                continue;
            m_gist.who += m_bytes.next();
            suit(message, verb);
            return message;
        }
        fail("no sample of", verb);
    }

    void change(json& message)
    {
        std::vector<Leaf> leaves;
        collect(message, "", leaves);
        const std::size_t which = m_bytes.next();
        const std::size_t how = m_bytes.next();
        if (leaves.empty())
            return;
        Leaf& leaf = leaves[which % leaves.size()];
        const auto put = [&](const std::string& text) {
            // Numbers of more than 64 bits only come as texts here; splice() writes the others.
            if (leaf.value->is_number() && !text.empty() && text.size() < 20 &&
                text.find_first_not_of("0123456789") == std::string::npos)
                *leaf.value = std::stoull(text);
            else
                *leaf.value = text;
        };
        if (how < 112) {
            if (const auto value = fit(leaf.key, *leaf.parent, how))
                *leaf.value = *value;
            else
                number(leaf, how);
        } else if (how < 160) {
            if (leaf.parent->is_object())
                leaf.parent->erase(leaf.key);
        } else if (how < 192) {
            put(EXTREMES[how - 160]);
        } else if (how < 216) {
            put(m_bytes.text(how - 191));
        } else if (how < 224) {
            static const std::array<const char*, 8> OTHERS{
                "null", "true", "[]", "{}", "\"\"", "7", "\"portfolio\"", "[[[[[[[[]]]]]]]]"};
            *leaf.value = json::parse(OTHERS[how % 8]);
        } else if (leaf.value->is_array() && !leaf.value->empty()) {
            leaf.value->push_back(leaf.value->front());
        } else {
            word(leaf, how);
        }
    }

    /// A number of the sample made larger or smaller.
    void number(Leaf& leaf, std::size_t how) const
    {
        static constexpr std::array<std::uint64_t, 6> TIMES{2, 10, 100, 3, 5, 1'000};
        if (leaf.value->is_number_unsigned()) {
            const auto value = leaf.value->get<std::uint64_t>();
            *leaf.value = how % 2 == 0 ? value * TIMES[how / 2 % 6] : value / TIMES[how / 2 % 6];
        } else if (leaf.value->is_string()) {
            const Result<num::i128> value =
                num::parse_decimal(leaf.value->get<std::string>(), num::WAD_DECIMALS);
            if (!value)
                return word(leaf, how);
            const num::i128 times = static_cast<num::i128>(TIMES[how / 2 % 6]);
            const bool grows =
                how % 2 == 0 && num::magnitude(*value) < num::u128{num::WAD} * 1'000'000'000;
            *leaf.value = text_of(Price::from_raw(grows ? *value * times : *value / times));
        } else if (leaf.value->is_boolean()) {
            *leaf.value = !leaf.value->get<bool>();
        }
    }

    /// Another of the words that fields choose from.
    static void word(Leaf& leaf, std::size_t how)
    {
        static const std::vector<std::string> WORDS{"standard", "portfolio", "active",
            "reduce_only", "closed", "settling", "perpetual", "future", "option", "call", "put",
            "buyer", "seller", "up", "down", "none", "skew_linear", "skew_abs", "uusdc", "aeth",
            "sat", "cw20:wethtoken", "cw20:", "ETH", "BTC"};
        *leaf.value = WORDS[how % WORDS.size()];
    }

    void splice(std::string& text)
    {
        const std::size_t at = m_bytes.next() * 256U + m_bytes.next();
        const std::size_t gone = m_bytes.below(32);
        const std::string put = m_bytes.text(m_bytes.below(64));
        text.replace(at % text.size(), gone, put);
    }

    static const std::vector<std::string> KEEPER;
    static const std::vector<std::string> GOVERNANCE;
    static const std::vector<std::string> TOKEN;

    Bytes& m_bytes;
    FuzzedHouse& m_house;
    Gist m_gist;
};

const std::vector<std::string> Phrase::KEEPER{"flag", "liquidate", "liquidate_collateral",
    "liquidate_slice", "resolve", "touch", "accrue", "observe", "buy_inventory", "settle_market",
    "pull_prices", "settle", "claim", "cover_deficit", "withdraw"};
const std::vector<std::string> Phrase::GOVERNANCE{"set_role", "set_asset", "set_underlying",
    "set_portfolio_risk", "set_correlation", "set_market", "set_params", "set_observation",
    "set_feed", "wind_down", "set_settlement", "set_settlement_price", "set_cash", "set_timelock",
    "set_pause", "touch"};
const std::vector<std::string> Phrase::TOKEN{"deposit", "fund_insurance", "stake", "withdraw"};

/// Governance's messages with the house's own values, which the samples' do not agree with.
const std::vector<std::string>& own_samples()
{
    static const std::vector<std::string> SAMPLES = [] {
        say::Cash cash;
        cash.gate = true;
        cash.unbonding = 7 * DAY;
        say::Asset sat;
        sat.asset = 2;
        sat.denom = "sat";
        sat.decimals = 8;
        sat.deposit_cap = "1000000000000";
        say::Params params;
        params.grace_max = 600;
        params.gap_min = 60;
        params.longest_block = 10;
        params.pace = "1000000";
        say::Feed feed;
        feed.publishers = {"feeder0", "feeder1"};
        feed.quorum = 1;
        feed.report_max_age = 60;
        feed.pyth = "pyth1";
        say::Underlying underlying;
        underlying.option = underlying.scaling = underlying.confidence = underlying.depeg = true;
        say::Surface surface;
        surface.expiry = FUZZ_EXPIRY;
        return std::vector<std::string>{say::set_cash(cash), say::set_market({}),
            say::set_market(say::future(2, FUZZ_EXPIRY)),
            say::set_market(say::option(3, FUZZ_EXPIRY, "2000")), say::set_asset({}),
            say::set_asset(sat), say::set_params(params), say::set_feed(feed),
            say::set_underlying(underlying), say::set_portfolio_risk({}), say::set_settlement({}),
            say::set_observation({}), say::push_surfaces({surface}), say::push_premium(0, "1"),
            say::push_price(0, "2000", START), say::open_account()};
    }();
    return SAMPLES;
}

Coins any_funds(Bytes& bytes, const std::string& verb)
{
    static const std::array<const char*, 6> DENOMS{
        "uusdc", "aeth", "sat", "cw20:wethtoken", "unknown", ""};
    const std::size_t choice = bytes.next();
    if (choice < 160) {
        if (verb == "deposit") {
            static const Coins USUAL{{"uusdc", 1'000'000'000}, {"aeth", num::WAD},
                {"sat", 1'000'000}, {"uusdc", 1}, {"uusdc", 100'000'000'000}};
            return {USUAL[choice % USUAL.size()]};
        }
        if (verb == "fund_insurance" || verb == "stake")
            return {{"uusdc", 1'000'000 + 1'000'003 * static_cast<num::i128>(choice)}};
        return {};
    }
    Coins coins;
    for (std::size_t i = choice % 3; i > 0; --i) {
        const char* denom = DENOMS[bytes.below(DENOMS.size())];
        const std::size_t size = bytes.next();
        num::i128 amount = static_cast<num::i128>(size % 16) - 1;
        for (std::size_t zeros = size / 16; zeros > 0; --zeros)
            amount *= 10;
        coins.emplace_back(denom, amount);
    }
    return coins;
}

}  // namespace

std::string any_sender(Bytes& bytes)
{
    return NAMES[bytes.below(NAMES.size())];
}

Spoken any_execute(Bytes& bytes, FuzzedHouse& house)
{
    const std::size_t which = bytes.below(EXECUTE_SAMPLES.size() + own_samples().size());
    const std::string_view sample = which < EXECUTE_SAMPLES.size()
                                        ? EXECUTE_SAMPLES[which]
                                        : own_samples()[which - EXECUTE_SAMPLES.size()];
    const std::string verb(sample.substr(2, sample.find('"', 2) - 2));
    Phrase phrase(bytes, house);
    Spoken spoken;
    spoken.json = phrase.say(sample);
    const std::size_t sender = bytes.next();
    spoken.sender = sender < 200 ? phrase.sender(verb) : NAMES[sender % NAMES.size()];
    spoken.funds = any_funds(bytes, verb);
    return spoken;
}

std::string any_query(Bytes& bytes, FuzzedHouse& house)
{
    const std::string_view sample = QUERY_SAMPLES[bytes.below(QUERY_SAMPLES.size())];
    return Phrase(bytes, house).say(sample);
}

std::string any_instantiate(Bytes& bytes, FuzzedHouse& house)
{
    return Phrase(bytes, house).say(INSTANTIATE_SAMPLE);
}

std::string any_price(Bytes& bytes, const FuzzedHouse& house, std::uint64_t underlying)
{
    return scaled(house.index(underlying), bytes.next());
}

Spoken any_fill(Bytes& bytes, FuzzedHouse& house)
{
    const std::size_t choice = bytes.next();
    const std::size_t size = bytes.next();
    say::Fill fill;
    fill.market = bytes.below(7);
    fill.buyer = 1 + choice % 8;
    fill.seller = 1 + choice / 8 % 8;
    if (fill.seller == fill.buyer)
        fill.seller = fill.buyer == 2 ? 5 : 2;
    fill.base = SIZES[size % SIZES.size()];
    fill.price = scaled(house.mark(fill.market), size / 16 % 6);
    if (choice / 64 > 1)
        fill.taker = choice / 64 == 2 ? "buyer" : "seller";
    if (fill.market == 6)
        fill.ordered = house.time - 2;
    return {"venue", say::settle_fills(house.venue_nonce() + 1, {fill}), {}};
}

Spoken any_keeping(Bytes& bytes, FuzzedHouse& house)
{
    const contract::Outcome list = house.ask(R"({"liquidatable":{"cursor":0,"limit":100}})");
    const std::size_t which = bytes.next();
    std::uint64_t account = 1 + which % 8;
    if (list.error == Error::ok) {
        const json accounts = json::parse(list.data)["accounts"];
        if (!accounts.empty())
            account = accounts[which % accounts.size()]["account"].get<std::uint64_t>();
    }
    const std::size_t how = bytes.next();
    const std::uint64_t buyer = which / 64 == 0 ? 5 : 1 + which / 64;
    const std::string size = how < 128 ? "10000000000" : SIZES[how % SIZES.size()];
    const std::string keeper = house.owner(buyer);
    switch (bytes.below(8)) {
    case 0:
        return {keeper, say::flag(account), {}};
    case 1:
    case 2:
        return {keeper, say::liquidate(account, how % 7, buyer, size), {}};
    case 3:
        return {keeper,
            say::liquidate_collateral(account, 1 + how % 3, buyer,
                how < 128 ? AMOUNTS[6] : AMOUNTS[how % AMOUNTS.size()]),
            {}};
    case 4:
        return {keeper, say::liquidate_slice(account, buyer, how < 128 ? "1" : "0.25"), {}};
    case 5:
        return {keeper, say::settle(account, how % 7), {}};
    case 6:
        return {house.owner(account), say::claim(account, how % 7), {}};
    default:
        return {keeper, say::resolve(account), {}};
    }
}

std::string any_pyth_answer(Bytes& bytes, FuzzedHouse& house)
{
    json answer =
        json::parse(R"({"price_feed":{"id":"","price":{"price":"10000000000",)"
                    R"("conf":"1000000","expo":-8,"publish_time":0},)"
                    R"("ema_price":{"price":"1","conf":"2","expo":-8,"publish_time":3}}})");
    json& feed = answer["price_feed"];
    feed["id"] = say::PYTH_FEED_ID;
    feed["price"]["publish_time"] = house.time;
    const std::size_t how = bytes.next();
    if (how < 64)
        feed["price"]["price"] = std::to_string(100'000'000 * (how + 1));
    else if (how < 96)
        feed["price"]["expo"] = static_cast<int>(how) - 90;
    else if (how < 128)
        feed["price"][how % 2 == 0 ? "price" : "conf"] = EXTREMES[how - 96];
    else if (how < 160)
        return bytes.text(how - 127);
    std::string text = answer.dump();
    if (how >= 160)
        text.replace(how - 160, 1, bytes.text(bytes.below(16)));
    return text;
}

}  // namespace plimsoll::test
