// plimsoll: host-sim/vm/both_vm.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. See both_vm.hpp.
#include "host-sim/vm/both_vm.hpp"

#include "engine/num/decimal.hpp"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <utility>

namespace plimsoll::sim {

namespace {

constexpr std::size_t SHOWN_BYTES_MAX = 400;

// Readable whatever the bytes are, and not longer than a screen.
std::string shown(std::string_view bytes)
{
    std::string text;
    for (const char c : bytes.substr(0, SHOWN_BYTES_MAX)) {
        if (c >= ' ' && c <= '~')
            text += c;
        else
            text += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
    if (bytes.size() > SHOWN_BYTES_MAX)
        text += "...";
    return text;
}

std::string text_of(const contract::Event& event)
{
    std::string text = event.type;
    for (const contract::Attribute& attribute : event.attributes)
        text += fmt::format(" {}={}", attribute.key, attribute.value);
    return text;
}

std::string text_of(const contract::Transfer& transfer)
{
    const auto amount = num::decimal_text(transfer.amount, 0);
    return fmt::format("{}{} to {}", std::string_view(amount), transfer.denom, transfer.to);
}

std::string apart(std::string_view what, std::string_view first, std::string_view second)
{
    return fmt::format("{}: '{}' against '{}'", what, shown(first), shown(second));
}

// The first item in which two lists differ; a list that ends early differs by an empty item.
template <class Item>
std::optional<std::string> difference_of(
    std::string_view what, const std::vector<Item>& first, const std::vector<Item>& second)
{
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        const std::string one = i < first.size() ? text_of(first[i]) : std::string();
        const std::string other = i < second.size() ? text_of(second[i]) : std::string();
        if (one != other)
            return apart(fmt::format("{} {}", what, i), one, other);
    }
    return std::nullopt;
}

std::optional<std::string> difference_of(const Response& first, const Response& second)
{
    if (first.ok != second.ok || first.error_code != second.error_code ||
        first.error != second.error)
        return apart("error", first.error, second.error);
    if (first.data != second.data)
        return apart("data", first.data, second.data);
    if (auto events = difference_of("event", first.events, second.events))
        return events;
    return difference_of("transfer", first.transfers, second.transfers);
}

std::string difference_of(const Storage::Records& first, const Storage::Records& second)
{
    auto one = first.begin();
    auto other = second.begin();
    while (one != first.end() && other != second.end() && *one == *other) {
        ++one;
        ++other;
    }
    if (one == first.end() && other == second.end())
        return "the digests differ and the records do not";
    // The smaller key is the one that the other side lacks, unless the keys are equal.
    const bool first_has =
        one != first.end() && (other == second.end() || one->first <= other->first);
    const bool second_has =
        other != second.end() && (one == first.end() || other->first <= one->first);
    const std::string& key = first_has ? one->first : other->first;
    return apart(fmt::format("record '{}'", shown(key)), first_has ? one->second : "(none)",
        second_has ? other->second : "(none)");
}

}  // namespace

BothVm::BothVm(std::unique_ptr<Vm> first, std::unique_ptr<Vm> second)
  : m_first(std::move(first)), m_second(std::move(second))
{}

Response BothVm::call(std::string_view name, Entry entry, const CallEnv& env, std::string_view json)
{
    if (m_difference)
        return (m_first.get()->*entry)(env, json);
    Response second = (m_second.get()->*entry)(env, json);
    const auto remember = [&](std::string what) {
        m_difference = Difference{env.height,
            fmt::format("{} by '{}': {}", name, env.sender, shown(json)), std::move(what)};
    };
    if (second.error_code == TRAPPED) {
        remember(second.error);
        return second;
    }
    Response first = (m_first.get()->*entry)(env, json);
    if (auto what = difference_of(first, second))
        remember(std::move(*what));
    first.gas = second.gas;
    return first;
}

Response BothVm::instantiate(const CallEnv& env, std::string_view json)
{
    return call("instantiate", &Vm::instantiate, env, json);
}

Response BothVm::execute(const CallEnv& env, std::string_view json)
{
    return call("execute", &Vm::execute, env, json);
}

Response BothVm::query(const CallEnv& env, std::string_view json)
{
    return call("query", &Vm::query, env, json);
}

std::optional<Difference> BothVm::end_block(std::uint64_t height)
{
    if (!m_difference && m_first->digest_hex() != m_second->digest_hex())
        m_difference =
            Difference{height, "records", difference_of(m_first->records(), m_second->records())};
    return m_difference;
}

}  // namespace plimsoll::sim
