// plimsoll: tests/contract/base64_test.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. base64 against the vectors of RFC 4648, section 10, and by taking it
// apart.
#include "contract/base64.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <string>
#include <vector>

namespace {

std::string encoded(std::string_view bytes)
{
    std::string out;
    plimsoll::contract::append_base64(out, bytes);
    return out;
}

// Six bits a character, by position in the alphabet; padding counts as zero bits to cut off.
std::string decoded(const std::string& text)
{
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bits;
    for (const char c : text) {
        if (c == '=')
            continue;
        const std::size_t value = alphabet.find(c);
        RC_ASSERT(value != std::string::npos);
        for (unsigned bit = 6; bit-- > 0;)
            bits += (value >> bit & 1U) != 0 ? '1' : '0';
    }
    std::string bytes;
    for (std::size_t at = 0; at + 8 <= bits.size(); at += 8)
        bytes += static_cast<char>(std::stoi(bits.substr(at, 8), nullptr, 2));
    return bytes;
}

}  // namespace

TEST_CASE("base64 encodes the vectors of RFC 4648")
{
    CHECK(encoded("") == "");
    CHECK(encoded("f") == "Zg==");
    CHECK(encoded("fo") == "Zm8=");
    CHECK(encoded("foo") == "Zm9v");
    CHECK(encoded("foob") == "Zm9vYg==");
    CHECK(encoded("fooba") == "Zm9vYmE=");
    CHECK(encoded("foobar") == "Zm9vYmFy");
    CHECK(encoded("\xff\xef\xbe") == "/+++");
}

TEST_CASE("base64 is appended behind what is there")
{
    std::string out = "x";
    plimsoll::contract::append_base64(out, "foo");
    CHECK(out == "xZm9v");
}

TEST_CASE("base64 of any bytes decodes to these bytes")
{
    rc::prop("decode(encode(bytes)) is bytes, in groups of four characters", [] {
        const auto bytes = *rc::gen::arbitrary<std::string>();
        const std::string text = encoded(bytes);
        RC_ASSERT(text.size() == (bytes.size() + 2) / 3 * 4);
        RC_ASSERT(decoded(text) == bytes);
    });
}
