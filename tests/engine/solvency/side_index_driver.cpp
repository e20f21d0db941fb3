// plimsoll: tests/engine/solvency/side_index_driver.cpp             SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. One market's side indexes on standard input and output, for
// side_index_differential.py: an operation a line in, its state a line out. All numbers are raw integers.
//   new N | fill BUYER SELLER DQ PRICE | fund CHARGE | deleverage ACCOUNT PRICE | socialise LOSS
//   expire PRICE | touch ACCOUNT | positions
// Replies: "<error> OI A K E D A K E D" (longs, then shorts); to `positions`
// "B Q A K E VIEW_B VIEW_Q STAGES; " an account, with zero snapshots where B is zero.
#include "engine/num/decimal.hpp"
#include "engine/solvency/side_index.hpp"
#include "tests/support/epoch_book.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace plimsoll;
using num::i128;

constexpr MarketId MARKET{0};

std::string text(i128 value)
{
    return std::string(std::string_view(num::decimal_text(value, 0)));
}

i128 read_integer()
{
    std::string word;
    std::cin >> word;
    const bool negative = !word.empty() && word[0] == '-';
    const Result<i128> value = num::parse_integer(std::string_view(word).substr(negative ? 1 : 0));
    if (!value) {
        std::cerr << "not an integer: " << word << '\n';
        std::exit(2);
    }
    return negative ? -*value : *value;
}

struct Market0
{
    MarketIndexes indexes = fresh_indexes();
    std::vector<Position> positions;
    test::EpochBook epochs;

    Position& account() { return positions.at(static_cast<std::size_t>(read_integer())); }
    Error touch_fully(Position& position)
    {
        for (;;) {
            const Result<Touched> touched = touch(position, indexes, epochs);
            if (!touched)
                return touched.error();
            if (touched->done)
                return Error::ok;
        }
    }
    Error fill()
    {
        Position& buyer = account();
        Position& seller = account();
        const Quantity dq = Quantity::from_raw(read_integer());
        const Price price = Price::from_raw(read_integer());
        for (Position* each : {&buyer, &seller})
            if (const Error error = touch_fully(*each); error != Error::ok)
                return error;
        i128 rise = 0;
        for (Position* each : {&buyer, &seller}) {
            const Quantity before = each->base;
            const Error error = trade(*each, indexes, each == &buyer ? dq : -dq, price);
            if (error != Error::ok)
                return error;
            rise += open_interest_change(before, each->base);
        }
        indexes.open_interest += rise;
        return Error::ok;
    }
    Error deleverage_account()
    {
        Position& position = account();
        const Price price = Price::from_raw(read_integer());
        if (const Error error = touch_fully(position); error != Error::ok)
            return error;
        const i128 size = std::min(position.base.abs().raw(), indexes.open_interest);
        if (size > 0)
            epochs.add(MARKET, deleverage(position, indexes, Quantity::from_raw(size), price));
        return Error::ok;
    }
    Error expire_market()
    {
        const Result<ExpiredMarket> expired = expire(indexes, Price::from_raw(read_integer()));
        if (!expired)
            return expired.error();
        epochs.add(MARKET, expired->longs);
        epochs.add(MARKET, expired->shorts);
        return Error::ok;
    }
    void print_positions()
    {
        for (const Position& position : positions) {
            const Result<PositionView> now = view(position, indexes, epochs);
            const bool open = !position.base.is_zero();
            std::cout << text(position.base.raw()) << ' ' << text(position.quote.raw()) << ' '
                      << text(open ? position.a : 0) << ' ' << text(open ? position.k : 0) << ' '
                      << (open ? position.epoch : 0) << ' ';
            if (now)
                std::cout << text(now->base.raw()) << ' ' << text(now->quote.raw()) << ' '
                          << now->stages;
            else
                std::cout << name_of(now.error());
            std::cout << "; ";
        }
        std::cout << '\n';
    }
};

}  // namespace

int main()
{
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    Market0 market;
    std::string verb;
    while (std::cin >> verb) {
        Error error = Error::ok;
        if (verb == "new") {
            market.indexes = fresh_indexes();
            market.epochs.lose(MARKET);
            market.positions.assign(static_cast<std::size_t>(read_integer()), Position{});
        } else if (verb == "fill") {
            error = market.fill();
        } else if (verb == "fund") {
            error = apply_funding(market.indexes, Price::from_raw(read_integer()));
        } else if (verb == "deleverage") {
            error = market.deleverage_account();
        } else if (verb == "socialise") {
            error = socialise(market.indexes, Money::from_raw(read_integer()));
        } else if (verb == "expire") {
            error = market.expire_market();
        } else if (verb == "touch") {
            error = market.touch_fully(market.account());
        } else if (verb == "positions") {
            market.print_positions();
            continue;
        } else {
            std::cerr << "no such operation: " << verb << '\n';
            return 2;
        }
        std::cout << name_of(error) << ' ' << text(market.indexes.open_interest);
        for (const SideIndex& side : market.indexes.sides)
            std::cout << ' ' << text(side.a) << ' ' << text(side.k) << ' ' << side.epoch << ' '
                      << text(side.dust);
        std::cout << '\n';
    }
    return 0;
}
