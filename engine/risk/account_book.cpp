// plimsoll: engine/risk/account_book.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See account_book.hpp.
#include "engine/risk/account_book.hpp"

#include "engine/oracle/price_band.hpp"
#include "engine/oracle/settlement.hpp"
#include "engine/pricing/svi.hpp"
#include "engine/risk/scene.hpp"

namespace plimsoll {
namespace {

/// An underlying that only collateral names needs no scenarios.
constexpr PortfolioParams NO_SCENARIOS{};

/// 1 - half-width / price, at least zero. Floor: less sure is charged more.
Ratio confidence_floor(const FeedPrice& feed) noexcept
{
    if (feed.confidence.is_zero())
        return Ratio::one();
    if (feed.confidence >= feed.price)
        return Ratio::zero();
    return Ratio::one() - ratio_ceil(feed.confidence, feed.price);
}

/// A price at most BOARD_RATIO_MAX times spot, as margin can value it.
Price near(Price price, Price spot) noexcept
{
    if (price <= spot)
        return price;
    const Price far = Price::from_raw(spot.raw() * BOARD_RATIO_MAX);
    return price > far ? far : price;
}

class Builder
{
public:
    Builder(const Account& account, const Scene& scene) noexcept
      : m_account(account), m_scene(scene), m_memory(scene.memory())
    {
        m_memory.underlyings.clear();
        m_memory.expiries.clear();
        m_memory.legs.clear();
        m_memory.collaterals.clear();
    }

    [[nodiscard]] Result<Book> run() noexcept
    {
        name_underlyings();
        for (const Position& position : m_account.positions)
            if (const Error error = add_position(position); error != Error::ok)
                return error;
        for (const OpenOrder& order : m_account.orders)
            add_order(order);
        for (const Collateral& collateral : m_account.collaterals)
            add_collateral(collateral);

        Book book;
        book.mode = m_account.mode;
        book.cash = m_account.cash + m_settled;
        name_quote(book);
        book.underlyings = m_memory.underlyings.span();
        book.expiries = m_memory.expiries.span();
        arrange(m_memory.legs.span(), book.expiries);
        book.legs = m_memory.legs.span();
        book.collaterals = m_memory.collaterals.span();
        book.correlation = m_scene.correlation(Level::maintenance);
        book.initial_correlation = m_scene.correlation(Level::initial);
        return book;
    }

private:
    [[nodiscard]] bool portfolio() const noexcept
    {
        return m_account.mode == MarginMode::portfolio;
    }

    void name(UnderlyingId id) noexcept { m_named |= std::uint32_t{1} << id.value; }

    /// The underlyings of the book: what the account touches, and with more than one of them in portfolio
    /// mode all that may drive others (F-26). In the order of their numbers.
    void name_underlyings() noexcept
    {
        // What is settled is no more risk of its underlying: a touch would take it off the account.
        const auto name_market = [this](MarketId id) {
            const Market& market = m_scene.market(id);
            if (!market.closed())
                name(market.params.underlying);
        };
        for (const Position& position : m_account.positions)
            name_market(position.market);
        for (const OpenOrder& order : m_account.orders)
            name_market(order.market);
        for (const Collateral& collateral : m_account.collaterals) {
            const UnderlyingId id = m_scene.asset(collateral.asset).underlying;
            if (m_scene.index(id).is_positive())
                name(id);
        }
        const bool several = (m_named & (m_named - 1)) != 0;
        for (std::uint16_t i = 0; i < UNDERLYINGS_MAX; ++i) {
            const UnderlyingId id{i};
            const bool drives = portfolio() && several && m_scene.portfolio(id) != nullptr &&
                                m_scene.index(id).is_positive();
            if ((m_named >> i & 1U) != 0 || drives)
                add_underlying(id);
        }
    }

    void add_underlying(UnderlyingId id) noexcept
    {
        const FeedPrice& feed = m_scene.board().of(id);
        const Underlying& params = m_scene.underlying(id);
        m_index[id.value] = static_cast<std::uint16_t>(m_memory.underlyings.size());
        BookUnderlying& u = m_memory.underlyings.add();
        u.id = id.value;
        u.spot = feed.price;
        if (!feed.confidence.is_zero() && feed.price.is_positive()) {
            const PriceBand band = price_band(feed);
            u.price_low = band.low;
            u.price_high = near(band.high, feed.price);
        }
        u.stable = near(m_scene.stable(id), feed.price);
        u.confidence = confidence_floor(feed);
        u.standard = &params.standard;
        u.profit = &params.profit;
        if (portfolio())
            u.portfolio = m_scene.portfolio(id) != nullptr ? m_scene.portfolio(id) : &NO_SCENARIOS;
        u.initial_scale = m_scene.initial_scale(id);
        u.failed = feed.price.is_zero() || m_scene.shocked(feed.published);
    }

    /// Prices are in quote, whatever that is worth; a feed of the quote says how far it is from its peg, for which
    /// there are charges. However absurd it is, nothing held may be impossible to value.
    void name_quote(Book& book) const noexcept
    {
        const FeedPrice* feed = m_scene.quote();
        if (feed == nullptr || !feed->price.is_positive())
            return;
        book.peg_price = feed->price < QUOTE_LOW ? QUOTE_LOW : feed->price;
        book.quote_confidence = confidence_floor(*feed);
    }

    /// The expiry's place in the book, made when it is first asked for.
    [[nodiscard]] std::uint16_t expiry_of(const MarketParams& params) noexcept
    {
        const std::uint16_t underlying = m_index[params.underlying.value];
        for (std::uint16_t i = 0; i < m_memory.expiries.size(); ++i)
            if (m_memory.expiries[i].underlying == underlying && m_expiry_times[i] == params.expiry)
                return i;
        const auto index = static_cast<std::uint16_t>(m_memory.expiries.size());
        m_expiry_times.push(params.expiry);
        BookExpiry& e = m_memory.expiries.add();
        e.underlying = underlying;
        e.length = elapsed(m_scene.now(), params.expiry);
        e.forward = m_scene.forward(params.underlying, params.expiry);
        const Settlement* settlement = m_scene.settlement(params.underlying, params.expiry);
        if (e.length.is_zero()) {
            // Past its end an expiry moves with spot for as long as it is not known what it settles at.
            if (settlement != nullptr && settlement_known(*settlement))
                e.fixed = e.forward;
            return index;
        }
        if (const ExpirySurface* surface = m_scene.surface(params.underlying, params.expiry)) {
            e.rate = surface->rate;
            e.confidence = surface->confidence();
            if (m_scene.shocked(surface->published))
                m_memory.underlyings[underlying].failed = true;
        }
        if (settlement != nullptr)
            e.fixed =
                pricing::settlement_fixed_nearest(e.forward, e.length, settlement->terms.window);
        return index;
    }

    /// Adds a leg of the market without any amount.
    BookLeg& add_leg(MarketId id, const Scene::Listed& listed) noexcept
    {
        const MarketParams& params = listed.market.params;
        BookLeg& leg = m_memory.legs.add();
        leg.underlying = m_index[params.underlying.value];
        leg.instrument = id.value;
        if (params.kind == MarketKind::option) {
            leg.expiry = expiry_of(params);
            leg.kind = LegKind::option;
            leg.type = params.type;
            leg.strike = pricing::strike_point(params.strike);
            leg.volatility = volatility_of(params, leg.expiry);
            return leg;
        }
        if (params.kind == MarketKind::perpetual) {
            leg.mark = listed.mark;
        } else {
            leg.expiry = expiry_of(params);
            leg.kind = LegKind::future;
        }
        BookUnderlying& u = m_memory.underlyings[leg.underlying];
        // Without an upper end open interest does not count (F-8).
        if (!u.standard->open_interest_upper.is_zero())
            u.open_interest += open_interest(listed);
        return leg;
    }

    /// Scene::volatility(), with what all strikes of a smile share taken once while they follow one another.
    [[nodiscard]] pricing::Volatility volatility_of(
        const MarketParams& params, std::uint16_t expiry) noexcept
    {
        if (params.strike.is_zero())
            return {};
        if (m_slice_expiry != expiry) {
            const ExpirySurface* surface = m_scene.surface(params.underlying, params.expiry);
            m_slice = surface == nullptr ? Result<pricing::SviSlice>(Error::surface_domain)
                                         : pricing::svi_slice(surface->svi);
            m_slice_expiry = expiry;
        }
        return m_slice ? Scene::bounded(pricing::volatility_at(*m_slice, params.strike))
                       : pricing::Volatility{};
    }

    /// Quote notional, at most MONEY_MAX: it only scales a fraction (F-8).
    [[nodiscard]] static Money open_interest(const Scene::Listed& listed) noexcept
    {
        const auto notional =
            num::mul_wad_ceil(listed.market.indexes.open_interest, listed.mark.raw());
        const Money limit = Money::from_raw(MONEY_MAX.raw() / static_cast<num::i128>(MARKETS_MAX));
        return notional && Money::from_raw(*notional) < limit ? Money::from_raw(*notional) : limit;
    }

    [[nodiscard]] Error add_position(const Position& position) noexcept
    {
        const Scene::Listed listed = m_scene.listed(position.market);
        const Result<PositionView> now = view(position, listed.market.indexes, m_scene.epochs());
        if (!now)
            return now.error();
        // A settled market's positions are quote alone, and count as the cash that a touch makes of them.
        if (listed.market.closed()) {
            m_settled += now->quote;
            return Error::ok;
        }
        BookLeg& leg = add_leg(position.market, listed);
        leg.is_position = true;
        leg.base = now->base;
        leg.quote = now->quote;
        return Error::ok;
    }

    void add_order(const OpenOrder& order) noexcept
    {
        if (m_scene.market(order.market).closed())
            return;
        BookLeg* found = nullptr;
        for (BookLeg& leg : m_memory.legs.span())
            if (leg.instrument == order.market.value) {
                found = &leg;
                break;
            }
        BookLeg& leg =
            found != nullptr ? *found : add_leg(order.market, m_scene.listed(order.market));
        leg.bid = order.bid;
        leg.ask = order.ask;
    }

    void add_collateral(const Collateral& held) noexcept
    {
        BookCollateral& collateral =
            m_memory.collaterals.push(book_collateral(held.asset, held.amount, m_scene));
        const UnderlyingId id = m_scene.asset(held.asset).underlying;
        if ((m_named >> id.value & 1U) != 0)
            collateral.underlying = m_index[id.value];
        else
            collateral.risk_cancelling = false;
        // Without scenarios nothing can be cancelled.
        if (portfolio() && m_scene.portfolio(id) == nullptr)
            collateral.risk_cancelling = false;
    }

    const Account& m_account;
    const Scene& m_scene;
    MarginMemory& m_memory;
    std::uint32_t m_named = 0;
    Money m_settled;  ///< What positions of settled markets come to.
    std::uint16_t m_index[UNDERLYINGS_MAX] = {};
    RawList<Seconds, POSITIONS_MAX + ORDERS_MAX> m_expiry_times;
    static constexpr std::uint16_t NO_EXPIRY = 0xFFFF;
    std::uint16_t m_slice_expiry = NO_EXPIRY;
    Result<pricing::SviSlice> m_slice = Error::surface_domain;
};

}  // namespace

BookCollateral book_collateral(AssetId id, TokenAmount amount, const Scene& scene) noexcept
{
    const Asset& asset = scene.asset(id);
    BookCollateral collateral;
    collateral.amount = quantity_from_tokens(amount, asset.decimals);
    collateral.price = scene.index(asset.underlying);
    collateral.haircut = {asset.initial_haircut, asset.maintenance_haircut};
    collateral.risk_cancelling = asset.risk_cancelling;
    if (!asset.pool_start.is_zero()) {
        collateral.pool_scaling = true;
        collateral.pool_start = asset.pool_start;
        collateral.pool_deposits = scene.deposits(id);
    }
    collateral.size_discount = asset.size_discount;
    collateral.volatility_haircut = scene.volatility_haircut(id);
    collateral.confidence_rule = asset.confidence;
    // A feed that has failed is no shield at any level, one that is not fit to trade on none at initial.
    collateral.worthless = scene.failed(asset.underlying);
    collateral.nothing_at_initial =
        scene.usable(asset.underlying, PriceUse::initial_weight) != Error::ok;
    return collateral;
}

Result<Book> book_of(const Account& account, const Scene& scene) noexcept
{
    return Builder(account, scene).run();
}

}  // namespace plimsoll
