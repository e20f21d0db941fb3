// plimsoll: host-sim/output.hpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. Files and folders of results. @throws std::runtime_error that names the path.
#pragma once

#include <string>
#include <string_view>

namespace plimsoll::sim {

/// Makes the folder, with those above it, unless it is there.
void make_folder(const std::string& path);
/// Replaces the file.
void write_file(const std::string& path, std::string_view content);

}  // namespace plimsoll::sim
