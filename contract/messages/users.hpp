// plimsoll: contract/messages/users.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. What owners of accounts say.
#pragma once

#include "contract/address.hpp"
#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/level.hpp"
#include "engine/ops/delegation.hpp"
#include "engine/units/units.hpp"

#include <optional>
#include <string_view>

namespace plimsoll::contract {

namespace message {

using json::describe;
using json::field;
using json::NOT_NEGATIVE;
using json::or_default;

struct OpenAccount
{
    MarginMode mode = MarginMode::standard;

    static constexpr std::string_view NAME = "open_account";
    static constexpr std::string_view DOC = "Opens an account that the sender owns.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&OpenAccount::mode>(
            "mode", "how its margin is computed; absent: standard", or_default()));
    }
};

struct Deposit
{
    AccountId account;

    static constexpr std::string_view NAME = "deposit";
    static constexpr std::string_view DOC =
        "Puts the tokens that come with the message into an account: quote as cash, others as "
        "collateral. The sender owns the account.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Deposit::account>("account", "the account that receives"));
    }
};

struct Withdraw
{
    AccountId account;
    AssetId asset;
    TokenAmount amount;

    static constexpr std::string_view NAME = "withdraw";
    static constexpr std::string_view DOC =
        "Sends tokens from an account to its owner. The account must stay above initial margin.";
    static constexpr auto fields() noexcept
    {
        return describe(
            field<&Withdraw::account>("account", "the account that pays; the sender owns it"),
            field<&Withdraw::asset>("asset", "the asset; 0 is the quote"),
            field<&Withdraw::amount>("amount", "base units of the token"));
    }
};

struct Delegate
{
    AccountId account;
    Address venue;
    std::optional<Seconds> expires;
    DelegationLimits limits;

    static constexpr std::string_view NAME = "delegate";
    static constexpr std::string_view DOC =
        "Lets a venue settle fills for an account. Sent again it replaces the limits of that "
        "venue, and what is used of them begins at nothing.";
    static constexpr auto fields() noexcept
    {
        using M = Delegate;
        using L = DelegationLimits;
        return describe(field<&M::account>("account", "the account; the sender owns it"),
            field<&M::venue>(
                "venue", "the venue's address; nothing asks whether it holds the role venue yet"),
            field<&M::expires>(
                "expires", "seconds since 1970 from which on it no longer holds; absent: never"),
            field<&M::limits, &L::markets>(
                "markets", "the markets that it reaches; absent or empty: all", or_default()),
            field<&M::limits, &L::notional_max>("notional_max",
                "most that is traded in a day, in quote, options at their underlying's index; "
                "absent: "
                "no limit",
                or_default(NOT_NEGATIVE)),
            field<&M::limits, &L::fee_max>(
                "fee_max", "highest rate of a trading fee; absent: any", or_default(NOT_NEGATIVE)),
            field<&M::limits, &L::loss_max>("loss_max",
                "most that fills of a day give away against mark, in quote; absent: no limit",
                or_default(NOT_NEGATIVE)));
    }
};

struct RevokeDelegate
{
    AccountId account;
    Address venue;

    static constexpr std::string_view NAME = "revoke_delegate";
    static constexpr std::string_view DOC = "Takes a venue's delegation back, at once.";
    static constexpr auto fields() noexcept
    {
        return describe(
            field<&RevokeDelegate::account>("account", "the account; the sender owns it"),
            field<&RevokeDelegate::venue>("venue", "the venue's address"));
    }
};

struct Transfer
{
    AccountId from;
    AccountId to;
    AssetId asset;
    TokenAmount amount;

    static constexpr std::string_view NAME = "transfer";
    static constexpr std::string_view DOC =
        "Moves tokens between two accounts of one owner. The account that pays must stay above "
        "initial margin.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Transfer::from>("from", "the account that pays; the sender owns it"),
            field<&Transfer::to>("to", "the account that receives; the sender owns it"),
            field<&Transfer::asset>("asset", "the asset; 0 is the quote"),
            field<&Transfer::amount>("amount", "base units of the token"));
    }
};

struct SetMode
{
    AccountId account;
    MarginMode mode = MarginMode::standard;

    static constexpr std::string_view NAME = "set_mode";
    static constexpr std::string_view DOC =
        "Changes how an account's margin is computed. The account must be above initial margin as "
        "the new mode computes it.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SetMode::account>("account", "the account; the sender owns it"),
            field<&SetMode::mode>("mode", "the new mode"));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
