// plimsoll: benchmarks/num_bench.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the yard. Nanoseconds for each operation of engine/num, beside Boost.Multiprecision in one run.
// Promises: both sides read the same operands, and a different result stops the run.
// Never: compared across machines: what is stable is the printed ratio.
#include "engine/num/decimal.hpp"
#include "engine/num/exp.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/isqrt.hpp"
#include "engine/num/ln.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/normal.hpp"
#include "engine/num/sqrt.hpp"
#include "engine/units/units.hpp"

#include <benchmark/benchmark.h>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using plimsoll::num::i128;
using plimsoll::num::u128;
using Wide = boost::multiprecision::int256_t;

struct Operands
{
    i128 a = 0;
    i128 b = 0;
    i128 d = 1;
};

/// typical: a quantity by a price, about 80 bits each; small: 60 bits each, the product fits 128.
enum class Size
{
    typical,
    small
};

std::vector<Operands> operands_of(Size size)
{
    std::uint64_t state = 88'172'645'463'325'252U;
    const auto next = [&state] {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state;
    };
    std::vector<Operands> operands(1024);
    for (Operands& entry : operands) {
        const std::uint64_t high = size == Size::typical ? next() : 0;
        const int shift = size == Size::typical ? 0 : 4;
        entry.a = (static_cast<i128>(high >> 48) << 64) | (next() >> shift);
        entry.b = (static_cast<i128>((high & 0xffffU)) << 64) | (next() >> shift);
        entry.d = (static_cast<i128>(((high >> 16) & 0xffU)) << 64) | (next() >> shift) | 1;
        if ((next() & 1) != 0)
            entry.a = -entry.a;
        if ((next() & 2) != 0)
            entry.b = -entry.b;
    }
    return operands;
}

Wide floored(const Wide& numerator, const Wide& denominator)
{
    Wide quotient;
    Wide remainder;
    boost::multiprecision::divide_qr(numerator, denominator, quotient, remainder);
    if (remainder != 0 && (remainder < 0) != (denominator < 0))
        --quotient;
    return quotient;
}

i128 ours_mul_wad(const Operands& x)
{
    return plimsoll::num::mul_wad_floor(x.a, x.b).value_or(0);
}

i128 boost_mul_wad(const Operands& x)
{
    static const Wide WAD = plimsoll::num::WAD;
    return static_cast<i128>(floored(Wide(x.a) * Wide(x.b), WAD));
}

i128 ours_mul_div(const Operands& x)
{
    return plimsoll::num::mul_div_floor(x.a, x.b, x.d).value_or(0);
}

i128 boost_mul_div(const Operands& x)
{
    return static_cast<i128>(floored(Wide(x.a) * Wide(x.b), Wide(x.d)));
}

i128 ours_isqrt(const Operands& x)
{
    return static_cast<i128>(plimsoll::num::isqrt_floor(plimsoll::num::magnitude(x.a)));
}

i128 boost_isqrt(const Operands& x)
{
    using Narrow = boost::multiprecision::uint128_t;
    return static_cast<i128>(boost::multiprecision::sqrt(Narrow(plimsoll::num::magnitude(x.a))));
}

i128 ours_text(const Operands& x)
{
    return static_cast<i128>(std::string_view(plimsoll::num::decimal_text(x.a, 0)).size());
}

i128 boost_text(const Operands& x)
{
    return static_cast<i128>(Wide(x.a).str().size());
}

i128 ours_round_trip(const Operands& x)
{
    return *plimsoll::num::parse_decimal(plimsoll::num::decimal_text(x.a, 18), 18);
}

i128 ours_value_and_notional(const Operands& x)
{
    const plimsoll::ValueAndNotional both = plimsoll::value_and_notional(
        plimsoll::Quantity::from_raw(x.a), plimsoll::Price::from_raw(x.b));
    return both.value_floor.raw() ^ both.notional_ceil.raw();
}

// Functions of the low bits: whole numbers, arguments below 32 and below 8. Beside them the functions of
// the C library, whose 53 bits are half of the answer.
u128 y_of(const Operands& x)
{
    return static_cast<u128>(x.a) & ((u128{1} << 69) - 1);
}

u128 x_of(const Operands& x)
{
    return static_cast<u128>(x.a) & ((u128{1} << 67) - 1);
}

double double_of(u128 q64)
{
    return static_cast<double>(q64) * 0x1p-64;
}

i128 bits_of(double value)
{
    return static_cast<i128>(value * 0x1p62);
}

i128 ours_ln(const Operands& x)
{
    return plimsoll::num::ln_q64(plimsoll::num::magnitude(x.a) | 1U);
}

i128 ours_ln_q112(const Operands& x)
{
    return plimsoll::num::ln_q112(plimsoll::num::magnitude(x.a) | 1U);
}

i128 libm_log(const Operands& x)
{
    return bits_of(std::log(static_cast<double>(plimsoll::num::magnitude(x.a) | 1U)));
}

i128 ours_exp(const Operands& x)
{
    return static_cast<i128>(plimsoll::num::exp_negative_q64(y_of(x)));
}

i128 libm_exp(const Operands& x)
{
    return bits_of(std::exp(-double_of(y_of(x))));
}

i128 ours_mills(const Operands& x)
{
    return static_cast<i128>(plimsoll::num::mills_q64(x_of(x)));
}

i128 ours_mills_far(const Operands& x)
{
    return static_cast<i128>(plimsoll::num::mills_q64(x_of(x) | (u128{1} << 68)));
}

i128 libm_erfc(const Operands& x)
{
    return bits_of(std::erfc(double_of(x_of(x))));
}

i128 ours_cdf(const Operands& x)
{
    return plimsoll::num::normal_cdf_wad_nearest(x.a >> 17);
}

i128 ours_sqrt(const Operands& x)
{
    return static_cast<i128>(plimsoll::num::sqrt_q64_floor(plimsoll::num::magnitude(x.a)));
}

using Function = i128 (*)(const Operands&);

template <Function FUNCTION, Size SIZE>
void each(benchmark::State& state)
{
    const std::vector<Operands> operands = operands_of(SIZE);
    for (auto _ : state) {
        for (const Operands& entry : operands) {
            i128 result = FUNCTION(entry);
            benchmark::DoNotOptimize(result);
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(operands.size()));
}

void require_equal(Function ours, Function theirs)
{
    for (const Size size : {Size::typical, Size::small}) {
        for (const Operands& entry : operands_of(size)) {
            if (ours(entry) != theirs(entry)) {
                std::fputs("num_bench: the two sides disagree\n", stderr);
                std::exit(1);
            }
        }
    }
}

/// Prints as usual and remembers the time of one operation for the ratios at the end.
class RatioReporter : public benchmark::ConsoleReporter
{
public:
    void ReportRuns(const std::vector<Run>& runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) {
            if (run.error_occurred)
                continue;
            m_ns[run.benchmark_name()] = 1e9 / run.counters.at("items_per_second");
        }
    }

    void print_ratios() const
    {
        std::printf("\n%-28s %10s %10s %8s\n", "operation", "ours ns", "boost ns", "ratio");
        for (const auto& [name, ns] : m_ns) {
            if (name.rfind("ours/", 0) != 0)
                continue;
            const std::string operation = name.substr(5);
            const auto other = m_ns.find("boost/" + operation);
            if (other == m_ns.end())
                std::printf("%-28s %10.1f\n", operation.c_str(), ns);
            else
                std::printf("%-28s %10.1f %10.1f %8.2f\n", operation.c_str(), ns, other->second,
                    other->second / ns);
        }
    }

private:
    std::map<std::string, double> m_ns;
};

BENCHMARK_TEMPLATE(each, ours_mul_wad, Size::typical)->Name("ours/mul_wad/typical");
BENCHMARK_TEMPLATE(each, boost_mul_wad, Size::typical)->Name("boost/mul_wad/typical");
BENCHMARK_TEMPLATE(each, ours_mul_wad, Size::small)->Name("ours/mul_wad/small");
BENCHMARK_TEMPLATE(each, boost_mul_wad, Size::small)->Name("boost/mul_wad/small");
BENCHMARK_TEMPLATE(each, ours_mul_div, Size::typical)->Name("ours/mul_div/typical");
BENCHMARK_TEMPLATE(each, boost_mul_div, Size::typical)->Name("boost/mul_div/typical");
BENCHMARK_TEMPLATE(each, ours_mul_div, Size::small)->Name("ours/mul_div/small");
BENCHMARK_TEMPLATE(each, boost_mul_div, Size::small)->Name("boost/mul_div/small");
BENCHMARK_TEMPLATE(each, ours_isqrt, Size::typical)->Name("ours/isqrt/typical");
BENCHMARK_TEMPLATE(each, boost_isqrt, Size::typical)->Name("boost/isqrt/typical");
BENCHMARK_TEMPLATE(each, ours_text, Size::typical)->Name("ours/text/typical");
BENCHMARK_TEMPLATE(each, boost_text, Size::typical)->Name("boost/text/typical");
BENCHMARK_TEMPLATE(each, ours_round_trip, Size::typical)->Name("ours/text_and_parse/typical");
BENCHMARK_TEMPLATE(each, ours_ln, Size::typical)->Name("ours/ln_q64");
BENCHMARK_TEMPLATE(each, libm_log, Size::typical)->Name("libm/log");
BENCHMARK_TEMPLATE(each, ours_ln_q112, Size::typical)->Name("ours/ln_q112");
BENCHMARK_TEMPLATE(each, ours_exp, Size::typical)->Name("ours/exp_negative_q64");
BENCHMARK_TEMPLATE(each, libm_exp, Size::typical)->Name("libm/exp");
BENCHMARK_TEMPLATE(each, ours_mills, Size::typical)->Name("ours/mills_q64");
BENCHMARK_TEMPLATE(each, ours_mills_far, Size::typical)->Name("ours/mills_q64/from_16");
BENCHMARK_TEMPLATE(each, libm_erfc, Size::typical)->Name("libm/erfc");
BENCHMARK_TEMPLATE(each, ours_cdf, Size::typical)->Name("ours/normal_cdf_wad");
BENCHMARK_TEMPLATE(each, ours_sqrt, Size::typical)->Name("ours/sqrt_q64_floor");
BENCHMARK_TEMPLATE(each, ours_value_and_notional, Size::typical)
    ->Name("ours/value_and_notional/typical");

}  // namespace

int main(int argc, char** argv)
{
    require_equal(ours_mul_wad, boost_mul_wad);
    require_equal(ours_mul_div, boost_mul_div);
    require_equal(ours_isqrt, boost_isqrt);
    require_equal(ours_text, boost_text);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    RatioReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    benchmark::Shutdown();
    reporter.print_ratios();
    return 0;
}
