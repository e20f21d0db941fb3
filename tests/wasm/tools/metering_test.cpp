// plimsoll: tests/wasm/tools/metering_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Where meter puts its charges and how much they are, counted by hand.
#include "wasm/tools/metering.hpp"

#include "tests/wasm/tools/wat.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace plimsoll::tools;

namespace {

using wabt::Opcode;

Bytes metered_wat(std::string_view wat, Schedule schedule)
{
    const Metered metered = meter(module_of_wat(wat), schedule);
    INFO(metered.error);
    REQUIRE(metered.bytes);
    return *metered.bytes;
}

Module module_of(const Bytes& bytes)
{
    ReadModule read = read_module(bytes);
    INFO(read.error);
    REQUIRE(read.module);
    return std::move(*read.module);
}

std::uint64_t constant_at(const Bytes& bytes, std::size_t at)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        const std::uint8_t byte = bytes[at++];
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if ((byte & 0x80U) == 0)
            return value;
    }
}

// The code of a function as words; a charge, four instructions long, becomes "+amount".
std::string listing(const Bytes& bytes, std::size_t function_index)
{
    const Module module = module_of(bytes);
    const auto& code = module.functions.at(function_index).instructions;
    const auto is = [&](std::size_t i, Opcode::Enum opcode) {
        return i < code.size() && code[i].opcode == opcode;
    };
    std::string text;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (!text.empty())
            text += ' ';
        const bool charge = is(i, Opcode::GlobalGet) && is(i + 1, Opcode::I64Const) &&
                            is(i + 2, Opcode::I64Add) && is(i + 3, Opcode::GlobalSet);
        if (!charge) {
            text += code[i].opcode.GetName();
            continue;
        }
        text += "+" + std::to_string(constant_at(bytes, code[i + 1].begin + 1));
        i += 3;
    }
    return text;
}

// Sums its argument's bits down to zero, with every kind of control flow.
constexpr std::string_view BRANCHES = R"((module
    (type $unary (func (param i32) (result i32)))
    (table 1 1 funcref)
    (elem (i32.const 0) $leaf)
    (func $leaf (param i32) (result i32) local.get 0 return)
    (func $main (param i32) (result i32)
        (local i32)
        block $out
            loop $again
                local.get 0
                i32.eqz
                br_if $out
                local.get 0
                if
                    local.get 0
                    call $leaf
                    local.set 1
                else
                    nop
                end
                local.get 0
                i32.const 1
                i32.sub
                local.set 0
                br $again
            end
        end
        local.get 1
        i32.const 0
        call_indirect (type $unary))))";

}  // namespace

TEST_CASE("meter: charges of CosmWasm stand before whatever may move control, its price included")
{
    const Bytes bytes = metered_wat(BRANCHES, Schedule::cosmwasm);
    // local.get 115 + return 1610; the end that is never reached is charged by itself.
    CHECK(listing(bytes, 0) == "local.get +1725 return +1610 end");
    CHECK(listing(bytes, 1) ==
          "block +1725 loop "                                    // block 115 + loop 1610
          "local.get i32.eqz +1840 br_if "                       // 2 * 115 + 1610
          "local.get +1725 if "                                  // 115 + 1610
          "local.get +1725 call "                                // 115 + 1610
          "local.set +1725 else "                                // 115 + 1610
          "nop +1725 end "                                       // 115 + 1610
          "local.get i32.const i32.sub local.set +2070 br "      // 4 * 115 + 1610
          "+1610 end +1610 end "                                 // of the loop and the block
          "local.get i32.const +1840 call_indirect +1610 end");  // 2 * 115 + 1610
}

TEST_CASE("meter: a count counts what does something")
{
    const Bytes bytes = metered_wat(BRANCHES, Schedule::count);
    CHECK(listing(bytes, 0) == "local.get +2 return end");
    CHECK(listing(bytes, 1) ==
          "block loop local.get i32.eqz +3 br_if local.get +2 if local.get +2 call "
          "local.set +1 else nop +1 end local.get i32.const i32.sub local.set +5 br end end "
          "local.get i32.const +3 call_indirect end");
}

TEST_CASE("meter: NEAR charges one price for all but block, else and end")
{
    const Bytes bytes = metered_wat(BRANCHES, Schedule::near);
    CHECK(listing(bytes, 0) == "local.get +1645512 return end");
    CHECK(listing(bytes, 1).rfind("block +822756 loop local.get i32.eqz +2468268 br_if", 0) == 0);
}

TEST_CASE("meter: Stylus charges a block where it begins")
{
    const Bytes bytes = metered_wat(BRANCHES, Schedule::stylus);
    // local.get 75 + return 1 + header 2450; then end 1 + header.
    CHECK(listing(bytes, 0) == "+2526 local.get return +2451 end");
    // block 1 + loop 1; then local.get 75 + i32.eqz 170 + br_if 765.
    CHECK(listing(bytes, 1).rfind("+2452 block loop +3460 local.get i32.eqz br_if", 0) == 0);
    // local.get 75 + i32.const 1 + call_indirect 13610 + 650 for its parameter.
    CHECK(listing(bytes, 1).find("+16786 local.get i32.const call_indirect") != std::string::npos);
    const Bytes table =
        metered_wat("(module (func (param i32) block block local.get 0 br_table 0 1 0 1 end end))",
            Schedule::stylus);
    // block 1 + block 1 + local.get 75 + br_table 2400 + 325 for each of 3 targets + header 2450.
    CHECK(listing(table, 0).rfind("+5902 block block local.get br_table", 0) == 0);
}

TEST_CASE("meter: locals beyond 29 are paid for at the entry")
{
    const auto with_locals = [](int count) {
        std::string wat = "(module (func (param i64 i64) (local";
        for (int i = 0; i < count; ++i)
            wat += " i32";
        return wat + ")))";
    };
    CHECK(listing(metered_wat(with_locals(29), Schedule::cosmwasm), 0) == "+1610 end");
    CHECK(listing(metered_wat(with_locals(30), Schedule::cosmwasm), 0) == "+1725 end");
    CHECK(listing(metered_wat(with_locals(100), Schedule::cosmwasm), 0) == "+9775 end");
}

TEST_CASE("meter: the counter is an exported global behind the others")
{
    const Bytes bytes = metered_wat(R"((module
        (import "env" "base" (global i32))
        (import "env" "f" (func))
        (global (mut i32) (i32.const 7))
        (global (export "g") i64 (i64.const -1))
        (func (export "run") (result i64) global.get 2)))",
        Schedule::cosmwasm);
    const Module module = module_of(bytes);
    REQUIRE(module.globals.size() == 4);
    CHECK(module.globals[3].type == wabt::Type::I64);
    REQUIRE(module.exports.size() == 3);
    CHECK(module.exports[2].name == "__gas");
    CHECK(module.exports[2].kind == wabt::ExternalKind::Global);
    CHECK(listing(bytes, 0) == "global.get +1725 end");
    const auto& charge = module.functions[0].instructions[1];
    CHECK(bytes[charge.begin + 1] == 3);
}

TEST_CASE("meter: a module without globals or exports gets both, in their places")
{
    for (const std::string_view wat :
        {"(module)", "(module (func))", "(module (memory 1) (data (i32.const 0) \"x\"))",
            "(module (func $f) (table 1 1 funcref) (elem (i32.const 0) $f))"}) {
        const Module module = module_of(metered_wat(wat, Schedule::cosmwasm));
        CHECK(module.globals.size() == 1);
        CHECK(module.exports_name("__gas"));
    }
}

TEST_CASE("meter: what is not code stays as it was, byte for byte")
{
    const Bytes before = module_of_wat(BRANCHES);
    const Bytes after = metered_wat(BRANCHES, Schedule::cosmwasm);
    const auto contents = [](const Bytes& bytes) {
        std::vector<Bytes> found;
        for (const Section& section : module_of(bytes).sections) {
            using wabt::BinarySection;
            if (section.kind != BinarySection::Code && section.kind != BinarySection::Global &&
                section.kind != BinarySection::Export)
                found.emplace_back(bytes.begin() + static_cast<std::ptrdiff_t>(section.begin),
                    bytes.begin() + static_cast<std::ptrdiff_t>(section.end));
        }
        return found;
    };
    CHECK(contents(before) == contents(after));
}

TEST_CASE("meter: refuses what it cannot price, cannot read, or has metered before")
{
    const Metered twice = meter(metered_wat("(module)", Schedule::count), Schedule::count);
    CHECK_FALSE(twice.bytes);
    CHECK(twice.error == "the module already exports __gas");

    const Metered vector =
        meter(module_of_wat("(module (func v128.const i64x2 0 0 drop))"), Schedule::cosmwasm);
    CHECK_FALSE(vector.bytes);
    CHECK(vector.error.find("no price for v128.const") != std::string::npos);

    const Metered floating =
        meter(module_of_wat("(module (func f64.const 0 drop))"), Schedule::stylus);
    CHECK_FALSE(floating.bytes);

    const Bytes text = {'(', 'm', 'o', 'd', 'u', 'l', 'e', ')'};
    CHECK_FALSE(meter(text, Schedule::count).bytes);
}

TEST_CASE("meter: schedules have the names of their runtimes")
{
    CHECK(schedule_of("count") == Schedule::count);
    CHECK(schedule_of("cosmwasm") == Schedule::cosmwasm);
    CHECK(schedule_of("near") == Schedule::near);
    CHECK(schedule_of("stylus") == Schedule::stylus);
    CHECK_FALSE(schedule_of("evm"));
}
