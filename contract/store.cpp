// plimsoll: contract/store.cpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the hall. See store.hpp.
#include "contract/store.hpp"

#include "engine/mutation.hpp"
#include "engine/ops/accrue.hpp"
#include "engine/oracle/chain_gap.hpp"
#include "engine/solvency/grace.hpp"

namespace plimsoll::contract {

namespace {

template <class T>
UnderlyingId underlying_of(const LoadedRecord<T>& loaded)
{
    return UnderlyingId{static_cast<std::uint16_t>(loaded.id)};  // below UNDERLYINGS_MAX
}

}  // namespace

Error Store::open(Seconds now, std::uint64_t height)
{
    if (!load(config_key(), m_config, Error::not_instantiated) ||
        !load(counters_key(), m_counters, Error::corrupt_record))
        return m_error;
    m_counters_known = true;
    m_counters_before = m_counters;
    auto prices = std::make_unique<Prices>();
    if (!load(prices_key(), *prices, Error::corrupt_record))
        return m_error;
    m_board.now = now;
    m_price_count = prices->count;
    for (std::size_t i = 0; i < prices->count; ++i)
        m_board.feeds[i] = prices->feeds[i];
    m_height = height;
    m_clock = noted(prices->clock, m_config.oracle, now, height);
    m_clock_height = prices->clock.height;
    return Error::ok;
}

Error Store::create(const Config& config, Seconds now)
{
    std::string bytes;
    if (m_host.read(config_key(), bytes))
        return Error::already_instantiated;
    m_config = config;
    m_config_changed = true;
    m_board.now = now;
    m_prices_changed = true;
    m_house.emplace();
    m_house->changed = true;
    return Error::ok;
}

LoadedAccount* Store::find_account(AccountId id)
{
    for (const auto& loaded : m_accounts)
        if (loaded->id == id.value)
            return loaded.get();
    if (id.value == 0 || id.value > m_counters.accounts) {
        m_error = Error::no_such_account;
        return nullptr;
    }
    auto loaded = fresh<LoadedAccount>();
    loaded->id = id.value;
    if (!load(account_key(id), loaded->record, Error::corrupt_record) || !enter_pool(*loaded))
        return nullptr;
    skip_grace(loaded->record.account.flag, m_clock.grace, m_board.now);
    m_accounts.push_back(std::move(loaded));
    return m_accounts.back().get();
}

const AccountRecord* Store::account(AccountId id)
{
    const auto* loaded = find_account(id);
    return loaded == nullptr ? nullptr : &loaded->record;
}

AccountRecord* Store::change_account(AccountId id)
{
    auto* loaded = find_account(id);
    if (loaded == nullptr)
        return nullptr;
    loaded->changed = true;
    return &loaded->record;
}

AccountRecord& Store::add_account()
{
    auto loaded = fresh<LoadedAccount>();
    loaded->id = ++m_counters.accounts;
    loaded->changed = true;
    m_accounts.push_back(std::move(loaded));
    return m_accounts.back()->record;
}

LoadedMarket* Store::find_market(MarketId id)
{
    for (const auto& loaded : m_markets)
        if (loaded->id == id.value)
            return loaded.get();
    if (id.value >= m_config.market_count) {
        m_error = Error::no_such_market;
        return nullptr;
    }
    auto loaded = fresh<LoadedMarket>();
    loaded->id = id.value;
    if (!load(market_key(id), loaded->record, Error::corrupt_record))
        return nullptr;
    Market& market = loaded->record.market;
    const MarketStatus status = market.params.status;
    loaded->funding = accrue(market, m_board.of(market.params.underlying).price, m_board.now);
    loaded->stopped = market.params.status != status;
    m_markets.push_back(std::move(loaded));
    return m_markets.back().get();
}

const MarketRecord* Store::market(MarketId id)
{
    const auto* loaded = find_market(id);
    return loaded == nullptr ? nullptr : &loaded->record;
}

MarketRecord* Store::change_market(MarketId id)
{
    auto* loaded = find_market(id);
    if (loaded == nullptr)
        return nullptr;
    loaded->changed = true;
    return &loaded->record;
}

MarketRecord& Store::add_market()
{
    auto loaded = fresh<LoadedMarket>();
    loaded->id = change_config().market_count++;
    loaded->changed = true;
    m_markets.push_back(std::move(loaded));
    return m_markets.back()->record;
}

Store::LoadedRole* Store::find_role(const Address& address)
{
    for (const auto& loaded : m_roles)
        if (loaded->address == address)
            return loaded.get();
    auto loaded = fresh<LoadedRole>();
    loaded->address = address;
    if (!load_if_there(role_key(address.view()), loaded->record))
        return nullptr;
    m_roles.push_back(std::move(loaded));
    return m_roles.back().get();
}

RoleRecord* Store::role(const Address& address)
{
    auto* loaded = find_role(address);
    return loaded == nullptr ? nullptr : &loaded->record;
}

RoleRecord* Store::change_role(const Address& address)
{
    auto* loaded = find_role(address);
    if (loaded == nullptr)
        return nullptr;
    loaded->changed = true;
    return &loaded->record;
}

const Proposal* Store::proposal(std::uint64_t id)
{
    for (const auto& loaded : m_proposals)
        if (loaded->id == id && !loaded->removed)
            return &loaded->record;
    auto loaded = std::make_unique<LoadedProposal>();
    loaded->id = id;
    if (!load(proposal_key(id), loaded->record, Error::no_such_proposal))
        return nullptr;
    m_proposals.push_back(std::move(loaded));
    return &m_proposals.back()->record;
}

void Store::add_proposal(Proposal proposal)
{
    auto loaded = std::make_unique<LoadedProposal>();
    loaded->id = ++change_config().proposals;
    loaded->changed = true;
    loaded->record = std::move(proposal);
    m_proposals.push_back(std::move(loaded));
}

void Store::remove_proposal(std::uint64_t id) noexcept
{
    for (const auto& loaded : m_proposals)
        if (loaded->id == id)
            loaded->removed = true;
}

const PortfolioParams* Store::portfolio(UnderlyingId id)
{
    for (const auto& loaded : m_portfolios)
        if (loaded->id == id.value)
            return &loaded->record;
    if (id.value >= m_config.underlyings.size()) {
        m_error = Error::no_such_underlying;
        return nullptr;
    }
    if (!m_config.underlyings[id.value].has_scenarios) {
        m_error = Error::no_portfolio_risk;
        return nullptr;
    }
    auto loaded = fresh<Loaded<PortfolioParams>>();
    loaded->id = id.value;
    if (!load(risk_key(id), loaded->record, Error::corrupt_record))
        return nullptr;
    m_portfolios.push_back(std::move(loaded));
    return &m_portfolios.back()->record;
}

void Store::set_portfolio(UnderlyingId id, const PortfolioParams& params)
{
    CHECK(id.value < m_config.underlyings.size());
    if (!m_config.underlyings[id.value].has_scenarios)
        change_config().underlyings[id.value].has_scenarios = true;
    for (const auto& loaded : m_portfolios)
        if (loaded->id == id.value) {
            loaded->changed = true;
            loaded->record = params;
            return;
        }
    auto loaded = fresh<Loaded<PortfolioParams>>();
    loaded->id = id.value;
    loaded->changed = true;
    loaded->record = params;
    m_portfolios.push_back(std::move(loaded));
}

Store::Loaded<Surfaces>* Store::find_surfaces(UnderlyingId id)
{
    for (const auto& loaded : m_surfaces)
        if (loaded->id == id.value)
            return loaded.get();
    if (id.value >= m_config.underlyings.size()) {
        m_error = Error::no_such_underlying;
        return nullptr;
    }
    auto loaded = fresh<Loaded<Surfaces>>();
    loaded->id = id.value;
    if (!load_if_there(surface_key(id), loaded->record))
        return nullptr;
    m_surfaces.push_back(std::move(loaded));
    return m_surfaces.back().get();
}

const Surfaces* Store::surfaces(UnderlyingId id)
{
    const auto* loaded = find_surfaces(id);
    return loaded == nullptr ? nullptr : &loaded->record;
}

Surfaces* Store::change_surfaces(UnderlyingId id)
{
    auto* loaded = find_surfaces(id);
    if (loaded == nullptr)
        return nullptr;
    loaded->changed = true;
    return &loaded->record;
}

const Correlation* Store::correlation()
{
    if (m_correlation == nullptr) {
        auto loaded = fresh<Loaded<Correlation>>();
        if (!load_if_there(correlation_key(), loaded->record))
            return nullptr;
        m_correlation = std::move(loaded);
    }
    return &m_correlation->record;
}

Correlation* Store::change_correlation()
{
    if (correlation() == nullptr)
        return nullptr;
    m_correlation->changed = true;
    return &m_correlation->record;
}

const House* Store::house()
{
    if (!m_house) {
        m_house.emplace();
        if (!load(house_key(), m_house->record, Error::corrupt_record)) {
            m_house.reset();
            return nullptr;
        }
    }
    return &m_house->record;
}

House* Store::change_house()
{
    if (house() == nullptr)
        return nullptr;
    if (!m_house->changed && m_config.cash.borrow.given()) {
        CashPool* pool = change_cash_pool();
        if (pool == nullptr)
            return nullptr;
        m_house->record.insurance.receive(pool->reserve);
        pool->reserve = Money::zero();
    }
    m_house->changed = true;
    return &m_house->record;
}

bool Store::change_price(UnderlyingId id, const FeedPrice& price)
{
    CHECK(id.value < m_config.underlyings.size());
    if (!MUTANT("g5-taken-in", take_in_settlement(id), true) || !change_stable_price(id))
        return false;
    m_board.feeds[id.value] = price;
    if (id.value >= m_price_count)
        m_price_count = static_cast<std::uint16_t>(id.value + 1);  // below UNDERLYINGS_MAX
    m_prices_changed = true;
    return true;
}

void Store::add_epoch(MarketId market, const EndedEpoch& ended)
{
    if (ended.ended)
        m_epochs.push_back(NewEpoch{market, ended.side, ended.number, ended.record});
}

bool Store::epoch(MarketId market, Side side, std::uint32_t number, EpochRecord& out) const noexcept
{
    for (const NewEpoch& ended : m_epochs)
        if (ended.market == market && ended.side == side && ended.number == number) {
            out = ended.record;
            return true;
        }
    std::string bytes;
    return m_host.read(epoch_key(market, side, number), bytes) && decode(bytes, out) == Error::ok;
}

void Store::commit(Host& host)
{
    commit_cash(host);
    if (m_config_changed)
        host.write(config_key(), encode(m_config));
    if (!m_counters_known || m_counters.accounts != m_counters_before.accounts ||
        m_counters.events != m_counters_before.events)
        host.write(counters_key(), encode(m_counters));
    if (m_prices_changed || m_clock_changed) {
        auto prices = std::make_unique<Prices>();
        prices->count = m_price_count;
        prices->clock = m_clock;
        for (std::size_t i = 0; i < m_price_count; ++i)
            prices->feeds[i] = m_board.feeds[i];
        host.write(prices_key(), encode(*prices));
    }
    commit_observed(host);
    commit_feeds(host);
    if (m_house && m_house->changed)
        host.write(house_key(), encode(m_house->record));
    for (const auto& loaded : m_portfolios)
        if (loaded->changed)
            host.write(risk_key(underlying_of(*loaded)), encode(loaded->record));
    for (const auto& loaded : m_surfaces)
        if (loaded->changed)
            host.write(surface_key(underlying_of(*loaded)), encode(loaded->record));
    for (const auto& loaded : m_settlements)
        if (loaded->changed)
            host.write(settlements_key(underlying_of(*loaded)), encode(loaded->record));
    if (m_correlation != nullptr && m_correlation->changed)
        host.write(correlation_key(), encode(m_correlation->record));
    for (const auto& loaded : m_roles)
        if (loaded->changed)
            host.write(role_key(loaded->address.view()), encode(loaded->record));
    for (const auto& loaded : m_proposals) {
        if (loaded->removed)
            host.remove(proposal_key(loaded->id));
        else if (loaded->changed)
            host.write(proposal_key(loaded->id), encode(loaded->record));
    }
    for (const auto& loaded : m_markets)
        if (loaded->changed) {
            const MarketId id{static_cast<std::uint16_t>(loaded->id)};  // below MARKETS_MAX
            host.write(market_key(id), encode(loaded->record));
        }
    for (const NewEpoch& ended : m_epochs)
        host.write(epoch_key(ended.market, ended.side, ended.number), encode(ended.record));
    for (const auto& loaded : m_accounts)
        if (loaded->changed)
            host.write(account_key(AccountId{loaded->id}), encode(loaded->record));
}

}  // namespace plimsoll::contract
