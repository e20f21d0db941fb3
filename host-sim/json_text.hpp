// plimsoll: host-sim/json_text.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. Reads the JSON of files that people write or pass on.
// Promises: an object that names a field twice is refused: which of the two counts is not for a parser
// to choose. Complaints are for people: they hold no names of the library's exceptions.
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace plimsoll::sim {

/// Text that is no JSON, or names a field twice.
class JsonError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// @throws JsonError.
[[nodiscard]] nlohmann::json parse_json(std::string_view text);

/// What the library says is wrong, without the name and number of its exception.
[[nodiscard]] std::string plain_text(const nlohmann::json::exception& error);

}  // namespace plimsoll::sim
