// plimsoll: host-sim/metrics/event_log.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, metrics. See event_log.hpp.
#include "host-sim/metrics/event_log.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace plimsoll::sim {

EventLog::EventLog(const std::string& path)
  : m_path(path), m_file(path, std::ios::binary | std::ios::trunc)
{
    if (!m_file)
        throw std::runtime_error(fmt::format("\"{}\" cannot be written", path));
}

void EventLog::on_call(const Call& call, const Receipt& receipt)
{
    for (const auto& event : receipt.events) {
        nlohmann::ordered_json line{
            {"height", call.height}, {"time", call.time_s}, {"type", event.type}};
        for (const auto& attribute : event.attributes)
            line[attribute.key] = attribute.value;
        m_file << line.dump() << '\n';
    }
}

void EventLog::finish()
{
    m_file.close();
    if (!m_file)
        throw std::runtime_error(fmt::format("\"{}\" cannot be written", m_path));
}

}  // namespace plimsoll::sim
