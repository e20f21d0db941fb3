// plimsoll: wasm/common/libc.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the doors, shared glue. The handful of C memory functions that compilers assume to exist,
// so that no C library is linked into a contract.
// Promises: no read or write outside the ranges given; word at a time with few branches, because
// the runtimes charge a branch like a dozen plain instructions.
// Never: used natively, except by their tests, which see them under the prefix `plimsoll_`.
#pragma once

#include <cstddef>

#if defined(__wasm__)
#define PLIMSOLL_LIBC(name) name
#else
#define PLIMSOLL_LIBC(name) plimsoll_##name
#endif

extern "C" {

/// Copies `size` bytes. The ranges may overlap all the same: it is one function with memmove.
void* PLIMSOLL_LIBC(memcpy)(void* target, const void* source, std::size_t size);
void* PLIMSOLL_LIBC(memmove)(void* target, const void* source, std::size_t size);
void* PLIMSOLL_LIBC(memset)(void* target, int byte, std::size_t size);
/// Negative, zero or positive as the first differing byte (unsigned) says.
int PLIMSOLL_LIBC(memcmp)(const void* left, const void* right, std::size_t size);
/// The first byte equal to `byte`, or null.
void* PLIMSOLL_LIBC(memchr)(const void* range, int byte, std::size_t size);
std::size_t PLIMSOLL_LIBC(strlen)(const char* text);

}  // extern "C"
