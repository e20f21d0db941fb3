// plimsoll: tests/runtimes/cw20.test.mjs                            SPDX-License-Identifier: Apache-2.0
// Tokens of a CW20 contract as collateral. The contract is played here: it keeps balances as cw20-base
// does, tells the house of what it is sent, and takes the transfers that the house's answers carry.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';

import { ETH, ETHER_ASSET, House } from './support/house.mjs';
import { Machine } from './support/machine.mjs';
import { address } from './support/module.mjs';

const WETH = 2;

/** Balances, and the two messages by which they move. */
class Token {
    constructor(machine, name) {
        this.machine = machine;
        this.address = address(name);
        this.balances = new Map();
    }

    balance(holder) {
        return this.balances.get(holder) ?? 0n;
    }

    move(from, to, amount) {
        assert.ok(this.balance(from) >= amount, 'Cannot Sub with given operands');
        this.balances.set(from, this.balance(from) - amount);
        this.balances.set(to, this.balance(to) + amount);
    }

    /** cw20-base's `send`: moves the tokens, then calls the receiver; all of it or nothing. */
    async send(sender, amount, wanted) {
        const before = new Map(this.balances);
        this.move(sender, this.machine.contract, amount);
        const msg = Buffer.from(JSON.stringify(wanted)).toString('base64');
        const outcome = await this.machine.execute(this.address, {
            receive: { sender, amount: String(amount), msg },
        });
        if (outcome.error !== undefined) {
            this.balances = before;
        }
        return outcome;
    }

    /** What the house's answer has this contract do. */
    take({ id, msg, gas_limit, reply_on }) {
        assert.deepEqual({ id, gas_limit, reply_on }, { id: 0, gas_limit: null, reply_on: 'never' });
        assert.deepEqual(Object.keys(msg), ['wasm']);
        const { contract_addr, msg: encoded, funds } = msg.wasm.execute;
        assert.deepEqual(Object.keys(msg.wasm.execute), ['contract_addr', 'msg', 'funds']);
        assert.equal(contract_addr, this.address);
        assert.deepEqual(funds, []);
        const message = JSON.parse(Buffer.from(encoded, 'base64').toString());
        assert.deepEqual(Object.keys(message), ['transfer']);
        const { recipient, amount, ...others } = message.transfer;
        assert.deepEqual(others, {});
        this.move(this.machine.contract, recipient, BigInt(amount));
    }
}

describe('tokens of a CW20 contract', () => {
    let machine;
    let house;
    let token;

    beforeEach(async () => {
        machine = new Machine();
        house = new House(machine);
        token = new Token(machine, 'weth');
        await house.instantiate();
        await house.list();
        await house.grant();
        await house.push([[ETH, '2000']]);
        // From here on past the house's helper, whose books know no token of a contract.
        const denom = `cw20:${token.address}`;
        const listed = { ...ETHER_ASSET, asset: WETH, denom, symbol: 'WETH' };
        const { error } = await machine.execute(address('governance'), { set_asset: listed });
        assert.equal(error, undefined);
        await machine.execute(address('alice'), { open_account: {} });
        token.balances.set(address('alice'), 5n * 10n ** 18n);
    });

    const collateral = async () => (await machine.query({ account: { account: 1 } })).collateral;
    const withdraw = async (amount) => {
        const info = { sender: address('alice'), funds: [] };
        const message = { withdraw: { account: 1, asset: WETH, amount } };
        return JSON.parse(await machine.raw('execute', machine.env(), info, message));
    };

    it('come in by the message of their contract and leave by its transfer', async () => {
        const { events } = await token.send(address('alice'), 3n * 10n ** 18n, {
            deposit: { account: 1 },
        });
        assert.deepEqual(
            events.map(({ type, account, asset, amount }) => [type, account, asset, amount]),
            [['deposited', '1', String(WETH), '3000000000000000000']],
        );
        assert.deepEqual(await collateral(), [{ asset: WETH, amount: '3000000000000000000' }]);
        const { ok } = await withdraw('1000000000000000000');
        assert.equal(ok.messages.length, 1);
        token.take(ok.messages[0]);
        assert.equal(token.balance(address('alice')), 3n * 10n ** 18n);
        assert.equal(token.balance(machine.contract), 2n * 10n ** 18n);
        assert.deepEqual(await collateral(), [{ asset: WETH, amount: '2000000000000000000' }]);
    });

    it('are announced by nobody else, and by no coin of the bank', async () => {
        const before = machine.storage();
        const msg = Buffer.from('{"deposit":{"account":1}}').toString('base64');
        const receive = { receive: { sender: address('alice'), amount: '1', msg } };
        const alice = await machine.execute(address('alice'), receive);
        assert.equal(alice.error, `200 unauthorized: ${address('alice')}`);
        const denom = `cw20:${token.address}`;
        const coin = await machine.execute(address('alice'), { deposit: { account: 1 } }, [
            { denom, amount: '1' },
        ]);
        assert.equal(coin.error, `401 unknown_denom: ${denom}`);
        assert.equal(machine.storage(), before);
    });

    it('go back to their owner when what they are sent for is refused', async () => {
        token.balances.set(address('bob'), 10n);
        const before = machine.storage();
        const { error } = await token.send(address('bob'), 10n, { deposit: { account: 1 } });
        assert.equal(error, '201 not_owner: account 1');
        assert.equal(token.balance(address('bob')), 10n);
        const other = await token.send(address('alice'), 1n, { fund_insurance: {} });
        assert.equal(other.error, `401 unknown_denom: cw20:${token.address}`);
        assert.equal(machine.storage(), before);
    });
});
