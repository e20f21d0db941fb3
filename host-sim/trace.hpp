// plimsoll: host-sim/trace.hpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. trace.jsonl: a header, every message in order with time, height, sender and funds
// and the number of its error, and a last line with the digest.
// Promises: read_trace(write) gives the same calls back, byte for byte; replaying them reproduces the
// digest. No wall-clock time, no path of this machine.
#pragma once

#include "host-sim/chain/call.hpp"

#include <cstdint>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::sim {

class TraceError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

struct TraceHeader
{
    std::string scenario;
    std::string scenario_sha256;
    std::uint64_t seed = 0;
    std::string contract_address;
};

class TraceWriter : public CallObserver
{
public:
    /// @throws TraceError when the file cannot be written.
    TraceWriter(const std::string& path, const TraceHeader& header);

    void on_call(const Call& call, const Receipt& receipt) override;
    void finish(std::string_view digest);

private:
    std::string m_path;
    std::ofstream m_file;
    std::uint64_t m_count = 0;
};

struct TracedCall
{
    Call call;
    std::uint32_t error = 0;
};

struct Trace
{
    TraceHeader header;
    std::vector<TracedCall> calls;
    std::string digest;
};

/// @throws TraceError with the line that is at fault.
[[nodiscard]] Trace read_trace(const std::string& path);

}  // namespace plimsoll::sim
