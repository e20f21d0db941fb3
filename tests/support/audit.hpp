// plimsoll: tests/support/audit.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The books of a clearinghouse, checked from its stored records alone.
// Promises: quote is conserved to the raw unit, and interest paid covers interest got; other tokens to the base unit; per market the residue and
// the dust are never negative, the dust within its bound, and the sides bracket open interest.
#pragma once

#include "engine/num/int128.hpp"
#include "tests/support/memory_host.hpp"

#include <map>
#include <string>
#include <vector>

namespace plimsoll::test {

struct Audit
{
    std::string fault;               ///< Empty when the books balance.
    std::vector<num::i128> residue;  ///< By market, raw quote.
    std::vector<num::i128> dust;     ///< By market, raw base.
    num::i128 cash_residue = 0;  ///< Interest paid and got by nobody, with everybody up to date.
    bool fits_all = true;  ///< False when some account sleeps too far behind to be viewed at once.
};

/// `bank`: what the chain says that the house holds, by denom.
[[nodiscard]] Audit audit(const MemoryHost& host, const std::map<std::string, num::i128>& bank);

}  // namespace plimsoll::test
