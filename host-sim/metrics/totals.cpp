// plimsoll: host-sim/metrics/totals.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, metrics. See totals.hpp.
#include "host-sim/metrics/totals.hpp"

#include "engine/model/level.hpp"
#include "host-sim/chain/events.hpp"

namespace plimsoll::sim {
namespace {

/// "705 buyer_below_initial" of "705 buyer_below_initial: account 7".
std::string error_name(const std::string& error)
{
    return error.substr(0, error.find(':'));
}

}  // namespace

void TotalsCollector::note_mode(const contract::Event& event)
{
    const auto account = number_attribute(event, "account");
    if (text_attribute(event, "mode") != name_of(MarginMode::portfolio)) {
        m_portfolio.erase(account);
    } else if (m_portfolio.insert(account).second) {
        m_totals.coverage.add(Coverage::portfolio_accounts);
    }
}

void TotalsCollector::note_liquidation(const contract::Event& event)
{
    const auto account = number_attribute(event, "account");
    if (m_portfolio.contains(account) && m_liquidated.insert(account).second)
        m_totals.portfolio_liquidated += 1;
}

void TotalsCollector::count(const contract::Event& event)
{
    auto& coverage = m_totals.coverage;
    m_totals.events[event.type] += 1;
    if (event.type == "account_opened") {
        coverage.add(Coverage::accounts);
        note_mode(event);
    } else if (event.type == "mode_set") {
        note_mode(event);
    } else if (event.type == "position_liquidated") {
        coverage.add(Coverage::liquidations);
        coverage.add(text_attribute(event, "whole") == "true" ? Coverage::full_liquidations
                                                              : Coverage::partial_liquidations);
        m_totals.liquidated +=
            notional_floor(quantity_attribute(event, "base"), price_attribute(event, "mark"));
        note_liquidation(event);
    } else if (event.type == "slice_liquidated") {
        coverage.add(Coverage::liquidations);
        coverage.add(text_attribute(event, "whole") == "true" ? Coverage::full_liquidations
                                                              : Coverage::partial_liquidations);
        coverage.add(Coverage::portfolio_liquidations);
        note_liquidation(event);
    } else if (event.type == "position_sliced") {
        m_totals.liquidated +=
            notional_floor(quantity_attribute(event, "base"), price_attribute(event, "mark"));
    } else if (event.type == "collateral_liquidated") {
        coverage.add(Coverage::collateral_liquidations);
        m_totals.collateral_liquidated += money_attribute(event, "paid");
    } else if (event.type == "deleveraged") {
        coverage.add(Coverage::deleveragings);
        m_totals.deleveraged +=
            notional_floor(quantity_attribute(event, "base"), price_attribute(event, "price"));
    } else if (event.type == "loss_socialised") {
        coverage.add(Coverage::socialised_losses);
        m_totals.socialised += money_attribute(event, "loss");
    } else if (event.type == "market_settled") {
        coverage.add(Coverage::settlements);
    } else if (event.type == "account_resolved") {
        coverage.add(Coverage::resolutions);
        m_totals.bad_debt += money_attribute(event, "deficit");
        note_liquidation(event);
    }
}

void TotalsCollector::on_call(const Call&, const Receipt& receipt)
{
    if (!receipt.ok()) {
        m_totals.coverage.add(Coverage::refused_calls);
        m_totals.refusals[error_name(receipt.error)] += 1;
        return;
    }
    for (const auto& event : receipt.events)
        count(event);
    const Money balance = m_ledger.house().insurance.balance;
    if (balance > m_insurance) {
        m_totals.insurance_in += balance - m_insurance;
    } else if (balance < m_insurance) {
        m_totals.insurance_out += m_insurance - balance;
        m_totals.coverage.add(Coverage::insurance_draws);
    }
    m_insurance = balance;
}

}  // namespace plimsoll::sim
