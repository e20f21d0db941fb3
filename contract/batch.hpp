// plimsoll: contract/batch.hpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the hall. Several calls of a keeper in one message.
// Promises: a call of a batch does exactly what it would do alone after those before it; one that fails
// leaves no trace but its event. Nothing is written unless every call has decoded.
#pragma once

#include "contract/address.hpp"
#include "contract/contract.hpp"
#include "contract/messages/batch.hpp"

namespace plimsoll::contract {

/// Runs the calls and writes what those that succeeded have changed. Errors: those of the text of a call,
/// nothing_to_do without calls, funds_not_accepted. Writes nothing then.
[[nodiscard]] Error run_batch(Host& host, const Env& env, const Address& sender,
    const message::Batch& batch, Outcome& outcome);

}  // namespace plimsoll::contract
