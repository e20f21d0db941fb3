// plimsoll: tests/host-sim/vm/digest_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The digest of records.
#include "host-sim/vm/digest.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <rapidcheck/catch.h>
#include <string>

using plimsoll::sim::Digest;
using plimsoll::sim::digest_of_record;

namespace {

Digest digest_of(std::uint64_t limb0, std::uint64_t limb1, std::uint64_t limb2, std::uint64_t limb3)
{
    return {{limb0, limb1, limb2, limb3}};
}

constexpr std::uint64_t FULL = ~std::uint64_t{0};

}  // namespace

TEST_CASE("digest: a record is SHA-256 of the key's size, the key and the value")
{
    // printf '\3\0\0\0keyvalue' | sha256sum
    CHECK(digest_of_record("key", "value").hex() ==
          "1643ae8018665d5ec7d43841f32a7d2244d2e19a9c3bce8237f3706f1cac1823");
}

TEST_CASE("digest: the border between key and value matters")
{
    CHECK_FALSE(digest_of_record("ab", "c") == digest_of_record("a", "bc"));
    CHECK_FALSE(digest_of_record("", "abc") == digest_of_record("abc", ""));
}

TEST_CASE("digest: sums carry through every limb and wrap")
{
    Digest sum = digest_of(FULL, FULL, FULL, 7);
    sum += digest_of(1, 0, 0, 0);
    CHECK(sum == digest_of(0, 0, 0, 8));
    sum = digest_of(FULL, FULL, FULL, FULL);
    sum += sum;
    CHECK(sum == digest_of(FULL - 1, FULL, FULL, FULL));
    sum -= digest_of(FULL, FULL, FULL, FULL);
    CHECK(sum == digest_of(FULL, FULL, FULL, FULL));
    sum = digest_of(0, 0, 0, 0);
    sum -= digest_of(1, 0, 0, 0);
    CHECK(sum == digest_of(FULL, FULL, FULL, FULL));
    CHECK(sum.hex() == std::string(64, 'f'));
    CHECK(digest_of(0x1a, 0, 0, 0xab00000000000000).hex() ==
          "ab0000000000000000000000000000000000000000000000000000000000001a");
}

TEST_CASE("digest: subtraction undoes addition, in any order")
{
    rc::prop("a + b - a is b", [](const std::string& a, const std::string& b) {
        const Digest one = digest_of_record(a, b);
        const Digest other = digest_of_record(b, a);
        Digest sum = one;
        sum += other;
        Digest mirrored = other;
        mirrored += one;
        RC_ASSERT(sum == mirrored);
        sum -= one;
        RC_ASSERT(sum == other);
    });
}
