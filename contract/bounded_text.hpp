// plimsoll: contract/bounded_text.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the hall. Short texts with their storage inside: names of tokens and, in address.hpp,
// addresses.
// Promises: no heap; unused bytes are zero, so equal texts are equal objects; texts of two kinds do
// not mix.
// Never: judges the content. Whether it is an address or a token of this chain, the host says.
#pragma once

#include "engine/check.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plimsoll::contract {

/// `Tag` keeps kinds apart; a tag of something that stands in messages has a NAME for people.
template <class Tag, std::size_t N>
class BoundedText
{
    static_assert(N > 0 && N <= 255);

public:
    static constexpr std::size_t CAPACITY = N;

    constexpr BoundedText() noexcept = default;
    /// @pre `text` has at most N bytes.
    constexpr explicit BoundedText(std::string_view text) noexcept { CHECK(try_assign(text)); }

    /// Takes the text over; false, and nothing changed, when it is longer than N bytes.
    [[nodiscard]] constexpr bool try_assign(std::string_view text) noexcept
    {
        if (text.size() > N)
            return false;
        m_bytes = {};
        for (std::size_t i = 0; i < text.size(); ++i)
            m_bytes[i] = text[i];
        m_size = static_cast<std::uint8_t>(text.size());  // at most N, at most 255
        return true;
    }

    [[nodiscard]] constexpr std::string_view view() const noexcept
    {
        return std::string_view(m_bytes.data(), m_size);
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] constexpr bool empty() const noexcept { return m_size == 0; }

    friend constexpr bool operator==(const BoundedText& left, const BoundedText& right) noexcept
    {
        return left.view() == right.view();
    }
    friend constexpr bool operator<(const BoundedText& left, const BoundedText& right) noexcept
    {
        return left.view() < right.view();
    }

private:
    std::array<char, N> m_bytes{};
    std::uint8_t m_size = 0;
};

struct SymbolTag
{
    static constexpr std::string_view NAME = "Symbol";
};
struct DenomTag
{
    static constexpr std::string_view NAME = "Denom";
};

struct FeedIdTag
{
    static constexpr std::string_view NAME = "FeedId";
};

/// The short name of an asset, an underlying or a market, for people: "BTC", "BTC-PERP".
using Symbol = BoundedText<SymbolTag, 16>;

/// By which a price contract knows a price: hexadecimal digits of 32 bytes.
using FeedId = BoundedText<FeedIdTag, 64>;

/// The name by which the chain knows a native token, "uusdc", "ibc/27394FB0..."; or that of cw20.hpp.
using Denom = BoundedText<DenomTag, 128>;

}  // namespace plimsoll::contract
