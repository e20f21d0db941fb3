// plimsoll: engine/oracle/mark.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. See mark.hpp.
#include "engine/oracle/mark.hpp"

#include "engine/mutation.hpp"
#include "engine/num/mul_div.hpp"

namespace plimsoll {
namespace {

/// price * part / whole, floored; part is clamped so that the result stays in range.
Price fraction_floor(Price price, std::uint64_t part, std::uint64_t whole) noexcept
{
    return Price::from_raw(*num::mul_div_floor(
        price.raw(), static_cast<num::i128>(part), static_cast<num::i128>(whole)));
}

Price clamp_to(Price price, Price limit) noexcept
{
    return price > limit ? limit : price < -limit ? -limit : price;
}

}  // namespace

void observe_premium(Market& market, Price sample, Price index, Seconds now) noexcept
{
    const Price clamped = clamp_to(sample, scale_floor(index, market.params.premium_max));
    const std::uint64_t window = market.params.premium_window.raw();
    const std::uint64_t dt = elapsed(market.premium_time, now).raw();
    const std::uint64_t part = dt < window ? dt : window;
    market.premium += fraction_floor(clamped - market.premium, part, window);
    market.premium_time = now;
}

Price funding_due(const Market& market, Price index, Seconds now) noexcept
{
    const Price premium = clamped_premium(market, index);
    if (premium == Price::zero())
        return premium;
    // A premium that nobody has published any more is not owed for ever.
    const bool lives = elapsed(market.premium_time, now) <= PREMIUM_LIFE;
    Seconds until = lives ? now : market.premium_time + PREMIUM_LIFE;
    if (GUARD("g5-late-funding", market.ended(until)))
        until = market.end();
    const Seconds dt = elapsed(market.funding_time, until);
    const Price due = fraction_floor(premium, dt.raw(), market.params.funding_window.raw());
    return clamp_to(due, scale_floor(index, accrued_floor(market.params.funding_cap, dt)));
}

}  // namespace plimsoll
