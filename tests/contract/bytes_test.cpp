// plimsoll: tests/contract/bytes_test.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Records as bytes: their exact layout, and reading what does not fit.
#include "contract/bytes.hpp"

#include "contract/address.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <rapidcheck/catch.h>
#include <string>

using plimsoll::contract::Address;
using plimsoll::contract::RecordReader;
using plimsoll::contract::RecordWriter;
using plimsoll::contract::Symbol;
using plimsoll::num::i128;
using plimsoll::num::I128_MAX;
using plimsoll::num::I128_MIN;

namespace {

std::string record()
{
    std::string out;
    RecordWriter writer(out);
    writer.u8(0x01);
    writer.boolean(true);
    writer.u16(0x0203);
    writer.u32(0x0405'0607);
    writer.u64(0x0809'0a0b'0c0d'0e0f);
    writer.i128(-2);
    writer.text("ab");
    return out;
}

/// Reads record() from `bytes`; false when it is not all there.
bool read_record(std::string_view bytes)
{
    RecordReader reader(bytes);
    std::uint8_t byte = 0;
    bool truth = false;
    std::uint16_t two = 0;
    std::uint32_t four = 0;
    std::uint64_t eight = 0;
    i128 sixteen = 0;
    std::string_view text;
    const bool read = reader.u8(byte) && reader.boolean(truth) && reader.u16(two) &&
                      reader.u32(four) && reader.u64(eight) && reader.i128(sixteen) &&
                      reader.text(text, 2);
    return read && reader.finished() && byte == 1 && truth && two == 0x0203 &&
           four == 0x0405'0607 && eight == 0x0809'0a0b'0c0d'0e0f && sixteen == -2 && text == "ab";
}

}  // namespace

TEST_CASE("bytes: the layout is little-endian without padding")
{
    const std::string expected(
        "\x01\x01\x03\x02\x07\x06\x05\x04\x0f\x0e\x0d\x0c\x0b\x0a\x09\x08"
        "\xfe\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
        "\x02"
        "ab",
        35);
    CHECK(record() == expected);
    CHECK(read_record(expected));
}

TEST_CASE("bytes: a record cut anywhere or continued is no record")
{
    const std::string whole = record();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        INFO(size);
        CHECK_FALSE(read_record(std::string_view(whole).substr(0, size)));
    }
    CHECK_FALSE(read_record(whole + '\0'));
}

TEST_CASE("bytes: a reader that has failed stays failed")
{
    RecordReader reader(std::string_view("\x02\x03", 2));
    bool truth = true;
    CHECK_FALSE(reader.boolean(truth));
    CHECK_FALSE(truth);
    std::uint8_t byte = 9;
    CHECK_FALSE(reader.u8(byte));
    CHECK(byte == 0);
    CHECK_FALSE(reader.finished());
    CHECK(RecordReader({}).finished());
}

TEST_CASE("bytes: texts are bounded on both sides")
{
    std::string out;
    RecordWriter(out).text(std::string(255, 'x'));
    std::string_view view;
    CHECK(RecordReader(out).text(view, 255));
    CHECK(view.size() == 255);
    CHECK_FALSE(RecordReader(out).text(view, 254));
    CHECK(view.empty());

    out.clear();
    RecordWriter(out).text(Symbol("SIXTEEN-LETTERS!"));
    Symbol symbol;
    CHECK(RecordReader(out).text(symbol));
    CHECK(symbol == Symbol("SIXTEEN-LETTERS!"));
    out = std::string(1, '\x11') + std::string(17, 'x');
    CHECK_FALSE(RecordReader(out).text(symbol));
    CHECK(symbol.empty());
}

TEST_CASE("bytes: what is written is read back")
{
    for (const i128 value : {I128_MIN, I128_MAX, i128{0}, i128{-1}, i128{1} << 64}) {
        std::string out;
        RecordWriter(out).i128(value);
        i128 back = 7;
        RecordReader reader(out);
        CHECK(reader.i128(back));
        CHECK(back == value);
        CHECK(reader.finished());
    }
    rc::prop("all widths", [](std::uint8_t a, std::uint16_t b, std::uint32_t c, std::uint64_t d,
                               std::uint64_t low, std::uint64_t high, bool e) {
        const auto wide = static_cast<i128>(static_cast<plimsoll::num::u128>(high) << 64 | low);
        const auto text =
            *rc::gen::suchThat<std::string>([](const auto& s) { return s.size() <= 90; });
        std::string out;
        RecordWriter writer(out);
        writer.u8(a);
        writer.u16(b);
        writer.u32(c);
        writer.u64(d);
        writer.i128(wide);
        writer.boolean(e);
        writer.text(Address(text));
        std::uint8_t a_back = 0;
        std::uint16_t b_back = 0;
        std::uint32_t c_back = 0;
        std::uint64_t d_back = 0;
        i128 wide_back = 0;
        bool e_back = false;
        Address address;
        RecordReader reader(out);
        RC_ASSERT(reader.u8(a_back) && reader.u16(b_back) && reader.u32(c_back));
        RC_ASSERT(reader.u64(d_back) && reader.i128(wide_back) && reader.boolean(e_back));
        RC_ASSERT(reader.text(address) && reader.finished());
        RC_ASSERT(a_back == a && b_back == b && c_back == c && d_back == d);
        RC_ASSERT(bool(wide_back == wide) && e_back == e);
        RC_ASSERT(address.view() == text);
    });
}
