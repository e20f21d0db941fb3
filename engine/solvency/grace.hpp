// plimsoll: engine/solvency/grace.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. What a halt of the chain, and the grace after it, do to an account's curve: it does
// not run, for nobody could bid.
// Promises: the curve goes on where it was; applied twice, the second changes nothing.
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/chain_clock.hpp"

namespace plimsoll {

/// Takes the time from the halt to the end of its grace, as far as it has passed and was not seen in between, off the
/// curve of a raised flag.
void skip_grace(Flag& flag, const Grace& grace, Seconds now) noexcept;

}  // namespace plimsoll
