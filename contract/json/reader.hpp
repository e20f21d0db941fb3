// plimsoll: contract/json/reader.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the hall, codec shelf. A pull reader over JSON text that an attacker may have written.
// Promises: no heap, no recursion, one pass, linear time; at most 64 KiB of text and 8 levels of
// nesting; every byte is looked at once. No number ever passes through floating point.
// Never: traps, whatever the bytes are and whatever the order of the calls. Views that it hands out
// point into the text.
#pragma once

#include "engine/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::contract::json {

inline constexpr std::size_t TEXT_SIZE_MAX = 65'536;
inline constexpr unsigned DEPTH_MAX = 8;

/// What stands at the reading position.
enum class Token : std::uint8_t
{
    object,
    array,
    string,
    number,
    boolean,
    null,
    other
};

/// Which strings are well-formed. Messages take `ascii`: bytes 0x20 to 0x7e and no escapes, so that
/// a text has exactly one spelling. The envelope that a chain wraps around a message takes `any`.
enum class Strings : std::uint8_t
{
    ascii,
    any
};

class Reader
{
public:
    explicit Reader(std::string_view text, Strings strings = Strings::ascii) noexcept
      : m_text(text), m_strings(strings)
    {}

    /// Offset of the reading position: where an error was found.
    [[nodiscard]] std::size_t at() const noexcept { return m_at; }

    /// message_too_large when the text is longer than TEXT_SIZE_MAX. To be asked first.
    [[nodiscard]] Error check_size() const noexcept;

    /// The kind of the value that begins at the next byte which is no white space.
    [[nodiscard]] Token peek() noexcept;

    /// Goes into an object. Errors: wrong_type, nested_too_deep.
    [[nodiscard]] Error enter_object() noexcept;
    /// The next key, its colon taken too; or `more` = false when the object ends here, and then the
    /// reader stands behind it. Errors: malformed_json, not_ascii.
    [[nodiscard]] Error next_key(std::string_view& key, bool& more) noexcept;

    /// Goes into an array. Errors: wrong_type, nested_too_deep.
    [[nodiscard]] Error enter_array() noexcept;
    /// Stands before the next item; or `more` = false when the array ends here, and then the reader
    /// stands behind it. Errors: malformed_json.
    [[nodiscard]] Error next_item(bool& more) noexcept;

    /// The bytes between the quotes, escapes left as they are (there are none in `ascii` strings).
    /// Errors: wrong_type, malformed_json, not_ascii.
    [[nodiscard]] Error read_string(std::string_view& value) noexcept;
    /// The string with its escapes resolved, for the envelope. Errors: as read_string; not_ascii
    /// for an escape that stands for a character outside ASCII.
    [[nodiscard]] Error read_unescaped(std::string& value);
    /// A non-negative integer without leading zeros. Errors: wrong_type; bad_number for a sign, a
    /// fraction, an exponent or a leading zero; out_of_range above 2^64 - 1.
    [[nodiscard]] Error read_integer(std::uint64_t& value) noexcept;
    /// Errors: wrong_type, malformed_json.
    [[nodiscard]] Error read_boolean(bool& value) noexcept;
    /// Errors: wrong_type, malformed_json.
    [[nodiscard]] Error read_null() noexcept;

    /// Passes over one whole value of any kind. Errors: malformed_json, nested_too_deep, not_ascii.
    [[nodiscard]] Error skip_value() noexcept;

    /// Passes over one whole object and hands out its bytes. Errors: wrong_type, and those of skip_value.
    [[nodiscard]] Error read_object(std::string_view& value) noexcept;

    /// trailing_bytes when anything but white space is left.
    [[nodiscard]] Error finish() noexcept;

private:
    void skip_space() noexcept;
    [[nodiscard]] bool take(char wanted) noexcept;
    [[nodiscard]] Error enter(char open) noexcept;
    [[nodiscard]] Error next(char close, bool& more) noexcept;
    [[nodiscard]] Error string_body(std::string_view& value) noexcept;
    [[nodiscard]] Error escape() noexcept;
    [[nodiscard]] Error word(std::string_view wanted) noexcept;
    [[nodiscard]] Error skip_number() noexcept;
    [[nodiscard]] bool skip_digits() noexcept;

    std::string_view m_text;
    std::size_t m_at = 0;
    unsigned m_depth = 0;
    bool m_first =
        false;  ///< The container was just opened: no comma stands before its first item.
    Strings m_strings;
};

}  // namespace plimsoll::contract::json
