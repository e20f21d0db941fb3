// plimsoll: tests/runtimes/support/books.mjs                        SPDX-License-Identifier: Apache-2.0
// Conservation, from queries and bank balances alone: what anyone on the chain can check.
import assert from 'node:assert/strict';

import { raw, sum } from './decimal.mjs';

/**
 * Rounding against accounts leaves a residue in a market. With sizes of everyday use it stays far
 * below a base unit of the quote: a raw unit of money or so a unit of open interest and event.
 */
const RESIDUE_MAX = 10n ** 6n;

/** Roundings of one position that its next touch adds to the dust bound of its side. */
const STAGES_MAX = 8n;

export async function checkBooks(driver, tokens, residueMax = RESIDUE_MAX) {
    const state = await driver.query({ state: {} });
    assert.equal(state.error, undefined);
    const accounts = [];
    for (let account = 1; account <= state.accounts; ++account) {
        accounts.push(await driver.query({ account: { account } }));
    }
    checkTokens(driver, tokens, state, accounts);
    checkQuote(tokens, state, accounts);
    for (const market of state.markets) {
        await checkMarket(driver, market, accounts, residueMax);
    }
}

/** The bank says what the house says; what the house holds belongs to somebody. */
function checkTokens(driver, tokens, state, accounts) {
    for (const { asset, held, inventory } of state.assets) {
        const inBank = driver.balance(driver.contract, tokens[asset].denom);
        assert.equal(inBank, BigInt(held), `asset ${asset}: bank and house`);
        if (asset === 0) {
            continue;
        }
        const amounts = accounts
            .flatMap(({ collateral }) => collateral)
            .filter((entry) => entry.asset === asset)
            .map(({ amount }) => BigInt(amount));
        assert.equal(sum(amounts) + BigInt(inventory), BigInt(held), `asset ${asset}: owners`);
    }
}

/** Cash of all accounts + insurance - open deficit - what markets have paid out = quote held. */
function checkQuote(tokens, state, accounts) {
    const claims =
        sum(accounts.map(({ cash }) => raw(cash))) +
        raw(state.insurance) -
        raw(state.open_deficit) -
        sum(state.markets.map((market) => raw(market.paid_out)));
    const scale = 10n ** BigInt(18 - tokens[0].decimals);
    assert.equal(claims, BigInt(state.assets[0].held) * scale, 'quote: claims and tokens');
}

/** Positions sum to zero but for residue and dust, both the house's and never negative. */
async function checkMarket(driver, { market, open_interest, paid_out }, accounts, residueMax) {
    const positions = accounts
        .flatMap((account) => account.positions)
        .filter((position) => position.market === market);
    const bases = positions.map(({ base }) => raw(base));
    const residue = -sum(positions.map(({ quote }) => raw(quote))) - raw(paid_out);
    const dust = -sum(bases);
    const sides = await driver.query({ market: { market } });
    assert.ok(residue >= 0n && residue <= residueMax, `market ${market}: residue ${residue}`);
    assert.ok(dust >= 0n, `market ${market}: dust ${dust}`);
    const unrounded = BigInt(positions.length) * STAGES_MAX;
    assert.ok(
        dust <= raw(sides.long.dust) + raw(sides.short.dust) + unrounded,
        `market ${market}: dust ${dust} above its bound`,
    );
    const longs = sum(bases.filter((base) => base > 0n));
    const shorts = -sum(bases.filter((base) => base < 0n));
    assert.ok(longs <= raw(open_interest), `market ${market}: longs above open interest`);
    assert.ok(shorts >= raw(open_interest), `market ${market}: shorts below open interest`);
}
