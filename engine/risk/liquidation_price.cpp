// plimsoll: engine/risk/liquidation_price.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See liquidation_price.hpp.
#include "engine/risk/liquidation_price.hpp"

#include "engine/num/mul_div.hpp"

namespace plimsoll {
namespace {

using num::i128;

/// Points of the coarse search a side, and halvings between two of them.
constexpr int POINTS_MAX = 48;
constexpr int BISECTIONS = 40;

/// price * to / from, to nearest, at least one raw unit where the price is positive.
Price in_proportion(Price price, Price to, Price from) noexcept
{
    if (price.is_zero())
        return price;
    const auto scaled = num::mul_div_floor(price.raw(), to.raw(), from.raw());
    i128 raw = scaled ? *scaled : PRICE_MAX.raw();
    if (raw < 1)
        raw = 1;
    return raw > PRICE_MAX.raw() ? PRICE_MAX : Price::from_raw(raw);
}

class Search
{
public:
    Search(
        const Book& book, std::uint16_t underlying, const BookCopy& copy, MarginWork& work) noexcept
      : m_book(book), m_underlying(underlying), m_copy(copy), m_work(work)
    {}

    /// The first price that is liquidatable on the way from spot, factor by factor; zero if none is.
    [[nodiscard]] Price from_spot(Ratio step) noexcept
    {
        const Price spot = m_book.underlyings[m_underlying].spot;
        Price healthy = spot;
        for (int i = 0; i < POINTS_MAX; ++i) {
            const Price next = scale_floor(healthy, step);
            if (next <= Price::zero() || next > PRICE_MAX || next == healthy)
                return Price::zero();
            if (liquidatable(next))
                return between(healthy, next);
            healthy = next;
        }
        return Price::zero();
    }

private:
    [[nodiscard]] bool liquidatable(Price spot) noexcept
    {
        const Result<MarginReport> report =
            margin(moved(m_book, m_underlying, spot, m_copy), m_work);
        return report && report->liquidatable();
    }

    [[nodiscard]] Price between(Price healthy, Price bad) noexcept
    {
        for (int i = 0; i < BISECTIONS; ++i) {
            const i128 distance = bad.raw() - healthy.raw();
            if (distance >= -1 && distance <= 1)
                break;
            const Price middle = Price::from_raw(
                healthy.raw() + (distance > 0 ? distance >> 1 : -((-distance) >> 1)));
            if (liquidatable(middle))
                bad = middle;
            else
                healthy = middle;
        }
        return bad;
    }

    const Book& m_book;
    std::uint16_t m_underlying;
    const BookCopy& m_copy;
    MarginWork& m_work;
};

}  // namespace

Book moved(const Book& book, std::uint16_t underlying, Price spot, const BookCopy& copy) noexcept
{
    const Price from = book.underlyings[underlying].spot;
    const auto move = [&](Price price) { return in_proportion(price, spot, from); };
    for (std::size_t i = 0; i < book.underlyings.size(); ++i) {
        BookUnderlying& u = copy.underlyings[i];
        u = book.underlyings[i];
        if (i != underlying)
            continue;
        u.spot = spot;
        u.price_low = move(u.price_low);
        u.price_high = move(u.price_high);
        u.stable = move(u.stable);
        if (u.price_low > spot)
            u.price_low = spot;
        if (!u.price_high.is_zero() && u.price_high < spot)
            u.price_high = spot;
    }
    for (std::size_t i = 0; i < book.expiries.size(); ++i) {
        BookExpiry& e = copy.expiries[i];
        e = book.expiries[i];
        if (e.underlying != underlying)
            continue;
        e.forward = move(e.forward);
        e.fixed = move(e.fixed);
        if (e.fixed > e.forward)
            e.fixed = e.forward;
    }
    for (std::size_t i = 0; i < book.legs.size(); ++i) {
        BookLeg& leg = copy.legs[i];
        leg = book.legs[i];
        if (leg.underlying == underlying)
            leg.mark = move(leg.mark);
    }
    for (std::size_t i = 0; i < book.collaterals.size(); ++i) {
        BookCollateral& c = copy.collaterals[i];
        c = book.collaterals[i];
        if (c.underlying == underlying)
            c.price = move(c.price);
    }
    Book result = book;
    result.underlyings = copy.underlyings.first(book.underlyings.size());
    result.expiries = copy.expiries.first(book.expiries.size());
    result.legs = copy.legs.first(book.legs.size());
    result.collaterals = copy.collaterals.first(book.collaterals.size());
    return result;
}

Result<LiquidationPrices> liquidation_prices(
    const Book& book, std::uint16_t underlying, const BookCopy& copy, MarginWork& work) noexcept
{
    const Result<MarginReport> report = margin(book, work);
    if (!report)
        return report.error();
    LiquidationPrices prices;
    if (report->liquidatable())
        return prices;
    Search search(book, underlying, copy, work);
    // 0.92^48 is 1/54.7, 1.05^48 is 10.4.
    prices.down = search.from_spot(Ratio::from_raw(static_cast<i128>(num::WAD) / 100 * 92));
    prices.up = search.from_spot(Ratio::from_raw(static_cast<i128>(num::WAD) / 100 * 105));
    return prices;
}

}  // namespace plimsoll
