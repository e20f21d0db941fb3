// plimsoll: host-sim/margin/case_account.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See case_account.hpp.
#include "host-sim/margin/case_account.hpp"

#include "engine/oracle/expected_move.hpp"
#include "engine/pricing/forward.hpp"
#include "engine/pricing/svi.hpp"
#include "host-sim/margin/case_params.hpp"
#include "host-sim/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>
#include <utility>

namespace plimsoll::sim {
namespace {

/// Instruments, expiries and collaterals have 16-bit indexes.
constexpr std::size_t ENTRIES_MAX = 10'000;

/// The engine's longest tenor and horizon.
constexpr std::int64_t LENGTH_MAX_S = 36'525LL * 86'400;

/// Tells instruments apart: underlying, kind, expiry, strike, type.
using InstrumentKey = std::tuple<std::uint16_t, LegKind, std::uint16_t, num::i128, OptionType>;

/// Turns positions and orders into legs.
class LegReader
{
public:
    LegReader(const std::vector<Market>& markets, MarginCase& read)
      : m_markets(markets), m_read(read)
    {}

    void read_position(CaseField field)
    {
        auto leg = instrument(field);
        leg.is_position = true;
        leg.base = field.at("base").quantity();
        if (leg.kind != LegKind::option)
            leg.quote = field.at("quote").money();
        field.finish();
        m_read.legs.push_back(leg);
    }

    void read_order(CaseField field)
    {
        auto order = instrument(field);
        const auto bid = field.maybe("bid_base");
        const auto ask = field.maybe("ask_base");
        if (bid)
            order.bid = bid->amount();
        if (ask)
            order.ask = ask->amount();
        field.finish();
        if (!order.has_orders())
            return;
        const auto same = std::find_if(m_orders.begin(), m_orders.end(),
            [&order](const BookLeg& other) { return other.instrument == order.instrument; });
        if (same == m_orders.end()) {
            m_orders.push_back(order);
            return;
        }
        same->bid += order.bid;
        same->ask += order.ask;
        if (same->bid > QUANTITY_MAX || same->ask > QUANTITY_MAX)
            field.fail("with the orders before it on the same instrument: out of range");
    }

    void finish()
    {
        m_read.legs.insert(m_read.legs.end(), m_orders.begin(), m_orders.end());
        arrange(m_read.legs, m_read.expiries);
    }

private:
    [[nodiscard]] std::uint16_t underlying(const CaseField& field) const
    {
        const auto name = field.name();
        const auto& names = m_read.names;
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end())
            field.fail(fmt::format("there is no underlying \"{}\"", name));
        return static_cast<std::uint16_t>(found - names.begin());
    }

    /// A leg without amounts.
    [[nodiscard]] BookLeg instrument(CaseField& field)
    {
        BookLeg leg;
        leg.underlying = underlying(field.at("underlying"));
        leg.kind = static_cast<LegKind>(field.at("kind").choice({"perp", "future", "option"}));
        const auto& market = m_markets[leg.underlying];
        if (leg.kind == LegKind::perp) {
            leg.mark = market.perp_mark;
        } else {
            const auto at = field.at("expiry");
            const auto& listed = listed_expiry(at, market);
            leg.expiry = expiry_index(leg.underlying, listed);
            if (leg.kind == LegKind::option)
                read_option(field, listed, leg);
        }
        const InstrumentKey key{
            leg.underlying, leg.kind, leg.expiry, leg.strike.price.raw(), leg.type};
        const auto next = static_cast<std::uint16_t>(m_instruments.size());
        leg.instrument = m_instruments.try_emplace(key, next).first->second;
        return leg;
    }

    [[nodiscard]] const MarketExpiry& listed_expiry(
        const CaseField& field, const Market& market) const
    {
        const auto time = field.whole(~std::uint64_t{0});
        for (const auto& expiry : market.expiries) {
            if (expiry.at != time)
                continue;
            if (time > m_read.now + LENGTH_MAX_S)
                field.fail("out of range: more than a century ahead");
            return expiry;
        }
        field.fail(fmt::format("the underlying lists no prices for the expiry {}", time));
    }

    [[nodiscard]] std::uint16_t expiry_index(std::uint16_t underlying, const MarketExpiry& listed)
    {
        const auto next = static_cast<std::uint16_t>(m_read.expiries.size());
        const auto [place, is_new] = m_expiries.try_emplace({underlying, listed.at}, next);
        if (is_new) {
            m_read.expiry_times.push_back(listed.at);
            m_read.expiries.push_back({.underlying = underlying,
                .length = elapsed(Seconds::from_raw(m_read.now), Seconds::from_raw(listed.at)),
                .forward = listed.forward,
                .fixed = listed.fixed,
                .rate = listed.rate,
                .mark_rate_mult = m_markets[underlying].mark_rate_mult,
                .confidence = listed.confidence});
        }
        return place->second;
    }

    static void read_option(CaseField& field, const MarketExpiry& listed, BookLeg& leg)
    {
        const auto strike = field.at("strike");
        const auto price = strike.price_or_zero();
        leg.type =
            field.at("type").choice({"call", "put"}) == 0 ? OptionType::call : OptionType::put;
        leg.volatility = volatility(strike, price, listed);
        leg.strike = pricing::strike_point(price);
    }

    /// F-2.
    [[nodiscard]] static pricing::Volatility volatility(
        const CaseField& field, Price strike, const MarketExpiry& listed)
    {
        const auto& market = listed.field;
        if (!listed.svi && !listed.vols)
            market.fail("needs svi or vols: the account has an option in it");
        if (strike.is_zero())
            return {};
        if (listed.svi) {
            const auto vol = pricing::svi_volatility(*listed.svi, strike);
            if (!vol) {
                throw CaseError(fmt::format("{}.svi: {}, at the strike {} of {}", market.path(),
                    meaning_of(vol.error()), text(strike), field.path()));
            }
            return *vol;
        }
        const auto is_strike = [strike](const StrikeVol& point) { return point.strike == strike; };
        const auto& vols = *listed.vols;
        const auto found = std::find_if(vols.begin(), vols.end(), is_strike);
        if (found == vols.end())
            field.fail(fmt::format("{}.vols has no volatility of this strike", market.path()));
        if (std::find_if(found + 1, vols.end(), is_strike) != vols.end())
            field.fail(fmt::format("{}.vols has two volatilities of this strike", market.path()));
        return {.value = found->vol, .error = Ratio()};
    }

    const std::vector<Market>& m_markets;
    MarginCase& m_read;
    std::map<InstrumentKey, std::uint16_t> m_instruments;
    std::map<std::pair<std::uint16_t, std::uint64_t>, std::uint16_t> m_expiries;
    std::vector<BookLeg> m_orders;
};

void read_weights(CaseField& field, BookCollateral& collateral)
{
    collateral.haircut.initial = field.at("initial_haircut").share();
    collateral.haircut.maintenance = field.at("maintenance_haircut").share();
    if (auto scaling = field.maybe("pool_scaling")) {
        collateral.pool_scaling = true;
        collateral.pool_start = scaling->at("start").amount();
        collateral.pool_deposits = scaling->at("deposits").amount();
        scaling->finish();
    }
    if (const auto discount = field.maybe("size_discount"))
        collateral.size_discount = discount->ratio();
    if (auto haircut = field.maybe("volatility_haircut")) {
        VolatilityHaircutParams params;
        params.multiple = haircut->at("multiple").ratio();
        const auto volatility = haircut->at("volatility").ratio();
        const auto horizon = haircut->at("horizon");
        const auto length = horizon.between(Ratio(), Ratio::from_units(LENGTH_MAX_S));
        constexpr auto SECOND = static_cast<num::i128>(num::WAD);
        if (length.raw() % SECOND != 0)
            horizon.fail("must be whole seconds");
        params.horizon = Seconds::from_raw(static_cast<std::uint64_t>(length.raw() / SECOND));
        const auto off = volatility_haircut_ceil(params, volatility);
        collateral.volatility_haircut = {off, off};
        haircut->finish();
    }
    if (auto rule = field.maybe("confidence_rule"))
        collateral.confidence_rule = read_confidence_rule(*std::move(rule));
}

void read_collateral(CaseField field, MarginCase& read)
{
    BookCollateral collateral;
    read.assets.push_back(field.at("asset").name());
    collateral.amount = field.at("amount").amount();
    collateral.price = field.at("price").price_or_zero();
    if (const auto confidence = field.maybe("confidence"))
        collateral.confidence = confidence->share();
    if (const auto underlying = field.maybe("underlying")) {
        const auto name = underlying->name();
        const auto found = std::find(read.names.begin(), read.names.end(), name);
        if (found == read.names.end())
            underlying->fail(fmt::format("there is no underlying \"{}\"", name));
        collateral.underlying = static_cast<std::uint16_t>(found - read.names.begin());
    }
    if (const auto cancelling = field.maybe("risk_cancelling")) {
        collateral.risk_cancelling = cancelling->flag();
        if (collateral.risk_cancelling && collateral.underlying == BookCollateral::NONE)
            cancelling->fail("needs the field \"underlying\"");
    }
    read_weights(field, collateral);
    field.finish();
    read.collaterals.push_back(collateral);
}

/// The items of a list that may be left out.
std::vector<CaseField> optional_items(CaseField& field, std::string_view name)
{
    const auto list = field.maybe(name);
    if (!list)
        return {};
    auto items = list->items();
    if (items.size() > ENTRIES_MAX)
        list->fail(fmt::format("must list at most {}", ENTRIES_MAX));
    return items;
}

}  // namespace

Svi read_svi(CaseField field)
{
    Svi svi;
    svi.a = field.at("a").signed_ratio();
    svi.b = field.at("b").signed_ratio();
    svi.rho = field.at("rho").signed_ratio();
    svi.m = field.at("m").signed_ratio();
    svi.sigma = field.at("sigma").signed_ratio();
    svi.forward = field.at("forward").price();
    svi.tau = field.at("tau").between(Ratio::from_raw(1), RATIO_MAX);
    field.finish();
    return svi;
}

std::vector<StrikeVol> read_vols(const CaseField& field)
{
    std::vector<StrikeVol> vols;
    for (auto item : field.items()) {
        vols.push_back({.strike = item.at("strike").price_or_zero(),
            .vol = item.at("vol").between(Ratio(), VOLATILITY_MAX)});
        item.finish();
    }
    return vols;
}

void read_account(CaseField field, const std::vector<Market>& markets, MarginCase& read)
{
    read.cash = field.at("cash").money();
    for (const auto& item : optional_items(field, "collateral"))
        read_collateral(item, read);
    LegReader legs(markets, read);
    for (const auto& item : optional_items(field, "positions"))
        legs.read_position(item);
    for (const auto& item : optional_items(field, "open_orders"))
        legs.read_order(item);
    field.finish();
    legs.finish();
}

}  // namespace plimsoll::sim
