// plimsoll: contract/messages/keepers.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. What anyone may say: liquidation, its aftermath, upkeep.
#pragma once

#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/ids.hpp"
#include "engine/units/units.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll::contract {

namespace message {

using json::describe;
using json::field;
using json::POSITIVE;

struct Flag
{
    AccountId account;

    static constexpr std::string_view NAME = "flag";
    static constexpr std::string_view DOC =
        "Starts the auction of an account below maintenance margin.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Flag::account>("account", "the account"));
    }
};

struct Liquidate
{
    AccountId account;
    MarketId market;
    AccountId buyer;
    Quantity base_max;
    std::optional<Price> worst_price;
    std::optional<std::uint64_t> nonce;
    std::optional<Seconds> deadline;

    static constexpr std::string_view NAME = "liquidate";
    static constexpr std::string_view DOC =
        "Takes over part of a position of an unhealthy account at the auction's price: the smaller "
        "of base_max and what the account needs.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Liquidate::account>("account", "the unhealthy account"),
            field<&Liquidate::market>("market", "the market of the position"),
            field<&Liquidate::buyer>(
                "buyer", "the account that takes the position over; the sender owns it"),
            field<&Liquidate::base_max>("base_max", "the most to take, whole lots", POSITIVE),
            field<&Liquidate::worst_price>("worst_price",
                "do nothing if a unit of a long costs the buyer more than this after its reward; "
                "of a short: if it brings less",
                POSITIVE),
            field<&Liquidate::nonce>("nonce", "do nothing if the account has moved past it"),
            field<&Liquidate::deadline>(
                "deadline", "do nothing after this time, seconds since 1970"));
    }
};

struct LiquidateCollateral
{
    AccountId account;
    AssetId asset;
    AccountId buyer;
    TokenAmount amount_max;
    std::optional<Price> worst_price;
    std::optional<std::uint64_t> nonce;
    std::optional<Seconds> deadline;

    static constexpr std::string_view NAME = "liquidate_collateral";
    static constexpr std::string_view DOC =
        "Buys collateral of an unhealthy account for cash, to cure its negative cash.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&LiquidateCollateral::account>("account", "the unhealthy account"),
            field<&LiquidateCollateral::asset>("asset", "the collateral"),
            field<&LiquidateCollateral::buyer>(
                "buyer", "the account that buys; the sender owns it"),
            field<&LiquidateCollateral::amount_max>(
                "amount_max", "the most to buy, base units of the token"),
            field<&LiquidateCollateral::worst_price>("worst_price",
                "buy nothing if a token costs more than this, after the reward", POSITIVE),
            field<&LiquidateCollateral::nonce>(
                "nonce", "do nothing if the account has moved past it"),
            field<&LiquidateCollateral::deadline>(
                "deadline", "do nothing after this time, seconds since 1970"));
    }
};

struct LiquidateSlice
{
    AccountId account;
    AccountId buyer;
    Ratio fraction_max;
    std::optional<Money> pay_max;
    std::optional<std::uint64_t> nonce;
    std::optional<Seconds> deadline;

    static constexpr std::string_view NAME = "liquidate_slice";
    static constexpr std::string_view DOC =
        "Takes over the same part of every position of an unhealthy account, and of the collateral "
        "that moves with them: the smaller of fraction_max and what the account needs. The way to "
        "buy from accounts in portfolio mode, with options, or with two futures of one expiry.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&LiquidateSlice::account>("account", "the unhealthy account"),
            field<&LiquidateSlice::buyer>(
                "buyer", "the account that takes the slice over; the sender owns it"),
            field<&LiquidateSlice::fraction_max>("fraction_max",
                "the most to take, as a share of the whole; millionths count", POSITIVE),
            field<&LiquidateSlice::pay_max>("pay_max",
                "do nothing if the slice costs the buyer more than this after its reward; below "
                "zero: if it brings less"),
            field<&LiquidateSlice::nonce>("nonce", "do nothing if the account has moved past it"),
            field<&LiquidateSlice::deadline>(
                "deadline", "do nothing after this time, seconds since 1970"));
    }
};

struct Resolve
{
    AccountId account;

    static constexpr std::string_view NAME = "resolve";
    static constexpr std::string_view DOC =
        "Ends what no keeper would take: insurance pays, then positions on the other side are "
        "reduced, then the loss is shared.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Resolve::account>("account", "the account"));
    }
};

struct Touch
{
    AccountId account;

    static constexpr std::string_view NAME = "touch";
    static constexpr std::string_view DOC =
        "Brings the positions of an account up to date with their markets, and measures it: of a "
        "healthy one that ends what it has lost until now.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Touch::account>("account", "the account"));
    }
};

struct Observe
{
    static constexpr std::string_view NAME = "observe";
    static constexpr std::string_view DOC =
        "Takes prices as they stand into what is observed of them, as every message that pushes "
        "prices does first. Anybody may send it.";
    static constexpr auto fields() noexcept { return describe(); }
};

struct Accrue
{
    MarketId market;

    static constexpr std::string_view NAME = "accrue";
    static constexpr std::string_view DOC = "Brings a market's funding up to now.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Accrue::market>("market", "the market"));
    }
};

struct FundInsurance
{
    static constexpr std::string_view NAME = "fund_insurance";
    static constexpr std::string_view DOC =
        "Gives the quote tokens that come with the message to the insurance.";
    static constexpr auto fields() noexcept { return describe(); }
};

struct BuyInventory
{
    AssetId asset;
    AccountId buyer;
    TokenAmount amount_max;
    std::optional<Price> worst_price;

    static constexpr std::string_view NAME = "buy_inventory";
    static constexpr std::string_view DOC =
        "Buys collateral that the house took over when it resolved an account.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&BuyInventory::asset>("asset", "the collateral"),
            field<&BuyInventory::buyer>("buyer", "the account that buys; the sender owns it"),
            field<&BuyInventory::amount_max>(
                "amount_max", "the most to buy, base units of the token"),
            field<&BuyInventory::worst_price>("worst_price",
                "buy nothing if a token costs more than this, after the discount", POSITIVE));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
