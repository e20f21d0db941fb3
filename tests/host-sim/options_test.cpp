// plimsoll: tests/host-sim/options_test.cpp                         SPDX-License-Identifier: Apache-2.0
// The command line: verbs, defaults, and what is refused.
#include "host-sim/options.hpp"

#include "tests/host-sim/support/shipped_scenario.hpp"

#include <catch2/catch.hpp>
#include <vector>

namespace {

using namespace plimsoll::sim;

ParsedOptions parse(std::vector<const char*> arguments)
{
    arguments.insert(arguments.begin(), "plimsoll");
    return parse_options(static_cast<int>(arguments.size()), arguments.data());
}

}  // namespace

TEST_CASE("run takes a scenario and has defaults for the rest", "[options]")
{
    const auto path = plimsoll::sim::test::shipped_scenario_path();
    const auto parsed = parse({"run", path.c_str()});
    REQUIRE(parsed.options);
    CHECK(parsed.options->verb == Verb::run);
    CHECK(parsed.options->input == path);
    CHECK(parsed.options->vm == VmKind::native);
    CHECK_FALSE(parsed.options->seed);
    CHECK_FALSE(parsed.options->blocks);
    CHECK(parsed.options->out == "out");
}

TEST_CASE("every option is read", "[options]")
{
    const auto path = plimsoll::sim::test::shipped_scenario_path();
    const auto parsed = parse({"run", path.c_str(), "--vm", "both", "--seed",
        "18446744073709551615", "--out", "there", "--blocks", "7"});
    REQUIRE(parsed.options);
    CHECK(parsed.options->vm == VmKind::both);
    CHECK(parsed.options->seed == ~std::uint64_t{0});
    CHECK(parsed.options->out == "there");
    CHECK(parsed.options->blocks == 7U);
}

TEST_CASE("replay and schema are verbs", "[options]")
{
    const auto path = plimsoll::sim::test::shipped_scenario_path();
    const auto replay = parse({"replay", path.c_str(), "--vm", "wasm"});
    REQUIRE(replay.options);
    CHECK(replay.options->verb == Verb::replay);
    CHECK(replay.options->vm == VmKind::wasm);
    const auto schema = parse({"schema"});
    REQUIRE(schema.options);
    CHECK(schema.options->verb == Verb::schema);
}

TEST_CASE("margin takes a case, or standard input, or expectations", "[options]")
{
    const auto bare = parse({"margin"});
    REQUIRE(bare.options);
    CHECK(bare.options->verb == Verb::margin);
    CHECK(bare.options->margin.input == "-");
    CHECK_FALSE(bare.options->margin.explain);
    const auto explained = parse({"margin", "--explain", "case.json"});
    REQUIRE(explained.options);
    CHECK(explained.options->margin.input == "case.json");
    CHECK(explained.options->margin.explain);
    const auto expected = parse({"margin", "--expect", "folder"});
    REQUIRE(expected.options);
    CHECK(expected.options->margin.expect == "folder");
    CHECK(parse({"margin", "case.json", "--expect", "folder"}).exit == Exit::usage);
    CHECK(parse({"margin", "--explain", "--expect", "folder"}).exit == Exit::usage);
    CHECK(parse({"margin", "a.json", "b.json"}).exit == Exit::usage);
}

TEST_CASE("schema is told of what", "[options]")
{
    CHECK(parse({"schema"}).options->schema == "messages");
    const auto of_case = parse({"schema", "margin-case"});
    REQUIRE(of_case.options);
    CHECK(of_case.options->schema == "margin-case");
    CHECK(parse({"schema", "weather"}).exit == Exit::usage);
}

TEST_CASE("the reference page is of messages only", "[options]")
{
    CHECK(parse({"schema", "--markdown"}).options);
    CHECK(parse({"schema", "messages", "--markdown"}).options);
    CHECK(parse({"schema", "margin-case", "--markdown"}).exit == Exit::usage);
}

TEST_CASE("what is wrong is refused as usage, help is not wrong", "[options]")
{
    const auto path = plimsoll::sim::test::shipped_scenario_path();
    for (const auto& wrong : std::vector<std::vector<const char*>>{{}, {"fly"}, {"run"},
             {"run", "/nowhere.json"}, {"run", path.c_str(), "--vm", "jvm"},
             {"run", path.c_str(), "--seed", "-1"}, {"run", path.c_str(), "--speed", "9"}}) {
        const auto parsed = parse(wrong);
        CHECK_FALSE(parsed.options);
        CHECK(parsed.exit == Exit::usage);
    }
    const auto path_and = [&path](const char* option, const char* value) {
        return parse({"run", path.c_str(), option, value});
    };
    for (const auto* number :
        {"18446744073709551616", "99999999999999999999999", "", "+1", "0x10", "1.5", " 1", "1e3"}) {
        CAPTURE(number);
        CHECK(path_and("--seed", number).exit == Exit::usage);
    }
    CHECK(path_and("--blocks", "4294967296").exit == Exit::usage);
    const auto greatest = path_and("--blocks", "4294967295");
    REQUIRE(greatest.options);
    CHECK(greatest.options->blocks == ~std::uint32_t{0});
    const auto padded = path_and("--seed", "010");
    REQUIRE(padded.options);
    CHECK(padded.options->seed == 10U);
    const auto version = parse({"--version"});
    CHECK_FALSE(version.options);
    CHECK(version.exit == Exit::ok);
    const auto help = parse({"run", "--help"});
    CHECK_FALSE(help.options);
    CHECK(help.exit == Exit::ok);
}
