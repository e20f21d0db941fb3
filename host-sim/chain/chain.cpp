// plimsoll: host-sim/chain/chain.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, chain. See chain.hpp.
#include "host-sim/chain/chain.hpp"

#include <fmt/format.h>
#include <utility>

namespace plimsoll::sim {

Chain::Chain(Vm& vm, Bank& bank, std::string contract_address)
  : m_vm(vm), m_bank(bank), m_address(std::move(contract_address))
{}

void Chain::begin_block(std::uint32_t height, std::uint64_t time_s) noexcept
{
    m_height = height;
    m_time_s = time_s;
}

Receipt Chain::instantiate(const std::string& sender, const std::string& message)
{
    return send({.kind = CallKind::instantiate,
        .height = m_height,
        .time_s = m_time_s,
        .sender = sender,
        .funds = {},
        .message = message});
}

Receipt Chain::execute(
    const std::string& sender, const std::string& message, std::vector<Funds> funds)
{
    return send({.kind = CallKind::execute,
        .height = m_height,
        .time_s = m_time_s,
        .sender = sender,
        .funds = std::move(funds),
        .message = message});
}

Receipt Chain::replay(const Call& call)
{
    begin_block(call.height, call.time_s);
    return send(call);
}

void Chain::take_funds(const Call& call)
{
    for (const auto& coin : call.funds) {
        if (!m_bank.move(call.sender, m_address, coin.denom, coin.amount)) {
            throw InvariantError(fmt::format(
                "block {}: {} sends more {} than it holds", call.height, call.sender, coin.denom));
        }
    }
}

void Chain::settle_transfers(const Call& call, const Response& response)
{
    if (!response.ok) {
        for (const auto& coin : call.funds)
            (void)m_bank.move(m_address, call.sender, coin.denom, coin.amount);
        return;
    }
    for (const auto& transfer : response.transfers) {
        if (!m_bank.move(m_address, transfer.to, transfer.denom, transfer.amount)) {
            throw InvariantError(
                fmt::format("block {}: the contract pays more {} than it holds, after {}",
                    call.height, transfer.denom, call.message));
        }
    }
}

Receipt Chain::send(const Call& call)
{
    take_funds(call);
    CallEnv env{.time_s = call.time_s,
        .height = call.height,
        .sender = call.sender,
        .contract_address = m_address,
        .funds = {}};
    for (const auto& coin : call.funds)
        env.funds.push_back({coin.denom, coin.amount});
    auto response = call.kind == CallKind::instantiate ? m_vm.instantiate(env, call.message)
                                                       : m_vm.execute(env, call.message);
    m_calls += 1;
    if (response.error_code == TRAPPED) {
        throw InvariantError(fmt::format("block {}: the contract trapped: {}, after {} from {}",
            call.height, response.error, call.message, call.sender));
    }
    settle_transfers(call, response);
    Receipt receipt{.code = response.error_code,
        .error = std::move(response.error),
        .events = std::move(response.events)};
    for (auto* observer : m_observers)
        observer->on_call(call, receipt);
    return receipt;
}

Response Chain::query(std::string_view message)
{
    m_queries += 1;
    return m_vm.query({.time_s = m_time_s,
                          .height = m_height,
                          .sender = {},
                          .contract_address = m_address,
                          .funds = {}},
        message);
}

}  // namespace plimsoll::sim
