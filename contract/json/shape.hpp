// plimsoll: contract/json/shape.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the hall, codec shelf. What every value of a message looks like, as constant tables.
// Promises: one description of a type (shapes.hpp, message.hpp) serves decoding, encoding, the JSON
// Schema and the reference page. The tables are plain data with pointers to tiny functions, so one
// small interpreter works for all messages and a contract module stays small.
// Never: holds state; knows JSON.
#pragma once

#include "engine/num/int128.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plimsoll::contract::json {

enum class Kind : std::uint8_t
{
    boolean,   ///< JSON true or false.
    integer,   ///< JSON integer, not negative.
    decimal,   ///< JSON string with at most 18 fractional digits.
    tokens,    ///< JSON string with an integer: base units of a token.
    text,      ///< JSON string of printable ASCII, neither quotes nor backslashes.
    choice,    ///< JSON string, one of `names`.
    optional,  ///< The inner value, or null, or absent.
    list,      ///< JSON array of the inner value.
    object,    ///< JSON object of `fields`.
    raw,       ///< JSON object of any fields, kept as the bytes that it is.
};

/// What a field asks of its number beyond the range of its type.
struct Rule
{
    enum class Sign : std::uint8_t
    {
        any,
        not_negative,
        positive
    };

    Sign sign = Sign::any;
    std::uint32_t most = UINT32_MAX;  ///< Greatest value of an integer field.
    bool has_default = false;         ///< Absent or null, the field is what its struct makes it.
};

inline constexpr Rule ANY{};
inline constexpr Rule NOT_NEGATIVE{Rule::Sign::not_negative, UINT32_MAX, false};
inline constexpr Rule POSITIVE{Rule::Sign::positive, UINT32_MAX, false};

[[nodiscard]] constexpr Rule at_most(std::uint32_t most) noexcept
{
    return Rule{Rule::Sign::any, most, false};
}
[[nodiscard]] constexpr Rule from_one_to(std::uint32_t most) noexcept
{
    return Rule{Rule::Sign::positive, most, false};
}

/// The same rule for a field that may be absent: a fresh struct holds what that means.
[[nodiscard]] constexpr Rule or_default(Rule rule = ANY) noexcept
{
    rule.has_default = true;
    return rule;
}

struct Shape;

/// A field of an object as the interpreter sees it.
struct Field
{
    std::string_view name;
    const Shape* shape = nullptr;
    const void* (*member)(const void* object) = nullptr;  ///< Address of the field in its object.
    Rule rule;
};

/// A type. The function pointers take the address of a value of exactly that type.
struct Shape
{
    Kind kind = Kind::boolean;
    std::string_view name;          ///< For people: "Price".
    num::i128 minimum = 0;          ///< boolean to tokens, choice: least raw value.
    num::i128 maximum = 0;          ///< boolean to tokens, choice: greatest raw value.
    std::size_t size_max = 0;       ///< text, raw: bytes (at least 1); list: items; object: fields.
    const Shape* inner = nullptr;   ///< optional, list.
    const Field* fields = nullptr;  ///< object.
    const std::string_view* names = nullptr;  ///< choice: by raw value.

    void (*store)(void* value, num::i128 raw) = nullptr;  ///< boolean to tokens, choice.
    num::i128 (*load)(const void* value) = nullptr;       ///< boolean to tokens, choice.
    bool (*store_text)(
        void* value, std::string_view text) = nullptr;           ///< text, raw; false: too long.
    std::string_view (*load_text)(const void* value) = nullptr;  ///< text, raw.
    void* (*append)(void* value) = nullptr;  ///< optional, list: a new item; nullptr when full.
    std::size_t (*count)(const void* value) = nullptr;  ///< optional (0 or 1), list.
    const void* (*item)(const void* value, std::size_t index) = nullptr;  ///< optional, list.
};

/// Whether a text may leave the field out, or say null.
[[nodiscard]] constexpr bool is_optional(const Field& field) noexcept
{
    return field.rule.has_default || field.shape->kind == Kind::optional;
}

/// Specialised for every type that can stand in a message: static constexpr Shape make().
template <class T>
struct ShapeOf;

template <class T>
inline constexpr Shape SHAPE = ShapeOf<T>::make();

/// A field as its struct describes it. The one-line meaning is for the schema and the reference
/// page; it stays out of the tables so that it does not travel inside a contract module.
struct Description
{
    Field field;
    std::string_view doc;
};

namespace detail {

template <class Pointer>
struct MemberPointer;
template <class OwnerType, class ValueType>
struct MemberPointer<ValueType OwnerType::*>
{
    using Owner = OwnerType;
    using Value = ValueType;
};

template <auto FIRST, auto... REST>
struct Path
{
    using Owner = typename MemberPointer<decltype(FIRST)>::Owner;
    using Value = typename Path<REST...>::Value;
    static constexpr const Value& of(const Owner& owner) noexcept
    {
        return Path<REST...>::of(owner.*FIRST);
    }
};
template <auto LAST>
struct Path<LAST>
{
    using Owner = typename MemberPointer<decltype(LAST)>::Owner;
    using Value = typename MemberPointer<decltype(LAST)>::Value;
    static constexpr const Value& of(const Owner& owner) noexcept { return owner.*LAST; }
};

template <auto... MEMBERS>
const void* member_address(const void* object) noexcept
{
    using Way = Path<MEMBERS...>;
    return &Way::of(*static_cast<const typename Way::Owner*>(object));
}

}  // namespace detail

/// Describes one field: field<&Deposit::account>("account", "the account that receives"). With
/// several members the JSON field lies deeper in the struct than in the text:
/// field<&SetMarket::params, &MarketParams::lot>("lot", ...).
template <auto... MEMBERS>
[[nodiscard]] constexpr Description field(
    std::string_view name, std::string_view doc, Rule rule = ANY) noexcept
{
    using Value = typename detail::Path<MEMBERS...>::Value;
    return Description{Field{name, &SHAPE<Value>, &detail::member_address<MEMBERS...>, rule}, doc};
}

/// The fields of a struct, in the order in which they are written.
template <class... Descriptions>
[[nodiscard]] constexpr std::array<Description, sizeof...(Descriptions)> describe(
    const Descriptions&... descriptions) noexcept
{
    return {descriptions...};
}

/// A struct whose fields are described: by its own NAME, DOC and fields(), or, for structs of the
/// engine, by a specialisation of Described with the same three.
template <class T>
struct Described;

template <class T>
    requires requires {
        T::NAME;
        T::DOC;
        T::fields();
    }
struct Described<T>
{
    static constexpr std::string_view NAME = T::NAME;
    static constexpr std::string_view DOC = T::DOC;
    static constexpr auto fields() noexcept { return T::fields(); }
};

template <class T>
concept HasFields = requires { Described<T>::fields(); };

namespace detail {

template <class T>
constexpr auto field_table() noexcept
{
    constexpr auto described = Described<T>::fields();
    // The seen fields of an object are counted in the bits of a 64-bit number.
    static_assert(described.size() <= 64);
    // One unused entry keeps the table of a struct without fields from having no address.
    std::array<Field, described.size() + 1> table{};
    for (std::size_t i = 0; i < described.size(); ++i)
        table[i] = described[i].field;
    return table;
}

template <class T>
inline constexpr auto FIELD_TABLE = field_table<T>();

}  // namespace detail

template <class T>
    requires HasFields<T>
struct ShapeOf<T>
{
    static constexpr Shape make() noexcept
    {
        Shape shape;
        shape.kind = Kind::object;
        shape.name = Described<T>::NAME;
        shape.size_max = detail::FIELD_TABLE<T>.size() - 1;
        shape.fields = detail::FIELD_TABLE<T>.data();
        return shape;
    }
};

}  // namespace plimsoll::contract::json
