// plimsoll: host-sim/vm/digest.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. See digest.hpp.
#include "host-sim/vm/digest.hpp"

#include "engine/check.hpp"

#include <cstddef>
#include <memory>
#include <openssl/evp.h>

namespace plimsoll::sim {

namespace {

constexpr std::size_t HASH_SIZE = 32;

struct FreeContext
{
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

struct FreeAlgorithm
{
    void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
};

// OpenSSL looks the algorithm up by name, which takes longer than hashing a record: once will do.
class Hasher
{
public:
    Hasher() : m_context(EVP_MD_CTX_new()), m_algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr))
    {
        CHECK(m_context != nullptr && m_algorithm != nullptr);
    }

    void begin() { CHECK(EVP_DigestInit_ex2(m_context.get(), m_algorithm.get(), nullptr) == 1); }

    void add(std::string_view bytes)
    {
        CHECK(EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()) == 1);
    }

    std::array<unsigned char, HASH_SIZE> end()
    {
        std::array<unsigned char, HASH_SIZE> hash{};
        unsigned int size = 0;
        CHECK(EVP_DigestFinal_ex(m_context.get(), hash.data(), &size) == 1);
        CHECK(size == HASH_SIZE);
        return hash;
    }

private:
    std::unique_ptr<EVP_MD_CTX, FreeContext> m_context;
    std::unique_ptr<EVP_MD, FreeAlgorithm> m_algorithm;
};

}  // namespace

Digest& Digest::operator+=(const Digest& other) noexcept
{
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < limbs.size(); ++i) {
        const std::uint64_t partial = limbs[i] + carry;
        const std::uint64_t sum = partial + other.limbs[i];
        carry = (partial < carry ? 1U : 0U) + (sum < partial ? 1U : 0U);
        limbs[i] = sum;
    }
    return *this;
}

Digest& Digest::operator-=(const Digest& other) noexcept
{
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < limbs.size(); ++i) {
        const std::uint64_t partial = limbs[i] - borrow;
        const std::uint64_t difference = partial - other.limbs[i];
        borrow = (partial > limbs[i] ? 1U : 0U) + (difference > partial ? 1U : 0U);
        limbs[i] = difference;
    }
    return *this;
}

std::string Digest::hex() const
{
    constexpr std::string_view DIGITS = "0123456789abcdef";
    std::string text;
    for (std::size_t i = limbs.size(); i-- > 0;) {
        for (int shift = 60; shift >= 0; shift -= 4)
            text += DIGITS[limbs[i] >> static_cast<unsigned>(shift) & 15U];
    }
    return text;
}

Digest digest_of_record(std::string_view key, std::string_view value)
{
    thread_local Hasher hasher;
    // The size tells apart records whose key and value join to the same bytes.
    std::array<char, 4> size{};
    CHECK(key.size() <= UINT32_MAX);
    for (std::size_t i = 0; i < size.size(); ++i)
        size[i] = static_cast<char>(key.size() >> 8 * i & 0xffU);
    hasher.begin();
    hasher.add({size.data(), size.size()});
    hasher.add(key);
    hasher.add(value);
    const auto hash = hasher.end();

    Digest digest;
    for (std::size_t i = 0; i < HASH_SIZE; ++i)
        digest.limbs[i / 8] |= std::uint64_t{hash[HASH_SIZE - 1 - i]} << 8 * (i % 8);
    return digest;
}

}  // namespace plimsoll::sim
