// plimsoll: host-sim/prng.hpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. The only source of chance: xoshiro256** (Blackman and Vigna, public domain), seeded
// through SplitMix64 and split into named streams.
// Promises: the same seed and name give the same draws on every compiler and machine; a stream's draws
// depend on no other stream, so that a new agent does not reshuffle the prices. Integers only.
// Never: std::*_distribution (they differ between libraries), time, addresses.
#pragma once

#include "engine/check.hpp"
#include "engine/num/int128.hpp"
#include "engine/units/fixed.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace plimsoll::sim {

/// One step of SplitMix64: advances `state` and returns the next value.
[[nodiscard]] constexpr std::uint64_t split_mix(std::uint64_t& state) noexcept
{
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

/// FNV-1a, 64 bits: turns the name of a stream into a number.
[[nodiscard]] constexpr std::uint64_t name_hash(std::string_view name) noexcept
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : name)
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3U;
    return hash;
}

class Prng
{
public:
    /// The stream `name` of the run `seed`.
    constexpr Prng(std::uint64_t seed, std::string_view name) noexcept
    {
        std::uint64_t mixer = seed;
        mixer = split_mix(mixer) ^ name_hash(name);
        for (auto& word : m_state)
            word = split_mix(mixer);
    }

    /// 64 uniform bits.
    [[nodiscard]] constexpr std::uint64_t next() noexcept
    {
        const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
        const std::uint64_t shifted = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= shifted;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }

    /// Uniform in [0, bound), without bias (Lemire's multiplication with rejection).
    /// @pre bound > 0.
    [[nodiscard]] constexpr std::uint64_t below(std::uint64_t bound) noexcept
    {
        CHECK(bound > 0);
        const std::uint64_t threshold = (0 - bound) % bound;
        while (true) {
            const num::u128 product = static_cast<num::u128>(next()) * bound;
            if (static_cast<std::uint64_t>(product) >= threshold)
                return static_cast<std::uint64_t>(product >> 64);
        }
    }

    /// Uniform in [least, greatest], both ends included.
    [[nodiscard]] constexpr std::uint64_t between(
        std::uint64_t least, std::uint64_t greatest) noexcept
    {
        CHECK(least <= greatest);
        CHECK(greatest - least < ~std::uint64_t{0});
        return least + below(greatest - least + 1);
    }

    /// True with this probability: a share in [0, 1].
    [[nodiscard]] constexpr bool chance(Ratio probability) noexcept
    {
        CHECK(probability >= Ratio());
        CHECK(probability <= Ratio::one());
        return below(num::WAD) < static_cast<std::uint64_t>(probability.raw());
    }

    /// Uniform in [0, 1), 18 decimals.
    [[nodiscard]] constexpr Ratio share() noexcept
    {
        return Ratio::from_raw(static_cast<num::i128>(below(num::WAD)));
    }

    /// A nearly normal draw of mean 0 and variance 1, 18 decimals: the sum of twelve uniform draws
    /// less six (Irwin-Hall), exact to 2^-32 a draw; never beyond 6 in magnitude.
    [[nodiscard]] constexpr std::int64_t normal_e18() noexcept
    {
        std::uint64_t sum = 0;  // twelve 32-bit draws: below 2^36
        for (int pair = 0; pair < 6; ++pair) {
            const std::uint64_t bits = next();
            sum += (bits >> 32) + (bits & 0xffffffffU);
        }
        // Each draw stands for its cell's middle, so that the mean is exactly zero.
        const num::i128 twice_centred =
            static_cast<num::i128>(2 * sum + 12) - (num::i128{12} << 32);
        return static_cast<std::int64_t>(
            twice_centred * static_cast<num::i128>(num::WAD) / (num::i128{1} << 33));
    }

private:
    std::array<std::uint64_t, 4> m_state{};
};

}  // namespace plimsoll::sim
