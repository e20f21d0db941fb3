// plimsoll: host-sim/vm/native_vm.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. See native_vm.hpp.
#include "host-sim/vm/native_vm.hpp"

#include "host-sim/vm/address.hpp"

#include <fmt/format.h>
#include <utility>

namespace plimsoll::sim {

namespace {

class StorageHost final : public contract::Host
{
public:
    explicit StorageHost(Storage& storage) : m_storage(storage) {}

    [[nodiscard]] bool read(std::string_view key, std::string& value) const override
    {
        const std::string* const record = m_storage.find(key);
        value = record != nullptr ? *record : std::string();
        return record != nullptr;
    }

    void write(std::string_view key, std::string_view value) override
    {
        m_storage.write(key, value);
    }

    void remove(std::string_view key) override { m_storage.remove(key); }

    [[nodiscard]] bool valid_address(std::string_view text) const override
    {
        return sim::valid_address(text);
    }

private:
    Storage& m_storage;
};

std::vector<contract::Coin> views_of(const std::vector<Coin>& funds)
{
    std::vector<contract::Coin> coins;
    for (const Coin& coin : funds)
        coins.push_back({coin.denom, coin.amount});
    return coins;
}

// The text that the CosmWasm door writes for the same Outcome.
std::string error_text(const contract::Outcome& outcome)
{
    const auto number = static_cast<std::uint16_t>(outcome.error);
    const std::string_view separator = outcome.detail.empty() ? "" : ": ";
    return fmt::format("{} {}{}{}", number, name_of(outcome.error), separator, outcome.detail);
}

Response response_of(contract::Outcome&& outcome)
{
    Response response;
    if (outcome.error != Error::ok) {
        response.ok = false;
        response.error_code = static_cast<std::uint16_t>(outcome.error);
        response.error = error_text(outcome);
        return response;
    }
    response.events = std::move(outcome.events);
    response.transfers = std::move(outcome.transfers);
    response.data = std::move(outcome.data);
    return response;
}

}  // namespace

Response NativeVm::call(Entry entry, const CallEnv& env, std::string_view json)
{
    const std::vector<contract::Coin> funds = views_of(env.funds);
    const contract::Env around{env.time_s, env.height, env.sender, env.contract_address, funds};
    StorageHost host(m_storage);
    m_storage.begin();
    Response response = response_of(entry(host, around, json));
    if (response.ok)
        m_storage.commit();
    else
        m_storage.rollback();
    return response;
}

Response NativeVm::instantiate(const CallEnv& env, std::string_view json)
{
    return call(contract::instantiate, env, json);
}

Response NativeVm::execute(const CallEnv& env, std::string_view json)
{
    return call(contract::execute, env, json);
}

Response NativeVm::query(const CallEnv& env, std::string_view json)
{
    const contract::Env around{env.time_s, env.height, {}, env.contract_address, {}};
    const StorageHost host(m_storage);
    return response_of(contract::query(host, around, json));
}

}  // namespace plimsoll::sim
