// plimsoll: host-sim/trace.cpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See trace.hpp.
#include "host-sim/trace.hpp"

#include "host-sim/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace plimsoll::sim {
namespace {

using nlohmann::json;

constexpr std::string_view FORMAT = "plimsoll-trace-1";

std::string_view kind_name(CallKind kind)
{
    return kind == CallKind::instantiate ? "instantiate" : "execute";
}

Call read_call(const json& line)
{
    Call call;
    call.kind = line.at("kind") == "instantiate" ? CallKind::instantiate : CallKind::execute;
    call.height = line.at("height").get<std::uint32_t>();
    call.time_s = line.at("time").get<std::uint64_t>();
    call.sender = line.at("sender").get<std::string>();
    call.message = line.at("message").get<std::string>();
    for (const auto& coin : line.at("funds")) {
        const auto amount = num::parse_integer(coin.at("amount").get<std::string>());
        if (!amount)
            throw TraceError("an amount is no whole number");
        call.funds.push_back({coin.at("denom").get<std::string>(), *amount});
    }
    return call;
}

TraceHeader read_header(const json& line)
{
    if (line.at("format") != FORMAT)
        throw TraceError(fmt::format("the format is not \"{}\"", FORMAT));
    return {.scenario = line.at("scenario").get<std::string>(),
        .scenario_sha256 = line.at("scenario_sha256").get<std::string>(),
        .seed = line.at("seed").get<std::uint64_t>(),
        .contract_address = line.at("contract").get<std::string>()};
}

}  // namespace

TraceWriter::TraceWriter(const std::string& path, const TraceHeader& header)
  : m_path(path), m_file(path, std::ios::binary | std::ios::trunc)
{
    m_file << json{{"format", FORMAT}, {"scenario", header.scenario},
                  {"scenario_sha256", header.scenario_sha256}, {"seed", header.seed},
                  {"contract", header.contract_address}}
                  .dump()
           << '\n';
    if (!m_file)
        throw TraceError(fmt::format("trace: \"{}\" cannot be written", path));
}

void TraceWriter::on_call(const Call& call, const Receipt& receipt)
{
    json funds = json::array();
    for (const auto& coin : call.funds)
        funds.push_back({{"denom", coin.denom}, {"amount", amount_text(coin.amount)}});
    // A message may hold any bytes; those that are no UTF-8 would not survive in JSON. The agents of
    // this program send ASCII only, and dump() throws on anything else rather than changing it.
    m_file << json{{"kind", kind_name(call.kind)}, {"height", call.height}, {"time", call.time_s},
                  {"sender", call.sender}, {"funds", std::move(funds)}, {"message", call.message},
                  {"error", receipt.code}}
                  .dump()
           << '\n';
    m_count += 1;
}

void TraceWriter::finish(std::string_view digest)
{
    m_file << json{{"digest", digest}, {"calls", m_count}}.dump() << '\n';
    m_file.close();
    if (!m_file)
        throw TraceError(fmt::format("trace: \"{}\" cannot be written", m_path));
}

Trace read_trace(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw TraceError(fmt::format("trace: \"{}\" cannot be read", path));
    Trace trace;
    std::string line;
    std::uint64_t number = 0;
    while (std::getline(file, line)) {
        ++number;
        try {
            const auto parsed = json::parse(line);
            if (number == 1) {
                trace.header = read_header(parsed);
            } else if (parsed.contains("digest")) {
                trace.digest = parsed.at("digest").get<std::string>();
                if (parsed.at("calls").get<std::uint64_t>() != trace.calls.size())
                    throw TraceError("the number of calls is not what the last line says");
            } else {
                trace.calls.push_back({read_call(parsed), parsed.at("error").get<std::uint32_t>()});
            }
        } catch (const std::exception& error) {
            throw TraceError(fmt::format("trace: \"{}\" line {}: {}", path, number, error.what()));
        }
    }
    if (trace.digest.empty())
        throw TraceError(fmt::format("trace: \"{}\" has no last line with a digest", path));
    return trace;
}

}  // namespace plimsoll::sim
