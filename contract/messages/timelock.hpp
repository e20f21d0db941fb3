// plimsoll: contract/messages/timelock.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. How governance acts through its timelock, hands its role over, and what can
// be asked of it before it acts.
#pragma once

#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/governance_params.hpp"
#include "engine/model/ids.hpp"
#include "engine/units/units.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll::contract {

/// Greatest `limit` of the proposals query.
inline constexpr std::uint32_t PROPOSALS_LIMIT_MAX = 100;
/// Of the dry_run query: every account is evaluated twice.
inline constexpr std::uint32_t DRY_RUN_LIMIT_MAX = 50;

struct GovernanceMessageTag
{
    static constexpr std::string_view NAME = "GovernanceMessage";
    static constexpr std::size_t SIZE_MAX_BYTES = 32'768;
};

/// What governance proposes, as it was said.
using RawGovernanceMessage = json::RawObject<GovernanceMessageTag>;

namespace message {

using json::describe;
using json::field;
using json::from_one_to;
using json::or_default;
using json::POSITIVE;

struct SetTimelock
{
    GovernanceParams params;

    static constexpr std::string_view NAME = "set_timelock";
    static constexpr std::string_view DOC =
        "Sets how long governance waits between proposing and executing, and how long the guardian "
        "may stop an action. While a timelock stands, only raising it, with the rest as it is, "
        "goes "
        "without a proposal. The sender holds the role governance.";
    static constexpr auto fields() noexcept
    {
        using M = SetTimelock;
        using P = GovernanceParams;
        return describe(field<&M::params, &P::timelock>("timelock_s",
                            "seconds from proposing to executing; 0: governance acts at once"),
            field<&M::params, &P::pause_max>("pause_max_s",
                "longest that the guardian stops an action, in seconds; absent: 7 days",
                or_default()),
            field<&M::params, &P::pause_cool>("pause_cool_s",
                "how long an action is open before the guardian can stop it again; absent: a day",
                or_default()));
    }
};

struct Propose
{
    RawGovernanceMessage message;

    static constexpr std::string_view NAME = "propose";
    static constexpr std::string_view DOC =
        "Puts a message of governance down, to be executed when the timelock has passed. The "
        "sender "
        "holds the role governance.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Propose::message>("message", "what is to be executed"));
    }
};

struct ExecuteProposal
{
    std::uint64_t id = 0;

    static constexpr std::string_view NAME = "execute_proposal";
    static constexpr std::string_view DOC =
        "Executes what was proposed, once its timelock has passed and not later than 14 days "
        "after. "
        "The sender holds the role governance.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&ExecuteProposal::id>("id", "the proposal's number"));
    }
};

struct CancelProposal
{
    std::uint64_t id = 0;

    static constexpr std::string_view NAME = "cancel_proposal";
    static constexpr std::string_view DOC =
        "Forgets a proposal. The sender holds the role governance or guardian.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&CancelProposal::id>("id", "the proposal's number"));
    }
};

struct AcceptRole
{
    static constexpr std::string_view NAME = "accept_role";
    static constexpr std::string_view DOC =
        "Takes the role governance, which set_role has offered to the sender.";
    static constexpr auto fields() noexcept { return describe(); }
};

struct ProposalQuery
{
    std::uint64_t id = 0;

    static constexpr std::string_view NAME = "proposal";
    static constexpr std::string_view DOC = "One open proposal.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&ProposalQuery::id>("id", "the proposal's number"));
    }
};

struct ProposalsQuery
{
    std::uint64_t cursor = 0;
    std::uint32_t limit = 0;

    static constexpr std::string_view NAME = "proposals";
    static constexpr std::string_view DOC = "The open proposals, page by page.";
    static constexpr auto fields() noexcept
    {
        return describe(
            field<&ProposalsQuery::cursor>(
                "cursor", "look at proposals from this number on; 0 first, then the answer's next"),
            field<&ProposalsQuery::limit>(
                "limit", "the most numbers to look at", from_one_to(PROPOSALS_LIMIT_MAX)));
    }
};

struct DryRunQuery
{
    std::optional<RawGovernanceMessage> message;
    std::optional<std::uint64_t> proposal;
    AccountId cursor;
    std::uint32_t limit = 0;

    static constexpr std::string_view NAME = "dry_run";
    static constexpr std::string_view DOC =
        "Which accounts a message of governance would put below initial or maintenance margin if "
        "it "
        "were executed now. Either `message` or `proposal` is given.";
    static constexpr auto fields() noexcept
    {
        using M = DryRunQuery;
        return describe(field<&M::message>("message", "the message"),
            field<&M::proposal>("proposal", "or the number of an open proposal"),
            field<&M::cursor>(
                "cursor", "look at accounts from this number on; 0 first, then the answer's next"),
            field<&M::limit>(
                "limit", "the most accounts to look at", from_one_to(DRY_RUN_LIMIT_MAX)));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
