// plimsoll: contract/store_observed.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall. See store.hpp. What has been observed of prices, brought up to now.
#include "contract/store.hpp"
#include "engine/oracle/stable_price.hpp"
#include "engine/oracle/volatility.hpp"

namespace plimsoll::contract {

namespace {

static_assert(PAIR_RECORDS_MAX <= 32);  // Store keeps them in the bits of 32

std::size_t group_of(std::size_t slot)
{
    return slot / PAIRS_A_RECORD;
}

constexpr std::uint32_t bit(std::size_t group)
{
    return std::uint32_t{1} << group;
}

}  // namespace

bool Store::load_pairs(std::size_t group)
{
    if ((m_pairs_loaded & bit(group)) != 0)
        return true;
    const auto record = fresh<ObservedPairs>();
    if (!load_if_there(pairs_key(static_cast<std::uint16_t>(group)), *record))
        return false;
    const std::size_t first = group * PAIRS_A_RECORD;
    for (std::size_t i = 0; i < PAIRS_A_RECORD && first + i < PAIRS_MAX; ++i)
        m_observed->state.pairs[first + i] = record->pairs[i];
    m_pairs_loaded |= bit(group);
    return true;
}

/// Takes the board into what was observed, which is loaded.
bool Store::take_in()
{
    const ObservationParams& params = m_config.observation;
    VolatilityState& state = m_observed->state;
    const std::size_t count = m_config.underlyings.size();
    if (!observation_due(state, params.volatility, params.correlation, m_board.now, count))
        return true;
    const Correlation* governed = nullptr;
    const Correlation none;
    if (params.correlation.given()) {
        governed = correlation();
        // A sweep goes on at the cursor, or begins at the first pair.
        const std::size_t last = state.cursor + PAIRS_PER_CALL - 1;
        if (governed == nullptr || !load_pairs(0) ||
            !load_pairs(group_of(state.cursor < PAIRS_MAX ? state.cursor : 0)) ||
            !load_pairs(group_of(last < PAIRS_MAX ? last : 0)))
            return false;
    }
    const Seconds sweep = state.sweep;
    const std::size_t cursor = state.cursor;
    m_observed_due = observe(state, params.volatility, params.correlation,
        governed == nullptr ? none : *governed, m_board, count);
    const std::size_t from = state.sweep == sweep ? cursor : 0;
    for (std::size_t slot = from; slot < state.cursor; ++slot)
        m_pairs_swept |= bit(group_of(slot));
    aim_all();
    return true;
}

/// Sends every figure of maintenance on its way to what is observed now.
void Store::aim_all()
{
    const ObservationParams& params = m_config.observation;
    const VolatilityState& state = m_observed->state;
    for (std::uint16_t i = 0; i < m_config.underlyings.size(); ++i) {
        const ListedUnderlying& listed = m_config.underlyings[i];
        if (listed.widening.given())
            aim_range(m_observed->ranges[i], listed.widening, listed.listed_range, params.limiter,
                volatility_ceil(state, params.volatility, UnderlyingId{i}), m_board.now);
        else
            m_observed->ranges[i] = {};
    }
    for (std::uint16_t i = 0; i < m_config.assets.size(); ++i) {
        const Asset& asset = m_config.assets[i].params;
        if (asset.volatility.given())
            aim_haircut(m_observed->haircuts[i], asset.volatility, params.limiter,
                volatility_ceil(state, params.volatility, asset.underlying), m_board.now);
        else
            m_observed->haircuts[i] = {};
    }
}

const Observed* Store::observed()
{
    m_error = Error::ok;
    if (m_observed != nullptr)
        return m_observed.get();
    if (!m_config.observation.volatility.given())
        return nullptr;
    CHECK(!m_prices_changed);
    m_observed = fresh<Observed>();
    if (!load_if_there(observed_key(), *m_observed) || !take_in()) {
        m_observed.reset();
        return nullptr;
    }
    return m_observed.get();
}

bool Store::change_observed()
{
    if (observed() == nullptr)
        return m_error == Error::ok;
    m_observed_changed = m_observed_changed || m_observed_due;
    return true;
}

void Store::forget_volatility()
{
    m_observed = fresh<Observed>();
    // Instants that have passed saw nothing.
    const std::uint64_t step_s = m_config.observation.volatility.step.raw();
    m_observed->state.instant = Seconds::from_raw(m_board.now.raw() / step_s * step_s);
    m_observed_changed = true;
}

void Store::forget_correlation()
{
    CHECK(m_observed != nullptr);  // correlation is observed with volatility only
    VolatilityState& state = m_observed->state;
    const std::size_t count = m_config.underlyings.size();
    for (std::size_t slot = 0; slot < count * (count - 1) / 2; ++slot) {
        state.pairs[slot] = {};
        m_pairs_swept |= bit(group_of(slot));
    }
    m_pairs_loaded |= m_pairs_swept;
    // The next sweep is a whole one.
    state.cursor = PAIRS_MAX;
    m_observed_changed = true;
}

void Store::forget_stable_prices()
{
    m_stables = fresh<StablePrices>();
    m_stable_views[0].changed = true;
}

bool Store::restate_observed()
{
    if (observed() == nullptr)
        return m_error == Error::ok;
    aim_all();
    m_observed_changed = true;
    return true;
}

/// Brought up to now; null, with error() set, if a record does not decode.
StablePrice* Store::find_stable(UnderlyingId id)
{
    CHECK(id.value < UNDERLYINGS_MAX);
    m_error = Error::ok;
    if (m_stables == nullptr) {
        m_stables = fresh<StablePrices>();
        if (!load_if_there(stable_key(), *m_stables)) {
            m_stables.reset();
            return nullptr;
        }
    }
    StablePrice& stable = m_stables->prices[id.value];
    StableView& view = m_stable_views[id.value];
    if (view.current)
        return &stable;
    const StablePriceParams& params = m_config.observation.stable_price;
    view.ended = stable_delays_due(stable, params, m_board.now);
    if (view.ended && !stable.price.is_zero()) {
        StableDelays delays;
        if (!load(delays_key(id), delays, Error::corrupt_record))
            return nullptr;
        for (std::size_t i = 0; i < STABLE_DELAYS; ++i)
            stable.delays[i] = delays.delays[i];
    }
    stable_advance(stable, params, m_board.of(id).price, m_board.now);
    view.current = true;
    return &stable;
}

Price Store::stable_price(UnderlyingId id)
{
    m_error = Error::ok;
    if (!m_config.observation.stable_price.given())
        return Price::zero();
    const StablePrice* stable = find_stable(id);
    return stable == nullptr ? Price::zero() : stable->price;
}

bool Store::change_stable_price(UnderlyingId id)
{
    if (!m_config.observation.stable_price.given())
        return true;
    if (find_stable(id) == nullptr)
        return false;
    m_stable_views[id.value].changed = true;
    return true;
}

const PerLevel<const Correlation*>& Store::correlations()
{
    if (m_correlations.initial != nullptr)
        return m_correlations;
    const Correlation* governed = correlation();
    if (governed == nullptr)
        return m_correlations;
    const Observed* seen = m_config.observation.correlation.given() ? observed() : nullptr;
    if (m_error != Error::ok)
        return m_correlations;
    if (seen == nullptr) {
        m_correlations = {governed, governed};
        return m_correlations;
    }
    for (const Level level : LEVELS) {
        m_hulls.of(level) = fresh<Correlation>();
        *m_hulls.of(level) = *governed;
    }
    const std::size_t count = m_config.underlyings.size();
    for (std::size_t large = 1; large < count; ++large)
        for (std::size_t small = 0; small < large; ++small) {
            const std::size_t slot = Correlation::slot(large, small);
            if (!governed->pairs[slot].known)
                continue;
            if (!load_pairs(group_of(slot)))
                return m_correlations;
            for (const Level level : LEVELS)
                m_hulls.of(level)->pairs[slot] =
                    correlation_hull(governed->pairs[slot], seen->state.pairs[slot], level);
        }
    m_correlations = {m_hulls.initial.get(), m_hulls.maintenance.get()};
    return m_correlations;
}

Widening Store::widening(UnderlyingId id) const noexcept
{
    const ListedUnderlying& listed = m_config.underlyings[id.value];
    if (m_observed == nullptr || !listed.widening.given())
        return {};
    const ObservationParams& params = m_config.observation;
    return widening_at(m_observed->ranges[id.value], listed.widening, listed.listed_range,
        params.limiter, volatility_ceil(m_observed->state, params.volatility, id), m_board.now);
}

PerLevel<Ratio> Store::volatility_haircut(AssetId id) const noexcept
{
    const Asset& asset = m_config.assets[id.value].params;
    if (m_observed == nullptr || !asset.volatility.given())
        return {};
    const ObservationParams& params = m_config.observation;
    return volatility_haircuts(m_observed->haircuts[id.value], asset.volatility, params.limiter,
        volatility_ceil(m_observed->state, params.volatility, asset.underlying), m_board.now);
}

void Store::commit_observed(Host& host) const
{
    if (m_observed_changed) {
        m_observed->underlyings = static_cast<std::uint16_t>(m_config.underlyings.size());
        m_observed->assets = static_cast<std::uint16_t>(m_config.assets.size());
        host.write(observed_key(), encode(*m_observed));
        for (std::size_t group = 0; group < PAIR_RECORDS_MAX; ++group) {
            if ((m_pairs_swept & bit(group)) == 0)
                continue;
            const auto record = fresh<ObservedPairs>();
            const std::size_t first = group * PAIRS_A_RECORD;
            for (std::size_t i = 0; i < PAIRS_A_RECORD && first + i < PAIRS_MAX; ++i)
                record->pairs[i] = m_observed->state.pairs[first + i];
            host.write(pairs_key(static_cast<std::uint16_t>(group)), encode(*record));
        }
    }
    bool any = false;
    for (const StableView& view : m_stable_views)
        any = any || view.changed;
    if (!any)
        return;
    m_stables->count = static_cast<std::uint16_t>(m_config.underlyings.size());
    host.write(stable_key(), encode(*m_stables));
    // With the record go all that were brought up to now, and with these their delay prices.
    for (std::uint16_t i = 0; i < m_stables->count; ++i) {
        const StableView& view = m_stable_views[i];
        if (!view.current || !view.ended || m_stables->prices[i].price.is_zero())
            continue;
        StableDelays delays;
        for (std::size_t d = 0; d < STABLE_DELAYS; ++d)
            delays.delays[d] = m_stables->prices[i].delays[d];
        host.write(delays_key(UnderlyingId{i}), encode(delays));
    }
}

}  // namespace plimsoll::contract
