// plimsoll: host-sim/options.cpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See options.hpp.
#include "host-sim/options.hpp"

#include <CLI/CLI.hpp>

namespace plimsoll::sim {
namespace {

constexpr const char* DESCRIPTION =
    "plimsoll: a margin engine in a wind tunnel.\n"
    "Runs the contract against simulated prices, traders and keepers, in integers only: the same\n"
    "scenario and seed give the same digest on every machine.";

constexpr const char* FOOTER =
    "Exit codes: 0 all is well; 1 the command line, a scenario or a file is wrong; 2 an invariant "
    "was\n"
    "broken or the contract trapped; 3 two machines differ, or a trace was not reproduced; 4 a "
    "coverage\n"
    "mark of the scenario was missed.";

constexpr const char* VM_HELP =
    "which machine runs the contract: native (compiled in), wasm (the deployed bytes, metered and\n"
    "translated by wasm2c), or both (stops at the first block after which they differ)";

/// Digits only: the library would take a minus sign and wrap it around.
std::string whole_number(const std::string& text)
{
    const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
    return digits && !text.empty() ? std::string() : "must be a whole number";
}

void add_vm(CLI::App& verb, Options& options)
{
    verb.add_option("--vm", options.vm_name, VM_HELP)
        ->check(CLI::IsMember({"native", "wasm", "both"}))
        ->capture_default_str();
}

}  // namespace

ParsedOptions parse_options(int argc, const char* const* argv)
{
    Options options;
    CLI::App app(DESCRIPTION, "plimsoll");
    app.footer(FOOTER);
    app.require_subcommand(1);

    auto* run = app.add_subcommand("run",
        "Run a scenario and write summary.json, timeline.csv,\n"
        "events.jsonl, trace.jsonl and report.html");
    run->add_option("SCENARIO", options.input, "scenario file, see docs/scenarios.md")
        ->required()
        ->check(CLI::ExistingFile);
    add_vm(*run, options);
    run->add_option("--seed", options.seed, "seed of the whole run (default: the scenario's)")
        ->check(whole_number);
    run->add_option("--out", options.out, "folder for the results; made when it is missing")
        ->capture_default_str();
    run->add_option("--blocks", options.blocks,
           "stop after this many blocks (default: all; marks count only then)")
        ->check(whole_number);

    auto* replay = app.add_subcommand(
        "replay", "Send every message of a trace again and compare errors and digest");
    replay->add_option("TRACE", options.input, "trace.jsonl of a run")
        ->required()
        ->check(CLI::ExistingFile);
    add_vm(*replay, options);

    auto* schema = app.add_subcommand(
        "schema", "Print the JSON Schema of the contract's messages to standard output");
    schema->add_flag("--markdown", options.markdown, "print the reference page docs/messages.md");

    auto* gas = app.add_subcommand(
        "gas", "Measure what the contract's calls cost on a CosmWasm chain, on the deployed bytes");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return {std::nullopt, app.exit(error) == 0 ? Exit::ok : Exit::usage};
    }
    options.verb = schema->parsed()   ? Verb::schema
                   : gas->parsed()    ? Verb::gas
                   : replay->parsed() ? Verb::replay
                                      : Verb::run;
    if (options.verb == Verb::gas)
        options.vm_name = "wasm";
    options.vm = vm_kind_of(options.vm_name).value_or(VmKind::native);
    return {std::move(options), Exit::ok};
}

}  // namespace plimsoll::sim
