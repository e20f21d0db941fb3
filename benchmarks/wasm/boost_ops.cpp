// plimsoll: benchmarks/wasm/boost_ops.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the yard. mul_wad_floor and mul_div_floor on Boost's 256-bit integer, as a wasm module.
// Promises: the operands and checksums of mul_div_ops.cpp: what differs is the instructions alone.
// Never: linked into a product.
#define BOOST_NO_EXCEPTIONS
#include "benchmarks/wasm/drive.hpp"
#include "engine/num/int128.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <stdexcept>

// Boost builds its exceptions even where it cannot throw them. The archive that has their members is
// never linked into our modules (it needs a newer WebAssembly and a C library), so here they are.
_LIBCPP_BEGIN_NAMESPACE_STD
__libcpp_refstring::__libcpp_refstring(const char* text) : __imp_(text) {}
__libcpp_refstring::~__libcpp_refstring() {}
_LIBCPP_END_NAMESPACE_STD

namespace std {

runtime_error::runtime_error(const char*) : __imp_("") {}
runtime_error::~runtime_error() noexcept {}
const char* runtime_error::what() const noexcept
{
    return "";
}
overflow_error::~overflow_error() noexcept {}
exception::~exception() noexcept {}
const char* exception::what() const noexcept
{
    return "";
}

}  // namespace std

namespace boost {

void throw_exception(const std::exception& /*error*/)
{
    __builtin_trap();
}

void throw_exception(const std::exception& /*error*/, const source_location& /*where*/)
{
    __builtin_trap();
}

}  // namespace boost

namespace {

using plimsoll::num::i128;
using Wide = boost::multiprecision::int256_t;

std::optional<i128> mul_div_floor(i128 a, i128 b, const Wide& divisor)
{
    const Wide limit = Wide(1) << 127;
    Wide quotient;
    Wide remainder;
    boost::multiprecision::divide_qr(Wide(a) * Wide(b), divisor, quotient, remainder);
    if (remainder < 0)
        --quotient;
    if (quotient >= limit || quotient < -limit)
        return std::nullopt;
    return static_cast<i128>(quotient);
}

}  // namespace

PLIMSOLL_EXPORT("drive_mul") std::uint64_t drive_mul(std::uint32_t count, std::uint32_t mode)
{
    return plimsoll::bench::run(
        count, mode, [](i128 a, i128 b) -> std::optional<i128> { return a ^ b; });
}

PLIMSOLL_EXPORT("mul_wad_floor")
std::uint64_t run_mul_wad_floor(std::uint32_t count, std::uint32_t mode)
{
    const Wide wad = 1'000'000'000'000'000'000;
    return plimsoll::bench::run(
        count, mode, [&wad](i128 a, i128 b) { return mul_div_floor(a, b, wad); });
}

PLIMSOLL_EXPORT("mul_div_floor")
std::uint64_t run_mul_div_floor(std::uint32_t count, std::uint32_t mode, std::uint64_t divisor)
{
    const Wide wide = divisor;
    return plimsoll::bench::run(
        count, mode, [&wide](i128 a, i128 b) { return mul_div_floor(a, b, wide); });
}
