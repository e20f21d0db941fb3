// plimsoll: tests/runtimes/support/siege.mjs                        SPDX-License-Identifier: Apache-2.0
// A house with one of each thing that a bad message can be about, for the tests that try to break
// it.
import { BTC, BTC_PERP, ETH, ETHER, ETH_PERP, House, USDC, market, underlying } from './house.mjs';
import { address } from './module.mjs';

/** An underlying that never had a price, and its market. */
export const SOL = 2;
export const SOL_PERP = 2;
/** A market that only lets positions shrink. */
export const OLD_PERP = 3;

/** Account numbers. */
export const [ALICE, BOB, DAVE, ERIN, CAROL, POOR, ALICE_TOO] = [1, 2, 3, 4, 5, 6, 7];
export const NOBODY = 99;

/**
 * alice (1), bob (2) and dave (3) are sound; erin (4) is below maintenance and flagged; carol's (5)
 * delegation has expired; poor (6) owns nothing; alice owns a second account (7), which has not
 * delegated. The price of BTC is too uncertain to trade on.
 */
export async function besieged(driver) {
    const house = new House(driver);
    await house.instantiate();
    await house.list();
    await house.send('governance', { set_underlying: underlying(SOL, 'SOL') });
    await house.send('governance', { set_market: market(SOL_PERP, 'SOL-PERP', SOL, '1') });
    await house.send('governance', {
        set_market: { ...market(OLD_PERP, 'OLD-PERP', ETH, '0.001'), status: 'reduce_only' },
    });
    await house.grant();
    await house.open('alice', [USDC, '5000']);
    await house.open('bob', [USDC, '100000']);
    await house.open('dave', [USDC, '30000']);
    // Ether is taken in only while its price is fit to trade on.
    await house.push([[ETH, '2000']]);
    await house.open('erin', [USDC, '830'], [ETHER, '0.01']);
    await house.open('carol', [USDC, '1000']);
    await house.open('poor');
    await house.send('carol', {
        delegate: { account: 5, venue: address('venue'), expires: driver.time + 10 },
    });
    await house.send('alice', { open_account: {} });
    house.pass(60);
    await house.push([
        [ETH, '2000'],
        [BTC, '60000'],
    ]);
    await house.settle(
        [ETH_PERP, 'alice', 'bob', '4', '2000'],
        [ETH_PERP, 'erin', 'bob', '4', '2000'],
        [BTC_PERP, 'dave', 'bob', '0.01', '60000'],
    );
    house.pass(30);
    const { push_prices: update } = house.prices([
        [ETH, '1880'],
        [BTC, '60000'],
    ]);
    update.prices[BTC].confidence = '1200.000000000000000001';
    await house.send('publisher', { push_prices: update });
    await house.send('anyone', { flag: { account: house.accounts.get('erin') } });
    return house;
}
