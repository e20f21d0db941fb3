// plimsoll: tests/runtimes/pyth.test.mjs                            SPDX-License-Identifier: Apache-2.0
// Prices from a contract that answers as Pyth's does on a CosmWasm chain. The contract is played by
// the machine's querier: it takes the smart query as the chain would hand it over, and answers with
// the message types of pyth-sdk-cw.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';

import { ETH, House } from './support/house.mjs';
import { Machine } from './support/machine.mjs';
import { address, refusal } from './support/module.mjs';

const FEED_ID = 'ff61491a931112ddf1bd8147cd1b641375f79f5825126d665480874634fd0ace';

/** Answers queries as a chain does on which one contract is Pyth's. */
class Querier {
    constructor(contract) {
        this.contract = contract;
        this.feeds = new Map();
        this.asked = [];
        this.answer = undefined;
    }

    set(id, price, conf, expo, publishTime) {
        const value = { price: String(price), conf: String(conf), expo, publish_time: publishTime };
        this.feeds.set(id, { id, price: value, ema_price: value });
    }

    /** The package's entry: bytes of a QueryRequest to bytes of a SystemResult. */
    query_raw(request) {
        const parsed = JSON.parse(Buffer.from(request).toString('utf8'));
        this.asked.push(parsed);
        const text = this.answer ?? JSON.stringify(this.respond(parsed));
        return typeof text === 'string' ? new TextEncoder().encode(text) : text;
    }

    respond({ wasm: { smart } }) {
        if (smart.contract_addr !== this.contract) {
            return { error: { no_such_contract: { addr: smart.contract_addr } } };
        }
        const { price_feed: question } = JSON.parse(Buffer.from(smart.msg, 'base64').toString());
        const feed = this.feeds.get(question.id);
        if (feed === undefined) {
            return { ok: { error: 'Price feed not found' } };
        }
        const answer = JSON.stringify({ price_feed: feed });
        return { ok: { ok: Buffer.from(answer).toString('base64') } };
    }
}

describe('prices of a Pyth contract', () => {
    const contract = address('pyth');
    const PULL = { pull_prices: { underlyings: [ETH] } };
    let machine;
    let house;
    let querier;

    beforeEach(async () => {
        machine = new Machine();
        querier = new Querier(contract);
        machine.backend.querier = querier;
        house = new House(machine);
        await house.instantiate();
        await house.list();
        await house.grant();
        await house.push([[ETH, '2000']]);
        await house.send('governance', {
            set_feed: {
                underlying: ETH,
                publishers: [],
                quorum: 1,
                report_max_age_s: 60,
                jump_max: '5',
                jump_wait_s: 300,
                pyth: { contract, feed_id: FEED_ID },
            },
        });
        house.pass(30);
    });

    const price = async () => (await machine.query({ feed: { underlying: ETH } })).price;

    it('are asked for by a smart query and taken exactly', async () => {
        querier.set(FEED_ID, 210012345678n, 98765432n, -8, machine.time - 3);
        const { events } = await house.send('anyone', PULL);
        assert.deepEqual(querier.asked, [
            {
                wasm: {
                    smart: {
                        contract_addr: contract,
                        msg: Buffer.from(
                            JSON.stringify({ price_feed: { id: FEED_ID } }),
                        ).toString('base64'),
                    },
                },
            },
        ]);
        const moved = events.find(({ type }) => type === 'price');
        assert.equal(moved.price, '2100.12345678');
        assert.equal(moved.confidence, '0.98765432');
        assert.equal(moved.publish_time, String(machine.time - 3));
        assert.equal(await price(), '2100.12345678');
    });

    it('are held back when they jump', async () => {
        querier.set(FEED_ID, 210000000000000n, 0n, -8, machine.time);
        const { events } = await house.send('anyone', PULL);
        assert.ok(events.some(({ type }) => type === 'price_held'));
        assert.equal(await price(), '2000');
    });

    it('leave the feed as it is when they are none', async () => {
        querier.set(FEED_ID, -5n, 0n, -8, machine.time);
        await house.refused('anyone', PULL, refusal(706, 'nothing_to_do', 'underlyings'));
    });

    it('are refused when the contract, or the chain, does not answer', async () => {
        const refused = refusal(508, 'bad_answer', `underlying ${ETH}`);
        await house.refused('anyone', PULL, refused);
        querier.contract = address('another');
        await house.refused('anyone', PULL, refused);
        const bytes = (text) => new TextEncoder().encode(text);
        for (const answer of [
            bytes(''),
            bytes('{'),
            bytes('null'),
            bytes('{"ok":{"ok":"!!!!"}}'),
            bytes('{"ok":{"ok":"eyJwcmljZV9mZWVkIjo="}}'),
            bytes(`{"ok":{"ok":"${'A'.repeat(60_000)}"}}`),
            bytes(`{"ok":{"ok":"${'A'.repeat(200_000)}"}}`),
            bytes('['.repeat(70_000)),
            new Uint8Array(1_000).fill(0xff),
        ]) {
            querier.answer = answer;
            await house.refused('anyone', PULL, refused);
        }
        assert.equal(await price(), '2000');
    });
});
