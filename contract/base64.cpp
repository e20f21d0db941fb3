// plimsoll: contract/base64.cpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the hall. See base64.hpp.
#include "contract/base64.hpp"

#include <cstddef>
#include <cstdint>

namespace plimsoll::contract {

namespace {

constexpr std::string_view ALPHABET =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t byte_at(std::string_view bytes, std::size_t index)
{
    return static_cast<unsigned char>(bytes[index]);
}

// Of a character that is none: 64.
std::uint32_t value_of(char character)
{
    const std::size_t at = ALPHABET.find(character);
    return at == std::string_view::npos ? 64 : static_cast<std::uint32_t>(at);
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes)
{
    const std::size_t begin = out.size();
    out.resize(begin + (bytes.size() + 2) / 3 * 4, '=');
    char* place = out.data() + begin;
    std::size_t index = 0;
    for (; bytes.size() - index >= 3; index += 3) {
        const std::uint32_t group = byte_at(bytes, index) << 16U | byte_at(bytes, index + 1) << 8U |
                                    byte_at(bytes, index + 2);
        *place++ = ALPHABET[group >> 18U];
        *place++ = ALPHABET[group >> 12U & 63U];
        *place++ = ALPHABET[group >> 6U & 63U];
        *place++ = ALPHABET[group & 63U];
    }
    const std::size_t rest = bytes.size() - index;
    if (rest == 0)
        return;
    const std::uint32_t second = rest == 2 ? byte_at(bytes, index + 1) : 0;
    const std::uint32_t group = byte_at(bytes, index) << 16U | second << 8U;
    *place++ = ALPHABET[group >> 18U];
    *place++ = ALPHABET[group >> 12U & 63U];
    if (rest == 2)
        *place = ALPHABET[group >> 6U & 63U];
}

bool decode_base64(std::string_view text, std::string& out)
{
    out.clear();
    if (text.size() % 4 != 0)
        return false;
    std::size_t digits = text.size();
    while (digits > 0 && text.size() - digits < 2 && text[digits - 1] == '=')
        --digits;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        const std::uint32_t value = value_of(text[i]);
        if (value == 64)
            return false;
        bits = bits << 6U | value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 255U);
        }
    }
    // What is left over has to be zero, and whole digits have to be needed.
    return count < 6 && (bits & ((1U << count) - 1)) == 0;
}

}  // namespace plimsoll::contract
