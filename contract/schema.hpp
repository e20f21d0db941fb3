// plimsoll: contract/schema.hpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the hall. What messages look like, for machines and for people, from the one description in
// messages/.
// Promises: what the schema accepts and what decode() accepts differ only where JSON Schema cannot
// say it: the last digits of greatest decimals, the sign of zero, duplicate fields.
// Never: part of a contract module: nothing there calls it, so the linker leaves it out.
#pragma once

#include <string>

namespace plimsoll::contract {

/// JSON in the layout of cosmwasm-schema: an object whose `instantiate`, `execute` and `query` are
/// JSON Schemas, draft 7. One line, ASCII.
[[nodiscard]] std::string schema_json();

/// docs/messages.md: every message with its fields, in Markdown.
[[nodiscard]] std::string reference_page();

}  // namespace plimsoll::contract
