// plimsoll: tests/support/side_pair.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. One market's side indexes in the engine and in the model, driven together.
// Promises: every operation is done to both; `difference` names the first number in which they differ,
// `broken` the first invariant that does not hold.
#pragma once

#include "engine/solvency/side_index.hpp"
#include "tests/support/epoch_book.hpp"
#include "tests/support/side_model.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace plimsoll::test {

class SidePair
{
public:
    explicit SidePair(std::size_t accounts) : model(accounts), positions(accounts)
    {
        for (Position& position : positions)
            position.market = MARKET;
    }

    static constexpr MarketId MARKET{3};

    SideModel model;
    MarketIndexes indexes = fresh_indexes();
    EpochBook epochs;
    std::vector<Position> positions;
    int trouble = 0;  // operations that one of the two refused and the other did not

    [[nodiscard]] std::size_t count() const { return positions.size(); }

    /// One call, which may leave the account behind.
    bool touch_once(std::size_t i)
    {
        const Result<Touched> touched = touch(positions[i], indexes, epochs);
        const bool done = touched && touched->done;
        note(done == model.touch(i, STAGES_MAX));
        return done;
    }
    int touch_fully(std::size_t i)
    {
        int calls = 1;
        while (!touch_once(i) && calls < 1'000)
            ++calls;
        return calls;
    }
    void fill(std::size_t buyer, std::size_t seller, num::i128 dq, Price price)
    {
        touch_fully(buyer);
        touch_fully(seller);
        num::i128 rise = 0;
        for (const auto& [who, change] : {std::pair{buyer, dq}, std::pair{seller, -dq}}) {
            const Quantity before = positions[who].base;
            note(trade(positions[who], indexes, Quantity::from_raw(change), price) == Error::ok);
            rise += open_interest_change(before, positions[who].base);
        }
        indexes.open_interest += rise;
        model.fill(buyer, seller, wide(dq), wide(price.raw()));
    }
    bool fund(Price charge)
    {
        const bool done = apply_funding(indexes, charge) == Error::ok;
        note(done == model.fund(wide(charge.raw())));
        return done;
    }
    /// As much of the account as there is on the other side, at most `most`.
    void deleverage_account(std::size_t i, Price price, num::i128 most = num::I128_MAX)
    {
        touch_fully(i);
        const num::i128 size =
            std::min({positions[i].base.abs().raw(), indexes.open_interest, most});
        if (size <= 0)
            return;
        model.deleverage(i, wide(size), wide(price.raw()));
        epochs.add(MARKET, deleverage(positions[i], indexes, Quantity::from_raw(size), price));
    }
    Error charge_loss(Money loss)
    {
        const Error error = socialise(indexes, loss);
        const SideModel::Charged charged = model.socialise(wide(loss.raw()));
        note((error == Error::ok) == (charged == SideModel::Charged::yes));
        note((error == Error::nothing_to_do) == (charged == SideModel::Charged::nobody));
        return error;
    }
    bool expire_market(Price price)
    {
        const Result<ExpiredMarket> expired = expire(indexes, price);
        if (expired) {
            epochs.add(MARKET, expired->longs);
            epochs.add(MARKET, expired->shorts);
        }
        const bool done = static_cast<bool>(expired);
        note(done == model.expire(wide(price.raw())));
        return done;
    }

    /// Empty when engine and model agree in every integer.
    [[nodiscard]] std::string difference() const
    {
        if (trouble != 0)
            return "one refused what the other did";
        if (wide(indexes.open_interest) != model.open_interest)
            return "open interest";
        for (const Side side : {Side::long_side, Side::short_side}) {
            const SideIndex& have = indexes.of(side);
            const ModelSide& want = side == Side::long_side ? model.longs : model.shorts;
            const std::string name = side == Side::long_side ? "long " : "short ";
            if (wide(have.a) != want.a)
                return name + "a";
            if (wide(have.k) != want.k)
                return name + "k";
            if (have.epoch != want.epoch())
                return name + "epoch";
            if (wide(have.dust) != want.dust)
                return name + "dust";
        }
        for (std::size_t i = 0; i < count(); ++i)
            if (std::string what = position_difference(i); !what.empty())
                return "account " + std::to_string(i) + ": " + what;
        return {};
    }

    /// Empty when I1 to I4 and the bound on the residue hold. Numbers are the model's, which are the
    /// engine's while `difference` is empty.
    [[nodiscard]] std::string broken() const
    {
        // Exact shares are compared with this many binary digits after the point.
        constexpr unsigned DIGITS = 160;
        Int longs = 0;
        Int shorts = 0;
        Int dust = 0;
        Int quotes = 0;
        Int slack = 0;
        Int untouched = 0;
        for (const ModelPosition& position : model.positions) {
            const ModelView seen = model.view(position);
            quotes += seen.quote;
            slack += seen.stages + seen.bracket + 1;
            untouched += seen.stages;
            if (position.holder == Holder::none)
                continue;
            const Int share = (seen.share_num << DIGITS) / seen.share_den;
            (position.holder == Holder::longs ? longs : shorts) += share;
            dust += position.holder == Holder::longs ? Int(-seen.size) : seen.size;
        }
        // Truncation of each share takes less than one unit of the last digit.
        const Int cut = static_cast<unsigned>(count());
        const Int open = model.open_interest << DIGITS;
        if (longs > open)
            return "I1: longs hold more than open interest";
        if (longs + cut < open - (model.longs.dust << DIGITS))
            return "I1: longs hold less than open interest and dust allow";
        if (shorts + cut < open)
            return "I1: shorts hold less than open interest";
        if (shorts > open + (model.shorts.dust << DIGITS))
            return "I1: shorts hold more than open interest and dust allow";
        if (dust < 0)
            return "I2: the house is short";
        if (dust > model.longs.dust + model.shorts.dust + untouched)
            return "I2: more dust than its bound";
        const Int residue = -quotes - model.paid_out;
        if (residue < 0)
            return "I3: the residue is negative";
        if (residue > model.residue_most + slack)
            return "the residue is above its bound";
        for (const ModelSide* side : {&model.longs, &model.shorts}) {
            if (side->a > MODEL_ONE || side->a < MODEL_A_MIN)
                return "I4: a is not in its range";
            if (abs(side->k) > wide(INDEX_K_LIMIT))
                return "I4: k is not in its range";
        }
        return {};
    }

private:
    void note(bool agreed) { trouble += agreed ? 0 : 1; }

    [[nodiscard]] std::string position_difference(std::size_t i) const
    {
        const Position& have = positions[i];
        const ModelPosition& want = model.positions[i];
        if (wide(have.base.raw()) != want.base())
            return "base";
        if (wide(have.quote.raw()) != want.quote)
            return "quote";
        const bool open = !have.base.is_zero();
        if (open && (wide(have.a) != want.a || wide(have.k) != want.k || have.epoch != want.epoch))
            return "snapshot";
        const Result<PositionView> now = view(have, indexes, epochs);
        const ModelView seen = model.view(want, STAGES_MAX);
        if (!now)
            return now.error() == Error::touch_first && !seen.arrived ? "" : "no view";
        if (!seen.arrived)
            return "a view where the model has none";
        const Int base = want.holder == Holder::shorts ? Int(-seen.size) : seen.size;
        if (wide(now->base.raw()) != base)
            return "base of the view";
        if (wide(now->quote.raw()) != seen.quote)
            return "quote of the view";
        return Int(now->stages) == seen.stages ? "" : "stages of the view";
    }
};

}  // namespace plimsoll::test
