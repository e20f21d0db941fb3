// plimsoll: benchmarks/health_bench.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the yard. Nanoseconds for the health of one account of ten perpetuals and three collaterals,
// beside the same formulas on double in one run.
// Promises: the two agree to nine digits, or the run stops.
#include "benchmarks/health_yard.hpp"
#include "engine/risk/health.hpp"

#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace plimsoll;
using namespace plimsoll::bench;

double real(num::i128 raw)
{
    return static_cast<double>(raw) / 1e18;
}

/// The same account and formulas with doubles, prepared outside the measured loop.
struct RealYard
{
    struct Position
    {
        double base, quote, mark, initial, maintenance, weight, cap;
    };
    struct Collateral
    {
        double amount, price, initial, maintenance;
    };
    double cash;
    Position positions[PERPETUALS];
    Collateral collaterals[COLLATERALS];

    explicit RealYard(const Yard& yard, const Scene& scene) : cash(real(yard.account.cash.raw()))
    {
        for (std::uint16_t i = 0; i < PERPETUALS; ++i) {
            const auto& held = yard.account.positions[i];
            const auto now = *view(held, yard.markets[i].indexes, yard.epochs);
            positions[i] = {real(now.base.raw()), real(now.quote.raw()),
                real(scene.mark(held.market).raw()),
                real(yard.underlyings[i].standard.fraction.initial.raw()),
                real(yard.underlyings[i].standard.fraction.maintenance.raw()),
                real(yard.underlyings[i].profit.weight.raw()),
                real(yard.underlyings[i].profit.cap.raw())};
        }
        for (std::uint16_t i = 1; i <= COLLATERALS; ++i)
            collaterals[i - 1] = {real(yard.account.collaterals[i - 1U].amount.raw()),
                real(scene.index(UnderlyingId{i}).raw()),
                real(yard.assets[i].initial_haircut.raw()),
                real(yard.assets[i].maintenance_haircut.raw())};
    }

    [[nodiscard]] double health(double& initial) const
    {
        double equity = cash;
        double off_initial = 0;
        double off_maintenance = 0;
        for (const Position& p : positions) {
            const double value = p.base * p.mark + p.quote;
            const double notional = std::fabs(p.base) * p.mark;
            equity += value;
            off_initial += notional * p.initial;
            off_maintenance += notional * p.maintenance;
            if (value > 0)
                off_initial += value - std::fmin(p.weight * value, p.cap);
        }
        for (const Collateral& c : collaterals) {
            const double value = c.amount * c.price;
            equity += value;
            off_initial += value * c.initial;
            off_maintenance += value * c.maintenance;
        }
        initial = equity - off_initial;
        return equity - off_maintenance;
    }
};

void standard_health(benchmark::State& state)
{
    const Yard yard(state.range(0) != 0);
    const Scene scene = yard.scene();
    const RealYard doubles(yard, scene);
    double initial = 0;
    const auto report = evaluate(yard.account, scene);
    const double expected = doubles.health(initial);
    if (!report || std::fabs(real(report->health(Level::maintenance).raw()) - expected) > 1e-6 ||
        std::fabs(real(report->health(Level::initial).raw()) - initial) > 1e-6) {
        std::fprintf(stderr, "standard_health: the engine and the doubles differ\n");
        std::exit(1);
    }
    for (auto _ : state) {
        auto result = evaluate(yard.account, scene);
        benchmark::DoNotOptimize(result);
    }
}

void standard_health_on_doubles(benchmark::State& state)
{
    const Yard yard(false);
    const RealYard doubles(yard, yard.scene());
    for (auto _ : state) {
        auto copy = &doubles;
        benchmark::DoNotOptimize(copy);
        double initial = 0;
        double health = copy->health(initial);
        benchmark::DoNotOptimize(health);
        benchmark::DoNotOptimize(initial);
    }
}

}  // namespace

BENCHMARK(standard_health)->ArgName("stale_indexes")->Arg(0)->Arg(1);
BENCHMARK(standard_health_on_doubles);
BENCHMARK_MAIN();
