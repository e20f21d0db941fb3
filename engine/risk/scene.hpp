// plimsoll: engine/risk/scene.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. Everything outside the account that its margin depends on, at one instant.
// Promises: holds pointers to values that its maker keeps alive; only what an account touches needs to be
// set. Markets are few at a time: those of one account, and of the call. Asking for something that was not
// set is a CHECK: the caller loads before it asks. What an underlying has besides its parameters (scenarios,
// surfaces, a stable price, observed volatility) may be left out, and so may the price of the quote.
#pragma once

#include "engine/check.hpp"
#include "engine/model/board.hpp"
#include "engine/model/correlation.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/market.hpp"
#include "engine/model/params.hpp"
#include "engine/model/portfolio_params.hpp"
#include "engine/model/settlement.hpp"
#include "engine/model/surface.hpp"
#include "engine/oracle/mark.hpp"
#include "engine/oracle/validity.hpp"
#include "engine/pricing/bracket.hpp"
#include "engine/pricing/volatility.hpp"
#include "engine/result.hpp"
#include "engine/risk/account_book.hpp"
#include "engine/risk/position_view.hpp"

namespace plimsoll {

/// The markets that one scene can hold: an account's positions and orders, and some of the call's own.
inline constexpr std::size_t SCENE_MARKETS_MAX = POSITIONS_MAX + ORDERS_MAX + 16;

/// A quote is about its peg between these. What is below counts as the lower one.
inline constexpr Price QUOTE_LOW = Price::from_raw(num::WAD / 2);
inline constexpr Price QUOTE_HIGH = Price::from_units(2);

/// What one underlying has besides its parameters and its price.
struct UnderlyingScene
{
    const PortfolioParams* portfolio = nullptr;  ///< None: no portfolio mode on it.
    const Surfaces* surfaces = nullptr;
    const Settlements* settlements = nullptr;  ///< As of now; none: no window has opened.
    Price stable;                              ///< F-4a; zero: none.
    Ratio initial_scale = Ratio::one();
};

class Scene
{
public:
    Scene(const Board& board, const OracleParams& oracle, const EpochSource& epochs,
        MarginMemory& memory) noexcept
      : m_board(&board), m_oracle(&oracle), m_epochs(&epochs), m_memory(&memory)
    {}

    void set(AssetId id, const Asset& asset) noexcept
    {
        CHECK(id.value < ASSETS_MAX);
        m_assets[id.value] = &asset;
    }
    void set(UnderlyingId id, const Underlying& underlying) noexcept
    {
        CHECK(id.value < UNDERLYINGS_MAX);
        m_underlyings[id.value] = &underlying;
    }
    void set(UnderlyingId id, const UnderlyingScene& besides) noexcept
    {
        CHECK(id.value < UNDERLYINGS_MAX);
        m_besides[id.value] = besides;
    }
    /// The correlations of all underlyings, by level; those at initial contain the others.
    void set_correlation(const PerLevel<const Correlation*>& correlation) noexcept
    {
        m_correlation = correlation;
    }
    /// What all accounts together hold of an asset whose weight depends on it (F-6).
    void set_deposits(AssetId id, Quantity deposits) noexcept
    {
        CHECK(id.value < ASSETS_MAX);
        m_deposits[id.value] = deposits;
    }
    /// What observed volatility takes off an asset's weight (F-6).
    void set_volatility_haircut(AssetId id, const PerLevel<Ratio>& haircut) noexcept
    {
        CHECK(id.value < ASSETS_MAX);
        m_volatility_haircuts[id.value] = haircut;
    }
    /// By which underlying's feed the quote is priced.
    void set_quote(UnderlyingId id) noexcept { m_quote = &m_board->of(id); }
    /// Also fixes the market's mark: set it again after the premium, the index or the surface has changed.
    /// The underlying's surfaces must stand before the futures and options on it.
    void set(MarketId id, const Market& market) noexcept
    {
        std::size_t at = slot(id);
        if (at == m_market_count) {
            CHECK(at < SCENE_MARKETS_MAX);
            m_market_ids[at] = id;
            ++m_market_count;
        }
        m_markets[at] = &market;
        m_marks[at] = mark_of(market);
    }
    /// Takes every market off the scene, so that another account's can be set.
    void clear_markets() noexcept { m_market_count = 0; }

    [[nodiscard]] const Board& board() const noexcept { return *m_board; }
    [[nodiscard]] Seconds now() const noexcept { return m_board->now; }
    [[nodiscard]] const EpochSource& epochs() const noexcept { return *m_epochs; }
    [[nodiscard]] const Asset& asset(AssetId id) const noexcept
    {
        CHECK(id.value < ASSETS_MAX && m_assets[id.value] != nullptr);
        return *m_assets[id.value];
    }
    [[nodiscard]] const Underlying& underlying(UnderlyingId id) const noexcept
    {
        CHECK(id.value < UNDERLYINGS_MAX && m_underlyings[id.value] != nullptr);
        return *m_underlyings[id.value];
    }
    [[nodiscard]] const Market& market(MarketId id) const noexcept
    {
        const std::size_t at = slot(id);
        CHECK(at < m_market_count);
        return *m_markets[at];
    }
    /// A market and its mark by one look-up.
    struct Listed
    {
        const Market& market;
        Price mark;
    };
    [[nodiscard]] Listed listed(MarketId id) const noexcept
    {
        const std::size_t at = slot(id);
        CHECK(at < m_market_count);
        return {*m_markets[at], m_marks[at]};
    }
    [[nodiscard]] Price index(UnderlyingId id) const noexcept { return m_board->of(id).price; }
    [[nodiscard]] Price mark(MarketId id) const noexcept
    {
        const std::size_t at = slot(id);
        CHECK(at < m_market_count);
        return m_marks[at];
    }
    [[nodiscard]] Error usable(UnderlyingId id, PriceUse use) const noexcept
    {
        return plimsoll::usable(m_board->of(id), m_board->now, *m_oracle, use);
    }

    /// The same of what a market is marked by: its underlying's feed and, for a future or an option, its
    /// surface. Without a surface there is no trade (surface_domain); a liquidation goes by what stands in.
    /// From its end on a market is worth what it settles at: no feed can spoil that, but while it is not known
    /// it is no price to trade on (stale_price).
    [[nodiscard]] Error usable(MarketId id, PriceUse use) const noexcept;

    [[nodiscard]] bool failed(UnderlyingId id) const noexcept
    {
        return plimsoll::failed(m_board->of(id), m_board->now, *m_oracle);
    }
    /// Whether positions that something published then prices count moved against the account.
    [[nodiscard]] bool shocked(Seconds published) const noexcept
    {
        return plimsoll::shocked(published, m_board->now, *m_oracle);
    }
    [[nodiscard]] const OracleParams& oracle() const noexcept { return *m_oracle; }
    [[nodiscard]] MarginMemory& memory() const noexcept { return *m_memory; }

    /// Null where there is none.
    [[nodiscard]] const PortfolioParams* portfolio(UnderlyingId id) const noexcept
    {
        return besides(id).portfolio;
    }
    [[nodiscard]] const ExpirySurface* surface(UnderlyingId id, Seconds expiry) const noexcept
    {
        const Surfaces* surfaces = besides(id).surfaces;
        return surfaces == nullptr ? nullptr : surface_at(*surfaces, expiry);
    }
    /// What settles at that time, once its window has opened; null before.
    [[nodiscard]] const Settlement* settlement(UnderlyingId id, Seconds end) const noexcept
    {
        const Settlements* settlements = besides(id).settlements;
        return settlements == nullptr ? nullptr : settlement_at(*settlements, end);
    }
    /// What a market whose time has come, and that is not settled yet, settles at if nothing else is said;
    /// without an average the index stands in: nothing held may be impossible to value.
    [[nodiscard]] Price settling(UnderlyingId id, Seconds end) const noexcept;
    /// The price of an underlying for an expiry: the surface's forward, or the index without one; from the
    /// expiry on what it settles at.
    [[nodiscard]] Price forward(UnderlyingId id, Seconds expiry) const noexcept;
    [[nodiscard]] Price stable(UnderlyingId id) const noexcept { return besides(id).stable; }
    [[nodiscard]] Ratio initial_scale(UnderlyingId id) const noexcept
    {
        return besides(id).initial_scale;
    }
    [[nodiscard]] const PerLevel<Ratio>& volatility_haircut(AssetId id) const noexcept
    {
        CHECK(id.value < ASSETS_MAX);
        return m_volatility_haircuts[id.value];
    }
    /// Null: the quote is worth its peg.
    [[nodiscard]] const FeedPrice* quote() const noexcept { return m_quote; }
    [[nodiscard]] const Correlation* correlation(Level level) const noexcept
    {
        return m_correlation.of(level);
    }
    [[nodiscard]] Quantity deposits(AssetId id) const noexcept
    {
        CHECK(id.value < ASSETS_MAX);
        return m_deposits[id.value];
    }
    /// What margin makes of a strike's volatility on a surface: zero where there is none, at most
    /// VOLATILITY_MAX.
    [[nodiscard]] static pricing::Volatility bounded(
        const Result<pricing::Volatility>& stated) noexcept;
    /// The volatility of an option market's strike on its surface; zero without one.
    [[nodiscard]] pricing::Volatility volatility(const MarketParams& params) const noexcept;

    /// What one unit of an option market is worth on its surface: the mark is the middle of it, margin takes
    /// the end that is worse for the account (F-4).
    [[nodiscard]] pricing::PriceBracket option_bracket(const MarketParams& params) const noexcept;

    [[nodiscard]] const UnderlyingScene& besides(UnderlyingId id) const noexcept
    {
        CHECK(id.value < UNDERLYINGS_MAX);
        return m_besides[id.value];
    }

private:
    /// Index and premium, or the surface's forward, or the option's price on the surface, to nearest; from
    /// its end on what the market settles at.
    [[nodiscard]] Price mark_of(const Market& market) const noexcept;

    /// Where the market stands; the count when it does not. Linear: the ids of an account's markets are few
    /// and lie together.
    [[nodiscard]] std::size_t slot(MarketId id) const noexcept
    {
        std::size_t at = 0;
        while (at < m_market_count && !(m_market_ids[at] == id))
            ++at;
        return at;
    }

    const Board* m_board;
    const OracleParams* m_oracle;
    const EpochSource* m_epochs;
    MarginMemory* m_memory;
    UnderlyingScene m_besides[UNDERLYINGS_MAX]{};
    PerLevel<const Correlation*> m_correlation;
    const FeedPrice* m_quote = nullptr;
    Quantity m_deposits[ASSETS_MAX]{};
    PerLevel<Ratio> m_volatility_haircuts[ASSETS_MAX]{};
    const Asset* m_assets[ASSETS_MAX]{};
    const Underlying* m_underlyings[UNDERLYINGS_MAX]{};
    std::size_t m_market_count = 0;
    MarketId m_market_ids[SCENE_MARKETS_MAX]{};
    const Market* m_markets[SCENE_MARKETS_MAX]{};
    Price m_marks[SCENE_MARKETS_MAX]{};
};

}  // namespace plimsoll
