// plimsoll: tests/runtimes/fuzz.test.mjs                            SPDX-License-Identifier: Apache-2.0
// Thousands of damaged messages into the real module: none traps it, every answer is well formed, a
// refusal changes nothing, and the books balance after what was accepted.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { BAD_BYTES } from './support/bad_bytes.mjs';
import { checkBooks } from './support/books.mjs';
import {
    BTC,
    BTC_PERP,
    ETH,
    ETHER,
    ETHER_ASSET,
    ETH_PERP,
    INSTANTIATE,
    LIQUIDATION,
    ORACLE,
    TOKENS,
    USDC,
    coins,
    market,
    underlying,
} from './support/house.mjs';
import { Machine, bytesOf } from './support/machine.mjs';
import { Dice, mutate } from './support/mutate.mjs';
import { ERRORS, address } from './support/module.mjs';
import { besieged } from './support/siege.mjs';

// For long runs: more rounds, other seeds.
const SEED = Number(process.env.PLIMSOLL_FUZZ_SEED ?? 20200312);
const ROUNDS = Number(process.env.PLIMSOLL_FUZZ_ROUNDS ?? 500);

/** Every message there is, each with a sender and at a moment for which it works. */
function messages(house) {
    const venue = address('venue');
    return [
        ['alice', { open_account: {} }],
        ['alice', { deposit: { account: 1 } }, [...coins(USDC, '7'), ...coins(ETHER, '1')]],
        ['alice', { withdraw: { account: 1, asset: 0, amount: '1000000' } }],
        ['alice', { delegate: { account: 1, venue, expires: house.driver.time + 60 } }],
        ['alice', { revoke_delegate: { account: 1, venue } }],
        [
            'venue',
            house.fills(
                2,
                [ETH_PERP, 'alice', 'bob', '1', '1880'],
                [ETH_PERP, 'dave', 'alice', '2.5', '1881.5'],
            ),
        ],
        ['publisher', house.prices([], [[BTC_PERP, '-12.5']])],
        ['anyone', { flag: { account: 4 } }],
        [
            'dave',
            house.liquidation('erin', ETH_PERP, 'dave', '1', {
                worst_price: '1880',
                nonce: 3,
                deadline: house.driver.time,
            }),
        ],
        [
            'dave',
            { liquidate_collateral: { account: 4, asset: 1, buyer: 3, amount_max: '100' } },
            [],
            'indebted',
        ],
        ['anyone', { resolve: { account: 4 } }, [], 'overdue'],
        ['anyone', { touch: { account: 2 } }],
        ['anyone', { accrue: { market: 0 } }],
        ['treasury', { fund_insurance: {} }, coins(USDC, '3')],
        [
            'dave',
            { buy_inventory: { asset: 1, buyer: 3, amount_max: '5', worst_price: '1900' } },
            [],
            'resolved',
        ],
        ['guardian', { set_pause: { actions: 3 } }],
        ['governance', { set_role: { address: venue, roles: 12 } }],
        ['governance', { set_asset: ETHER_ASSET }],
        ['governance', { set_underlying: { ...underlying(ETH, 'ETH'), profit_cap: '1000' } }],
        ['governance', { set_market: market(ETH_PERP, 'ETH-PERP', ETH, '0.001') }],
        ['governance', { set_params: { liquidation: LIQUIDATION, oracle: ORACLE } }],
    ].map(([sender, message, funds = [], when = 'besieged']) => [
        address(sender),
        bytesOf(message),
        funds,
        when,
    ]);
}

const QUERIES = [
    { config: {} },
    { roles: { address: address('venue') } },
    { account: { account: 1 } },
    { health: { account: 4 } },
    { liquidatable: { cursor: 0, limit: 100 } },
    { preview_liquidation: { account: 4, market: 0, base_max: '1.5' } },
    { market: { market: 0 } },
    { markets: {} },
    { asset: { asset: 1 } },
    { underlying: { underlying: 0 } },
    { prices: {} },
    { insurance: {} },
    { state: {} },
].map(bytesOf);

function checkRefusal(error) {
    const parts = /^([0-9]{3}) ([a-z_]+)(: .+)?$/.exec(error);
    assert.ok(parts, error);
    assert.equal(ERRORS.get(parts[2]), Number(parts[1]), error);
}

/** Runs `attempt` and says with which bytes it failed. */
async function trying(bytes, attempt) {
    try {
        return await attempt();
    } catch (error) {
        const shown = Buffer.from(bytes).toString('latin1').slice(0, 2000);
        throw new Error(`seed ${SEED}: ${JSON.stringify(shown)}`, { cause: error });
    }
}

describe('damaged bytes', () => {
    let machine;
    let house;
    let start;
    let corpus;
    const moments = new Map();
    const remember = (name) => {
        const { snapshot, ledger, time } = machine;
        moments.set(name, { snapshot, ledger, time });
    };
    const goTo = (name) => {
        const { snapshot, ledger, time } = moments.get(name);
        machine.snapshot = snapshot;
        machine.ledger = new Map(ledger);
        machine.time = time;
        return snapshot;
    };
    const pushAfter = async (seconds, ether) => {
        house.pass(seconds);
        await house.push([
            [ETH, ether],
            [BTC, '60000'],
        ]);
    };
    before(async () => {
        machine = new Machine();
        house = await besieged(machine);
        await pushAfter(1, '1880');
        remember('besieged');
        corpus = messages(house);
        // Erin's position is sold at a loss that she cannot pay, and nobody wants her ether.
        await pushAfter(1, '1600');
        await house.send('dave', house.liquidation('erin', ETH_PERP, 'dave', '4'));
        remember('indebted');
        await pushAfter(LIQUIDATION.fast_s + LIQUIDATION.slow_s, '1600');
        remember('overdue');
        await house.send('anyone', { resolve: { account: 4 } });
        remember('resolved');
        start = goTo('besieged');
    });

    it('undamaged each is accepted', async () => {
        for (const [sender, bytes, funds, when] of corpus) {
            goTo(when);
            machine.mint(sender, funds);
            const outcome = await machine.execute(sender, bytes, funds);
            assert.equal(outcome.error, undefined, Buffer.from(bytes).toString());
        }
        goTo('besieged');
    });

    it(`as messages: ${4 * ROUNDS}`, async () => {
        const dice = new Dice(SEED);
        const texts = [
            ...corpus.map(([, bytes]) => bytes),
            ...BAD_BYTES.map(([, bytes]) => bytesOf(bytes)).filter(({ length }) => length < 1000),
        ];
        let accepted = 0;
        for (let round = 0; round < 4 * ROUNDS; ++round) {
            const [sender, bytes, funds, when] = dice.pick(corpus);
            const damaged = mutate(dice, bytes, texts);
            const stood = goTo(when);
            machine.mint(sender, funds);
            await trying(damaged, async () => {
                const outcome = await machine.execute(sender, damaged, funds);
                if (outcome.error !== undefined) {
                    checkRefusal(outcome.error);
                    assert.equal(machine.snapshot, stood);
                    return;
                }
                accepted += 1;
                await checkBooks(machine, TOKENS);
            });
        }
        goTo('besieged');
        // Some changes only say the same in another way, or something else that is fine.
        assert.ok(accepted > ROUNDS / 10 && accepted < 2 * ROUNDS, `${accepted} accepted`);
    });

    it(`as queries: ${ROUNDS}`, async () => {
        const dice = new Dice(SEED + 1);
        for (let round = 0; round < ROUNDS; ++round) {
            const damaged = mutate(dice, dice.pick(QUERIES), QUERIES);
            await trying(damaged, async () => {
                const answer = await machine.query(damaged);
                if (answer.error !== undefined) {
                    checkRefusal(answer.error);
                }
                assert.equal(machine.snapshot, start);
            });
        }
    });

    it(`as the first message: ${ROUNDS}`, async () => {
        const dice = new Dice(SEED + 2);
        const whole = bytesOf(INSTANTIATE);
        for (let round = 0; round < ROUNDS; ++round) {
            const damaged = mutate(dice, whole, QUERIES);
            const empty = new Machine();
            await trying(damaged, async () => {
                const outcome = await empty.instantiate(address('governance'), damaged);
                if (outcome.error !== undefined) {
                    checkRefusal(outcome.error);
                    assert.equal(empty.storage(), '');
                }
            });
        }
    });

    it(`as what the chain says of block, sender and funds: ${ROUNDS}`, async () => {
        const dice = new Dice(SEED + 3);
        const env = bytesOf(machine.env());
        const info = bytesOf({ sender: address('alice'), funds: coins(USDC, '7') });
        for (let round = 0; round < ROUNDS; ++round) {
            machine.snapshot = start;
            const around =
                round % 2 === 0
                    ? [mutate(dice, env, [info]), info]
                    : [env, mutate(dice, info, [env])];
            await trying(around[round % 2], async () => {
                const response = JSON.parse(
                    await machine.raw('execute', ...around, { deposit: { account: 1 } }),
                );
                if (response.error !== undefined) {
                    checkRefusal(response.error);
                    assert.equal(machine.snapshot, start);
                }
            });
        }
    });
});
