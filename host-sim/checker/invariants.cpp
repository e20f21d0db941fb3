// plimsoll: host-sim/checker/invariants.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, checker. See invariants.hpp.
#include "host-sim/checker/invariants.hpp"

#include "host-sim/text.hpp"

#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

using num::i128;

/// The house's residue of a market: what its positions have paid and nobody has got.
i128 residue_of(const Market& market, const MarketSums& sums)
{
    return -sums.quote - market.paid_out.raw();
}

std::string market_fault(std::size_t number, const Market& market, const MarketSums& sums)
{
    const i128 open_interest = market.indexes.open_interest;
    const i128 dust = sums.short_base - sums.long_base;
    const i128 dust_max = market.indexes.sides[0].dust + market.indexes.sides[1].dust +
                          static_cast<i128>(sums.stages);
    const i128 residue = residue_of(market, sums);
    if (sums.long_base > open_interest || sums.short_base < open_interest) {
        return fmt::format("market {}: longs {} and shorts {} do not bracket open interest {}",
            number, amount_text(sums.long_base), amount_text(sums.short_base),
            amount_text(open_interest));
    }
    if (dust < 0 || dust > dust_max)
        return fmt::format("market {}: dust {} is not in [0, {}]", number, amount_text(dust),
            amount_text(dust_max));
    if (residue < 0 || residue > RESIDUE_MAX)
        return fmt::format("market {}: residue {} is not in [0, {}]", number, amount_text(residue),
            amount_text(RESIDUE_MAX));
    return {};
}

std::string quote_fault(const Ledger& ledger, i128 held_tokens)
{
    const auto& house = ledger.house();
    const int decimals = ledger.config().assets[0].params.decimals;
    const i128 held = money_from_tokens(TokenAmount::from_raw(held_tokens), decimals).raw();
    i128 quotes = 0;
    i128 residue = 0;
    for (std::size_t i = 0; i < ledger.market_count(); ++i) {
        quotes += ledger.sums().markets[i].quote;
        residue += residue_of(ledger.market(i), ledger.sums().markets[i]);
    }
    const i128 owed = ledger.sums().cash.raw() + quotes + house.insurance.balance.raw() + residue -
                      house.insurance.open_deficit.raw() + ledger.cash_pool().reserve.raw() +
                      ledger.cash_pool().residue.raw();
    if (held == owed)
        return {};
    return fmt::format(
        "quote held {} is not cash {} + positions {} + insurance {} + residue {} - deficit {}",
        amount_text(held), amount_text(ledger.sums().cash.raw()), amount_text(quotes),
        amount_text(house.insurance.balance.raw()), amount_text(residue),
        amount_text(house.insurance.open_deficit.raw()));
}

}  // namespace

std::string ledger_fault(const Ledger& ledger, const std::array<i128, ASSETS_MAX>& held)
{
    const auto& house = ledger.house();
    for (std::size_t asset = 0; asset < ledger.config().assets.size(); ++asset) {
        if (house.held[asset].raw() != held[asset])
            return fmt::format("asset {}: the house counts {} tokens and holds {}", asset,
                amount_text(house.held[asset].raw()), amount_text(held[asset]));
        const i128 owned = ledger.sums().collateral[asset] + house.insurance.inventory[asset].raw();
        if (asset != 0 && owned != held[asset])
            return fmt::format("asset {}: accounts and inventory own {} tokens of {}", asset,
                amount_text(owned), amount_text(held[asset]));
    }
    for (std::size_t i = 0; i < ledger.market_count(); ++i) {
        if (auto fault = market_fault(i, ledger.market(i), ledger.sums().markets[i]);
            !fault.empty())
            return fault;
    }
    return ledger.config().assets.empty() ? std::string() : quote_fault(ledger, held[0]);
}

void InvariantChecker::on_call(const Call& call, const Receipt& receipt)
{
    m_checks += 1;
    auto digest = m_chain.vm().digest_hex();
    std::string fault;
    if (!receipt.ok()) {
        if (!m_digest.empty() && digest != m_digest)
            fault = "a refused call, or a query before it, changed records";
    } else {
        m_ledger.update(m_chain.vm().records());
        std::array<i128, ASSETS_MAX> held{};
        const auto& assets = m_ledger.config().assets;
        for (std::size_t i = 0; i < assets.size(); ++i)
            held[i] = m_chain.bank().balance(m_chain.contract_address(), assets[i].denom.view());
        fault = ledger_fault(m_ledger, held);
    }
    m_digest = std::move(digest);
    if (!fault.empty()) {
        throw InvariantError(fmt::format(
            "block {}: {}, after {} from {}", call.height, fault, call.message, call.sender));
    }
}

void InvariantChecker::end_block()
{
    if (!m_digest.empty() && m_chain.vm().digest_hex() != m_digest) {
        throw InvariantError(fmt::format("block {}: a query changed records", m_chain.height()));
    }
}

i128 InvariantChecker::residue() const
{
    i128 residue = 0;
    for (std::size_t i = 0; i < m_ledger.market_count(); ++i)
        residue += residue_of(m_ledger.market(i), m_ledger.sums().markets[i]);
    return residue;
}

}  // namespace plimsoll::sim
