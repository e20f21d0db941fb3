// plimsoll: tests/runtimes/refusals.test.mjs                        SPDX-License-Identifier: Apache-2.0
// Every way of bad input that we know, each with the exact text of its error: the number, the name
// and the field. The storage stays as it was, byte for byte. Bytes that no JSON library would send
// go into the machine; messages go through the machine and through the chain, where the coins that
// came along must come back.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { BAD_BYTES } from './support/bad_bytes.mjs';
import { BAD_MESSAGES, BAD_QUERIES } from './support/bad_messages.mjs';
import { Chain } from './support/chain.mjs';
import { INSTANTIATE } from './support/house.mjs';
import { Machine } from './support/machine.mjs';
import { address, refusal } from './support/module.mjs';
import { besieged } from './support/siege.mjs';

function errorOf(response) {
    const parsed = JSON.parse(response);
    assert.deepEqual(Object.keys(parsed), ['error'], response);
    return parsed.error;
}

describe('bytes that are no message', () => {
    let machine;
    before(async () => {
        machine = new Machine();
        await besieged(machine);
    });
    for (const [title, bytes, expected] of BAD_BYTES) {
        it(title, async () => {
            const storage = machine.storage();
            const info = { sender: address('alice'), funds: [] };
            const response = await machine.raw('execute', machine.env(), info, bytes);
            assert.equal(errorOf(response), refusal(...expected));
            assert.equal(machine.storage(), storage);
        });
    }
    it('but the largest message that there may be is taken', async () => {
        const message = '{"deposit":{"account":1}}'.padEnd(65_536, ' ');
        const info = { sender: address('alice'), funds: [{ denom: 'uusdc', amount: '1' }] };
        const response = await machine.raw('execute', machine.env(), info, message);
        assert.deepEqual(Object.keys(JSON.parse(response)), ['ok']);
    });
});

for (const [place, Driver] of [
    ['the machine', Machine],
    ['the chain', Chain],
]) {
    describe(`messages that the house refuses, in ${place}`, () => {
        let driver;
        let now;
        before(async () => {
            driver = new Driver();
            await besieged(driver);
            now = driver.time;
        });
        for (const [
            title,
            sender,
            message,
            expected,
            { funds = [], after = 0 } = {},
        ] of BAD_MESSAGES) {
            it(title, async () => {
                driver.mint(address(sender), funds);
                const purses = () =>
                    funds.map(({ denom }) => driver.balance(address(sender), denom));
                const storage = driver.storage();
                const coins = purses();
                driver.time = now + after;
                const made = typeof message === 'function' ? message(now) : message;
                const outcome = await driver.execute(address(sender), made, funds);
                driver.time = now;
                assert.equal(outcome.error, refusal(...expected));
                assert.equal(driver.storage(), storage);
                assert.deepEqual(purses(), coins);
            });
        }
        for (const [title, query, expected] of BAD_QUERIES) {
            it(title, async () => {
                const storage = driver.storage();
                const { error } = await driver.query(query);
                assert.equal(error, refusal(...expected));
                assert.equal(driver.storage(), storage);
            });
        }
    });
}

describe('a house that is not set up, or set up twice', () => {
    it('answers nothing before it is set up', async () => {
        const machine = new Machine();
        const none = refusal(900, 'not_instantiated');
        assert.equal((await machine.execute(address('alice'), { open_account: {} })).error, none);
        assert.equal((await machine.query({ config: {} })).error, none);
        assert.equal(machine.storage(), '');
    });
    it('is set up once', async () => {
        const machine = new Machine();
        await machine.instantiate(address('governance'), INSTANTIATE);
        const storage = machine.storage();
        const again = await machine.instantiate(address('governance'), INSTANTIATE);
        assert.equal(again.error, refusal(901, 'already_instantiated'));
        assert.equal(machine.storage(), storage);
    });
    it('is not set up with parameters that contradict each other', async () => {
        const cases = [
            [{ governance: 'plim1nobody' }, [205, 'bad_address', 'governance']],
            [
                { quote: { ...INSTANTIATE.quote, decimals: 19 } },
                [109, 'out_of_range', 'quote.decimals'],
            ],
            [
                { liquidation: { ...INSTANTIATE.liquidation, fee_share: '0.5' } },
                [801, 'parameters_disagree', 'fee_share'],
            ],
            [
                { oracle: { ...INSTANTIATE.oracle, max_age_trade_s: 0 } },
                [800, 'parameter_bounds', 'max_age_trade_s'],
            ],
        ];
        for (const [change, expected] of cases) {
            const machine = new Machine();
            const { error } = await machine.instantiate(address('governance'), {
                ...INSTANTIATE,
                ...change,
            });
            assert.equal(error, refusal(...expected));
            assert.equal(machine.storage(), '');
        }
    });
});
