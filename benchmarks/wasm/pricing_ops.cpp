// plimsoll: benchmarks/wasm/pricing_ops.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the yard. A freestanding wasm module that prices options again and again, so that a metering pass
// can count the instructions of one.
// Promises: no import; the checksum of a run depends on its arguments only, and is the same natively.
// Never: linked into a product.
//
// Exports: each prices `count` strikes; the cost of one is the difference of two counts, divided.
#include "benchmarks/wasm/drive.hpp"
#include "engine/pricing/black76.hpp"
#include "engine/pricing/svi.hpp"

namespace {

using namespace plimsoll;
using namespace plimsoll::pricing;

/// From 0.4 to 2 of the forward, in 64 steps.
constexpr Price strike_at(std::uint32_t i) noexcept
{
    return Price::from_units(25'600 + 1'600 * static_cast<std::int64_t>(i % 64));
}

struct Expiry
{
    ForwardPoint forward = forward_point(Price::from_units(64'000));
    Tenor tenor = tenor_of(Seconds::from_raw(30 * 86'400));
    Discount discount =
        discount_of(Ratio::from_raw(50'000'000'000'000'000), Ratio::one(), tenor.length);
};

std::uint64_t low(Price price) noexcept
{
    return static_cast<std::uint64_t>(price.raw());
}

}  // namespace

/// Call and put with the strike's logarithm at hand.
PLIMSOLL_EXPORT("black76")
std::uint64_t run_black76(std::uint32_t count)
{
    const Expiry expiry;
    StrikePoint strikes[64];
    for (std::uint32_t i = 0; i < 64; ++i)
        strikes[i] = strike_point(strike_at(i));
    const Volatility volatility{Ratio::from_raw(600'000'000'000'000'000), Ratio::from_raw(1)};
    std::uint64_t checksum = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const OptionBrackets brackets =
            black76(expiry.forward, strikes[i % 64], volatility, expiry.tenor, expiry.discount);
        checksum = checksum * 31 + low(brackets.call.floor) + low(brackets.put.ceil);
    }
    return checksum;
}

/// What a strike costs once: its logarithm.
PLIMSOLL_EXPORT("strike_point")
std::uint64_t run_strike_point(std::uint32_t count)
{
    std::uint64_t checksum = 0;
    for (std::uint32_t i = 0; i < count; ++i)
        checksum = checksum * 31 + static_cast<std::uint64_t>(strike_point(strike_at(i)).ln_q64);
    return checksum;
}

/// And its volatility, of a slice at hand.
PLIMSOLL_EXPORT("volatility_at")
std::uint64_t run_volatility_at(std::uint32_t count)
{
    const auto thousandths = [](std::int64_t value) {
        return Ratio::from_raw(num::i128{value} * 1'000'000'000'000'000);
    };
    const Svi slice{thousandths(4), thousandths(71), thousandths(-317), thousandths(13),
        thousandths(92), Price::from_units(64'000), thousandths(82)};
    const Result<SviSlice> prepared = svi_slice(slice);
    std::uint64_t checksum = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const Result<Volatility> volatility = volatility_at(*prepared, strike_at(i));
        checksum = checksum * 31 + static_cast<std::uint64_t>(volatility->value.raw());
    }
    return checksum;
}
