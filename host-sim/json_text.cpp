// plimsoll: host-sim/json_text.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See json_text.hpp.
#include "host-sim/json_text.hpp"

#include <cstddef>
#include <fmt/format.h>
#include <set>
#include <vector>

namespace plimsoll::sim {
namespace {

using nlohmann::json;

/// Follows the parser through the text and knows the place it has come to.
class KeyWatch
{
public:
    bool on_event(json::parse_event_t event, const json& value)
    {
        switch (event) {
        case json::parse_event_t::object_start:
        case json::parse_event_t::array_start:
            begin_item();
            m_open.push_back({.is_list = event == json::parse_event_t::array_start});
            break;
        case json::parse_event_t::object_end:
        case json::parse_event_t::array_end:
            m_open.pop_back();
            break;
        case json::parse_event_t::key:
            take_key(value.get<std::string>());
            break;
        case json::parse_event_t::value:
            begin_item();
            break;
        }
        return true;
    }

private:
    /// An object or a list that has begun and not ended.
    struct Open
    {
        bool is_list = false;
        std::size_t items = 0;  ///< Of a list: those that have begun.
        std::string key = {};   ///< Of an object: the last one.
        std::set<std::string> keys = {};
    };

    void begin_item()
    {
        if (!m_open.empty() && m_open.back().is_list)
            m_open.back().items += 1;
    }

    void take_key(const std::string& key)
    {
        auto& object = m_open.back();
        if (!object.keys.insert(key).second) {
            const auto place = place_of_object();
            throw JsonError(fmt::format(
                "{}{}the field \"{}\" is given twice", place, place.empty() ? "" : ": ", key));
        }
        object.key = key;
    }

    [[nodiscard]] std::string place_of_object() const
    {
        std::string place;
        for (std::size_t i = 0; i + 1 < m_open.size(); ++i) {
            const auto& open = m_open[i];
            if (open.is_list)
                place += fmt::format("[{}]", open.items - 1);
            else
                place += (place.empty() ? "" : ".") + open.key;
        }
        return place;
    }

    std::vector<Open> m_open;
};

}  // namespace

json parse_json(std::string_view text)
{
    KeyWatch watch;
    try {
        return json::parse(text, [&watch](int, json::parse_event_t event, const json& value) {
            return watch.on_event(event, value);
        });
    } catch (const json::exception& error) {
        throw JsonError(fmt::format("not well-formed JSON: {}", plain_text(error)));
    }
}

std::string plain_text(const json::exception& error)
{
    const std::string_view text = error.what();
    constexpr std::string_view END = "] ";
    const auto end = text.find(END);
    const bool has_name = text.starts_with("[json.exception.") && end != std::string_view::npos;
    return std::string(has_name ? text.substr(end + END.size()) : text);
}

}  // namespace plimsoll::sim
