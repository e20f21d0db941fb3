// plimsoll: host-sim/margin/case.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See case.hpp. What an account holds is read by case_account.cpp.
#include "host-sim/margin/case.hpp"

#include "host-sim/margin/case_account.hpp"
#include "host-sim/margin/case_params.hpp"
#include "host-sim/text.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

/// The end of the year 9999: a time in milliseconds lies beyond it.
constexpr std::uint64_t TIME_MAX_S = 253'402'300'799;

MarketExpiry read_expiry(CaseField field)
{
    MarketExpiry expiry{.at = field.at("expiry").whole(TIME_MAX_S), .field = field};
    expiry.forward = field.at("forward").price();
    if (const auto fixed = field.maybe("forward_fixed")) {
        expiry.fixed = fixed->price_or_zero();
        if (expiry.fixed > expiry.forward)
            fixed->fail("must not be above forward");
    }
    if (const auto rate = field.maybe("rate"))
        expiry.rate = rate->signed_ratio();
    for (const auto* name : {"forward_confidence", "rate_confidence", "vol_confidence"}) {
        if (const auto confidence = field.maybe(name))
            expiry.confidence = std::min(expiry.confidence, confidence->share());
    }
    if (auto svi = field.maybe("svi"))
        expiry.svi = read_svi(*std::move(svi));
    if (const auto vols = field.maybe("vols")) {
        if (expiry.svi)
            field.fail("takes svi or vols, not both");
        expiry.vols = read_vols(*vols);
    }
    field.finish();
    return expiry;
}

/// A confidence, or the greatest when it is not given.
Ratio read_confidence(CaseField& field, std::string_view name)
{
    const auto confidence = field.maybe(name);
    return confidence ? confidence->share() : Ratio::one();
}

void refuse_far(const CaseField& field, Price price, Price spot)
{
    if (price.raw() > spot.raw() * BOARD_RATIO_MAX)
        field.fail(fmt::format("out of range: above {} times spot", BOARD_RATIO_MAX));
}

void read_bracket(CaseField& field, BookUnderlying& underlying)
{
    if (const auto low = field.maybe("price_low")) {
        underlying.price_low = low->price();
        if (underlying.price_low > underlying.spot)
            low->fail("must not be above spot");
    }
    if (const auto high = field.maybe("price_high")) {
        underlying.price_high = high->price();
        if (underlying.price_high < underlying.spot)
            high->fail("must not be below spot");
        refuse_far(*high, underlying.price_high, underlying.spot);
    }
    if (const auto stable = field.maybe("stable")) {
        underlying.stable = stable->price();
        refuse_far(*stable, underlying.stable, underlying.spot);
    }
}

/// One underlying's market. Its parameters go into `read`, at the same index.
Market read_market(CaseField field, MarginCase& read)
{
    Market market;
    read.names.push_back(field.at("id").name());
    auto& underlying = read.underlyings.emplace_back();
    underlying.id = static_cast<std::uint16_t>(read.underlyings.size() - 1);
    underlying.spot = field.at("spot").price();
    read_bracket(field, underlying);
    underlying.confidence = read_confidence(field, "confidence");
    underlying.perp_confidence = read_confidence(field, "perp_confidence");
    const auto mark = field.maybe("perp_mark");
    market.perp_mark = mark ? mark->price() : underlying.spot;
    if (const auto interest = field.maybe("open_interest"))
        underlying.open_interest = interest->money_or_zero();
    if (const auto expiries = field.maybe("expiries")) {
        for (const auto& item : expiries->items()) {
            market.expiries.push_back(read_expiry(item));
            for (std::size_t i = 0; i + 1 < market.expiries.size(); ++i) {
                if (market.expiries[i].at == market.expiries.back().at)
                    item.fail(fmt::format("the expiry {} is given twice", market.expiries[i].at));
            }
        }
    }
    const auto risk = read_risk(field.at("risk"), read.mode);
    market.mark_rate_mult = risk.mark_rate_mult;
    field.finish();
    // The lists have room for all (read_underlyings), so that addresses stay.
    if (risk.standard)
        underlying.standard = &read.standard.emplace_back(*risk.standard);
    if (risk.portfolio)
        underlying.portfolio = &read.portfolio.emplace_back(*risk.portfolio);
    if (risk.profit)
        underlying.profit = &read.profit.emplace_back(*risk.profit);
    return market;
}

std::vector<Market> read_underlyings(const CaseField& field, MarginCase& read)
{
    const auto items = field.items();
    if (items.size() > UNDERLYINGS_MAX)
        field.fail(fmt::format("must list at most {} underlyings", UNDERLYINGS_MAX));
    read.standard.reserve(items.size());
    read.portfolio.reserve(items.size());
    read.profit.reserve(items.size());
    std::vector<Market> markets;
    for (const auto& item : items) {
        markets.push_back(read_market(item, read));
        const auto& name = read.names.back();
        if (std::find(read.names.begin(), read.names.end() - 1, name) != read.names.end() - 1)
            item.fail(fmt::format("the underlying \"{}\" is given twice", name));
    }
    return markets;
}

}  // namespace

Book MarginCase::book() const
{
    Book book;
    book.mode = mode;
    book.quote_price = quote_price;
    book.peg_price = quote_price;
    book.quote_confidence = quote_confidence;
    book.cash = cash;
    book.underlyings = underlyings;
    book.expiries = expiries;
    book.legs = legs;
    book.collaterals = collaterals;
    book.correlation = correlation ? &*correlation : nullptr;
    return book;
}

std::string MarginCase::label(const BookLeg& leg) const
{
    const auto& name = names[leg.underlying];
    if (leg.kind == LegKind::perp)
        return name + " perp";
    const auto date = date_text(expiry_times[leg.expiry]);
    if (leg.kind == LegKind::future)
        return fmt::format("{} future {}", name, date);
    return fmt::format("{} {} {} {}", name, leg.type == OptionType::call ? "call" : "put",
        text(leg.strike.price), date);
}

MarginCase read_case(const nlohmann::json& json)
{
    MarginCase read;
    CaseField field(json, "");
    read.now = field.at("now").whole(TIME_MAX_S);
    read.mode = field.at("mode").choice({"portfolio", "standard"}) == 0 ? MarginMode::portfolio
                                                                        : MarginMode::standard;
    auto quote = field.at("quote");
    read.quote_price = quote.at("price").price();
    read.quote_confidence = read_confidence(quote, "confidence");
    quote.finish();
    const auto markets = read_underlyings(field.at("underlyings"), read);
    if (auto correlation = field.maybe("correlation"))
        read.correlation = read_correlation(*std::move(correlation), read.names);
    auto account = field.at("account");
    field.finish();
    read_account(std::move(account), markets, read);
    return read;
}

std::string date_text(std::uint64_t time)
{
    using namespace std::chrono;
    const sys_seconds instant{seconds(static_cast<std::int64_t>(time))};
    const year_month_day day{floor<days>(instant)};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
        static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace plimsoll::sim
