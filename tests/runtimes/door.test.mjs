// plimsoll: tests/runtimes/door.test.mjs                            SPDX-License-Identifier: Apache-2.0
// The module's border as a chain sees it: exports and imports, the form of every response, what the
// chain wraps around a message.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { GENESIS_S } from './support/driver.mjs';
import { ETHER, House, INSTANTIATE, USDC, coins } from './support/house.mjs';
import { Machine } from './support/machine.mjs';
import { ERRORS, WASM, address, vm } from './support/module.mjs';
import { besieged } from './support/siege.mjs';
import { tell } from './support/story.mjs';

describe('the module', () => {
    const compiled = new WebAssembly.Module(WASM);

    it('exports the entry points of interface version 8 and nothing else', () => {
        const exported = WebAssembly.Module.exports(compiled).map(
            ({ name, kind }) => `${kind} ${name}`,
        );
        assert.deepEqual(exported.sort(), [
            'function allocate',
            'function deallocate',
            'function execute',
            'function instantiate',
            'function interface_version_8',
            'function migrate',
            'function query',
            'memory memory',
        ]);
    });

    it('imports five functions of the chain and requires no capability', () => {
        const imported = WebAssembly.Module.imports(compiled);
        assert.deepEqual(imported.map(({ module, name }) => `${module}.${name}`).sort(), [
            'env.addr_validate',
            'env.db_read',
            'env.db_remove',
            'env.db_write',
            'env.query_chain',
        ]);
        assert.ok(imported.every(({ kind }) => kind === 'function'));
    });

    it('gives regions of the size that is asked for, zero and a megabyte too', async () => {
        const instance = await new Machine().fresh();
        for (const size of [0, 1, 3, 4096, 1 << 20]) {
            const region = instance.allocate(size);
            assert.equal(region.capacity, size);
            assert.equal(region.length, 0);
            region.write(new Uint8Array(size).fill(0xff));
            instance.deallocate(region);
        }
    });
});

const BANK = {
    id: 0,
    msg: {
        bank: {
            send: {
                to_address: address('alice'),
                amount: [{ denom: 'uusdc', amount: '1000000' }],
            },
        },
    },
    gas_limit: null,
    reply_on: 'never',
};

/** Fails on any response that a chain's strict decoder would not take. */
function checkResponse(response) {
    const parsed = JSON.parse(response);
    const [kind, ...others] = Object.keys(parsed);
    assert.deepEqual(others, []);
    if (kind === 'error') {
        const [, number, name] = /^([0-9]{3}) ([a-z_]+)(: .+)?$/.exec(parsed.error);
        assert.equal(ERRORS.get(name), Number(number), parsed.error);
        return;
    }
    assert.equal(kind, 'ok');
    if (typeof parsed.ok === 'string') {
        const bytes = Buffer.from(parsed.ok, 'base64');
        assert.equal(bytes.toString('base64'), parsed.ok);
        assert.equal(typeof JSON.parse(bytes.toString('ascii')), 'object');
        return;
    }
    assert.deepEqual(Object.keys(parsed.ok), ['messages', 'attributes', 'events', 'data']);
    assert.deepEqual(parsed.ok.attributes, []);
    assert.equal(parsed.ok.data, null);
    for (const event of parsed.ok.events) {
        assert.deepEqual(Object.keys(event), ['type', 'attributes']);
        assert.match(event.type, /^[a-z][a-z_]{2,}$/);
        for (const attribute of event.attributes) {
            assert.deepEqual(Object.keys(attribute), ['key', 'value']);
            assert.match(attribute.key, /^[a-z][a-z_]*$/);
            assert.match(attribute.value, /^[ -~]+$/);
        }
    }
}

describe('responses', () => {
    it('have the form that the chain decodes, in every call of the story', async () => {
        const machine = new Machine({ reuse: true });
        await tell(machine);
        for (const response of machine.responses) {
            checkResponse(response);
        }
    });

    it('carry a withdrawal as one bank message, to the letter', async () => {
        const machine = new Machine();
        const house = new House(machine);
        await house.instantiate();
        await house.open('alice', [USDC, '5']);
        const info = { sender: address('alice'), funds: [] };
        const message = house.withdrawal('alice', USDC, '1');
        const response = await machine.raw('execute', machine.env(), info, message);
        const event =
            '{"type":"withdrawn","attributes":[{"key":"seq","value":"5"},' +
            '{"key":"account","value":"1"},{"key":"asset","value":"0"},' +
            '{"key":"amount","value":"1000000"}]}';
        const messages = JSON.stringify([BANK]);
        assert.equal(
            response,
            `{"ok":{"messages":${messages},"attributes":[],"events":[${event}],"data":null}}`,
        );
    });

    it('carry an answer in base64', async () => {
        const machine = new Machine();
        await machine.instantiate(address('governance'), INSTANTIATE);
        const response = await machine.raw('query', machine.env(), { insurance: {} });
        const answer =
            '{"balance":"0","open_deficit":"0","inventory":[],"advanced":"0","inventory_worth":"0",' +
            '"worth_to_suppliers":"0","worth_to_join":"0","worth_to_leave":"0"}';
        assert.equal(response, `{"ok":"${Buffer.from(answer).toString('base64')}"}`);
    });
});

describe('what the chain wraps around a message', () => {
    let machine;
    let start;
    before(async () => {
        machine = new Machine();
        await besieged(machine);
        start = machine.snapshot;
    });
    const info = { sender: address('alice'), funds: [] };

    async function response(env, around = info, message = { open_account: {} }) {
        machine.snapshot = start;
        return machine.raw('execute', env, around, message);
    }

    it('may lack a transaction, or have one, or have what we never heard of', async () => {
        const env = machine.env();
        const plain = await response(env);
        assert.match(plain, /^\{"ok":/);
        for (const more of [
            { transaction: null },
            { transaction: { index: 3 } },
            { transaction: { index: 3, hash: null }, weather: [{ '\u00e9': '\ud83c\udf27' }] },
        ]) {
            assert.equal(await response({ ...env, ...more }), plain);
        }
        const backwards = { contract: env.contract, block: env.block };
        assert.equal(await response(backwards, { funds: [], sender: info.sender }), plain);
    });

    it('has a time in nanoseconds, whose seconds count', async () => {
        const time = async (ns) => {
            const env = machine.env();
            env.block.time = ns;
            const answer = JSON.parse(await machine.raw('query', env, { prices: {} }));
            return answer.error ?? JSON.parse(Buffer.from(answer.ok, 'base64').toString()).time;
        };
        assert.equal(await time(`${GENESIS_S}999999999`), GENESIS_S);
        assert.equal(await time('0'), 0);
        assert.equal(await time('999999999'), 0);
        assert.equal(await time('18446744073709551615'), 18446744073);
        assert.equal(await time('18446744073709551616'), '109 out_of_range: env');
        assert.equal(await time('-1'), '108 bad_number: env');
    });

    it('is refused when it is broken', async () => {
        const env = machine.env();
        const cases = [
            ['', info, '107 wrong_type: env'],
            ['{"block":{', info, '100 malformed_json: env'],
            ['[]', info, '107 wrong_type: env'],
            [{ block: env.block }, info, '106 missing_field: env'],
            [{ ...env, block: { height: 1 } }, info, '106 missing_field: env'],
            [env, '{"sender":"', '100 malformed_json: info'],
            [env, { funds: [] }, '106 missing_field: info'],
            [env, { ...info, funds: [{ denom: 'uusdc' }] }, '106 missing_field: info'],
            [env, { ...info, funds: [{ denom: 'uusdc', amount: '-1' }] }, '108 bad_number: info'],
            [env, { ...info, funds: [{ denom: 'uusdc', amount: 1 }] }, '107 wrong_type: info'],
            [env, { ...info, sender: 'a'.repeat(91) }, '205 bad_address'],
        ];
        for (const [around, who, expected] of cases) {
            assert.equal(await response(around, who), JSON.stringify({ error: expected }));
            assert.equal(machine.snapshot, start);
        }
    });

    it('brings several coins at once', async () => {
        const funds = [...coins(ETHER, '0.25'), ...coins(USDC, '7')];
        const { ok } = JSON.parse(
            await response(machine.env(), { ...info, funds }, { deposit: { account: 1 } }),
        );
        assert.deepEqual(
            ok.events.map(({ attributes }) => attributes.slice(1).map(({ value }) => value)),
            [
                ['1', '1', '250000000000000000'],
                ['1', '0', '7000000'],
            ],
        );
    });
});

describe('with gas metering', () => {
    it('gives the same answers', async () => {
        const machine = new Machine();
        await machine.instantiate(address('governance'), INSTANTIATE);
        const metered = new vm.VMInstance(
            machine.backend,
            new vm.Environment(machine.backend.backend_api, 1e15),
        );
        await metered.build(WASM);
        const plain = await machine.raw('query', machine.env(), { config: {} });
        assert.deepEqual(metered.query(machine.env(), { config: {} }), JSON.parse(plain));
        assert.ok(metered.gasUsed > 0);
    });
});
