// plimsoll: host-sim/output.cpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See output.hpp.
#include "host-sim/output.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace plimsoll::sim {

void make_folder(const std::string& path)
{
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error || !std::filesystem::is_directory(path))
        throw std::runtime_error(fmt::format("the folder \"{}\" cannot be made", path));
}

void write_file(const std::string& path, std::string_view content)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    if (!file)
        throw std::runtime_error(fmt::format("\"{}\" cannot be written", path));
}

}  // namespace plimsoll::sim
