// plimsoll: contract/queries.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the hall. One function a query: reads the store, writes JSON, changes nothing.
// Promises: margins are measured with all funding due until now, by the same evaluation that decides fills
// and liquidations.
#pragma once

#include "contract/call.hpp"
#include "contract/json/writer.hpp"
#include "contract/message.hpp"

namespace plimsoll::contract {

struct QueryCall
{
    Call& call;
    json::Writer& json;
};

/// Where the next page of a list begins; null when this one reached its end.
inline void write_next(json::Writer& json, std::uint64_t end, std::uint64_t count)
{
    json.key("next");
    if (end < count)
        json.integer(end);
    else
        json.null();
}

// queries/house.cpp
[[nodiscard]] Error answer(QueryCall& query, const message::ConfigQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::RolesQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::AssetQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::UnderlyingQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::InsuranceQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::StateQuery& message);
// queries/feed.cpp
[[nodiscard]] Error answer(QueryCall& query, const message::FeedQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::PricesQuery& message);
// queries/markets.cpp
[[nodiscard]] Error answer(QueryCall& query, const message::MarketQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::MarketsQuery& message);
// queries/margin.cpp
[[nodiscard]] Error answer(QueryCall& query, const message::PortfolioRiskQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::CorrelationQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::ObservedQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::SurfaceQuery& message);
// queries/accounts.cpp
[[nodiscard]] Error answer(QueryCall& query, const message::AccountQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::HealthQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::LiquidatableQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::AccountsQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::PreviewLiquidationQuery& message);
// queries/preview_slice.cpp
[[nodiscard]] Error answer(QueryCall& query, const message::PreviewSliceQuery& message);

// queries/settlement.cpp
[[nodiscard]] Error answer(QueryCall& query, const message::SettlementQuery& message);

// queries/proposals.cpp
[[nodiscard]] Error answer(QueryCall& query, const message::ProposalQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::ProposalsQuery& message);
// queries/dry_run.cpp
[[nodiscard]] Error answer(QueryCall& query, const message::DryRunQuery& message);

// queries/cash.cpp
[[nodiscard]] Error answer(QueryCall& query, const message::CashQuery& message);
[[nodiscard]] Error answer(QueryCall& query, const message::StakeQuery& message);
// queries/what_if.cpp
[[nodiscard]] Error answer(QueryCall& query, const message::WhatIfQuery& message);

}  // namespace plimsoll::contract
