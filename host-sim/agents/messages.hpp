// plimsoll: host-sim/agents/messages.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. The messages that agents send, as the bytes of their JSON.
#pragma once

#include "engine/model/level.hpp"
#include "engine/model/surface.hpp"
#include "engine/num/int128.hpp"
#include "engine/units/units.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace plimsoll::sim {

/// What a buyer insists on. An absent guard is not sent.
struct Guards
{
    std::optional<Price> worst_price;
    std::optional<std::uint64_t> nonce;
    std::optional<std::uint64_t> deadline_s;
};

struct FillText
{
    std::uint32_t market = 0;
    std::uint64_t buyer = 0;
    std::uint64_t seller = 0;
    Quantity base;
    Price price;
};

struct PriceReport
{
    std::uint32_t underlying = 0;
    Price price;
    Price confidence;
    std::uint64_t publish_time_s = 0;
};

struct PremiumReport
{
    std::uint32_t market = 0;
    Price premium;
};

struct SurfaceReport
{
    std::uint32_t underlying = 0;
    ExpirySurface surface;
};

/// Standard margin is not named: it is what an account gets that says nothing.
[[nodiscard]] std::string open_account_message(MarginMode mode = MarginMode::standard);
[[nodiscard]] std::string deposit_message(std::uint64_t account);
[[nodiscard]] std::string withdraw_message(
    std::uint64_t account, std::uint32_t asset, num::i128 amount);
[[nodiscard]] std::string delegate_message(std::uint64_t account, std::string_view venue);
[[nodiscard]] std::string settle_fills_message(
    std::uint64_t nonce, std::span<const FillText> fills);
[[nodiscard]] std::string push_prices_message(std::span<const PriceReport> prices,
    std::span<const PremiumReport> premiums, std::span<const SurfaceReport> surfaces = {});
[[nodiscard]] std::string flag_message(std::uint64_t account);
[[nodiscard]] std::string resolve_message(std::uint64_t account);
[[nodiscard]] std::string touch_message(std::uint64_t account);
[[nodiscard]] std::string settle_market_message(std::uint32_t market);
[[nodiscard]] std::string fund_insurance_message();
[[nodiscard]] std::string liquidate_message(std::uint64_t account, std::uint32_t market,
    std::uint64_t buyer, Quantity base_max, const Guards& guards);
[[nodiscard]] std::string liquidate_collateral_message(std::uint64_t account, std::uint32_t asset,
    std::uint64_t buyer, num::i128 amount_max, const Guards& guards);
/// Takes what is at most this share of the whole, at no more than `pay_max`, signed.
[[nodiscard]] std::string liquidate_slice_message(std::uint64_t account, std::uint64_t buyer,
    Ratio fraction_max, Money pay_max, const Guards& guards);
[[nodiscard]] std::string buy_inventory_message(
    std::uint32_t asset, std::uint64_t buyer, num::i128 amount_max);
[[nodiscard]] std::string set_role_message(std::string_view address, std::uint32_t roles);

}  // namespace plimsoll::sim
