// plimsoll: contract/messages/cash.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. Profit that becomes cash, deficits that suppliers share, staking, and what
// governance sets for all of it.
#pragma once

#include "contract/address.hpp"
#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/cash_params.hpp"
#include "engine/model/ids.hpp"
#include "engine/units/units.hpp"

#include <optional>
#include <string_view>

namespace plimsoll::contract::json {

template <>
struct Described<BorrowParams>
{
    static constexpr std::string_view NAME = "BorrowParams";
    static constexpr std::string_view DOC =
        "Interest on negative cash, and what positive cash gets of it. Rates are a day.";
    static constexpr auto fields() noexcept
    {
        using P = BorrowParams;
        return describe(field<&P::base>("base", "the rate while nothing is borrowed", NOT_NEGATIVE),
            field<&P::slope_low>("slope_low", "what it gains up to the kink", NOT_NEGATIVE),
            field<&P::slope_high>(
                "slope_high", "what it gains from the kink to a utilisation of 1", NOT_NEGATIVE),
            field<&P::kink>("kink", "the utilisation where the slope changes", POSITIVE),
            field<&P::reserve_factor>(
                "reserve_factor", "the insurance's share of interest", NOT_NEGATIVE),
            field<&P::utilisation_max>("utilisation_max",
                "no withdrawal on credit may leave utilisation above it", NOT_NEGATIVE),
            field<&P::borrow_cap>("borrow_cap",
                "no withdrawal on credit may leave more borrowed in all", NOT_NEGATIVE),
            field<&P::supply_loss_cap>("supply_loss_cap",
                "most that suppliers lose of an uncovered deficit, a day", NOT_NEGATIVE));
    }
};

template <>
struct Described<GateParams>
{
    static constexpr std::string_view NAME = "GateParams";
    static constexpr std::string_view DOC =
        "When quote leaves only slowly, because a deficit is uncovered, and how fast.";
    static constexpr auto fields() noexcept
    {
        using P = GateParams;
        return describe(field<&P::absolute>("absolute",
                            "the gate closes while the uncovered deficit is above this", POSITIVE),
            field<&P::relative>(
                "relative", "and above this share of what is supplied", NOT_NEGATIVE),
            field<&P::outflow_share>("outflow_share",
                "what an account may withdraw in a window, as a share of its cash at its start",
                POSITIVE),
            field<&P::window>("window_s", "length of a window, in seconds"),
            field<&P::closed_max>(
                "closed_max_s", "it stays closed no longer than this for one deficit"));
    }
};

}  // namespace plimsoll::contract::json

namespace plimsoll::contract::message {

using json::describe;
using json::field;
using json::or_default;

struct Settle
{
    AccountId account;
    MarketId market;

    static constexpr std::string_view NAME = "settle";
    static constexpr std::string_view DOC =
        "Realises what an account's open position has lost, as far as the account has cash, so "
        "that "
        "the market's winners can be paid. Anybody may send it.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Settle::account>("account", "the account that has lost"),
            field<&Settle::market>("market", "the market of its position"));
    }
};

struct Claim
{
    AccountId account;
    MarketId market;

    static constexpr std::string_view NAME = "claim";
    static constexpr std::string_view DOC =
        "Turns profit into cash as far as the market's losses have become cash: that of a closed "
        "position for anybody, that of an open one for the account's owner.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Claim::account>("account", "the account that has gained"),
            field<&Claim::market>("market", "the market of its position"));
    }
};

struct CoverDeficit
{
    static constexpr std::string_view NAME = "cover_deficit";
    static constexpr std::string_view DOC =
        "Covers the open deficit from the insurance's interest, then what the inventory does not "
        "cover of it from all positive cash in proportion, as far as the day's cap allows. Anybody "
        "may send it.";
    static constexpr auto fields() noexcept { return describe(); }
};

struct SetCash
{
    BorrowParams borrow;
    GateParams gate;
    std::optional<Seconds> unbonding;

    static constexpr std::string_view NAME = "set_cash";
    static constexpr std::string_view DOC =
        "Replaces the parameters of borrowed and supplied quote; from the first one on interest is "
        "charged. The sender holds the role governance.";
    static constexpr auto fields() noexcept
    {
        using M = SetCash;
        return describe(field<&M::borrow>("borrow", "interest and its limits"),
            field<&M::gate>("gate", "the withdrawal gate; absent: none", or_default()),
            field<&M::unbonding>("unbonding_s",
                "how long unstaked insurance bears losses, in seconds; absent: no staking"));
    }
};

struct StakeInsurance
{
    static constexpr std::string_view NAME = "stake";
    static constexpr std::string_view DOC =
        "Buys shares of the insurance for the quote tokens that come with the message.";
    static constexpr auto fields() noexcept { return describe(); }
};

struct UnstakeInsurance
{
    TokenAmount shares;

    static constexpr std::string_view NAME = "unstake";
    static constexpr std::string_view DOC =
        "Begins to take shares of the insurance out. All that the sender is taking out waits anew.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&UnstakeInsurance::shares>("shares", "how many"));
    }
};

struct ClaimUnstaked
{
    std::optional<TokenAmount> min_amount;

    static constexpr std::string_view NAME = "claim_unstaked";
    static constexpr std::string_view DOC =
        "Pays for the sender's shares that have waited long enough, at today's price. Shares that "
        "nobody "
        "fetches within a day are staked again.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&ClaimUnstaked::min_amount>("min_amount", "take nothing for less"));
    }
};

struct CashQuery
{
    static constexpr std::string_view NAME = "cash";
    static constexpr std::string_view DOC =
        "What is supplied and borrowed, the interest indexes, and the withdrawal gate.";
    static constexpr auto fields() noexcept { return describe(); }
};

struct StakeQuery
{
    Address address;

    static constexpr std::string_view NAME = "stake";
    static constexpr std::string_view DOC = "The shares of the insurance that an address holds.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&StakeQuery::address>("address", "the address"));
    }
};

}  // namespace plimsoll::contract::message
