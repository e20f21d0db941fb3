// plimsoll: tests/wasm/tools/diff_metering_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. meter against an independent metering pass in JavaScript whose gas
// equals cosmwasm-vm's own published numbers. That pass is optional material beside the checkout:
// without it, or without Node or the module, the test says so and passes.
#include "wasm/tools/metering.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <string>
#include <unistd.h>
#include <utility>

using namespace plimsoll::tools;

namespace {

namespace fs = std::filesystem;

const fs::path SOURCE_DIR = PLIMSOLL_SOURCE_DIR;

// Takes its files along when the test is over.
class Scratch
{
public:
    Scratch() : m_path(fs::temp_directory_path() / ("plimsoll_meter_" + std::to_string(getpid())))
    {
        fs::create_directories(m_path);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { fs::remove_all(m_path); }

    [[nodiscard]] fs::path file(const std::string& name) const { return m_path / name; }

private:
    fs::path m_path;
};

}  // namespace

TEST_CASE("meter: our module comes out as from the independent pass, byte for byte")
{
    const fs::path pass = SOURCE_DIR.parent_path() / "shared" / "prototypes" / "metering_pass.mjs";
    const fs::path module = SOURCE_DIR / "build" / "wasm" / "plimsoll_cosmwasm.wasm";
    if (!fs::exists(pass) || !fs::exists(module) ||
        std::system("node --version > /dev/null") != 0) {
        WARN("skipped: needs node, the built module and the independent pass, and one is absent");
        return;
    }
    const Scratch scratch;
    const fs::path script = scratch.file("run.mjs");
    // The pass would take its own command line if its file name were the script's.
    std::ofstream(script) << "import fs from 'node:fs';\n"
                             "const [,, pass, module, mode, out] = process.argv;\n"
                             "const { meter } = await import(pass);\n"
                             "fs.writeFileSync(out, meter(fs.readFileSync(module), mode).wasm);\n";
    const ReadFile original = read_file(module.string());
    REQUIRE(original.bytes);
    const std::pair<Schedule, std::string> schedules[] = {{Schedule::count, "ops"},
        {Schedule::cosmwasm, "cosmwasm"}, {Schedule::near, "near"}, {Schedule::stylus, "stylus"}};
    for (const auto& [schedule, mode] : schedules) {
        const fs::path out = scratch.file(mode + ".wasm");
        const std::string command = "node '" + script.string() + "' '" + pass.string() + "' '" +
                                    module.string() + "' " + mode + " '" + out.string() + "'";
        REQUIRE(std::system(command.c_str()) == 0);
        const ReadFile theirs = read_file(out.string());
        const Metered ours = meter(*original.bytes, schedule);
        REQUIRE(theirs.bytes);
        REQUIRE(ours.bytes);
        INFO(mode);
        CHECK(*ours.bytes == *theirs.bytes);
    }
}
