// plimsoll: host-sim/margin/files.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. Whole files as text.
#pragma once

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <system_error>

namespace plimsoll::sim {

/// A file that cannot be read.
class FileError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// "-" is standard input. @throws FileError that names the path.
[[nodiscard]] inline std::string read_text_file(const std::string& path)
{
    if (path == "-")
        return std::string(std::istreambuf_iterator<char>(std::cin), {});
    // A folder opens like a file and fails when it is read.
    std::error_code error;
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path, error))
        throw FileError(fmt::format("{}: cannot be read", path));
    return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace plimsoll::sim
