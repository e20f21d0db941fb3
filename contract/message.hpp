// plimsoll: contract/message.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the hall. Every message that the clearinghouse takes, each described once.
// Promises: the fields() of a message are its JSON form on every runtime, its schema and its page
// in docs/messages.md. A message that has decoded holds only values inside the ranges of their
// units; whether they make sense here and now is for the handlers.
// Never: reads state. Text goes in through decode(), never through a handler.
#pragma once

#include "contract/json/decode.hpp"
#include "contract/messages/batch.hpp"        // IWYU pragma: export
#include "contract/messages/cash.hpp"         // IWYU pragma: export
#include "contract/messages/cw20.hpp"         // IWYU pragma: export
#include "contract/messages/feeds.hpp"        // IWYU pragma: export
#include "contract/messages/governance.hpp"   // IWYU pragma: export
#include "contract/messages/instantiate.hpp"  // IWYU pragma: export
#include "contract/messages/keepers.hpp"      // IWYU pragma: export
#include "contract/messages/margin.hpp"       // IWYU pragma: export
#include "contract/messages/queries.hpp"      // IWYU pragma: export
#include "contract/messages/settlement.hpp"   // IWYU pragma: export
#include "contract/messages/timelock.hpp"     // IWYU pragma: export
#include "contract/messages/users.hpp"        // IWYU pragma: export
#include "contract/messages/venues.hpp"       // IWYU pragma: export
#include "contract/messages/what_if.hpp"

#include <string_view>
#include <variant>

namespace plimsoll::contract {

using InstantiateMessage = message::Instantiate;
using MigrateMessage = message::Migrate;

using ExecuteMessage = std::variant<message::OpenAccount, message::Deposit, message::Withdraw,
    message::Delegate, message::RevokeDelegate, message::SetMode, message::SettleFills,
    message::ReportOrders, message::PushPrices, message::Flag, message::Liquidate,
    message::LiquidateCollateral, message::LiquidateSlice, message::Resolve, message::Touch,
    message::Accrue, message::FundInsurance, message::BuyInventory, message::SetPause,
    message::SetRole, message::SetAsset, message::SetUnderlying, message::SetPortfolioRisk,
    message::SetCorrelation, message::SetMarket, message::SetParams, message::SetObservation,
    message::Observe, message::SettleMarket, message::WindDown, message::SetReduceOnly,
    message::SetSettlement, message::SetSettlementPrice, message::SetFeed, message::PullPrices,
    message::SetTimelock, message::Propose, message::ExecuteProposal, message::CancelProposal,
    message::AcceptRole, message::Transfer, message::Batch, message::Settle, message::Claim,
    message::CoverDeficit, message::SetCash, message::StakeInsurance, message::UnstakeInsurance,
    message::ClaimUnstaked, message::Receive>;

/// What governance can propose, and what needs its role or a proposal: everything that it sets. The guardian's
/// set_pause is here too, since governance may prolong a stop.
using GovernanceMessage = std::variant<message::SetRole, message::SetAsset, message::SetUnderlying,
    message::SetPortfolioRisk, message::SetCorrelation, message::SetMarket, message::SetParams,
    message::SetObservation, message::SetFeed, message::WindDown, message::SetSettlement,
    message::SetSettlementPrice, message::SetCash, message::SetTimelock, message::SetPause>;

/// What can stand in a batch: what anybody may send, and no tokens with it.
using KeeperMessage = std::variant<message::Flag, message::Liquidate, message::LiquidateCollateral,
    message::LiquidateSlice, message::Resolve, message::Touch, message::Accrue, message::Observe,
    message::BuyInventory, message::SettleMarket, message::PullPrices, message::Settle,
    message::Claim, message::CoverDeficit>;

/// What tokens of a CW20 contract can be sent for.
using TokenMessage =
    std::variant<message::Deposit, message::FundInsurance, message::StakeInsurance>;

using QueryMessage = std::variant<message::ConfigQuery, message::RolesQuery, message::AccountQuery,
    message::HealthQuery, message::LiquidatableQuery, message::PreviewLiquidationQuery,
    message::PreviewSliceQuery, message::MarketQuery, message::MarketsQuery, message::AssetQuery,
    message::UnderlyingQuery, message::PortfolioRiskQuery, message::CorrelationQuery,
    message::PricesQuery, message::ObservedQuery, message::SurfaceQuery, message::InsuranceQuery,
    message::StateQuery, message::WhatIfQuery, message::SettlementQuery, message::FeedQuery,
    message::ProposalQuery, message::ProposalsQuery, message::DryRunQuery, message::CashQuery,
    message::StakeQuery, message::AccountsQuery>;

/// Each decodes one message of its kind. After an error do not use `out`. Errors: 1xx, with the
/// path of the field.
[[nodiscard]] json::Decoded decode_instantiate(
    std::string_view text, InstantiateMessage& out) noexcept;
[[nodiscard]] json::Decoded decode_migrate(std::string_view text, MigrateMessage& out) noexcept;
[[nodiscard]] json::Decoded decode_execute(std::string_view text, ExecuteMessage& out) noexcept;
[[nodiscard]] json::Decoded decode_governance(
    std::string_view text, GovernanceMessage& out) noexcept;
[[nodiscard]] json::Decoded decode_keeper(std::string_view text, KeeperMessage& out) noexcept;
[[nodiscard]] json::Decoded decode_token_message(std::string_view text, TokenMessage& out) noexcept;
[[nodiscard]] json::Decoded decode_query(std::string_view text, QueryMessage& out) noexcept;

}  // namespace plimsoll::contract
