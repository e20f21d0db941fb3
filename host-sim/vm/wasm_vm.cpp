// plimsoll: host-sim/vm/wasm_vm.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. See wasm_vm.hpp.
#include "host-sim/vm/wasm_vm.hpp"

#include "generated/plimsoll_module.h"
#include "generated/plimsoll_module_id.hpp"
#include "host-sim/sha256.hpp"
#include "host-sim/vm/address.hpp"
#include "host-sim/vm/cosmwasm_text.hpp"

#include <array>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <type_traits>
#include <wasm-rt-impl.h>

namespace {

using plimsoll::sim::GasReport;
using plimsoll::sim::Storage;

enum class Access : std::uint8_t
{
    read_only,
    read_write
};

}  // namespace

// The object that wasm2c hands to every import; its name is wasm2c's.
struct Z_env_instance_t
{
    Z_plimsoll_instance_t* module;
    Storage* storage;
    GasReport* gas;
    Access access;
    const char* refusal;  ///< Why the host stopped the call, when it did.
};

namespace {

using Host = Z_env_instance_t;

// A trap leaves by longjmp, over this file's frames: nothing with a destructor may be alive then.
static_assert(std::is_trivially_destructible_v<Host>);
static_assert(std::is_trivially_destructible_v<std::string_view>);

// The limits of cosmwasm-vm; beyond them it aborts the call.
constexpr std::uint32_t KEY_SIZE_MAX = 64 * 1024;
constexpr std::uint32_t VALUE_SIZE_MAX = 128 * 1024;
constexpr std::uint32_t ADDRESS_TEXT_SIZE_MAX = 256;
constexpr std::uint32_t RESULT_SIZE_MAX = 64 * 1024 * 1024;
// 32 MiB, wasmd's default.
constexpr std::uint32_t MEMORY_PAGES_MAX = 512;

struct Region
{
    std::uint32_t offset;
    std::uint32_t capacity;
    std::uint32_t length;
};

[[noreturn]] void refuse(Host& host, const char* why)
{
    host.refusal = why;
    wasm_rt_trap(WASM_RT_TRAP_UNREACHABLE);
}

const wasm_rt_memory_t& memory_of(const Host& host)
{
    return *Z_plimsollZ_memory(host.module);
}

Region region_at(Host& host, std::uint32_t place)
{
    const wasm_rt_memory_t& memory = memory_of(host);
    Region region;
    if (std::uint64_t{place} + sizeof(region) > memory.size)
        refuse(host, "a region lies outside memory");
    std::memcpy(&region, memory.data + place, sizeof(region));
    if (region.offset == 0 || region.length > region.capacity ||
        std::uint64_t{region.offset} + region.capacity > memory.size)
        refuse(host, "a region is not well formed");
    return region;
}

// The bytes of a region, at the chain's price for reading them. Valid until memory grows.
std::string_view read_region(Host& host, std::uint32_t place, std::uint32_t size_max)
{
    const Region region = region_at(host, place);
    if (region.length > size_max)
        refuse(host, "a region is too long");
    host.gas->host_vm_gas += plimsoll::sim::region_read_vm_gas(region.length);
    return {reinterpret_cast<const char*>(memory_of(host).data + region.offset), region.length};
}

// Lets the module allocate a region and fills it. The chain does not charge for that.
std::uint32_t give_region(Host& host, std::string_view bytes)
{
    const auto size = static_cast<std::uint32_t>(bytes.size());
    const std::uint32_t place = Z_plimsollZ_allocate(host.module, size);
    const Region region = region_at(host, place);
    if (region.capacity < size)
        refuse(host, "an allocated region is too short");
    std::uint8_t* const data = memory_of(host).data;
    std::memcpy(data + region.offset, bytes.data(), size);
    std::memcpy(data + place + offsetof(Region, length), &size, sizeof(size));
    return place;
}

void begin_host_call(Host& host)
{
    host.gas->host_vm_gas += plimsoll::sim::HOST_CALL_VM_GAS;
}

void check_writable(Host& host)
{
    if (host.access == Access::read_only)
        refuse(host, "a query tried to write");
}

enum class Entry : std::uint8_t
{
    instantiate,
    execute,
    query
};

struct Arguments
{
    Entry entry;
    std::string_view env;
    std::string_view info;
    std::string_view message;
};

// The part of a call that may be left by a trap. The result lies in the module's memory.
std::string_view enter(Host& host, const Arguments& arguments)
{
    Z_plimsoll_instance_t* const module = host.module;
    const std::uint32_t env = give_region(host, arguments.env);
    std::uint32_t result = 0;
    if (arguments.entry == Entry::query) {
        const std::uint32_t message = give_region(host, arguments.message);
        result = Z_plimsollZ_query(module, env, message);
    } else {
        const std::uint32_t info = give_region(host, arguments.info);
        const std::uint32_t message = give_region(host, arguments.message);
        result = arguments.entry == Entry::execute
                     ? Z_plimsollZ_execute(module, env, info, message)
                     : Z_plimsollZ_instantiate(module, env, info, message);
    }
    return read_region(host, result, RESULT_SIZE_MAX);
}

// Stands alone so that setjmp has no local variable to spoil.
wasm_rt_trap_t enter_guarded(Host& host, const Arguments& arguments, std::string_view& result)
{
    const auto trap = static_cast<wasm_rt_trap_t>(wasm_rt_impl_try());
    if (trap == WASM_RT_TRAP_NONE)
        result = enter(host, arguments);
    return trap;
}

const char* name_of_trap(wasm_rt_trap_t trap)
{
    switch (trap) {
    case WASM_RT_TRAP_OOB:
        return "access outside memory";
    case WASM_RT_TRAP_INT_OVERFLOW:
        return "integer overflow";
    case WASM_RT_TRAP_DIV_BY_ZERO:
        return "division by zero";
    case WASM_RT_TRAP_UNREACHABLE:
        return "unreachable";
    case WASM_RT_TRAP_CALL_INDIRECT:
        return "invalid indirect call";
    case WASM_RT_TRAP_EXHAUSTION:
        return "call stack exhausted";
    default:
        return "unknown reason";
    }
}

}  // namespace

extern "C" {

u32 Z_envZ_db_read(Host* host, u32 key_place)
{
    begin_host_call(*host);
    const std::string_view key = read_region(*host, key_place, KEY_SIZE_MAX);
    const std::string* const value = host->storage->find(key);
    host->gas->storage_sdk_gas +=
        plimsoll::sim::read_sdk_gas(key.size(), value == nullptr ? 0 : value->size());
    return value == nullptr ? 0 : give_region(*host, *value);
}

void Z_envZ_db_write(Host* host, u32 key_place, u32 value_place)
{
    begin_host_call(*host);
    check_writable(*host);
    const std::string_view key = read_region(*host, key_place, KEY_SIZE_MAX);
    const std::string_view value = read_region(*host, value_place, VALUE_SIZE_MAX);
    host->gas->storage_sdk_gas += plimsoll::sim::write_sdk_gas(key.size(), value.size());
    host->storage->write(key, value);
}

void Z_envZ_db_remove(Host* host, u32 key_place)
{
    begin_host_call(*host);
    check_writable(*host);
    const std::string_view key = read_region(*host, key_place, KEY_SIZE_MAX);
    host->gas->storage_sdk_gas += plimsoll::sim::remove_sdk_gas();
    host->storage->remove(key);
}

u32 Z_envZ_addr_validate(Host* host, u32 place)
{
    begin_host_call(*host);
    const std::string_view text = read_region(*host, place, ADDRESS_TEXT_SIZE_MAX);
    if (text.empty())
        return give_region(*host, "Input is empty");
    host->gas->host_vm_gas +=
        plimsoll::sim::UTF8_VM_GAS + plimsoll::sim::UTF8_BYTE_VM_GAS * text.size();
    host->gas->host_vm_gas +=
        plimsoll::sim::ADDRESS_CHECK_SDK_GAS * plimsoll::sim::VM_GAS_PER_SDK_GAS;
    return plimsoll::sim::valid_address(text) ? 0 : give_region(*host, "invalid address");
}

// There are no other contracts here; nor does the native machine know any.
u32 Z_envZ_query_chain(Host* host, u32 place)
{
    begin_host_call(*host);
    static_cast<void>(read_region(*host, place, KEY_SIZE_MAX));
    return give_region(*host, R"({"error":{"unsupported_request":{"kind":"wasm"}}})");
}

}  // extern "C"

namespace plimsoll::sim {

namespace {

class WasmVm final : public Vm
{
public:
    WasmVm()
    {
        // Both fill tables of this process and must come before the first instance.
        static const bool ready = [] {
            wasm_rt_init();
            Z_plimsoll_init_module();
            return true;
        }();
        static_cast<void>(ready);
    }

    Response instantiate(const CallEnv& env, std::string_view json) override
    {
        return call(Entry::instantiate, env, json);
    }

    Response execute(const CallEnv& env, std::string_view json) override
    {
        return call(Entry::execute, env, json);
    }

    Response query(const CallEnv& env, std::string_view json) override
    {
        const std::string env_text = env_json(env);
        GasReport gas;
        Response response =
            run({Entry::query, env_text, {}, json}, Access::read_only, gas, read_query_response);
        response.gas = gas;
        return response;
    }

    [[nodiscard]] const Storage::Records& records() const override { return m_storage.records(); }
    [[nodiscard]] std::string digest_hex() override { return m_storage.digest().hex(); }

private:
    Response call(Entry entry, const CallEnv& env, std::string_view json)
    {
        const std::string env_text = env_json(env);
        const std::string info_text = info_json(env);
        GasReport gas;
        m_storage.begin();
        Response response =
            run({entry, env_text, info_text, json}, Access::read_write, gas, read_call_response);
        if (response.ok)
            m_storage.commit();
        else
            m_storage.rollback();
        gas.event_sdk_gas = events_sdk_gas(response.events);
        response.gas = gas;
        return response;
    }

    template <class Read>
    Response run(const Arguments& arguments, Access access, GasReport& gas, Read read)
    {
        Z_plimsoll_instance_t instance;
        Host host{&instance, &m_storage, &gas, access, nullptr};
        Z_plimsoll_instantiate(&instance, &host);
        instance.w2c_memory.max_pages = MEMORY_PAGES_MAX;
        std::string_view result;
        const wasm_rt_trap_t trap = enter_guarded(host, arguments, result);
        gas.code_vm_gas = *Z_plimsollZ___gas(&instance);
        Response response;
        if (trap == WASM_RT_TRAP_NONE) {
            response = read(result);
        } else {
            response.ok = false;
            response.error_code = TRAPPED;
            response.error = fmt::format(
                "trap: {}", host.refusal != nullptr ? host.refusal : name_of_trap(trap));
        }
        Z_plimsoll_free(&instance);
        return response;
    }

    Storage m_storage;
};

}  // namespace

std::unique_ptr<Vm> make_wasm_vm()
{
    return std::make_unique<WasmVm>();
}

std::string_view module_sha256()
{
    return MODULE_SHA256;
}

std::string module_mismatch(const std::filesystem::path& folder)
{
    const auto path = (folder / MODULE_FROM_PROGRAM).lexically_normal();
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return {};
    std::ostringstream bytes;
    bytes << file.rdbuf();
    const std::string found = sha256_hex(bytes.str());
    if (found == MODULE_SHA256)
        return {};
    return path.string() + " is not the module that this program was built from (sha256 " + found +
           ", built from " + std::string(MODULE_SHA256) + "): build again";
}

}  // namespace plimsoll::sim
