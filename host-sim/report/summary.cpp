// plimsoll: host-sim/report/summary.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, report. See summary.hpp.
#include "host-sim/report/summary.hpp"

#include "host-sim/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace plimsoll::sim {
namespace {

using nlohmann::ordered_json;

ordered_json keepers_json(const RunResult& result)
{
    auto list = ordered_json::array();
    for (const auto& keeper : result.keepers) {
        list.push_back({{"name", keeper.name}, {"profit", text(keeper.profit)},
            {"fees", text(keeper.totals.fees)}, {"messages", keeper.totals.sent},
            {"purchases", keeper.totals.bought}, {"refused", keeper.totals.refused}});
    }
    return list;
}

ordered_json marks_json(const Scenario& scenario, const RunResult& result)
{
    auto list = ordered_json::array();
    for (const auto& mark : scenario.marks) {
        const auto reached = result.totals.coverage.of(mark.name);
        ordered_json met;  // Null: not judged.
        if (result.is_whole(scenario))
            met = reached >= mark.least;
        list.push_back({{"name", mark.name}, {"least", mark.least}, {"reached", reached},
            {"met", std::move(met)}});
    }
    return list;
}

ordered_json counts_json(const RunResult& result)
{
    auto counts = ordered_json::object();
    for (const std::string_view name : COVERAGE_NAMES)
        counts[std::string(name)] = result.totals.coverage.of(name);
    counts["portfolio_accounts_liquidated"] = result.totals.portfolio_liquidated;
    counts["fills"] = result.venue.fills;
    counts["fills_refused"] = result.venue.refused;
    counts["orders_unmatched"] = result.venue.unmatched;
    counts["oracle_rounds"] = result.oracle_rounds;
    counts["messages_lost"] = result.messages_lost;
    counts["messages_expired"] = result.messages_expired;
    counts["calls"] = result.calls;
    counts["queries"] = result.queries;
    counts["invariant_checks"] = result.checks;
    return counts;
}

}  // namespace

namespace {

/// Whole percent of all accounts, rounded down.
std::uint64_t portfolio_percent(const CoverageCounts& coverage)
{
    const auto all = coverage.of(Coverage::accounts);
    return all == 0 ? 0 : coverage.of(Coverage::portfolio_accounts) * 100 / all;
}

}  // namespace

Lines result_lines(const Scenario& scenario, const RunResult& result)
{
    const auto& totals = result.totals;
    const auto& coverage = totals.coverage;
    const auto& unit = scenario.tokens[0].symbol;
    const auto money = [&unit](Money value) {
        return fmt::format("{} {}", grouped_text(value, 0), unit);
    };
    Lines lines{
        {"accounts", fmt::to_string(coverage.of(Coverage::accounts))},
        {"liquidations",
            fmt::format("{} ({} partial, {} full), {} of collateral",
                coverage.of(Coverage::liquidations), coverage.of(Coverage::partial_liquidations),
                coverage.of(Coverage::full_liquidations),
                coverage.of(Coverage::collateral_liquidations))},
        {"liquidated notional", money(totals.liquidated)},
        {"insurance in / out",
            fmt::format("{} / {}", money(totals.insurance_in), money(totals.insurance_out))},
        {"insurance at the end", money(result.insurance)},
        {"deleveraged", fmt::format("{} in {} steps", money(totals.deleveraged),
                            coverage.of(Coverage::deleveragings))},
        {"bad debt", fmt::format("{} in {} resolutions", money(totals.bad_debt),
                         coverage.of(Coverage::resolutions))},
        {"socialised / open deficit",
            fmt::format("{} / {}", money(totals.socialised), money(result.open_deficit))},
        {"keeper profit", money(result.keeper_profit)},
    };
    if (coverage.of(Coverage::portfolio_accounts) > 0) {
        const auto value = fmt::format("{} ({}% of all), {} liquidated, {} slices sold",
            coverage.of(Coverage::portfolio_accounts), portfolio_percent(coverage),
            totals.portfolio_liquidated, coverage.of(Coverage::portfolio_liquidations));
        lines.insert(lines.begin() + 1, {"of them in portfolio mode", value});
    }
    return lines;
}

std::string summary_json(
    const Scenario& scenario, const RunResult& result, const RunIdentity& identity)
{
    const auto& totals = result.totals;
    ordered_json events = ordered_json::object();
    for (const auto& [type, count] : totals.events)
        events[type] = count;
    ordered_json refusals = ordered_json::object();
    for (const auto& [error, count] : totals.refusals)
        refusals[error] = count;
    const ordered_json summary{
        {"format", "plimsoll-summary-1"},
        {"scenario", scenario.name},
        {"scenario_sha256", scenario.sha256},
        {"seed", result.seed},
        {"blocks", result.blocks},
        {"scenario_blocks", scenario.blocks},
        {"vm", identity.vm},
        {"module_sha256", identity.module_sha256},
        {"digest", result.digest},
        {"money",
            {{"liquidated_notional", text(totals.liquidated)},
                {"collateral_liquidated", text(totals.collateral_liquidated)},
                {"insurance_in", text(totals.insurance_in)},
                {"insurance_out", text(totals.insurance_out)},
                {"insurance", text(result.insurance)},
                {"deleveraged_notional", text(totals.deleveraged)},
                {"bad_debt", text(totals.bad_debt)}, {"socialised_loss", text(totals.socialised)},
                {"open_deficit", text(result.open_deficit)},
                {"keeper_profit", text(result.keeper_profit)},
                {"traded_notional", text(result.venue.volume)}, {"residue", text(result.residue)}}},
        {"counts", counts_json(result)},
        {"keepers", keepers_json(result)},
        {"events", std::move(events)},
        {"refusals", std::move(refusals)},
        {"marks_judged", result.is_whole(scenario)},
        {"marks", marks_json(scenario, result)},
    };
    return summary.dump(2) + "\n";
}

std::string final_table(const Scenario& scenario, const RunResult& result,
    const RunIdentity& identity, std::string_view wall_time, std::string_view report)
{
    auto lines = result_lines(scenario, result);
    lines.emplace_back("wall time", wall_time);
    lines.emplace_back("module sha256", identity.module_sha256.empty()
                                            ? "none in this build"
                                            : std::string(identity.module_sha256));
    if (!report.empty())
        lines.emplace_back("report", report);
    std::size_t width = 0;
    for (const auto& [label, value] : lines)
        width = std::max(width, label.size());
    std::string table;
    for (const auto& [label, value] : lines)
        table += fmt::format("{:<{}}  {}\n", label, width, value);
    if (!result.is_whole(scenario))
        return table + fmt::format("{}\n", MARKS_NOT_JUDGED);
    for (const auto& mark : result.missed(scenario)) {
        table += fmt::format("mark missed: {}: {} of at least {}\n", mark.name,
            result.totals.coverage.of(mark.name), mark.least);
    }
    return table;
}

}  // namespace plimsoll::sim
