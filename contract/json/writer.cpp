// plimsoll: contract/json/writer.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the hall, codec shelf. See writer.hpp.
#include "contract/json/writer.hpp"

#include "engine/check.hpp"
#include "engine/num/decimal.hpp"

#include <array>
#include <cstddef>

namespace plimsoll::contract::json {

namespace {

constexpr std::string_view HEX = "0123456789abcdef";

}  // namespace

void Writer::separate()
{
    if (m_comma)
        m_out.push_back(',');
    m_comma = true;
}

void Writer::open(char bracket)
{
    separate();
    m_out.push_back(bracket);
    m_comma = false;
    ++m_depth;
}

void Writer::close(char bracket)
{
    CHECK(m_depth > 0);
    --m_depth;
    m_out.push_back(bracket);
    m_comma = true;
}

void Writer::begin_object()
{
    open('{');
}

void Writer::end_object()
{
    close('}');
}

void Writer::begin_array()
{
    open('[');
}

void Writer::end_array()
{
    close(']');
}

void Writer::key(std::string_view name)
{
    CHECK(m_depth > 0);
    text(name);
    m_out.push_back(':');
    m_comma = false;
}

void Writer::text(std::string_view value)
{
    separate();
    m_out.push_back('"');
    for (const char byte : value) {
        if (byte == '"' || byte == '\\') {
            m_out.push_back('\\');
            m_out.push_back(byte);
        } else if (byte >= 0x20 && byte <= 0x7e) {
            m_out.push_back(byte);
        } else {
            const auto code = static_cast<unsigned char>(byte);
            m_out.append("\\u00");
            m_out.push_back(HEX[code >> 4]);
            m_out.push_back(HEX[code & 15]);
        }
    }
    m_out.push_back('"');
}

void Writer::integer(std::uint64_t value)
{
    separate();
    std::array<char, 20> digits{};  // 2^64 - 1 has 20 digits
    std::size_t begin = digits.size();
    do {
        digits[--begin] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    m_out.append(digits.data() + begin, digits.size() - begin);
}

void Writer::boolean(bool value)
{
    separate();
    m_out.append(value ? "true" : "false");
}

void Writer::raw(std::string_view json)
{
    separate();
    m_out.append(json);
}

void Writer::null()
{
    separate();
    m_out.append("null");
}

// `plain` needs no escapes.
void Writer::quoted(std::string_view plain)
{
    separate();
    m_out.push_back('"');
    m_out.append(plain);
    m_out.push_back('"');
}

void Writer::decimal(num::i128 raw)
{
    quoted(num::decimal_text(raw, num::WAD_DECIMALS));
}

void Writer::tokens(num::i128 raw)
{
    quoted(num::decimal_text(raw, 0));
}

namespace detail {

namespace {

void write_object(Writer& writer, const Shape& shape, const void* value)
{
    writer.begin_object();
    for (std::size_t i = 0; i < shape.size_max; ++i) {
        const Field& field = shape.fields[i];
        const void* const member = field.member(value);
        if (field.shape->kind == Kind::optional && field.shape->count(member) == 0)
            continue;
        writer.key(field.name);
        write_value(writer, *field.shape, member);
    }
    writer.end_object();
}

void write_list(Writer& writer, const Shape& shape, const void* value)
{
    writer.begin_array();
    const std::size_t count = shape.count(value);
    for (std::size_t i = 0; i < count; ++i)
        write_value(writer, *shape.inner, shape.item(value, i));
    writer.end_array();
}

}  // namespace

void write_value(Writer& writer, const Shape& shape, const void* value)
{
    switch (shape.kind) {
    case Kind::boolean:
        writer.boolean(shape.load(value) != 0);
        break;
    case Kind::integer:
        writer.integer(static_cast<std::uint64_t>(shape.load(value)));  // integers are unsigned
        break;
    case Kind::decimal:
        writer.decimal(shape.load(value));
        break;
    case Kind::tokens:
        writer.tokens(shape.load(value));
        break;
    case Kind::text:
        writer.text(shape.load_text(value));
        break;
    case Kind::choice: {
        const num::i128 raw = shape.load(value);
        CHECK(raw >= shape.minimum && raw <= shape.maximum);
        writer.text(shape.names[raw]);
        break;
    }
    case Kind::optional:
        if (shape.count(value) == 0)
            writer.null();
        else
            write_value(writer, *shape.inner, shape.item(value, 0));
        break;
    case Kind::list:
        write_list(writer, shape, value);
        break;
    case Kind::object:
        write_object(writer, shape, value);
        break;
    case Kind::raw:
        writer.raw(shape.load_text(value));
        break;
    }
}

}  // namespace detail

}  // namespace plimsoll::contract::json
