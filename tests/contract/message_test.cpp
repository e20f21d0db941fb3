// plimsoll: tests/contract/message_test.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Every message: what decodes, that it comes back from its own text, and
// the values that reach the handlers.
#include "contract/message.hpp"

#include "contract/json/writer.hpp"
#include "tests/contract/json/arbitrary.hpp"
#include "tests/contract/json/samples.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <string>
#include <string_view>
#include <variant>

using namespace plimsoll::contract;
using plimsoll::Error;
using plimsoll::MarketStatus;
using plimsoll::contract::json::ALTERNATIVES;
using plimsoll::contract::json::Decoded;
using plimsoll::contract::json::encode;
using plimsoll::test::arbitrary_message;
using plimsoll::test::same_message;

namespace {

/// The message of the text, which must decode.
template <class T>
T decoded(std::string_view text)
{
    ExecuteMessage message;
    const Decoded result = decode_execute(text, message);
    INFO(text << " " << result.detail.view());
    REQUIRE(result.error == Error::ok);
    REQUIRE(result.detail.empty());
    return std::get<T>(message);
}

template <class Variant>
void comes_back(std::size_t index, Decoded (*decode)(std::string_view, Variant&) noexcept)
{
    const auto message = arbitrary_message<Variant>(index);
    const std::string text = encode(message);
    Variant back;
    const Decoded result = decode(text, back);
    if (!result)
        RC_FAIL(text + ": " + std::string(result.detail.view()));
    if (!same_message(message, back))
        RC_FAIL(text);
    RC_ASSERT(encode(back) == text);
}

}  // namespace

TEST_CASE("message: there is a sample of every message and it decodes to itself")
{
    STATIC_REQUIRE(plimsoll::test::EXECUTE_SAMPLES.size() == std::variant_size_v<ExecuteMessage>);
    for (std::size_t i = 0; i < plimsoll::test::EXECUTE_SAMPLES.size(); ++i) {
        const std::string_view text = plimsoll::test::EXECUTE_SAMPLES.at(i);
        INFO(text);
        ExecuteMessage message;
        REQUIRE(decode_execute(text, message));
        CHECK(message.index() == i);
        CHECK(encode(message) == text);
    }
    STATIC_REQUIRE(plimsoll::test::QUERY_SAMPLES.size() == std::variant_size_v<QueryMessage>);
    for (std::size_t i = 0; i < plimsoll::test::QUERY_SAMPLES.size(); ++i) {
        const std::string_view text = plimsoll::test::QUERY_SAMPLES.at(i);
        INFO(text);
        QueryMessage message;
        REQUIRE(decode_query(text, message));
        CHECK(message.index() == i);
        CHECK(encode(message) == text);
    }
    InstantiateMessage message;
    REQUIRE(decode_instantiate(plimsoll::test::INSTANTIATE_SAMPLE, message));
    CHECK(encode(message) == plimsoll::test::INSTANTIATE_SAMPLE);
}

TEST_CASE("message: names are unique")
{
    const auto& execute = ALTERNATIVES<ExecuteMessage>;
    for (std::size_t i = 0; i < execute.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j)
            CHECK(execute.at(i).name != execute.at(j).name);
        const json::Shape& shape = *execute.at(i).shape;
        for (std::size_t a = 0; a < shape.size_max; ++a) {
            for (std::size_t b = 0; b < a; ++b)
                CHECK(shape.fields[a].name != shape.fields[b].name);
        }
    }
    const auto& query = ALTERNATIVES<QueryMessage>;
    for (std::size_t i = 0; i < query.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j)
            CHECK(query.at(i).name != query.at(j).name);
    }
}

TEST_CASE("message: the values of a text reach their fields")
{
    using namespace plimsoll::test;

    const auto withdraw = decoded<message::Withdraw>(EXECUTE_SAMPLES[2]);
    CHECK(withdraw.account == plimsoll::AccountId{7});
    CHECK(withdraw.asset == plimsoll::AssetId{0});
    CHECK(withdraw.amount == tokens("1000000"));

    const auto settle = decoded<message::SettleFills>(EXECUTE_SAMPLES[6]);
    CHECK(settle.nonce == 1);
    REQUIRE(settle.fills.size() == 2);
    CHECK(settle.fills[1].market == plimsoll::MarketId{2});
    CHECK(settle.fills[1].buyer == plimsoll::AccountId{3});
    CHECK(settle.fills[1].seller == plimsoll::AccountId{2});
    CHECK(settle.fills[1].base == quantity("7"));
    CHECK(settle.fills[1].price.raw() == 1);

    const auto push = decoded<message::PushPrices>(EXECUTE_SAMPLES[8]);
    REQUIRE(push.prices.size() == 1);
    CHECK(push.prices[0].confidence == price("12.5"));
    CHECK(push.prices[0].publish_time == seconds(1'700'000'000));
    REQUIRE(push.premiums);
    CHECK((*push.premiums)[0].premium == price("-3.25"));
    REQUIRE(push.surfaces);
    const plimsoll::ExpirySurface& surface = (*push.surfaces)[0].surface;
    CHECK(surface.expiry == seconds(1'800'000'000));
    CHECK(surface.rate == ratio("-0.01"));
    CHECK(surface.svi.rho == ratio("-0.3"));
    CHECK(surface.vol_confidence == ratio("0.7"));

    const auto asset = decoded<message::SetAsset>(EXECUTE_SAMPLES[20]);
    CHECK(asset.denom.view() == "ibc/27394FB092D2ECCD");
    CHECK(asset.params.decimals == 6);
    CHECK(asset.params.underlying == plimsoll::UnderlyingId{2});
    CHECK(asset.params.initial_haircut == ratio("0.3"));
    CHECK(asset.params.maintenance_haircut == ratio("0.2"));
    CHECK(asset.params.deposit_cap == tokens("1000"));
    CHECK(asset.params.risk_cancelling);
    CHECK(asset.params.pool_start == quantity("5000"));
    CHECK(asset.params.volatility.horizon == seconds(86'400));
    CHECK(asset.params.volatility.maintenance_cap == ratio("0.5"));
    CHECK(asset.params.confidence.factor == ratio("0.5"));

    const auto underlying = decoded<message::SetUnderlying>(EXECUTE_SAMPLES[21]);
    const plimsoll::StandardParams& standard = underlying.params.standard;
    CHECK(standard.fraction.initial == ratio("0.1"));
    CHECK(standard.fraction.maintenance == ratio("0.05"));
    CHECK(underlying.params.profit.cap == money("1000000"));
    CHECK(standard.size_sqrt_coefficient == ratio("0.1"));
    CHECK(standard.open_interest_upper == money("50000000"));
    CHECK(standard.depeg.factor == ratio("1.5"));
    CHECK(standard.option.unpaired.maintenance == ratio("1.1"));

    const auto market = decoded<message::SetMarket>(EXECUTE_SAMPLES[24]);
    CHECK(market.symbol.view() == "BTC-PERP");
    CHECK(market.params.lot == quantity("0.001"));
    CHECK(market.params.funding_cap == rate("0.1"));
    CHECK(market.params.funding_window == seconds(28'800));
    CHECK(market.params.status == MarketStatus::reduce_only);
    CHECK(market.params.kind == plimsoll::MarketKind::option);
    CHECK(market.params.expiry == seconds(1'800'000'000));
    CHECK(market.params.strike == price("100000"));
    CHECK(market.params.type == plimsoll::OptionType::put);

    const auto risk = decoded<message::SetPortfolioRisk>(EXECUTE_SAMPLES[22]);
    REQUIRE(risk.params.scenarios.size() == 3);
    CHECK(risk.params.scenarios[1].damping == ratio("0.5"));
    CHECK(risk.params.scenarios[2].vol == plimsoll::VolShock::skew_abs);
    CHECK(risk.params.skew_shock.vol_slope == ratio("-0.2"));
    CHECK(risk.params.option_contingency.maintenance == ratio("0.004"));

    const auto correlation = decoded<message::SetCorrelation>(EXECUTE_SAMPLES[23]);
    REQUIRE(correlation.pairs.size() == 2);
    CHECK(*correlation.pairs[0].band == ratio("0.25"));
    CHECK_FALSE(correlation.pairs[1].band);
    CHECK(correlation.pairs[1].rho == ratio("-1"));
}

TEST_CASE("message: white space and the order of fields do not matter")
{
    const auto withdraw = decoded<message::Withdraw>(
        "\r\n{ \"withdraw\"\t: {\"amount\" :\"5\" , \"asset\": 3,\"account\" : 9 } }  ");
    CHECK(withdraw.account == plimsoll::AccountId{9});
    CHECK(withdraw.asset == plimsoll::AssetId{3});
    CHECK(withdraw.amount == plimsoll::test::tokens("5"));
}

TEST_CASE("message: an optional field may be absent, null or there")
{
    CHECK_FALSE(decoded<message::Delegate>(R"({"delegate":{"account":1,"venue":"v"}})").expires);
    CHECK_FALSE(
        decoded<message::Delegate>(R"({"delegate":{"account":1,"venue":"v","expires":null}})")
            .expires);
    CHECK(decoded<message::Delegate>(R"({"delegate":{"account":1,"venue":"v","expires":0}})")
              .expires == plimsoll::test::seconds(0));
    CHECK_FALSE(decoded<message::PushPrices>(R"({"push_prices":{"prices":[]}})").premiums);
    CHECK(decoded<message::PushPrices>(R"({"push_prices":{"prices":[],"premiums":[]}})").premiums);
}

TEST_CASE("message: a field with a default holds it while it is absent or null")
{
    using plimsoll::MarginMode;
    for (const char* text : {R"({"open_account":{}})", R"({"open_account":{"mode":null}})"})
        CHECK(decoded<message::OpenAccount>(text).mode == MarginMode::standard);
    const auto plain = decoded<message::SetUnderlying>(
        R"({"set_underlying":{"underlying":1,"symbol":"A","initial_fraction":"0.1",)"
        R"("maintenance_fraction":"0.1","profit_weight":"1","scaling":null}})");
    CHECK(plain.params.profit.cap == plimsoll::MONEY_MAX);
    CHECK(plain.params.standard.size_reference == plimsoll::MONEY_MAX);
    CHECK_FALSE(plain.params.standard.option.given());
    CHECK(plain.params.standard.option.maintenance_offset == plimsoll::Ratio::one());
    const auto risk = std::string(plimsoll::test::EXECUTE_SAMPLES[22]);
    std::string without = risk;
    for (const std::string damping : {R"(,"damping":"1")", R"(,"damping":"0.5")"})
        without.erase(without.find(damping), damping.size());
    without.erase(without.find(R"(,"mark_rate_mult":"1")"), 21);
    const auto defaults = decoded<message::SetPortfolioRisk>(without);
    CHECK(defaults.params.scenarios[1].damping == plimsoll::Ratio::one());
    CHECK(defaults.params.discount.mark_rate_mult == plimsoll::Ratio::one());
}

TEST_CASE("message: every message comes back from its own text")
{
    for (std::size_t i = 0; i < std::variant_size_v<ExecuteMessage>; ++i) {
        rc::prop("execute " + std::string(ALTERNATIVES<ExecuteMessage>.at(i).name),
            [i] { comes_back<ExecuteMessage>(i, decode_execute); });
    }
    for (std::size_t i = 0; i < std::variant_size_v<QueryMessage>; ++i) {
        rc::prop("query " + std::string(ALTERNATIVES<QueryMessage>.at(i).name),
            [i] { comes_back<QueryMessage>(i, decode_query); });
    }
    rc::prop("instantiate", [] {
        InstantiateMessage message;
        plimsoll::test::fill_arbitrary(json::SHAPE<InstantiateMessage>, json::ANY, &message);
        InstantiateMessage back;
        RC_ASSERT(static_cast<bool>(decode_instantiate(encode(message), back)));
        RC_ASSERT(same_message(message, back));
    });
}

TEST_CASE("message: the largest message fits its limits")
{
    // The largest of each list, with the longest numbers, is far below 64 KiB: the limit on the
    // text never stops a message that the limits on lists let through.
    message::PushPrices push;
    push.premiums.emplace();
    for (std::size_t i = 0; i < plimsoll::UNDERLYINGS_MAX; ++i) {
        REQUIRE(push.prices.push({plimsoll::UnderlyingId{65'535}, plimsoll::PRICE_MAX,
            plimsoll::Price::from_raw(plimsoll::PRICE_MAX.raw() - 1),
            plimsoll::Seconds::from_raw(json::SECONDS_MAX)}));
    }
    for (std::size_t i = 0; i < PREMIUMS_MAX; ++i) {
        REQUIRE(push.premiums->push({plimsoll::MarketId{65'535},
            plimsoll::Price::from_raw(1 - plimsoll::PRICE_MAX.raw())}));
    }
    plimsoll::test::fill_longest(push.surfaces);
    message::SetPortfolioRisk risk;
    plimsoll::test::fill_longest(risk);
    message::SetCorrelation correlation;
    plimsoll::test::fill_longest(correlation);
    message::ReportOrders orders;
    plimsoll::test::fill_longest(orders);
    for (const std::string& text : {json::encode_tagged(push), json::encode_tagged(risk),
             json::encode_tagged(correlation), json::encode_tagged(orders)}) {
        INFO(text);
        CHECK(text.size() < 32'768);
        ExecuteMessage back;
        CHECK(decode_execute(text, back));
    }
}
