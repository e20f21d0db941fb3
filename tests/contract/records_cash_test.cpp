// plimsoll: tests/contract/records_cash_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The records of cash and stakes: they come back from their bytes, and what is out of range
// does not; a house without them has the same bytes but for the marks of their absence.
#include "contract/records.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

CashPool full_pool()
{
    CashPool pool;
    pool.borrow_index = INDEX_ONE * 2;
    pool.supply_index = INDEX_ONE / 2;
    pool.accrued = seconds(START);
    pool.supplied_floor = money("100");
    pool.supplied_ceil = money("101");
    pool.borrowed_floor = money("30");
    pool.claims = money("7");
    pool.reserve = money("0.5");
    pool.residue = money("-0.25");
    pool.returning = money("0.125");
    pool.loss_window = seconds(START - 5);
    pool.loss_floor = INDEX_ONE / 3;
    pool.gate = {
        seconds(START), money("500"), seconds(START + 3'600), money("99"), money("3"), money("90")};
    return pool;
}

template <class Record, class Change>
Error changed(Record record, const Change& change)
{
    change(record);
    Record out;
    return contract::decode(contract::encode(record), out);
}

}  // namespace

TEST_CASE("records: the pool of all cash and a stake come back from their bytes")
{
    const std::string bytes = contract::encode(full_pool());
    CashPool pool;
    REQUIRE(contract::decode(bytes, pool) == Error::ok);
    CHECK(contract::encode(pool) == bytes);
    CHECK(pool.residue == money("-0.25"));
    CHECK(pool.returning == money("0.125"));
    CHECK(pool.gate.outflow == money("3"));
    CHECK(pool.gate.least == money("90"));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CashPool part;
        CHECK(contract::decode(bytes.substr(0, size), part) != Error::ok);
    }
    const Stake stake{3, 500, 20, seconds(START)};
    Stake out;
    REQUIRE(contract::decode(contract::encode(stake), out) == Error::ok);
    CHECK(contract::encode(out) == contract::encode(stake));
    CHECK(contract::cash_key() != contract::stake_key("cash"));
}

TEST_CASE("records: a pool or a stake out of its ranges is refused")
{
    const auto pool = [](const auto& change) { return changed(full_pool(), change); };
    CHECK(pool([](CashPool&) {}) == Error::ok);
    CHECK(pool([](CashPool& p) { p.borrow_index = CASH_INDEX_MAX; }) == Error::ok);
    CHECK(pool([](CashPool& p) { p.borrow_index = CASH_INDEX_MAX + 1; }) == Error::corrupt_record);
    CHECK(pool([](CashPool& p) { p.supply_index = CASH_INDEX_MIN; }) == Error::ok);
    CHECK(pool([](CashPool& p) { p.supply_index = CASH_INDEX_MIN - 1; }) == Error::corrupt_record);
    CHECK(pool([](CashPool& p) { p.supplied_floor = money("102"); }) == Error::corrupt_record);
    CHECK(pool([](CashPool& p) { p.supplied_floor = money("-1"); }) == Error::corrupt_record);
    CHECK(pool([](CashPool& p) { p.borrowed_floor = money("-1"); }) == Error::corrupt_record);
    CHECK(pool([](CashPool& p) { p.claims = money("-1"); }) == Error::corrupt_record);
    CHECK(pool([](CashPool& p) { p.reserve = money("-1"); }) == Error::corrupt_record);
    CHECK(pool([](CashPool& p) { p.loss_floor = -1; }) == Error::corrupt_record);
    CHECK(pool([](CashPool& p) { p.gate.least = money("-1"); }) == Error::corrupt_record);
    const auto stake = [](const auto& change) {
        return changed(Stake{1, 5, 5, seconds(1)}, change);
    };
    CHECK(stake([](Stake& s) { s.shares = SHARES_MAX; }) == Error::ok);
    CHECK(stake([](Stake& s) { s.shares = SHARES_MAX + 1; }) == Error::corrupt_record);
    CHECK(stake([](Stake& s) { s.unbonding = -1; }) == Error::corrupt_record);
}

TEST_CASE("records: what accounts, the house and the parameters say of cash comes back")
{
    contract::AccountRecord account;
    account.share.index = INDEX_ONE;
    account.share.expected_deficit = money("4");
    account.share.gate = {seconds(START), money("10"), money("2")};
    contract::AccountRecord read;
    REQUIRE(contract::decode(contract::encode(account), read) == Error::ok);
    CHECK((read.share.index == INDEX_ONE));
    CHECK(read.share.gate.withdrawn == money("2"));
    CHECK(read.share.expected_deficit == money("4"));
    const auto share = [&](const auto& change) { return changed(account, change); };
    using Record = contract::AccountRecord;
    CHECK(share([](Record& r) { r.share.index = CASH_INDEX_MAX + 1; }) == Error::corrupt_record);
    CHECK(share([](Record& r) { r.share.index = CASH_INDEX_MIN - 1; }) == Error::corrupt_record);
    CHECK(
        share([](Record& r) { r.share.expected_deficit = money("-1"); }) == Error::corrupt_record);
    CHECK(share([](Record& r) { r.share.gate.cash = money("-1"); }) == Error::corrupt_record);
    CHECK(share([](Record& r) { r.share.gate.withdrawn = money("-1"); }) == Error::corrupt_record);

    contract::House house;
    house.staking = {2, 77, money("3")};
    contract::House house_read;
    REQUIRE(contract::decode(contract::encode(house), house_read) == Error::ok);
    CHECK((house_read.staking.epoch == 2 && house_read.staking.shares == 77));
    CHECK(house_read.staking.expected_deficits == money("3"));
    const auto staking = [&](const auto& change) { return changed(house, change); };
    CHECK(staking([](contract::House& h) { h.staking.shares = -1; }) == Error::corrupt_record);
    CHECK(staking([](contract::House& h) { h.staking.shares = SHARES_MAX + 1; }) ==
          Error::corrupt_record);
    CHECK(staking([](contract::House& h) { h.staking.expected_deficits = money("-1"); }) ==
          Error::corrupt_record);

    Clearinghouse made;
    say::Cash cash;
    cash.gate = true;
    cash.unbonding = 30 * DAY;
    REQUIRE(made.send("gov", say::set_cash(cash)).ok());
    contract::Config config = made.config();
    CHECK(config.cash.borrow.borrow_cap == money("1000000"));
    CHECK(config.cash.gate.window == seconds(3'600));
    CHECK(config.cash.staking.unbonding == seconds(30 * DAY));
    config.cash.staking.unbonding = seconds(1);
    contract::Config out;
    CHECK(contract::decode(contract::encode(config), out) == Error::corrupt_record);
}

TEST_CASE("records: an account, a house and parameters of schema 2 take no part in cash")
{
    contract::AccountRecord account;
    account.account.cash = money("5");
    std::string bytes = contract::encode(account);
    bytes[0] = 2;
    bytes.resize(bytes.size() - 1 - 2 - 1);  // an absent group, an empty list, an absent group
    contract::AccountRecord read;
    REQUIRE(contract::decode(bytes, read) == Error::ok);
    CHECK((read.share.index == 0));
    CHECK(read.account.cash == money("5"));
    contract::House house;
    house.insurance.balance = money("5");
    bytes = contract::encode(house);
    bytes[0] = 2;
    bytes.pop_back();
    // What was liquidated, and of debts, and when; what suppliers have advanced.
    bytes.erase(1 + 16 + 16, 2 * (16 + 8) + 16);
    contract::House house_read;
    REQUIRE(contract::decode(bytes, house_read) == Error::ok);
    CHECK((house_read.staking.shares == 0));
}
