// plimsoll: tests/runtimes/support/machine.mjs                      SPDX-License-Identifier: Apache-2.0
// The contract in cosmwasm-vm-js, without a chain around it: messages go in as raw bytes, responses
// come out as text. Keeps a ledger of tokens of its own, so that whatever runs on a chain runs
// here.
import { PREFIX, WASM, address, vm } from './module.mjs';
import { GENESIS_S, NANOSECONDS, dumpOf } from './driver.mjs';

/** Text or a message to the bytes that travel. */
export function bytesOf(message) {
    if (message instanceof Uint8Array) {
        return message;
    }
    return new TextEncoder().encode(
        typeof message === 'string' ? message : JSON.stringify(message),
    );
}

export class Machine {
    /** With `reuse` one instance serves all calls; a chain takes a fresh one for each. */
    constructor({ reuse = false } = {}) {
        this.reuse = reuse;
        this.contract = address('contract');
        this.time = GENESIS_S;
        this.height = 1;
        this.backend = {
            backend_api: new vm.BasicBackendApi(PREFIX),
            storage: new vm.BasicKVIterStorage(),
            querier: new vm.BasicQuerier(),
        };
        this.instance = undefined;
        this.ledger = new Map();
        this.responses = [];
    }

    env() {
        return {
            block: {
                height: this.height,
                time: String(BigInt(this.time) * NANOSECONDS),
                chain_id: 'plimsoll-1',
            },
            contract: { address: this.contract },
        };
    }

    async fresh() {
        if (!this.reuse || this.instance === undefined) {
            this.instance = new vm.VMInstance(this.backend);
            await this.instance.build(WASM, 'module under test');
        }
        return this.instance;
    }

    /**
     * Calls an entry point with the bytes of its arguments and returns the text of its response.
     * Regions are written here: the package counts UTF-16 units where it must count bytes.
     */
    async raw(entry, ...args) {
        const instance = await this.fresh();
        const regions = args.map((arg) => instance.allocate_bytes(bytesOf(arg)).ptr);
        const response = instance.region(instance.exports[entry](...regions)).str;
        this.responses.push(response);
        return response;
    }

    async instantiate(sender, message) {
        return this.submit('instantiate', sender, message, []);
    }

    async execute(sender, message, funds = []) {
        return this.submit('execute', sender, message, funds);
    }

    async submit(entry, sender, message, funds) {
        this.height += 1;
        const response = JSON.parse(await this.raw(entry, this.env(), { sender, funds }, message));
        if ('error' in response) {
            return { error: response.error };
        }
        const transfers = response.ok.messages.map(({ msg }) => ({
            to: msg.bank.send.to_address,
            amount: msg.bank.send.amount,
        }));
        this.move(sender, this.contract, funds);
        for (const { to, amount } of transfers) {
            this.move(this.contract, to, amount);
        }
        const events = response.ok.events.map(({ type, attributes }) => ({
            type,
            ...Object.fromEntries(attributes.map(({ key, value }) => [key, value])),
        }));
        return { events, transfers };
    }

    async query(message) {
        const response = JSON.parse(await this.raw('query', this.env(), message));
        if ('error' in response) {
            return { error: response.error };
        }
        return JSON.parse(Buffer.from(response.ok, 'base64').toString('ascii'));
    }

    mint(holder, coins) {
        for (const { denom, amount } of coins) {
            this.ledger.set(`${holder} ${denom}`, this.balance(holder, denom) + BigInt(amount));
        }
    }

    move(from, to, coins) {
        for (const { denom, amount } of coins) {
            const left = this.balance(from, denom) - BigInt(amount);
            if (left < 0n) {
                throw new Error(`${from} lacks ${-left} ${denom}`);
            }
            this.ledger.set(`${from} ${denom}`, left);
            this.ledger.set(`${to} ${denom}`, this.balance(to, denom) + BigInt(amount));
        }
    }

    balance(holder, denom) {
        return this.ledger.get(`${holder} ${denom}`) ?? 0n;
    }

    /** The whole storage as one text. */
    storage() {
        const entries = [...this.backend.storage.dict.entries()];
        return dumpOf(entries.map((entry) => entry.map((base64) => Buffer.from(base64, 'base64'))));
    }

    /** The storage as a value that can be put back. */
    get snapshot() {
        return this.backend.storage.dict;
    }

    set snapshot(dict) {
        this.backend.storage.dict = dict;
    }
}
