// plimsoll: tests/support/any_values.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Values as RapidCheck draws them, the ends of their ranges often.
#pragma once

#include "engine/solvency/side_index.hpp"
#include "engine/units/units.hpp"

#include <cstdint>
#include <rapidcheck.h>
#include <string>

namespace plimsoll::test {

inline std::uint64_t any_u64()
{
    return *rc::gen::arbitrary<std::uint64_t>();
}
/// A raw value of any size in [minimum, maximum], the ends often.
inline num::i128 any_raw(num::i128 minimum, num::i128 maximum)
{
    switch (*rc::gen::inRange(0, 4)) {
    case 0:
        return minimum;
    case 1:
        return maximum;
    default: {
        const auto width = static_cast<num::u128>(maximum) - static_cast<num::u128>(minimum);
        const num::u128 bits = static_cast<num::u128>(any_u64()) << 64 | any_u64();
        const num::u128 offset = width == ~num::u128{0} ? bits : bits % (width + 1);
        return static_cast<num::i128>(static_cast<num::u128>(minimum) + offset);
    }
    }
}
template <class Unit>
Unit any_of(Unit minimum, Unit maximum)
{
    return Unit::from_raw(any_raw(minimum.raw(), maximum.raw()));
}
inline bool any_bool()
{
    return any_u64() % 2 == 0;
}
inline Ratio any_share()
{
    return any_of(Ratio::zero(), Ratio::one());
}
inline Money any_money()
{
    return any_of(-MONEY_MAX, MONEY_MAX);
}
inline Seconds any_time()
{
    return Seconds::from_raw(any_u64());
}
inline TokenAmount any_tokens()
{
    return TokenAmount::from_raw(any_raw(0, QUANTITY_MAX.raw()));
}
inline std::uint16_t below(std::size_t limit)
{
    return static_cast<std::uint16_t>(any_u64() % limit);
}
template <class Text>
Text any_text()
{
    std::string text;
    const std::size_t size = 1 + any_u64() % Text::CAPACITY;
    for (std::size_t i = 0; i < size; ++i)
        text.push_back(static_cast<char>('!' + any_u64() % 90));
    return Text(text);
}
inline num::i128 any_a()
{
    return any_raw(1, INDEX_ONE);
}
inline num::i128 any_k()
{
    return any_raw(-INDEX_K_LIMIT, INDEX_K_LIMIT);
}

}  // namespace plimsoll::test
