// plimsoll: tests/properties/engine_story.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. See engine_story.hpp.
#include "tests/properties/engine_story.hpp"

namespace plimsoll::test {
namespace {

using num::i128;

/// Equity of everyone and what the insurance has: what a transfer may not change.
Money wealth_of(const World& world)
{
    Money sum = world.insurance.balance - world.insurance.open_deficit;
    for (std::size_t i = 0; i < world.accounts.size(); ++i)
        sum += world.report(i).equity;
    return sum;
}

std::string named(const char* what, Error error)
{
    return std::string(what) + ": " + std::string(name_of(error));
}

}  // namespace

Story::Story(std::uint64_t seed) : m_rng(seed)
{
    Rng& rng = m_rng;
    // Most stories are told in thousands, some in raw dust, some in billions.
    m_unit = rng.pick<i128>({num::WAD, num::WAD, 1'000'000, num::WAD * i128{1'000'000}});
    LiquidationParams& params = world.liquidation;
    params.buffer = Ratio::from_raw(rng.pick<i128>({0, num::WAD / 10, rng.between(0, num::WAD)}));
    params.fee_share = Ratio::from_raw(rng.between(0, num::WAD / 4));
    params.share_max = Ratio::from_raw(rng.between(0, num::WAD / 2));
    params.share_fast = Ratio::from_raw(rng.between(0, params.share_max.raw()));
    params.share_start = Ratio::from_raw(rng.between(0, params.share_fast.raw()));
    params.close_out_notional = Money::from_raw(rng.pick<i128>({0, 10 * m_unit}));
    for (Market& market : world.markets) {
        market.params.lot =
            Quantity::from_raw(rng.pick<i128>({1, 1'000'000'000'000, 10'000'000'000'000'000}));
        market.params.loss_cap = Ratio::from_raw(rng.pick<i128>({0, num::WAD / 100, num::WAD}));
    }
    for (Asset& asset : world.assets) {
        asset.decimals = rng.pick<std::uint8_t>({0, 6, 8, 18});
        asset.initial_haircut = Ratio::from_raw(rng.between(0, num::WAD));
        asset.maintenance_haircut = Ratio::from_raw(rng.between(0, asset.initial_haircut.raw()));
    }
    for (std::size_t i = 0; i < TRADERS; ++i) {
        const Money cash = Money::from_raw(rng.between(0, 3'000 * m_unit));
        deposited += cash;
        world.open(cash);
        for (const AssetId id : {COIN8, COIN18}) {
            if (rng.chance(50))
                continue;
            const std::uint8_t decimals = world.assets[id.value].decimals;
            const TokenAmount amount = TokenAmount::from_raw(
                rng.between(1, 3 * num::power_of_ten(decimals)) / (id == COIN18 ? 2 : 1) *
                (m_unit > num::WAD ? m_unit / num::WAD : 1));
            if (amount.is_zero())
                continue;
            world.deposit(i, id, amount);
            tokens[id.value - 1] += amount.raw();
        }
    }
    const Money rich = money("1000000000000000");
    deposited += rich;
    world.open(rich);
    world.insurance.balance =
        Money::from_raw(rng.pick<i128>({0, 1, rng.between(0, 3'000 * m_unit), 1'000'000 * m_unit}));
    deposited += world.insurance.balance;
}

std::string Story::fault() const
{
    if (world.owed() != deposited)
        return "cash is not conserved: " + text_of(world.owed() - deposited);
    for (const AssetId id : {COIN8, COIN18})
        if (world.tokens_of(id) != tokens[id.value - 1])
            return "tokens are not conserved";
    if (world.insurance.balance.is_negative() || world.insurance.open_deficit.is_negative())
        return "an insurance below zero";
    for (const MarketId id : {M0, M1, M2})
        if (std::string what = world.market_fault(id); !what.empty())
            return "market " + std::to_string(id.value) + ": " + what;
    for (std::size_t i = 0; i < world.accounts.size(); ++i) {
        const MarginReport report = world.report(i);
        if (report.health(Level::initial) > report.health(Level::maintenance))
            return "initial health above maintenance health";
    }
    return {};
}

void Story::crash(std::size_t percent)
{
    for (const UnderlyingId id : {U0, U1}) {
        const auto most = static_cast<i128>(percent);
        const i128 now = world.board.of(id).price.raw();
        i128 next = now * (100 + m_rng.between(-most, most)) / 100;
        next = next < 1'000'000'000'000 ? 1'000'000'000'000 : next;
        next = next > 1'000'000 * i128{num::WAD} ? 1'000'000 * i128{num::WAD} : next;
        world.set_price(id, Price::from_raw(next));
    }
}

void Story::accrue_all()
{
    for (Market& market : world.markets)
        accrue(market, world.board.of(market.params.underlying).price, world.board.now);
}

std::string Story::step()
{
    const std::size_t draw = m_rng.below(100);
    if (draw < 45)
        return trade();
    if (draw < 65) {
        world.wait(m_rng.below(400));
        accrue_all();
        crash(m_rng.pick<std::size_t>({1, 3, 8, 25, 60}));
        for (std::size_t i = 0; i < world.accounts.size(); ++i) {
            if (world.liquidatable(i))
                world.flag(i);
            else
                world.settle_flag(i);
        }
        return {};
    }
    if (draw < 70) {
        Market& market = world.markets[m_rng.below(3)];
        const Price index = world.board.of(market.params.underlying).price;
        accrue_all();
        observe_premium(market, Price::from_raw(m_rng.between(-index.raw(), index.raw()) / 10),
            index, world.board.now);
        return {};
    }
    if (draw < 72) {
        const std::size_t i = m_rng.below(TRADERS);
        const Money cash = Money::from_raw(m_rng.between(1, 500 * m_unit));
        world.accounts[i].cash += cash;
        deposited += cash;
        return {};
    }
    if (draw < 87)
        return keeper_step();
    if (draw < 96)
        return house_step();
    world.touch_all(m_rng.below(TRADERS));
    return {};
}

std::string Story::trade()
{
    const std::size_t buyer = m_rng.below(TRADERS + 1);
    const std::size_t seller = (buyer + 1 + m_rng.below(TRADERS)) % (TRADERS + 1);
    const MarketId id = m_rng.pick<MarketId>({M0, M1, M2});
    const i128 lot = world.market(id).params.lot.raw();
    const i128 index = world.board.of(world.market(id).params.underlying).price.raw();
    // From a raw unit up to some thousand quote of notional.
    const i128 most = *num::mul_div_floor(m_rng.between(1, 20'000 * m_unit), num::WAD, index);
    const i128 size =
        (most < QUANTITY_MAX.raw() / 1'000 ? most : QUANTITY_MAX.raw() / 1'000) / lot * lot;
    if (size <= 0)
        return {};
    World tried = world;
    tried.touch_market(buyer, id);
    tried.touch_market(seller, id);
    const MarginReport before[2] = {tried.report(buyer), tried.report(seller)};
    const Price at = Price::from_raw(*num::mul_div_floor(index, m_rng.between(980, 1'020), 1'000));
    if (tried.fill(id, buyer, seller, Quantity::from_raw(size), at) != Error::ok)
        return {};
    const MarginReport after[2] = {tried.report(buyer), tried.report(seller)};
    for (int side = 0; side < 2; ++side)
        if (after[side].health(Level::initial).is_negative() &&
            !improves(before[side], after[side], Allowance{Money::zero(), Money::from_raw(2)}))
            return {};
    world = tried;
    world.settle_flag(buyer);
    world.settle_flag(seller);
    ++marks.fills;
    return {};
}

std::string Story::check_sale(std::size_t i, Money before, Money wealth_before)
{
    if (world.health(i) < before)
        return "a sale lowered health";
    if ((wealth_of(world) - wealth_before).abs() > Money::from_raw(6))
        return "a sale made or lost value: " + text_of(wealth_of(world) - wealth_before);
    world.settle_flag(i);
    return {};
}

std::string Story::keeper_step()
{
    const std::size_t i = m_rng.below(TRADERS);
    if (!world.liquidatable(i))
        return {};
    world.flag(i);
    world.touch_all(i);
    if (!world.liquidatable(i))
        return {};
    const Money before = world.health(i);
    const Account& account = world.accounts[i];
    if (has_open_position(account)) {
        std::size_t at = m_rng.below(account.positions.size());
        while (is_claim(account.positions[at]))
            at = (at + 1) % account.positions.size();
        const MarketId id = account.positions[at].market;
        const Quantity most =
            m_rng.chance(70)
                ? QUANTITY_MAX
                : Quantity::from_raw(m_rng.between(1, account.find(id)->base.abs().raw()));
        world.touch_market(KEEPER, id);
        const Money wealth = wealth_of(world);
        const Error error = world.sell_in_order(i, KEEPER, id, most);
        if (error == Error::nothing_to_do && most < QUANTITY_MAX)
            return {};
        if (error != Error::ok)
            return named("a keeper could not buy a position", error);
        ++marks.sales;
        return check_sale(i, before, wealth);
    }
    if (!account.collaterals.empty()) {
        const Money wealth = wealth_of(world);
        const AssetId id = account.collaterals[m_rng.below(account.collaterals.size())].asset;
        if (const Error error = world.sell_collateral(i, KEEPER, id); error != Error::ok)
            return named("a keeper could not buy collateral", error);
        ++marks.collateral_sales;
        return check_sale(i, before, wealth);
    }
    return {};
}

std::string Story::house_step()
{
    const std::size_t i = m_rng.below(TRADERS);
    world.touch_all(i);
    Resolution done;
    const Error error = world.resolve_account(i, done);
    if (error == Error::not_liquidatable || error == Error::auction_running)
        return {};
    if (error != Error::ok)
        return named("the house could not resolve", error);
    ++marks.resolutions;
    marks.insolvent += done.insolvent ? 1U : 0U;
    marks.deleveraged += done.deleveraged.size();
    marks.taken_over += done.taken_over.size();
    marks.socialised += done.socialised.size();
    marks.open_deficits += done.open_deficit.is_positive() ? 1U : 0U;
    for (const Deleveraged& entry : done.deleveraged)
        marks.epochs += entry.ended.ended ? 1U : 0U;
    if (world.liquidatable(i))
        return "an account is liquidatable after the house has resolved it";
    if (done.insolvent && !owes_nothing(world.accounts[i]))
        return "an insolvent account is not closed after the house has resolved it";
    for (const SocialisedLoss& entry : done.socialised) {
        const Market& market = world.market(entry.market);
        if (market.loss_in_window > scale_floor(world.mark(entry.market), market.params.loss_cap))
            return "socialised loss above its cap";
    }
    world.settle_flag(i);
    return {};
}

std::string Story::cure_by_keeper(std::size_t i)
{
    world.touch_all(i);
    world.flag(i);
    // Each call either cures the account or leaves it a position or a collateral poorer.
    const std::size_t most =
        world.accounts[i].positions.size() + world.accounts[i].collaterals.size();
    std::size_t calls = 0;
    while (world.liquidatable(i)) {
        Account& account = world.accounts[i];
        if (!has_open_position(account) && account.collaterals.empty())
            return cure_by_house(i);  // nothing left to sell: due at once
        if (++calls > most)
            return "more keeper calls than positions and collaterals";
        const Money before = world.health(i);
        std::size_t open = 0;
        while (open < account.positions.size() && is_claim(account.positions[open]))
            ++open;
        const Error error = open == account.positions.size()
                                ? world.sell_collateral(i, KEEPER, account.collaterals[0].asset)
                                : world.sell_in_order(i, KEEPER, account.positions[open].market);
        if (error != Error::ok)
            return named("keeper", error);
        if (world.health(i) < before)
            return "a keeper's sale lowered health";
    }
    return fault();
}

std::string Story::cure_by_house(std::size_t i)
{
    world.flag(i);
    // At once where it is due, else after the declared length of the curve.
    if (world.resolve_account(i) != Error::ok) {
        world.run_out_auctions();
        if (const Error error = world.resolve_account(i); error != Error::ok)
            return named("house", error);
    }
    if (world.liquidatable(i))
        return "one call of the house was not enough";
    return fault();
}

}  // namespace plimsoll::test
