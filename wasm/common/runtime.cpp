// plimsoll: wasm/common/runtime.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the doors, shared glue. What a C++ program expects beneath it, and nothing more: heap, the
// hooks of the compiler, and the one class of libc++ that its headers expect to find in a library.
// Promises: no WASI import, no float, no constructor that runs before a call, no destructor after
// it. Running out of memory or reaching any hook is a trap, which every runtime turns into a full
// revert.
// Never: compiled natively.
#include "wasm/common/bump.hpp"

#include <cstddef>
#include <cstdint>
#include <new>
#include <string>

namespace {

constexpr std::uint32_t PAGE_SHIFT = 16;
constexpr std::uint64_t PAGE = 1U << PAGE_SHIFT;

constinit plimsoll::wasm::Bump heap;

}  // namespace

extern "C" {

/// Set by the linker: the first byte after stack and static data.
extern unsigned char __heap_base;

_Noreturn void abort()
{
    __builtin_trap();
}

[[noreturn]] void __cxa_pure_virtual()
{
    __builtin_trap();
}

// Debian builds its 128-bit helper routines with a stack protector; wasi-libc offers neither name.
extern std::uintptr_t __stack_chk_guard;
constinit std::uintptr_t __stack_chk_guard = 0x5ca1ab1eU;

[[noreturn]] void __stack_chk_fail()
{
    __builtin_trap();
}

}  // extern "C"

void* operator new(std::size_t size)
{
    if (!heap.started())
        heap.start(reinterpret_cast<std::uint32_t>(&__heap_base));
    const auto block = heap.take(size);
    if (!block)
        __builtin_trap();
    const std::uint64_t present = std::uint64_t{__builtin_wasm_memory_size(0)} << PAGE_SHIFT;
    if (block->end > present) {
        const std::uint64_t missing = (block->end - present + PAGE - 1) >> PAGE_SHIFT;
        if (__builtin_wasm_memory_grow(0, static_cast<std::size_t>(missing)) == SIZE_MAX)
            __builtin_trap();
    }
    return reinterpret_cast<void*>(block->begin);
}

void* operator new[](std::size_t size)
{
    return operator new(size);
}

void operator delete(void*) noexcept {}

void operator delete[](void*) noexcept {}

void operator delete(void* block, std::size_t size) noexcept
{
    if (block != nullptr)
        heap.give_back(reinterpret_cast<std::uint32_t>(block), size);
}

void operator delete[](void* block, std::size_t size) noexcept
{
    operator delete(block, size);
}

_LIBCPP_BEGIN_NAMESPACE_STD

// Reached by libc++ in place of an exception, e.g. from vector::at.
[[noreturn]] _LIBCPP_OVERRIDABLE_FUNC_VIS void __libcpp_verbose_abort(const char*, ...)
{
    __builtin_trap();
}

// The headers leave these to the library file that is not linked.
template class basic_string<char>;
template string operator+ <char, char_traits<char>, allocator<char>>(const char*, const string&);

_LIBCPP_END_NAMESPACE_STD
