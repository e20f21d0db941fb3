// plimsoll: contract/json/shapes.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the hall, codec shelf. The shapes of the types that messages are made of.
// Promises: a value that decodes lies in the range of its unit (engine/units/ranges.hpp), so that
// the engine's products cannot overflow on it.
#pragma once

#include "contract/address.hpp"
#include "contract/bounded_text.hpp"
#include "contract/json/shape.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/level.hpp"
#include "engine/model/list.hpp"
#include "engine/model/market_kind.hpp"
#include "engine/model/market_status.hpp"
#include "engine/model/option_type.hpp"
#include "engine/model/portfolio_params.hpp"
#include "engine/units/units.hpp"

#include <array>
#include <limits>
#include <optional>
#include <string_view>

namespace plimsoll::contract::json {

/// The most base units in a message: MONEY_MAX of a token with 18 decimals. For a token with fewer
/// the handlers ask money_in_range() or quantity_in_range() as well.
inline constexpr num::i128 TOKENS_MAX = MONEY_MAX.raw();

/// The last second of the year 9999: sums of times from messages cannot wrap.
inline constexpr std::uint64_t SECONDS_MAX = 253'402'300'799U;

namespace detail {

/// Boolean and unsigned integers.
template <class T>
struct Plain
{
    static void store(void* value, num::i128 raw) noexcept
    {
        *static_cast<T*>(value) =
            static_cast<T>(raw);  // inside the shape's range, hence inside T's
    }
    static num::i128 load(const void* value) noexcept
    {
        return static_cast<num::i128>(*static_cast<const T*>(value));
    }
    static constexpr Shape make(Kind kind, std::string_view name) noexcept
    {
        Shape shape;
        shape.kind = kind;
        shape.name = name;
        shape.maximum = static_cast<num::i128>(std::numeric_limits<T>::max());
        shape.store = &store;
        shape.load = &load;
        return shape;
    }
};

/// Ids: structs around one unsigned integer, `value`.
template <class T>
struct Id
{
    using Number = decltype(T::value);
    static void store(void* value, num::i128 raw) noexcept
    {
        static_cast<T*>(value)->value = static_cast<Number>(raw);  // inside the shape's range
    }
    static num::i128 load(const void* value) noexcept
    {
        return static_cast<num::i128>(static_cast<const T*>(value)->value);
    }
    static constexpr Shape make(std::string_view name) noexcept
    {
        Shape shape;
        shape.kind = Kind::integer;
        shape.name = name;
        shape.maximum = static_cast<num::i128>(std::numeric_limits<Number>::max());
        shape.store = &store;
        shape.load = &load;
        return shape;
    }
};

/// Units: types with raw() and from_raw().
template <class T>
struct Unit
{
    using Raw = decltype(T{}.raw());
    static void store(void* value, num::i128 raw) noexcept
    {
        *static_cast<T*>(value) = T::from_raw(static_cast<Raw>(raw));  // inside the shape's range
    }
    static num::i128 load(const void* value) noexcept
    {
        return static_cast<const T*>(value)->raw();
    }
    static constexpr Shape make(
        Kind kind, std::string_view name, num::i128 minimum, num::i128 maximum) noexcept
    {
        Shape shape;
        shape.kind = kind;
        shape.name = name;
        shape.minimum = minimum;
        shape.maximum = maximum;
        shape.store = &store;
        shape.load = &load;
        return shape;
    }
};

/// Enumerations whose numbers count their names.
template <class T>
struct Choice
{
    static void store(void* value, num::i128 raw) noexcept
    {
        *static_cast<T*>(value) = static_cast<T>(raw);  // below the name count
    }
    static num::i128 load(const void* value) noexcept
    {
        return static_cast<num::i128>(*static_cast<const T*>(value));
    }
    template <std::size_t N>
    static constexpr Shape make(
        std::string_view name, const std::array<std::string_view, N>& names) noexcept
    {
        Shape shape;
        shape.kind = Kind::choice;
        shape.name = name;
        shape.maximum = static_cast<num::i128>(N) - 1;
        shape.names = names.data();
        shape.store = &store;
        shape.load = &load;
        return shape;
    }
};

}  // namespace detail

template <>
struct ShapeOf<bool>
{
    static constexpr Shape make() noexcept
    {
        return detail::Plain<bool>::make(Kind::boolean, "boolean");
    }
};
template <>
struct ShapeOf<std::uint8_t>
{
    static constexpr Shape make() noexcept
    {
        return detail::Plain<std::uint8_t>::make(Kind::integer, "integer");
    }
};
template <>
struct ShapeOf<std::uint32_t>
{
    static constexpr Shape make() noexcept
    {
        return detail::Plain<std::uint32_t>::make(Kind::integer, "integer");
    }
};
template <>
struct ShapeOf<std::uint64_t>
{
    static constexpr Shape make() noexcept
    {
        return detail::Plain<std::uint64_t>::make(Kind::integer, "integer");
    }
};

template <>
struct ShapeOf<AccountId>
{
    static constexpr Shape make() noexcept { return detail::Id<AccountId>::make("AccountId"); }
};
template <>
struct ShapeOf<AssetId>
{
    static constexpr Shape make() noexcept { return detail::Id<AssetId>::make("AssetId"); }
};
template <>
struct ShapeOf<UnderlyingId>
{
    static constexpr Shape make() noexcept
    {
        return detail::Id<UnderlyingId>::make("UnderlyingId");
    }
};
template <>
struct ShapeOf<MarketId>
{
    static constexpr Shape make() noexcept { return detail::Id<MarketId>::make("MarketId"); }
};

template <>
struct ShapeOf<Price>
{
    static constexpr Shape make() noexcept
    {
        return detail::Unit<Price>::make(Kind::decimal, "Price", -PRICE_MAX.raw(), PRICE_MAX.raw());
    }
};
template <>
struct ShapeOf<Quantity>
{
    static constexpr Shape make() noexcept
    {
        return detail::Unit<Quantity>::make(
            Kind::decimal, "Quantity", -QUANTITY_MAX.raw(), QUANTITY_MAX.raw());
    }
};
template <>
struct ShapeOf<Money>
{
    static constexpr Shape make() noexcept
    {
        return detail::Unit<Money>::make(Kind::decimal, "Money", -MONEY_MAX.raw(), MONEY_MAX.raw());
    }
};
template <>
struct ShapeOf<Ratio>
{
    static constexpr Shape make() noexcept
    {
        return detail::Unit<Ratio>::make(Kind::decimal, "Ratio", -RATIO_MAX.raw(), RATIO_MAX.raw());
    }
};
template <>
struct ShapeOf<Rate>
{
    static constexpr Shape make() noexcept
    {
        return detail::Unit<Rate>::make(Kind::decimal, "Rate", -RATE_MAX.raw(), RATE_MAX.raw());
    }
};
template <>
struct ShapeOf<TokenAmount>
{
    static constexpr Shape make() noexcept
    {
        return detail::Unit<TokenAmount>::make(Kind::tokens, "TokenAmount", 0, TOKENS_MAX);
    }
};
template <>
struct ShapeOf<Seconds>
{
    static constexpr Shape make() noexcept
    {
        return detail::Unit<Seconds>::make(Kind::integer, "Seconds", 0, SECONDS_MAX);
    }
};

template <>
struct ShapeOf<MarketStatus>
{
    static constexpr Shape make() noexcept
    {
        return detail::Choice<MarketStatus>::make("MarketStatus", MARKET_STATUS_NAMES);
    }
};
template <>
struct ShapeOf<MarketKind>
{
    static constexpr Shape make() noexcept
    {
        return detail::Choice<MarketKind>::make("MarketKind", MARKET_KIND_NAMES);
    }
};
template <>
struct ShapeOf<OptionType>
{
    static constexpr Shape make() noexcept
    {
        return detail::Choice<OptionType>::make("OptionType", OPTION_TYPE_NAMES);
    }
};
template <>
struct ShapeOf<MarginMode>
{
    static constexpr Shape make() noexcept
    {
        return detail::Choice<MarginMode>::make("MarginMode", MARGIN_MODE_NAMES);
    }
};
template <>
struct ShapeOf<VolShock>
{
    static constexpr Shape make() noexcept
    {
        return detail::Choice<VolShock>::make("VolShock", VOL_SHOCK_NAMES);
    }
};

template <class Tag, std::size_t N>
struct ShapeOf<BoundedText<Tag, N>>
{
    using Text = BoundedText<Tag, N>;
    static bool store(void* value, std::string_view text) noexcept
    {
        return static_cast<Text*>(value)->try_assign(text);
    }
    static std::string_view load(const void* value) noexcept
    {
        return static_cast<const Text*>(value)->view();
    }
    static constexpr Shape make() noexcept
    {
        Shape shape;
        shape.kind = Kind::text;
        shape.name = Tag::NAME;
        shape.size_max = N;
        shape.store_text = &store;
        shape.load_text = &load;
        return shape;
    }
};

/// A message inside a message: a view into the text that holds it, which must outlive it. It has been passed
/// over, so it is one well-formed JSON object; what it says is read later, by whoever knows its kind. The tag
/// says that kind, NAME, and how many bytes there may be, SIZE_MAX_BYTES.
template <class Tag>
struct RawObject
{
    std::string_view text;
};

template <class Tag>
struct ShapeOf<RawObject<Tag>>
{
    static bool store(void* value, std::string_view text) noexcept
    {
        static_cast<RawObject<Tag>*>(value)->text = text;
        return text.size() <= Tag::SIZE_MAX_BYTES;
    }
    static std::string_view load(const void* value) noexcept
    {
        return static_cast<const RawObject<Tag>*>(value)->text;
    }
    static constexpr Shape make() noexcept
    {
        Shape shape;
        shape.kind = Kind::raw;
        shape.name = Tag::NAME;
        shape.size_max = Tag::SIZE_MAX_BYTES;
        shape.store_text = &store;
        shape.load_text = &load;
        return shape;
    }
};

template <class T>
struct ShapeOf<std::optional<T>>
{
    using Optional = std::optional<T>;
    static void* append(void* value) noexcept { return &static_cast<Optional*>(value)->emplace(); }
    static std::size_t count(const void* value) noexcept
    {
        return static_cast<const Optional*>(value)->has_value() ? 1 : 0;
    }
    static const void* item(const void* value, std::size_t) noexcept
    {
        return &**static_cast<const Optional*>(value);
    }
    static constexpr Shape make() noexcept
    {
        Shape shape;
        shape.kind = Kind::optional;
        shape.name = SHAPE<T>.name;
        shape.inner = &SHAPE<T>;
        shape.append = &append;
        shape.count = &count;
        shape.item = &item;
        return shape;
    }
};

template <class T, std::size_t N>
struct ShapeOf<List<T, N>>
{
    using Items = List<T, N>;
    static void* append(void* value) noexcept
    {
        Items& items = *static_cast<Items*>(value);
        return items.push(T{}) ? &items[items.size() - 1] : nullptr;
    }
    static std::size_t count(const void* value) noexcept
    {
        return static_cast<const Items*>(value)->size();
    }
    static const void* item(const void* value, std::size_t index) noexcept
    {
        return &(*static_cast<const Items*>(value))[index];
    }
    static constexpr Shape make() noexcept
    {
        Shape shape;
        shape.kind = Kind::list;
        shape.name = SHAPE<T>.name;
        shape.size_max = N;
        shape.inner = &SHAPE<T>;
        shape.append = &append;
        shape.count = &count;
        shape.item = &item;
        return shape;
    }
};

}  // namespace plimsoll::contract::json
