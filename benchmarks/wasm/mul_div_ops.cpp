// plimsoll: benchmarks/wasm/mul_div_ops.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the yard. A freestanding wasm module that multiplies random 18-decimal values, so that a metering
// pass can count instructions for each operation.
// Promises: no import; the checksum of a run depends on its arguments only, and is the same natively.
// Never: linked into a product.
//
// Exports: drive_mul runs the operand generator and the checksum alone, the others one operation more; the
// cost of an operation is the difference divided by the count.
#include "benchmarks/wasm/drive.hpp"
#include "engine/num/decimal.hpp"
#include "engine/num/exp.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/isqrt.hpp"
#include "engine/num/ln.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/normal.hpp"
#include "engine/num/sqrt.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace {

using plimsoll::bench::joined;
using plimsoll::bench::run;
using plimsoll::num::i128;
using plimsoll::num::u128;

}  // namespace

PLIMSOLL_EXPORT("drive_mul") std::uint64_t drive_mul(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, [](i128 a, i128 b) -> std::optional<i128> { return a ^ b; });
}

PLIMSOLL_EXPORT("mul_wad_floor")
std::uint64_t run_mul_wad_floor(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, plimsoll::num::mul_wad_floor);
}

PLIMSOLL_EXPORT("mul_wad_ceil")
std::uint64_t run_mul_wad_ceil(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, plimsoll::num::mul_wad_ceil);
}

/// The divisor comes from the host, so that it cannot be a constant of the compiler.
PLIMSOLL_EXPORT("mul_div_floor")
std::uint64_t run_mul_div_floor(std::uint32_t count, std::uint32_t mode, std::uint64_t divisor)
{
    return run(count, mode, [divisor](i128 a, i128 b) {
        return plimsoll::num::mul_div_floor(a, b, static_cast<i128>(divisor));
    });
}

/// A divisor of two limbs: divisor * 2^64 + 1.
PLIMSOLL_EXPORT("mul_div_wide_floor")
std::uint64_t run_mul_div_wide_floor(std::uint32_t count, std::uint32_t mode, std::uint64_t divisor)
{
    const i128 wide = joined(static_cast<std::int64_t>(divisor), 1);
    return run(
        count, mode, [wide](i128 a, i128 b) { return plimsoll::num::mul_div_floor(a, b, wide); });
}

PLIMSOLL_EXPORT("isqrt_floor")
std::uint64_t run_isqrt_floor(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, [](i128 a, i128 b) -> std::optional<i128> {
        return static_cast<i128>(plimsoll::num::isqrt_floor(static_cast<u128>(a ^ b)));
    });
}

PLIMSOLL_EXPORT("decimal_text")
std::uint64_t run_decimal_text(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, [](i128 a, i128 b) -> std::optional<i128> {
        const plimsoll::num::DecimalText text = plimsoll::num::decimal_text(a ^ b, 18);
        return static_cast<i128>(text.size);
    });
}

/// Prints and reads back.
PLIMSOLL_EXPORT("decimal_round_trip")
std::uint64_t run_decimal_round_trip(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, [](i128 a, i128 b) -> std::optional<i128> {
        const auto value = plimsoll::num::parse_decimal(plimsoll::num::decimal_text(a ^ b, 18), 18);
        if (!value)
            return std::nullopt;
        return *value;
    });
}

// The functions read the low bits of an operand: whole numbers, y below 32, x below 8.
PLIMSOLL_EXPORT("ln_q64") std::uint64_t run_ln_q64(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, [](i128 a, i128 b) -> std::optional<i128> {
        return plimsoll::num::ln_q64(plimsoll::num::magnitude(a ^ b) | 1U);
    });
}

PLIMSOLL_EXPORT("ln_q112") std::uint64_t run_ln_q112(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, [](i128 a, i128 b) -> std::optional<i128> {
        return plimsoll::num::ln_q112(plimsoll::num::magnitude(a ^ b) | 1U);
    });
}

PLIMSOLL_EXPORT("exp_negative_q64")
std::uint64_t run_exp_negative_q64(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, [](i128 a, i128 b) -> std::optional<i128> {
        const u128 y = static_cast<u128>(a ^ b) & ((u128{1} << 69) - 1);
        return static_cast<i128>(plimsoll::num::exp_negative_q64(y));
    });
}

PLIMSOLL_EXPORT("mills_q64") std::uint64_t run_mills_q64(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, [](i128 a, i128 b) -> std::optional<i128> {
        const u128 x = static_cast<u128>(a ^ b) & ((u128{1} << 67) - 1);
        return static_cast<i128>(plimsoll::num::mills_q64(x));
    });
}

/// From 16 on: the continued fraction.
PLIMSOLL_EXPORT("mills_far_q64")
std::uint64_t run_mills_far_q64(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, [](i128 a, i128 b) -> std::optional<i128> {
        const u128 x = static_cast<u128>(a ^ b) & ((u128{1} << 68) - 1);
        return static_cast<i128>(plimsoll::num::mills_q64(x | (u128{1} << 68)));
    });
}

PLIMSOLL_EXPORT("sqrt_q64_floor")
std::uint64_t run_sqrt_q64_floor(std::uint32_t count, std::uint32_t mode)
{
    return run(count, mode, [](i128 a, i128 b) -> std::optional<i128> {
        return static_cast<i128>(plimsoll::num::sqrt_q64_floor(plimsoll::num::magnitude(a ^ b)));
    });
}
