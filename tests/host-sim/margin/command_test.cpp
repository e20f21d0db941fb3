// plimsoll: tests/host-sim/margin/command_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The verb `margin`: exit codes, what goes where, the mode --expect.
#include "host-sim/margin/command.hpp"

#include "host-sim/margin/report.hpp"
#include "tests/host-sim/margin/example.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

namespace {

using namespace plimsoll::sim;
using nlohmann::json;
namespace fs = std::filesystem;

/// A folder that is gone afterwards.
class Folder
{
public:
    Folder() : m_path(fs::temp_directory_path() / "plimsoll_margin_command_test")
    {
        fs::remove_all(m_path);
        fs::create_directories(m_path);
    }
    ~Folder() { fs::remove_all(m_path); }

    std::string write(const std::string& name, const std::string& content) const
    {
        std::ofstream(m_path / name) << content;
        return (m_path / name).string();
    }
    [[nodiscard]] std::string path() const { return m_path.string(); }

private:
    fs::path m_path;
};

MarginAnswer answer(const std::string& input, bool explain = false)
{
    return run_margin({.input = input, .explain = explain, .expect = {}});
}

MarginAnswer expect(const std::string& path)
{
    return run_margin({.input = "-", .explain = false, .expect = path});
}

/// A vector of an example, as it should be.
json vector_of(const std::string& name)
{
    const auto input = test::example(name);
    const auto margin_case = read_case(input);
    return {{"name", name}, {"case", input},
        {"report", report_json(margin_case, evaluate(margin_case), ReportScope::margin)}};
}

}  // namespace

TEST_CASE("a case gives a report and exit code 0", "[margin][command]")
{
    const auto result = answer(test::example_path("standard-perps"));
    CHECK(result.exit == MARGIN_OK);
    CHECK(result.complaint.empty());
    CHECK(json::parse(result.out)["initial"]["health"] == "4100");
    CHECK(result.out.ends_with("}\n"));
}

TEST_CASE("a dash is standard input", "[margin][command]")
{
    const auto with_input = [](const json& input, const MarginCommand& command) {
        std::istringstream text(input.dump());
        auto* const before = std::cin.rdbuf(text.rdbuf());
        auto result = run_margin(command);
        std::cin.rdbuf(before);
        return result;
    };
    const auto input = test::example("standard-perps");
    const auto of_file = answer(test::example_path("standard-perps"));
    CHECK(with_input(input, {.input = "-", .explain = false, .expect = {}}).out == of_file.out);
    const auto explained = with_input(input, {.input = "-", .explain = true, .expect = {}});
    CHECK_THAT(explained.out, Catch::StartsWith("Standard margin on "));
    const auto compared =
        with_input(vector_of("standard-perps"), {.input = "-", .explain = false, .expect = "-"});
    CHECK(compared.exit == MARGIN_OK);
    CHECK_THAT(compared.out, Catch::StartsWith("ok    - 0\n"));
}

TEST_CASE("an invalid case gives an error and exit code 1", "[margin][command]")
{
    const Folder folder;
    const auto path = folder.write("bad.json", R"({"now": 1})");
    const auto result = answer(path);
    CHECK(result.exit == MARGIN_REFUSED);
    CHECK(json::parse(result.out) == json{{"error", "the field \"mode\" is missing"}});
    const auto text = answer(path, true);
    CHECK(text.exit == MARGIN_REFUSED);
    CHECK(text.out.empty());
    CHECK(text.complaint == "plimsoll: invalid case: the field \"mode\" is missing\n");
    const auto twice = answer(folder.write("twice.json", R"({"now": 1, "now": 2})"));
    CHECK(twice.exit == MARGIN_REFUSED);
    CHECK_THAT(twice.out, Catch::Contains("the field \\\"now\\\" is given twice"));
    CHECK(answer(folder.write("no.json", "{")).exit == MARGIN_REFUSED);
}

TEST_CASE("a file that cannot be read has exit code 2", "[margin][command]")
{
    const Folder folder;
    for (const auto& path : {folder.path(), folder.path() + "/none.json"}) {
        const auto result = answer(path);
        CHECK(result.exit == MARGIN_UNREADABLE);
        CHECK(result.complaint == "plimsoll: " + path + ": cannot be read\n");
    }
    CHECK(expect(folder.path() + "/none").exit == MARGIN_UNREADABLE);
    const auto empty = expect(folder.path());
    CHECK(empty.exit == MARGIN_UNREADABLE);
    CHECK_THAT(empty.complaint, Catch::Contains("holds no *.json"));
}

TEST_CASE("reports as expected have exit code 0", "[margin][command]")
{
    const Folder folder;
    for (const char* name : {"hedged-pair", "short-strangle", "standard-perps"})
        folder.write(std::string(name) + ".json", vector_of(name).dump());
    folder.write("unlike.txt", "not read");
    json refused = {{"case", json::object()}, {"report", {{"error", "of any text"}}}};
    folder.write("refused.json", refused.dump());
    const auto result = expect(folder.path());
    CHECK(result.exit == MARGIN_OK);
    CHECK_THAT(result.out, Catch::Contains("ok    hedged-pair 0\n"));
    CHECK_THAT(result.out, Catch::Contains("ok    refused (refused, as expected)\n"));
    CHECK_THAT(result.out,
        Catch::Contains("4 files: 4 ok, 0 differ, 0 unreadable; 1 refused as expected\n"));
}

TEST_CASE("a report that differs has exit code 1 and says where", "[margin][command]")
{
    const Folder folder;
    auto vector = vector_of("standard-perps");
    vector["report"]["initial"]["requirement"] = "9601";
    const auto path = folder.write("differs.json", vector.dump());
    const auto result = expect(path);
    CHECK(result.exit == MARGIN_REFUSED);
    CHECK_THAT(result.out,
        Catch::Contains("FAIL  differs\n      initial.requirement: expected 9601, got 9600\n"));
    CHECK_THAT(result.out, Catch::Contains("1 numbers favour the account"));
    vector = vector_of("standard-perps");
    vector["report"] = json{{"error", "expected"}};
    folder.write("differs.json", vector.dump());
    CHECK_THAT(expect(path).out, Catch::Contains("expected a refusal"));
}

TEST_CASE("an exact report forgives no unit in the account's favour", "[margin][command]")
{
    const Folder folder;
    auto vector = vector_of("standard-perps");
    vector["report"]["initial"]["health"] = "4099.999999999999999999";
    CHECK(expect(folder.write("a.json", vector.dump())).exit == MARGIN_OK);
    vector["exact"] = true;
    const auto result = expect(folder.write("a.json", vector.dump()));
    CHECK(result.exit == MARGIN_REFUSED);
    CHECK_THAT(result.out, Catch::Contains("initial.health: favours the account"));
}

TEST_CASE("a file that is no vector is told apart from one that differs", "[margin][command]")
{
    const Folder folder;
    folder.write("a.json", vector_of("standard-perps").dump());
    folder.write("b.json", R"({"case": {}})");
    folder.write("c.json", "[");
    folder.write("d.json", "[]");
    const auto result = expect(folder.path());
    CHECK(result.exit == MARGIN_UNREADABLE);
    CHECK_THAT(result.out, Catch::Contains("4 files: 1 ok, 0 differ, 3 unreadable"));
    CHECK_THAT(result.complaint, Catch::StartsWith("plimsoll: b: must be an object"));
}

TEST_CASE("a vector says what is wrong with itself", "[margin][command]")
{
    const Folder folder;
    const auto complaint = [&folder](const char* name, const json& value) {
        auto vector = vector_of("standard-perps");
        vector[name] = value;
        const auto result = expect(folder.write("v.json", vector.dump()));
        CHECK(result.exit == MARGIN_UNREADABLE);
        return result.complaint;
    };
    CHECK(complaint("slck", "1") == "plimsoll: v: has no field \"slck\"\n");
    CHECK(complaint("exact", "yes") == "plimsoll: v: exact: must be true or false\n");
    CHECK_THAT(complaint("slack", 0.5), Catch::Contains("slack: must be a decimal string"));
    CHECK_THAT(complaint("slack", "-1"), Catch::Contains("slack: out of range: from 0 to"));
    CHECK_THAT(complaint("report", json::object()), Catch::Contains("report: must be an object"));
    CHECK_THAT(complaint("report", 5), Catch::Contains("report: must be an object"));
    const json nothing = {{"initial", json::object()}};
    CHECK_THAT(complaint("report", nothing), Catch::Contains("report: has no number in it"));
}

TEST_CASE("an expected number must be a decimal string", "[margin][command]")
{
    const Folder folder;
    auto vector = vector_of("standard-perps");
    vector["report"]["initial"]["requirement"] = 9600;
    const auto result = expect(folder.write("number.json", vector.dump()));
    CHECK(result.exit == MARGIN_REFUSED);
    CHECK_THAT(result.out,
        Catch::Contains("initial.requirement: a decimal string is expected, such as \"9600\", not "
                        "the JSON number 9600\n"));
}

TEST_CASE("both schemas are JSON", "[margin][command]")
{
    CHECK(json::parse(margin_schema("margin-case"))["title"] == "plimsoll margin case");
    CHECK(json::parse(margin_schema("margin-report"))["title"] == "plimsoll margin report");
}
