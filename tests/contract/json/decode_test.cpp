// plimsoll: tests/contract/json/decode_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Bad messages: each kind of offence with its exact error and place, and
// any bytes at all.
#include "contract/json/decode.hpp"

#include "contract/json/reader.hpp"
#include "contract/message.hpp"
#include "tests/contract/json/samples.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <rapidcheck/catch.h>
#include <string>
#include <string_view>
#include <vector>

using namespace plimsoll::contract;
using plimsoll::Error;
using plimsoll::contract::json::Decoded;
using plimsoll::contract::json::Detail;
using plimsoll::contract::json::TEXT_SIZE_MAX;
using Json = nlohmann::json;

namespace {

Decoded executed(std::string_view text)
{
    static ExecuteMessage message;
    return decode_execute(text, message);
}

/// "108 deposit.account": the answer in one text.
std::string outcome(std::string_view text)
{
    const Decoded result = executed(text);
    return std::to_string(static_cast<int>(result.error)) + " " + std::string(result.detail.view());
}

/// Checks what holds for every answer whatever the bytes were, and says whether they decoded.
bool is_sound(const Decoded& result)
{
    const auto number = static_cast<int>(result.error);
    bool sound = number == 0 ? result.detail.empty() : number >= 100 && number <= 112;
    for (const char byte : result.detail.view())
        sound = sound && byte >= 0x20 && byte <= 0x7e;
    return sound;
}

std::string fill(const char* price = "2")
{
    return std::string(R"({"market":1,"buyer":2,"seller":3,"base":"1","price":")") + price + "\"}";
}

std::string settle(std::size_t count, std::size_t bad_at = SIZE_MAX, const char* bad_price = "0")
{
    std::string text = R"({"settle_fills":{"nonce":1,"fills":[)";
    for (std::size_t i = 0; i < count; ++i) {
        text += i == 0 ? "" : ",";
        text += fill(i == bad_at ? bad_price : "2");
    }
    return text + "]}}";
}

/// Every sample with the decoder that it is for.
struct Sample
{
    std::string text;
    Decoded (*decode)(std::string_view);
};

std::vector<Sample> samples()
{
    std::vector<Sample> all;
    for (const std::string_view text : plimsoll::test::EXECUTE_SAMPLES)
        all.push_back({std::string(text), executed});
    for (const std::string_view text : plimsoll::test::QUERY_SAMPLES) {
        all.push_back({std::string(text), [](std::string_view bytes) {
                           QueryMessage message;
                           return decode_query(bytes, message);
                       }});
    }
    all.push_back({std::string(plimsoll::test::INSTANTIATE_SAMPLE), [](std::string_view bytes) {
                       InstantiateMessage message;
                       return decode_instantiate(bytes, message);
                   }});
    return all;
}

}  // namespace

TEST_CASE("decode: text that is no JSON")
{
    CHECK(outcome("") == "100 message at byte 0");
    CHECK(outcome("   ") == "100 message at byte 3");
    CHECK(outcome("deposit") == "100 message at byte 0");
    CHECK(outcome("{") == "100 message at byte 1");
    CHECK(outcome("{\"deposit\"") == "100 message at byte 10");
    CHECK(outcome("{\"deposit\":") == "100 deposit at byte 11");
    CHECK(outcome("{\"deposit\":{\"account\":7}") == "100 message at byte 24");
    CHECK(outcome("{\"deposit\":{\"account\":7") == "100 deposit at byte 23");
    CHECK(outcome("{\"deposit\":{\"account\":x}}") == "100 deposit.account at byte 22");
    CHECK(outcome("{\"deposit\":{\"account\":+7}}") == "100 deposit.account at byte 22");
    CHECK(outcome("{\"deposit\":{\"account\":7,}}") == "100 deposit at byte 24");
    CHECK(outcome("{\"deposit\":{\"account\":7 7}}") == "100 deposit at byte 24");
    CHECK(outcome("{\"deposit\":{account:7}}") == "100 deposit at byte 12");
    // What is no JSON is no JSON, whatever its name and type.
    CHECK(outcome("{\"deposit\":{\"account\":[1,}}") == "100 deposit.account at byte 25");
    CHECK(outcome("{\"nothing\":{\"account\":tru}}") == "100 nothing at byte 22");
}

TEST_CASE("decode: text that is too long")
{
    std::string text = R"({"open_account":{}})";
    text.resize(TEXT_SIZE_MAX, ' ');
    CHECK(outcome(text) == "0 ");
    text.push_back(' ');
    CHECK(outcome(text) == "101 message");
    CHECK(outcome(std::string(TEXT_SIZE_MAX + 1, '[')) == "101 message");
}

TEST_CASE("decode: nesting that is too deep")
{
    // Two levels are open where the field stands.
    CHECK(outcome("{\"deposit\":{\"x\":" + std::string(6, '[') + std::string(6, ']') + "}}") ==
          "104 deposit.x");
    CHECK(outcome("{\"deposit\":{\"x\":" + std::string(7, '[') + std::string(7, ']') + "}}") ==
          "102 deposit.x at byte 22");
    CHECK(outcome(std::string(60'000, '[')) == "102 message at byte 8");
    std::string objects;
    for (int i = 0; i < 10'000; ++i)
        objects += "{\"a\":";
    CHECK(outcome(objects) == "102 a at byte 40");
}

TEST_CASE("decode: messages that do not exist")
{
    CHECK(outcome("{}") == "103 message");
    CHECK(outcome("{\"depost\":{\"account\":7}}") == "103 depost");
    CHECK(outcome("{\"Deposit\":{\"account\":7}}") == "103 Deposit");
    CHECK(outcome("{\"\":{}}") == "103 ");
    CHECK(outcome("{\"health\":{\"account\":7}}") == "103 health");
    CHECK(outcome("{\"" + std::string(1'000, 'x') + "\":{}}") ==
          "103 " + std::string(40, 'x') + "...");
}

TEST_CASE("decode: fields that do not exist")
{
    CHECK(outcome("{\"deposit\":{\"account\":7,\"acount\":7}}") == "104 deposit.acount");
    CHECK(outcome("{\"deposit\":{\"\":7}}") == "104 deposit.");
    CHECK(outcome("{\"open_account\":{\"a\":[{\"b\":1}]}}") == "104 open_account.a");
    CHECK(outcome("{\"deposit\":{\"account\":7},\"memo\":1}") == "104 memo");
    CHECK(outcome("{\"settle_fills\":{\"fills\":[" + fill() + ",{\"marked\":1}]}}") ==
          "104 settle_fills.fills[1].marked");
}

TEST_CASE("decode: fields that stand twice")
{
    CHECK(outcome("{\"deposit\":{\"account\":7,\"account\":7}}") == "105 deposit.account");
    CHECK(outcome("{\"deposit\":{\"account\":7},\"deposit\":{\"account\":7}}") == "105 deposit");
    CHECK(outcome(R"({"delegate":{"account":1,"venue":"v","expires":null,"expires":1}})") ==
          "105 delegate.expires");
    CHECK(outcome(R"({"settle_fills":{"nonce":1,"fills":[],"fills":[]}})") ==
          "105 settle_fills.fills");
}

TEST_CASE("decode: fields that are absent")
{
    CHECK(outcome("{\"deposit\":{}}") == "106 deposit.account");
    CHECK(outcome("{\"withdraw\":{\"account\":7}}") == "106 withdraw.asset");
    CHECK(outcome(R"({"settle_fills":{"nonce":1,"fills":[{"market":1}]}})") ==
          "106 settle_fills.fills[0].buyer");
    InstantiateMessage message;
    const Decoded result =
        decode_instantiate(R"({"governance":"g","quote":{"denom":"d","symbol":"S"}})", message);
    CHECK(result.error == Error::missing_field);
    CHECK(result.detail.view() == "quote.decimals");
}

TEST_CASE("decode: values of another type")
{
    for (const char* text : {"[]", "7", "\"open_account\"", "null", "true"}) {
        INFO(text);
        CHECK(outcome(text) == "107 message");
    }
    CHECK(outcome("{\"deposit\":[]}") == "107 deposit");
    CHECK(outcome("{\"open_account\":null}") == "107 open_account");
    CHECK(outcome("{\"deposit\":{\"account\":\"7\"}}") == "107 deposit.account");
    CHECK(outcome("{\"deposit\":{\"account\":null}}") == "107 deposit.account");
    CHECK(outcome("{\"deposit\":{\"account\":{\"value\":7}}}") == "107 deposit.account");
    CHECK(outcome(R"({"withdraw":{"account":7,"asset":1,"amount":5}})") == "107 withdraw.amount");
    CHECK(outcome(R"({"set_role":{"address":7,"roles":1}})") == "107 set_role.address");
    CHECK(outcome(R"({"settle_fills":{"nonce":1,"fills":{}}})") == "107 settle_fills.fills");
    CHECK(outcome(R"({"settle_fills":{"nonce":1,"fills":[1]}})") == "107 settle_fills.fills[0]");
    CHECK(outcome(R"({"settle_fills":{"nonce":1,"fills":[{"market":1,"price":2.5}]}})") ==
          "107 settle_fills.fills[0].price");
}

TEST_CASE("decode: numbers in another form")
{
    for (const char* text : {"-7", "7.0", "7e0", "07", "-", "1-"}) {
        INFO(text);
        CHECK(outcome(std::string("{\"deposit\":{\"account\":") + text + "}}") ==
              "108 deposit.account");
    }
    for (const char* text : {"", " 1", "1 ", "+1", "1.", ".5", "01", "1e3", "0x1", "1,5", "NaN",
             "-", "--1", "-0", "1.0000000000000000001", "1.5.5"}) {
        INFO(text);
        CHECK(outcome(settle(4, 3, text)) == "108 settle_fills.fills[3].price");
    }
    for (const char* text : {"", "-1", "1.0", "1.5", "01", "1e3"}) {
        INFO(text);
        CHECK(outcome(std::string(R"({"withdraw":{"account":7,"asset":1,"amount":")") + text +
                      "\"}}") == "108 withdraw.amount");
    }
}

TEST_CASE("decode: values outside their range")
{
    CHECK(outcome("{\"deposit\":{\"account\":18446744073709551615}}") == "0 ");
    CHECK(outcome("{\"deposit\":{\"account\":18446744073709551616}}") == "109 deposit.account");
    CHECK(outcome("{\"accrue\":{\"market\":65535}}") == "0 ");
    CHECK(outcome("{\"accrue\":{\"market\":65536}}") == "109 accrue.market");
    CHECK(outcome("{\"set_pause\":{\"actions\":16}}") == "109 set_pause.actions");
    CHECK(outcome(R"({"delegate":{"account":1,"venue":"v","expires":253402300799}})") == "0 ");
    CHECK(outcome(R"({"delegate":{"account":1,"venue":"v","expires":253402300800}})") ==
          "109 delegate.expires");

    CHECK(outcome(settle(1, 0, "100000000")) == "0 ");
    CHECK(
        outcome(settle(1, 0, "100000000.000000000000000001")) == "109 settle_fills.fills[0].price");
    CHECK(outcome(settle(1, 0, "0")) == "109 settle_fills.fills[0].price");
    CHECK(outcome(settle(1, 0, "0.000000000000000001")) == "0 ");
    CHECK(outcome(settle(1, 0, "-1")) == "109 settle_fills.fills[0].price");
    CHECK(outcome(settle(1, 0, "999999999999999999999999999999999999999999999999999999")) ==
          "109 settle_fills.fills[0].price");

    const std::string withdraw = R"({"withdraw":{"account":7,"asset":1,"amount":")";
    CHECK(outcome(withdraw + "1000000000000000000000000000000000000\"}}") == "0 ");
    CHECK(outcome(withdraw + "1000000000000000000000000000000000001\"}}") == "109 withdraw.amount");

    const std::string role = R"({"set_role":{"roles":1,"address":")";
    CHECK(outcome(role + std::string(90, 'a') + "\"}}") == "0 ");
    CHECK(outcome(role + std::string(91, 'a') + "\"}}") == "109 set_role.address");
    CHECK(outcome(role + "\"}}") == "109 set_role.address");

    QueryMessage query;
    CHECK(decode_query(R"({"liquidatable":{"cursor":0,"limit":100}})", query));
    CHECK(decode_query(R"({"liquidatable":{"cursor":0,"limit":101}})", query).error ==
          Error::out_of_range);
    CHECK(decode_query(R"({"liquidatable":{"cursor":0,"limit":0}})", query).detail.view() ==
          "liquidatable.limit");
}

TEST_CASE("decode: choices that do not exist")
{
    std::string text(plimsoll::test::EXECUTE_SAMPLES[24]);
    const std::size_t at = text.find("reduce_only");
    text.replace(at, 11, "Active");
    CHECK(outcome(text) == "109 set_market.status");
    text.replace(at, 6, "active");
    CHECK(outcome(text) == "0 ");
}

TEST_CASE("decode: lists that are too long")
{
    CHECK(outcome(settle(FILLS_MAX)) == "0 ");
    CHECK(outcome(settle(FILLS_MAX + 1)) == "110 settle_fills.fills");
    // The item too many is still read as JSON.
    CHECK(outcome(R"({"settle_fills":{"fills":[)" +
                  [] {
                      std::string items;
                      for (std::size_t i = 0; i < FILLS_MAX; ++i)
                          items += fill() + ",";
                      return items;
                  }() +
                  "x]}}") ==
          "100 settle_fills.fills at byte " + std::to_string(26 + FILLS_MAX * (fill().size() + 1)));
}

TEST_CASE("decode: strings that are not plain")
{
    CHECK(outcome(R"({"set_role":{"roles":1,"address":"a\u0062c"}})") ==
          "111 set_role.address at byte 35");
    CHECK(outcome("{\"set_role\":{\"roles\":1,\"address\":\"caf\xc3\xa9\"}}") ==
          "111 set_role.address at byte 37");
    CHECK(outcome("{\"set_role\":{\"roles\":1,\"address\":\"a\nb\"}}") ==
          "111 set_role.address at byte 35");
    CHECK(outcome(R"({"dep\u006fsit":{"account":7}})") == "111 message at byte 5");
    CHECK(outcome(R"({"deposit":{"acc\u006funt":7}})") == "111 deposit at byte 16");
    CHECK(outcome(R"({"deposit":{"memo":"\n"}})") == "111 deposit.memo at byte 20");
}

TEST_CASE("decode: bytes behind the message")
{
    CHECK(outcome("{\"open_account\":{}} \n\t\r") == "0 ");
    CHECK(outcome("{\"open_account\":{}} x") == "112 message at byte 20");
    CHECK(outcome("{\"open_account\":{}}{}") == "112 message at byte 19");
    CHECK(outcome(std::string_view("{\"open_account\":{}}\0", 20)) == "112 message at byte 19");
}

TEST_CASE("decode: the first offence in the text decides")
{
    CHECK(outcome(R"({"withdraw":{"amount":"x","account":-1}})") == "108 withdraw.amount");
    CHECK(outcome(R"({"withdraw":{"account":-1,"amount":"x"}})") == "108 withdraw.account");
    CHECK(outcome(R"({"withdraw":{"what":1,"account":-1}})") == "104 withdraw.what");
    CHECK(outcome(R"({"deposit":{"account":7},"memo":1} x)") == "104 memo");
    CHECK(outcome(R"({"deposit":{}} x)") == "106 deposit.account");
}

TEST_CASE("decode: a place longer than the detail is cut")
{
    const std::string name(500, 'n');
    const Decoded result = executed("{\"deposit\":{\"" + name + "\":1}}");
    CHECK(result.error == Error::unknown_field);
    CHECK(result.detail.view() == "deposit." + name.substr(0, 40) + "...");
    CHECK(result.detail.size() <= Detail::CAPACITY);
}

// -------------------------------------------------------------------- every field of them all --

TEST_CASE("decode: every field of every message is watched")
{
    for (const Sample& sample : samples()) {
        const Json whole = Json::parse(sample.text);
        // Walks the objects of the sample; `at` is where they are, `path` how the decoder calls it.
        const auto walk = [&](const auto& self, const Json::json_pointer& at,
                              const std::string& path) -> void {
            const Json& here = whole.at(at);
            if (here.is_array()) {
                for (std::size_t i = 0; i < here.size(); ++i)
                    self(self, at / i, path + "[" + std::to_string(i) + "]");
                return;
            }
            if (!here.is_object())
                return;
            for (const auto& [name, value] : here.items()) {
                const std::string inner = path.empty() ? name : path + "." + name;
                INFO(sample.text << " " << inner);

                Json without = whole;
                without.at(at).erase(name);
                const Decoded missing = sample.decode(without.dump());
                const bool is_message = at.empty() && sample.text.find("governance") != 2;
                if (is_message)
                    CHECK(missing.error == Error::unknown_message);
                else
                    CHECK((missing.error == Error::ok || (missing.error == Error::missing_field &&
                                                             missing.detail.view() == inner)));

                Json other = whole;
                other.at(at)[name] = value.is_boolean() ? Json(1) : Json(true);
                const Decoded wrong = sample.decode(other.dump());
                CHECK(wrong.error == Error::wrong_type);
                CHECK(wrong.detail.view() == inner);

                Json more = whole;
                more.at(at)["zzz"] = 1;
                const Decoded unknown = sample.decode(more.dump());
                CHECK(unknown.error == Error::unknown_field);
                CHECK(unknown.detail.view() == (path.empty() ? "zzz" : path + ".zzz"));

                // A mark stands in for the second copy: the library would merge the two.
                Json marked = whole;
                marked.at(at)["~~~"] = value;
                std::string doubled = marked.dump();
                doubled.replace(doubled.find("~~~"), 3, name);
                const Decoded twice = sample.decode(doubled);
                CHECK(twice.error == Error::duplicate_field);
                CHECK(twice.detail.view() == inner);

                // A message inside a message is only passed over: its own kind is decoded elsewhere.
                if (name != "message" && name != "calls")
                    self(self, at / name, inner);
            }
        };
        walk(walk, Json::json_pointer(), "");
    }
}

// ---------------------------------------------------------------------------------- any bytes --

TEST_CASE("decode: a message cut anywhere is an error")
{
    for (const Sample& sample : samples()) {
        REQUIRE(sample.decode(sample.text));
        for (std::size_t size = 0; size < sample.text.size(); ++size) {
            const Decoded result = sample.decode(std::string_view(sample.text).substr(0, size));
            const bool is_cut = result.error == Error::malformed_json && is_sound(result);
            if (!is_cut)
                FAIL_CHECK(sample.text.substr(0, size) << " " << result.detail.view());
        }
    }
}

TEST_CASE("decode: a message with any one bit turned, byte lost or byte doubled gives an answer")
{
    for (const Sample& sample : samples()) {
        for (std::size_t at = 0; at < sample.text.size(); ++at) {
            for (int bit = 0; bit < 8; ++bit) {
                std::string text = sample.text;
                text[at] = static_cast<char>(text[at] ^ (1 << bit));
                if (!is_sound(sample.decode(text)))
                    FAIL_CHECK(text);
            }
            std::string text = sample.text;
            text.erase(at, 1);
            if (!is_sound(sample.decode(text)))
                FAIL_CHECK(text);
            text = sample.text;
            text.insert(at, 1, text[at]);
            if (!is_sound(sample.decode(text)))
                FAIL_CHECK(text);
        }
    }
}

TEST_CASE("decode: any bytes give an answer")
{
    const auto all = samples();
    rc::prop("random bytes", [&all](const std::string& text) {
        for (const Sample& sample : all)
            RC_ASSERT(is_sound(sample.decode(text)));
    });
    rc::prop("pieces of messages in any order", [&all] {
        const auto pieces =
            *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>("{", "}",
                "[", "]", ":", ",", "\"account\"", "\"settle_fills\"", "\"fills\"", "\"nonce\"",
                "{\"settle_fills\":{\"nonce\":1,\"fills\":[", "{\"deposit\":{\"account\":", "1",
                "\"1\"", "\"-1.5\"", "null", "true", "}}", "]}}", " ", "\\",
                "18446744073709551616"));
        std::string text;
        for (const std::string& piece : pieces)
            text += piece;
        for (const Sample& sample : all)
            RC_ASSERT(is_sound(sample.decode(text)));
    });
    rc::prop("messages with many bytes changed", [&all] {
        const Sample& sample = all.at(*rc::gen::inRange<std::size_t>(0, all.size()));
        std::string text = sample.text;
        const int changes = *rc::gen::inRange(1, 8);
        for (int i = 0; i < changes; ++i)
            text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
        RC_ASSERT(is_sound(sample.decode(text)));
    });
}
