// plimsoll: tests/fuzz/fuzzed_house.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. See fuzzed_house.hpp: the calls and what is checked of each.
#include "tests/fuzz/fuzzed_house.hpp"

#include "contract/message.hpp"
#include "contract/records.hpp"
#include "tests/fuzz/bytes.hpp"
#include "tests/support/audit.hpp"
#include "tests/support/literals.hpp"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <variant>
#include <vector>

namespace plimsoll::test {
namespace {

template <class Record>
bool load(const MemoryHost& host, const std::string& key, Record& record)
{
    std::string bytes;
    return host.read(key, bytes) && contract::decode(bytes, record) == Error::ok;
}

bool printable(std::string_view text)
{
    return std::all_of(
        text.begin(), text.end(), [](char byte) { return byte >= ' ' && byte <= '~'; });
}

/// The tokens that a CW20 contract says it has sent; they have come before the message.
num::i128 tokens_of(const std::string& json)
{
    const auto message = std::make_unique<contract::ExecuteMessage>();
    if (!contract::decode_execute(json, *message))
        return 0;
    const auto* received = std::get_if<contract::message::Receive>(message.get());
    return received == nullptr ? num::i128{0} : received->amount.raw();
}

bool bad_record(Error error)
{
    return error == Error::corrupt_record || error == Error::unsupported_schema;
}

template <class Record>
bool undecodable(std::string_view bytes)
{
    const auto record = std::make_unique<Record>();
    return contract::decode(bytes, *record) != Error::ok;
}

}  // namespace

bool is_damaged(std::string_view key, std::string_view bytes)
{
    using namespace contract;
    static const std::map<std::string_view, bool (*)(std::string_view)> KINDS{
        {"config", undecodable<Config>}, {"counters", undecodable<Counters>},
        {"house", undecodable<House>}, {"cash", undecodable<CashPool>},
        {"stake", undecodable<Stake>}, {"prices", undecodable<Prices>},
        {"feed", undecodable<FeedSources>}, {"reports", undecodable<FeedReports>},
        {"risk", undecodable<PortfolioParams>}, {"surface", undecodable<Surfaces>},
        {"settlements", undecodable<Settlements>}, {"correlation", undecodable<Correlation>},
        {"observed", undecodable<Observed>}, {"pairs", undecodable<ObservedPairs>},
        {"stable", undecodable<StablePrices>}, {"delays", undecodable<StableDelays>},
        {"market", undecodable<MarketRecord>}, {"epoch", undecodable<EpochRecord>},
        {"account", undecodable<AccountRecord>}, {"role", undecodable<RoleRecord>},
        {"proposal", undecodable<Proposal>}};
    const auto found = KINDS.find(key.substr(1, static_cast<unsigned char>(key[0])));
    if (found == KINDS.end())
        fail("a key of no kind", key);
    return found->second(bytes);
}

contract::Env FuzzedHouse::env(std::string_view sender, std::span<const contract::Coin> funds) const
{
    contract::Env env;
    env.time_s = time;
    env.height = height;
    env.sender = sender;
    env.contract_address = "clearinghouse";
    env.funds = funds;
    return env;
}

void FuzzedHouse::tell(std::string_view kind, std::string_view sender, const std::string& json,
    const contract::Outcome& outcome) const
{
    if (!talks)
        return;
    std::printf("%.*s %.*s at %llu: %s\n    %s %s %s\n", static_cast<int>(kind.size()), kind.data(),
        static_cast<int>(sender.size()), sender.data(), static_cast<unsigned long long>(time),
        json.c_str(), std::string(name_of(outcome.error)).c_str(), outcome.detail.c_str(),
        outcome.data.substr(0, 200).c_str());
    for (const contract::Event& event : outcome.events) {
        std::printf("    %s", event.type.c_str());
        for (const contract::Attribute& attribute : event.attributes)
            std::printf(" %s=%s", attribute.key.c_str(), attribute.value.c_str());
        std::printf("\n");
    }
    std::fflush(stdout);
}

void FuzzedHouse::check_refused(
    const contract::Outcome& outcome, int changes, const std::string& json)
{
    if (host.changes != changes)
        fail("an error wrote", json);
    if (!outcome.events.empty() || !outcome.transfers.empty() || !outcome.data.empty())
        fail("an error announced, moved or answered something", json);
    if (!printable(outcome.detail))
        fail("a detail that is not ASCII", json);
}

void FuzzedHouse::check_done(const contract::Outcome& outcome, const std::string& json)
{
    if (!outcome.data.empty())
        fail("a message was answered with data", json);
    for (const contract::Event& event : outcome.events) {
        ++m_events;
        if (event.attributes.empty() || event.attributes[0].key != "seq" ||
            event.attributes[0].value != std::to_string(m_events))
            fail("events are not numbered without gaps", json);
        if (event.type == "sale_abandoned")
            fail("a sale did not do what it must", json);
    }
    for (const contract::Transfer& transfer : outcome.transfers) {
        if (transfer.amount <= 0 || transfer.amount > bank[transfer.denom])
            fail("the bank does not cover a transfer", json);
        bank[transfer.denom] -= transfer.amount;
    }
    if (const std::string wrong = audit(host, bank).fault; !wrong.empty())
        fail(wrong, json);
}

contract::Outcome FuzzedHouse::execute(
    std::string_view sender, const std::string& json, const Coins& funds)
{
    // Tokens of a contract are as scarce as coins.
    static constexpr num::i128 TOKENS_MAX = num::i128{num::WAD} * 1'000'000;
    const num::i128 tokens = tokens_of(json);
    if (tokens > TOKENS_MAX)
        return {};
    std::vector<contract::Coin> coins;
    coins.reserve(funds.size());
    for (const auto& [denom, amount] : funds)
        coins.push_back(contract::Coin{denom, amount});
    const int changes = host.changes;
    contract::Outcome outcome = contract::execute(host, env(sender, coins), json);
    tell("execute", sender, json, outcome);
    if (outcome.error != Error::ok) {
        check_refused(outcome, changes, json);
        if (bad_record(outcome.error))
            fail("a record that the contract wrote does not decode", json);
        return outcome;
    }
    for (const auto& [denom, amount] : funds)
        bank[denom] += amount;
    if (tokens != 0)
        bank["cw20:" + std::string(sender)] += tokens;
    check_done(outcome, json);
    return outcome;
}

contract::Outcome FuzzedHouse::ask(const std::string& json)
{
    const int changes = host.changes;
    contract::Outcome outcome = contract::query(host, env("", {}), json);
    tell("query", "", json, outcome);
    if (host.changes != changes)
        fail("a query wrote", json);
    if (!outcome.events.empty() || !outcome.transfers.empty())
        fail("a query announced or moved something", json);
    if ((outcome.error == Error::ok) == outcome.data.empty())
        fail("a query's data and error disagree", json);
    if (bad_record(outcome.error))
        fail("a record that the contract wrote does not decode", json);
    if (!printable(outcome.detail) || !printable(outcome.data))
        fail("a query's answer is not ASCII", json);
    if (outcome.error == Error::ok && !nlohmann::json::accept(outcome.data))
        fail("a query's answer is not JSON", json);
    return outcome;
}

contract::Outcome FuzzedHouse::migrate(const std::string& json)
{
    const int changes = host.changes;
    contract::Outcome outcome = contract::migrate(host, env("", {}), json);
    tell("migrate", "", json, outcome);
    if (outcome.error == Error::ok)
        check_done(outcome, json);
    else
        check_refused(outcome, changes, json);
    return outcome;
}

contract::Outcome FuzzedHouse::instantiate_again(const std::string& json)
{
    MemoryHost bare;
    const contract::Outcome made = contract::instantiate(bare, env("deployer", {}), json);
    tell("instantiate", "deployer", json, made);
    if ((made.error == Error::ok) == bare.records.empty())
        fail("a new house's records and error disagree", json);
    const int changes = host.changes;
    contract::Outcome outcome = contract::instantiate(host, env("deployer", {}), json);
    if (outcome.error == Error::ok)
        fail("a house was made twice", json);
    check_refused(outcome, changes, json);
    return outcome;
}

void FuzzedHouse::on_damaged(const std::string& key, const std::string& bytes,
    std::string_view sender, const std::string& json, bool is_query)
{
    const MemoryHost::Records whole = host.records;
    host.records[key] = bytes;
    const int changes = host.changes;
    const contract::Outcome outcome = is_query ? contract::query(host, env("", {}), json)
                                               : contract::execute(host, env(sender, {}), json);
    tell("on damage", sender, json, outcome);
    if (is_query) {
        if (host.changes != changes)
            fail("a query wrote", json);
    } else if (outcome.error != Error::ok) {
        check_refused(outcome, changes, json);
    }
    if (outcome.error == Error::ok &&
        (key == contract::config_key() || key == contract::counters_key() ||
            key == contract::prices_key()))
        fail("a damaged record was taken for good", json);
    host.records = whole;
}

void FuzzedHouse::publish(std::uint64_t underlying, const std::string& price)
{
    static_cast<void>(execute("publisher", say::push_price(underlying, price, time)));
}

void FuzzedHouse::pyth_answers(const std::string& answer)
{
    host.answers[R"(pyth1 {"price_feed":{"id":")" + say::PYTH_FEED_ID + R"("}})"] = answer;
}

std::uint64_t FuzzedHouse::accounts() const
{
    contract::Counters counters;
    return load(host, contract::counters_key(), counters) ? counters.accounts : 0;
}

std::string FuzzedHouse::owner(std::uint64_t account) const
{
    const auto record = std::make_unique<contract::AccountRecord>();
    return load(host, contract::account_key(AccountId{account}), *record)
               ? std::string(record->owner.view())
               : "nobody";
}

std::uint64_t FuzzedHouse::venue_nonce() const
{
    contract::RoleRecord venue;
    return load(host, contract::role_key("venue"), venue) ? venue.nonce : 0;
}

num::i128 FuzzedHouse::index(std::uint64_t underlying) const
{
    const auto prices = std::make_unique<contract::Prices>();
    const bool known = load(host, contract::prices_key(), *prices) && underlying < prices->count &&
                       !prices->feeds[underlying].price.is_zero();
    return known ? prices->feeds[underlying].price.raw() : raw("100");
}

num::i128 FuzzedHouse::mark(std::uint64_t market)
{
    const auto record = std::make_unique<contract::MarketRecord>();
    if (!load(host, contract::market_key(MarketId{static_cast<std::uint16_t>(market)}), *record))
        return index(0);
    const auto& params = record->market.params;
    if (params.kind == MarketKind::perpetual)
        return index(params.underlying.value);
    const contract::Outcome answer = ask(say::ask("market", "market", market));
    if (answer.error == Error::ok) {
        const nlohmann::json said = nlohmann::json::parse(answer.data);
        if (said.contains("mark") && said["mark"].is_string())
            return raw(said["mark"].get<std::string>());
    }
    return index(params.underlying.value);
}

}  // namespace plimsoll::test
