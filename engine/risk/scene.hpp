// plimsoll: engine/risk/scene.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. Everything outside the account that its margin depends on, at one instant.
// Promises: holds pointers to values that its maker keeps alive; only what an account touches needs to
// be set. Asking for something that was not set is a CHECK: the caller loads before it asks.
#pragma once

#include "engine/check.hpp"
#include "engine/model/board.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/market.hpp"
#include "engine/model/params.hpp"
#include "engine/oracle/mark.hpp"
#include "engine/oracle/validity.hpp"
#include "engine/risk/position_view.hpp"

namespace plimsoll {

class Scene
{
public:
    Scene(const Board& board, const OracleParams& oracle, const EpochSource& epochs) noexcept
      : m_board(&board), m_oracle(&oracle), m_epochs(&epochs)
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
    /// Also fixes the market's mark: set it again after the premium or the index has changed.
    void set(MarketId id, const Market& market) noexcept
    {
        CHECK(id.value < MARKETS_MAX);
        m_markets[id.value] = &market;
        m_marks[id.value] = mark_price(market, index(market.params.underlying));
    }

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
        CHECK(id.value < MARKETS_MAX && m_markets[id.value] != nullptr);
        return *m_markets[id.value];
    }
    [[nodiscard]] Price index(UnderlyingId id) const noexcept { return m_board->of(id).price; }
    [[nodiscard]] Price mark(MarketId id) const noexcept
    {
        CHECK(id.value < MARKETS_MAX && m_markets[id.value] != nullptr);
        return m_marks[id.value];
    }
    [[nodiscard]] Error usable(UnderlyingId id, PriceUse use) const noexcept
    {
        return plimsoll::usable(m_board->of(id), m_board->now, *m_oracle, use);
    }

    [[nodiscard]] bool failed(UnderlyingId id) const noexcept
    {
        return plimsoll::failed(m_board->of(id), m_board->now, *m_oracle);
    }
    [[nodiscard]] const OracleParams& oracle() const noexcept { return *m_oracle; }

private:
    const Board* m_board;
    const OracleParams* m_oracle;
    const EpochSource* m_epochs;
    const Asset* m_assets[ASSETS_MAX]{};
    const Underlying* m_underlyings[UNDERLYINGS_MAX]{};
    const Market* m_markets[MARKETS_MAX]{};
    Price m_marks[MARKETS_MAX]{};
};

}  // namespace plimsoll
