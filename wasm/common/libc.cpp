// plimsoll: wasm/common/libc.cpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the doors, shared glue. See libc.hpp.
#include "wasm/common/libc.hpp"

#include <cstdint>

// A compiler recognises a copy loop and replaces it by a call of memcpy: here, by endless
// recursion.
#if defined(__wasm__)
#pragma clang attribute push(__attribute__((no_builtin)), apply_to = function)
#endif

namespace {

// Unaligned words that may alias anything. wasm loads and stores take any alignment.
struct __attribute__((packed, may_alias)) Word
{
    std::uint64_t value;
};
struct __attribute__((packed, may_alias)) Half
{
    std::uint32_t value;
};

constexpr std::size_t WORD = sizeof(Word);
constexpr std::size_t HALF = sizeof(Half);
constexpr std::size_t BLOCK = 8 * WORD;
constexpr std::uint64_t EACH_BYTE = 0x0101010101010101U;
constexpr std::uint64_t EACH_TOP_BIT = 0x8080808080808080U;

using Byte = unsigned char;

std::uint64_t word_at(const Byte* place)
{
    return reinterpret_cast<const Word*>(place)->value;
}

void put_word(Byte* place, std::uint64_t value)
{
    reinterpret_cast<Word*>(place)->value = value;
}

std::uint32_t half_at(const Byte* place)
{
    return reinterpret_cast<const Half*>(place)->value;
}

void put_half(Byte* place, std::uint32_t value)
{
    reinterpret_cast<Half*>(place)->value = value;
}

// Up to two words: everything is loaded before anything is stored, so overlap does not matter.
// The two loads of a pair overlap each other instead of looping over a rest.
void move_small(Byte* target, const Byte* source, std::size_t size)
{
    if (size >= WORD) {
        const std::uint64_t head = word_at(source);
        const std::uint64_t tail = word_at(source + size - WORD);
        put_word(target, head);
        put_word(target + size - WORD, tail);
        return;
    }
    if (size >= HALF) {
        const std::uint32_t head = half_at(source);
        const std::uint32_t tail = half_at(source + size - HALF);
        put_half(target, head);
        put_half(target + size - HALF, tail);
        return;
    }
    if (size == 0)
        return;
    const Byte first = source[0];
    const Byte middle = source[size / 2];
    const Byte last = source[size - 1];
    target[0] = first;
    target[size / 2] = middle;
    target[size - 1] = last;
}

// All loads stand before all stores: a range may overlap its copy.
void move_2_words(Byte* target, const Byte* source)
{
    const std::uint64_t word0 = word_at(source);
    const std::uint64_t word1 = word_at(source + WORD);
    put_word(target, word0);
    put_word(target + WORD, word1);
}

void move_4_words(Byte* target, const Byte* source)
{
    const std::uint64_t word0 = word_at(source);
    const std::uint64_t word1 = word_at(source + WORD);
    const std::uint64_t word2 = word_at(source + 2 * WORD);
    const std::uint64_t word3 = word_at(source + 3 * WORD);
    put_word(target, word0);
    put_word(target + WORD, word1);
    put_word(target + 2 * WORD, word2);
    put_word(target + 3 * WORD, word3);
}

void move_block(Byte* target, const Byte* source)
{
    const std::uint64_t word0 = word_at(source);
    const std::uint64_t word1 = word_at(source + WORD);
    const std::uint64_t word2 = word_at(source + 2 * WORD);
    const std::uint64_t word3 = word_at(source + 3 * WORD);
    const std::uint64_t word4 = word_at(source + 4 * WORD);
    const std::uint64_t word5 = word_at(source + 5 * WORD);
    const std::uint64_t word6 = word_at(source + 6 * WORD);
    const std::uint64_t word7 = word_at(source + 7 * WORD);
    put_word(target, word0);
    put_word(target + WORD, word1);
    put_word(target + 2 * WORD, word2);
    put_word(target + 3 * WORD, word3);
    put_word(target + 4 * WORD, word4);
    put_word(target + 5 * WORD, word5);
    put_word(target + 6 * WORD, word6);
    put_word(target + 7 * WORD, word7);
}

void fill_2_words(Byte* target, std::uint64_t pattern)
{
    put_word(target, pattern);
    put_word(target + WORD, pattern);
}

void fill_4_words(Byte* target, std::uint64_t pattern)
{
    fill_2_words(target, pattern);
    fill_2_words(target + 2 * WORD, pattern);
}

// More than two words, target below source or apart from it. The last two words are read before the
// loop, which may overwrite them, and stored after it.
void move_up(Byte* target, const Byte* source, std::size_t size)
{
    Byte* const target_end = target + size;
    const std::uint64_t tail_first = word_at(source + size - 2 * WORD);
    const std::uint64_t tail_second = word_at(source + size - WORD);
    for (; size > BLOCK; size -= BLOCK) {
        move_block(target, source);
        target += BLOCK;
        source += BLOCK;
    }
    if (size > 4 * WORD) {
        move_4_words(target, source);
        target += 4 * WORD;
        source += 4 * WORD;
        size -= 4 * WORD;
    }
    if (size > 2 * WORD)
        move_2_words(target, source);
    put_word(target_end - 2 * WORD, tail_first);
    put_word(target_end - WORD, tail_second);
}

// The mirror image, for a target inside the source range.
void move_down(Byte* target, const Byte* source, std::size_t size)
{
    const std::uint64_t head_first = word_at(source);
    const std::uint64_t head_second = word_at(source + WORD);
    Byte* const target_begin = target;
    for (; size > BLOCK; size -= BLOCK)
        move_block(target + size - BLOCK, source + size - BLOCK);
    if (size > 4 * WORD) {
        size -= 4 * WORD;
        move_4_words(target + size, source + size);
    }
    if (size > 2 * WORD)
        move_2_words(target + size - 2 * WORD, source + size - 2 * WORD);
    put_word(target_begin, head_first);
    put_word(target_begin + WORD, head_second);
}

int order_of(std::uint64_t left, std::uint64_t right)
{
    // Little-endian words: the first byte in memory decides, so it must become the highest.
    return __builtin_bswap64(left) < __builtin_bswap64(right) ? -1 : 1;
}

}  // namespace

extern "C" {

void* PLIMSOLL_LIBC(memmove)(void* target, const void* source, std::size_t size)
{
    auto* const to = static_cast<Byte*>(target);
    const auto* const from = static_cast<const Byte*>(source);
    if (size <= 2 * WORD)
        move_small(to, from, size);
    else if (reinterpret_cast<std::uintptr_t>(to) - reinterpret_cast<std::uintptr_t>(from) < size)
        move_down(to, from, size);
    else
        move_up(to, from, size);
    return target;
}

void* PLIMSOLL_LIBC(memcpy)(void* target, const void* source, std::size_t size)
{
    auto* const to = static_cast<Byte*>(target);
    const auto* const from = static_cast<const Byte*>(source);
    if (size <= 2 * WORD)
        move_small(to, from, size);
    else
        move_up(to, from, size);
    return target;
}

void* PLIMSOLL_LIBC(memset)(void* target, int byte, std::size_t size)
{
    auto* place = static_cast<Byte*>(target);
    const std::uint64_t pattern = EACH_BYTE * static_cast<Byte>(byte);
    if (size < WORD) {
        for (Byte* const end = place + size; place != end; ++place)
            *place = static_cast<Byte>(byte);
        return target;
    }
    Byte* const tail = place + size - WORD;
    for (; size > BLOCK; size -= BLOCK) {
        fill_4_words(place, pattern);
        fill_4_words(place + 4 * WORD, pattern);
        place += BLOCK;
    }
    if (size > 4 * WORD) {
        fill_4_words(place, pattern);
        place += 4 * WORD;
        size -= 4 * WORD;
    }
    if (size > 2 * WORD) {
        fill_2_words(place, pattern);
        place += 2 * WORD;
        size -= 2 * WORD;
    }
    if (size > WORD)
        put_word(place, pattern);
    put_word(tail, pattern);
    return target;
}

int PLIMSOLL_LIBC(memcmp)(const void* left, const void* right, std::size_t size)
{
    const auto* a = static_cast<const Byte*>(left);
    const auto* b = static_cast<const Byte*>(right);
    if (size >= WORD) {
        const Byte* const a_last = a + size - WORD;
        const Byte* const b_last = b + size - WORD;
        for (; a < a_last; a += WORD, b += WORD) {
            if (const std::uint64_t x = word_at(a), y = word_at(b); x != y)
                return order_of(x, y);
        }
        // The last word overlaps bytes already found equal, which changes nothing.
        const std::uint64_t x = word_at(a_last);
        const std::uint64_t y = word_at(b_last);
        return x == y ? 0 : order_of(x, y);
    }
    for (const Byte* const end = a + size; a != end; ++a, ++b) {
        if (*a != *b)
            return *a - *b;
    }
    return 0;
}

void* PLIMSOLL_LIBC(memchr)(const void* range, int byte, std::size_t size)
{
    const auto* place = static_cast<const Byte*>(range);
    const Byte wanted = static_cast<Byte>(byte);
    const std::uint64_t pattern = EACH_BYTE * wanted;
    for (; size >= WORD; size -= WORD, place += WORD) {
        const std::uint64_t differences = word_at(place) ^ pattern;
        // Nonzero exactly when some byte of `differences` is zero: that byte borrows.
        if (((differences - EACH_BYTE) & ~differences & EACH_TOP_BIT) != 0)
            break;
    }
    for (const Byte* const end = place + size; place != end; ++place) {
        if (*place == wanted)
            return const_cast<Byte*>(place);
    }
    return nullptr;
}

std::size_t PLIMSOLL_LIBC(strlen)(const char* text)
{
    const char* end = text;
    while (*end != '\0')
        ++end;
    return static_cast<std::size_t>(end - text);
}

}  // extern "C"

#if defined(__wasm__)
#pragma clang attribute pop
#endif
