// plimsoll: host-sim/trace.cpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See trace.hpp.
#include "host-sim/trace.hpp"

#include "host-sim/json_text.hpp"
#include "host-sim/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>

namespace plimsoll::sim {
namespace {

using nlohmann::json;

constexpr std::string_view FORMAT = "plimsoll-trace-1";

std::string_view kind_name(CallKind kind)
{
    return kind == CallKind::instantiate ? "instantiate" : "execute";
}

CallKind kind_of(const std::string& name)
{
    for (const auto kind : {CallKind::instantiate, CallKind::execute}) {
        if (name == kind_name(kind))
            return kind;
    }
    throw TraceError(fmt::format("\"{}\" is no kind of call", name));
}

/// What nobody reads cannot be replayed, so it is refused rather than dropped.
void refuse_unknown(const json& object, std::initializer_list<std::string_view> known)
{
    if (!object.is_object())
        throw TraceError("must be an object");
    for (const auto& [name, value] : object.items()) {
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw TraceError(fmt::format("has no field \"{}\"", name));
    }
}

/// The library would wrap a minus sign around and cut what is too great.
template <class Number>
Number read_number(const json& object, const char* name)
{
    const auto& value = object.at(name);
    constexpr auto GREATEST = std::numeric_limits<Number>::max();
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > GREATEST)
        throw TraceError(fmt::format("{} must be a whole number from 0 to {}", name, GREATEST));
    return static_cast<Number>(value.get<std::uint64_t>());
}

Call read_call(const json& line)
{
    refuse_unknown(line, {"kind", "height", "time", "sender", "funds", "message", "error"});
    Call call;
    call.kind = kind_of(line.at("kind").get<std::string>());
    call.height = read_number<std::uint32_t>(line, "height");
    call.time_s = read_number<std::uint64_t>(line, "time");
    call.sender = line.at("sender").get<std::string>();
    call.message = line.at("message").get<std::string>();
    for (const auto& coin : line.at("funds")) {
        refuse_unknown(coin, {"denom", "amount"});
        const auto amount = num::parse_integer(coin.at("amount").get<std::string>());
        if (!amount)
            throw TraceError("an amount is no whole number");
        call.funds.push_back({coin.at("denom").get<std::string>(), *amount});
    }
    return call;
}

TraceHeader read_header(const json& line)
{
    if (!line.is_object())
        throw TraceError("must be an object");
    if (line.at("format") != FORMAT)
        throw TraceError(fmt::format("the format is not \"{}\"", FORMAT));
    refuse_unknown(line, {"format", "scenario", "scenario_sha256", "seed", "contract"});
    return {.scenario = line.at("scenario").get<std::string>(),
        .scenario_sha256 = line.at("scenario_sha256").get<std::string>(),
        .seed = read_number<std::uint64_t>(line, "seed"),
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
            const auto parsed = parse_json(line);
            if (!trace.digest.empty())
                throw TraceError("stands after the line with the digest");
            if (number == 1) {
                trace.header = read_header(parsed);
            } else if (parsed.contains("digest")) {
                refuse_unknown(parsed, {"digest", "calls"});
                trace.digest = parsed.at("digest").get<std::string>();
                if (read_number<std::uint64_t>(parsed, "calls") != trace.calls.size())
                    throw TraceError("the number of calls is not what the last line says");
            } else {
                trace.calls.push_back(
                    {read_call(parsed), read_number<std::uint32_t>(parsed, "error")});
            }
        } catch (const json::exception& error) {
            throw TraceError(
                fmt::format("trace: \"{}\" line {}: {}", path, number, plain_text(error)));
        } catch (const std::runtime_error& error) {
            throw TraceError(fmt::format("trace: \"{}\" line {}: {}", path, number, error.what()));
        }
    }
    if (trace.digest.empty())
        throw TraceError(fmt::format("trace: \"{}\" has no last line with a digest", path));
    return trace;
}

}  // namespace plimsoll::sim
