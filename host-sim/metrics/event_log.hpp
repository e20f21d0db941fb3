// plimsoll: host-sim/metrics/event_log.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, metrics. events.jsonl: every event of the contract, one a line, in order.
#pragma once

#include "host-sim/chain/call.hpp"

#include <fstream>
#include <string>

namespace plimsoll::sim {

class EventLog final : public CallObserver
{
public:
    /// @throws std::runtime_error when the file cannot be written.
    explicit EventLog(const std::string& path);
    void on_call(const Call& call, const Receipt& receipt) override;
    /// Writes what is left. @throws std::runtime_error when that fails.
    void finish();

private:
    std::string m_path;
    std::ofstream m_file;
};

}  // namespace plimsoll::sim
