// plimsoll: contract/json/reader.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the hall, codec shelf. See reader.hpp.
#include "contract/json/reader.hpp"

#include <limits>

namespace plimsoll::contract::json {

namespace {

constexpr bool is_digit(char byte) noexcept
{
    return byte >= '0' && byte <= '9';
}

/// Bytes that may stand in a JSON number, well-formed or not.
constexpr bool is_number_byte(char byte) noexcept
{
    return is_digit(byte) || byte == '-' || byte == '+' || byte == '.' || byte == 'e' ||
           byte == 'E';
}

/// The value of a hexadecimal digit, or 16.
constexpr unsigned hex_value(char byte) noexcept
{
    if (is_digit(byte))
        return static_cast<unsigned>(byte - '0');
    if (byte >= 'a' && byte <= 'f')
        return static_cast<unsigned>(byte - 'a') + 10;
    if (byte >= 'A' && byte <= 'F')
        return static_cast<unsigned>(byte - 'A') + 10;
    return 16;
}

/// What the letter after a backslash stands for; NUL for `u` and for letters that are no escape.
constexpr char escaped(char letter) noexcept
{
    switch (letter) {
    case '"':
    case '\\':
    case '/':
        return letter;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return '\0';
    }
}

}  // namespace

Error Reader::check_size() const noexcept
{
    return m_text.size() > TEXT_SIZE_MAX ? Error::message_too_large : Error::ok;
}

void Reader::skip_space() noexcept
{
    while (m_at < m_text.size()) {
        const char byte = m_text[m_at];
        if (byte != ' ' && byte != '\n' && byte != '\r' && byte != '\t')
            return;
        ++m_at;
    }
}

bool Reader::take(char wanted) noexcept
{
    if (m_at >= m_text.size() || m_text[m_at] != wanted)
        return false;
    ++m_at;
    return true;
}

Token Reader::peek() noexcept
{
    skip_space();
    if (m_at >= m_text.size())
        return Token::other;
    const char byte = m_text[m_at];
    switch (byte) {
    case '{':
        return Token::object;
    case '[':
        return Token::array;
    case '"':
        return Token::string;
    case 't':
    case 'f':
        return Token::boolean;
    case 'n':
        return Token::null;
    default:
        return is_digit(byte) || byte == '-' ? Token::number : Token::other;
    }
}

Error Reader::enter(char open) noexcept
{
    skip_space();
    if (m_at >= m_text.size() || m_text[m_at] != open)
        return Error::wrong_type;
    if (m_depth == DEPTH_MAX)
        return Error::nested_too_deep;
    ++m_at;
    ++m_depth;
    m_first = true;
    return Error::ok;
}

Error Reader::enter_object() noexcept
{
    return enter('{');
}

Error Reader::enter_array() noexcept
{
    return enter('[');
}

Error Reader::next(char close, bool& more) noexcept
{
    more = false;
    const bool first = m_first;
    m_first = false;
    skip_space();
    if (take(close)) {
        if (m_depth == 0)
            return Error::malformed_json;
        --m_depth;
        return Error::ok;
    }
    if (!first && !take(','))
        return Error::malformed_json;
    more = true;
    return Error::ok;
}

Error Reader::next_key(std::string_view& key, bool& more) noexcept
{
    key = {};
    if (const Error error = next('}', more); error != Error::ok || !more)
        return error;
    more = false;
    skip_space();
    if (!take('"'))
        return Error::malformed_json;
    if (const Error error = string_body(key); error != Error::ok)
        return error;
    skip_space();
    if (!take(':'))
        return Error::malformed_json;
    more = true;
    return Error::ok;
}

Error Reader::next_item(bool& more) noexcept
{
    return next(']', more);
}

// The opening quote has been taken. Leaves the position on the offending byte when there is one.
Error Reader::string_body(std::string_view& value) noexcept
{
    const std::size_t begin = m_at;
    while (m_at < m_text.size()) {
        const char byte = m_text[m_at];
        if (byte == '"') {
            value = m_text.substr(begin, m_at - begin);
            ++m_at;
            return Error::ok;
        }
        if (byte >= 0x20 && byte <= 0x7e && byte != '\\') {
            ++m_at;
            continue;
        }
        if (m_strings == Strings::ascii)
            return Error::not_ascii;
        if (byte == '\\') {
            if (const Error error = escape(); error != Error::ok)
                return error;
            continue;
        }
        if (static_cast<unsigned char>(byte) < 0x20)
            return Error::malformed_json;
        ++m_at;
    }
    return Error::malformed_json;
}

// The position is on a backslash. Goes behind the escape when it is well-formed.
Error Reader::escape() noexcept
{
    ++m_at;
    if (m_at >= m_text.size())
        return Error::malformed_json;
    if (escaped(m_text[m_at]) != '\0') {
        ++m_at;
        return Error::ok;
    }
    if (!take('u'))
        return Error::malformed_json;
    for (int i = 0; i < 4; ++i) {
        if (m_at >= m_text.size() || hex_value(m_text[m_at]) > 15)
            return Error::malformed_json;
        ++m_at;
    }
    return Error::ok;
}

Error Reader::read_string(std::string_view& value) noexcept
{
    value = {};
    skip_space();
    if (!take('"'))
        return Error::wrong_type;
    return string_body(value);
}

Error Reader::read_unescaped(std::string& value)
{
    value.clear();
    std::string_view body;
    if (const Error error = read_string(body); error != Error::ok)
        return error;
    // string_body() has found every escape whole, so the bytes behind a backslash are there.
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char byte = body[i];
        if (byte != '\\') {
            value.push_back(byte);
            continue;
        }
        ++i;
        const char plain = escaped(body[i]);
        if (plain != '\0') {
            value.push_back(plain);
            continue;
        }
        unsigned code = 0;
        for (std::size_t digit = 1; digit <= 4; ++digit)
            code = code * 16 + hex_value(body[i + digit]);
        if (code > 0x7f)
            return Error::not_ascii;
        value.push_back(static_cast<char>(code));  // at most 0x7f
        i += 4;
    }
    return Error::ok;
}

Error Reader::read_integer(std::uint64_t& value) noexcept
{
    value = 0;
    if (peek() != Token::number)
        return Error::wrong_type;
    std::size_t end = m_at;
    bool digits_only = true;
    while (end < m_text.size() && is_number_byte(m_text[end])) {
        digits_only = digits_only && is_digit(m_text[end]);
        ++end;
    }
    const std::string_view digits = m_text.substr(m_at, end - m_at);
    if (!digits_only || (digits.size() > 1 && digits.front() == '0'))
        return Error::bad_number;
    constexpr std::uint64_t MAX = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t sum = 0;
    for (const char byte : digits) {
        const auto digit = static_cast<std::uint64_t>(byte - '0');
        if (sum > MAX / 10 || sum * 10 > MAX - digit)
            return Error::out_of_range;
        sum = sum * 10 + digit;
    }
    m_at = end;
    value = sum;
    return Error::ok;
}

Error Reader::word(std::string_view wanted) noexcept
{
    if (m_text.substr(m_at, wanted.size()) != wanted)
        return Error::malformed_json;
    m_at += wanted.size();
    return Error::ok;
}

Error Reader::read_boolean(bool& value) noexcept
{
    value = false;
    if (peek() != Token::boolean)
        return Error::wrong_type;
    const bool is_true = m_text[m_at] == 't';
    if (const Error error = word(is_true ? "true" : "false"); error != Error::ok)
        return error;
    value = is_true;
    return Error::ok;
}

Error Reader::read_null() noexcept
{
    if (peek() != Token::null)
        return Error::wrong_type;
    return word("null");
}

bool Reader::skip_digits() noexcept
{
    const std::size_t begin = m_at;
    while (m_at < m_text.size() && is_digit(m_text[m_at]))
        ++m_at;
    return m_at > begin;
}

// Any number that JSON allows: it is passed over, never valued.
Error Reader::skip_number() noexcept
{
    (void)take('-');
    if (!take('0') && !skip_digits())
        return Error::malformed_json;
    if (take('.') && !skip_digits())
        return Error::malformed_json;
    if (take('e') || take('E')) {
        if (!take('+'))
            (void)take('-');
        if (!skip_digits())
            return Error::malformed_json;
    }
    return Error::ok;
}

Error Reader::skip_value() noexcept
{
    const unsigned outside = m_depth;
    std::uint32_t objects = 0;  // bit d: the container at depth d is an object
    static_assert(DEPTH_MAX < 32);
    for (;;) {
        Error error = Error::ok;
        std::string_view ignored;
        bool truth = false;
        switch (peek()) {
        case Token::object:
            error = enter_object();
            objects |= std::uint32_t{1} << m_depth;
            break;
        case Token::array:
            error = enter_array();
            objects &= ~(std::uint32_t{1} << m_depth);
            break;
        case Token::string:
            error = read_string(ignored);
            break;
        case Token::number:
            error = skip_number();
            break;
        case Token::boolean:
            error = read_boolean(truth);
            break;
        case Token::null:
            error = read_null();
            break;
        case Token::other:
            error = Error::malformed_json;
            break;
        }
        bool more = false;
        while (error == Error::ok && m_depth > outside && !more) {
            const bool in_object = (objects >> m_depth & 1) != 0;
            error = in_object ? next_key(ignored, more) : next_item(more);
        }
        if (error != Error::ok || m_depth == outside)
            return error;
    }
}

Error Reader::read_object(std::string_view& value) noexcept
{
    value = {};
    if (peek() != Token::object)
        return Error::wrong_type;
    const std::size_t begin = m_at;
    if (const Error error = skip_value(); error != Error::ok)
        return error;
    value = m_text.substr(begin, m_at - begin);
    return Error::ok;
}

Error Reader::finish() noexcept
{
    skip_space();
    return m_at == m_text.size() ? Error::ok : Error::trailing_bytes;
}

}  // namespace plimsoll::contract::json
