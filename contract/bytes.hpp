// plimsoll: contract/bytes.hpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the hall. Stored records as bytes: little-endian integers and short texts, one after
// another.
// Promises: the same bytes on every machine; a record is read back only if every byte of it fits,
// so writing what was read gives the same bytes again. Reading never traps.
// Never: pads, names fields, or knows which record it is. A record begins with its schema number.
#pragma once

#include "contract/bounded_text.hpp"
#include "engine/check.hpp"
#include "engine/num/int128.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::contract {

class RecordWriter
{
public:
    /// Appends to `out`, which must outlive the writer.
    explicit RecordWriter(std::string& out) noexcept : m_out(out) {}

    void boolean(bool value) { u8(value ? 1 : 0); }
    void u8(std::uint8_t value) { m_out.push_back(static_cast<char>(value)); }
    void u16(std::uint16_t value) { little_endian(value, 2); }
    void u32(std::uint32_t value) { little_endian(value, 4); }
    void u64(std::uint64_t value) { little_endian(value, 8); }
    /// Two's complement, 16 bytes.
    void i128(num::i128 value)
    {
        const auto bits = static_cast<num::u128>(value);
        u64(static_cast<std::uint64_t>(bits));        // the low half
        u64(static_cast<std::uint64_t>(bits >> 64));  // the high half
    }
    /// The size in one byte, then the bytes. @pre at most 255 bytes
    void text(std::string_view value)
    {
        CHECK(value.size() <= 255);
        u8(static_cast<std::uint8_t>(value.size()));
        m_out.append(value);
    }
    template <class Tag, std::size_t N>
    void text(const BoundedText<Tag, N>& value)
    {
        text(value.view());
    }

    /// The bytes alone: nothing can follow them.
    void rest(std::string_view bytes) { m_out.append(bytes); }

private:
    void little_endian(std::uint64_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i)
            m_out.push_back(static_cast<char>(value >> (8 * i) & 0xff));
    }

    std::string& m_out;
};

/// Each function reads the next value; false, for ever after, when the bytes do not hold one. The
/// value is zero then.
class RecordReader
{
public:
    explicit RecordReader(std::string_view bytes) noexcept : m_bytes(bytes) {}

    [[nodiscard]] bool boolean(bool& value) noexcept
    {
        std::uint8_t byte = 0;
        const bool read = u8(byte) && (byte <= 1 || fail());
        value = read && byte == 1;
        return read;
    }
    [[nodiscard]] bool u8(std::uint8_t& value) noexcept { return number(value); }
    [[nodiscard]] bool u16(std::uint16_t& value) noexcept { return number(value); }
    [[nodiscard]] bool u32(std::uint32_t& value) noexcept { return number(value); }
    [[nodiscard]] bool u64(std::uint64_t& value) noexcept { return number(value); }
    [[nodiscard]] bool i128(num::i128& value) noexcept
    {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        const bool read = u64(low) && u64(high);
        value = read ? static_cast<num::i128>(static_cast<num::u128>(high) << 64 | low) : 0;
        return read;
    }
    /// A view into the record. False also when the text is longer than `size_max`.
    [[nodiscard]] bool text(std::string_view& value, std::size_t size_max) noexcept
    {
        value = {};
        std::uint8_t size = 0;
        if (!u8(size))
            return false;
        if (size > size_max || size > m_bytes.size())
            return fail();
        value = m_bytes.substr(0, size);
        m_bytes.remove_prefix(size);
        return true;
    }
    template <class Tag, std::size_t N>
    [[nodiscard]] bool text(BoundedText<Tag, N>& value) noexcept
    {
        std::string_view bytes;
        const bool read = text(bytes, N);
        return value.try_assign(bytes) && read;
    }

    /// All that is left.
    [[nodiscard]] std::string_view rest() noexcept
    {
        const std::string_view bytes = m_bytes;
        m_bytes = {};
        return bytes;
    }

    /// Whether everything was read and nothing is left: a whole record, and only that.
    [[nodiscard]] bool finished() const noexcept { return !m_failed && m_bytes.empty(); }

private:
    bool fail() noexcept
    {
        m_failed = true;
        m_bytes = {};
        return false;
    }

    template <class Unsigned>
    bool number(Unsigned& value) noexcept
    {
        value = 0;
        if (m_bytes.size() < sizeof(Unsigned))
            return fail();
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < sizeof(Unsigned); ++i)
            bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(m_bytes[i])) << (8 * i);
        m_bytes.remove_prefix(sizeof(Unsigned));
        value = static_cast<Unsigned>(bits);  // as many bytes as Unsigned has
        return true;
    }

    std::string_view m_bytes;
    bool m_failed = false;
};

}  // namespace plimsoll::contract
