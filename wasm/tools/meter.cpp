// plimsoll: wasm/tools/meter.cpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the doors, tools. The program `meter`: reads a module, writes it with charges inserted.
#include "wasm/tools/metering.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <ios>
#include <string>

namespace {

using namespace plimsoll::tools;

int fail(const std::string& why)
{
    fmt::print(stderr, "meter: {}\n", why);
    return 1;
}

bool write_file(const std::string& path, const Bytes& bytes)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    for (const std::uint8_t byte : bytes)
        file.put(static_cast<char>(byte));
    file.close();
    return !file.fail();
}

}  // namespace

int main(int argc, char** argv)
{
    CLI::App app(
        "Inserts gas charges into a WebAssembly module, counted in its export __gas.", "meter");
    std::string costs;
    std::string in;
    std::string out;
    app.add_option("--costs", costs, "Whose prices")
        ->required()
        ->check(CLI::IsMember({"count", "cosmwasm", "near", "stylus"}));
    app.add_option("IN", in, "The module")->required();
    app.add_option("OUT", out, "Where the metered module goes")->required();
    CLI11_PARSE(app, argc, argv);

    const auto schedule = schedule_of(costs);
    if (!schedule)
        return fail("no schedule named " + costs);
    const ReadFile file = read_file(in);
    if (!file.bytes)
        return fail(file.error);
    const Metered metered = meter(*file.bytes, *schedule);
    if (!metered.bytes)
        return fail(in + ": " + metered.error);
    if (!write_file(out, *metered.bytes))
        return fail("cannot write " + out);
    fmt::print("{}: {} bytes, {} charges inserted, {} bytes\n", in, file.bytes->size(),
        metered.charges, metered.bytes->size());
    return 0;
}
