// plimsoll: wasm/tools/wasmcheck.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the doors, tools. The program `wasmcheck`: says why a module would be refused, or sums it
// up.
#include "wasm/tools/checks.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <string>

using namespace plimsoll::tools;

int main(int argc, char** argv)
{
    CLI::App app(
        "Checks a WebAssembly module against the rules of the runtime it is for.", "wasmcheck");
    std::string runtime_name = "cosmwasm";
    std::string path;
    app.add_option("--runtime", runtime_name, "The runtime")
        ->capture_default_str()
        ->check(CLI::IsMember({"cosmwasm"}));
    app.add_option("FILE", path, "The module")->required();
    CLI11_PARSE(app, argc, argv);

    const Runtime* const runtime = runtime_of(runtime_name);
    if (runtime == nullptr) {
        fmt::print(stderr, "wasmcheck: no runtime named {}\n", runtime_name);
        return 1;
    }
    const ReadFile file = read_file(path);
    if (!file.bytes) {
        fmt::print(stderr, "wasmcheck: {}\n", file.error);
        return 1;
    }
    const Verdict verdict = check_module(*file.bytes, *runtime);
    for (const std::string& violation : verdict.violations)
        fmt::print(stderr, "{}: {}\n", path, violation);
    fmt::print("{}: {}\n", path, verdict.summary);
    return verdict.violations.empty() ? 0 : 1;
}
