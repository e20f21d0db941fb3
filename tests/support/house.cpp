// plimsoll: tests/support/house.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. See house.hpp.
#include "tests/support/house.hpp"

#include "tests/support/audit.hpp"
#include "tests/support/literals.hpp"
#include "tests/support/usual_house.hpp"

#include <catch2/catch.hpp>

namespace plimsoll::test {

const contract::Event* Reply::event(std::string_view type) const
{
    for (const contract::Event& entry : events)
        if (entry.type == type)
            return &entry;
    return nullptr;
}

std::string Reply::event(std::string_view type, std::string_view key) const
{
    const contract::Event* entry = event(type);
    if (entry != nullptr)
        for (const contract::Attribute& attribute : entry->attributes)
            if (attribute.key == key)
                return attribute.value;
    FAIL("no event " << type << " with " << key);
    return {};
}

int Reply::events_of(std::string_view type) const
{
    int count = 0;
    for (const contract::Event& entry : events)
        count += entry.type == type ? 1 : 0;
    return count;
}

namespace {

template <class Record>
Record load(const MemoryHost& host, const std::string& key)
{
    std::string bytes;
    Record record;
    if (!host.read(key, bytes) || contract::decode(bytes, record) != Error::ok)
        FAIL("no record under " << key);
    return record;
}

}  // namespace

Clearinghouse::Clearinghouse()
{
    const auto must = [&](const Text& sender, const Text& json) {
        const Reply reply = send(sender, json);
        INFO(json << ": " << name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
    };
    const std::vector<contract::Coin> nothing;
    const contract::Outcome made =
        contract::instantiate(host, env("deployer", nothing), say::instantiate());
    INFO(name_of(made.error) << " " << made.detail);
    REQUIRE(made.error == Error::ok);
    m_events = made.events.size();
    for (const auto& [sender, message] : usual_house())
        must(sender, message);
    price(0, "2000");
    price(1, "50000");
}

contract::Env Clearinghouse::env(
    std::string_view sender, const std::vector<contract::Coin>& funds) const
{
    contract::Env env;
    env.time_s = now;
    env.height = now - START + 1 - missing_blocks;
    env.sender = sender;
    env.contract_address = "clearinghouse";
    env.funds = funds;
    return env;
}

Reply Clearinghouse::send(const Text& sender, const Text& json, const Coins& funds)
{
    std::vector<contract::Coin> coins;
    coins.reserve(funds.size());
    for (const auto& [denom, amount] : funds)
        coins.push_back(contract::Coin{denom, amount});
    const MemoryHost::Records before = host.records;
    const int changes = host.changes;
    Reply reply;
    static_cast<contract::Outcome&>(reply) = contract::execute(host, env(sender, coins), json);
    if (!reply.data.empty())
        FAIL("a message was answered with data: " << json);
    if (!reply.ok()) {
        if (host.changes != changes || host.records != before)
            FAIL("an error wrote: " << json);
        if (!reply.events.empty() || !reply.transfers.empty())
            FAIL("an error announced or moved something: " << json);
        return reply;
    }
    for (const contract::Event& event : reply.events) {
        ++m_events;
        if (event.attributes.empty() || event.attributes[0].key != "seq" ||
            event.attributes[0].value != std::to_string(m_events))
            FAIL("events are not numbered without gaps: " << json);
        if (event.type == "sale_abandoned" && !abandons)
            FAIL("a sale did not do what it must: " << json << " from " << sender);
    }
    for (const auto& [denom, amount] : funds)
        bank[denom] += amount;
    for (const contract::Transfer& transfer : reply.transfers) {
        if (transfer.amount <= 0 || transfer.amount > bank[transfer.denom])
            FAIL("the bank does not cover a transfer: " << json);
        bank[transfer.denom] -= transfer.amount;
    }
    if (audited)
        if (const Text wrong = fault(); !wrong.empty())
            FAIL(wrong << ", after " << json << " from " << sender);
    return reply;
}

Reply Clearinghouse::send_cw20(
    const Text& token, const Text& owner, num::i128 amount, const Text& wanted)
{
    num::i128& held = bank["cw20:" + token];
    held += amount;
    const Reply reply = send(
        token, say::receive(owner, Text(std::string_view(num::decimal_text(amount, 0))), wanted));
    if (!reply.ok())
        held -= amount;
    return reply;
}

Reply Clearinghouse::ask(const Text& json)
{
    const MemoryHost::Records before = host.records;
    const int changes = host.changes;
    const std::vector<contract::Coin> nothing;
    Reply reply;
    static_cast<contract::Outcome&>(reply) = contract::query(host, env("", nothing), json);
    if (host.changes != changes || host.records != before)
        FAIL("a query wrote: " << json);
    if (!reply.events.empty() || !reply.transfers.empty())
        FAIL("a query announced or moved something: " << json);
    if (reply.ok() == reply.data.empty())
        FAIL("a query's data and error disagree: " << json);
    return reply;
}

void Clearinghouse::pyth_answers(const Text& contract, const Text& answer)
{
    host.answers[contract + R"( {"price_feed":{"id":")" + say::PYTH_FEED_ID + R"("}})"] = answer;
}

void Clearinghouse::price(Number underlying, const Text& text)
{
    const contract::Prices prices = load<contract::Prices>(host, contract::prices_key());
    if (underlying < prices.count && prices.feeds[underlying].published.raw() >= now)
        now = prices.feeds[underlying].published.raw() + 1;
    last_price[underlying] = text;
    const Reply reply = send("publisher", say::push_price(underlying, text, now));
    INFO(name_of(reply.error) << " " << reply.detail);
    REQUIRE(reply.ok());
}

void Clearinghouse::allow_options(Number underlying)
{
    say::Underlying message;
    message.underlying = underlying;
    message.option = true;
    REQUIRE(send("gov", say::set_underlying(message)).ok());
}

void Clearinghouse::allow_portfolio(Number underlying)
{
    say::PortfolioRisk message;
    message.underlying = underlying;
    REQUIRE(send("gov", say::set_portfolio_risk(message)).ok());
}

Reply Clearinghouse::surface(Number underlying, Number expiry, const Text& forward)
{
    say::Surface point;
    point.underlying = underlying;
    point.expiry = expiry;
    point.publish_time = now;
    point.forward = forward;
    return send("publisher", say::push_surfaces({point}));
}

Reply Clearinghouse::orders(const std::vector<say::Orders>& orders)
{
    return send("venue", say::report_orders(++venue_nonce, orders));
}

void Clearinghouse::refresh()
{
    const std::map<Number, Text> prices = last_price;
    for (const auto& [underlying, text] : prices)
        price(underlying, text);
}

Clearinghouse::Number Clearinghouse::trader(const Text& owner, Number quote_units)
{
    REQUIRE(send(owner, say::open_account()).ok());
    const Number id = accounts();
    if (quote_units > 0)
        deposit(id, "uusdc", static_cast<num::i128>(quote_units) * 1'000'000);
    REQUIRE(send(owner, say::delegate(id, "venue")).ok());
    return id;
}

void Clearinghouse::deposit(Number account, const Text& denom, num::i128 amount)
{
    const Reply reply = send(owner(account), say::deposit(account), {{denom, amount}});
    INFO(name_of(reply.error) << " " << reply.detail);
    REQUIRE(reply.ok());
}

Reply Clearinghouse::fill(
    Number market, Number buyer, Number seller, const Text& base, const Text& price)
{
    return fills({{market, buyer, seller, base, price}});
}

Reply Clearinghouse::fills(const std::vector<say::Fill>& fills)
{
    return send("venue", say::settle_fills(++venue_nonce, fills));
}

void Clearinghouse::fund_insurance(Number quote_units)
{
    REQUIRE(send(
        "gov", say::fund_insurance(), {{"uusdc", static_cast<num::i128>(quote_units) * 1'000'000}})
            .ok());
}

Clearinghouse::Number Clearinghouse::accounts() const
{
    return load<contract::Counters>(host, contract::counters_key()).accounts;
}
contract::Config Clearinghouse::config() const
{
    return load<contract::Config>(host, contract::config_key());
}
contract::House Clearinghouse::house() const
{
    return load<contract::House>(host, contract::house_key());
}
contract::MarketRecord Clearinghouse::market(Number id) const
{
    return load<contract::MarketRecord>(
        host, contract::market_key(MarketId{static_cast<std::uint16_t>(id)}));
}
contract::AccountRecord Clearinghouse::account(Number id) const
{
    return load<contract::AccountRecord>(host, contract::account_key(AccountId{id}));
}
Clearinghouse::Text Clearinghouse::owner(Number id) const
{
    return Text(account(id).owner.view());
}
Clearinghouse::Text Clearinghouse::cash(Number id) const
{
    return text_of(account(id).account.cash);
}

Clearinghouse::Text Clearinghouse::health(Number id)
{
    return ask(say::ask("health", "account", id)).at("/maintenance/health");
}
Clearinghouse::Text Clearinghouse::stage(Number id)
{
    return ask(say::ask("health", "account", id)).at("/stage");
}

Clearinghouse::Text Clearinghouse::fault() const
{
    return audit(host, bank).fault;
}
num::i128 Clearinghouse::residue(Number market) const
{
    return audit(host, bank).residue.at(market);
}

}  // namespace plimsoll::test
