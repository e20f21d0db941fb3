// plimsoll: host-sim/options.cpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See options.hpp.
#include "host-sim/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fmt/format.h>
#include <limits>
#include <system_error>

namespace plimsoll::sim {
namespace {

constexpr const char* DESCRIPTION =
    "plimsoll: a margin engine in a wind tunnel.\n"
    "Runs the contract against simulated prices, traders and keepers, in integers only: the same\n"
    "scenario and seed give the same digest on every machine.";

constexpr const char* FOOTER =
    "Exit codes: 0 all is well; 1 the command line, a scenario or a file is wrong; 2 an invariant\n"
    "was broken or the contract trapped; 3 two machines differ, or a trace was not reproduced;\n"
    "4 a coverage mark of the scenario was missed. The verb margin has its own.";

constexpr const char* VM_HELP =
    "which machine runs the contract: native (compiled in),\n"
    "wasm (the deployed bytes, metered and translated by\n"
    "wasm2c), or both (stops at the first block after which\n"
    "they differ)";

/// An option that is a decimal whole number. Read here and not by the library, which wraps a minus sign
/// around, cuts what is too great, and takes a leading zero for octal.
template <class Number>
void add_whole_number(
    CLI::App& verb, const std::string& name, std::optional<Number>& target, const std::string& help)
{
    const auto read = [name, &target](const std::string& text) {
        Number number = 0;
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        if (error != std::errc() || stop != end) {
            throw CLI::ValidationError(
                name, fmt::format("\"{}\" is not a whole number from 0 to {}", text,
                          std::numeric_limits<Number>::max()));
        }
        target = number;
    };
    verb.add_option_function<std::string>(name, read, help)->type_name("NUMBER");
}

/// The first word that is no verb, when no verb was found; empty otherwise.
std::string unknown_verb(const CLI::App& app)
{
    const auto rest = app.remaining();
    const auto is_word = [](const std::string& text) { return !text.starts_with('-'); };
    const auto word = std::find_if(rest.begin(), rest.end(), is_word);
    return app.get_subcommands().empty() && word != rest.end() ? *word : std::string();
}

void add_vm(CLI::App& verb, Options& options)
{
    verb.add_option("--vm", options.vm_name, VM_HELP)
        ->check(CLI::IsMember({"native", "wasm", "both"}))
        ->capture_default_str();
}

CLI::App* add_margin(CLI::App& app, MarginCommand& command)
{
    auto* margin = app.add_subcommand(
        "margin", "Compute the margin of an account from a file,\nsee docs/margin-calculator.md");
    auto* input = margin->add_option(
        "CASE", command.input, "case file; \"-\" (the default) is standard input");
    auto* explain =
        margin->add_flag("--explain", command.explain, "a report for people instead of JSON");
    margin
        ->add_option("--expect", command.expect,
            "compare with the reports that a file, or each *.json\n"
            "of a folder, expects: {\"case\", \"report\"};\n"
            "\"-\" is standard input")
        ->type_name("PATH")
        ->excludes(input)
        ->excludes(explain);
    margin->footer(
        "Exit codes: 0 all is well; 1 the case is invalid, or a report is not as expected;\n"
        "2 a file cannot be read.");
    return margin;
}

}  // namespace

ParsedOptions parse_options(int argc, const char* const* argv)
{
    Options options;
    CLI::App app(DESCRIPTION, "plimsoll");
    app.footer(FOOTER);
    app.require_subcommand(1);
    app.set_version_flag("--version", "plimsoll " PLIMSOLL_VERSION, "Print the version and exit");

    auto* run = app.add_subcommand("run",
        "Run a scenario and write summary.json, timeline.csv,\n"
        "events.jsonl, trace.jsonl and report.html");
    run->add_option("SCENARIO", options.input, "scenario file, see docs/scenarios.md")
        ->required()
        ->check(CLI::ExistingFile);
    add_vm(*run, options);
    add_whole_number(
        *run, "--seed", options.seed, "seed of the whole run (default: the scenario's)");
    run->add_option("--out", options.out, "folder for the results; made when it is missing")
        ->capture_default_str();
    add_whole_number(*run, "--blocks", options.blocks,
        "stop after this many blocks (default: all; coverage\n"
        "marks are judged only then)");

    auto* replay = app.add_subcommand(
        "replay", "Send every message of a trace again and compare errors and digest");
    replay->add_option("TRACE", options.input, "trace.jsonl of a run")
        ->required()
        ->check(CLI::ExistingFile);
    add_vm(*replay, options);

    auto* schema = app.add_subcommand("schema",
        "Print the JSON Schema of the contract's messages, or of a margin\n"
        "case or report, to standard output");
    schema->add_option("OF", options.schema, "messages, margin-case or margin-report")
        ->check(CLI::IsMember({"messages", "margin-case", "margin-report"}))
        ->capture_default_str();
    schema->add_flag("--markdown", options.markdown, "print the reference page docs/messages.md");

    auto* gas = app.add_subcommand("gas",
        "Measure what the contract's calls cost on a CosmWasm chain,\non the deployed bytes");

    auto* margin = add_margin(app, options.margin);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (const auto word = unknown_verb(app); !word.empty() && error.get_exit_code() != 0) {
            fmt::print(stderr,
                "\"{}\" is unknown; the verbs are run, replay, margin, schema and gas\n"
                "Run with --help for more information.\n",
                word);
            return {std::nullopt, Exit::usage};
        }
        return {std::nullopt, app.exit(error) == 0 ? Exit::ok : Exit::usage};
    }
    if (options.markdown && options.schema != "messages") {
        fmt::print(stderr, "--markdown goes with messages, not with {}\n", options.schema);
        return {std::nullopt, Exit::usage};
    }
    options.verb = schema->parsed()   ? Verb::schema
                   : gas->parsed()    ? Verb::gas
                   : margin->parsed() ? Verb::margin
                   : replay->parsed() ? Verb::replay
                                      : Verb::run;
    if (options.verb == Verb::gas)
        options.vm_name = "wasm";
    options.vm = vm_kind_of(options.vm_name).value_or(VmKind::native);
    return {std::move(options), Exit::ok};
}

}  // namespace plimsoll::sim
