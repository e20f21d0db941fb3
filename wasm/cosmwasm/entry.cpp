// plimsoll: wasm/cosmwasm/entry.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the doors, CosmWasm. The functions that the chain calls. Each turns regions into views,
// calls the clearinghouse, and hands the answer back as a region.
// Promises: the message is never copied on its way in; the contract judges its size and its form.
// Never: compiled natively. Frees nothing: the instance lives for one call.
#include "contract/contract.hpp"
#include "wasm/cosmwasm/chain_host.hpp"
#include "wasm/cosmwasm/envelope.hpp"
#include "wasm/cosmwasm/imports.hpp"
#include "wasm/cosmwasm/response.hpp"

#include <cstdint>
#include <new>
#include <string>
#include <utility>

namespace plimsoll::cosmwasm {

namespace {

using Call = contract::Outcome (*)(contract::Host&, const contract::Env&, std::string_view);

Region* answer(std::string json)
{
    // Kept until the instance goes: the chain reads the bytes after this function has returned.
    const auto* const kept = new std::string(std::move(json));
    return new Region(region_of(*kept));
}

contract::Outcome refusal(Error error, std::string_view part)
{
    contract::Outcome outcome;
    outcome.error = error;
    outcome.detail = part;
    return outcome;
}

contract::Outcome run(
    Call call, const Region& env_region, const Region& info_region, const Region& message)
{
    const auto env = parse_env(bytes_of(env_region));
    if (!env)
        return refusal(env.error(), "env");
    const auto info = parse_info(bytes_of(info_region));
    if (!info)
        return refusal(info.error(), "info");
    const contract::Env around{
        env->time_s, env->height, info->sender, env->contract_address, info->funds};
    ChainHost host;
    return call(host, around, bytes_of(message));
}

contract::Outcome run_migrate(const Region& env_region, const Region& message)
{
    const auto env = parse_env(bytes_of(env_region));
    if (!env)
        return refusal(env.error(), "env");
    const contract::Env around{env->time_s, env->height, {}, env->contract_address, {}};
    ChainHost host;
    return contract::migrate(host, around, bytes_of(message));
}

contract::Outcome run_query(const Region& env_region, const Region& message)
{
    const auto env = parse_env(bytes_of(env_region));
    if (!env)
        return refusal(env.error(), "env");
    const contract::Env around{env->time_s, env->height, {}, env->contract_address, {}};
    const ChainHost host;
    return contract::query(host, around, bytes_of(message));
}

}  // namespace

#define PLIMSOLL_EXPORT(name) extern "C" __attribute__((export_name(name)))

// Marks the version of this interface by its mere presence.
PLIMSOLL_EXPORT("interface_version_8") void plimsoll_interface_version() {}

PLIMSOLL_EXPORT("allocate") Region* plimsoll_allocate(std::uint32_t size)
{
    void* const bytes = operator new(size);
    return new Region{reinterpret_cast<std::uint32_t>(bytes), size, 0};
}

PLIMSOLL_EXPORT("deallocate") void plimsoll_deallocate(Region*) {}

PLIMSOLL_EXPORT("instantiate")
Region* plimsoll_instantiate(const Region* env, const Region* info, const Region* message)
{
    return answer(response_of_call(run(contract::instantiate, *env, *info, *message)));
}

PLIMSOLL_EXPORT("execute")
Region* plimsoll_execute(const Region* env, const Region* info, const Region* message)
{
    return answer(response_of_call(run(contract::execute, *env, *info, *message)));
}

PLIMSOLL_EXPORT("migrate")
Region* plimsoll_migrate(const Region* env, const Region* message)
{
    return answer(response_of_call(run_migrate(*env, *message)));
}

PLIMSOLL_EXPORT("query") Region* plimsoll_query(const Region* env, const Region* message)
{
    return answer(response_of_query(run_query(*env, *message)));
}

#undef PLIMSOLL_EXPORT

}  // namespace plimsoll::cosmwasm
