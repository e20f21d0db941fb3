// plimsoll: contract/base64.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the hall. Standard base64 with padding (RFC 4648, section 4).
#pragma once

#include <string>
#include <string_view>

namespace plimsoll::contract {

/// Appends the encoding of `bytes` to `out`.
void append_base64(std::string& out, std::string_view bytes);

/// Replaces `out` with the bytes that `text` encodes. False for anything but their one encoding.
[[nodiscard]] bool decode_base64(std::string_view text, std::string& out);

}  // namespace plimsoll::contract
