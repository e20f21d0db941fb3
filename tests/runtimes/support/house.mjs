// plimsoll: tests/runtimes/support/house.mjs                        SPDX-License-Identifier: Apache-2.0
// A clearinghouse with two underlyings, two markets and ETH as collateral, and the people who use
// it. After every call that succeeds the books are checked; see books.mjs.
import assert from 'node:assert/strict';

import { checkBooks } from './books.mjs';
import { tokens } from './decimal.mjs';
import { address } from './module.mjs';

export const ROLE = { governance: 1, guardian: 2, publisher: 4, venue: 8 };
export const PAUSE = { open_account: 1, withdraw: 2, settle_fills: 4, push_prices: 8 };

/** Numbers under which things are listed. */
export const USDC = 0;
export const ETHER = 1;
export const ETH = 0;
export const BTC = 1;
export const ETH_PERP = 0;
export const BTC_PERP = 1;

export const TOKENS = [
    { denom: 'uusdc', decimals: 6 },
    { denom: 'aeth', decimals: 18 },
];

export const LIQUIDATION = {
    buffer: '0.1',
    share_start: '0.05',
    share_fast: '0.2',
    share_max: '0.5',
    fee_share: '0.1',
    fast_s: 60,
    slow_s: 600,
    cool_s: 600,
    close_out_notional: '100',
    insurance_reward_cap: '50',
};

export const ORACLE = {
    max_age_trade_s: 60,
    max_age_liquidation_s: 120,
    failed_after_s: 3600,
    max_confidence: '0.02',
};

export const INSTANTIATE = {
    governance: address('governance'),
    quote: { denom: TOKENS[USDC].denom, decimals: TOKENS[USDC].decimals, symbol: 'USDC' },
    liquidation: LIQUIDATION,
    oracle: ORACLE,
};

export function underlying(id, symbol) {
    return {
        underlying: id,
        symbol,
        initial_fraction: '0.1',
        maintenance_fraction: '0.05',
        profit_weight: '0.5',
    };
}

export function market(id, symbol, followed, lot) {
    return {
        market: id,
        symbol,
        underlying: followed,
        lot,
        fill_band: '0.05',
        premium_max: '0.01',
        premium_window_s: 60,
        funding_window_s: 28800,
        funding_cap: '0.1',
        open_interest_max: '1000',
        loss_cap: '0.05',
        status: 'active',
    };
}

export const ETHER_ASSET = {
    asset: ETHER,
    denom: TOKENS[ETHER].denom,
    symbol: 'ETH',
    decimals: TOKENS[ETHER].decimals,
    underlying: ETH,
    initial_haircut: '0.15',
    maintenance_haircut: '0.1',
    deposit_cap: tokens('100', TOKENS[ETHER].decimals),
};

/** "1.5" of an asset as coins that travel with a message. */
export function coins(asset, amount) {
    const { denom, decimals } = TOKENS[asset];
    return [{ denom, amount: tokens(amount, decimals) }];
}

export class House {
    constructor(driver) {
        this.driver = driver;
        this.accounts = new Map();
        this.nonce = 0;
        this.checked = 0;
        this.events = 0;
        this.mints = [];
    }

    /** New coins for a name, outside the house. */
    mint(name, funds) {
        this.driver.mint(address(name), funds);
        this.mints.push(...funds.map(({ denom, amount }) => ({ denom, amount: BigInt(amount) })));
    }

    /** Sends a message that must succeed; its outcome. Checks the books. */
    async send(name, message, funds = []) {
        const outcome = await this.driver.execute(address(name), message, funds);
        assert.equal(outcome.error, undefined, `${name}: ${JSON.stringify(message)}`);
        this.count(outcome.events);
        await checkBooks(this.driver, TOKENS);
        this.checked += 1;
        return outcome;
    }

    /** Events carry one sequence for the life of the contract: nobody who listens can miss one. */
    count(events) {
        for (const { seq } of events) {
            this.events += 1;
            assert.equal(seq, String(this.events), 'seq');
        }
    }

    /** Sends a message that must be refused with that text and change nothing. */
    async refused(name, message, expected, funds = []) {
        const before = this.driver.storage();
        const outcome = await this.driver.execute(address(name), message, funds);
        assert.equal(outcome.error, expected);
        assert.equal(this.driver.storage(), before, 'a refused message has changed the storage');
        await checkBooks(this.driver, TOKENS);
    }

    async ask(query) {
        const answer = await this.driver.query(query);
        assert.equal(answer.error, undefined, JSON.stringify(query));
        return answer;
    }

    account(name) {
        return this.ask({ account: { account: this.accounts.get(name) } });
    }

    health(name) {
        return this.ask({ health: { account: this.accounts.get(name) } });
    }

    pass(seconds) {
        this.driver.time += seconds;
    }

    async instantiate() {
        const outcome = await this.driver.instantiate(address('governance'), INSTANTIATE);
        assert.equal(outcome.error, undefined);
        this.count(outcome.events);
        return outcome;
    }

    async list() {
        await this.send('governance', { set_underlying: underlying(ETH, 'ETH') });
        await this.send('governance', { set_underlying: underlying(BTC, 'BTC') });
        await this.send('governance', { set_asset: ETHER_ASSET });
        await this.send('governance', { set_market: market(ETH_PERP, 'ETH-PERP', ETH, '0.001') });
        await this.send('governance', { set_market: market(BTC_PERP, 'BTC-PERP', BTC, '0.0001') });
    }

    async grant() {
        for (const [name, roles] of Object.entries(ROLE)) {
            if (name !== 'governance') {
                await this.send('governance', { set_role: { address: address(name), roles } });
            }
        }
    }

    /** Opens an account for a name, deposits into it, and lets the venue trade for it. */
    async open(name, ...deposits) {
        const { events } = await this.send(name, { open_account: {} });
        const account = Number(events[0].account);
        this.accounts.set(name, account);
        for (const [asset, amount] of deposits) {
            await this.deposit(name, asset, amount);
        }
        await this.send(name, { delegate: { account, venue: address('venue') } });
        return account;
    }

    async deposit(name, asset, amount) {
        const funds = coins(asset, amount);
        this.mint(name, funds);
        return this.send(name, { deposit: { account: this.accounts.get(name) } }, funds);
    }

    async withdraw(name, asset, amount) {
        return this.send(name, this.withdrawal(name, asset, amount));
    }

    withdrawal(name, asset, amount) {
        const base = tokens(amount, TOKENS[asset].decimals);
        return { withdraw: { account: this.accounts.get(name), asset, amount: base } };
    }

    /** Publishes prices of now: [[ETH, '2000'], ...]. */
    async push(prices, premiums) {
        return this.send('publisher', this.prices(prices, premiums));
    }

    prices(prices, premiums) {
        const message = {
            prices: prices.map(([id, price]) => ({
                underlying: id,
                price,
                confidence: '1',
                publish_time: this.driver.time,
            })),
        };
        if (premiums !== undefined) {
            message.premiums = premiums.map(([id, premium]) => ({ market: id, premium }));
        }
        return { push_prices: message };
    }

    /** Settles fills under the next nonce: [[market, buyer, seller, base, price], ...]. */
    async settle(...fills) {
        this.nonce += 1;
        return this.send('venue', this.fills(this.nonce, ...fills));
    }

    fills(nonce, ...fills) {
        return {
            settle_fills: {
                nonce,
                fills: fills.map(([id, buyer, seller, base, price]) => ({
                    market: id,
                    buyer: this.accounts.get(buyer),
                    seller: this.accounts.get(seller),
                    base,
                    price,
                })),
            },
        };
    }

    liquidation(name, id, buyer, base, guards = {}) {
        return {
            liquidate: {
                account: this.accounts.get(name),
                market: id,
                buyer: this.accounts.get(buyer),
                base_max: base,
                ...guards,
            },
        };
    }

    /** Quote tokens of a name outside the house. */
    purse(name, asset = USDC) {
        return this.driver.balance(address(name), TOKENS[asset].denom);
    }
}
