// plimsoll: contract/records_cash.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the hall. See records.hpp. The pool of all cash and the stakes; a house whose governance has not set
// them never has these records.
#include "contract/record_walk.hpp"
#include "contract/records.hpp"

namespace plimsoll::contract {
namespace {

template <class Walk, class R>
bool fields_of_pool(Walk& w, R& p)
{
    auto& g = p.gate;
    return w(p.borrow_index) && w(p.supply_index) && w(p.accrued) && w(p.supplied_floor) &&
           w(p.supplied_ceil) && w(p.borrowed_floor) && w(p.claims) && w(p.reserve) &&
           w(p.residue) && w(p.returning) && w(p.loss_window) && w(p.loss_floor) &&
           w.group([&] { return g.since.is_zero(); },
               [&] {
                   return w(g.since) && w(g.deficit) && w(g.window) && w(g.supplied) &&
                          w(g.outflow) && w(g.least);
               });
}

template <class Walk, class R>
bool fields_of_stake(Walk& w, R& s)
{
    return w(s.epoch) && w(s.shares) && w(s.unbonding) && w(s.since);
}

bool is_index(num::i128 index)
{
    return CASH_INDEX_MIN <= index && index <= CASH_INDEX_MAX;
}

}  // namespace

std::string encode(const CashPool& record)
{
    return encoded([&](auto& w) { return fields_of_pool(w, record); });
}

std::string encode(const Stake& record)
{
    return encoded([&](auto& w) { return fields_of_stake(w, record); });
}

Error decode(std::string_view bytes, CashPool& out)
{
    const Error error = decoded(bytes, [&](auto& w) { return fields_of_pool(w, out); });
    if (error != Error::ok)
        return error;
    const bool fine =
        is_index(out.borrow_index) && is_index(out.supply_index) &&
        !out.supplied_floor.is_negative() && out.supplied_floor <= out.supplied_ceil &&
        !out.borrowed_floor.is_negative() && !out.claims.is_negative() &&
        !out.reserve.is_negative() && !out.returning.is_negative() &&
        !out.gate.least.is_negative() && out.loss_floor >= 0 && out.loss_floor <= CASH_INDEX_MAX;
    return fine ? Error::ok : Error::corrupt_record;
}

Error decode(std::string_view bytes, Stake& out)
{
    const auto is_amount = [](num::i128 shares) { return 0 <= shares && shares <= SHARES_MAX; };
    const Error error = decoded(bytes, [&](auto& w) { return fields_of_stake(w, out); });
    if (error != Error::ok)
        return error;
    return is_amount(out.shares) && is_amount(out.unbonding) ? Error::ok : Error::corrupt_record;
}

}  // namespace plimsoll::contract
