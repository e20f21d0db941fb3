// plimsoll: tests/wasm/tools/checks_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. One small module for each thing that wasmcheck refuses, and clean ones.
#include "wasm/tools/checks.hpp"

#include "tests/wasm/tools/wat.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace plimsoll::tools;

namespace {

// A module with all that CosmWasm demands, and `more` besides.
std::string with(
    const std::string& more, const std::string& memory = "(memory (export \"memory\") 1)")
{
    return R"((module
        (import "env" "db_read" (func $db_read (param i32) (result i32)))
        )" +
           memory + R"(
        (func (export "interface_version_8"))
        (func (export "allocate") (param i32) (result i32) local.get 0)
        (func (export "deallocate") (param i32))
        (func (export "instantiate") (param i32 i32 i32) (result i32) local.get 0 call $db_read)
        )" +
           more + ")";
}

std::vector<std::string> violations_of(const Bytes& bytes)
{
    return check_module(bytes, *runtime_of("cosmwasm")).violations;
}

// Exactly one violation, this one.
void refused(const std::string& wat, const std::string& violation)
{
    CHECK(violations_of(module_of_wat(wat)) == std::vector<std::string>{violation});
}

std::string repeated(const std::string& text, int count)
{
    std::string out;
    for (int i = 0; i < count; ++i)
        out += text;
    return out;
}

}  // namespace

TEST_CASE("wasmcheck: a clean module passes and is summed up")
{
    const Bytes bytes = module_of_wat(with("(table 3 3 funcref) (func (local i32 i64))"));
    const Verdict verdict = check_module(bytes, *runtime_of("cosmwasm"));
    CHECK(verdict.violations.empty());
    CHECK(verdict.summary == std::to_string(bytes.size()) +
                                 " bytes, 5 functions, at most 2 locals, imports: env.db_read");
}

TEST_CASE("wasmcheck: there is no runtime of any other name")
{
    CHECK(runtime_of("evm") == nullptr);
}

TEST_CASE("wasmcheck: bytes that are no module")
{
    CHECK(violations_of({}).size() == 1);
    CHECK(violations_of({'\0', 'a', 's', 'm', 2, 0, 0, 0}).size() == 1);
    Bytes cut = module_of_wat(with(""));
    cut.pop_back();
    CHECK(violations_of(cut).size() == 1);
}

TEST_CASE("wasmcheck: floating point, wherever it hides")
{
    refused(with("(func i32.const 1 f64.convert_i32_s drop i32.const 2 f64.convert_i32_s drop)"),
        "floating-point instruction f64.convert_i32_s: 2 times, first in function 5");
    refused(with("(func i32.const 0 f32.load drop)"),
        "floating-point instruction f32.load: 1 times, first in function 5");
    refused(with("(type (func (param f32)))"), "signature 0 has a floating-point value");
    refused(with("(type (func (result f64)))"), "signature 0 has a floating-point value");
    refused(with("(func (local f64))"), "function 5 has a floating-point local");
    refused(with("(global f64 (f64.const 0))"), "global 0 is a floating-point value");
}

TEST_CASE("wasmcheck: instructions that came after version 1.0")
{
    refused(with("(func i32.const 1 i32.extend8_s drop)"),
        "instruction i32.extend8_s is not in WebAssembly 1.0: 1 times, first in function 5");
    refused(with("(func i32.const 1 i32.const 1 i32.const 1 memory.fill)"),
        "instruction memory.fill is not in WebAssembly 1.0: 1 times, first in function 5");
    refused(with("(func ref.null func drop)"),
        "instruction ref.null is not in WebAssembly 1.0: 1 times, first in function 5");
}

TEST_CASE("wasmcheck: what version 1.0 cannot encode otherwise")
{
    // A block of two results needs no new instruction, only a new kind of block type.
    const auto violations = violations_of(module_of_wat(with("(func block (param i32) drop end)")));
    REQUIRE(violations.size() == 1);
    CHECK(violations[0].rfind("not valid WebAssembly 1.0: ", 0) == 0);
}

TEST_CASE("wasmcheck: imports outside the runtime's list")
{
    refused(R"((module (import "env" "clock" (func)) (memory (export "memory") 1)
        (func $f (export "interface_version_8")) (export "allocate" (func $f))
        (export "deallocate" (func $f)) (export "instantiate" (func $f))))",
        "import env.clock is not offered by cosmwasm");
    refused(R"((module (import "wasi_snapshot_preview1" "fd_write" (func))
        (memory (export "memory") 1)
        (func $f (export "interface_version_8")) (export "allocate" (func $f))
        (export "deallocate" (func $f)) (export "instantiate" (func $f))))",
        "import wasi_snapshot_preview1.fd_write is not offered by cosmwasm");
    refused(R"((module (import "env" "db_read" (memory 1)) (export "memory" (memory 0))
        (func $f (export "interface_version_8")) (export "allocate" (func $f))
        (export "deallocate" (func $f)) (export "instantiate" (func $f))))",
        "import env.db_read is a memory: only functions may be");
}

TEST_CASE("wasmcheck: exports outside the runtime's list, and missing ones")
{
    refused(with("(func (export \"_initialize\"))"),
        "export _initialize is no entry point of cosmwasm");
    refused(with("(func (export \"interface_version_7\"))"),
        "export interface_version_7 is no entry point of cosmwasm");
    refused(with("(func (export \"requires_iterator\"))"),
        "export requires_iterator demands a capability of the chain");
    CHECK(violations_of(module_of_wat("(module (memory 1))")) ==
          std::vector<std::string>{"export memory is missing",
              "export interface_version_8 is missing", "export allocate is missing",
              "export deallocate is missing", "export instantiate is missing"});
}

TEST_CASE("wasmcheck: memory")
{
    refused(with("", "(memory (export \"memory\") 1 512)"),
        "the memory has a maximum: the chain sets it");
    refused(with("", "(memory (export \"memory\") 513)"),
        "513 pages of memory at first, more than 512");
    refused(with("", "(memory (export \"memory\") 1) (memory 1)"), "2 memories: there must be one");
    CHECK(violations_of(module_of_wat(with("", "(memory (export \"memory\") 512)"))).empty());
}

TEST_CASE("wasmcheck: tables")
{
    refused(with("(table 3 funcref)"), "a table without a maximum");
    refused(with("(table 3 2501 funcref)"), "a table of 2501 elements, more than 2500");
    refused(with("(table 3 3 funcref) (table 1 1 funcref)"), "2 tables, more than 1");
    CHECK(violations_of(module_of_wat(with("(table 3 2500 funcref)"))).empty());
}

TEST_CASE("wasmcheck: a start section")
{
    refused(with("(func $main) (start $main)"),
        "a start section: nothing may run before the first call");
}

TEST_CASE("wasmcheck: parameters, results and locals")
{
    CHECK(
        violations_of(module_of_wat(with("(func (param" + repeated(" i32", 100) + "))"))).empty());
    refused(with("(func (param" + repeated(" i32", 101) + "))"),
        "signature 4 has 101 parameters, more than 100");
    refused(with("(type (func (result i32 i32)))"), "signature 0 has 2 results, more than 1");
    CHECK(
        violations_of(module_of_wat(with("(func (local" + repeated(" i64", 100) + "))"))).empty());
    refused(with("(func (local" + repeated(" i64", 101) + "))"),
        "function 5 has 101 locals, more than 100");
    const std::string hundred = "(func (local" + repeated(" i32", 100) + "))";
    CHECK(violations_of(module_of_wat(with(repeated(hundred, 100)))).empty());
    refused(with(repeated(hundred, 100) + "(func (local i32))"),
        "10001 locals in all, more than 10000");
}

TEST_CASE("wasmcheck: size and number of functions")
{
    CHECK(violations_of(module_of_wat(with(repeated("(func)", 19'996)))).empty());
    refused(with(repeated("(func)", 19'997)), "20001 functions, more than 20000");

    const std::string data = "(data (i32.const 0) \"" + repeated("x", 800 * 1024) + "\")";
    const Bytes large = module_of_wat(with(data, "(memory (export \"memory\") 20)"));
    CHECK(violations_of(large) ==
          std::vector<std::string>{std::to_string(large.size()) + " bytes, more than 819200"});
}
