// plimsoll: tests/runtimes/support/chain.mjs                        SPDX-License-Identifier: Apache-2.0
// The contract on cw-simulate's chain: bank balances, native coins, bank messages, roll-back of a
// failed transaction. Every call gets a fresh instance of the module, as on a real chain.
import { PREFIX, WASM, address, simulator } from './module.mjs';
import { GENESIS_S, dumpOf } from './driver.mjs';

export class Chain {
    constructor() {
        const { CWSimulateApp } = simulator();
        this.app = new CWSimulateApp({
            chainId: 'plimsoll-1',
            bech32Prefix: PREFIX,
            debug: () => {},
        });
        this.time = GENESIS_S;
        this.app.time = GENESIS_S * 1e9;
        this.code = this.app.wasm.create(address('governance'), WASM);
        this.contract = undefined;
    }

    /** The contract with an instance that has served nobody. */
    async fresh() {
        this.app.time = this.time * 1e9;
        delete this.app.wasm.contracts[this.contract];
        return this.app.wasm.getContract(this.contract).init();
    }

    async instantiate(sender, message) {
        this.app.time = this.time * 1e9;
        const result = await this.app.wasm.instantiateContract(
            sender,
            [],
            this.code,
            message,
            'plimsoll',
        );
        if (result.err) {
            return { error: result.val };
        }
        this.contract = result.val.events[0].attributes[0].value;
        return this.outcome(result);
    }

    async execute(sender, message, funds = []) {
        await this.fresh();
        const result = await this.app.wasm.executeContract(sender, funds, this.contract, message);
        return result.err ? { error: result.val } : this.outcome(result);
    }

    /** The contract's events without the chain's prefix and address, and what the bank moved. */
    outcome(result) {
        const named = ({ attributes }) =>
            Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
        const events = [];
        const transfers = [];
        for (const event of result.val.events) {
            if (event.type.startsWith('wasm-')) {
                const { _contract_address: _, ...attributes } = named(event);
                events.push({ type: event.type.slice('wasm-'.length), ...attributes });
            } else if (event.type === 'transfer') {
                const { recipient, amount } = named(event);
                transfers.push({ to: recipient, amount: JSON.parse(amount) });
            }
        }
        return { events, transfers };
    }

    async query(message) {
        const result = (await this.fresh()).query(message);
        return result.err ? { error: result.val } : result.val;
    }

    mint(holder, coins) {
        this.app.bank.mint(holder, coins).unwrap();
    }

    balance(holder, denom) {
        const coins = this.app.bank.getBalance(holder);
        return BigInt(coins.find((coin) => coin.denom === denom)?.amount ?? 0);
    }

    storage() {
        return dumpOf([...this.app.wasm.getContractStorage(this.contract).entries()]);
    }
}
