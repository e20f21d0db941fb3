// plimsoll: tests/fuzz/phrases.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Messages out of a fuzzer's bytes: the samples, with the house's own accounts, markets
// and prices in them, and then changed: other values, fields that are missing, types that are wrong, bytes
// spliced in.
// Promises: zeros give a message that means something to the house.
#pragma once

#include "tests/fuzz/bytes.hpp"
#include "tests/fuzz/fuzzed_house.hpp"

#include <string>

namespace plimsoll::test {

struct Spoken
{
    std::string sender;
    std::string json;
    Coins funds;
};

[[nodiscard]] Spoken any_execute(Bytes& bytes, FuzzedHouse& house);
[[nodiscard]] std::string any_query(Bytes& bytes, FuzzedHouse& house);
[[nodiscard]] std::string any_instantiate(Bytes& bytes, FuzzedHouse& house);
[[nodiscard]] std::string any_sender(Bytes& bytes);
/// One that the house will probably settle.
[[nodiscard]] Spoken any_fill(Bytes& bytes, FuzzedHouse& house);
/// A keeper at work on an account that is liquidatable, if one is.
[[nodiscard]] Spoken any_keeping(Bytes& bytes, FuzzedHouse& house);
/// So many times the price of the underlying.
[[nodiscard]] std::string any_price(
    Bytes& bytes, const FuzzedHouse& house, std::uint64_t underlying);
[[nodiscard]] std::string any_pyth_answer(Bytes& bytes, FuzzedHouse& house);

}  // namespace plimsoll::test
