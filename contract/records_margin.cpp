// plimsoll: contract/records_margin.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall. See records.hpp. The records of portfolio margin, which a house without it never has.
#include "contract/record_walk.hpp"
#include "contract/records.hpp"
#include "engine/pricing/surface.hpp"

namespace plimsoll::contract {
namespace {

template <class Walk, class R>
bool fields_of_levels(Walk& w, R& levels)
{
    return w(levels.initial) && w(levels.maintenance);
}

template <class Walk, class R>
bool fields_of_portfolio(Walk& w, R& p)
{
    auto& v = p.vol_shock;
    auto& s = p.skew_shock;
    auto& b = p.basis;
    auto& d = p.discount;
    return w.list(p.scenarios,
               [&](auto& scenario) {
                   return w(scenario.spot) && w(scenario.vol) &&
                          w.group([&] { return scenario.damping == Ratio::one(); },
                              [&] { return w(scenario.damping); });
               }) &&
           w(v.range_up) && w(v.range_down) && w(v.short_power) && w(v.long_power) &&
           w(v.floor_days) && w(v.min_vol_up) &&  //
           w(s.linear_cap) && w(s.linear_slope) && w(s.abs_cap) && w(s.abs_slope) &&
           w(s.min_width) && w(s.width_scale) && w(s.vol_static) && w(s.vol_slope) &&  //
           w(b.up) && w(b.down) && w(b.add) && w(b.mult) &&                            //
           w(d.long_base) && w(d.long_rate_mult) && w(d.long_rate_add) && w(d.short_base) &&
           w(d.short_rate_mult) && w(d.short_rate_add) && w(d.mark_rate_mult) &&
           fields_of_levels(w, p.factor) && fields_of_levels(w, p.perp_contingency) &&
           fields_of_levels(w, p.future_contingency) && fields_of_levels(w, p.option_contingency) &&
           w(p.confidence.threshold) && w(p.confidence.factor) && w(p.depeg.threshold) &&
           w(p.depeg.factor);
}

template <class Walk, class R>
bool fields_of_surfaces(Walk& w, R& surfaces)
{
    return w.list(surfaces, [&](auto& s) {
        return w(s.expiry) && w(s.published) && w(s.forward) && w(s.rate) && w(s.svi.a) &&
               w(s.svi.b) && w(s.svi.rho) && w(s.svi.m) && w(s.svi.sigma) && w(s.svi.forward) &&
               w(s.svi.tau) &&
               w.group([&] { return s.confidence() == Ratio::one(); },
                   [&] {
                       return w(s.forward_confidence) && w(s.rate_confidence) &&
                              w(s.vol_confidence);
                   });
    });
}

}  // namespace

std::string encode(const PortfolioParams& record)
{
    return encoded([&](auto& w) { return fields_of_portfolio(w, record); });
}
std::string encode(const Surfaces& record)
{
    return encoded([&](auto& w) { return fields_of_surfaces(w, record); });
}

/// Of a pair governance's correlation is stored, at which the hull stands.
std::string encode(const Correlation& record)
{
    return encoded([&](auto& w) {
        w(record.band);
        w(record.max_relief);
        std::uint16_t known = 0;
        for (const CorrelationPair& pair : record.pairs)
            if (pair.known)
                ++known;
        w(known);
        for (std::uint16_t slot = 0; slot < Correlation::PAIRS; ++slot)
            if (record.pairs[slot].known) {
                const CorrelationPair& pair = record.pairs[slot];
                w(slot);
                w(pair.low);
                w(pair.own_band);
                if (pair.own_band)
                    w(pair.band);
            }
        return true;
    });
}

Error decode(std::string_view bytes, PortfolioParams& out)
{
    const Error error = decoded(bytes, [&](auto& w) { return fields_of_portfolio(w, out); });
    if (error != Error::ok)
        return error;
    return validate(out) == Error::ok ? Error::ok : Error::corrupt_record;
}

Error decode(std::string_view bytes, Surfaces& out)
{
    const Error error = decoded(bytes, [&](auto& w) { return fields_of_surfaces(w, out); });
    if (error != Error::ok)
        return error;
    for (std::size_t i = 0; i < out.size(); ++i)
        if (out[i].expiry.is_zero() || (i > 0 && out[i].expiry <= out[i - 1].expiry) ||
            pricing::validate(out[i]) != Error::ok)
            return Error::corrupt_record;
    return Error::ok;
}

Error decode(std::string_view bytes, Correlation& out)
{
    for (CorrelationPair& pair : out.pairs)
        pair = CorrelationPair{};
    const Error error = decoded(bytes, [&](auto& w) {
        std::uint16_t known = 0;
        if (!w(out.band) || !w(out.max_relief) || !w(known))
            return false;
        std::uint32_t least = 0;  // the next slot rises, so that there is one way to write it
        for (std::uint16_t i = 0; i < known; ++i) {
            std::uint16_t slot = 0;
            if (!w(slot) || slot < least || slot >= Correlation::PAIRS)
                return false;
            CorrelationPair& pair = out.pairs[slot];
            bool own = false;
            if (!w(pair.low) || !w(own) || (own && !w(pair.band)))
                return false;
            if (!own)
                pair.band = out.band;
            pair.high = pair.low;
            pair.known = true;
            pair.own_band = own;
            least = slot + 1U;
        }
        return true;
    });
    if (error != Error::ok)
        return error;
    return validate(out) == Error::ok ? Error::ok : Error::corrupt_record;
}

}  // namespace plimsoll::contract
