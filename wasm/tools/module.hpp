// plimsoll: wasm/tools/module.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the doors, tools. A WebAssembly module as a list of facts with their places in the file:
// enough to judge it and to insert code into it, byte for byte.
// Promises: whatever wabt's reader understands is recorded, wanted or not. Bad bytes give an error
// text.
// Never: changes anything; executes anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>
#include <wabt/binary.h>
#include <wabt/common.h>
#include <wabt/opcode.h>
#include <wabt/type.h>

namespace plimsoll::tools {

using Bytes = std::vector<std::uint8_t>;

struct Signature
{
    std::vector<wabt::Type> params;
    std::vector<wabt::Type> results;
};

struct Section
{
    wabt::BinarySection kind;
    std::size_t begin;  ///< Offset of the content, behind the section's size.
    std::size_t end;
};

struct Instruction
{
    std::size_t begin;  ///< Offset of the opcode. It ends where the next one begins.
    wabt::Opcode opcode;
    /// br_table: the number of targets besides the default. call_indirect: the number of
    /// parameters.
    std::uint32_t width = 0;
};

struct Locals
{
    std::uint32_t count;
    wabt::Type type;
};

/// A function with a body.
struct Function
{
    std::uint32_t signature = 0;
    std::size_t begin = 0;  ///< Offset of the body: the declarations of locals come first.
    std::size_t code_begin = 0;
    std::size_t end = 0;
    std::vector<Locals> locals;
    std::vector<Instruction> instructions;

    /// Parameters not counted.
    [[nodiscard]] std::uint64_t local_count() const;
};

struct Import
{
    wabt::ExternalKind kind;
    std::string module;
    std::string name;
};

struct Export
{
    wabt::ExternalKind kind;
    std::string name;
};

struct Global
{
    wabt::Type type;
};

/// Size of a table (elements) or a memory (pages of 64 KiB).
struct Extent
{
    std::uint64_t initial;
    std::optional<std::uint64_t> maximum;
};

struct Module
{
    std::vector<Section> sections;
    std::vector<Signature> signatures;
    std::vector<Import> imports;
    std::vector<Export> exports;
    std::vector<Extent> tables;  ///< Imported ones first, as in memories and globals.
    std::vector<Extent> memories;
    std::vector<Global> globals;
    std::vector<Function> functions;
    bool has_start = false;

    [[nodiscard]] bool exports_name(std::string_view name) const;
};

struct ReadModule
{
    std::optional<Module> module;
    std::string error;
};

/// Reads with every feature that wabt knows switched on, so that a forbidden one is found, not
/// choked on.
[[nodiscard]] ReadModule read_module(std::span<const std::uint8_t> bytes);

/// What WebAssembly 1.0 without any later feature says against the module; empty when it is valid.
[[nodiscard]] std::string invalid_by_first_version(std::span<const std::uint8_t> bytes);

/// The whole file, or an error text.
struct ReadFile
{
    std::optional<Bytes> bytes;
    std::string error;
};
[[nodiscard]] ReadFile read_file(const std::string& path);

}  // namespace plimsoll::tools
