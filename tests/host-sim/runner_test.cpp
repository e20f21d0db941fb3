// plimsoll: tests/host-sim/runner_test.cpp                          SPDX-License-Identifier: Apache-2.0
// Whole runs: coverage marks, determinism, replay, outputs.
#include "host-sim/runner.hpp"

#include "host-sim/replay.hpp"
#include "host-sim/report/html.hpp"
#include "host-sim/report/summary.hpp"
#include "tests/host-sim/support/shipped_scenario.hpp"
#include "tests/host-sim/support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;

RunResult run_native(const sim::Scenario& scenario, std::uint64_t seed, const std::string& out = {})
{
    const auto made = make_vm(VmKind::native);
    REQUIRE(made.vm);
    return run_scenario(
        scenario, *made.vm, {.seed = seed, .blocks = scenario.blocks, .out = out, .on_block = {}});
}

std::string content_of(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the shipped scenario meets its coverage marks at its seed", "[runner][coverage]")
{
    const auto scenario = sim::test::shipped_scenario();
    const auto result = run_native(scenario, scenario.seed);
    for (const auto& mark : result.missed(scenario))
        FAIL_CHECK("mark missed: " << mark.name);
    const auto& coverage = result.totals.coverage;
    CHECK(coverage.of(Coverage::accounts) >= 500);
    CHECK(coverage.of(Coverage::liquidations) >= 50);
    CHECK(coverage.of(Coverage::partial_liquidations) >= 1);
    CHECK(coverage.of(Coverage::full_liquidations) >= 1);
    CHECK(coverage.of(Coverage::collateral_liquidations) >= 1);
    CHECK(coverage.of(Coverage::insurance_draws) >= 1);
    CHECK(coverage.of(Coverage::deleveragings) >= 1);
    CHECK(coverage.of(Coverage::socialised_losses) >= 1);
    CHECK(coverage.of(Coverage::resolutions) >= 1);
    // Sixty sellers, a maker of options and a keeper.
    CHECK(coverage.of(Coverage::portfolio_accounts) == 62);
    CHECK(result.totals.portfolio_liquidated >= 10);
    CHECK(result.checks == result.calls);
    CHECK(result.rows.size() == scenario.blocks);
}

TEST_CASE("a scenario names at least the marks that the project promises", "[runner][coverage]")
{
    const auto scenario = sim::test::shipped_scenario();
    for (const std::string_view name : {"accounts", "liquidations", "partial_liquidations",
             "full_liquidations", "collateral_liquidations", "insurance_draws", "deleveragings",
             "socialised_losses", "resolutions", "portfolio_accounts", "portfolio_liquidations"}) {
        bool found = false;
        for (const auto& mark : scenario.marks)
            found = found || (mark.name == name && mark.least > 0);
        CHECK(found);
    }
}

TEST_CASE("what expires within a run is settled, and everybody in it is out of it", "[runner]")
{
    const auto scenario = sim::test::expiring_scenario(240, 120);
    const auto result = run_native(scenario, 3);
    std::uint64_t dated = 0;
    for (const auto& market : scenario.markets)
        dated += market.has_expired(scenario.start_s + 240 * scenario.block_s) ? 1U : 0U;
    CHECK(dated == 2 * 7);
    CHECK(result.totals.coverage.of(Coverage::settlements) == dated);
    CHECK(result.totals.events.at("touched") > 20);
    CHECK(result.checks == result.calls);
    CHECK(result.digest == run_native(scenario, 3).digest);
}

TEST_CASE("the same seed gives the same run, another seed another one", "[runner]")
{
    const auto scenario = sim::test::small_scenario(200);
    const sim::test::TemporaryFolder first;
    const sim::test::TemporaryFolder second;
    const auto once = run_native(scenario, 1, first.path());
    const auto twice = run_native(scenario, 1, second.path());
    CHECK(once.digest == twice.digest);
    CHECK(run_native(scenario, 2).digest != once.digest);
    const RunIdentity identity{.vm = "native", .module_sha256 = ""};
    CHECK(summary_json(scenario, once, identity) == summary_json(scenario, twice, identity));
    CHECK(timeline_csv(scenario, once.rows) == timeline_csv(scenario, twice.rows));
    CHECK(report_html(scenario, once, identity) == report_html(scenario, twice, identity));
    for (const auto* name : {"trace.jsonl", "events.jsonl"})
        CHECK(content_of(first.path(name)) == content_of(second.path(name)));
}

TEST_CASE("a trace replays to its digest, and a changed one does not", "[runner][replay]")
{
    const auto scenario = sim::test::small_scenario(120);
    const sim::test::TemporaryFolder folder;
    const auto result = run_native(scenario, 3, folder.path());
    auto trace = read_trace(folder.path("trace.jsonl"));
    CHECK(trace.digest == result.digest);
    CHECK(trace.calls.size() == result.calls);
    const auto replay = [&trace] {
        const auto made = make_vm(VmKind::native);
        return replay_trace(trace, *made.vm, [](std::uint32_t) {});
    };
    const auto same = replay();
    CHECK(same.fault.empty());
    CHECK(same.digest == result.digest);

    trace.calls.pop_back();
    CHECK_FALSE(replay().fault.empty());
    trace.calls.back().error = 999;
    CHECK_THAT(replay().fault, Catch::Matchers::Contains("the trace says error 999"));
}

TEST_CASE("a run that reaches nothing says which marks it missed", "[runner][coverage]")
{
    const auto scenario = sim::test::small_scenario(2);
    const auto result = run_native(scenario, 1);
    CHECK(result.missed(scenario).size() == scenario.marks.size());
    const RunIdentity identity{.vm = "native", .module_sha256 = ""};
    using Catch::Matchers::Contains;
    CHECK_THAT(
        final_table(scenario, result, identity, "1 s"), Contains("mark missed: liquidations"));
    CHECK_THAT(
        final_table(scenario, result, identity, "1 s"), Contains("mark missed: socialised_losses"));
    CHECK_THAT(report_html(scenario, result, identity), Contains("mark missed"));
    CHECK_THAT(summary_json(scenario, result, identity), Contains("\"marks_judged\": true"));
}

TEST_CASE("the summary states the share of portfolio accounts, if there are any", "[runner]")
{
    auto scenario = sim::test::small_scenario(2);
    const RunIdentity identity{.vm = "native", .module_sha256 = ""};
    using Catch::Matchers::Contains;
    const auto result = run_native(scenario, 1);
    const auto portfolio = result.totals.coverage.of(Coverage::portfolio_accounts);
    const auto all = result.totals.coverage.of(Coverage::accounts);
    REQUIRE(portfolio > 0);
    CHECK_THAT(final_table(scenario, result, identity, "1 s"),
        Contains("of them in portfolio mode  " + std::to_string(portfolio) + " (" +
                 std::to_string(portfolio * 100 / all) + "% of all), 0 liquidated"));
    scenario.option_groups.clear();
    scenario.makers.pop_back();
    scenario.keepers.pop_back();
    CHECK_THAT(final_table(scenario, run_native(scenario, 1), identity, "1 s"),
        !Contains("portfolio mode"));
}

TEST_CASE("a partial run says that its marks are not judged", "[runner][coverage]")
{
    const auto scenario = sim::test::small_scenario(3);
    const auto made = make_vm(VmKind::native);
    const auto result =
        run_scenario(scenario, *made.vm, {.seed = 1, .blocks = 2, .out = {}, .on_block = {}});
    CHECK_FALSE(result.is_whole(scenario));
    const RunIdentity identity{.vm = "native", .module_sha256 = ""};
    using Catch::Matchers::Contains;
    for (const auto& text :
        {final_table(scenario, result, identity, "1 s"), report_html(scenario, result, identity)}) {
        CHECK_THAT(text, Contains("partial run: marks not judged"));
        CHECK_THAT(text, !Contains("mark missed"));
        CHECK_THAT(text, !Contains("marks missed"));
    }
    const auto summary = nlohmann::json::parse(summary_json(scenario, result, identity));
    CHECK(summary.at("marks_judged") == false);
    CHECK(summary.at("scenario_blocks") == 3);
    for (const auto& mark : summary.at("marks"))
        CHECK(mark.at("met").is_null());
}

TEST_CASE("the values of the final table stand below one another", "[report]")
{
    const auto scenario = sim::test::small_scenario(2);
    const auto table = final_table(scenario, run_native(scenario, 1),
        {.vm = "native", .module_sha256 = ""}, "1 s", "out/report.html");
    const auto column = [&table](const std::string& label, const std::string& value) {
        const auto begin = table.find("\n" + label + " ");
        REQUIRE(begin != std::string::npos);
        return table.find(value, begin) - begin;
    };
    CHECK(column("report", "out/report.html") == column("wall time", "1 s"));
}

TEST_CASE("the report stands alone and escapes what a scenario says", "[report]")
{
    auto scenario = sim::test::small_scenario(2);
    scenario.title = "<script>alert(1)</script> & co";
    const auto html =
        report_html(scenario, run_native(scenario, 1), {.vm = "native", .module_sha256 = ""});
    using Catch::Matchers::Contains;
    CHECK_THAT(html, Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"));
    CHECK_THAT(html, !Contains("<script>alert"));
    CHECK_THAT(html, Contains("uPlot"));
    for (const auto* reference : {"src=", "href=", "@import", "url("})
        CHECK_THAT(html, !Contains(reference));
}
