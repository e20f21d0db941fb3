// plimsoll: contract/json/writer.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the hall, codec shelf. Builds JSON text at the end of a string.
// Promises: one value has one text: no spaces, decimals canonical, keys in the order of the calls.
// The output is ASCII whatever goes in. Numbers that may pass 2^53 other than ids are strings.
// Never: checks that keys differ; reads.
#pragma once

#include "contract/json/shape.hpp"
#include "engine/num/int128.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace plimsoll::contract::json {

class Writer
{
public:
    /// Appends to `out`, which must outlive the writer.
    explicit Writer(std::string& out) noexcept : m_out(out) {}

    void begin_object();
    void end_object();
    void begin_array();
    void end_array();

    /// The name of the next value.
    void key(std::string_view name);

    /// A string; quotes, backslashes and bytes outside 0x20 to 0x7e are escaped.
    void text(std::string_view value);
    /// A value that is JSON already.
    void raw(std::string_view json);
    void integer(std::uint64_t value);
    void boolean(bool value);
    void null();
    /// A string: raw / 10^18 in canonical form, "-12.5".
    void decimal(num::i128 raw);
    /// A string: the integer itself.
    void tokens(num::i128 raw);

private:
    void separate();
    void open(char bracket);
    void close(char bracket);
    void quoted(std::string_view plain);

    std::string& m_out;
    unsigned m_depth = 0;
    bool m_comma = false;  ///< A value stands before the next one in the same container.
};

namespace detail {

void write_value(Writer& writer, const Shape& shape, const void* value);

}  // namespace detail

/// Any value that can stand in a message: units, ids, texts, optionals (absent: null), lists,
/// structs. Absent optional fields of a struct are left out.
template <class T>
void write(Writer& writer, const T& value)
{
    detail::write_value(writer, SHAPE<T>, &value);
}

/// A key and its value: member(writer, "equity", equity).
template <class T>
void member(Writer& writer, std::string_view name, const T& value)
{
    writer.key(name);
    write(writer, value);
}

/// The text of a described struct: decode() gives it back.
template <class T>
    requires HasFields<T>
[[nodiscard]] std::string encode(const T& value)
{
    std::string text;
    Writer writer(text);
    write(writer, value);
    return text;
}

/// {"name": {...}} of one message, without making a variant of it.
template <class T>
    requires HasFields<T>
[[nodiscard]] std::string encode_tagged(const T& message)
{
    std::string text;
    Writer writer(text);
    writer.begin_object();
    member(writer, Described<T>::NAME, message);
    writer.end_object();
    return text;
}

/// {"name": {...}}: decode() gives the variant back.
template <class... Ts>
[[nodiscard]] std::string encode(const std::variant<Ts...>& message)
{
    return std::visit([](const auto& alternative) { return encode_tagged(alternative); }, message);
}

}  // namespace plimsoll::contract::json
