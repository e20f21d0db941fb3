// plimsoll: benchmarks/pricing_bench.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the yard. Nanoseconds for one strike's call and put by Black-76: ours, with brackets, beside the
// same formula on double with libm (log, exp, erfc twice), and for one volatility of an SVI slice.
// Promises: both sides read the same options, and a difference beyond what double can lose stops the run.
// Never: compared across machines: what is stable is the printed ratio.
#include "engine/pricing/black76.hpp"
#include "engine/pricing/svi.hpp"

#include <benchmark/benchmark.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

namespace {

using plimsoll::Price;
using plimsoll::Ratio;
using namespace plimsoll::pricing;

double as_double(plimsoll::num::i128 raw)
{
    return static_cast<double>(raw) / 1e18;
}

/// One option for both sides. `ln_` are the cached logarithms, as our points have them.
struct Option
{
    ForwardPoint forward;
    StrikePoint strike;
    Volatility volatility;
    Tenor tenor;
    Discount discount;
    double f = 0;
    double k = 0;
    double vol = 0;
    double root = 0;
    double d = 0;
    double ln_f = 0;
    double ln_k = 0;
};

/// A venue's board: 8 expiries of 32 strikes from 0.4 to 2 of the forward, volatilities 0.3 to 1.2.
std::vector<Option> board()
{
    std::vector<Option> options;
    const std::uint64_t days[] = {1, 2, 7, 14, 30, 60, 90, 180};
    for (const std::uint64_t day : days) {
        for (std::int64_t i = 0; i < 32; ++i) {
            Option option;
            const Price forward = Price::from_raw(
                Price::from_units(64'000 + static_cast<std::int64_t>(day) * 37).raw() +
                123'456'789);
            const Price strike = Price::from_units(64'000 * (40 + 5 * i) / 100);
            const plimsoll::Seconds length = plimsoll::Seconds::from_raw(day * 86'400 + 4'321);
            option.forward = forward_point(forward);
            option.strike = strike_point(strike);
            option.volatility = {
                Ratio::from_raw(300'000'000'000'000'000 + i * 28'123'456'789'012'345),
                Ratio::from_raw(1)};
            option.tenor = tenor_of(length);
            option.discount =
                discount_of(Ratio::from_raw(50'000'000'000'000'000), Ratio::one(), length);
            option.f = as_double(forward.raw());
            option.k = as_double(strike.raw());
            option.vol = as_double(option.volatility.value.raw());
            option.root = std::sqrt(static_cast<double>(length.raw()) / 31'536'000.0);
            option.d = std::exp(-0.05 * static_cast<double>(length.raw()) / 31'536'000.0);
            option.ln_f = std::log(option.f);
            option.ln_k = std::log(option.k);
            options.push_back(option);
        }
    }
    return options;
}

struct Prices
{
    double call = 0;
    double put = 0;
};

Prices double_with(const Option& option, double log_moneyness)
{
    const double v = option.vol * option.root;
    const double d1 = v / 2 - log_moneyness / v;
    const auto cdf = [](double x) { return 0.5 * std::erfc(-x * 0.70710678118654752440); };
    const double call = option.d * (option.f * cdf(d1) - option.k * cdf(d1 - v));
    return {call, call - option.d * (option.f - option.k)};
}

Prices double_cached(const Option& option)
{
    return double_with(option, option.ln_k - option.ln_f);
}

Prices double_plain(const Option& option)
{
    return double_with(option, std::log(option.k / option.f));
}

/// The discount taken anew too, as a formula that is handed rate and time has to.
Prices double_whole(const Option& option)
{
    Option own = option;
    own.d = std::exp(-0.05 * option.root * option.root);
    return double_plain(own);
}

OptionBrackets ours_cached(const Option& option)
{
    return black76(option.forward, option.strike, option.volatility, option.tenor, option.discount);
}

OptionBrackets ours_plain(const Option& option)
{
    return black76(forward_point(option.forward.price), strike_point(option.strike.price),
        option.volatility, option.tenor, option.discount);
}

OptionBrackets ours_whole(const Option& option)
{
    return black76(forward_point(option.forward.price), strike_point(option.strike.price),
        option.volatility, tenor_of(option.tenor.length),
        discount_of(Ratio::from_raw(50'000'000'000'000'000), Ratio::one(), option.tenor.length));
}

plimsoll::Svi slice()
{
    const auto thousandths = [](std::int64_t count) {
        return Ratio::from_raw(count * 1'000'000'000'000'000);
    };
    return {thousandths(4), thousandths(71), thousandths(-317), thousandths(13), thousandths(92),
        Price::from_units(64'000), thousandths(82)};
}

plimsoll::num::i128 ours_svi(const Option& option)
{
    static const SviSlice SLICE = *svi_slice(slice());
    return volatility_at(SLICE, option.strike.price)->value.raw();
}

double double_svi(const Option& option)
{
    const double k = std::fmax(-4 * std::sqrt(0.004 + 0.071 * 0.092),
        std::fmin(4 * std::sqrt(0.004 + 0.071 * 0.092), std::log(option.k / 64'000)));
    const double x = k - 0.013;
    return std::sqrt((0.004 + 0.071 * (std::sqrt(x * x + 0.092 * 0.092) - 0.317 * x)) / 0.082);
}

template <auto FUNCTION>
void each(benchmark::State& state)
{
    const std::vector<Option> options = board();
    for (auto _ : state) {
        for (const Option& option : options) {
            auto result = FUNCTION(option);
            benchmark::DoNotOptimize(result);
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(options.size()));
}

void require_near()
{
    for (const Option& option : board()) {
        const OptionBrackets ours = ours_cached(option);
        const Prices theirs = double_plain(option);
        const bool near =
            std::fabs(as_double(ours.call.floor.raw()) - theirs.call) < 1e-12 * option.f &&
            std::fabs(as_double(ours.put.ceil.raw()) - theirs.put) < 1e-12 * option.f &&
            std::fabs(as_double(ours_svi(option)) - double_svi(option)) < 1e-12;
        if (!near) {
            std::fputs("pricing_bench: the two sides disagree\n", stderr);
            std::exit(1);
        }
    }
}

/// Prints as usual and remembers the time of one option for the ratios at the end.
class RatioReporter : public benchmark::ConsoleReporter
{
public:
    void ReportRuns(const std::vector<Run>& runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) {
            if (!run.error_occurred)
                m_ns[run.benchmark_name()] = 1e9 / run.counters.at("items_per_second");
        }
    }

    void print_ratios() const
    {
        std::printf("\n%-28s %10s %10s %8s\n", "call and put", "ours ns", "double ns", "times");
        for (const auto& [name, ns] : m_ns) {
            const auto other = m_ns.find("double/" + name.substr(name.find('/') + 1));
            if (name.rfind("ours/", 0) == 0 && other != m_ns.end())
                std::printf("%-28s %10.1f %10.1f %8.2f\n", name.substr(5).c_str(), ns,
                    other->second, ns / other->second);
        }
    }

private:
    std::map<std::string, double> m_ns;
};

BENCHMARK_TEMPLATE(each, ours_cached)->Name("ours/black76, logarithms cached");
BENCHMARK_TEMPLATE(each, double_cached)->Name("double/black76, logarithms cached");
BENCHMARK_TEMPLATE(each, ours_cached)->Name("ours/black76 and discount, ours cached");
BENCHMARK_TEMPLATE(each, double_whole)->Name("double/black76 and discount, ours cached");
BENCHMARK_TEMPLATE(each, ours_plain)->Name("ours/black76");
BENCHMARK_TEMPLATE(each, double_plain)->Name("double/black76");
BENCHMARK_TEMPLATE(each, ours_whole)->Name("ours/black76 and discount");
BENCHMARK_TEMPLATE(each, double_whole)->Name("double/black76 and discount");
BENCHMARK_TEMPLATE(each, ours_svi)->Name("ours/svi");
BENCHMARK_TEMPLATE(each, double_svi)->Name("double/svi");

}  // namespace

int main(int argc, char** argv)
{
    require_near();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    RatioReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    benchmark::Shutdown();
    reporter.print_ratios();
    return 0;
}
