// plimsoll: host-sim/main.cpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. The program: takes a verb, does it, says what came of it by text and exit code.
#include "contract/schema.hpp"
#include "host-sim/agents/account_opening.hpp"
#include "host-sim/gas_table.hpp"
#include "host-sim/margin/command.hpp"
#include "host-sim/options.hpp"
#include "host-sim/output.hpp"
#include "host-sim/progress.hpp"
#include "host-sim/replay.hpp"
#include "host-sim/report/html.hpp"
#include "host-sim/report/summary.hpp"
#include "host-sim/runner.hpp"
#include "host-sim/vm/wasm_vm.hpp"

#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <string>

namespace {

using namespace plimsoll::sim;

/// Wall time for the terminal; it stands in no file.
class Stopwatch
{
public:
    [[nodiscard]] std::string text() const
    {
        const auto elapsed = std::chrono::steady_clock::now() - m_start;
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
        return fmt::format("{}.{:02} s", ms / 1000, ms % 1000 / 10);
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

Exit complain(Exit exit, const std::string& what)
{
    fmt::print(stderr, "plimsoll: {}\n", what);
    return exit;
}

std::string digest_line(VmKind kind, const std::string& digest)
{
    return fmt::format("digest{}: {}\n", kind == VmKind::both ? " native == wasm" : "", digest);
}

Exit run(const Options& options, Vm& vm)
{
    const auto scenario = load_scenario(options.input);
    RunOptions run_options;
    run_options.seed = options.seed.value_or(scenario.seed);
    run_options.blocks = options.blocks.value_or(scenario.blocks);
    if (run_options.blocks == 0 || run_options.blocks > scenario.blocks)
        return complain(Exit::usage, fmt::format("--blocks must be from 1 to {}", scenario.blocks));
    run_options.out = options.out;
    make_folder(options.out);

    fmt::print("{}, seed {}, {} blocks, {}\n", scenario.name, run_options.seed, run_options.blocks,
        options.vm_name);
    const Stopwatch stopwatch;
    RunResult result;
    {
        Progress progress(run_options.blocks);
        run_options.on_block = [&progress](std::uint32_t block) { progress.show(block); };
        result = run_scenario(scenario, vm, run_options);
    }
    const RunIdentity identity{.vm = options.vm_name, .module_sha256 = module_sha256()};
    write_file(options.out + "/summary.json", summary_json(scenario, result, identity));
    write_file(options.out + "/timeline.csv", timeline_csv(scenario, result.rows));
    write_file(options.out + "/report.html", report_html(scenario, result, identity));
    fmt::print("{}",
        final_table(scenario, result, identity, stopwatch.text(), options.out + "/report.html"));
    fmt::print("{}", digest_line(options.vm, result.digest));
    const bool is_short = result.is_whole(scenario) && !result.missed(scenario).empty();
    return is_short ? Exit::mark : Exit::ok;
}

Exit replay(const Options& options, Vm& vm)
{
    const auto trace = read_trace(options.input);
    // A replay takes the messages as they stand: it cannot tell whether this scenario and seed made them.
    fmt::print("{} (header: not verified), {} calls, {}\n", trace.header.scenario,
        trace.calls.size(), options.vm_name);
    const Stopwatch stopwatch;
    ReplayResult result;
    {
        Progress progress(static_cast<std::uint32_t>(trace.calls.size()));
        result = replay_trace(trace, vm, [&progress](std::uint32_t call) { progress.show(call); });
    }
    fmt::print("wall time {}\n", stopwatch.text());
    if (!result.fault.empty())
        return complain(Exit::difference, "the trace was not reproduced: " + result.fault);
    fmt::print("{}", digest_line(options.vm, result.digest));
    return Exit::ok;
}

Exit dispatch(const Options& options)
{
    if (options.verb == Verb::schema) {
        if (options.schema != "messages")
            fmt::print("{}", margin_schema(options.schema));
        else
            fmt::print("{}\n", options.markdown ? plimsoll::contract::reference_page()
                                                : plimsoll::contract::schema_json());
        return Exit::ok;
    }
    if (options.verb == Verb::margin) {
        const auto answer = run_margin(options.margin);
        fmt::print("{}", answer.out);
        fmt::print(stderr, "{}", answer.complaint);
        return static_cast<Exit>(answer.exit);
    }
    if (options.vm != VmKind::native) {
        const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
        if (const auto mismatch = module_mismatch(folder); !mismatch.empty())
            return complain(Exit::difference, mismatch);
    }
    const auto made = make_vm(options.vm);
    if (!made.vm)
        return complain(Exit::usage, made.error);
    if (options.verb == Verb::gas) {
        fmt::print("{}", gas_table(measure_gas(*made.vm)));
        return Exit::ok;
    }
    return options.verb == Verb::replay ? replay(options, *made.vm) : run(options, *made.vm);
}

}  // namespace

int main(int argc, char** argv)
{
    const auto parsed = parse_options(argc, argv);
    if (!parsed.options)
        return static_cast<int>(parsed.exit);
    Exit exit = Exit::ok;
    try {
        exit = dispatch(*parsed.options);
    } catch (const InvariantError& error) {
        exit = complain(Exit::invariant, error.what());
    } catch (const LedgerError& error) {
        exit = complain(Exit::invariant, error.what());
    } catch (const DifferenceError& error) {
        exit = complain(Exit::difference, error.what());
    } catch (const std::exception& error) {
        exit = complain(Exit::usage, error.what());
    }
    return static_cast<int>(exit);
}
