// plimsoll: tests/engine/model/settlement_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The bounds of how markets settle.
#include "engine/model/settlement.hpp"

#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::ratio;
using test::seconds;

template <class Change>
Error with(const Change& change)
{
    SettlementParams params;
    change(params);
    return validate(params);
}

TEST_CASE("settlement parameters: each bound is accepted, one unit past it is not", "[settlement]")
{
    using P = SettlementParams;
    const Ratio unit = Ratio::from_raw(1);
    CHECK(validate(P{}) == Error::ok);
    CHECK(with([](P& p) { p.window = seconds(60); }) == Error::ok);
    CHECK(with([](P& p) { p.window = seconds(59); }) == Error::parameter_bounds);
    CHECK(with([](P& p) { p.window = seconds(86'400); }) == Error::ok);
    CHECK(with([](P& p) { p.window = seconds(86'401); }) == Error::parameter_bounds);
    CHECK(with([](P& p) { p.coverage = ratio("0.1"); }) == Error::ok);
    CHECK(with([&](P& p) { p.coverage = ratio("0.1") - unit; }) == Error::parameter_bounds);
    CHECK(with([](P& p) { p.coverage = ratio("0.9"); }) == Error::ok);
    CHECK(with([&](P& p) { p.coverage = ratio("0.9") + unit; }) == Error::parameter_bounds);
    CHECK(with([](P& p) { p.wait = Seconds::zero(); }) == Error::ok);
    CHECK(with([](P& p) { p.wait = seconds(604'800); }) == Error::ok);
    CHECK(with([](P& p) { p.wait = seconds(604'801); }) == Error::parameter_bounds);
    CHECK(with([](P& p) { p.price_bound = Ratio::zero(); }) == Error::ok);
    CHECK(with([&](P& p) { p.price_bound = -unit; }) == Error::parameter_bounds);
    CHECK(with([](P& p) { p.price_bound = ratio("0.5"); }) == Error::ok);
    CHECK(with([&](P& p) { p.price_bound = ratio("0.5") + unit; }) == Error::parameter_bounds);
}

TEST_CASE("settlement: a window longer than its end opens at zero", "[settlement]")
{
    Settlement settlement;
    settlement.end = seconds(1'000);
    CHECK(settlement.start() == Seconds::zero());
    settlement.end = seconds(10'000);
    CHECK(settlement.start() == seconds(8'200));
}

}  // namespace
}  // namespace plimsoll
