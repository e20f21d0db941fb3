// plimsoll: benchmarks/portfolio_bench.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the yard. Nanoseconds for the margin, at both levels, of twenty options on six expiries with
// thirty-one scenarios, beside the same formulas on double with libm in one run.
// Promises: the two agree to nine digits, or the run stops. The doubles take each logarithm, root, discount,
// shocked volatility and price once, as a program that means to be fast would.
// Never: compared across machines: what is stable is the printed ratio.
#include "benchmarks/portfolio_yard.hpp"
#include "engine/risk/health.hpp"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace plimsoll;
using namespace plimsoll::bench;

double real(num::i128 raw)
{
    return static_cast<double>(raw) / 1e18;
}
template <class Value>
double real(const Value& value)
{
    return real(value.raw());
}

/// The same account and formulas (docs/formulas.md) with doubles.
class RealYard
{
public:
    struct Health
    {
        double initial;
        double maintenance;
    };

    RealYard(const PortfolioYard& yard, const Book& book)
      : m_params(yard.portfolio),
        m_spot(real(book.underlyings[0].spot)),
        m_cash(real(book.cash)),
        m_amount(real(book.collaterals[0].amount)),
        m_haircut_initial(real(book.collaterals[0].haircut.initial)),
        m_haircut_maintenance(real(book.collaterals[0].haircut.maintenance))
    {
        for (const Scenario& scenario : yard.portfolio.scenarios)
            m_scenarios.push_back(
                {real(scenario.spot), real(scenario.damping), scenario.vol, points_of(scenario)});
        m_marked = point_of(1, VolShock::none);
        m_basis_up = point_of(m_params.basis_up, VolShock::none);
        m_basis_down = point_of(m_params.basis_down, VolShock::none);
        for (std::size_t i = 0; i < book.expiries.size(); ++i) {
            const BookExpiry& from = book.expiries[i];
            const Svi& svi = yard.surfaces[i].svi;
            Expiry e{real(from.forward), real(from.rate),
                static_cast<double>(from.length.raw()) / 31'536'000.0, real(svi.a), real(svi.b),
                real(svi.rho), real(svi.m), real(svi.sigma), real(svi.forward), real(svi.tau), {}};
            for (const BookLeg& leg : book.legs)
                if (leg.expiry == i)
                    e.options.push_back({real(leg.strike.price), std::log(real(leg.strike.price)),
                        real(leg.volatility.value), real(leg.base), real(leg.quote),
                        leg.type == OptionType::call});
            m_expiries.push_back(e);
        }
    }

    /// With SMILES the volatilities are taken from the smiles, else they are at hand.
    template <bool SMILES>
    [[nodiscard]] Health health() const
    {
        const double collateral = m_amount * m_spot;
        double rows[ROWS_MAX] = {};
        const std::size_t count = m_scenarios.size();
        double value = 0;
        double naked = 0;
        for (const Expiry& e : m_expiries)
            add_expiry<SMILES>(e, rows, value, naked);
        double worst = rows[count];
        for (std::size_t i = 0; i < count; ++i)
            worst = std::min(
                worst, m_scenarios[i].damping * (rows[i] + collateral * (m_scenarios[i].spot - 1)));
        const double equity = m_cash + value + collateral;
        const double shorts = naked * m_spot;
        return {equity - collateral * m_haircut_initial + worst * m_params.factor_initial -
                    shorts * m_params.contingency_initial,
            equity - collateral * m_haircut_maintenance + worst * m_params.factor_maintenance -
                shorts * m_params.contingency_maintenance};
    }

private:
    struct Params
    {
        double range_up, range_down, short_power, long_power, floor_days, min_vol_up;
        double linear_cap, linear_slope, abs_cap, abs_slope, min_width, width_scale, vol_static,
            vol_slope;
        double basis_up, basis_down, basis_add, basis_mult;
        double long_base, long_mult, long_add, short_base, short_mult, short_add;
        double factor_initial, factor_maintenance, contingency_initial, contingency_maintenance;

        explicit Params(const PortfolioParams& p)
          : range_up(real(p.vol_shock.range_up)),
            range_down(real(p.vol_shock.range_down)),
            short_power(real(p.vol_shock.short_power)),
            long_power(real(p.vol_shock.long_power)),
            floor_days(real(p.vol_shock.floor_days)),
            min_vol_up(real(p.vol_shock.min_vol_up)),
            linear_cap(real(p.skew_shock.linear_cap)),
            linear_slope(real(p.skew_shock.linear_slope)),
            abs_cap(real(p.skew_shock.abs_cap)),
            abs_slope(real(p.skew_shock.abs_slope)),
            min_width(real(p.skew_shock.min_width)),
            width_scale(real(p.skew_shock.width_scale)),
            vol_static(real(p.skew_shock.vol_static)),
            vol_slope(real(p.skew_shock.vol_slope)),
            basis_up(real(p.basis.up)),
            basis_down(real(p.basis.down)),
            basis_add(real(p.basis.add)),
            basis_mult(real(p.basis.mult)),
            long_base(real(p.discount.long_base)),
            long_mult(real(p.discount.long_rate_mult)),
            long_add(real(p.discount.long_rate_add)),
            short_base(real(p.discount.short_base)),
            short_mult(real(p.discount.short_rate_mult)),
            short_add(real(p.discount.short_rate_add)),
            factor_initial(real(p.factor.initial)),
            factor_maintenance(real(p.factor.maintenance)),
            contingency_initial(real(p.option_contingency.initial)),
            contingency_maintenance(real(p.option_contingency.maintenance))
        {}
    };
    /// A spot shock and what happens to volatility: priced once however many rows ask for it.
    struct Point
    {
        std::size_t spot;
        VolShock vol;
    };
    struct Listed
    {
        double spot, damping;
        VolShock vol;
        std::size_t point;
    };
    struct Option
    {
        double strike, ln_strike, volatility, base, quote;
        bool is_call;
    };
    struct Expiry
    {
        double forward, rate, years;
        double a, b, rho, m, sigma, smile_forward, tau;
        std::vector<Option> options;
    };

    std::size_t point_of(double spot, VolShock vol)
    {
        const auto at = std::find(m_spots.begin(), m_spots.end(), spot);
        const auto index = static_cast<std::size_t>(at - m_spots.begin());
        if (at == m_spots.end())
            m_spots.push_back(spot);
        for (std::size_t i = 0; i < m_points.size(); ++i)
            if (m_points[i].spot == index && m_points[i].vol == vol)
                return i;
        m_points.push_back({index, vol});
        return m_points.size() - 1;
    }
    std::size_t points_of(const Scenario& scenario)
    {
        return point_of(is_skew(scenario.vol) ? 1 : real(scenario.spot), scenario.vol);
    }

    static double cdf(double x) { return 0.5 * std::erfc(-x * 0.70710678118654752440); }

    static double smile(const Expiry& e, double ln_strike, double ln_smile, double bound)
    {
        const double k = std::clamp(ln_strike - ln_smile, -bound, bound);
        const double x = k - e.m;
        return std::sqrt((e.a + e.b * (e.rho * x + std::sqrt(x * x + e.sigma * e.sigma))) / e.tau);
    }

    template <bool SMILES>
    void add_expiry(const Expiry& e, double* rows, double& value, double& naked) const
    {
        const Params& p = m_params;
        const double root = std::sqrt(e.years);
        const double discount = std::exp(-e.rate * e.years);
        const double days = e.years * 365;
        const double m =
            std::pow(30 / std::max(days, p.floor_days), days <= 30 ? p.short_power : p.long_power);
        const double up = 1 + p.range_up * m;
        const double down = std::max(0.0, 1 - p.range_down * m);
        const double width =
            std::max(p.min_width, root * p.width_scale * (p.vol_static + root * p.vol_slope));
        const double linear = std::max(0.0, p.linear_cap + root * p.linear_slope);
        const double absolute = std::max(0.0, p.abs_cap + root * p.abs_slope);
        const double longs = p.long_base * std::exp(-e.years * (e.rate * p.long_mult + p.long_add));
        const double shorts = std::min(
            1 / discount, p.short_base * std::exp(e.years * (e.rate * p.short_mult + p.short_add)));
        double forwards[ROWS_MAX];
        double logarithms[ROWS_MAX];
        for (std::size_t i = 0; i < m_spots.size(); ++i) {
            forwards[i] = e.forward * m_spots[i];
            logarithms[i] = std::log(forwards[i]);
        }
        const double ln_forward = std::log(e.forward);
        const double ln_smile = SMILES ? std::log(e.smile_forward) : 0;
        const double bound = SMILES ? 4 * std::sqrt(e.a + e.b * e.sigma) : 0;
        double values[ROWS_MAX] = {};
        for (const Option& option : e.options) {
            const double vol =
                SMILES ? smile(e, option.ln_strike, ln_smile, bound) : option.volatility;
            const double k = option.ln_strike - ln_forward;
            const auto skewed = [&](double cap, double by) {
                return vol * (1 + std::clamp(by * cap / width, -cap, cap)) * root;
            };
            double v[5];
            v[static_cast<std::size_t>(VolShock::up)] = std::max(vol * up, p.min_vol_up) * root;
            v[static_cast<std::size_t>(VolShock::none)] = vol * root;
            v[static_cast<std::size_t>(VolShock::down)] = vol * down * root;
            v[static_cast<std::size_t>(VolShock::skew_linear)] = skewed(linear, k);
            v[static_cast<std::size_t>(VolShock::skew_abs)] = skewed(absolute, std::fabs(k));
            for (std::size_t i = 0; i < m_points.size(); ++i) {
                const double forward = forwards[m_points[i].spot];
                const double total = v[static_cast<std::size_t>(m_points[i].vol)];
                const double d1 =
                    total / 2 - (option.ln_strike - logarithms[m_points[i].spot]) / total;
                const double d2 = d1 - total;
                const double price = option.is_call ? forward * cdf(d1) - option.strike * cdf(d2)
                                                    : option.strike * cdf(-d2) - forward * cdf(-d1);
                values[i] += option.base * discount * price;
            }
            value += option.quote;
            naked += std::max(0.0, -option.base);
        }
        const double marked = values[m_marked];
        value += marked;
        const auto counted = [&](double y) { return y * (y >= 0 ? longs : shorts); };
        for (std::size_t i = 0; i < m_scenarios.size(); ++i) {
            const double change = counted(values[m_scenarios[i].point]) - marked;
            rows[i] += is_skew(m_scenarios[i].vol) ? -std::fabs(change) : change;
        }
        rows[m_scenarios.size()] +=
            std::min(0.0, std::min(values[m_basis_up], values[m_basis_down]) - marked) *
            (p.basis_add + p.basis_mult * e.years);
    }

    Params m_params;
    double m_spot, m_cash, m_amount, m_haircut_initial, m_haircut_maintenance;
    std::vector<double> m_spots;
    std::vector<Point> m_points;
    std::vector<Listed> m_scenarios;
    std::size_t m_marked = 0;
    std::size_t m_basis_up = 0;
    std::size_t m_basis_down = 0;
    std::vector<Expiry> m_expiries;
};

Book book_of_yard(const PortfolioYard& yard, const Scene& scene)
{
    const Result<Book> book = book_of(yard.account, scene);
    if (!book)
        std::exit(1);
    return *book;
}

void require_near()
{
    const PortfolioYard yard;
    const Scene scene = yard.scene();
    const RealYard doubles(yard, book_of_yard(yard, scene));
    const auto report = evaluate(yard.account, scene);
    for (const RealYard::Health& expected : {doubles.health<true>(), doubles.health<false>()})
        if (!report || std::fabs(real(report->health(Level::initial)) - expected.initial) > 1e-6 ||
            std::fabs(real(report->health(Level::maintenance)) - expected.maintenance) > 1e-6) {
            std::fprintf(stderr, "portfolio_bench: the engine and the doubles differ: %.9f, %.9f\n",
                report ? real(report->health(Level::initial)) : 0.0, expected.initial);
            std::exit(1);
        }
}

void ours_from_account(benchmark::State& state)
{
    const PortfolioYard yard;
    const Scene scene = yard.scene();
    for (auto _ : state) {
        auto result = evaluate(yard.account, scene);
        benchmark::DoNotOptimize(result);
    }
}

void ours_from_book(benchmark::State& state)
{
    const PortfolioYard yard;
    const Scene scene = yard.scene();
    const Book book = book_of_yard(yard, scene);
    for (auto _ : state) {
        auto result = margin(book, yard.memory.work);
        benchmark::DoNotOptimize(result);
    }
}

template <bool SMILES>
void on_doubles(benchmark::State& state)
{
    const PortfolioYard yard;
    const RealYard doubles(yard, book_of_yard(yard, yard.scene()));
    for (auto _ : state) {
        auto copy = &doubles;
        benchmark::DoNotOptimize(copy);
        auto result = copy->health<SMILES>();
        benchmark::DoNotOptimize(result);
    }
}

/// Prints as usual and remembers the times for the ratios at the end.
class RatioReporter : public benchmark::ConsoleReporter
{
public:
    void ReportRuns(const std::vector<Run>& runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs)
            if (!run.error_occurred)
                m_us[run.benchmark_name()] =
                    run.real_accumulated_time / static_cast<double>(run.iterations) * 1e6;
    }

    void print_ratios() const
    {
        std::printf("\n%-44s %10s %10s %8s\n", "20 options, 6 expiries, 31 scenarios", "ours us",
            "double us", "times");
        for (const auto& [name, us] : m_us) {
            const auto other = m_us.find("double/" + name.substr(name.find('/') + 1));
            if (name.rfind("ours/", 0) == 0 && other != m_us.end())
                std::printf("%-44s %10.2f %10.2f %8.2f\n", name.substr(5).c_str(), us,
                    other->second, us / other->second);
        }
    }

private:
    std::map<std::string, double> m_us;
};

BENCHMARK(ours_from_book)->Name("ours/margin, volatilities at hand");
BENCHMARK_TEMPLATE(on_doubles, false)->Name("double/margin, volatilities at hand");
BENCHMARK(ours_from_account)->Name("ours/margin with its smiles");
BENCHMARK_TEMPLATE(on_doubles, true)->Name("double/margin with its smiles");

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
