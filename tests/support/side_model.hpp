// plimsoll: tests/support/side_model.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The algebra of side indexes a second time, to judge the engine's by.
// Promises: shares nothing with engine/solvency/side_index: unbounded integers; a position is a side and
// a magnitude, and its past is first laid out as stages, then folded; every rounding is stated by who
// gains. Only the order of roundings is the same, since the two must agree to the last unit.
// Never: refuses anything but what the algebra refuses.
#pragma once

#include "tests/support/wide_int.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace plimsoll::test {

/// A raw value of 18 decimals, of 27, and the least `a` of an epoch.
inline const Int MODEL_WAD = Int("1000000000000000000");
inline const Int MODEL_ONE = Int("1000000000000000000000000000");
inline const Int MODEL_A_MIN = MODEL_WAD;
/// 7e10 quote a unit: funding, socialised loss and expiry go no further.
inline const Int MODEL_K_SOFT_LIMIT = Int("70000000000") * MODEL_ONE;
inline const Int MODEL_K_LIMIT = Int("80000000000") * MODEL_ONE;

enum class Holder
{
    none,
    longs,
    shorts
};

struct ModelSide
{
    Holder holder;
    Int a = MODEL_ONE;
    Int k = 0;
    Int dust = 0;
    std::vector<std::pair<Int, Int>> ended;  // (a, k) at the end of epoch i

    explicit ModelSide(Holder who) : holder(who) {}
    [[nodiscard]] std::size_t epoch() const { return ended.size(); }
};

struct ModelPosition
{
    Holder holder = Holder::none;
    Int size = 0;  // magnitude of base
    Int quote = 0;
    Int a = MODEL_ONE;
    Int k = 0;
    std::size_t epoch = 0;

    [[nodiscard]] Int base() const { return holder == Holder::shorts ? Int(-size) : size; }
};

struct ModelView
{
    Int size = 0;
    Int quote = 0;
    Int stages = 0;
    std::size_t crossed = 0;  // epochs left behind
    bool arrived = true;
    Int bracket = 0;    // quote that taking the worse of two bases may have cost
    Int share_num = 0;  // the exact share of the stored size, as a fraction
    Int share_den = 1;
};

class SideModel
{
public:
    explicit SideModel(std::size_t accounts)
      : longs(Holder::longs), shorts(Holder::shorts), positions(accounts)
    {}

    ModelSide longs;
    ModelSide shorts;
    Int open_interest = 0;
    std::vector<ModelPosition> positions;
    Int paid_out = 0;      // quote that socialised losses have taken out of positions
    Int residue_most = 0;  // the bound on the residue

    static constexpr std::size_t ALL = ~std::size_t{0};

    [[nodiscard]] const ModelSide& side(Holder holder) const
    {
        return holder == Holder::longs ? longs : shorts;
    }
    ModelSide& side(Holder holder) { return holder == Holder::longs ? longs : shorts; }

    /// What the position is after at most `most` ended epochs.
    [[nodiscard]] ModelView view(const ModelPosition& position, std::size_t most = ALL) const
    {
        ModelView seen;
        seen.size = position.size;
        seen.quote = position.quote;
        seen.share_num = position.size;
        if (position.holder == Holder::none)
            return seen;
        Int worse = position.size;  // for a long the smaller magnitude, for a short the larger
        Int better = position.size;
        for (const Stage& stage : stages_of(position, most, seen)) {
            const Int moved = stage.k_to - stage.k_from;
            const Int by_worse = gain(position.holder, worse, moved, stage.a_from);
            const Int by_better = gain(position.holder, better, moved, stage.a_from);
            seen.quote += by_worse < by_better ? by_worse : by_better;
            if (worse != better)
                seen.bracket += div_ceil(abs(moved), stage.a_from);
            if (stage.a_to != stage.a_from)
                seen.stages += 1;
            const bool is_long = position.holder == Holder::longs;
            worse = is_long ? div_floor(worse * stage.a_to, stage.a_from)
                            : div_ceil(worse * stage.a_to, stage.a_from);
            better = is_long ? div_ceil(better * stage.a_to, stage.a_from)
                             : div_floor(better * stage.a_to, stage.a_from);
            seen.share_num *= stage.a_to;
            seen.share_den *= stage.a_from;
        }
        seen.size = worse;
        return seen;
    }

    /// True when the position is up to date.
    bool touch(std::size_t i, std::size_t most = ALL)
    {
        ModelPosition& position = positions[i];
        if (position.holder == Holder::none)
            return true;
        const ModelView seen = view(position, most);
        ModelSide& own = side(position.holder);
        own.dust += seen.stages;
        residue_most += seen.stages + seen.bracket + 1;
        position.size = seen.size;
        position.quote = seen.quote;
        if (seen.arrived) {
            snapshot(position);
        } else {
            position.epoch += seen.crossed;
            position.a = MODEL_ONE;
            position.k = 0;
        }
        if (position.size == 0)
            position.holder = Holder::none;
        return seen.arrived;
    }

    /// Both accounts are up to date.
    void fill(std::size_t buyer, std::size_t seller, const Int& dq, const Int& price)
    {
        const Int before = long_size(positions[buyer]) + long_size(positions[seller]);
        leg(positions[buyer], dq, price);
        leg(positions[seller], -dq, price);
        open_interest += long_size(positions[buyer]) + long_size(positions[seller]) - before;
    }

    /// False, with nothing changed, where k would pass its soft limit.
    bool fund(const Int& charge)
    {
        const Int collected_from = open_interest - longs.dust;
        if (collected_from <= 0 || charge == 0)
            return true;
        const Int rate =
            charge > 0 ? div_floor(charge * collected_from, open_interest + shorts.dust) : charge;
        const Int long_k = longs.k + div_floor(-longs.a * charge, MODEL_WAD);
        const Int short_k = shorts.k - div_floor(shorts.a * rate, MODEL_WAD);
        if (!fits(long_k) || !fits(short_k))
            return false;
        budget(abs(charge));
        // The rate that receivers get is floored to a raw unit, and each of their units loses that much.
        residue_most += div_ceil(open_interest + shorts.dust, MODEL_WAD);
        longs.k = long_k;
        shorts.k = short_k;
        return true;
    }

    /// The account is up to date and `quantity` is at most its size and open interest.
    void deleverage(std::size_t i, const Int& quantity, const Int& price)
    {
        ModelPosition& position = positions[i];
        const bool was_long = position.holder == Holder::longs;
        ModelSide& other = was_long ? shorts : longs;
        budget(price);
        position.size -= quantity;
        position.quote +=
            div_floor(was_long ? Int(quantity * price) : Int(-quantity * price), MODEL_WAD);
        if (position.size == 0)
            position.holder = Holder::none;
        // Longs are paid, floored; shorts pay, ceiled: twice each, as the two-step product is.
        if (was_long)
            other.k += div_ceil(div_ceil(other.a * quantity, open_interest) * price, MODEL_WAD);
        else
            other.k += div_floor(div_floor(other.a * quantity, open_interest) * price, MODEL_WAD);
        const Int left = open_interest - quantity;
        if (left == 0) {
            end_empty(other);
        } else {
            const Int dust = div_ceil(other.dust * left, open_interest) +
                             div_ceil(open_interest + other.dust, other.a);
            other.a = was_long ? div_ceil(other.a * left, open_interest)
                               : div_floor(other.a * left, open_interest);
            other.dust = dust;
            if (other.a < MODEL_A_MIN)
                end(other, other.a);
        }
        open_interest = left;
    }

    enum class Charged
    {
        yes,
        nobody,
        out_of_range
    };
    Charged socialise(const Int& loss)
    {
        const Int on = open_interest - longs.dust;
        if (on <= 0)
            return Charged::nobody;
        const Int half = (loss + 1) / 2;
        const Int long_k = longs.k - div_ceil(longs.a * half, on);
        const Int short_k = shorts.k + div_ceil(shorts.a * half, open_interest);
        if (!fits(long_k) || !fits(short_k))
            return Charged::out_of_range;
        budget(div_ceil(half * MODEL_WAD, on));
        residue_most += 1;
        longs.k = long_k;
        shorts.k = short_k;
        paid_out += loss;
        return Charged::yes;
    }

    bool expire(const Int& price)
    {
        const Int long_k = longs.k + div_floor(longs.a * price, MODEL_WAD);
        const Int short_k = shorts.k + div_ceil(shorts.a * price, MODEL_WAD);
        if (abs(long_k) > MODEL_K_LIMIT || abs(short_k) > MODEL_K_LIMIT)
            return false;
        budget(price);
        longs.k = long_k;
        shorts.k = short_k;
        open_interest = 0;
        end_empty(longs);
        end_empty(shorts);
        return true;
    }

private:
    struct Stage
    {
        Int a_from, k_from, a_to, k_to;
    };

    /// What the holder gains when k moves: floor for both, so that a short's loss is ceiled.
    static Int gain(Holder holder, const Int& size, const Int& moved, const Int& a)
    {
        return holder == Holder::longs ? div_floor(size * moved, a)
                                       : Int(-div_ceil(size * moved, a));
    }
    static bool fits(const Int& k) { return abs(k) <= MODEL_K_SOFT_LIMIT; }
    static Int long_size(const ModelPosition& position)
    {
        return position.holder == Holder::longs ? position.size : Int(0);
    }

    /// The stages of a position's past, in order, until now, until its side was emptied, or until
    /// `most` epochs are behind it.
    std::vector<Stage> stages_of(
        const ModelPosition& position, std::size_t most, ModelView& seen) const
    {
        const ModelSide& own = side(position.holder);
        std::vector<Stage> stages;
        Int a = position.a;
        Int k = position.k;
        for (std::size_t e = position.epoch; e < own.epoch(); ++e) {
            if (seen.crossed == most) {
                seen.arrived = false;
                return stages;
            }
            stages.push_back(Stage{a, k, own.ended[e].first, own.ended[e].second});
            ++seen.crossed;
            if (own.ended[e].first == 0)
                return stages;
            a = MODEL_ONE;
            k = 0;
        }
        stages.push_back(Stage{a, k, own.a, own.k});
        return stages;
    }

    void snapshot(ModelPosition& position)
    {
        const ModelSide& own = side(position.holder);
        position.a = own.a;
        position.k = own.k;
        position.epoch = own.epoch();
    }

    void leg(ModelPosition& position, const Int& dq, const Int& price)
    {
        const Int base = position.base() + dq;
        position.quote += div_floor(-dq * price, MODEL_WAD);
        residue_most += 1;
        position.holder = base > 0 ? Holder::longs : base < 0 ? Holder::shorts : Holder::none;
        position.size = abs(base);
        if (base != 0)
            snapshot(position);
    }

    /// Nobody holds anything: then, and only then, there is no dust. A side whose `a` is floored to zero
    /// while open interest is left keeps its bound, since that open interest is all dust.
    static void end_empty(ModelSide& which)
    {
        which.dust = 0;
        end(which, 0);
    }
    static void end(ModelSide& which, const Int& a_end)
    {
        which.ended.emplace_back(a_end, which.k);
        which.a = MODEL_ONE;
        which.k = 0;
    }

    /// How much an index event at this price or charge can add to the residue: the statement of the
    /// algebra, once for each side.
    void budget(const Int& price)
    {
        residue_most += div_ceil((longs.dust + shorts.dust + 2) * price, MODEL_WAD) + 4;
        for (const ModelSide* each : {&longs, &shorts})
            residue_most +=
                div_ceil((price + MODEL_WAD) * (open_interest + each->dust), MODEL_WAD * each->a);
    }
};

}  // namespace plimsoll::test
