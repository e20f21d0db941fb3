// plimsoll: tests/contract/records_governance_test.cpp              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What is remembered of proposals, offers and limits of delegations.
#include "contract/records.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::contract;

TEST_CASE("records: a proposal comes back from its bytes, its message to the last one")
{
    for (const std::string message : {"", "{}", "{\"set_role\":{}}}"}) {
        Proposal proposal;
        proposal.proposer = Address("gov");
        proposal.eta = test::seconds(5);
        proposal.expires = test::seconds(7);
        proposal.message = message;
        const std::string bytes = encode(proposal);
        Proposal back;
        REQUIRE(decode(bytes, back) == Error::ok);
        CHECK(back.proposer == proposal.proposer);
        CHECK(back.eta == proposal.eta);
        CHECK(back.expires == proposal.expires);
        CHECK(back.message == message);
        CHECK(encode(back) == bytes);
        CHECK(decode(bytes.substr(0, 10), back) == Error::corrupt_record);
    }
}

TEST_CASE("records: keys of proposals sort by number")
{
    CHECK(proposal_key(1) < proposal_key(255));
    CHECK(proposal_key(255) < proposal_key(256));
    CHECK(proposal_key(1) != account_key(AccountId{1}));
}

TEST_CASE("records: a role of schema 2 has been offered nothing")
{
    std::string bytes = encode(RoleRecord{3, 7, 1});
    bytes[0] = 2;
    bytes.resize(bytes.size() - 4);
    RoleRecord back;
    REQUIRE(decode(bytes, back) == Error::ok);
    CHECK(back.roles == 3);
    CHECK(back.nonce == 7);
    CHECK(back.offered == 0);
}

TEST_CASE("records: a delegation has used no more than its limits allow")
{
    const auto refused = [](const Delegation& delegation) {
        AccountRecord record;
        record.owner = Address("alice");
        REQUIRE(record.delegations.push(delegation));
        AccountRecord back;
        return decode(encode(record), back) == Error::corrupt_record;
    };
    Delegation delegation;
    delegation.venue = Address("venue");
    delegation.limits.notional_max = test::money("10");
    delegation.limits.loss_max = test::money("5");
    delegation.use = {test::seconds(1), test::money("10"), test::money("5")};
    CHECK_FALSE(refused(delegation));
    Delegation odd = delegation;
    odd.use.notional = test::money("10.1");
    CHECK(refused(odd));
    odd = delegation;
    odd.use.notional = -test::money("1");
    CHECK(refused(odd));
    odd = delegation;
    odd.use.loss = test::money("5.1");
    CHECK(refused(odd));
    odd = delegation;
    odd.limits.notional_max = MONEY_MAX + test::money("1");
    CHECK(refused(odd));
    odd = delegation;
    odd.limits.fee_max = -test::ratio("0.1");
    CHECK(refused(odd));
}
