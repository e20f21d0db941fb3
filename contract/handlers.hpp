// plimsoll: contract/handlers.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the hall. One function a message. Each is a reject ladder, cheap reasons first, then changes to the
// store's copies; what it returns decides whether they are written.
#pragma once

#include "contract/call.hpp"
#include "contract/message.hpp"

namespace plimsoll::contract {

// handlers/accounts.cpp
[[nodiscard]] Error handle(Call& call, const message::OpenAccount& message);
[[nodiscard]] Error handle(Call& call, const message::Deposit& message);
[[nodiscard]] Error handle(Call& call, const message::Withdraw& message);
[[nodiscard]] Error handle(Call& call, const message::Delegate& message);
[[nodiscard]] Error handle(Call& call, const message::RevokeDelegate& message);
[[nodiscard]] Error handle(Call& call, const message::SetMode& message);
// handlers/orders.cpp
[[nodiscard]] Error handle(Call& call, const message::ReportOrders& message);
// handlers/settle_fills.cpp
[[nodiscard]] Error handle(Call& call, const message::SettleFills& message);
// handlers/settle_market.cpp
[[nodiscard]] Error handle(Call& call, const message::SettleMarket& message);
[[nodiscard]] Error handle(Call& call, const message::WindDown& message);
[[nodiscard]] Error handle(Call& call, const message::SetReduceOnly& message);
[[nodiscard]] Error handle(Call& call, const message::SetSettlement& message);
[[nodiscard]] Error handle(Call& call, const message::SetSettlementPrice& message);
// handlers/push_prices.cpp
[[nodiscard]] Error handle(Call& call, const message::PushPrices& message);
// handlers/feeds.cpp
[[nodiscard]] Error handle(Call& call, const message::SetFeed& message);
[[nodiscard]] Error handle(Call& call, const message::PullPrices& message);
// handlers/liquidation.cpp
[[nodiscard]] Error handle(Call& call, const message::Flag& message);
[[nodiscard]] Error handle(Call& call, const message::Liquidate& message);
[[nodiscard]] Error handle(Call& call, const message::LiquidateCollateral& message);
// handlers/liquidate_slice.cpp
[[nodiscard]] Error handle(Call& call, const message::LiquidateSlice& message);
// handlers/resolve.cpp
[[nodiscard]] Error handle(Call& call, const message::Resolve& message);
// handlers/upkeep.cpp
[[nodiscard]] Error handle(Call& call, const message::Touch& message);
[[nodiscard]] Error handle(Call& call, const message::Accrue& message);
[[nodiscard]] Error handle(Call& call, const message::FundInsurance& message);
[[nodiscard]] Error handle(Call& call, const message::BuyInventory& message);
// handlers/transfer.cpp
[[nodiscard]] Error handle(Call& call, const message::Transfer& message);
// handlers/roles.cpp
[[nodiscard]] Error handle(Call& call, const message::SetPause& message);
[[nodiscard]] Error handle(Call& call, const message::SetRole& message);
[[nodiscard]] Error handle(Call& call, const message::AcceptRole& message);
// handlers/timelock.cpp
[[nodiscard]] Error handle(Call& call, const message::SetTimelock& message);
[[nodiscard]] Error handle(Call& call, const message::Propose& message);
[[nodiscard]] Error handle(Call& call, const message::ExecuteProposal& message);
[[nodiscard]] Error handle(Call& call, const message::CancelProposal& message);
// handlers/governance.cpp
[[nodiscard]] Error handle(Call& call, const message::SetAsset& message);
[[nodiscard]] Error handle(Call& call, const message::SetUnderlying& message);
[[nodiscard]] Error handle(Call& call, const message::SetMarket& message);
[[nodiscard]] Error handle(Call& call, const message::SetParams& message);
// handlers/margin.cpp
[[nodiscard]] Error handle(Call& call, const message::SetPortfolioRisk& message);
[[nodiscard]] Error handle(Call& call, const message::SetCorrelation& message);
[[nodiscard]] Error handle(Call& call, const message::SetObservation& message);
[[nodiscard]] Error handle(Call& call, const message::Observe& message);
// handlers/claims.cpp
[[nodiscard]] Error handle(Call& call, const message::Settle& message);
[[nodiscard]] Error handle(Call& call, const message::Claim& message);
// handlers/cash.cpp
[[nodiscard]] Error handle(Call& call, const message::CoverDeficit& message);
[[nodiscard]] Error handle(Call& call, const message::SetCash& message);
// handlers/cw20.cpp
[[nodiscard]] Error handle(Call& call, const message::Receive& message);
// handlers/staking.cpp
[[nodiscard]] Error handle(Call& call, const message::StakeInsurance& message);
[[nodiscard]] Error handle(Call& call, const message::UnstakeInsurance& message);
[[nodiscard]] Error handle(Call& call, const message::ClaimUnstaked& message);

}  // namespace plimsoll::contract
