// plimsoll: contract/json/decode.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the hall, codec shelf. The interpreter that decodes every message by its tables.
#include "contract/json/decode.hpp"

#include "contract/json/reader.hpp"
#include "engine/num/decimal.hpp"

#include <cstdint>

namespace plimsoll::contract::json::detail {

namespace {

/// Names that an attacker chose are shown up to this length.
constexpr std::size_t SHOWN_NAME_MAX = 40;

class Path
{
public:
    void push_name(std::string_view name) noexcept { push(Step{false, name, 0}); }
    void push_index(std::size_t index) noexcept { push(Step{true, {}, index}); }
    void pop() noexcept
    {
        CHECK(m_count > 0);
        --m_count;
    }

    [[nodiscard]] bool empty() const noexcept { return m_count == 0; }

    template <class Text>
    void print(Text& text) const noexcept
    {
        for (std::size_t i = 0; i < m_count; ++i) {
            const Step& step = m_steps[i];
            if (step.is_index) {
                text.add("[");
                text.add_number(step.index);
                text.add("]");
                continue;
            }
            if (i > 0)
                text.add(".");
            text.add(step.name.substr(0, SHOWN_NAME_MAX));
            if (step.name.size() > SHOWN_NAME_MAX)
                text.add("...");
        }
    }

private:
    struct Step
    {
        bool is_index = false;
        std::string_view name;
        std::size_t index = 0;
    };

    void push(const Step& step) noexcept
    {
        // Every step but the last belongs to an open container, and the reader bounds those.
        CHECK(m_count < m_steps.size());
        m_steps[m_count++] = step;
    }

    std::array<Step, DEPTH_MAX + 2> m_steps{};
    std::size_t m_count = 0;
};

/// Builds a Detail; what does not fit is cut.
class DetailBuilder
{
public:
    void add(std::string_view text) noexcept
    {
        for (const char byte : text) {
            if (m_size == m_bytes.size())
                return;
            m_bytes[m_size++] = byte;
        }
    }
    void add_number(std::size_t number) noexcept
    {
        std::array<char, 20> digits{};  // 2^64 has 20 digits
        std::size_t begin = digits.size();
        do {
            digits[--begin] = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number != 0);
        add(std::string_view(digits.data() + begin, digits.size() - begin));
    }
    [[nodiscard]] Detail detail() const noexcept
    {
        return Detail(std::string_view(m_bytes.data(), m_size));
    }

private:
    std::array<char, Detail::CAPACITY> m_bytes{};
    std::size_t m_size = 0;
};

/// Errors of the text itself: the byte helps more than the field.
constexpr bool is_about_bytes(Error error) noexcept
{
    return error == Error::malformed_json || error == Error::nested_too_deep ||
           error == Error::not_ascii || error == Error::trailing_bytes;
}

class Decoder
{
public:
    explicit Decoder(std::string_view text) noexcept : m_reader(text) {}

    [[nodiscard]] Error whole_object(const Shape& shape, void* out) noexcept
    {
        if (const Error error = m_reader.check_size(); error != Error::ok)
            return error;
        if (const Error error = object(shape, out); error != Error::ok)
            return error;
        return m_reader.finish();
    }

    [[nodiscard]] Error whole_tagged(
        const Alternative* alternatives, std::size_t count, void* variant) noexcept;

    /// Where the last error is.
    [[nodiscard]] Detail detail(Error error) const noexcept
    {
        DetailBuilder text;
        if (m_path.empty())
            text.add("message");
        m_path.print(text);
        if (is_about_bytes(error)) {
            text.add(" at byte ");
            text.add_number(m_reader.at());
        }
        return text.detail();
    }

private:
    [[nodiscard]] Error value(const Shape& shape, Rule rule, void* out) noexcept;
    [[nodiscard]] Error object(const Shape& shape, void* out) noexcept;
    [[nodiscard]] Error list(const Shape& shape, void* out) noexcept;
    [[nodiscard]] Error optional(const Shape& shape, Rule rule, void* out) noexcept;
    [[nodiscard]] Error integer(const Shape& shape, Rule rule, void* out) noexcept;
    [[nodiscard]] Error number_text(const Shape& shape, Rule rule, void* out) noexcept;
    [[nodiscard]] Error text(const Shape& shape, void* out) noexcept;
    [[nodiscard]] Error choice(const Shape& shape, void* out) noexcept;
    [[nodiscard]] Error raw(const Shape& shape, void* out) noexcept;
    [[nodiscard]] Error refuse_value(Error error) noexcept;

    Reader m_reader;
    Path m_path;
};

/// `error` for the value that comes next, unless that is not even well-formed JSON.
Error Decoder::refuse_value(Error error) noexcept
{
    const Error syntax = m_reader.skip_value();
    return syntax != Error::ok ? syntax : error;
}

bool in_range(const Shape& shape, Rule rule, num::i128 raw) noexcept
{
    if (raw < shape.minimum || raw > shape.maximum)
        return false;
    if (rule.sign == Rule::Sign::positive && raw <= 0)
        return false;
    return rule.sign == Rule::Sign::any || raw >= 0;
}

Error Decoder::integer(const Shape& shape, Rule rule, void* out) noexcept
{
    if (m_reader.peek() != Token::number)
        return refuse_value(Error::wrong_type);
    std::uint64_t number = 0;
    if (const Error error = m_reader.read_integer(number); error != Error::ok)
        return error;
    if (!in_range(shape, rule, number) || (rule.most != UINT32_MAX && number > rule.most))
        return Error::out_of_range;
    shape.store(out, number);
    return Error::ok;
}

Error Decoder::number_text(const Shape& shape, Rule rule, void* out) noexcept
{
    if (m_reader.peek() != Token::string)
        return refuse_value(Error::wrong_type);
    std::string_view digits;
    if (const Error error = m_reader.read_string(digits); error != Error::ok)
        return error;
    const Result<num::i128> raw =
        shape.kind == Kind::decimal ? num::parse_decimal(digits, 18) : num::parse_integer(digits);
    if (!raw)
        return raw.error();
    if (!in_range(shape, rule, *raw))
        return Error::out_of_range;
    shape.store(out, *raw);
    return Error::ok;
}

Error Decoder::text(const Shape& shape, void* out) noexcept
{
    if (m_reader.peek() != Token::string)
        return refuse_value(Error::wrong_type);
    std::string_view bytes;
    if (const Error error = m_reader.read_string(bytes); error != Error::ok)
        return error;
    if (bytes.empty() || !shape.store_text(out, bytes))
        return Error::out_of_range;
    return Error::ok;
}

Error Decoder::raw(const Shape& shape, void* out) noexcept
{
    if (m_reader.peek() != Token::object)
        return refuse_value(Error::wrong_type);
    std::string_view bytes;
    if (const Error error = m_reader.read_object(bytes); error != Error::ok)
        return error;
    return shape.store_text(out, bytes) ? Error::ok : Error::out_of_range;
}

Error Decoder::choice(const Shape& shape, void* out) noexcept
{
    if (m_reader.peek() != Token::string)
        return refuse_value(Error::wrong_type);
    std::string_view name;
    if (const Error error = m_reader.read_string(name); error != Error::ok)
        return error;
    for (num::i128 raw = shape.minimum; raw <= shape.maximum; ++raw) {
        if (shape.names[raw] == name) {
            shape.store(out, raw);
            return Error::ok;
        }
    }
    return Error::out_of_range;
}

Error Decoder::optional(const Shape& shape, Rule rule, void* out) noexcept
{
    if (m_reader.peek() == Token::null)
        return m_reader.read_null();
    return value(*shape.inner, rule, shape.append(out));
}

Error Decoder::list(const Shape& shape, void* out) noexcept
{
    if (m_reader.peek() != Token::array)
        return refuse_value(Error::wrong_type);
    if (const Error error = m_reader.enter_array(); error != Error::ok)
        return error;
    for (std::size_t index = 0;; ++index) {
        bool more = false;
        if (const Error error = m_reader.next_item(more); error != Error::ok || !more)
            return error;
        void* const item = shape.append(out);
        if (item == nullptr)
            return refuse_value(Error::too_many_items);
        m_path.push_index(index);
        if (const Error error = value(*shape.inner, ANY, item); error != Error::ok)
            return error;
        m_path.pop();
    }
}

Error Decoder::object(const Shape& shape, void* out) noexcept
{
    if (m_reader.peek() != Token::object)
        return refuse_value(Error::wrong_type);
    if (const Error error = m_reader.enter_object(); error != Error::ok)
        return error;
    std::uint64_t seen = 0;  // bit i: field i has stood here
    for (;;) {
        std::string_view key;
        bool more = false;
        if (const Error error = m_reader.next_key(key, more); error != Error::ok)
            return error;
        if (!more)
            break;
        std::size_t index = 0;
        while (index < shape.size_max && shape.fields[index].name != key)
            ++index;
        m_path.push_name(key);
        if (index == shape.size_max)
            return refuse_value(Error::unknown_field);
        const std::uint64_t bit = std::uint64_t{1} << index;  // index < 64: checked at compile time
        if ((seen & bit) != 0)
            return refuse_value(Error::duplicate_field);
        seen |= bit;
        const Field& field = shape.fields[index];
        // member() adds const to an address that came from a mutable object.
        void* const slot = const_cast<void*>(field.member(out));
        const bool is_default = field.rule.has_default && m_reader.peek() == Token::null;
        const Error error =
            is_default ? m_reader.read_null() : value(*field.shape, field.rule, slot);
        if (error != Error::ok)
            return error;
        m_path.pop();
    }
    for (std::size_t index = 0; index < shape.size_max; ++index) {
        const Field& field = shape.fields[index];
        if ((seen >> index & 1) == 0 && !is_optional(field)) {
            m_path.push_name(field.name);
            return Error::missing_field;
        }
    }
    return Error::ok;
}

// Recursion follows the tables, and those are finite and shallow; the reader bounds it once more.
Error Decoder::value(const Shape& shape, Rule rule, void* out) noexcept
{
    switch (shape.kind) {
    case Kind::boolean: {
        if (m_reader.peek() != Token::boolean)
            return refuse_value(Error::wrong_type);
        bool truth = false;
        if (const Error error = m_reader.read_boolean(truth); error != Error::ok)
            return error;
        shape.store(out, truth ? 1 : 0);
        return Error::ok;
    }
    case Kind::integer:
        return integer(shape, rule, out);
    case Kind::decimal:
    case Kind::tokens:
        return number_text(shape, rule, out);
    case Kind::text:
        return text(shape, out);
    case Kind::choice:
        return choice(shape, out);
    case Kind::optional:
        return optional(shape, rule, out);
    case Kind::list:
        return list(shape, out);
    case Kind::object:
        return object(shape, out);
    case Kind::raw:
        return raw(shape, out);
    }
    return Error::wrong_type;
}

Error Decoder::whole_tagged(
    const Alternative* alternatives, std::size_t count, void* variant) noexcept
{
    if (const Error error = m_reader.check_size(); error != Error::ok)
        return error;
    if (m_reader.peek() != Token::object)
        return refuse_value(Error::wrong_type);
    if (const Error error = m_reader.enter_object(); error != Error::ok)
        return error;
    std::string_view name;
    bool more = false;
    if (const Error error = m_reader.next_key(name, more); error != Error::ok)
        return error;
    if (!more)
        return Error::unknown_message;
    std::size_t index = 0;
    while (index < count && alternatives[index].name != name)
        ++index;
    m_path.push_name(name);
    if (index == count)
        return refuse_value(Error::unknown_message);
    const Alternative& alternative = alternatives[index];
    if (const Error error = object(*alternative.shape, alternative.emplace(variant));
        error != Error::ok)
        return error;
    m_path.pop();

    std::string_view second;
    if (const Error error = m_reader.next_key(second, more); error != Error::ok)
        return error;
    if (more) {
        m_path.push_name(second);
        return refuse_value(second == name ? Error::duplicate_field : Error::unknown_field);
    }
    return m_reader.finish();
}

Decoded answer(const Decoder& decoder, Error error) noexcept
{
    if (error == Error::ok)
        return {};
    return Decoded{error, decoder.detail(error)};
}

}  // namespace

Decoded decode_object(std::string_view text, const Shape& shape, void* out) noexcept
{
    Decoder decoder(text);
    return answer(decoder, decoder.whole_object(shape, out));
}

Decoded decode_tagged(std::string_view text, const Alternative* alternatives, std::size_t count,
    void* variant) noexcept
{
    Decoder decoder(text);
    return answer(decoder, decoder.whole_tagged(alternatives, count, variant));
}

}  // namespace plimsoll::contract::json::detail
