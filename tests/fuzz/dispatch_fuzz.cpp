// plimsoll: tests/fuzz/dispatch_fuzz.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A fuzzer: an input is a story of a clearinghouse, a few bytes a call. Whatever is
// called, by whom, with which bytes and on which records, answers; fuzzed_house.hpp says what is checked.
// PLIMSOLL_FUZZ_STORY=1 prints it, from the first message on.
#include "tests/fuzz/bytes.hpp"
#include "tests/fuzz/fuzzed_house.hpp"
#include "tests/fuzz/phrases.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr int CALLS_MAX = 24;
/// A chain's clock has 64 bits of nanoseconds.
constexpr std::uint64_t CLOCK_MAX = 18'446'744'073;

void pass_time(Bytes& bytes, FuzzedHouse& house)
{
    static constexpr std::uint64_t STEPS[] = {1, 10, 30, 60, 120, 300, 600, 1'500, 1'800, 3'600,
        7'200, DAY, 7 * DAY, 30 * DAY, 365 * DAY};
    const std::size_t how = bytes.next();
    const std::uint64_t step = STEPS[how % std::size(STEPS)];
    if (how < 150)
        house.wait(step);
    else if (how < 220)
        house.halt(step);
    else if (how < 250)
        house.time -= std::min(step, house.time);
    else
        house.time = bytes.number() % (CLOCK_MAX + 1);
    if (how % 4 != 3)
        house.refresh();
}

void move_price(Bytes& bytes, FuzzedHouse& house)
{
    const std::size_t underlying = bytes.below(3);
    const std::string price = any_price(bytes, house, underlying);
    house.wait(1);
    if (underlying < 2)
        return house.publish(underlying, price);
    for (const char* feeder : {"feeder0", "feeder1", "feeder2"})
        static_cast<void>(house.execute(feeder, say::push_price(2, price, house.time)));
}

/// No message that anybody had in mind.
void say_bytes(Bytes& bytes, FuzzedHouse& house)
{
    const std::size_t entry = bytes.below(8);
    const std::string sender = any_sender(bytes);
    const std::string text = bytes.text(bytes.next());
    if (entry < 4)
        static_cast<void>(house.execute(sender, text));
    else if (entry < 6)
        static_cast<void>(house.ask(text));
    else if (entry < 7)
        static_cast<void>(house.migrate(text));
    else
        static_cast<void>(house.instantiate_again(text));
}

std::string damaged(Bytes& bytes, std::string record)
{
    const std::size_t how = bytes.next();
    const std::size_t at = bytes.next() * 256U + bytes.next();
    if (record.empty() || how < 32)
        return record + bytes.text(1 + how);
    if (how < 96)
        return record.substr(0, at % record.size());
    if (how < 112)
        record[0] = static_cast<char>(how);
    else if (how < 128)
        return bytes.text(at % 200);
    else
        record[at % record.size()] = static_cast<char>(bytes.next());
    return record;
}

void call_on_damage(Bytes& bytes, FuzzedHouse& house)
{
    const auto record = std::next(house.host.records.begin(),
        static_cast<std::ptrdiff_t>(bytes.below(house.host.records.size())));
    const std::string key = record->first;
    const std::string put = damaged(bytes, record->second);
    const bool is_query = bytes.below(2) == 1;
    const Spoken spoken =
        is_query ? Spoken{"", any_query(bytes, house), {}} : any_execute(bytes, house);
    // Bytes that are a record still may hold numbers that no call has written.
    if (is_damaged(key, put))
        house.on_damaged(key, put, spoken.sender, spoken.json, is_query);
}

void call(Bytes& bytes, FuzzedHouse& house)
{
    switch (bytes.below(16)) {
    case 0:
    case 1:
    case 2:
    case 3: {
        const Spoken spoken = any_execute(bytes, house);
        static_cast<void>(house.execute(spoken.sender, spoken.json, spoken.funds));
        return;
    }
    case 4:
    case 5: {
        const Spoken spoken = any_keeping(bytes, house);
        static_cast<void>(house.execute(spoken.sender, spoken.json));
        return;
    }
    case 6:
        static_cast<void>(house.ask(any_query(bytes, house)));
        return;
    case 7:
        return pass_time(bytes, house);
    case 8:
        return house.refresh();
    case 9:
        return move_price(bytes, house);
    case 10:
    case 11: {
        const Spoken spoken = any_fill(bytes, house);
        static_cast<void>(house.execute(spoken.sender, spoken.json));
        return;
    }
    case 12:
        return say_bytes(bytes, house);
    case 13:
        return call_on_damage(bytes, house);
    case 14:
        return house.pyth_answers(any_pyth_answer(bytes, house));
    default:
        if (bytes.below(2) == 0)
            static_cast<void>(house.migrate("{}"));
        else
            static_cast<void>(house.instantiate_again(any_instantiate(bytes, house)));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Bytes bytes(data, size);
    FuzzedHouse house(static_cast<Setting>(bytes.below(SETTINGS)));
    for (int calls = 0; calls < CALLS_MAX && !bytes.ended(); ++calls)
        call(bytes, house);
    for (const char* asked : {R"({"config":{}})", R"({"state":{}})"})
        if (house.ask(asked).error != Error::ok)
            fail("the house does not answer any more", asked);
    return 0;
}
