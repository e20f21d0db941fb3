// plimsoll: tests/contract/schema_test.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The JSON Schema against the decoder, and the reference page against
// both.
#include "contract/schema.hpp"

#include "contract/json/writer.hpp"
#include "contract/message.hpp"
#include "tests/contract/json/arbitrary.hpp"
#include "tests/contract/json/samples.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <rapidcheck/catch.h>
#include <regex>
#include <string>
#include <string_view>
#include <variant>

using namespace plimsoll::contract;
using plimsoll::contract::json::ALTERNATIVES;
using plimsoll::contract::json::Kind;
using plimsoll::contract::json::Shape;
using Json = nlohmann::json;

namespace {

const Json& schema()
{
    static const Json parsed = Json::parse(schema_json());
    return parsed;
}

bool matches(const std::string& text, const std::string& pattern)
{
    static std::map<std::string, std::regex> compiled;
    const auto found = compiled.try_emplace(pattern, pattern, std::regex::ECMAScript).first;
    return std::regex_search(text, found->second);
}

bool has_type(const Json& value, const std::string& type)
{
    if (type == "object")
        return value.is_object();
    if (type == "array")
        return value.is_array();
    if (type == "string")
        return value.is_string();
    if (type == "integer")
        return value.is_number_integer();
    if (type == "boolean")
        return value.is_boolean();
    REQUIRE(type == "null");
    return value.is_null();
}

/// The part of JSON Schema, draft 7, that the schema uses; a keyword that is not here fails the
/// test.
bool is_valid(const Json& value, const Json& rules, const Json& root)
{
    for (const auto& [keyword, rule] : rules.items()) {
        bool valid = true;
        if (keyword == "$ref") {
            const std::string target = rule;
            REQUIRE(target.substr(0, 14) == "#/definitions/");
            REQUIRE(rules.size() == 1);
            REQUIRE(root["definitions"].contains(target.substr(14)));
            valid = is_valid(value, root["definitions"][target.substr(14)], root);
        } else if (keyword == "type") {
            valid = has_type(value, rule);
        } else if (keyword == "required") {
            for (const Json& name : rule)
                valid = valid && (!value.is_object() || value.contains(name));
        } else if (keyword == "properties") {
            for (const auto& [name, inner] : rule.items())
                valid = valid && (!value.is_object() || !value.contains(name) ||
                                     is_valid(value[name], inner, root));
        } else if (keyword == "additionalProperties") {
            REQUIRE(rule == false);
            for (const auto& [name, inner] : value.items())
                valid = valid && rules["properties"].contains(name);
        } else if (keyword == "items") {
            for (const Json& item : value)
                valid = valid && is_valid(item, rule, root);
        } else if (keyword == "allOf") {
            for (const Json& inner : rule)
                valid = valid && is_valid(value, inner, root);
        } else if (keyword == "anyOf" || keyword == "oneOf") {
            int count = 0;
            for (const Json& inner : rule)
                count += is_valid(value, inner, root) ? 1 : 0;
            valid = keyword == "anyOf" ? count > 0 : count == 1;
        } else if (keyword == "enum") {
            valid = std::find(rule.begin(), rule.end(), value) != rule.end();
        } else if (keyword == "pattern") {
            valid = !value.is_string() || matches(value, rule);
        } else if (keyword == "minLength") {
            valid = !value.is_string() || value.get<std::string>().size() >= rule;
        } else if (keyword == "maxLength") {
            valid = !value.is_string() || value.get<std::string>().size() <= rule;
        } else if (keyword == "maxItems") {
            valid = !value.is_array() || value.size() <= rule;
        } else if (keyword == "minimum") {
            valid = !value.is_number() || value >= rule;
        } else if (keyword == "maximum") {
            valid = !value.is_number() || value <= rule;
        } else {
            INFO(keyword);
            REQUIRE((keyword == "description" || keyword == "title" || keyword == "$schema" ||
                     keyword == "definitions"));
        }
        if (!valid)
            return false;
    }
    return true;
}

bool is_valid_text(std::string_view part, std::string_view text)
{
    const Json& root = schema().at(std::string(part));
    return is_valid(Json::parse(text), root, root);
}

/// The schema of an object names exactly the fields of the shape, with words, and requires the
/// right ones.
void describes(const Json& object, const Shape& shape)
{
    INFO(shape.name);
    CHECK(object.at("type") == "object");
    CHECK(object.at("additionalProperties") == false);
    CHECK(object.at("properties").size() == shape.size_max);
    std::size_t required = 0;
    for (std::size_t i = 0; i < shape.size_max; ++i) {
        const std::string name(shape.fields[i].name);
        INFO(name);
        REQUIRE(object.at("properties").contains(name));
        CHECK_FALSE(object.at("properties").at(name).at("description").get<std::string>().empty());
        const Json& list = object.at("required");
        const bool is_required = std::find(list.begin(), list.end(), name) != list.end();
        CHECK(is_required == !is_optional(shape.fields[i]));
        required += is_required ? 1 : 0;
    }
    CHECK(object.at("required").size() == required);
}

template <class Variant>
void describes_all(const Json& part)
{
    const Json& list = part.at("oneOf");
    REQUIRE(list.size() == std::variant_size_v<Variant>);
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string name(ALTERNATIVES<Variant>.at(i).name);
        INFO(name);
        CHECK(list[i].at("required") == Json::array({name}));
        CHECK_FALSE(list[i].at("description").get<std::string>().empty());
        describes(list[i].at("properties").at(name), *ALTERNATIVES<Variant>.at(i).shape);
    }
}

}  // namespace

TEST_CASE("schema: it has the layout of cosmwasm-schema and is the same every time")
{
    CHECK(schema_json() == schema_json());
    for (const char byte : schema_json()) {
        if (byte < 0x20 || byte > 0x7e)
            FAIL("not ASCII");
    }
    CHECK(schema().at("contract_name") == "plimsoll");
    CHECK(schema().at("idl_version") == "1.0.0");
    for (const char* part : {"instantiate", "migrate", "execute", "query"}) {
        CHECK(schema().at(part).at("$schema") == "http://json-schema.org/draft-07/schema#");
        CHECK(schema().at(part).contains("title"));
    }
    for (const char* part : {"sudo", "responses"})
        CHECK(schema().at(part).is_null());
}

TEST_CASE("schema: every message has every field, in words")
{
    describes(schema().at("instantiate"), json::SHAPE<InstantiateMessage>);
    describes(schema().at("migrate"), json::SHAPE<MigrateMessage>);
    describes_all<ExecuteMessage>(schema().at("execute"));
    describes_all<QueryMessage>(schema().at("query"));
    const Json& definitions = schema().at("execute").at("definitions");
    describes(definitions.at("Fill"), json::SHAPE<message::Fill>);
    describes(definitions.at("LiquidationParams"), json::SHAPE<plimsoll::LiquidationParams>);
}

TEST_CASE("schema: it takes what the decoder takes")
{
    for (const std::string_view text : plimsoll::test::EXECUTE_SAMPLES) {
        INFO(text);
        CHECK(is_valid_text("execute", text));
    }
    for (const std::string_view text : plimsoll::test::QUERY_SAMPLES) {
        INFO(text);
        CHECK(is_valid_text("query", text));
    }
    CHECK(is_valid_text("instantiate", plimsoll::test::INSTANTIATE_SAMPLE));
    rc::prop("random messages", [] {
        const auto index = *rc::gen::inRange<std::size_t>(0, std::variant_size_v<ExecuteMessage>);
        const std::string text =
            json::encode(plimsoll::test::arbitrary_message<ExecuteMessage>(index));
        if (!is_valid_text("execute", text))
            RC_FAIL(text);
    });
}

TEST_CASE("schema: it refuses what the decoder refuses")
{
    const char* const refused[] = {
        R"({"deposit":{}})",
        R"({"deposit":{"account":7,"memo":1}})",
        R"({"deposit":{"account":7},"memo":1})",
        R"({"deposit":{"account":"7"}})",
        R"({"deposit":{"account":-1}})",
        R"({"deposit":{"account":1.5}})",
        R"({"accrue":{"market":65536}})",
        R"({"nothing":{}})",
        R"({})",
        R"([])",
        R"({"set_pause":{"actions":16}})",
        R"({"set_role":{"address":"","roles":1}})",
        R"({"set_role":{"address":"a\nb","roles":1}})",
        R"({"set_role":{"address":"a\"b","roles":1}})",
        R"({"withdraw":{"account":1,"asset":1,"amount":"-1"}})",
        R"({"withdraw":{"account":1,"asset":1,"amount":"01"}})",
        R"({"liquidate":{"account":1,"market":1,"buyer":2,"base_max":"0.0"}})",
        R"({"liquidate":{"account":1,"market":1,"buyer":2,"base_max":"-1"}})",
        R"({"liquidate":{"account":1,"market":1,"buyer":2,"base_max":"1e3"}})",
        R"({"liquidate":{"account":1,"market":1,"buyer":2,"base_max":1}})",
        R"({"liquidate":{"account":1,"market":1,"buyer":2,"base_max":"1.0000000000000000001"}})",
        R"({"liquidate":{"account":1,"market":1,"buyer":2,"base_max":"100000000000"}})",
        R"({"liquidate":{"account":1,"market":1,"buyer":2,"base_max":"1","worst_price":"0"}})",
    };
    for (const char* text : refused) {
        INFO(text);
        ExecuteMessage message;
        CHECK_FALSE(decode_execute(text, message));
        CHECK_FALSE(is_valid_text("execute", text));
    }
    CHECK(is_valid_text("execute",
        R"({"liquidate":{"account":1,"market":1,"buyer":2,"base_max":"1","worst_price":null}})"));
}

TEST_CASE("schema: the reference page names every message and every field")
{
    const std::string page = reference_page();
    CHECK(page.rfind("# Messages\n", 0) == 0);
    const auto names = [&page](const Shape& shape) {
        INFO(shape.name);
        const std::size_t at = page.find("\n### " + std::string(shape.name) + "\n");
        REQUIRE(at != std::string::npos);
        const std::string section = page.substr(at, page.find("\n### ", at + 1) - at);
        for (std::size_t i = 0; i < shape.size_max; ++i) {
            INFO(shape.fields[i].name);
            CHECK(section.find("| `" + std::string(shape.fields[i].name) + "` | ") !=
                  std::string::npos);
        }
    };
    names(json::SHAPE<InstantiateMessage>);
    for (const json::Alternative& alternative : ALTERNATIVES<ExecuteMessage>)
        names(*alternative.shape);
    for (const json::Alternative& alternative : ALTERNATIVES<QueryMessage>) {
        // A query may have the name of a part: its heading is found by the first of the two.
        CHECK(page.find("\n### " + std::string(alternative.name) + "\n") != std::string::npos);
    }
    names(json::SHAPE<plimsoll::OracleParams>);
}
