// plimsoll: wasm/tools/costs.cpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the doors, tools. See costs.hpp.
#include "wasm/tools/costs.hpp"

namespace plimsoll::tools {

namespace {

using wabt::Opcode;

constexpr std::uint64_t COSMWASM_INSTRUCTION = 115;
constexpr std::uint64_t COSMWASM_BRANCH = 14 * COSMWASM_INSTRUCTION;
constexpr std::uint64_t COSMWASM_LOCALS_FREE = 29;
constexpr std::uint64_t NEAR_INSTRUCTION = 822'756;
constexpr std::uint64_t STYLUS_BLOCK = 2'450;

// The first byte. Instructions behind a prefix are told apart before this is asked.
std::uint32_t code_of(const Opcode& opcode)
{
    return opcode.GetCode();
}

bool is_between(std::uint32_t code, std::uint32_t first, std::uint32_t last)
{
    return first <= code && code <= last;
}

// Ink of the loads, stores, comparisons and arithmetic, by ranges of the opcode table.
std::optional<std::uint64_t> stylus_plain(std::uint32_t code)
{
    struct Range
    {
        std::uint32_t first;
        std::uint32_t last;
        std::uint64_t ink;
    };
    static constexpr Range RANGES[] = {
        {0x28, 0x28, 670},   // i32.load
        {0x29, 0x29, 680},   // i64.load
        {0x2c, 0x2f, 670},   // i32.load8 and 16
        {0x30, 0x35, 680},   // i64.load8, 16 and 32
        {0x36, 0x36, 825},   // i32.store
        {0x37, 0x37, 950},   // i64.store
        {0x3a, 0x3b, 825},   // i32.store8 and 16
        {0x3c, 0x3e, 950},   // i64.store8, 16 and 32
        {0x3f, 0x3f, 3000},  // memory.size
        {0x40, 0x40, 8050},  // memory.grow
        {0x41, 0x42, 1},     // constants
        {0x45, 0x4f, 170},   // i32 comparisons
        {0x50, 0x5a, 225},   // i64 comparisons
        {0x67, 0x68, 210},   // i32.clz, ctz
        {0x69, 0x69, 2650},  // i32.popcnt
        {0x6a, 0x6b, 70},    // i32.add, sub
        {0x6c, 0x6c, 160},   // i32.mul
        {0x6d, 0x70, 1120},  // i32 divisions
        {0x71, 0x78, 70},    // i32 bits and shifts
        {0x79, 0x7a, 210},   // i64.clz, ctz
        {0x7b, 0x7b, 6000},  // i64.popcnt
        {0x7c, 0x7d, 100},   // i64.add, sub
        {0x7e, 0x7e, 160},   // i64.mul
        {0x7f, 0x82, 1270},  // i64 divisions
        {0x83, 0x8a, 100},   // i64 bits and shifts
        {0xa7, 0xa7, 100},   // i32.wrap_i64
        {0xac, 0xad, 100},   // i64.extend_i32
        {0xc0, 0xc4, 100},   // sign extensions
    };
    for (const Range& range : RANGES) {
        if (is_between(code, range.first, range.last))
            return range.ink;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> stylus_cost(const Instruction& instruction)
{
    switch (instruction.opcode) {
    case Opcode::Unreachable:
    case Opcode::Nop:
    case Opcode::Block:
    case Opcode::Loop:
    case Opcode::Else:
    case Opcode::End:
    case Opcode::Return:
        return 1;
    case Opcode::If:
    case Opcode::Br:
    case Opcode::BrIf:
        return 765;
    case Opcode::BrTable:
        return 2400 + 325 * std::uint64_t{instruction.width};
    case Opcode::Call:
        return 3800;
    case Opcode::CallIndirect:
        return 13'610 + 650 * std::uint64_t{instruction.width};
    case Opcode::Drop:
        return 9;
    case Opcode::Select:
        return 1250;
    case Opcode::LocalGet:
    case Opcode::LocalTee:
        return 75;
    case Opcode::LocalSet:
        return 210;
    case Opcode::GlobalGet:
        return 225;
    case Opcode::GlobalSet:
        return 575;
    case Opcode::MemoryCopy:
    case Opcode::MemoryFill:
        return 950;
    default:
        if (instruction.opcode.HasPrefix())
            return std::nullopt;
        return stylus_plain(code_of(instruction.opcode));
    }
}

bool is_mark(const Opcode& opcode)
{
    return opcode == Opcode::Block || opcode == Opcode::Else || opcode == Opcode::End;
}

// Instructions that all four schedules know: version 1.0, sign extension, and the bulk and
// saturating ones behind prefix 0xfc.
bool is_known(const Opcode& opcode)
{
    if (opcode.HasPrefix())
        return opcode.GetPrefix() == 0xfc && code_of(opcode) <= 11;
    const std::uint32_t code = code_of(opcode);
    return code <= 0x05 || is_between(code, 0x0b, 0x11) || is_between(code, 0x1a, 0x1b) ||
           is_between(code, 0x20, 0x24) || is_between(code, 0x28, 0xc4);
}

}  // namespace

std::optional<Schedule> schedule_of(std::string_view name)
{
    if (name == "count")
        return Schedule::count;
    if (name == "cosmwasm")
        return Schedule::cosmwasm;
    if (name == "near")
        return Schedule::near;
    if (name == "stylus")
        return Schedule::stylus;
    return std::nullopt;
}

bool ends_block(const Opcode& opcode)
{
    switch (opcode) {
    case Opcode::Loop:
    case Opcode::End:
    case Opcode::If:
    case Opcode::Else:
    case Opcode::Br:
    case Opcode::BrIf:
    case Opcode::BrTable:
    case Opcode::Call:
    case Opcode::CallIndirect:
    case Opcode::Return:
        return true;
    default:
        return false;
    }
}

std::optional<std::uint64_t> cost_of(Schedule schedule, const Instruction& instruction)
{
    const Opcode& opcode = instruction.opcode;
    if (!is_known(opcode))
        return std::nullopt;
    switch (schedule) {
    case Schedule::count:
        return is_mark(opcode) || opcode == Opcode::Loop ? 0 : 1;
    case Schedule::cosmwasm:
        return ends_block(opcode) ? COSMWASM_BRANCH : COSMWASM_INSTRUCTION;
    case Schedule::near:
        return is_mark(opcode) ? 0 : NEAR_INSTRUCTION;
    case Schedule::stylus:
        return stylus_cost(instruction);
    }
    return std::nullopt;
}

std::uint64_t entry_cost(Schedule schedule, std::uint64_t local_count)
{
    if (schedule != Schedule::cosmwasm || local_count <= COSMWASM_LOCALS_FREE)
        return 0;
    return (local_count - COSMWASM_LOCALS_FREE) * COSMWASM_INSTRUCTION;
}

std::uint64_t block_cost(Schedule schedule)
{
    return schedule == Schedule::stylus ? STYLUS_BLOCK : 0;
}

}  // namespace plimsoll::tools
