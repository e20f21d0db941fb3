// plimsoll: contract/handlers/close_market.hpp                      SPDX-License-Identifier: Apache-2.0
// Room: the hall. How a market ends, for the two messages that can end one.
#pragma once

#include "contract/call.hpp"
#include "engine/model/market_rules.hpp"

namespace plimsoll::contract {

/// Turns every position of the market into quote at its payoff, which closes it for good.
/// Error status_transition where its status does not allow that for the cause.
[[nodiscard]] Error close_market(
    Call& call, MarketId id, Market& market, Price settlement, StatusCause cause);

}  // namespace plimsoll::contract
