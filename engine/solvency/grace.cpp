// plimsoll: engine/solvency/grace.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. See grace.hpp.
#include "engine/solvency/grace.hpp"

namespace plimsoll {

void skip_grace(Flag& flag, const Grace& grace, Seconds now) noexcept
{
    if (!flag.raised || grace.until.is_zero())
        return;
    const Seconds end = now < grace.until ? now : grace.until;
    // Up to where it was last seen, an earlier call has taken it off.
    const Seconds begin = flag.seen > grace.halted ? flag.seen : grace.halted;
    const Seconds missed = elapsed(begin, end);
    if (missed.is_zero())
        return;
    flag.since = flag.since + missed;
    flag.seen = end;
}

}  // namespace plimsoll
