// plimsoll: wasm/tools/module.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the doors, tools. See module.hpp.
#include "wasm/tools/module.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>
#include <wabt/binary-reader-ir.h>
#include <wabt/binary-reader-nop.h>
#include <wabt/binary-reader.h>
#include <wabt/error.h>
#include <wabt/ir.h>
#include <wabt/validator.h>

namespace plimsoll::tools {

namespace {

using wabt::Index;

Extent extent_of(const wabt::Limits& limits)
{
    Extent extent{limits.initial, std::nullopt};
    if (limits.has_max)
        extent.maximum = limits.max;
    return extent;
}

// The bytes of an opcode in shortest encoding: one, or a prefix and a LEB128 number.
std::size_t opcode_size(const wabt::Opcode& opcode)
{
    if (!opcode.HasPrefix())
        return 1;
    std::size_t size = 2;
    for (std::uint32_t rest = opcode.GetCode() >> 7U; rest != 0; rest >>= 7U)
        ++size;
    return size;
}

// wabt calls one method for each thing it reads; `state` tells how far it has come.
class Recorder final : public wabt::BinaryReaderNop
{
public:
    explicit Recorder(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    Module module;
    std::string error;

    bool OnError(const wabt::Error& found) override
    {
        if (error.empty())
            error = fmt::format("offset {:#x}: {}", found.loc.offset, found.message);
        return true;
    }

    wabt::Result BeginSection(Index, wabt::BinarySection kind, wabt::Offset size) override
    {
        module.sections.push_back({kind, state->offset, state->offset + size});
        return wabt::Result::Ok;
    }

    wabt::Result OnFuncType(Index, Index param_count, wabt::Type* params, Index result_count,
        wabt::Type* results) override
    {
        module.signatures.push_back(
            {{params, params + param_count}, {results, results + result_count}});
        return wabt::Result::Ok;
    }

    wabt::Result OnImport(
        Index, wabt::ExternalKind kind, std::string_view from, std::string_view name) override
    {
        module.imports.push_back({kind, std::string(from), std::string(name)});
        return wabt::Result::Ok;
    }

    wabt::Result OnImportTable(Index, std::string_view, std::string_view, Index, wabt::Type,
        const wabt::Limits* limits) override
    {
        module.tables.push_back(extent_of(*limits));
        return wabt::Result::Ok;
    }

    wabt::Result OnImportMemory(
        Index, std::string_view, std::string_view, Index, const wabt::Limits* limits) override
    {
        module.memories.push_back(extent_of(*limits));
        return wabt::Result::Ok;
    }

    wabt::Result OnImportGlobal(
        Index, std::string_view, std::string_view, Index, wabt::Type type, bool) override
    {
        module.globals.push_back({type});
        return wabt::Result::Ok;
    }

    wabt::Result OnFunction(Index, Index signature) override
    {
        Function function;
        function.signature = signature;
        module.functions.push_back(std::move(function));
        return wabt::Result::Ok;
    }

    wabt::Result OnTable(Index, wabt::Type, const wabt::Limits* limits) override
    {
        module.tables.push_back(extent_of(*limits));
        return wabt::Result::Ok;
    }

    wabt::Result OnMemory(Index, const wabt::Limits* limits) override
    {
        module.memories.push_back(extent_of(*limits));
        return wabt::Result::Ok;
    }

    wabt::Result BeginGlobal(Index, wabt::Type type, bool) override
    {
        module.globals.push_back({type});
        return wabt::Result::Ok;
    }

    wabt::Result OnExport(Index, wabt::ExternalKind kind, Index, std::string_view name) override
    {
        module.exports.push_back({kind, std::string(name)});
        return wabt::Result::Ok;
    }

    wabt::Result OnStartFunction(Index) override
    {
        module.has_start = true;
        return wabt::Result::Ok;
    }

    wabt::Result BeginFunctionBody(Index, wabt::Offset) override
    {
        if (m_body == module.functions.size())
            return refuse("more bodies than functions");
        m_function = &module.functions[m_body++];
        m_function->begin = state->offset;
        return wabt::Result::Ok;
    }

    wabt::Result OnLocalDecl(Index, Index count, wabt::Type type) override
    {
        m_function->locals.push_back({count, type});
        return wabt::Result::Ok;
    }

    wabt::Result OnOpcode(wabt::Opcode opcode) override
    {
        // The expressions that give globals and segments their first value are read the same way.
        if (m_function == nullptr)
            return wabt::Result::Ok;
        const std::size_t begin = state->offset - opcode_size(opcode);
        if (opcode.HasPrefix() && m_bytes[begin] != opcode.GetPrefix())
            return refuse("an opcode is not in its shortest encoding");
        if (m_function->instructions.empty())
            m_function->code_begin = begin;
        m_function->instructions.push_back({begin, opcode});
        return wabt::Result::Ok;
    }

    wabt::Result OnBrTableExpr(Index target_count, Index*, Index) override
    {
        m_function->instructions.back().width = target_count;
        return wabt::Result::Ok;
    }

    wabt::Result OnCallIndirectExpr(Index signature, Index) override
    {
        if (signature >= module.signatures.size())
            return refuse("call_indirect names no signature");
        m_function->instructions.back().width =
            static_cast<std::uint32_t>(module.signatures[signature].params.size());
        return wabt::Result::Ok;
    }

    wabt::Result EndFunctionBody(Index) override
    {
        m_function->end = state->offset;
        m_function = nullptr;
        return wabt::Result::Ok;
    }

private:
    wabt::Result refuse(std::string_view why)
    {
        if (error.empty())
            error = fmt::format("offset {:#x}: {}", state->offset, why);
        return wabt::Result::Error;
    }

    std::span<const std::uint8_t> m_bytes;
    std::size_t m_body = 0;
    Function* m_function = nullptr;
};

}  // namespace

std::uint64_t Function::local_count() const
{
    std::uint64_t count = 0;
    for (const Locals& group : locals)
        count += group.count;
    return count;
}

bool Module::exports_name(std::string_view name) const
{
    return std::any_of(exports.begin(), exports.end(),
        [&](const Export& exported) { return exported.name == name; });
}

ReadModule read_module(std::span<const std::uint8_t> bytes)
{
    Recorder recorder(bytes);
    wabt::ReadBinaryOptions options;
    options.features.EnableAll();
    options.fail_on_custom_section_error = false;
    const wabt::Result result = wabt::ReadBinary(bytes.data(), bytes.size(), &recorder, options);
    if (wabt::Failed(result) || !recorder.error.empty())
        return {std::nullopt, recorder.error.empty() ? "not a module" : recorder.error};
    return {std::move(recorder.module), {}};
}

std::string invalid_by_first_version(std::span<const std::uint8_t> bytes)
{
    wabt::Features features;
    features.disable_mutable_globals();
    features.disable_sat_float_to_int();
    features.disable_sign_extension();
    features.disable_simd();
    features.disable_multi_value();
    features.disable_reference_types();
    features.disable_bulk_memory();

    wabt::Errors errors;
    wabt::Module module;
    wabt::ReadBinaryOptions read_options(features, nullptr, false, true, false);
    wabt::Result result =
        wabt::ReadBinaryIr("module", bytes.data(), bytes.size(), read_options, &errors, &module);
    if (wabt::Succeeded(result))
        result = wabt::ValidateModule(&module, &errors, wabt::ValidateOptions(features));
    if (wabt::Succeeded(result))
        return {};
    return errors.empty() ? "not valid" : errors.front().message;
}

ReadFile read_file(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return {std::nullopt, "cannot open " + path};
    Bytes bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad())
        return {std::nullopt, "cannot read " + path};
    return {std::move(bytes), {}};
}

}  // namespace plimsoll::tools
