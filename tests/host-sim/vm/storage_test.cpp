// plimsoll: tests/host-sim/vm/storage_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Records with undo and a running digest, against a plain map.
#include "host-sim/vm/storage.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <string>
#include <tuple>
#include <vector>

using plimsoll::sim::Digest;
using plimsoll::sim::digest_of_record;
using plimsoll::sim::Storage;

namespace {

Digest digest_from_scratch(const Storage::Records& records)
{
    Digest digest;
    for (const auto& [key, value] : records)
        digest += digest_of_record(key, value);
    return digest;
}

}  // namespace

TEST_CASE("storage: empty has digest zero and finds nothing")
{
    Storage storage;
    CHECK(storage.digest() == Digest{});
    CHECK(storage.find("a") == nullptr);
}

TEST_CASE("storage: a call that is undone leaves what stood there before its first write")
{
    Storage storage;
    storage.begin();
    storage.write("kept", "1");
    storage.write("gone", "2");
    storage.commit();
    const Digest before = storage.digest();
    const Storage::Records records = storage.records();

    storage.begin();
    storage.write("kept", "3");
    storage.write("kept", "4");
    storage.remove("gone");
    storage.write("gone", "5");
    storage.remove("gone");
    storage.write("new", "6");
    storage.remove("absent");
    CHECK(*storage.find("kept") == "4");
    CHECK(storage.find("gone") == nullptr);
    storage.rollback();

    CHECK(storage.records() == records);
    CHECK(storage.digest() == before);
}

TEST_CASE("storage: removing everything brings the digest back to zero")
{
    Storage storage;
    storage.begin();
    storage.write("a", "1");
    storage.write("b", "");
    storage.commit();
    CHECK_FALSE(storage.digest() == Digest{});
    CHECK(storage.find("b")->empty());
    storage.begin();
    storage.remove("a");
    storage.remove("b");
    storage.commit();
    CHECK(storage.digest() == Digest{});
    CHECK(storage.records().empty());
}

TEST_CASE("storage: any history agrees with a plain map and its digest from scratch")
{
    // Few keys, so that writes, removals and undos of one key meet.
    rc::prop("writes, removals, commits and rollbacks", [] {
        const auto calls = *rc::gen::container<std::vector<std::vector<std::tuple<int, int>>>>(
            rc::gen::container<std::vector<std::tuple<int, int>>>(
                rc::gen::tuple(rc::gen::inRange(0, 6), rc::gen::inRange(0, 4))));
        Storage storage;
        Storage::Records model;
        for (std::size_t i = 0; i < calls.size(); ++i) {
            const Storage::Records before = model;
            storage.begin();
            for (const auto& [key_number, value_number] : calls[i]) {
                const std::string key(1, static_cast<char>('a' + key_number));
                if (value_number == 0) {
                    storage.remove(key);
                    model.erase(key);
                } else {
                    storage.write(key, std::to_string(value_number));
                    model[key] = std::to_string(value_number);
                }
            }
            if (i % 3 == 1) {
                storage.rollback();
                model = before;
            } else {
                storage.commit();
            }
            RC_ASSERT(storage.records() == model);
            if (i % 2 == 0)
                RC_ASSERT(storage.digest() == digest_from_scratch(model));
        }
        RC_ASSERT(storage.digest() == digest_from_scratch(model));
    });
}
