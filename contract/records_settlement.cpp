// plimsoll: contract/records_settlement.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the hall. See records.hpp. What an underlying's markets settle at; a house without dated markets never
// has these records.
#include "contract/record_walk.hpp"
#include "contract/records.hpp"

namespace plimsoll::contract {
namespace {

template <class Walk, class R>
bool fields_of_settlement(Walk& w, R& s)
{
    auto& terms = s.terms;
    return w(s.end) && w(terms.window) && w(terms.coverage) && w(terms.wait) &&
           w(terms.price_bound) && w(s.markets) && w(s.sum) && w(s.covered) && w(s.last) &&
           w(s.standing) && w(s.chosen);
}

bool fit(Price price)
{
    return !price.is_negative() && price <= PRICE_MAX;
}

/// The sum is of prices in range over the covered seconds, which are within the window.
bool sound(const Settlement& settlement)
{
    return validate(settlement.terms) == Error::ok && settlement.markets > 0 &&
           settlement.covered <= settlement.terms.window && settlement.last <= settlement.end &&
           settlement.sum >= 0 &&
           settlement.sum <= PRICE_MAX.raw() * static_cast<num::i128>(settlement.covered.raw()) &&
           fit(settlement.standing) && fit(settlement.chosen);
}

}  // namespace

std::string encode(const Settlements& record)
{
    return encoded([&](auto& w) {
        return w.list(record, [&](auto& s) { return fields_of_settlement(w, s); });
    });
}

Error decode(std::string_view bytes, Settlements& out)
{
    const Error error = decoded(bytes,
        [&](auto& w) { return w.list(out, [&](auto& s) { return fields_of_settlement(w, s); }); });
    if (error != Error::ok)
        return error;
    for (std::size_t i = 0; i < out.size(); ++i) {
        bool fine = sound(out[i]);
        for (std::size_t j = 0; j < i; ++j)
            fine = fine && !(out[j].end == out[i].end);
        if (!fine)
            return Error::corrupt_record;
    }
    return Error::ok;
}

}  // namespace plimsoll::contract
