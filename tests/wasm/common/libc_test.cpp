// plimsoll: tests/wasm/common/libc_test.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The memory functions of the contract runtime against the machine's own,
// for every size up to several words and every overlap, and never a byte outside.
#include "wasm/common/libc.hpp"

#include <catch2/catch.hpp>
#include <cstddef>
#include <cstring>
#include <rapidcheck/catch.h>
#include <string>
#include <vector>

namespace {

// Enough for two rounds of the widest loop and every rest.
constexpr std::size_t SIZE_MAX_TESTED = 150;
constexpr std::size_t MARGIN = 75;

std::vector<char> counted(std::size_t size)
{
    std::vector<char> bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i * 37 + 11);
    return bytes;
}

int sign_of(int value)
{
    return (value > 0) - (value < 0);
}

}  // namespace

TEST_CASE("memmove agrees with the machine's at every size and overlap")
{
    for (std::size_t size = 0; size <= SIZE_MAX_TESTED; ++size) {
        for (std::size_t from = 0; from <= 2 * MARGIN; ++from) {
            std::vector<char> ours = counted(size + 4 * MARGIN);
            std::vector<char> theirs = ours;
            void* const target = ours.data() + MARGIN;
            const void* const result = plimsoll_memmove(target, ours.data() + from, size);
            std::memmove(theirs.data() + MARGIN, theirs.data() + from, size);
            if (result != target || ours != theirs)
                FAIL("size " << size << ", from " << from << " to " << MARGIN);
        }
    }
}

TEST_CASE("memcpy agrees with the machine's at every size and alignment")
{
    for (std::size_t size = 0; size <= SIZE_MAX_TESTED; ++size) {
        for (std::size_t shift = 0; shift < 8; ++shift) {
            const std::vector<char> source = counted(size + shift);
            std::vector<char> ours(size + 2 * MARGIN, 'x');
            std::vector<char> theirs = ours;
            plimsoll_memcpy(ours.data() + MARGIN, source.data() + shift, size);
            if (size > 0)
                std::memcpy(theirs.data() + MARGIN, source.data() + shift, size);
            if (ours != theirs)
                FAIL("size " << size << ", shift " << shift);
        }
    }
}

TEST_CASE("memset agrees with the machine's at every size and alignment")
{
    for (std::size_t size = 0; size <= SIZE_MAX_TESTED; ++size) {
        for (std::size_t shift = 0; shift < 8; ++shift) {
            std::vector<char> ours = counted(size + shift + MARGIN);
            std::vector<char> theirs = ours;
            // Only the low byte counts.
            plimsoll_memset(ours.data() + shift, 0x1a5, size);
            std::memset(theirs.data() + shift, 0xa5, size);
            if (ours != theirs)
                FAIL("size " << size << ", shift " << shift);
        }
    }
}

TEST_CASE("memcmp finds the first difference wherever it is")
{
    for (std::size_t size = 0; size <= SIZE_MAX_TESTED; ++size) {
        const std::vector<char> left = counted(size);
        REQUIRE(plimsoll_memcmp(left.data(), left.data(), size) == 0);
        for (std::size_t at = 0; at < size; ++at) {
            std::vector<char> right = left;
            right[at] = static_cast<char>(right[at] ^ 0x80);
            // A later difference the other way must not matter.
            right[size - 1] = static_cast<char>(right[size - 1] ^ 0x01);
            const int expected = std::memcmp(left.data(), right.data(), size);
            const int found = plimsoll_memcmp(left.data(), right.data(), size);
            if (sign_of(found) != sign_of(expected))
                FAIL("size " << size << ", at " << at);
        }
    }
}

TEST_CASE("memcmp orders any two strings as the machine's does")
{
    rc::prop("sign of memcmp", [](std::string left, std::string right) {
        const std::size_t size = std::min(left.size(), right.size());
        RC_ASSERT(sign_of(plimsoll_memcmp(left.data(), right.data(), size)) ==
                  sign_of(std::memcmp(left.data(), right.data(), size)));
    });
}

TEST_CASE("memchr finds the first occurrence and nothing behind the end")
{
    for (std::size_t size = 0; size <= SIZE_MAX_TESTED; ++size) {
        std::vector<char> bytes(size + MARGIN, '\x01');
        // Just behind the range: must not be found.
        bytes[size] = '\x02';
        REQUIRE(plimsoll_memchr(bytes.data(), 2, size) == nullptr);
        for (std::size_t at = 0; at < size; ++at) {
            bytes[at] = '\x02';
            REQUIRE(plimsoll_memchr(bytes.data(), 2 + 256, size) == bytes.data() + at);
            bytes[at] = '\x01';
        }
    }
    const char high[] = "\x80\xff\x7f\x81\x80\x00\x01\xfe\x80";
    CHECK(plimsoll_memchr(high, 0, 9) == high + 5);
    CHECK(plimsoll_memchr(high, 0xfe, 9) == high + 7);
}

TEST_CASE("strlen stops at the first zero")
{
    CHECK(plimsoll_strlen("") == 0);
    CHECK(plimsoll_strlen("abc") == 3);
    CHECK(plimsoll_strlen("ab\0c") == 2);
}
