// plimsoll: tests/engine/ops/trading_fee_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Fees of fills.
#include "engine/ops/trading_fee.hpp"

#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

TEST_CASE("trading fee: the maker's rate and the taker's")
{
    MarketParams params;
    params.maker_fee = ratio("0.0002");
    params.taker_fee = ratio("0.0005");
    CHECK(trading_fee_rate(params, false) == ratio("0.0002"));
    CHECK(trading_fee_rate(params, true) == ratio("0.0005"));
    CHECK(trading_fee_ceil(params, ratio("0.0005"), quantity("2"), price("100"), price("1")) ==
          money("0.1"));
    CHECK(trading_fee_ceil(params, ratio("0"), quantity("2"), price("100"), price("1")) ==
          money("0"));
}

TEST_CASE("trading fee: it is rounded up")
{
    const MarketParams params;
    // 1e-18 * 0.5, and half of a raw unit of it
    CHECK(trading_fee_ceil(params, ratio("0.5"), quantity("0.000000000000000001"), price("0.5"),
              price("1")) == money("0.000000000000000001"));
}

TEST_CASE("trading fee: an option's is of the underlying, at most an eighth of the premium")
{
    MarketParams params;
    params.kind = MarketKind::option;
    CHECK(trading_fee_ceil(params, ratio("0.001"), quantity("2"), price("100"), price("2000")) ==
          money("4"));
    CHECK(trading_fee_ceil(params, ratio("0.001"), quantity("2"), price("8"), price("2000")) ==
          money("2"));
    CHECK(trading_fee_ceil(params, ratio("0.001"), quantity("2"), price("0"), price("2000")) ==
          money("0"));
    CHECK(trading_fee_ceil(params, ratio("0.001"), quantity("0.000000000000000001"), price("1"),
              price("2000")) == money("0.000000000000000001"));
}
