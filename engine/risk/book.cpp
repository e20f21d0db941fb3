// plimsoll: engine/risk/book.cpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See book.hpp.
#include "engine/risk/book.hpp"

#include "engine/num/wide.hpp"
#include "engine/pricing/tenor.hpp"

#include <cstddef>
#include <cstdint>

namespace plimsoll {
namespace {

/// A century: no tenor is longer.
constexpr Seconds LENGTH_MAX = Seconds::from_raw(36'525ULL * 86'400);

/// Whether a stands before b.
bool before(const BookLeg& a, const BookLeg& b, std::span<const BookExpiry> expiries) noexcept
{
    if (a.underlying != b.underlying)
        return a.underlying < b.underlying;
    const bool a_perp = a.kind == LegKind::perp;
    const bool b_perp = b.kind == LegKind::perp;
    if (a_perp != b_perp)
        return a_perp;
    if (!a_perp && a.expiry != b.expiry) {
        const Seconds a_length = expiries[a.expiry].length;
        const Seconds b_length = expiries[b.expiry].length;
        return a_length == b_length ? a.expiry < b.expiry : a_length < b_length;
    }
    if (a.kind != b.kind)
        return a.kind < b.kind;
    if (a.kind == LegKind::option) {
        if (!(a.strike.price == b.strike.price))
            return a.strike.price < b.strike.price;
        if (a.type != b.type)
            return a.type < b.type;
    }
    return a.instrument < b.instrument;
}

constexpr bool positive(Price price) noexcept
{
    return price.is_positive() && price <= PRICE_MAX;
}
constexpr bool not_negative_in_range(Ratio ratio) noexcept
{
    return !ratio.is_negative() && ratio <= RATIO_MAX;
}
constexpr bool amount(Quantity quantity) noexcept
{
    return !quantity.is_negative() && quantity <= QUANTITY_MAX;
}

bool in_domain(const BookUnderlying& u) noexcept
{
    if (!positive(u.spot) || !not_negative_in_range(u.confidence) ||
        !not_negative_in_range(u.perp_confidence) || u.open_interest.is_negative() ||
        u.open_interest > MONEY_MAX || u.initial_scale < Ratio::one() ||
        u.initial_scale > RATIO_MAX)
        return false;
    if (!u.price_low.is_zero() && (u.price_low.is_negative() || u.price_low > u.spot))
        return false;
    if (!u.price_high.is_zero() && (u.price_high < u.spot || u.price_high > PRICE_MAX))
        return false;
    if (!u.stable.is_zero() && !positive(u.stable))
        return false;
    const Price far = u.stable > u.price_high ? u.stable : u.price_high;
    if (far > u.spot && far.raw() > u.spot.raw() * BOARD_RATIO_MAX)
        return false;
    return u.profit == nullptr ||
           (!u.profit->weight.is_negative() && u.profit->weight <= Ratio::one() &&
               !u.profit->cap.is_negative() && u.profit->cap <= MONEY_MAX);
}

bool in_domain(const BookExpiry& e, std::size_t underlyings) noexcept
{
    return e.underlying < underlyings && e.length <= LENGTH_MAX && positive(e.forward) &&
           !e.fixed.is_negative() && e.fixed <= e.forward && in_range(e.rate) &&
           not_negative_in_range(e.mark_rate_mult) && not_negative_in_range(e.confidence);
}

bool in_domain(const BookLeg& leg, const Book& book) noexcept
{
    if (leg.underlying >= book.underlyings.size() || !in_range(leg.base) || !in_range(leg.quote) ||
        !amount(leg.bid) || !amount(leg.ask))
        return false;
    if (leg.kind == LegKind::perp)
        return positive(leg.mark);
    if (leg.expiry >= book.expiries.size() ||
        book.expiries[leg.expiry].underlying != leg.underlying)
        return false;
    if (leg.kind == LegKind::future)
        return true;
    return !leg.strike.price.is_negative() && leg.strike.price <= PRICE_MAX &&
           !leg.volatility.value.is_negative() && leg.volatility.value <= VOLATILITY_MAX &&
           !leg.volatility.error.is_negative() && leg.volatility.error <= Ratio::one();
}

bool in_domain(const BookCollateral& c, std::size_t underlyings) noexcept
{
    if (!amount(c.amount) || c.price.is_negative() || c.price > PRICE_MAX ||
        !not_negative_in_range(c.confidence) || !not_negative_in_range(c.size_discount) ||
        c.pool_start.is_negative() || c.pool_deposits.is_negative() ||
        c.pool_start > QUANTITY_MAX || c.pool_deposits > QUANTITY_MAX ||
        !not_negative_in_range(c.confidence_rule.threshold) ||
        !not_negative_in_range(c.confidence_rule.factor))
        return false;
    for (const Level level : LEVELS)
        for (const Ratio haircut : {c.haircut.of(level), c.volatility_haircut.of(level)})
            if (haircut.is_negative() || haircut > Ratio::one())
                return false;
    if (c.underlying == BookCollateral::NONE)
        return !c.risk_cancelling;
    return c.underlying < underlyings;
}

constexpr Ratio greatest_of(Ratio a, Ratio b) noexcept
{
    return a > b ? a : b;
}

/// The exponent of the long discount of F-14, -(rate * mult + add) * T, stays at or below this.
constexpr Ratio LONG_GROWTH_MAX = Ratio::from_units(4);
/// e^4, rounded up.
constexpr Ratio LONG_GROWTH = Ratio::from_units(55);

constexpr bool grows(const DiscountParams& p) noexcept
{
    return p.long_rate_mult.is_negative() || p.long_rate_add.is_negative();
}

/// Whether the long discount of the expiry is a factor in range. Governance's rates are not negative, and
/// then it is at most its base.
bool long_discount_fits(const BookExpiry& e, const DiscountParams& p) noexcept
{
    if (!grows(p))
        return true;
    const Ratio rate = e.rate.is_negative() ? Ratio::zero() : e.rate;
    const Ratio growth = -(scale_floor(rate, p.long_rate_mult) + p.long_rate_add);
    const auto exponent = num::mul_div_ceil(growth.raw(), static_cast<num::i128>(e.length.raw()),
        static_cast<num::i128>(pricing::SECONDS_PER_YEAR.raw()));
    return exponent && *exponent <= LONG_GROWTH_MAX.raw();
}

/// At most how many times its notional an underlying can need in portfolio mode, and at most how many times
/// any sum on the way can be. `longest` is its last expiry.
Ratio portfolio_reach(const BookUnderlying& u, Seconds longest) noexcept
{
    const PortfolioParams& p = *u.portfolio;
    Ratio spot = greatest_of(Ratio::one(), greatest_of(p.basis.up, p.basis.down));
    Ratio share = p.basis.add + Ratio::from_raw(checked(num::mul_div_ceil(p.basis.mult.raw(),
                                    static_cast<num::i128>(longest.raw()),
                                    static_cast<num::i128>(pricing::SECONDS_PER_YEAR.raw()))));
    share = greatest_of(Ratio::one(), share);
    for (const Scenario& scenario : p.scenarios) {
        spot = greatest_of(spot, scenario.spot);
        share = greatest_of(share, scenario.damping);
    }
    // A short's markup is at most 1/D, which undoes the discount in its price.
    Ratio gain = greatest_of(Ratio::one(), p.discount.long_base);
    if (grows(p.discount))
        gain = scale_ceil(gain, LONG_GROWTH);
    const Ratio initial = scale_ceil(p.factor.initial, u.initial_scale) +
                          scale_ceil(p.depeg.threshold, p.depeg.factor);
    const Ratio factor = greatest_of(Ratio::one(), greatest_of(initial, p.factor.maintenance));
    const auto more = [](const PerLevel<Ratio>& levels) {
        return greatest_of(levels.initial, levels.maintenance);
    };
    return scale_ceil(scale_ceil(scale_ceil(spot, gain), share), factor) +
           more(p.perp_contingency) + more(p.future_contingency) + more(p.option_contingency) +
           p.confidence.factor;
}

/// The same in standard mode.
Ratio standard_reach(const StandardParams& p) noexcept
{
    const ShortOptionParams& o = p.option;
    const Ratio alone = greatest_of(greatest_of(o.max_initial, o.min_initial),
        greatest_of(o.maintenance_call, greatest_of(o.maintenance_put, o.maintenance_put_mark)));
    const Ratio offset = greatest_of(Ratio::one(), o.maintenance_offset);
    return scale_ceil(Ratio::one() + alone, offset) +
           greatest_of(o.unpaired.initial, o.unpaired.maintenance) + p.confidence.factor +
           scale_ceil(p.depeg.threshold, p.depeg.factor);
}

/// F-4a: how many times spot the farthest board is away.
Ratio board_reach(const BookUnderlying& u) noexcept
{
    const Price far = u.stable > u.price_high ? u.stable : u.price_high;
    const bool any = !far.is_zero() || !u.price_low.is_zero();
    return any ? greatest_of(Ratio::one(), saturating_ratio_ceil(far, u.spot)) : Ratio::zero();
}

/// The greatest price by which a leg's amount can count.
Price price_bound(const Book& book, const BookLeg& leg) noexcept
{
    const Price spot = book.underlyings[leg.underlying].spot;
    if (leg.kind == LegKind::perp)
        return leg.mark > spot ? leg.mark : spot;
    const Price forward = book.expiries[leg.expiry].forward;
    const Price price = forward > spot ? forward : spot;
    return leg.kind == LegKind::option && leg.strike.price > price ? leg.strike.price : price;
}

/// More than |quantity| * price, in units of 2^128 raw ones: by the high limbs, each rounded up. Below 2^53 for
/// values in range.
std::uint64_t estimate_above(Quantity quantity, Price price) noexcept
{
    if (quantity.is_zero())
        return 0;
    return (num::pair_from(num::magnitude(quantity.raw())).high + 1) *
           (num::pair_from(num::magnitude(price.raw())).high + 1);
}

/// Standard mode: at most how many times its gross notional a book can need. Parameters in their domain are up
/// to RATIO_MAX, 100: alone and offset make 101 * 100, unpaired, confidence and depeg 100 each, once more where
/// the feed has failed; the boards are 100 away, and a collateral's confidence is charged 100 times.
constexpr num::i128 STANDARD_REACH = 2 * (101 * 100 + 3 * 100) + 100 + 100;
/// That estimate of the gross notional up to which nothing else needs to be looked at, headroom included: about
/// 2.7e12 of quote.
constexpr num::i128 ESTIMATE_UNIT = (num::I128_MAX / num::WAD + 1) * 2;
constexpr auto ESTIMATE_MAX =
    static_cast<std::uint64_t>(NEED_MAX.raw() / BOOK_HEADROOM / STANDARD_REACH / ESTIMATE_UNIT);
static_assert(ESTIMATE_MAX < std::uint64_t{1} << 53);
static_assert(
    ESTIMATE_MAX * ESTIMATE_UNIT <= gross_max(MarginMode::standard).raw() / BOOK_HEADROOM);

/// Whether an estimate from above, without a division or a parameter, shows that the sums fit with headroom: it
/// does for all but absurdly large books, and saves them the exact account below.
bool surely_fits(const Book& book) noexcept
{
    // Collateral is divided by the quote's price.
    if (book.mode != MarginMode::standard || book.quote_price.raw() < num::WAD / 2)
        return false;
    std::uint64_t gross = 0;
    Money quotes = book.cash.abs();
    for (const BookLeg& leg : book.legs) {
        const Price price = price_bound(book, leg);
        for (const Quantity amount : {leg.base, leg.bid, leg.ask})
            gross += estimate_above(amount, price);
        quotes += leg.quote.abs();
        if (gross > ESTIMATE_MAX || quotes > MONEY_MAX)
            return false;
    }
    for (const BookCollateral& c : book.collaterals) {
        gross += 2 * estimate_above(c.amount, c.price);
        if (gross > ESTIMATE_MAX)
            return false;
    }
    return true;
}

/// Whether the book's notional, open orders and cash included, leaves room for every sum of the formulas.
bool sums_fit(const Book& book, BookSums& sums) noexcept
{
    if (!in_range(book.cash))
        return false;
    sums = {};
    if (surely_fits(book))
        return true;
    const Money limit = gross_max(book.mode);
    const bool portfolio = book.mode == MarginMode::portfolio;
    Money gross;
    Money by_underlying[UNDERLYINGS_MAX];
    Seconds longest[UNDERLYINGS_MAX];
    // Adds |quantity| * price; false once the sum has passed the limit.
    const auto add = [&](std::uint16_t underlying, Quantity quantity, Price price) {
        if (quantity.is_zero())
            return true;
        const Money notional = notional_ceil(quantity.abs(), price);
        gross += notional;
        by_underlying[underlying] += notional;
        return gross <= limit;
    };
    Money quotes = book.cash.abs();
    for (const BookLeg& leg : book.legs) {
        const Price price = price_bound(book, leg);
        if (leg.kind != LegKind::perp && book.expiries[leg.expiry].length > longest[leg.underlying])
            longest[leg.underlying] = book.expiries[leg.expiry].length;
        if (!add(leg.underlying, leg.base, price) || !add(leg.underlying, leg.bid, price) ||
            !add(leg.underlying, leg.ask, price))
            return false;
        quotes += leg.quote.abs();
        if (quotes > MONEY_MAX + MONEY_MAX)
            return false;
    }
    Money need;
    const auto add_need = [&need](Money notional, Ratio reach) {
        const auto product = num::mul_wad_ceil(notional.raw(), reach.raw());
        if (!product || *product > NEED_MAX.raw())
            return false;
        need += Money::from_raw(*product);
        return need <= NEED_MAX;
    };
    for (const BookCollateral& c : book.collaterals) {
        // The quote's price may be far below one: the value is then larger than amount * price.
        const auto value = num::mul_div_ceil(c.amount.raw(), c.price.raw(), book.quote_price.raw());
        if (!value || Money::from_raw(*value) > limit)
            return false;
        const Money worth = Money::from_raw(*value);
        gross += worth;
        if (gross > limit || !add_need(worth, c.confidence_rule.factor))
            return false;
        if (c.underlying != BookCollateral::NONE)
            by_underlying[c.underlying] += worth;
    }
    for (std::size_t i = 0; i < book.underlyings.size(); ++i) {
        const BookUnderlying& u = book.underlyings[i];
        if (by_underlying[i].is_zero())
            continue;
        const Ratio reach =
            portfolio ? portfolio_reach(u, longest[i]) : standard_reach(*u.standard);
        // A failed feed counts its range once more; boards are at most this many times spot away.
        if (!add_need(by_underlying[i], reach + board_reach(u)) ||
            (u.failed && !add_need(by_underlying[i], reach)))
            return false;
    }
    sums = {gross, need};
    return true;
}

}  // namespace

void arrange(std::span<BookLeg> legs, std::span<const BookExpiry> expiries) noexcept
{
    // Insertion: stable, and one pass over legs that are in order already.
    for (std::size_t i = 1; i < legs.size(); ++i) {
        std::size_t at = i;
        while (at > 0 && before(legs[i], legs[at - 1], expiries))
            --at;
        if (at == i)
            continue;
        const BookLeg moved = legs[i];
        for (std::size_t j = i; j > at; --j)
            legs[j] = legs[j - 1];
        legs[at] = moved;
    }
}

Error check_domain(const Book& book, BookSums& sums) noexcept
{
    const std::size_t count = book.underlyings.size();
    if (count > UNDERLYINGS_MAX || !positive(book.quote_price) || !positive(book.peg_price) ||
        !not_negative_in_range(book.quote_confidence))
        return Error::book_domain;
    std::uint32_t ids = 0;
    for (const BookUnderlying& u : book.underlyings) {
        if (!in_domain(u) || u.id >= UNDERLYINGS_MAX || (ids >> u.id & 1U) != 0)
            return Error::book_domain;
        ids |= std::uint32_t{1} << u.id;
        const bool portfolio = book.mode == MarginMode::portfolio;
        if (portfolio ? u.portfolio == nullptr : u.standard == nullptr)
            return Error::book_domain;
    }
    for (const BookExpiry& e : book.expiries) {
        if (!in_domain(e, count))
            return Error::book_domain;
        if (book.mode == MarginMode::portfolio &&
            !long_discount_fits(e, book.underlyings[e.underlying].portfolio->discount))
            return Error::arithmetic_range;
    }
    for (const BookLeg& leg : book.legs)
        if (!in_domain(leg, book))
            return Error::book_domain;
    for (const BookCollateral& c : book.collaterals)
        if (!in_domain(c, count))
            return Error::book_domain;
    return sums_fit(book, sums) ? Error::ok : Error::arithmetic_range;
}

}  // namespace plimsoll
