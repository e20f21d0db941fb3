// plimsoll: host-sim/sha256.hpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. SHA-256 of bytes as lower-case hexadecimal, by OpenSSL.
#pragma once

#include <string>
#include <string_view>

namespace plimsoll::sim {

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace plimsoll::sim
