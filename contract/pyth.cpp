// plimsoll: contract/pyth.cpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the hall. See pyth.hpp. The answer: {"price_feed":{"id":"..","price":{"price":"123","conf":"1","expo":-8,
// "publish_time":1},"ema_price":{..}}}: 64-bit integers as text, the exponent and the time as numbers.
#include "contract/pyth.hpp"

#include "contract/json/reader.hpp"
#include "engine/num/int128.hpp"
#include "engine/units/ranges.hpp"
#include "engine/units/units.hpp"

#include <cstdint>
#include <limits>

namespace plimsoll::contract {
namespace {

using json::Reader;
using json::Strings;
using json::Token;

struct Number
{
    bool negative = false;
    std::uint64_t magnitude = 0;
};

/// -?(0|[1-9][0-9]*), at most 64 bits.
bool parse(std::string_view text, Number& out)
{
    out.negative = !text.empty() && text.front() == '-';
    if (out.negative)
        text.remove_prefix(1);
    if (text.empty() || text.size() > 20 || (text.front() == '0' && text.size() > 1))
        return false;
    out.magnitude = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9' ||
            __builtin_mul_overflow(out.magnitude, std::uint64_t{10}, &out.magnitude) ||
            __builtin_add_overflow(
                out.magnitude, static_cast<std::uint64_t>(digit - '0'), &out.magnitude))
            return false;
    }
    return true;
}

class Answer
{
public:
    Answer(std::string_view text, std::string_view feed_id)
      : m_text(text), m_feed_id(feed_id), m_reader(text, Strings::any)
    {}

    bool read()
    {
        return m_reader.check_size() == Error::ok && fields([&](std::string_view name) {
            return name == "price_feed" ? read_feed() : skip();
        }) && m_reader.finish() == Error::ok &&
               m_has_id && m_has_price;
    }

    Number price;
    Number confidence;
    Number exponent;
    Number publish_time;

private:
    /// Calls each(name) for every field of the object that follows; it takes the value.
    template <class Each>
    bool fields(const Each& each)
    {
        if (m_reader.enter_object() != Error::ok)
            return false;
        for (;;) {
            std::string_view name;
            bool more = false;
            if (m_reader.next_key(name, more) != Error::ok)
                return false;
            if (!more)
                return true;
            if (!each(name))
                return false;
        }
    }

    bool skip() { return m_reader.skip_value() == Error::ok; }

    bool read_text(Number& out)
    {
        std::string_view text;
        return m_reader.read_string(text) == Error::ok && parse(text, out);
    }

    bool read_number(Number& out)
    {
        if (m_reader.peek() != Token::number)
            return false;
        const std::size_t from = m_reader.at();
        return skip() && parse(m_text.substr(from, m_reader.at() - from), out);
    }

    /// A field that stands twice would leave it open which one counts.
    bool read_feed()
    {
        return fields([&](std::string_view name) {
            if (name == "id") {
                std::string_view id;
                const bool first = !m_has_id;
                m_has_id = true;
                return first && m_reader.read_string(id) == Error::ok && id == m_feed_id;
            }
            if (name != "price")
                return skip();
            const bool first = !m_has_price;
            m_has_price = true;
            return first && read_price();
        });
    }

    bool read_price()
    {
        unsigned seen = 0;
        const auto once = [&](unsigned bit) {
            const bool first = (seen & bit) == 0;
            seen |= bit;
            return first;
        };
        return fields([&](std::string_view name) {
            if (name == "price")
                return once(1) && read_text(price);
            if (name == "conf")
                return once(2) && read_text(confidence);
            if (name == "expo")
                return once(4) && read_number(exponent);
            if (name == "publish_time")
                return once(8) && read_number(publish_time);
            return skip();
        }) && seen == 15;
    }

    std::string_view m_text;
    std::string_view m_feed_id;
    Reader m_reader;
    bool m_has_id = false;
    bool m_has_price = false;
};

/// magnitude * 10^(18 + exponent) as a raw price; PRICE_MAX and one raw unit where it is more than PRICE_MAX.
num::i128 scaled(std::uint64_t magnitude, const Number& exponent, bool up)
{
    const num::i128 beyond = PRICE_MAX.raw() + 1;
    std::uint64_t down = 0;
    std::uint64_t grow = 18;
    if (!exponent.negative)
        grow = exponent.magnitude < 100 ? 18 + exponent.magnitude : 100;
    else if (exponent.magnitude <= 18)
        grow = 18 - exponent.magnitude;
    else {
        grow = 0;
        down = exponent.magnitude - 18;
    }
    // After 20 digits nothing is left, and what rounds up stays at one.
    for (; down > 0 && magnitude > (up ? 1U : 0U); --down)
        magnitude = magnitude / 10 + (up && magnitude % 10 != 0 ? 1 : 0);
    num::i128 raw = static_cast<num::i128>(magnitude);
    for (; grow > 0 && raw != 0; --grow) {
        raw *= 10;
        if (raw > PRICE_MAX.raw())
            return beyond;
    }
    return raw > PRICE_MAX.raw() ? beyond : raw;
}

}  // namespace

bool is_feed_id(std::string_view text) noexcept
{
    if (text.size() != 64)
        return false;
    for (const char digit : text)
        if (!((digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f')))
            return false;
    return true;
}

std::string pyth_query(std::string_view feed_id)
{
    std::string text = R"({"price_feed":{"id":")";
    text.append(feed_id);
    text += R"("}})";
    return text;
}

Error read_pyth(std::string_view json, std::string_view feed_id, PythPrice& out)
{
    Answer answer(json, feed_id);
    if (!answer.read() || answer.confidence.negative ||
        answer.exponent.magnitude > std::numeric_limits<std::int32_t>::max())
        return Error::bad_answer;
    out = {};
    const num::i128 price = scaled(answer.price.magnitude, answer.exponent, false);
    const num::i128 confidence = scaled(answer.confidence.magnitude, answer.exponent, true);
    out.usable = !answer.price.negative && price > 0 && price <= PRICE_MAX.raw() &&
                 confidence <= PRICE_MAX.raw() && !answer.publish_time.negative;
    if (out.usable)
        out.report = {Price::from_raw(price), Price::from_raw(confidence),
            Seconds::from_raw(answer.publish_time.magnitude)};
    return Error::ok;
}

}  // namespace plimsoll::contract
