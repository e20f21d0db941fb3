// plimsoll: host-sim/runner.cpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See runner.hpp.
#include "host-sim/runner.hpp"

#include "host-sim/agents/account_opening.hpp"
#include "host-sim/agents/option_trader.hpp"
#include "host-sim/agents/settler.hpp"
#include "host-sim/agents/trader.hpp"
#include "host-sim/checker/invariants.hpp"
#include "host-sim/house_setup.hpp"
#include "host-sim/metrics/event_log.hpp"
#include "host-sim/oracle/publisher.hpp"
#include "host-sim/path/prices.hpp"
#include "host-sim/trace.hpp"

#include <fmt/format.h>
#include <memory>

namespace plimsoll::sim {
namespace {

/// Blocks after which keepers look at the list again even though no price has moved: funding accrues.
constexpr std::uint32_t LIST_BLOCKS = 10;

class Run
{
public:
    Run(const Scenario& scenario, Vm& vm, const RunOptions& options)
      : m_scenario(scenario),
        m_options(options),
        m_chain(vm, m_bank, std::string(CONTRACT)),
        m_checker(m_chain),
        m_collector(m_checker.ledger()),
        m_prices(scenario, options.seed),
        m_world{.scenario = scenario, .chain = m_chain, .bank = m_bank},
        m_publisher(scenario, options.seed),
        m_venue(scenario),
        m_mempool(options.seed)
    {
        m_chain.observe(m_checker);
        m_chain.observe(m_collector);
        if (!options.out.empty()) {
            m_trace = std::make_unique<TraceWriter>(
                options.out + "/trace.jsonl", TraceHeader{.scenario = scenario.name,
                                                  .scenario_sha256 = scenario.sha256,
                                                  .seed = options.seed,
                                                  .contract_address = std::string(CONTRACT)});
            m_events = std::make_unique<EventLog>(options.out + "/events.jsonl");
            m_chain.observe(*m_trace);
            m_chain.observe(*m_events);
        }
        for (const auto& plan : scenario.prices)
            m_world.impacts.emplace_back(plan.impact);
        m_world.published.resize(scenario.prices.size());
    }

    RunResult run()
    {
        for (std::uint32_t block = 0; block < m_options.blocks; ++block) {
            begin_block(block);
            if (block == 0)
                set_up();
            else
                live();
            end_block();
        }
        return finish();
    }

private:
    void begin_block(std::uint32_t block)
    {
        m_world.block = block;
        m_world.time_s = m_scenario.start_s + block * m_scenario.block_s;
        m_world.conditions = &m_scenario.conditions_at(block);
        m_chain.begin_block(block, m_world.time_s);
        for (auto& impact : m_world.impacts)
            impact.decay();
        m_prices.observe(m_world);
    }

    void set_up()
    {
        set_up_house(m_world);
        if (!m_publisher.act(m_world))
            throw SetupError("setting up: the contract refused the first prices");
        m_venue.open(m_world);
        for (const auto& plan : m_scenario.keepers) {
            m_keepers.emplace_back(plan, static_cast<std::uint32_t>(m_keepers.size()));
            m_keepers.back().open(m_world);
        }
        for (const auto& group : m_scenario.traders) {
            for (std::uint32_t i = 0; i < group.count; ++i) {
                m_traders.emplace_back(group, i, m_options.seed);
                m_traders.back().open(m_world, m_venue);
            }
        }
        for (const auto& group : m_scenario.option_groups) {
            for (std::uint32_t i = 0; i < group.count; ++i) {
                m_option_traders.emplace_back(group, i, m_options.seed);
                m_option_traders.back().open(m_world, m_venue);
            }
        }
        m_venue.settle(m_world, true);
    }

    void live()
    {
        const bool new_prices = m_publisher.act(m_world);
        for (const auto& landed : m_mempool.run(m_world))
            m_keepers[landed.pending.keeper].on_landed(landed);
        m_venue.begin_block(m_world);
        for (auto& trader : m_traders)
            trader.act(m_world, m_venue);
        for (auto& trader : m_option_traders)
            trader.act(m_world, m_venue);
        for (auto& keeper : m_keepers)
            keeper.unwind(m_world, m_venue);
        m_venue.settle(m_world, false);
        m_settler.act(m_world, m_collector.totals().coverage.of(Coverage::accounts));
        // Health moves with prices and with what was done to an account: while neither happened the
        // list of the last look is still true, and all keepers share one look a block.
        if (new_prices || !m_targets.empty() || m_world.block % LIST_BLOCKS == 0)
            m_targets = see_liquidatable(m_chain);
        for (auto& keeper : m_keepers) {
            if (keeper.is_polling(m_world))
                keeper.poll(m_world, m_targets, m_mempool);
        }
    }

    void end_block()
    {
        record_row();
        m_checker.end_block();
        if (const auto difference = m_chain.vm().end_block(m_world.block)) {
            throw DifferenceError(fmt::format("block {}: native and wasm differ in {}: {}",
                difference->height, difference->call, difference->what));
        }
        if (m_options.on_block)
            m_options.on_block(m_world.block);
    }

    void record_row()
    {
        TimelineRow row;
        row.height = m_world.block;
        row.time_s = m_world.time_s;
        for (const auto& price : m_scenario.prices)
            row.bridge.push_back(m_prices.bridge(price.underlying)[m_world.block]);
        row.spot = m_world.spot;
        row.index = m_world.published;
        for (const auto& market : see_markets(m_chain, m_scenario.perpetual_count)) {
            row.mark.push_back(market.mark);
            row.open_interest.push_back(market.open_interest);
        }
        const auto& totals = m_collector.totals();
        const auto& insurance = m_checker.ledger().house().insurance;
        row.below_maintenance = m_targets.size();
        row.liquidations = totals.coverage.of(Coverage::liquidations);
        row.liquidated = totals.liquidated;
        row.insurance = insurance.balance;
        row.open_deficit = insurance.open_deficit;
        row.bad_debt = totals.bad_debt;
        row.deleveraged = totals.deleveraged;
        row.socialised = totals.socialised;
        for (const auto& keeper : m_keepers)
            row.keeper_profit.push_back(keeper.profit(m_world));
        row.calls = m_chain.calls();
        row.refused = totals.coverage.of(Coverage::refused_calls);
        m_rows.push_back(std::move(row));
    }

    RunResult finish()
    {
        RunResult result;
        result.seed = m_options.seed;
        result.blocks = m_options.blocks;
        result.digest = m_chain.vm().digest_hex();
        if (m_trace) {
            m_trace->finish(result.digest);
            m_events->finish();
        }
        result.totals = m_collector.totals();
        result.venue = m_venue.totals();
        for (const auto& keeper : m_keepers) {
            result.keepers.push_back({.name = keeper.plan().name,
                .profit = keeper.profit(m_world),
                .totals = keeper.totals()});
            result.keeper_profit += result.keepers.back().profit;
        }
        result.rows = std::move(m_rows);
        result.insurance = m_checker.ledger().house().insurance.balance;
        result.open_deficit = m_checker.ledger().house().insurance.open_deficit;
        result.oracle_rounds = m_publisher.rounds();
        result.messages_lost = m_mempool.lost();
        result.messages_expired = m_mempool.expired();
        result.calls = m_chain.calls();
        result.queries = m_chain.queries();
        result.checks = m_checker.checks();
        result.residue = Money::from_raw(m_checker.residue());
        return result;
    }

    const Scenario& m_scenario;
    const RunOptions& m_options;
    Bank m_bank;
    Chain m_chain;
    InvariantChecker m_checker;
    TotalsCollector m_collector;
    PricePaths m_prices;
    World m_world;
    Publisher m_publisher;
    Venue m_venue;
    Settler m_settler;
    Mempool m_mempool;
    std::vector<Keeper> m_keepers;
    std::vector<Trader> m_traders;
    std::vector<OptionTrader> m_option_traders;
    std::vector<TargetSeen> m_targets;
    std::vector<TimelineRow> m_rows;
    std::unique_ptr<TraceWriter> m_trace;
    std::unique_ptr<EventLog> m_events;
};

}  // namespace

std::vector<Mark> RunResult::missed(const Scenario& scenario) const
{
    std::vector<Mark> missed;
    for (const auto& mark : scenario.marks) {
        if (totals.coverage.of(mark.name) < mark.least)
            missed.push_back(mark);
    }
    return missed;
}

RunResult run_scenario(const Scenario& scenario, Vm& vm, const RunOptions& options)
{
    CHECK(options.blocks > 0);
    CHECK(options.blocks <= scenario.blocks);
    return Run(scenario, vm, options).run();
}

}  // namespace plimsoll::sim
