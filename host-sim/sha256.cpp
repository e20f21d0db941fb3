// plimsoll: host-sim/sha256.cpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See sha256.hpp.
#include "host-sim/sha256.hpp"

#include "engine/check.hpp"

#include <array>
#include <openssl/evp.h>

namespace plimsoll::sim {

std::string sha256_hex(std::string_view bytes)
{
    std::array<unsigned char, 32> hash{};
    unsigned int size = 0;
    CHECK(EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, EVP_sha256(), nullptr) == 1);
    CHECK(size == hash.size());
    constexpr std::string_view DIGITS = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : hash) {
        text += DIGITS[byte >> 4];
        text += DIGITS[byte & 15];
    }
    return text;
}

}  // namespace plimsoll::sim
