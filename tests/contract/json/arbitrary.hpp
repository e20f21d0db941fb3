// plimsoll: tests/contract/json/arbitrary.hpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Random messages from their descriptions, and their comparison field by
// field.
// Promises: every value that a description allows can come, the ends of the ranges often.
#pragma once

#include "contract/json/decode.hpp"
#include "contract/json/shape.hpp"
#include "engine/num/int128.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <rapidcheck.h>
#include <string>
#include <string_view>
#include <variant>

namespace plimsoll::test {

/// A raw value in [minimum, maximum].
inline num::i128 arbitrary_raw(num::i128 minimum, num::i128 maximum)
{
    const auto random = [] { return static_cast<num::u128>(*rc::gen::arbitrary<std::uint64_t>()); };
    switch (*rc::gen::inRange(0, 6)) {
    case 0:
        return minimum;
    case 1:
        return maximum;
    case 2:
        return std::clamp(num::i128{*rc::gen::arbitrary<std::int8_t>()}, minimum, maximum);
    case 3:
        return std::clamp(
            num::i128{*rc::gen::arbitrary<std::int16_t>()} * num::WAD, minimum, maximum);
    default: {
        // No range here is as wide as 2^128 - 1, so the width does not wrap.
        const num::u128 width = static_cast<num::u128>(maximum - minimum) + 1;
        const num::u128 bits = random() << 64 | random();
        return minimum + static_cast<num::i128>(bits % width);
    }
    }
}

/// Gives the value at `value`, which must be fresh, random content. Sizes of lists reach their
/// maximum.
inline void fill_arbitrary(
    const contract::json::Shape& shape, contract::json::Rule rule, void* value)
{
    using contract::json::Kind;
    using contract::json::Rule;
    switch (shape.kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::decimal:
    case Kind::tokens:
    case Kind::choice: {
        num::i128 minimum = shape.minimum;
        num::i128 maximum = shape.maximum;
        if (rule.sign == Rule::Sign::not_negative)
            minimum = std::max(minimum, num::i128{0});
        if (rule.sign == Rule::Sign::positive)
            minimum = std::max(minimum, num::i128{1});
        if (rule.most != UINT32_MAX)
            maximum = rule.most;
        shape.store(value, arbitrary_raw(minimum, maximum));
        break;
    }
    case Kind::text: {
        const auto size = *rc::gen::inRange<std::size_t>(1, shape.size_max + 1);
        const auto text = *rc::gen::container<std::string>(
            size, rc::gen::suchThat(rc::gen::inRange<char>(0x20, 0x7f),
                      [](char byte) { return byte != '"' && byte != '\\'; }));
        RC_ASSERT(shape.store_text(value, text));
        break;
    }
    case Kind::optional:
        if (*rc::gen::arbitrary<bool>())
            fill_arbitrary(*shape.inner, rule, shape.append(value));
        break;
    case Kind::list: {
        const auto size = *rc::gen::weightedOneOf<std::size_t>(
            {{8, rc::gen::inRange<std::size_t>(0, 4)}, {1, rc::gen::just(shape.size_max)}});
        for (std::size_t i = 0; i < size; ++i)
            fill_arbitrary(*shape.inner, contract::json::ANY, shape.append(value));
        break;
    }
    case Kind::raw:
        // Any object decodes; the schema names the messages.
        RC_ASSERT(shape.store_text(
            value, shape.name == "GovernanceMessage"
                       ? *rc::gen::element<std::string_view>(
                             R"({"set_role":{"address":"venue1","roles":8}})",
                             R"({ "set_timelock": {"timelock_s": 3600} })")
                       : *rc::gen::element<std::string_view>(
                             R"({"touch":{"account":7}})", R"({"accrue" : {"market": 1}})")));
        break;
    case Kind::object:
        for (std::size_t i = 0; i < shape.size_max; ++i) {
            const contract::json::Field& field = shape.fields[i];
            fill_arbitrary(*field.shape, field.rule, const_cast<void*>(field.member(value)));
        }
        break;
    }
}

/// Makes the value, which must be fresh, as long a text as its description allows.
inline void fill_longest(const contract::json::Shape& shape, contract::json::Rule rule, void* value)
{
    using contract::json::Kind;
    switch (shape.kind) {
    case Kind::boolean:
        shape.store(value, 0);
        break;
    case Kind::integer:
    case Kind::tokens:
        shape.store(value, rule.most != UINT32_MAX ? num::i128{rule.most} : shape.maximum);
        break;
    case Kind::decimal:
        // One below the end has all eighteen decimals.
        shape.store(value,
            rule.sign == contract::json::Rule::Sign::any ? shape.minimum + 1 : shape.maximum - 1);
        break;
    case Kind::choice:
        for (num::i128 raw = shape.minimum; raw <= shape.maximum; ++raw)
            if (shape.names[raw].size() > shape.names[shape.load(value)].size())
                shape.store(value, raw);
        break;
    case Kind::text:
        RC_ASSERT(shape.store_text(value, std::string(shape.size_max, 'x')));
        break;
    case Kind::raw: {
        static std::map<std::size_t, std::string> longest;  // views of it stay in the value
        std::string& text = longest[shape.size_max];
        text = R"({"x":")" + std::string(shape.size_max - 8, 'x') + R"("})";
        RC_ASSERT(shape.store_text(value, text));
        break;
    }
    case Kind::optional:
        fill_longest(*shape.inner, rule, shape.append(value));
        break;
    case Kind::list:
        for (std::size_t i = 0; i < shape.size_max; ++i)
            fill_longest(*shape.inner, contract::json::ANY, shape.append(value));
        break;
    case Kind::object:
        for (std::size_t i = 0; i < shape.size_max; ++i) {
            const contract::json::Field& field = shape.fields[i];
            fill_longest(*field.shape, field.rule, const_cast<void*>(field.member(value)));
        }
        break;
    }
}
template <class T>
void fill_longest(T& value)
{
    fill_longest(contract::json::SHAPE<T>, contract::json::ANY, &value);
}

/// Whether two values of one shape are equal, without going through text.
inline bool same(const contract::json::Shape& shape, const void* left, const void* right)
{
    using contract::json::Kind;
    switch (shape.kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::decimal:
    case Kind::tokens:
    case Kind::choice:
        return shape.load(left) == shape.load(right);
    case Kind::text:
    case Kind::raw:
        return shape.load_text(left) == shape.load_text(right);
    case Kind::optional:
    case Kind::list: {
        const std::size_t count = shape.count(left);
        if (shape.count(right) != count)
            return false;
        for (std::size_t i = 0; i < count; ++i) {
            if (!same(*shape.inner, shape.item(left, i), shape.item(right, i)))
                return false;
        }
        return true;
    }
    case Kind::object:
        for (std::size_t i = 0; i < shape.size_max; ++i) {
            const contract::json::Field& field = shape.fields[i];
            if (!same(*field.shape, field.member(left), field.member(right)))
                return false;
        }
        return true;
    }
    return false;
}

template <class T>
bool same_message(const T& left, const T& right)
{
    return same(contract::json::SHAPE<T>, &left, &right);
}

template <class... Ts>
bool same_message(const std::variant<Ts...>& left, const std::variant<Ts...>& right)
{
    if (left.index() != right.index())
        return false;
    return std::visit(
        [&right]<class T>(const T& value) { return same_message(value, std::get<T>(right)); },
        left);
}

/// The message `index` of the variant, with random content.
template <class Variant>
Variant arbitrary_message(std::size_t index)
{
    const contract::json::Alternative& alternative =
        contract::json::ALTERNATIVES<Variant>.at(index);
    Variant message;
    fill_arbitrary(*alternative.shape, contract::json::ANY, alternative.emplace(&message));
    return message;
}

}  // namespace plimsoll::test
