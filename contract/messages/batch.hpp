// plimsoll: contract/messages/batch.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. Several calls of a keeper in one.
#pragma once

#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/list.hpp"

#include <cstddef>
#include <string_view>

namespace plimsoll::contract {

/// Calls in one batch.
inline constexpr std::size_t BATCH_MAX = 16;

struct KeeperMessageTag
{
    static constexpr std::string_view NAME = "KeeperMessage";
    static constexpr std::size_t SIZE_MAX_BYTES = 1'024;
};

/// One call of a batch, as it was said.
using RawKeeperMessage = json::RawObject<KeeperMessageTag>;

namespace message {

using json::describe;
using json::field;

struct Batch
{
    List<RawKeeperMessage, BATCH_MAX> calls;

    static constexpr std::string_view NAME = "batch";
    static constexpr std::string_view DOC =
        "Runs calls one after the other, each by itself: one that fails leaves no trace and the "
        "others go on. Event `batch_item` says how each went. A call that does not decode refuses "
        "the whole batch.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Batch::calls>("calls", "the calls, in this order"));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
