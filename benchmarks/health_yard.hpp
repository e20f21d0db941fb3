// plimsoll: benchmarks/health_yard.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the yard. One account of ten perpetuals and three collaterals, size scaling off, for whoever
// measures what its health costs: natively and in wasm.
// Promises: integers only, no heap, the same account everywhere.
#pragma once

#include "engine/risk/health.hpp"
#include "engine/solvency/side_index.hpp"

namespace plimsoll::bench {

class NoEpochs final : public EpochSource
{
public:
    bool epoch(MarketId, Side, std::uint32_t, EpochRecord&) const noexcept override
    {
        return false;
    }
};

constexpr std::uint16_t PERPETUALS = 10;
constexpr std::uint16_t COLLATERALS = 3;

struct Yard
{
    Board board;
    OracleParams oracle;
    NoEpochs epochs;
    Asset assets[COLLATERALS + 1];
    Underlying underlyings[PERPETUALS];
    Market markets[PERPETUALS];
    Account account;
    mutable MarginMemory memory;  ///< Scratch: what it holds is nobody's state.

    explicit Yard(bool stale_indexes)
    {
        board.now = Seconds::from_raw(1'000'000);
        oracle.max_age_trade = Seconds::from_raw(600);
        oracle.max_age_liquidation = Seconds::from_raw(3600);
        oracle.failed_after = Seconds::from_raw(7200);
        oracle.max_confidence = Ratio::from_raw(num::WAD / 50);
        for (std::uint16_t i = 0; i < PERPETUALS; ++i) {
            const num::i128 price =
                static_cast<num::i128>(num::WAD) * (100 + 1234 * i) + 567'890'123;
            // No confidence band: the bracket of initial margin (F-4a) is not part of this measure.
            board.feeds[i] = {Price::from_raw(price), Price::zero(), board.now};
            underlyings[i].standard.fraction.initial = Ratio::from_raw(num::WAD / 20);
            underlyings[i].standard.fraction.maintenance = Ratio::from_raw(num::WAD / 33);
            underlyings[i].profit.weight = Ratio::from_raw(num::WAD / 10 * 9);
            underlyings[i].profit.cap = Money::from_units(1'000'000);
            Market& market = markets[i];
            market.params.underlying = UnderlyingId{i};
            market.params.premium_max = Ratio::from_raw(num::WAD / 100);
            market.indexes = fresh_indexes();
            market.indexes.open_interest = num::i128{num::WAD} * 1000;
            Position position;
            position.market = MarketId{i};
            position.base = Quantity::from_raw(
                (i % 2 == 0 ? 1 : -1) * (static_cast<num::i128>(num::WAD) * 3 + 141'592'653'589));
            position.quote =
                -notional_floor(position.base, board.feeds[i].price) + Money::from_units(i - 5);
            position.a = INDEX_ONE;
            if (stale_indexes) {
                market.indexes.sides[0].k = INDEX_ONE / 1000 + 12345;
                market.indexes.sides[1].k = INDEX_ONE / 1000 + 54321;
                market.indexes.sides[0].a = INDEX_ONE - 123'456'789;
                market.indexes.sides[1].a = INDEX_ONE - 987'654'321;
            }
            static_cast<void>(account.positions.push(position));
        }
        for (std::uint16_t i = 1; i <= COLLATERALS; ++i) {
            assets[i].underlying = UnderlyingId{i};
            assets[i].decimals = 18;
            assets[i].initial_haircut = Ratio::from_raw(num::WAD / 10);
            assets[i].maintenance_haircut = Ratio::from_raw(num::WAD / 20);
            static_cast<void>(account.collaterals.push(
                {AssetId{i}, TokenAmount::from_raw(static_cast<num::i128>(num::WAD) * 7 + i)}));
        }
        account.cash = Money::from_units(2500);
    }

    [[nodiscard]] Scene scene() const
    {
        Scene made(board, oracle, epochs, memory);
        for (std::uint16_t i = 1; i <= COLLATERALS; ++i)
            made.set(AssetId{i}, assets[i]);
        for (std::uint16_t i = 0; i < PERPETUALS; ++i) {
            made.set(UnderlyingId{i}, underlyings[i]);
            made.set(MarketId{i}, markets[i]);
        }
        return made;
    }
};

}  // namespace plimsoll::bench
