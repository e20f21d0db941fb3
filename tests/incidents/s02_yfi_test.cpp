// plimsoll: tests/incidents/s02_yfi_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S2, dYdX v3 and YFI, 17 and 18 November 2023.
//
// What happened: more than a hundred wallets held longs of five times their money, put the profit of a rise of 215 % into
// more of them, so that open interest rose from $0.8 to some $67 million; then the price fell by 30 % in an hour and 43 % in
// a day, and the insurance paid $9 million, two fifths of it (web3isgoinggreat, coininsights.com, runfi.com).
// What stops it here: initial margin grows with open interest (F-8), profit carries new positions only up to a cap,
// and the insurance pays for one market no more than `insurance_cap` in a day.
// Asserted: after a ramp of days and a fall of 43 % at once the insurance has paid at most its cap, and the wallets hold a
// small part of what they get without these.
#include "tests/support/incident.hpp"

#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

struct Ramp
{
    Clearinghouse house;
    std::uint64_t maker = 0;
    std::vector<std::uint64_t> wallets;
    std::uint64_t price = 8'000;

    explicit Ramp(bool careful)
    {
        say::Underlying yfi;
        yfi.underlying = 2;
        yfi.symbol = "YFI";
        yfi.initial_fraction = "0.2";
        yfi.maintenance_fraction = "0.1";
        yfi.profit_weight = careful ? "0.5" : "1";
        if (careful)
            yfi.profit_cap = "20000";
        yfi.scaling = careful;
        yfi.open_interest_lower = "2000000";
        yfi.open_interest_upper = "20000000";
        say::Market perp;
        perp.market = 2;
        perp.symbol = "YFI-PERP";
        perp.underlying = 2;
        if (careful)
            perp.insurance_cap = "500000";
        list(house, yfi, perp, "8000");
        maker = house.trader("maker", 1'000'000'000);
        house.fund_insurance(22'500'000);
        for (int i = 0; i < 5; ++i)
            wallets.push_back(house.trader("wallet" + std::to_string(i), 40'000));
    }
    std::uint64_t open_interest()
    {
        return static_cast<std::uint64_t>(house.market(2).market.indexes.open_interest / num::WAD);
    }
    void move(std::uint64_t to)
    {
        price = to;
        house.price(2, std::to_string(price));
    }
    void reinvest()
    {
        for (const std::uint64_t wallet : wallets)
            fill_all(house, 2, wallet, maker, std::to_string(price), 1'024);
    }
    /// Days of rising prices, every profit put in again; then -43 %, and whatever keepers leave to the house.
    void run()
    {
        for (int i = 0; i < 12; ++i) {
            reinvest();
            house.wait(4 * 3'600);
            move(price * 11 / 10);
        }
        reinvest();
        move(price * 57 / 100);
        for (const std::uint64_t wallet : wallets)
            static_cast<void>(house.send("anyone", say::flag(wallet)));
        house.wait(FAST + SLOW);
        house.refresh();
        for (const std::uint64_t wallet : wallets)
            static_cast<void>(house.send("anyone", say::resolve(wallet)));
    }
    Money paid_by_insurance() { return money("22500000") - house.house().insurance.balance; }
};

}  // namespace

TEST_CASE("S2: a ramp of open interest and a fall of 43 % cost the insurance at most its cap")
{
    Ramp careful(true);
    careful.run();
    CHECK(careful.paid_by_insurance() <= money("500000"));
    Ramp naive(false);
    naive.reinvest();
    CHECK(careful.open_interest() < 10 * naive.open_interest());
    for (const std::uint64_t wallet : careful.wallets)
        CHECK_FALSE(equity_of(careful.house, wallet).is_negative());
}

TEST_CASE("S2: with profit as margin, no scaling and no cap, it happens")
{
    Ramp naive(false);
    naive.reinvest();
    const std::uint64_t first = naive.open_interest();
    naive.run();
    CHECK(naive.paid_by_insurance() > money("5000000"));
    CHECK(first > 0);
}
