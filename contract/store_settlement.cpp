// plimsoll: contract/store_settlement.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the hall. See store.hpp. What markets are to settle at, brought up to now.
#include "contract/store.hpp"
#include "engine/oracle/settlement.hpp"

namespace plimsoll::contract {

Store::Loaded<Settlements>* Store::find_settlements(UnderlyingId id)
{
    for (const auto& loaded : m_settlements)
        if (loaded->id == id.value)
            return loaded.get();
    if (id.value >= m_config.underlyings.size()) {
        m_error = Error::no_such_underlying;
        return nullptr;
    }
    auto loaded = fresh<Loaded<Settlements>>();
    loaded->id = id.value;
    if (!load_if_there(settlements_key(id), loaded->record))
        return nullptr;
    for (Settlement& settlement : loaded->record)
        settlement_advance(settlement, m_board.of(id), m_config.oracle.max_age_trade, m_board.now);
    m_settlements.push_back(std::move(loaded));
    return m_settlements.back().get();
}

const Settlements* Store::settlements(UnderlyingId id)
{
    const auto* loaded = find_settlements(id);
    return loaded == nullptr ? nullptr : &loaded->record;
}

Settlements* Store::change_settlements(UnderlyingId id)
{
    auto* loaded = find_settlements(id);
    if (loaded == nullptr)
        return nullptr;
    loaded->changed = true;
    return &loaded->record;
}

bool Store::settlement_due(UnderlyingId id) const noexcept
{
    CHECK(id.value < m_config.underlyings.size());
    const Seconds from = m_config.underlyings[id.value].settles_from;
    return !from.is_zero() && from < m_board.now;
}

/// Takes the price that stands into what is averaged. Costs nothing outside windows.
bool Store::take_in_settlement(UnderlyingId id)
{
    return !settlement_due(id) || change_settlements(id) != nullptr;
}

bool Store::take_in_settlements()
{
    for (std::uint16_t id = 0; id < m_config.underlyings.size(); ++id)
        if (!take_in_settlement(UnderlyingId{id}))
            return false;
    return true;
}

Error Store::join_settlement(UnderlyingId id, Seconds end)
{
    Settlements* settlements = change_settlements(id);
    if (settlements == nullptr)
        return m_error;
    for (Settlement& settlement : *settlements)
        if (settlement.end == end) {
            ++settlement.markets;
            return Error::ok;
        }
    Settlement added;
    added.end = end;
    added.terms = m_config.settlement;
    added.markets = 1;
    added.last = m_board.now;
    added.standing = m_board.of(id).price;
    if (!settlements->push(added))
        return Error::too_many_settlements;
    Seconds& from = change_config().underlyings[id.value].settles_from;
    if (from.is_zero() || added.start() < from)
        from = added.start();
    return Error::ok;
}

bool Store::leave_settlement(UnderlyingId id, Seconds end)
{
    Settlements* settlements = change_settlements(id);
    if (settlements == nullptr)
        return false;
    Seconds from;
    for (std::size_t i = settlements->size(); i-- > 0;) {
        Settlement& settlement = (*settlements)[i];
        if (settlement.end == end && --settlement.markets == 0)
            settlements->erase(i);
        else if (from.is_zero() || settlement.start() < from)
            from = settlement.start();
    }
    if (!(m_config.underlyings[id.value].settles_from == from))
        change_config().underlyings[id.value].settles_from = from;
    return true;
}

bool Store::set_settlements(Scene& scene, const Market& market)
{
    const UnderlyingId id = market.params.underlying;
    UnderlyingScene besides = scene.besides(id);
    if (market.closed() || market.end().is_zero() || besides.settlements != nullptr ||
        !settlement_due(id))
        return true;
    besides.settlements = settlements(id);
    scene.set(id, besides);
    return besides.settlements != nullptr;
}

}  // namespace plimsoll::contract
