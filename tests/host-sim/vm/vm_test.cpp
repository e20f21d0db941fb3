// plimsoll: tests/host-sim/vm/vm_test.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The real contract in every machine that this build has: bad bytes never
// trap, never write, and are refused alike by native code and by the deployed bytes.
#include "host-sim/vm/vm.hpp"

#include "host-sim/vm/address.hpp"
#include "host-sim/vm/wasm_vm.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <rapidcheck/catch.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

using namespace plimsoll::sim;

namespace {

const CallEnv ENV{1584000000, 17, "alice", "house", {}};

// The strictest machine there is: both side by side, or the native one alone.
std::unique_ptr<Vm> strictest()
{
    MadeVm made = make_vm(VmKind::both);
    if (made.vm)
        return std::move(made.vm);
    return make_vm(VmKind::native).vm;
}

void refused_by_all(Vm& vm, std::string_view json)
{
    const std::string digest = vm.digest_hex();
    using Entry = Response (Vm::*)(const CallEnv&, std::string_view);
    for (const Entry entry : {&Vm::instantiate, &Vm::execute, &Vm::query}) {
        const Response response = (vm.*entry)(ENV, json);
        INFO(json.substr(0, 200));
        CHECK_FALSE(response.ok);
        CHECK(response.error_code != TRAPPED);
        CHECK(response.events.empty());
        CHECK(response.transfers.empty());
    }
    CHECK(vm.digest_hex() == digest);
    CHECK_FALSE(vm.end_block(ENV.height));
}

TEST_CASE("vm: another module beside the program stops it, none and the same one do not")
{
    if (module_sha256().empty())
        return;  // a build without the module has nothing to compare
    const auto root =
        std::filesystem::temp_directory_path() / ("plimsoll-module-" + std::to_string(::getpid()));
    std::filesystem::create_directories(root / "wasm");
    std::filesystem::create_directories(root / "native");
    REQUIRE(module_mismatch(root / "native").empty());
    std::ofstream(root / "wasm" / "plimsoll_cosmwasm.wasm") << "not the module";
    const std::string complaint = module_mismatch(root / "native");
    REQUIRE(
        complaint.find("is not the module that this program was built from") != std::string::npos);
    std::filesystem::remove_all(root);
}

}  // namespace

TEST_CASE("vm: kinds have names")
{
    CHECK(vm_kind_of("native") == VmKind::native);
    CHECK(vm_kind_of("wasm") == VmKind::wasm);
    CHECK(vm_kind_of("both") == VmKind::both);
    CHECK_FALSE(vm_kind_of("jit"));
}

TEST_CASE("vm: a build without the module says so, one with it names its bytes")
{
    CHECK(make_vm(VmKind::native).vm != nullptr);
    const MadeVm made = make_vm(VmKind::wasm);
#if PLIMSOLL_WASM_VM
    CHECK(made.vm != nullptr);
    CHECK(module_sha256().size() == 64);
#else
    CHECK(made.vm == nullptr);
    CHECK(made.error.find("-DPLIMSOLL_WASM_VM=OFF") != std::string::npos);
    CHECK(module_sha256().empty());
#endif
}

TEST_CASE("vm: addresses of the simulated chain")
{
    CHECK(valid_address("a"));
    CHECK(valid_address("keeper_3"));
    CHECK(valid_address(std::string(90, 'z')));
    CHECK_FALSE(valid_address(""));
    CHECK_FALSE(valid_address(std::string(91, 'z')));
    CHECK_FALSE(valid_address("Alice"));
    CHECK_FALSE(valid_address("al ice"));
    CHECK_FALSE(valid_address("caf\xc3\xa9"));
}

TEST_CASE("vm: bad messages are refused alike everywhere and change nothing")
{
    const auto vm = strictest();
    const std::vector<std::string> messages = {"", " ", "{", "}", "null", "[]", "{}", "\"\"", "{\"",
        "{\"no_such_message\":{}}", "{\"open_account\":{}}trailing",
        "{\"open_account\":{},\"touch\":{}}", "{\"open_account\":{\"unknown\":1}}",
        "{\"\xc3\xa9\":{}}", "{\"open\\u005faccount\":{}}",
        "{\"withdraw\":{\"account\":1,\"account\":1}}", "{\"account\":{\"account\":1e3}}",
        "{\"account\":{\"account\":99999999999999999999999999999999999999999999}}",
        std::string("\0\xff\xfe\x80", 4), std::string(100'000, '['), std::string(65'537, ' '),
        "{\"config\":" + std::string(65'000, '{') + "}", std::string(1'000'000, 'x')};
    for (const std::string& message : messages)
        refused_by_all(*vm, message);
}

TEST_CASE("vm: any bytes are refused alike everywhere and change nothing")
{
    const auto vm = strictest();
    rc::prop("arbitrary bytes", [&](const std::string& bytes) { refused_by_all(*vm, bytes); });
}

#if PLIMSOLL_WASM_VM
TEST_CASE("vm: the wasm machine meters what it runs and starts each call afresh")
{
    const auto vm = make_vm(VmKind::wasm).vm;
    const Response first = vm->execute(ENV, "{\"open_account\":{}}");
    const Response second = vm->execute(ENV, "{\"open_account\":{}}");
    CHECK_FALSE(first.ok);
    CHECK(first.gas.code_vm_gas > 100'000);
    CHECK(first.gas.host_vm_gas >= REGION_READ_VM_GAS);
    CHECK(first.gas.code_vm_gas == second.gas.code_vm_gas);
    CHECK(first.gas.host_vm_gas == second.gas.host_vm_gas);
    CHECK(first.gas.storage_sdk_gas == second.gas.storage_sdk_gas);
}

TEST_CASE("vm: a call that does not fit the chain's memory traps, and the next call is as before")
{
    const auto vm = make_vm(VmKind::wasm).vm;
    const Response before = vm->execute(ENV, "{\"open_account\":{}}");
    const std::string digest = vm->digest_hex();
    const Response trapped = vm->execute(ENV, std::string(33 * 1024 * 1024, ' '));
    CHECK_FALSE(trapped.ok);
    CHECK(trapped.error_code == TRAPPED);
    CHECK(trapped.error == "trap: unreachable");
    CHECK(trapped.gas.code_vm_gas > 0);
    CHECK(vm->digest_hex() == digest);
    const Response after = vm->execute(ENV, "{\"open_account\":{}}");
    CHECK(after.error == before.error);
    CHECK(after.gas.code_vm_gas == before.gas.code_vm_gas);
}
#endif
