// plimsoll: wasm/tools/metering.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the doors, tools. See metering.hpp.
#include "wasm/tools/metering.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <utility>

namespace plimsoll::tools {

namespace {

using wabt::BinarySection;

constexpr std::string_view COUNTER_NAME = "__gas";
constexpr std::size_t HEADER_SIZE = 8;  // magic number and version

constexpr std::uint8_t TYPE_I64 = 0x7e;
constexpr std::uint8_t MUTABLE = 0x01;
constexpr std::uint8_t KIND_GLOBAL = 0x03;
constexpr std::uint8_t OP_END = 0x0b;
constexpr std::uint8_t OP_GLOBAL_GET = 0x23;
constexpr std::uint8_t OP_GLOBAL_SET = 0x24;
constexpr std::uint8_t OP_I64_CONST = 0x42;
constexpr std::uint8_t OP_I64_ADD = 0x7c;

void append_unsigned(Bytes& out, std::uint64_t value)
{
    do {
        const auto low = static_cast<std::uint8_t>(value & 0x7fU);
        value >>= 7U;
        out.push_back(value == 0 ? low : static_cast<std::uint8_t>(low | 0x80U));
    } while (value != 0);
}

// A constant's operand is signed: its last group must leave the sign bit clear.
void append_signed(Bytes& out, std::uint64_t value)
{
    while (value > 0x3fU) {
        out.push_back(static_cast<std::uint8_t>((value & 0x7fU) | 0x80U));
        value >>= 7U;
    }
    out.push_back(static_cast<std::uint8_t>(value));
}

void append_range(Bytes& out, std::span<const std::uint8_t> bytes)
{
    out.insert(out.end(), bytes.begin(), bytes.end());
}

void append_section(Bytes& out, BinarySection kind, const Bytes& content)
{
    out.push_back(static_cast<std::uint8_t>(kind));
    append_unsigned(out, content.size());
    append_range(out, content);
}

// Reads past the count with which the content of a list section begins.
std::size_t behind_count(std::span<const std::uint8_t> bytes, std::size_t at)
{
    while ((bytes[at] & 0x80U) != 0)
        ++at;
    return at + 1;
}

class Rewriter
{
public:
    Rewriter(std::span<const std::uint8_t> bytes, const Module& module, Schedule schedule)
      : m_bytes(bytes), m_module(module), m_schedule(schedule), m_counter(module.globals.size())
    {}

    Metered run()
    {
        Bytes out(m_bytes.begin(), m_bytes.begin() + HEADER_SIZE);
        for (const Section& section : m_module.sections) {
            add_missing_before(out, section.kind);
            append_section(out, section.kind, rewritten(section));
        }
        add_missing_before(out, BinarySection::Data);
        if (!m_error.empty())
            return {std::nullopt, 0, m_error};
        return {std::move(out), m_charges, {}};
    }

private:
    std::span<const std::uint8_t> range(std::size_t begin, std::size_t end) const
    {
        return m_bytes.subspan(begin, end - begin);
    }

    bool has(BinarySection kind) const
    {
        return std::any_of(m_module.sections.begin(), m_module.sections.end(),
            [&](const Section& section) { return section.kind == kind; });
    }

    // The counter needs a section of globals and one of exports, each in its place, even if the
    // module had none.
    void add_missing_before(Bytes& out, BinarySection next)
    {
        if (next == BinarySection::Custom)
            return;
        for (const BinarySection kind : {BinarySection::Global, BinarySection::Export}) {
            bool& done = kind == BinarySection::Global ? m_has_global : m_has_export;
            if (done || has(kind) || wabt::GetSectionOrder(next) < wabt::GetSectionOrder(kind))
                continue;
            done = true;
            Bytes content{1};
            append_counter(content, kind);
            append_section(out, kind, content);
        }
    }

    void append_counter(Bytes& out, BinarySection kind) const
    {
        if (kind == BinarySection::Global) {
            append_range(out, Bytes{TYPE_I64, MUTABLE, OP_I64_CONST, 0, OP_END});
            return;
        }
        append_unsigned(out, COUNTER_NAME.size());
        out.insert(out.end(), COUNTER_NAME.begin(), COUNTER_NAME.end());
        out.push_back(KIND_GLOBAL);
        append_unsigned(out, m_counter);
    }

    Bytes rewritten(const Section& section)
    {
        if (section.kind == BinarySection::Code)
            return rewritten_code();
        Bytes content;
        if (section.kind != BinarySection::Global && section.kind != BinarySection::Export) {
            append_range(content, range(section.begin, section.end));
            return content;
        }
        std::uint64_t imported_globals = 0;
        for (const Import& import : m_module.imports)
            imported_globals += import.kind == wabt::ExternalKind::Global ? 1U : 0U;
        const std::uint64_t count = section.kind == BinarySection::Global
                                        ? m_module.globals.size() - imported_globals
                                        : m_module.exports.size();
        append_unsigned(content, count + 1);
        append_range(content, range(behind_count(m_bytes, section.begin), section.end));
        append_counter(content, section.kind);
        return content;
    }

    Bytes rewritten_code()
    {
        Bytes content;
        append_unsigned(content, m_module.functions.size());
        for (const Function& function : m_module.functions) {
            Bytes body;
            append_range(body, range(function.begin, function.code_begin));
            append_code(body, function);
            append_unsigned(content, body.size());
            append_range(content, body);
        }
        return content;
    }

    void append_code(Bytes& out, const Function& function)
    {
        // Stylus charges a basic block where it begins, the others before the instruction that ends
        // it.
        const bool charge_first = m_schedule == Schedule::stylus;
        std::uint64_t due = entry_cost(m_schedule, function.local_count());
        std::size_t copied = function.code_begin;
        for (std::size_t index = 0; index < function.instructions.size(); ++index) {
            const Instruction& instruction = function.instructions[index];
            const auto cost = cost_of(m_schedule, instruction);
            if (!cost) {
                refuse(instruction);
                return;
            }
            due += *cost;
            if (!ends_block(instruction.opcode))
                continue;
            const std::size_t end = index + 1 == function.instructions.size()
                                        ? function.end
                                        : function.instructions[index + 1].begin;
            if (!charge_first)
                append_range(out, range(copied, instruction.begin));
            append_charge(out, due + block_cost(m_schedule));
            append_range(out, range(charge_first ? copied : instruction.begin, end));
            copied = end;
            due = 0;
        }
    }

    void append_charge(Bytes& out, std::uint64_t amount)
    {
        if (amount == 0)
            return;
        ++m_charges;
        out.push_back(OP_GLOBAL_GET);
        append_unsigned(out, m_counter);
        out.push_back(OP_I64_CONST);
        append_signed(out, amount);
        out.push_back(OP_I64_ADD);
        out.push_back(OP_GLOBAL_SET);
        append_unsigned(out, m_counter);
    }

    void refuse(const Instruction& instruction)
    {
        if (m_error.empty())
            m_error = fmt::format("offset {:#x}: the schedule has no price for {}",
                instruction.begin, instruction.opcode.GetName());
    }

    std::span<const std::uint8_t> m_bytes;
    const Module& m_module;
    Schedule m_schedule;
    std::uint64_t m_counter;
    std::size_t m_charges = 0;
    bool m_has_global = false;
    bool m_has_export = false;
    std::string m_error;
};

}  // namespace

Metered meter(std::span<const std::uint8_t> bytes, Schedule schedule)
{
    const ReadModule read = read_module(bytes);
    if (!read.module)
        return {std::nullopt, 0, read.error};
    if (read.module->exports_name(COUNTER_NAME))
        return {std::nullopt, 0, fmt::format("the module already exports {}", COUNTER_NAME)};
    return Rewriter(bytes, *read.module, schedule).run();
}

}  // namespace plimsoll::tools
