// plimsoll: contract/schema.cpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the hall. See schema.hpp.
#include "contract/schema.hpp"

#include "contract/json/reader.hpp"
#include "contract/json/writer.hpp"
#include "contract/message.hpp"
#include "engine/num/decimal.hpp"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <variant>

namespace plimsoll::contract {

namespace {

using json::Description;
using json::Field;
using json::Kind;
using json::Rule;
using json::Shape;
using json::Writer;

/// What the tables leave out: the words.
struct Entry
{
    const Shape* shape = nullptr;
    std::string_view doc;
    const Description* fields = nullptr;
};

template <class T>
constexpr auto DESCRIPTIONS = [] {
    // One unused entry keeps the array of a struct without fields from having no address.
    constexpr auto described = json::Described<T>::fields();
    std::array<Description, described.size() + 1> all{};
    for (std::size_t i = 0; i < described.size(); ++i)
        all[i] = described[i];
    return all;
}();

template <class T>
constexpr Entry entry() noexcept
{
    return Entry{&json::SHAPE<T>, json::Described<T>::DOC, DESCRIPTIONS<T>.data()};
}

template <class Variant, std::size_t... INDICES>
constexpr auto entries(std::index_sequence<INDICES...>) noexcept
{
    return std::array<Entry, sizeof...(INDICES)>{
        entry<std::variant_alternative_t<INDICES, Variant>>()...};
}

template <class Variant>
constexpr auto ENTRIES = entries<Variant>(std::make_index_sequence<std::variant_size_v<Variant>>{});

constexpr Entry INSTANTIATE = entry<InstantiateMessage>();
constexpr Entry MIGRATE = entry<MigrateMessage>();

/// The structs that stand inside messages.
constexpr std::array<Entry, 30> PARTS = {entry<message::QuoteToken>(), entry<LiquidationParams>(),
    entry<PaceParams>(), entry<OracleParams>(), entry<VolatilityParams>(),
    entry<CorrelationParams>(), entry<StablePriceParams>(), entry<BorrowParams>(),
    entry<GateParams>(), entry<WideningParams>(), entry<message::Fill>(),
    entry<message::OrderReport>(), entry<PythSource>(), entry<message::PricePoint>(),
    entry<message::PremiumPoint>(), entry<message::SurfacePoint>(), entry<Svi>(),
    entry<StandardParams>(), entry<ConfidenceRule>(), entry<DepegRule>(),
    entry<ShortOptionParams>(), entry<Scenario>(), entry<VolShockParams>(),
    entry<SkewShockParams>(), entry<BasisParams>(), entry<DiscountParams>(),
    entry<PerLevel<Ratio>>(), entry<message::CorrelationEntry>(), entry<message::WhatIfPrice>(),
    entry<message::WhatIfTrade>()};

/// The types that are not structs, in words.
struct Word
{
    const Shape* shape = nullptr;
    std::string_view doc;
};
constexpr std::array<Word, 24> WORDS = {{
    {&json::SHAPE<AccountId>, "number of an account"},
    {&json::SHAPE<AssetId>, "number of an asset; 0 is the quote token"},
    {&json::SHAPE<UnderlyingId>, "number of an underlying"},
    {&json::SHAPE<MarketId>, "number of a market"},
    {&json::SHAPE<Price>, "quote for one unit of base"},
    {&json::SHAPE<Quantity>, "an amount of base"},
    {&json::SHAPE<Money>, "an amount of quote"},
    {&json::SHAPE<Ratio>, "a pure number; 1 is 100 %"},
    {&json::SHAPE<Rate>, "a ratio per day"},
    {&json::SHAPE<TokenAmount>, "base units of a token"},
    {&json::SHAPE<Seconds>, "seconds: a length of time, or a time since 1970-01-01 UTC"},
    {&json::SHAPE<Address>, "an address of the chain"},
    {&json::SHAPE<Symbol>, "a short name for people"},
    {&json::SHAPE<Denom>,
        "the chain's name of a native token; of a CW20 token `cw20:` and its contract"},
    {&json::SHAPE<FeedId>, "by which a price contract knows a price: 64 hexadecimal digits"},
    {&json::SHAPE<MarketStatus>, "what a market may do"},
    {&json::SHAPE<MarketKind>, "what is traded on a market"},
    {&json::SHAPE<OptionType>, "a right to buy or to sell"},
    {&json::SHAPE<MarginMode>, "how the margin of an account is computed"},
    {&json::SHAPE<VolShock>, "what a scenario does to volatility"},
    {&json::SHAPE<Taker>, "a side of a fill"},
    {&json::SHAPE<RawGovernanceMessage>, "a message that governance can propose"},
    {&json::SHAPE<RawKeeperMessage>, "a message that can stand in a batch"},
    {&json::SHAPE<Base64TokenMessage>, "a message that tokens are sent for, in base64"},
}};

bool has_word(const Shape& shape) noexcept
{
    for (const Word& word : WORDS) {
        if (word.shape == &shape)
            return true;
    }
    return false;
}

std::string joined(std::initializer_list<std::string_view> parts)
{
    std::string text;
    for (const std::string_view part : parts)
        text += part;
    return text;
}

std::string number(num::i128 value)
{
    return std::string(std::string_view(num::decimal_text(value, 0)));
}

std::string decimal(num::i128 raw)
{
    return std::string(std::string_view(num::decimal_text(raw, num::WAD_DECIMALS)));
}

/// "from -100 to 100", in the unit of the shape.
std::string range_text(const Shape& shape)
{
    const bool scaled = shape.kind == Kind::decimal;
    return joined({"from ", scaled ? decimal(shape.minimum) : number(shape.minimum), " to ",
        scaled ? decimal(shape.maximum) : number(shape.maximum)});
}

// ---------------------------------------------------------------------------- JSON Schema --

constexpr std::string_view DRAFT = "http://json-schema.org/draft-07/schema#";

/// Regular expression for a whole number with at most as many digits as `greatest`.
std::string whole_pattern(num::i128 greatest)
{
    const std::size_t digits = number(greatest).size();
    return joined({"(0|[1-9][0-9]{0,", number(static_cast<num::i128>(digits) - 1), "})"});
}

void string_member(Writer& writer, std::string_view name, std::string_view value)
{
    writer.key(name);
    writer.text(value);
}

void integer_member(Writer& writer, std::string_view name, std::uint64_t value)
{
    writer.key(name);
    writer.integer(value);
}

void write_type(Writer& writer, const Shape& shape);

/// Whichever messages an object of that name may hold.
void write_messages(Writer& writer, const Shape& shape);

/// The members that say what a value without fields looks like.
void scalar_members(Writer& writer, const Shape& shape)
{
    switch (shape.kind) {
    case Kind::boolean:
        string_member(writer, "type", "boolean");
        break;
    case Kind::integer:
        string_member(writer, "type", "integer");
        integer_member(writer, "minimum", static_cast<std::uint64_t>(shape.minimum));
        integer_member(writer, "maximum", static_cast<std::uint64_t>(shape.maximum));
        break;
    case Kind::decimal:
        string_member(writer, "type", "string");
        string_member(writer, "pattern",
            joined({"^-?", whole_pattern(shape.maximum / static_cast<num::i128>(num::WAD)),
                "(\\.[0-9]{1,18})?$"}));
        break;
    case Kind::tokens:
        string_member(writer, "type", "string");
        string_member(writer, "pattern", joined({"^", whole_pattern(shape.maximum), "$"}));
        break;
    case Kind::text:
        string_member(writer, "type", "string");
        integer_member(writer, "minLength", 1);
        integer_member(writer, "maxLength", shape.size_max);
        // Printable ASCII without quotes and backslashes.
        string_member(writer, "pattern", "^[ !#-\\[\\]-~]*$");
        break;
    case Kind::choice:
        string_member(writer, "type", "string");
        writer.key("enum");
        writer.begin_array();
        for (num::i128 raw = shape.minimum; raw <= shape.maximum; ++raw)
            writer.text(shape.names[raw]);
        writer.end_array();
        break;
    case Kind::raw:
        write_messages(writer, shape);
        break;
    case Kind::optional:
    case Kind::list:
    case Kind::object:
        CHECK(false);
        break;
    }
}

/// The type or null.
void write_nullable(Writer& writer, const Shape& shape)
{
    writer.begin_object();
    writer.key("anyOf");
    writer.begin_array();
    write_type(writer, shape);
    writer.begin_object();
    string_member(writer, "type", "null");
    writer.end_object();
    writer.end_array();
    writer.end_object();
}

/// {"$ref": ...} or the type itself when it has no name of its own.
void write_type(Writer& writer, const Shape& shape)
{
    if (shape.kind == Kind::optional)
        return write_nullable(writer, *shape.inner);
    writer.begin_object();
    if (shape.kind == Kind::list) {
        string_member(writer, "type", "array");
        integer_member(writer, "maxItems", shape.size_max);
        writer.key("items");
        write_type(writer, *shape.inner);
    } else if (shape.kind == Kind::object || has_word(shape)) {
        string_member(writer, "$ref", joined({"#/definitions/", shape.name}));
    } else {
        scalar_members(writer, shape);
    }
    writer.end_object();
}

/// What the field asks beyond its type. The patterns hold for strings only, the bounds for numbers
/// only, so they stand beside null without harm.
void rule_members(Writer& writer, const Field& field)
{
    const Shape& shape = field.shape->kind == Kind::optional ? *field.shape->inner : *field.shape;
    const bool is_integer = shape.kind == Kind::integer;
    if (field.rule.sign == Rule::Sign::positive && is_integer)
        integer_member(writer, "minimum", 1);
    if (field.rule.sign == Rule::Sign::positive && !is_integer)
        string_member(writer, "pattern", "^[0-9.]*[1-9]");
    if (field.rule.sign == Rule::Sign::not_negative && !is_integer)
        string_member(writer, "pattern", "^[0-9]");
    if (field.rule.most != UINT32_MAX)
        integer_member(writer, "maximum", field.rule.most);
}

void object_members(Writer& writer, const Entry& entry)
{
    const Shape& shape = *entry.shape;
    string_member(writer, "type", "object");
    writer.key("required");
    writer.begin_array();
    for (std::size_t i = 0; i < shape.size_max; ++i) {
        if (!is_optional(shape.fields[i]))
            writer.text(shape.fields[i].name);
    }
    writer.end_array();
    writer.key("properties");
    writer.begin_object();
    for (std::size_t i = 0; i < shape.size_max; ++i) {
        const Field& field = shape.fields[i];
        writer.key(field.name);
        writer.begin_object();
        string_member(writer, "description", entry.fields[i].doc);
        // In draft 7 nothing may stand beside a $ref, so it goes into a list of one.
        writer.key("allOf");
        writer.begin_array();
        if (field.rule.has_default)
            write_nullable(writer, *field.shape);
        else
            write_type(writer, *field.shape);
        writer.end_array();
        rule_members(writer, field);
        writer.end_object();
    }
    writer.end_object();
    writer.key("additionalProperties");
    writer.boolean(false);
}

void write_definitions(Writer& writer)
{
    writer.key("definitions");
    writer.begin_object();
    for (const Word& word : WORDS) {
        const Shape& shape = *word.shape;
        writer.key(shape.name);
        writer.begin_object();
        std::string text(word.doc);
        if (shape.kind == Kind::decimal || shape.kind == Kind::tokens)
            text += joined({", ", range_text(shape)});
        string_member(writer, "description", text);
        scalar_members(writer, shape);
        writer.end_object();
    }
    for (const Entry& entry : PARTS) {
        writer.key(entry.shape->name);
        writer.begin_object();
        string_member(writer, "description", entry.doc);
        object_members(writer, entry);
        writer.end_object();
    }
    writer.end_object();
}

void begin_schema(Writer& writer, std::string_view name, std::string_view title)
{
    writer.key(name);
    writer.begin_object();
    string_member(writer, "$schema", DRAFT);
    string_member(writer, "title", title);
}

void tagged_schema(Writer& writer, const Entry& entry)
{
    writer.begin_object();
    string_member(writer, "description", entry.doc);
    string_member(writer, "type", "object");
    writer.key("required");
    writer.begin_array();
    writer.text(entry.shape->name);
    writer.end_array();
    writer.key("properties");
    writer.begin_object();
    writer.key(entry.shape->name);
    writer.begin_object();
    object_members(writer, entry);
    writer.end_object();
    writer.end_object();
    writer.key("additionalProperties");
    writer.boolean(false);
    writer.end_object();
}

template <class Entries>
void write_one_of(Writer& writer, const Entries& all)
{
    writer.key("oneOf");
    writer.begin_array();
    for (const Entry& entry : all)
        tagged_schema(writer, entry);
    writer.end_array();
}

void write_messages(Writer& writer, const Shape& shape)
{
    if (&shape == &json::SHAPE<RawGovernanceMessage>)
        write_one_of(writer, ENTRIES<GovernanceMessage>);
    else
        write_one_of(writer, ENTRIES<KeeperMessage>);
}

template <class Entries>
void variant_schema(
    Writer& writer, std::string_view name, std::string_view title, const Entries& all)
{
    begin_schema(writer, name, title);
    write_one_of(writer, all);
    write_definitions(writer);
    writer.end_object();
}

// --------------------------------------------------------------------------- reference page --

/// "`Price`, above 0", as the type column says it.
std::string type_text(const Field& field)
{
    const Shape& value = field.shape->kind == Kind::optional ? *field.shape->inner : *field.shape;
    std::string text = is_optional(field) ? "optional " : "";
    if (value.kind == Kind::list)
        text += joined({"list of `", value.inner->name, "`, at most ",
            number(static_cast<num::i128>(value.size_max))});
    else
        text += joined({"`", value.name, "`"});
    if (field.rule.sign == Rule::Sign::positive)
        text += ", above 0";
    if (field.rule.sign == Rule::Sign::not_negative)
        text += ", not below 0";
    if (field.rule.most != UINT32_MAX)
        text += joined({", at most ", number(field.rule.most)});
    return text;
}

void page_entry(std::string& page, const Entry& entry)
{
    page += joined({"\n### ", entry.shape->name, "\n\n", entry.doc, "\n"});
    if (entry.shape->size_max == 0) {
        page += "\nNo fields.\n";
        return;
    }
    page += "\n| field | type | meaning |\n|---|---|---|\n";
    for (std::size_t i = 0; i < entry.shape->size_max; ++i) {
        const Field& field = entry.shape->fields[i];
        page += joined(
            {"| `", field.name, "` | ", type_text(field), " | ", entry.fields[i].doc, " |\n"});
    }
}

/// "`flag`, `touch` or `accrue`".
template <class Entries>
std::string names_text(const Entries& all)
{
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i)
        text += joined({i == 0                ? ""
                        : i + 1 == all.size() ? " or "
                                              : ", ",
            "`", all[i].shape->name, "`"});
    return text;
}

/// How a type without fields is written in JSON.
std::string form_text(const Shape& shape)
{
    switch (shape.kind) {
    case Kind::boolean:
        return "`true` or `false`";
    case Kind::integer:
        return joined({"integer ", range_text(shape)});
    case Kind::decimal:
        return joined({"decimal string ", range_text(shape)});
    case Kind::tokens:
        return joined({"integer string ", range_text(shape)});
    case Kind::text:
        return joined(
            {"string of 1 to ", number(static_cast<num::i128>(shape.size_max)), " bytes"});
    case Kind::choice: {
        std::string text;
        for (num::i128 raw = shape.minimum; raw <= shape.maximum; ++raw) {
            if (raw != shape.minimum)
                text += ", ";
            text += joined({"`\"", shape.names[raw], "\"`"});
        }
        return text;
    }
    case Kind::raw:
        return joined({"object of one field, ",
            &shape == &json::SHAPE<RawGovernanceMessage> ? names_text(ENTRIES<GovernanceMessage>)
                                                         : names_text(ENTRIES<KeeperMessage>),
            "; at most ", number(static_cast<num::i128>(shape.size_max)), " bytes"});
    case Kind::optional:
    case Kind::list:
    case Kind::object:
        break;
    }
    CHECK(false);
    return {};
}

}  // namespace

std::string schema_json()
{
    std::string text;
    Writer writer(text);
    writer.begin_object();
    string_member(writer, "contract_name", "plimsoll");
    string_member(writer, "idl_version", "1.0.0");

    begin_schema(writer, "instantiate", "InstantiateMsg");
    string_member(writer, "description", INSTANTIATE.doc);
    object_members(writer, INSTANTIATE);
    write_definitions(writer);
    writer.end_object();

    variant_schema(writer, "execute", "ExecuteMsg", ENTRIES<ExecuteMessage>);
    variant_schema(writer, "query", "QueryMsg", ENTRIES<QueryMessage>);
    begin_schema(writer, "migrate", "MigrateMsg");
    string_member(writer, "description", MIGRATE.doc);
    object_members(writer, MIGRATE);
    writer.end_object();
    for (const std::string_view absent : {"sudo", "responses"}) {
        writer.key(absent);
        writer.null();
    }
    writer.end_object();
    return text;
}

std::string reference_page()
{
    std::string page =
        joined({"# Messages\n\n"
                "This page is generated from the descriptions in `contract/messages/`.\n\n"
                "A message is JSON of at most ",
            number(json::TEXT_SIZE_MAX), " bytes and ", number(json::DEPTH_MAX),
            " levels. `instantiate` is an\n"
            "object with the fields below. Every other message and every query is an object with "
            "one\n"
            "field, its name, that holds the fields below: `{\"deposit\":{\"account\":7}}`. "
            "Strings are\n"
            "printable ASCII without quotes, backslashes and escapes. Unknown, duplicate and "
            "missing\n"
            "fields are errors; an optional field may be absent or `null`. Decimals are strings "
            "such as\n"
            "`\"-12.5\"` with at most 18 fractional digits, no exponent, no leading zeros and no "
            "sign on\n"
            "zero. An error in the form of a message names the field, such as\n"
            "`settle_fills.fills[3].price`; one of its meaning names the thing, such as `account "
            "7`.\n"
            "The numbers are in [errors.md](errors.md), answers and events in "
            "[answers.md](answers.md).\n"});
    page += "\n## Instantiate\n";
    page_entry(page, INSTANTIATE);
    page += "\n## Migrate\n";
    page_entry(page, MIGRATE);
    page += "\n## Execute\n";
    for (const Entry& entry : ENTRIES<ExecuteMessage>)
        page_entry(page, entry);
    page += "\n## Query\n";
    for (const Entry& entry : ENTRIES<QueryMessage>)
        page_entry(page, entry);
    page += "\n## Parts of messages\n";
    for (const Entry& entry : PARTS)
        page_entry(page, entry);
    page += "\n## Types\n\n| type | form | meaning |\n|---|---|---|\n";
    for (const Word& word : WORDS) {
        page += joined(
            {"| `", word.shape->name, "` | ", form_text(*word.shape), " | ", word.doc, " |\n"});
    }
    return page;
}

}  // namespace plimsoll::contract
