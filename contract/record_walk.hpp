// plimsoll: contract/record_walk.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the hall. How the bytes of a record are written and read: both walk the same list of its fields, so
// that what is written is what is read.
// Promises: reading never traps; bytes that do not hold a record are refused.
// Never: knows which record it is. records.cpp and records_margin.cpp list the fields.
#pragma once

#include "contract/bytes.hpp"
#include "contract/records.hpp"

#include <string>
#include <string_view>
#include <type_traits>

namespace plimsoll::contract {

/// Walks a record's fields to write them. Every visitor function answers true, as the reader's do.
class Writing
{
public:
    explicit Writing(std::string& out) : m_writer(out) {}

    bool operator()(bool value) { return m_writer.boolean(value), true; }
    bool operator()(std::uint8_t value) { return m_writer.u8(value), true; }
    bool operator()(std::uint16_t value) { return m_writer.u16(value), true; }
    bool operator()(std::uint32_t value) { return m_writer.u32(value), true; }
    bool operator()(std::uint64_t value) { return m_writer.u64(value), true; }
    bool operator()(num::i128 value) { return m_writer.i128(value), true; }
    template <class Tag>
    bool operator()(Fixed<Tag> value)
    {
        return (*this)(value.raw());
    }
    bool operator()(Seconds value) { return (*this)(value.raw()); }
    bool operator()(TokenAmount value) { return (*this)(value.raw()); }
    bool operator()(AccountId id) { return (*this)(id.value); }
    bool operator()(MarketId id) { return (*this)(id.value); }
    bool operator()(AssetId id) { return (*this)(id.value); }
    bool operator()(UnderlyingId id) { return (*this)(id.value); }
    template <class Tag, std::size_t N>
    bool operator()(const BoundedText<Tag, N>& text)
    {
        return m_writer.text(text), true;
    }
    template <class Enumeration>
        requires std::is_enum_v<Enumeration>
    bool operator()(Enumeration value)
    {
        return (*this)(static_cast<std::uint8_t>(value));
    }
    /// Fields that only follow where they are not at their defaults.
    template <class IsDefault, class Fields>
    bool group(const IsDefault& is_default, const Fields& fields)
    {
        const bool present = !is_default();
        (*this)(present);
        return !present || fields();
    }
    /// Fields that records have had since that schema.
    template <class Fields>
    bool since(std::uint8_t, const Fields& fields)
    {
        return fields();
    }
    /// The last field of a record: all bytes that follow.
    bool rest(std::string_view bytes) { return m_writer.rest(bytes), true; }
    template <class T, std::size_t N, class Each>
    bool list(const List<T, N>& items, const Each& each)
    {
        (*this)(static_cast<std::uint16_t>(items.size()));
        for (const T& item : items)
            static_cast<void>(each(item));
        return true;
    }

private:
    RecordWriter m_writer;
};

/// Walks a record's fields to read them; false on the first that is not there or not in range.
class Reading
{
public:
    explicit Reading(std::string_view bytes) : m_reader(bytes) {}

    bool operator()(bool& value) { return m_reader.boolean(value); }
    bool operator()(std::uint8_t& value) { return m_reader.u8(value); }
    bool operator()(std::uint16_t& value) { return m_reader.u16(value); }
    bool operator()(std::uint32_t& value) { return m_reader.u32(value); }
    bool operator()(std::uint64_t& value) { return m_reader.u64(value); }
    bool operator()(num::i128& value) { return m_reader.i128(value); }
    template <class Tag>
    bool operator()(Fixed<Tag>& value)
    {
        num::i128 raw = 0;
        if (!m_reader.i128(raw))
            return false;
        value = Fixed<Tag>::from_raw(raw);
        return true;
    }
    bool operator()(Seconds& value)
    {
        std::uint64_t raw = 0;
        if (!m_reader.u64(raw))
            return false;
        value = Seconds::from_raw(raw);
        return true;
    }
    bool operator()(TokenAmount& value)
    {
        num::i128 raw = 0;
        if (!m_reader.i128(raw) || raw < 0)
            return false;
        value = TokenAmount::from_raw(raw);
        return true;
    }
    bool operator()(AccountId& id) { return (*this)(id.value); }
    bool operator()(MarketId& id) { return (*this)(id.value); }
    bool operator()(AssetId& id) { return (*this)(id.value); }
    bool operator()(UnderlyingId& id) { return (*this)(id.value); }
    template <class Tag, std::size_t N>
    bool operator()(BoundedText<Tag, N>& text)
    {
        return m_reader.text(text);
    }
    bool operator()(MarketStatus& status) { return enumeration(status, &is_market_status); }
    bool operator()(MarketKind& kind) { return enumeration(kind, &is_market_kind); }
    bool operator()(OptionType& type) { return enumeration(type, &is_option_type); }
    bool operator()(MarginMode& mode) { return enumeration(mode, &is_margin_mode); }
    bool operator()(VolShock& vol) { return enumeration(vol, &is_vol_shock); }
    /// @pre the fields are at their defaults. Defaults that are written out are refused: one record has one
    /// form.
    template <class IsDefault, class Fields>
    bool group(const IsDefault& is_default, const Fields& fields)
    {
        bool present = false;
        if (!m_reader.boolean(present))
            return false;
        return !present || (fields() && !is_default());
    }
    /// Fields that records have had since that schema; they stay at their defaults in an older one.
    template <class Fields>
    bool since(std::uint8_t schema, const Fields& fields)
    {
        return m_schema < schema || fields();
    }
    bool rest(std::string& bytes)
    {
        bytes = m_reader.rest();
        return true;
    }
    template <class T, std::size_t N, class Each>
    bool list(List<T, N>& items, const Each& each)
    {
        std::uint16_t count = 0;
        if (!m_reader.u16(count) || count > N)
            return false;
        items.clear();
        for (std::uint16_t i = 0; i < count; ++i) {
            T item{};
            if (!each(item) || !items.push(item))
                return false;
        }
        return true;
    }
    [[nodiscard]] bool finished() const { return m_reader.finished(); }
    /// Reads the number with which a record begins, and goes by it from here on.
    [[nodiscard]] Error begin()
    {
        if (!m_reader.u8(m_schema))
            return Error::corrupt_record;
        return SCHEMA_OLDEST <= m_schema && m_schema <= SCHEMA ? Error::ok
                                                               : Error::unsupported_schema;
    }

private:
    template <class Enumeration>
    bool enumeration(Enumeration& value, bool (*is_one)(std::uint8_t))
    {
        std::uint8_t number = 0;
        if (!m_reader.u8(number) || !is_one(number))
            return false;
        value = static_cast<Enumeration>(number);
        return true;
    }

    RecordReader m_reader;
    std::uint8_t m_schema = SCHEMA;
};

template <class Fields>
std::string encoded(const Fields& fields)
{
    std::string bytes;
    Writing writing(bytes);
    writing(SCHEMA);
    fields(writing);
    return bytes;
}

template <class Fields>
Error decoded(std::string_view bytes, const Fields& fields)
{
    Reading reading(bytes);
    if (const Error error = reading.begin(); error != Error::ok)
        return error;
    return fields(reading) && reading.finished() ? Error::ok : Error::corrupt_record;
}

}  // namespace plimsoll::contract
