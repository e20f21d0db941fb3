// plimsoll: tests/runtimes/support/story.mjs                        SPDX-License-Identifier: Apache-2.0
// One story of a clearinghouse from its first message to the last withdrawal, as steps that run in
// order on any driver. The amounts asserted here were worked out by hand from docs/formulas.md, not
// taken from the engine.
import assert from 'node:assert/strict';

import { WAD, raw, sum, text, tokens } from './decimal.mjs';
import {
    BTC,
    BTC_PERP,
    ETH,
    ETHER,
    ETH_PERP,
    House,
    PAUSE,
    TOKENS,
    USDC,
    coins,
} from './house.mjs';
import { address, refusal } from './module.mjs';

/** Of the quote token, in raw units of money. */
const BASE_UNIT = 10n ** 12n;

const TRADERS = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];

function find(outcome, type) {
    const events = outcome.events.filter((event) => event.type === type);
    assert.equal(events.length, 1, `${type} in ${JSON.stringify(outcome.events)}`);
    return events[0];
}

function has(actual, expected) {
    for (const [key, value] of Object.entries(expected)) {
        assert.equal(actual[key], value, key);
    }
}

async function position(house, name, id) {
    const { positions } = await house.account(name);
    return positions.find(({ market }) => market === id);
}

async function worth(house) {
    const { balance, open_deficit } = await house.ask({ insurance: {} });
    return { balance, open_deficit };
}

export const STEPS = [
    [
        'the house is set up: parameters, markets, collateral, roles',
        async (house) => {
            const { events } = await house.instantiate();
            assert.deepEqual(events, [
                { type: 'instantiated', seq: '1', governance: address('governance') },
            ]);
            await house.list();
            await house.grant();
            const { quote, assets, underlyings, markets } = await house.ask({ config: {} });
            assert.deepEqual(quote, { denom: 'uusdc', symbol: 'USDC', decimals: 6 });
            assert.deepEqual([assets, underlyings, markets], [2, 2, 2]);
            const venue = await house.ask({ roles: { address: address('venue') } });
            assert.deepEqual(venue, { address: address('venue'), roles: 8, nonce: 0 });
        },
    ],
    [
        'users open accounts and deposit native coins',
        async (house) => {
            await house.open('alice', [USDC, '1000']);
            await house.open('bob', [USDC, '100000']);
            // A token is taken in only while its price is fit to trade on.
            await house.push([[ETH, '2000']]);
            await house.open('carol', [ETHER, '2']);
            await house.open('dave', [USDC, '30000']);
            await house.open('erin', [USDC, '300'], [ETHER, '0.5']);
            await house.open('frank', [USDC, '600']);
            assert.deepEqual([...house.accounts.values()], [1, 2, 3, 4, 5, 6]);
            assert.equal(house.purse('alice'), 0n);
            const { cash, collateral, owner } = await house.account('erin');
            assert.equal(owner, address('erin'));
            assert.equal(cash, '300');
            assert.deepEqual(collateral, [{ asset: ETHER, amount: tokens('0.5', 18) }]);

            const funds = coins(USDC, '100');
            house.mint('treasury', funds);
            await house.send('treasury', { fund_insurance: {} }, funds);
            assert.deepEqual(await worth(house), { balance: '100', open_deficit: '0' });
        },
    ],
    [
        'the publisher prices, the venue settles fills under rising nonces',
        async (house) => {
            house.pass(60);
            await house.push([
                [ETH, '2000'],
                [BTC, '60000'],
            ]);
            const { events } = await house.settle(
                [ETH_PERP, 'alice', 'bob', '4', '2000'],
                [BTC_PERP, 'carol', 'bob', '0.4', '60000'],
            );
            assert.equal(events.filter(({ type }) => type === 'filled').length, 2);
            await house.settle([ETH_PERP, 'erin', 'bob', '5', '2001']);
            const { base, quote } = await position(house, 'bob', ETH_PERP);
            assert.deepEqual([base, quote], ['-9', '18005']);
            await house.refused(
                'venue',
                house.fills(house.nonce, [ETH_PERP, 'alice', 'bob', '4', '2000']),
                refusal(204, 'nonce_not_increasing', 'nonce 2'),
            );
        },
    ],
    [
        'longs pay an hour of funding to shorts',
        async (house) => {
            await house.push([], [[ETH_PERP, '4']]);
            house.pass(3600);
            await house.push(
                [
                    [ETH, '2000'],
                    [BTC, '60000'],
                ],
                [[ETH_PERP, '0']],
            );
            // 4 quote of premium for 3,600 of the 28,800 seconds in which it is paid: half a quote.
            assert.equal((await position(house, 'alice', ETH_PERP)).quote, '-8002');
            assert.equal((await position(house, 'erin', ETH_PERP)).quote, '-10007.5');
            assert.equal((await position(house, 'bob', ETH_PERP)).quote, '18009.5');
        },
    ],
    [
        'an unrealised profit can be withdrawn in part, as a bank message',
        async (house) => {
            house.pass(20);
            await house.push([
                [ETH, '2050'],
                [BTC, '60000'],
            ]);
            // Cash 1000, profit 4 * 2050 - 8002 = 198 of which half counts, requirement 820; and the price
            // may be lower by its confidence of 1.
            has((await house.health('alice')).initial, {
                health: '275',
                requirement: '820',
                haircuts: '103',
            });
            const { transfers } = await house.withdraw('alice', USDC, '200');
            assert.deepEqual(transfers, [
                { to: address('alice'), amount: [{ denom: 'uusdc', amount: '200000000' }] },
            ]);
            assert.equal(house.purse('alice'), 200_000_000n);
            await house.refused(
                'alice',
                house.withdrawal('alice', USDC, '79.000001'),
                refusal(600, 'below_initial_margin', 'account 1'),
            );
        },
    ],
    [
        'the guardian pauses fills: deposits go on',
        async (house) => {
            await house.send('guardian', { set_pause: { actions: PAUSE.settle_fills } });
            await house.refused(
                'venue',
                house.fills(house.nonce + 1, [ETH_PERP, 'alice', 'bob', '1', '2050']),
                refusal(203, 'paused', 'paused'),
            );
            await house.deposit('dave', USDC, '1');
            await house.withdraw('dave', USDC, '1');
            await house.send('guardian', { set_pause: { actions: 0 } });
        },
    ],
    [
        'ETH falls: a keeper previews, liquidates a part, then the exact need',
        async (house) => {
            house.pass(60);
            await house.push([
                [ETH, '1880'],
                [BTC, '60000'],
            ]);
            // Cash 800, value 4 * 1880 - 8002 = -482, requirement 5 % of 7520.
            has((await house.health('alice')).maintenance, { health: '-58', requirement: '376' });
            const { accounts } = await house.ask({ liquidatable: { cursor: 0, limit: 100 } });
            assert.deepEqual(
                accounts.map(({ account, stage }) => [account, stage]),
                [[1, 'unflagged']],
            );
            // A unit frees 94; the buyer gets 5 % of it and the insurance 10 %. The least s with
            // 318 - 14.1 s >= 1.1 * (376 - 94 s) is 1.0705..: 1.071 in lots.
            const preview = { account: 1, market: ETH_PERP, base_max: '10' };
            has(await house.ask({ preview_liquidation: preview }), {
                base: '1.071',
                whole: false,
                share: '0.05',
            });
            const part = await house.send(
                'dave',
                house.liquidation('alice', ETH_PERP, 'dave', '0.25'),
            );
            has(find(part, 'position_liquidated'), {
                base: '0.25',
                side: 'long',
                freed: '23.5',
                reward: '1.175',
                fee: '2.35',
                health_before: '-58',
                health_after: '-38.025',
            });

            house.pass(30);
            // Half of the fast leg later the share is 12.5 %: the least s with
            // 314.475 - 21.15 s >= 1.1 * (352.5 - 94 s) is 0.8908..
            const { nonce, share } = await house.health('alice');
            assert.equal(share, '0.125');
            await house.refused(
                'dave',
                house.liquidation('alice', ETH_PERP, 'dave', '10', { nonce: nonce - 1 }),
                refusal(701, 'nonce_moved', `nonce ${nonce}`),
            );
            const rest = await house.send(
                'dave',
                house.liquidation('alice', ETH_PERP, 'dave', '10', {
                    nonce,
                    worst_price: '1880',
                    deadline: house.driver.time,
                }),
            );
            has(find(rest, 'position_liquidated'), {
                base: '0.891',
                whole: 'false',
                health_after: '26.88435',
            });
            find(rest, 'account_cured');
            assert.equal((await position(house, 'alice', ETH_PERP)).base, '2.859');
            assert.equal((await position(house, 'dave', ETH_PERP)).base, '1.141');
            // Rewards 1.175 and 0.891 * 94 * 12.5 % to the keeper, fees 2.35 and 8.3754 to
            // insurance.
            assert.equal((await house.account('dave')).cash, '30011.64425');
            assert.deepEqual(await worth(house), { balance: '110.7254', open_deficit: '0' });
        },
    ],
    [
        'the liquidated trader closes, takes everything out and leaves',
        async (house) => {
            await house.settle([ETH_PERP, 'bob', 'alice', '2.859', '1880']);
            // 800 - 1.175 - 2.35 - 0.891 * 94 * 22.5 % and the position's -482.
            const { cash, positions } = await house.account('alice');
            assert.deepEqual([cash, positions], ['295.63035', []]);
            await house.withdraw('alice', USDC, '295.63035');
            assert.equal(house.purse('alice'), 495_630_350n);
            assert.equal((await house.account('alice')).cash, '0');
            await house.send('alice', { revoke_delegate: { account: 1, venue: address('venue') } });
            await house.refused(
                'venue',
                house.fills(house.nonce + 1, [ETH_PERP, 'alice', 'bob', '1', '1880']),
                refusal(202, 'not_delegated', 'account 1'),
            );
        },
    ],
    [
        'BTC falls: an account with ETH as collateral is liquidated, then owes cash',
        async (house) => {
            house.pass(10);
            await house.push([
                [ETH, '1880'],
                [BTC, '54000'],
            ]);
            // Collateral 3760 less 10 %, value 21600 - 24000, requirement 1080.
            has((await house.health('carol')).maintenance, {
                health: '-96',
                requirement: '1080',
                haircuts: '376',
            });
            // The least s with 984 - 405 s >= 1.1 * (1080 - 2700 s) is 0.0795..
            const sold = await house.send(
                'dave',
                house.liquidation('carol', BTC_PERP, 'dave', '1', { worst_price: '54000' }),
            );
            has(find(sold, 'position_liquidated'), { base: '0.0796', fee: '21.492' });
            await house.settle([BTC_PERP, 'bob', 'carol', '0.3204', '54000']);
            const { cash, positions } = await house.account('carol');
            assert.deepEqual([cash, positions], ['-2432.238', []]);
        },
    ],
    [
        'ETH crashes: a keeper buys as much collateral as cures the debtor',
        async (house) => {
            await house.settle([BTC_PERP, 'frank', 'bob', '0.1', '54000']);
            house.pass(30);
            await house.push([
                [ETH, '1345'],
                [BTC, '54000'],
            ]);
            // 2 * 1345 * 90 % - 2432.238
            has((await house.health('carol')).maintenance, { health: '-11.238' });
            const purchase = {
                liquidate_collateral: {
                    account: house.accounts.get('carol'),
                    asset: ETHER,
                    buyer: house.accounts.get('dave'),
                    amount_max: tokens('2', 18),
                    worst_price: '1345',
                },
            };
            const { cash: before } = await house.account('dave');
            const bought = await house.send('dave', purchase);
            const sold = find(bought, 'collateral_liquidated');
            find(bought, 'account_cured');
            // Each ETH frees 134.5, of which 15 % goes to the buyer and the insurance: 114.325 are
            // left to close the gap.
            const amount = BigInt(sold.amount);
            const closes = (n) => (n * raw('114.325')) / WAD;
            const gap = raw('11.238');
            assert.ok(closes(amount) >= gap && closes(amount - 3n) < gap, `amount ${amount}`);
            const carol = await house.account('carol');
            assert.equal(BigInt(carol.collateral[0].amount), 2n * WAD - amount);
            const { cash: after } = await house.account('dave');
            assert.equal(raw(before) - raw(after), raw(sold.paid));

            await house.refused(
                'carol',
                house.withdrawal('carol', USDC, '1'),
                refusal(403, 'insufficient_balance', 'amount'),
            );
            const owed = -raw(carol.cash);
            assert.ok(owed > raw('2302') && owed < raw('2303'), text(owed));
            await house.deposit('carol', USDC, '2310');
        },
    ],
    [
        'an insolvent account is offered with a reward from the insurance',
        async (house) => {
            // Cash 300, collateral 672.5, value 5 * 1345 - 10007.5
            const { equity, stage } = await house.health('erin');
            assert.deepEqual([equity, stage], ['-2310', 'unflagged']);
            const { balance: before } = await worth(house);
            const sold = find(
                await house.send('dave', house.liquidation('erin', ETH_PERP, 'dave', '1')),
                'position_liquidated',
            );
            // 5 % of the 67.25 freed; the account has nothing to pay a reward or a fee with.
            has(sold, { reward: '0', fee: '0', reward_from_insurance: '3.3625' });
            const { balance: after } = await worth(house);
            assert.equal(raw(before) - raw(after), raw('3.3625'));
            await house.refused(
                'anyone',
                { resolve: { account: house.accounts.get('erin') } },
                refusal(707, 'auction_running', 'account 5'),
            );
        },
    ],
    [
        'when the auction is over: insurance, deleveraging, socialised loss, open deficit',
        async (house) => {
            house.pass(660);
            await house.push([
                [ETH, '1345'],
                [BTC, '54000'],
            ]);
            assert.equal((await house.health('erin')).stage, 'resolve');
            const { balance } = await worth(house);
            const bob = await position(house, 'bob', ETH_PERP);
            const done = await house.send('anyone', {
                resolve: { account: house.accounts.get('erin') },
            });
            const resolved = find(done, 'account_resolved');
            has(resolved, { insolvent: 'true', deficit: '2310', insurance_paid: balance });
            // The shorts take over 4 ETH, at most 5 % of the mark above it.
            has(find(done, 'deleveraged'), { side: 'long', base: '4', price: '1412.25' });
            const { base } = await position(house, 'bob', ETH_PERP);
            const cut = raw(base) - raw(bob.base);
            assert.ok(cut <= raw('4') && raw('4') - cut < 1000n, `cut ${cut}`);
            // What the account owned goes to the house.
            has(find(done, 'collateral_taken_over'), {
                amount: tokens('0.5', 18),
                credit: '672.5',
            });
            // Longs and shorts of 2.141 ETH each lose at most 5 % of the mark a unit.
            const shared = raw(find(done, 'loss_socialised').loss);
            const most = 2n * 2141n * raw('0.06725');
            assert.ok(shared <= most && most - shared < 1_000_000n, `shared ${shared}`);
            // Nothing is lost on the way: who paid what adds up to the deficit, and what the
            // insurance could not credit for the collateral is open until it is sold.
            const paid = raw(balance) + 4n * raw('67.25') + shared;
            assert.equal(raw(resolved.open_deficit), raw('2310') - paid);
            const house_after = await worth(house);
            assert.equal(house_after.balance, '0');
            assert.equal(raw(house_after.open_deficit), raw(resolved.open_deficit) + raw('672.5'));
            const { cash, collateral, positions } = await house.account('erin');
            assert.deepEqual([cash, collateral, positions], ['0', [], []]);
        },
    ],
    [
        'the inventory is sold and the open deficit is repaid first',
        async (house) => {
            const { open_deficit } = await worth(house);
            // Half of the haircut of 10 % off 672.5.
            const sold = await house.send('dave', {
                buy_inventory: {
                    asset: ETHER,
                    buyer: house.accounts.get('dave'),
                    amount_max: tokens('7', 18),
                    worst_price: '1345',
                },
            });
            has(find(sold, 'inventory_sold'), { amount: tokens('0.5', 18), paid: '638.875' });
            const left = raw(open_deficit) - raw('638.875');
            assert.deepEqual(await worth(house), { balance: '0', open_deficit: text(left) });
            const funds = coins(USDC, '2000');
            house.mint('treasury', funds);
            await house.send('treasury', { fund_insurance: {} }, funds);
            assert.deepEqual(await worth(house), {
                balance: text(raw('2000') - left),
                open_deficit: '0',
            });
        },
    ],
    [
        'a solvent account that no keeper takes is deleveraged at mark',
        async (house) => {
            house.pass(10);
            await house.push([[BTC, '50500']]);
            // Cash 600, value 5050 - 5400, requirement 252.5.
            has((await house.health('frank')).maintenance, { health: '-2.5' });
            const flag = { flag: { account: house.accounts.get('frank') } };
            const flagged = find(await house.send('anyone', flag), 'account_flagged');
            // Flagged again, it is seen to be still unsound: its curve goes on from where it began.
            house.pass(5);
            const seen = find(await house.send('anyone', flag), 'account_flagged');
            assert.equal(seen.since, flagged.since);
            house.pass(660);
            await house.push([
                [ETH, '1345'],
                [BTC, '50500'],
            ]);
            const done = await house.send('anyone', {
                resolve: { account: house.accounts.get('frank') },
            });
            // The least s with 250 >= 1.1 * (252.5 - 2525 s) is 0.00999..
            has(find(done, 'deleveraged'), { base: '0.01', price: '50500' });
            has(find(done, 'account_resolved'), { insolvent: 'false', insurance_paid: '0' });
            find(done, 'account_cured');
            assert.equal((await position(house, 'frank', BTC_PERP)).base, '0.09');
        },
    ],
    [
        'everybody closes and withdraws: what is left belongs to the house',
        async (house) => {
            await house.settle(
                [BTC_PERP, 'bob', 'frank', '0.09', '50500'],
                [BTC_PERP, 'bob', 'dave', '0.0796', '50500'],
                [ETH_PERP, 'bob', 'dave', '2.141', '1345'],
            );
            // Deleveraging has rounded bob's shorts up by a few raw units: such a rest is no whole
            // number of lots, and may be closed all the same.
            for (const { market, base } of (await house.account('bob')).positions) {
                assert.ok(raw(base) < 0n && raw(base) > -1000n, base);
                const price = market === ETH_PERP ? '1345' : '50500';
                await house.settle([market, 'bob', 'dave', text(-raw(base)), price]);
            }
            for (const name of TRADERS) {
                const { cash, collateral, positions } = await house.account(name);
                assert.equal(positions.length > 0, name === 'dave', name);
                for (const { asset, amount } of collateral) {
                    await house.withdraw(name, asset, text(BigInt(amount)));
                }
                // Those few units need a margin: a base unit of the quote is more than enough.
                const kept = positions.length === 0 ? 0n : BASE_UNIT;
                const whole = raw(cash) - (raw(cash) % BASE_UNIT) - kept;
                if (whole > 0n) {
                    await house.withdraw(name, USDC, text(whole));
                }
            }
            const { assets, insurance } = await house.ask({ state: {} });
            assert.equal(assets[ETHER].held, '0');
            const left = BigInt(assets[USDC].held) * BASE_UNIT - raw(insurance);
            assert.ok(left >= 0n && left < 10n * BASE_UNIT, `left over: ${left}`);
            const purses = sum([...TRADERS, 'treasury'].map((name) => house.purse(name)));
            assert.equal(purses + BigInt(assets[USDC].held), minted(house));
        },
    ],
];

/** Quote tokens that have come into the world in these steps. */
function minted(house) {
    const { denom } = TOKENS[USDC];
    return sum(house.mints.filter((coin) => coin.denom === denom).map(({ amount }) => amount));
}

/** Runs all steps on a driver and returns the house. */
export async function tell(driver) {
    const house = new House(driver);
    for (const [, step] of STEPS) {
        await step(house);
    }
    return house;
}
