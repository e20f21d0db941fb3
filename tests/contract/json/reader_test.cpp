// plimsoll: tests/contract/json/reader_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The pull reader on good text, on bad text, and on anything at all.
#include "contract/json/reader.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <rapidcheck/catch.h>
#include <string>
#include <vector>

using plimsoll::Error;
using plimsoll::contract::json::DEPTH_MAX;
using plimsoll::contract::json::Reader;
using plimsoll::contract::json::Strings;
using plimsoll::contract::json::TEXT_SIZE_MAX;
using plimsoll::contract::json::Token;

namespace {

Error skip_all(std::string_view text, Strings strings = Strings::ascii)
{
    Reader reader(text, strings);
    const Error error = reader.skip_value();
    return error != Error::ok ? error : reader.finish();
}

Error integer_error(std::string_view text)
{
    Reader reader(text);
    std::uint64_t value = 1;
    const Error error = reader.read_integer(value);
    CHECK((error == Error::ok || value == 0));
    return error;
}

std::string nested(unsigned depth)
{
    return std::string(depth, '[') + std::string(depth, ']');
}

}  // namespace

TEST_CASE("reader: an object is read in the order of its text")
{
    Reader reader(" { \"a\" : 7 ,\t\"b\":\"x y\",\n\"c\":[true,false,null] }\r ");
    std::string_view key;
    bool more = false;
    REQUIRE(reader.peek() == Token::object);
    REQUIRE(reader.enter_object() == Error::ok);

    REQUIRE(reader.next_key(key, more) == Error::ok);
    REQUIRE(more);
    CHECK(key == "a");
    std::uint64_t number = 0;
    REQUIRE(reader.read_integer(number) == Error::ok);
    CHECK(number == 7);

    REQUIRE(reader.next_key(key, more) == Error::ok);
    CHECK(key == "b");
    std::string_view text;
    REQUIRE(reader.read_string(text) == Error::ok);
    CHECK(text == "x y");

    REQUIRE(reader.next_key(key, more) == Error::ok);
    CHECK(key == "c");
    REQUIRE(reader.enter_array() == Error::ok);
    bool truth = false;
    REQUIRE(reader.next_item(more) == Error::ok);
    REQUIRE(reader.read_boolean(truth) == Error::ok);
    CHECK(truth);
    REQUIRE(reader.next_item(more) == Error::ok);
    REQUIRE(reader.read_boolean(truth) == Error::ok);
    CHECK_FALSE(truth);
    REQUIRE(reader.next_item(more) == Error::ok);
    REQUIRE(reader.read_null() == Error::ok);
    REQUIRE(reader.next_item(more) == Error::ok);
    CHECK_FALSE(more);

    REQUIRE(reader.next_key(key, more) == Error::ok);
    CHECK_FALSE(more);
    CHECK(reader.finish() == Error::ok);
}

TEST_CASE("reader: every well-formed value can be passed over")
{
    for (const char* text : {"{}", "[]", " [ ] ", "0", "-0", "-12.50e+3", "1E9", "\"\"", "true",
             "false", "null", "[1,[2,{\"a\":[]}],\"]\"]", "{\"a\":{\"b\":{}},\"a\":1}"}) {
        INFO(text);
        CHECK(skip_all(text) == Error::ok);
    }
}

TEST_CASE("reader: malformed text is malformed")
{
    for (const char* text : {"", " ", "{", "}", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]",
             "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{1:1}",
             "[}", "{]", "[1}", "{\"a\":1]", "tru", "trUe", "nul", "fals", "\"", "\"abc", "+1", "-",
             "1.", ".5", "1e", "1e+", "--1", "NaN", "Infinity", "//", "\xef\xbb\xbf{}"}) {
        INFO(text);
        CHECK(skip_all(text) == Error::malformed_json);
    }
    CHECK(skip_all("01") == Error::trailing_bytes);
    CHECK(skip_all("{}{}") == Error::trailing_bytes);
    CHECK(skip_all("truee") == Error::trailing_bytes);
    CHECK(skip_all(std::string_view("{}\0", 3)) == Error::trailing_bytes);
}

TEST_CASE("reader: eight levels are read and nine are not")
{
    CHECK(skip_all(nested(DEPTH_MAX)) == Error::ok);
    CHECK(skip_all(nested(DEPTH_MAX + 1)) == Error::nested_too_deep);
    CHECK(skip_all(std::string(60'000, '[')) == Error::nested_too_deep);
    CHECK(skip_all("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}") == Error::ok);
    CHECK(skip_all("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}") ==
          Error::nested_too_deep);
    // Depth counts open containers, not all there have been.
    std::string wide = "[";
    for (int i = 0; i < 100; ++i)
        wide += nested(DEPTH_MAX - 1) + ",";
    wide += "1]";
    CHECK(skip_all(wide) == Error::ok);
}

TEST_CASE("reader: 65,536 bytes are taken and 65,537 are not")
{
    CHECK(Reader(std::string(TEXT_SIZE_MAX, ' ')).check_size() == Error::ok);
    CHECK(Reader(std::string(TEXT_SIZE_MAX + 1, ' ')).check_size() == Error::message_too_large);
}

TEST_CASE("reader: message strings have one spelling, envelope strings have all of JSON's")
{
    for (const char* text : {"\"\\n\"", "\"\\u0041\"", "\"\\\\\"", "\"\\\"\"", "\"\xc3\xa9\"",
             "\"\x7f\"", "\"\t\"", "\"\x1f\"", "{\"\\u0061\":1}"}) {
        INFO(text);
        CHECK(skip_all(text) == Error::not_ascii);
    }
    CHECK(skip_all("\" ~!\"") == Error::ok);
    for (const char* text : {"\"\\n\\t\\b\\f\\r\\/\"", "\"\\u00e9\"", "\"\\\\\"", "\"\\\"\"",
             "\"\xc3\xa9\"", "\"\x7f\"", "{\"\\u0061\":1}"}) {
        INFO(text);
        CHECK(skip_all(text, Strings::any) == Error::ok);
    }
    for (const char* text : {"\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "\"\\u123"}) {
        INFO(text);
        CHECK(skip_all(text, Strings::any) == Error::malformed_json);
    }
}

TEST_CASE("reader: escapes of the envelope are resolved")
{
    std::string value;
    CHECK(Reader("\"a\\u0026b\\\"\\\\\\/\\n\\t\\r\\b\\f\"", Strings::any).read_unescaped(value) ==
          Error::ok);
    CHECK(value == "a&b\"\\/\n\t\r\b\f");
    CHECK(Reader("\"plain\"", Strings::any).read_unescaped(value) == Error::ok);
    CHECK(value == "plain");
    CHECK(Reader("\"\\u00e9\"", Strings::any).read_unescaped(value) == Error::not_ascii);
    CHECK(Reader("7", Strings::any).read_unescaped(value) == Error::wrong_type);
    CHECK(Reader("\"\\u12\"", Strings::any).read_unescaped(value) == Error::malformed_json);
}

TEST_CASE("reader: integers are exact and have one form")
{
    std::uint64_t value = 0;
    CHECK(Reader("0").read_integer(value) == Error::ok);
    CHECK(value == 0);
    CHECK(Reader(" 18446744073709551615,").read_integer(value) == Error::ok);
    CHECK(value == std::numeric_limits<std::uint64_t>::max());
    CHECK(integer_error("18446744073709551616") == Error::out_of_range);
    CHECK(integer_error("99999999999999999999999999999999999999999") == Error::out_of_range);
    for (const char* text :
        {"-1", "-0", "-", "1.0", "1.5", "1e3", "1E3", "00", "01", "1-1", "1+1"}) {
        INFO(text);
        CHECK(integer_error(text) == Error::bad_number);
    }
    for (const char* text : {"\"1\"", "true", "null", "[1]", "{}", "+1", ".5", ""}) {
        INFO(text);
        CHECK(integer_error(text) == Error::wrong_type);
    }
}

TEST_CASE("reader: asking for another type than stands there changes nothing")
{
    Reader reader("  7");
    std::string_view text;
    bool truth = true;
    CHECK(reader.read_string(text) == Error::wrong_type);
    CHECK(reader.read_boolean(truth) == Error::wrong_type);
    CHECK(reader.read_null() == Error::wrong_type);
    CHECK(reader.enter_object() == Error::wrong_type);
    CHECK(reader.enter_array() == Error::wrong_type);
    std::uint64_t value = 0;
    CHECK(reader.read_integer(value) == Error::ok);
    CHECK(value == 7);
}

TEST_CASE("reader: no text and no order of calls makes it trap or run past the end")
{
    rc::prop("random calls on random text", [] {
        const auto text =
            *rc::gen::container<std::string>(rc::gen::element('{', '}', '[', ']', '"', ':', ',',
                '1', '0', '-', '.', 'e', 't', 'r', 'u', 'n', 'l', '\\', ' ', 'a', '\x80', '\0'));
        const auto strings = *rc::gen::element(Strings::ascii, Strings::any);
        const auto calls = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 11));
        Reader reader(text, strings);
        std::string_view view;
        std::string owned;
        std::uint64_t number = 0;
        bool flag = false;
        for (const int call : calls) {
            const Error error = [&] {
                switch (call) {
                case 0:
                    return reader.enter_object();
                case 1:
                    return reader.next_key(view, flag);
                case 2:
                    return reader.enter_array();
                case 3:
                    return reader.next_item(flag);
                case 4:
                    return reader.read_string(view);
                case 5:
                    return reader.read_unescaped(owned);
                case 6:
                    return reader.read_integer(number);
                case 7:
                    return reader.read_boolean(flag);
                case 8:
                    return reader.read_null();
                case 9:
                    return reader.skip_value();
                default:
                    return reader.finish();
                }
            }();
            const auto code = static_cast<int>(error);
            RC_ASSERT(code == 0 || (code >= 100 && code < 200));
            RC_ASSERT(reader.at() <= text.size());
        }
    });
}
