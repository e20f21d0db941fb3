// plimsoll: wasm/tools/checks.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the doors, tools. See checks.hpp.
#include "wasm/tools/checks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <utility>

namespace plimsoll::tools {

namespace {

constexpr std::size_t SIZE_MAX_BYTES = 800 * 1024;
constexpr std::size_t FUNCTIONS_MAX = 20'000;
constexpr std::size_t PARAMS_MAX = 100;
constexpr std::uint64_t PARAMS_TOTAL_MAX = 10'000;
constexpr std::size_t RESULTS_MAX = 1;
constexpr std::uint64_t LOCALS_MAX = 100;
constexpr std::uint64_t LOCALS_TOTAL_MAX = 10'000;
constexpr std::uint64_t MEMORY_PAGES_MAX = 512;
constexpr std::uint64_t TABLE_ELEMENTS_MAX = 2'500;
constexpr std::size_t IMPORTS_MAX = 100;

// cosmwasm-vm 2.0: every function that it offers.
constexpr std::array<std::string_view, 21> COSMWASM_IMPORTS = {
    "env.abort",
    "env.db_read",
    "env.db_write",
    "env.db_remove",
    "env.db_scan",
    "env.db_next",
    "env.db_next_key",
    "env.db_next_value",
    "env.addr_validate",
    "env.addr_canonicalize",
    "env.addr_humanize",
    "env.secp256k1_verify",
    "env.secp256k1_recover_pubkey",
    "env.secp256r1_verify",
    "env.secp256r1_recover_pubkey",
    "env.ed25519_verify",
    "env.ed25519_batch_verify",
    "env.bls12_381_aggregate_g1",
    "env.bls12_381_pairing_equality",
    "env.debug",
    "env.query_chain",
};
constexpr std::array<std::string_view, 10> COSMWASM_EXPORTS = {
    "memory",
    "interface_version_8",
    "allocate",
    "deallocate",
    "instantiate",
    "execute",
    "query",
    "migrate",
    "reply",
    "sudo",
};
constexpr std::array<std::string_view, 5> COSMWASM_REQUIRED = {
    "memory",
    "interface_version_8",
    "allocate",
    "deallocate",
    "instantiate",
};

constexpr std::array<Runtime, 1> RUNTIMES = {{
    {"cosmwasm", COSMWASM_IMPORTS, COSMWASM_EXPORTS, COSMWASM_REQUIRED},
}};

bool contains(std::span<const std::string_view> names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_floating(wabt::Type type)
{
    return type == wabt::Type::F32 || type == wabt::Type::F64;
}

bool has_floating(const std::vector<wabt::Type>& types)
{
    return std::any_of(types.begin(), types.end(), is_floating);
}

// Every instruction that makes or takes a floating-point value has its type in its name.
bool is_floating(std::string_view opcode_name)
{
    return opcode_name.find("f32") != std::string_view::npos ||
           opcode_name.find("f64") != std::string_view::npos;
}

bool in_first_version(const wabt::Opcode& opcode)
{
    if (opcode.HasPrefix())
        return false;
    const std::uint32_t code = opcode.GetCode();
    const auto between = [&](std::uint32_t first, std::uint32_t last) {
        return first <= code && code <= last;
    };
    return code <= 0x05 || between(0x0b, 0x11) || between(0x1a, 0x1b) || between(0x20, 0x24) ||
           between(0x28, 0xbf);
}

class Checker
{
public:
    Checker(std::span<const std::uint8_t> bytes, const Module& module, const Runtime& runtime)
      : m_bytes(bytes), m_module(module), m_runtime(runtime)
    {}

    std::vector<std::string> run()
    {
        check_size();
        check_imports();
        check_exports();
        check_memory_and_table();
        check_signatures();
        check_globals();
        check_functions();
        check_instructions();
        // Whatever is left that version 1.0 does not know. Violations above mostly break it as
        // well, so that it would only repeat them.
        if (m_violations.empty()) {
            if (const std::string why = invalid_by_first_version(m_bytes); !why.empty())
                add("not valid WebAssembly 1.0: {}", why);
        }
        return std::move(m_violations);
    }

private:
    template <class... Values>
    void add(fmt::format_string<Values...> text, Values&&... values)
    {
        m_violations.push_back(fmt::format(text, std::forward<Values>(values)...));
    }

    void check_size()
    {
        if (m_bytes.size() > SIZE_MAX_BYTES)
            add("{} bytes, more than {}", m_bytes.size(), SIZE_MAX_BYTES);
        if (m_module.functions.size() > FUNCTIONS_MAX)
            add("{} functions, more than {}", m_module.functions.size(), FUNCTIONS_MAX);
        if (m_module.has_start)
            add("a start section: nothing may run before the first call");
    }

    void check_imports()
    {
        if (m_module.imports.size() > IMPORTS_MAX)
            add("{} imports, more than {}", m_module.imports.size(), IMPORTS_MAX);
        for (const Import& import : m_module.imports) {
            const std::string name = import.module + "." + import.name;
            if (import.kind != wabt::ExternalKind::Func)
                add("import {} is a {}: only functions may be", name,
                    wabt::GetKindName(import.kind));
            else if (!contains(m_runtime.imports, name))
                add("import {} is not offered by {}", name, m_runtime.name);
        }
    }

    void check_exports()
    {
        for (const Export& exported : m_module.exports) {
            if (exported.name.rfind("requires_", 0) == 0)
                add("export {} demands a capability of the chain", exported.name);
            else if (!contains(m_runtime.exports, exported.name))
                add("export {} is no entry point of {}", exported.name, m_runtime.name);
        }
        for (const std::string_view name : m_runtime.required) {
            if (!m_module.exports_name(name))
                add("export {} is missing", name);
        }
    }

    void check_memory_and_table()
    {
        if (m_module.memories.size() != 1)
            add("{} memories: there must be one", m_module.memories.size());
        for (const Extent& memory : m_module.memories) {
            if (memory.maximum)
                add("the memory has a maximum: the chain sets it");
            if (memory.initial > MEMORY_PAGES_MAX)
                add("{} pages of memory at first, more than {}", memory.initial, MEMORY_PAGES_MAX);
        }
        if (m_module.tables.size() > 1)
            add("{} tables, more than 1", m_module.tables.size());
        for (const Extent& table : m_module.tables) {
            if (!table.maximum)
                add("a table without a maximum");
            else if (*table.maximum > TABLE_ELEMENTS_MAX)
                add("a table of {} elements, more than {}", *table.maximum, TABLE_ELEMENTS_MAX);
        }
    }

    void check_signatures()
    {
        for (std::size_t index = 0; index < m_module.signatures.size(); ++index) {
            const Signature& signature = m_module.signatures[index];
            if (has_floating(signature.params) || has_floating(signature.results))
                add("signature {} has a floating-point value", index);
            if (signature.params.size() > PARAMS_MAX)
                add("signature {} has {} parameters, more than {}", index, signature.params.size(),
                    PARAMS_MAX);
            if (signature.results.size() > RESULTS_MAX)
                add("signature {} has {} results, more than {}", index, signature.results.size(),
                    RESULTS_MAX);
        }
    }

    void check_globals()
    {
        for (std::size_t index = 0; index < m_module.globals.size(); ++index) {
            if (is_floating(m_module.globals[index].type))
                add("global {} is a floating-point value", index);
        }
    }

    void check_functions()
    {
        std::uint64_t locals_total = 0;
        std::uint64_t params_total = 0;
        for (std::size_t index = 0; index < m_module.functions.size(); ++index) {
            const Function& function = m_module.functions[index];
            const std::uint64_t locals = function.local_count();
            locals_total += locals;
            if (function.signature < m_module.signatures.size())
                params_total += m_module.signatures[function.signature].params.size();
            if (locals > LOCALS_MAX)
                add("function {} has {} locals, more than {}", number_of(index), locals,
                    LOCALS_MAX);
            if (std::any_of(function.locals.begin(), function.locals.end(),
                    [](const Locals& group) { return is_floating(group.type); }))
                add("function {} has a floating-point local", number_of(index));
        }
        if (locals_total > LOCALS_TOTAL_MAX)
            add("{} locals in all, more than {}", locals_total, LOCALS_TOTAL_MAX);
        if (params_total > PARAMS_TOTAL_MAX)
            add("{} parameters in all, more than {}", params_total, PARAMS_TOTAL_MAX);
    }

    void check_instructions()
    {
        struct Use
        {
            std::size_t count = 0;
            std::size_t first = 0;
        };
        std::map<std::string, Use> floating;
        std::map<std::string, Use> later;
        for (std::size_t index = 0; index < m_module.functions.size(); ++index) {
            for (const Instruction& instruction : m_module.functions[index].instructions) {
                const std::string name = instruction.opcode.GetName();
                const bool floats = is_floating(name);
                if (!floats && in_first_version(instruction.opcode))
                    continue;
                Use& use = (floats ? floating : later)[name];
                if (use.count++ == 0)
                    use.first = number_of(index);
            }
        }
        for (const auto& [name, use] : floating)
            add("floating-point instruction {}: {} times, first in function {}", name, use.count,
                use.first);
        for (const auto& [name, use] : later)
            add("instruction {} is not in WebAssembly 1.0: {} times, first in function {}", name,
                use.count, use.first);
    }

    // As other tools number functions: imported ones come first.
    std::size_t number_of(std::size_t index) const
    {
        const auto imported = std::count_if(m_module.imports.begin(), m_module.imports.end(),
            [](const Import& import) { return import.kind == wabt::ExternalKind::Func; });
        return static_cast<std::size_t>(imported) + index;
    }

    std::span<const std::uint8_t> m_bytes;
    const Module& m_module;
    const Runtime& m_runtime;
    std::vector<std::string> m_violations;
};

std::string summary_of(std::span<const std::uint8_t> bytes, const Module& module)
{
    std::uint64_t locals = 0;
    for (const Function& function : module.functions)
        locals = std::max(locals, function.local_count());
    std::vector<std::string> imports;
    for (const Import& import : module.imports)
        imports.push_back(import.module + "." + import.name);
    return fmt::format("{} bytes, {} functions, at most {} locals, imports: {}", bytes.size(),
        module.functions.size(), locals,
        imports.empty() ? "none" : fmt::format("{}", fmt::join(imports, " ")));
}

}  // namespace

const Runtime* runtime_of(std::string_view name)
{
    const auto* const found = std::find_if(RUNTIMES.begin(), RUNTIMES.end(),
        [&](const Runtime& runtime) { return runtime.name == name; });
    return found == RUNTIMES.end() ? nullptr : found;
}

Verdict check_module(std::span<const std::uint8_t> bytes, const Runtime& runtime)
{
    const ReadModule read = read_module(bytes);
    if (!read.module)
        return {{"not a module: " + read.error}, fmt::format("{} bytes", bytes.size())};
    return {Checker(bytes, *read.module, runtime).run(), summary_of(bytes, *read.module)};
}

}  // namespace plimsoll::tools
