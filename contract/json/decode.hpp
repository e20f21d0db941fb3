// plimsoll: contract/json/decode.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the hall, codec shelf. From JSON text to a described value.
// Promises: any bytes give an answer. The first offence in the order of the text decides, and a
// value that is not even well-formed JSON is reported as such before its type or its name matters.
// No heap.
// Never: looks anything up; whether an account exists is not its business.
#pragma once

#include "contract/bounded_text.hpp"
#include "contract/json/shape.hpp"
#include "engine/error.hpp"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <variant>

namespace plimsoll::contract::json {

/// Where the error is: the path of the field ("settle_fills.fills[3].price"), or "message" when it
/// is in no field; for text that is not JSON with the byte ("deposit.account at byte 23"). Cut to
/// its capacity when it is longer.
using Detail = BoundedText<struct DetailTag, 160>;

struct Decoded
{
    Error error = Error::ok;
    Detail detail;  ///< Empty when there is no error.

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return error == Error::ok; }
};

/// One message of a variant: {"name": {...}}.
struct Alternative
{
    std::string_view name;
    const Shape* shape = nullptr;
    void* (*emplace)(
        void* variant) = nullptr;  ///< Makes the variant hold a fresh value of this type.
};

namespace detail {

template <class Variant, std::size_t INDEX>
void* emplace_alternative(void* variant) noexcept
{
    return &static_cast<Variant*>(variant)->template emplace<INDEX>();
}

template <class Variant, std::size_t... INDICES>
constexpr auto alternatives(std::index_sequence<INDICES...>) noexcept
{
    return std::array<Alternative, sizeof...(INDICES)>{
        Alternative{Described<std::variant_alternative_t<INDICES, Variant>>::NAME,
            &SHAPE<std::variant_alternative_t<INDICES, Variant>>,
            &emplace_alternative<Variant, INDICES>}...};
}

[[nodiscard]] Decoded decode_object(std::string_view text, const Shape& shape, void* out) noexcept;
[[nodiscard]] Decoded decode_tagged(std::string_view text, const Alternative* alternatives,
    std::size_t count, void* variant) noexcept;

}  // namespace detail

/// The messages of a variant in the order of its types.
template <class Variant>
inline constexpr auto ALTERNATIVES =
    detail::alternatives<Variant>(std::make_index_sequence<std::variant_size_v<Variant>>{});

/// Decodes the object `text` into `out`. After an error `out` holds some of the fields: do not use
/// it.
/// Errors: every 1xx but unknown_message.
template <class T>
    requires HasFields<T>
[[nodiscard]] Decoded decode(std::string_view text, T& out) noexcept
{
    out = T{};
    return detail::decode_object(text, SHAPE<T>, &out);
}

/// Decodes {"name": {...}} into the alternative of that name. After an error do not use `out`.
/// Errors: every 1xx.
template <class... Ts>
[[nodiscard]] Decoded decode(std::string_view text, std::variant<Ts...>& out) noexcept
{
    using Variant = std::variant<Ts...>;
    return detail::decode_tagged(
        text, ALTERNATIVES<Variant>.data(), ALTERNATIVES<Variant>.size(), &out);
}

}  // namespace plimsoll::contract::json
