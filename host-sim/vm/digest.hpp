// plimsoll: host-sim/vm/digest.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. A digest of a set of records that can be kept up to date record by
// record.
// Promises: it depends on the records alone, not on the order in which they came; equal sets have
// equal digests on every machine. It is the sum modulo 2^256 of SHA-256(size of key, key, value).
// Never: an answer to an adversary who chooses records to make sums collide. It compares two honest
// runs.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::sim {

/// A 256-bit number, least significant limb first.
struct Digest
{
    std::array<std::uint64_t, 4> limbs{};

    Digest& operator+=(const Digest& other) noexcept;
    Digest& operator-=(const Digest& other) noexcept;
    [[nodiscard]] bool operator==(const Digest& other) const noexcept
    {
        return limbs == other.limbs;
    }

    /// 64 lower-case digits, most significant first.
    [[nodiscard]] std::string hex() const;
};

[[nodiscard]] Digest digest_of_record(std::string_view key, std::string_view value);

}  // namespace plimsoll::sim
