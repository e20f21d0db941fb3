// plimsoll: tests/host-sim/trace_test.cpp                           SPDX-License-Identifier: Apache-2.0
// trace.jsonl: what is written reads back the same, and damage is named by its line.
#include "host-sim/trace.hpp"

#include "tests/host-sim/support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <fstream>

namespace {

using namespace plimsoll::sim;

Call sample_call()
{
    return {.kind = CallKind::execute,
        .height = 7,
        .time_s = 1583971620,
        .sender = "traderone",
        .funds = {{"uusdc", 12'345'678}, {"aeth", plimsoll::num::i128{1} << 100}},
        .message = R"({"deposit":{"account":1}})"};
}

void write_sample(const std::string& path)
{
    TraceWriter writer(path, {.scenario = "s",
                                 .scenario_sha256 = "00",
                                 .seed = ~std::uint64_t{0},
                                 .contract_address = "plimsoll_contract"});
    writer.on_call(sample_call(), {});
    writer.on_call(sample_call(), {.code = 300, .error = "300 no_such_account", .events = {}});
    writer.finish("abcd");
}

std::string fault_of(const std::string& path)
{
    try {
        (void)read_trace(path);
    } catch (const TraceError& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("a trace reads back as it was written", "[trace]")
{
    const test::TemporaryFolder folder;
    const auto path = folder.path("trace.jsonl");
    write_sample(path);
    const auto trace = read_trace(path);
    CHECK(trace.header.seed == ~std::uint64_t{0});
    CHECK(trace.header.contract_address == "plimsoll_contract");
    CHECK(trace.digest == "abcd");
    REQUIRE(trace.calls.size() == 2);
    const auto& call = trace.calls[0].call;
    CHECK(call.message == sample_call().message);
    CHECK(call.sender == "traderone");
    CHECK(call.height == 7);
    CHECK(call.time_s == 1583971620);
    REQUIRE(call.funds.size() == 2);
    CHECK(call.funds[1].amount == plimsoll::num::i128{1} << 100);
    CHECK(trace.calls[0].error == 0);
    CHECK(trace.calls[1].error == 300);
}

TEST_CASE("a damaged trace is refused with its line", "[trace]")
{
    const test::TemporaryFolder folder;
    const auto path = folder.path("trace.jsonl");
    write_sample(path);
    std::ifstream whole(path);
    std::string header;
    std::string first;
    std::getline(whole, header);
    std::getline(whole, first);
    const auto damaged = folder.path("damaged.jsonl");
    const auto with = [&damaged](const std::string& text) {
        std::ofstream(damaged, std::ios::trunc) << text;
        return fault_of(damaged);
    };
    using Catch::Matchers::Contains;
    CHECK_THAT(with(header + "\n" + first + "\n"), Contains("has no last line with a digest"));
    CHECK_THAT(with(header + "\n{\n"), Contains("line 2"));
    CHECK_THAT(with("{\"format\":\"other\"}\n"), Contains("line 1"));
    CHECK_THAT(
        with(header + "\n{\"digest\":\"aa\",\"calls\":1}\n"), Contains("the number of calls"));
    CHECK_THAT(fault_of(folder.path("absent.jsonl")), Contains("cannot be read"));

    const auto call_with = [&](const std::string& from, const std::string& to) {
        auto changed = first;
        const auto at = changed.find(from);
        REQUIRE(at != std::string::npos);
        return with(header + "\n" + changed.replace(at, from.size(), to) + "\n");
    };
    CHECK_THAT(call_with("\"execute\"", "\"query\""), Contains("\"query\" is no kind of call"));
    CHECK_THAT(call_with("\"kind\"", "\"gas\":1,\"kind\""), Contains("has no field \"gas\""));
    CHECK_THAT(call_with("\"denom\"", "\"memo\":1,\"denom\""), Contains("has no field \"memo\""));
    CHECK_THAT(call_with("\"height\":7", "\"height\":4294967303"),
        Contains("height must be a whole number from 0 to 4294967295"));
    CHECK_THAT(call_with("\"height\":7", "\"height\":7,\"height\":8"), Contains("given twice"));
    const auto missing = call_with("\"height\":7,", "");
    CHECK_THAT(missing, Contains("height"));
    CHECK_THAT(missing, !Contains("json.exception"));
    CHECK_THAT(with(header + "\n{\"digest\":\"aa\",\"calls\":0}\n" + first + "\n"),
        Contains("stands after the line with the digest"));
}
