// plimsoll: tests/runtimes/support/bad_trades.mjs                   SPDX-License-Identifier: Apache-2.0
// Trades, prices and liquidations that the house of siege.mjs refuses; the form is
// bad_messages.mjs's.
import { BTC_PERP, ETH, ETHER, ETH_PERP, USDC } from './house.mjs';
import {
    ALICE,
    ALICE_TOO,
    BOB,
    CAROL,
    DAVE,
    ERIN,
    NOBODY,
    OLD_PERP,
    POOR,
    SOL_PERP,
} from './siege.mjs';

const fill = (change) => ({
    market: ETH_PERP,
    buyer: ALICE,
    seller: BOB,
    base: '1',
    price: '1880',
    ...change,
});
export const fills = (change, nonce = 9) => ({ settle_fills: { nonce, fills: [fill(change)] } });
export const liquidate = (change) => ({
    liquidate: { account: ERIN, market: ETH_PERP, buyer: DAVE, base_max: '1', ...change },
});
const buy = (change) => ({
    liquidate_collateral: { account: ERIN, asset: ETHER, buyer: DAVE, amount_max: '1', ...change },
});
export const price = (change) => (now) => ({
    push_prices: {
        prices: [{ underlying: ETH, price: '1880', confidence: '1', publish_time: now, ...change }],
    },
});

const TRADES = [
    ['replays a nonce of its own', 'venue', fills({}, 1), [204, 'nonce_not_increasing', 'nonce 1']],
    ['uses a nonce of zero', 'venue', fills({}, 0), [204, 'nonce_not_increasing', 'nonce 1']],
    [
        'settles nothing',
        'venue',
        { settle_fills: { nonce: 9, fills: [] } },
        [706, 'nothing_to_do', 'fills'],
    ],
    [
        'settles for an account that has not delegated',
        'venue',
        fills({ buyer: ALICE_TOO }),
        [202, 'not_delegated', 'account 7'],
    ],
    [
        'settles on a delegation that has expired',
        'venue',
        fills({ seller: CAROL }),
        [206, 'delegation_expired', 'account 5'],
    ],
    [
        'settles for nobody',
        'venue',
        fills({ buyer: NOBODY }),
        [300, 'no_such_account', 'account 99'],
    ],
    ['settles in no market', 'venue', fills({ market: 60 }), [303, 'no_such_market', 'market 60']],
    [
        'adds risk where positions may only shrink',
        'venue',
        fills({ market: OLD_PERP }),
        [304, 'market_not_active', 'market 3'],
    ],
    [
        'trades what never had a price',
        'venue',
        fills({ market: SOL_PERP }),
        [500, 'no_price', 'underlying 2'],
    ],
    [
        'trades on a stale price',
        'venue',
        fills(),
        [501, 'stale_price', 'underlying 0'],
        { after: 61 },
    ],
    [
        'trades on an uncertain price',
        'venue',
        fills({ market: BTC_PERP, price: '60000' }),
        [502, 'uncertain_price', 'underlying 1'],
    ],
    [
        'fills a raw unit above the band',
        'venue',
        fills({ price: '1974.000000000000000001' }),
        [504, 'outside_fill_band', 'market 0'],
    ],
    [
        'fills a raw unit below the band',
        'venue',
        fills({ price: '1785.999999999999999999' }),
        [504, 'outside_fill_band', 'market 0'],
    ],
    [
        'fills an account with itself',
        'venue',
        fills({ seller: ALICE }),
        [602, 'self_fill', 'account 1'],
    ],
    [
        'fills less than a lot',
        'venue',
        fills({ base: '0.0005' }),
        [603, 'not_whole_lots', 'market 0'],
    ],
    [
        'fills above the open interest cap',
        'venue',
        fills({ base: '993' }),
        [601, 'open_interest_cap', 'market 0'],
    ],
    [
        'fills above the margin of the buyer',
        'venue',
        fills({ base: '30' }),
        [600, 'below_initial_margin', 'account 1'],
    ],
    [
        'settles one good and one bad fill',
        'venue',
        { settle_fills: { nonce: 9, fills: [fill(), fill({ seller: NOBODY })] } },
        [300, 'no_such_account', 'account 99'],
    ],
];

const PRICES = [
    ['replays a price', 'publisher', price(), [503, 'publish_time', 'underlying 0']],
    [
        'publishes an older price',
        'publisher',
        (now) => price({ publish_time: now - 1 })(now),
        [503, 'publish_time', 'underlying 0'],
    ],
    [
        'publishes in the future',
        'publisher',
        (now) => price({ publish_time: now + 1 })(now),
        [503, 'publish_time', 'underlying 0'],
    ],
    [
        'publishes what is not listed',
        'publisher',
        price({ underlying: 9 }),
        [302, 'no_such_underlying', 'underlying 9'],
    ],
    [
        'publishes nothing',
        'publisher',
        { push_prices: { prices: [] } },
        [706, 'nothing_to_do', 'prices'],
    ],
    [
        'publishes a price of zero',
        'publisher',
        price({ price: '0' }),
        [109, 'out_of_range', 'push_prices.prices[0].price'],
    ],
    [
        'publishes a negative price',
        'publisher',
        price({ price: '-1880' }),
        [109, 'out_of_range', 'push_prices.prices[0].price'],
    ],
    [
        'publishes a premium without a price',
        'publisher',
        { push_prices: { prices: [], premiums: [{ market: SOL_PERP, premium: '1' }] } },
        [500, 'no_price', 'market 2'],
    ],
];

const LIQUIDATIONS = [
    [
        'liquidates a healthy account',
        'dave',
        liquidate({ account: ALICE }),
        [700, 'not_liquidatable', 'account 1'],
    ],
    [
        'flags a healthy account',
        'anyone',
        { flag: { account: ALICE } },
        [700, 'not_liquidatable', 'account 1'],
    ],
    [
        'liquidates itself',
        'alice',
        liquidate({ account: ALICE, buyer: ALICE }),
        [704, 'self_liquidation', 'buyer 1'],
    ],
    [
        'liquidates its own other account',
        'alice',
        liquidate({ account: ALICE, buyer: ALICE_TOO }),
        [704, 'self_liquidation', 'buyer 7'],
    ],
    [
        'liquidates an account that has moved',
        'dave',
        liquidate({ nonce: 1 }),
        [701, 'nonce_moved', 'nonce 3'],
    ],
    [
        'asks for a better price than there is',
        'dave',
        liquidate({ worst_price: '1800' }),
        [702, 'price_guard', 'worst_price'],
    ],
    [
        'comes too late',
        'dave',
        (now) => liquidate({ deadline: now - 1 }),
        [703, 'deadline_passed', 'deadline'],
    ],
    [
        'liquidates without margin',
        'poor',
        liquidate({ buyer: POOR }),
        [705, 'buyer_below_initial', 'account 6'],
    ],
    [
        'liquidates a position that is not there',
        'dave',
        liquidate({ market: BTC_PERP }),
        [307, 'no_position', 'market 1'],
    ],
    [
        'liquidates less than a lot',
        'dave',
        liquidate({ base_max: '0.0009' }),
        [706, 'nothing_to_do', 'account 4'],
    ],
    [
        'liquidates on a stale price',
        'dave',
        liquidate(),
        [501, 'stale_price', 'underlying 0'],
        { after: 121 },
    ],
    [
        'liquidates nobody',
        'dave',
        liquidate({ account: NOBODY }),
        [300, 'no_such_account', 'account 99'],
    ],
    [
        'buys collateral of an account that owes nothing',
        'dave',
        buy(),
        [708, 'debt_not_due', 'account 4'],
    ],
    [
        'buys the quote as collateral',
        'dave',
        buy({ asset: USDC }),
        [308, 'no_collateral', 'account 4'],
    ],
    ['buys what is not listed', 'dave', buy({ asset: 9 }), [301, 'no_such_asset', 'asset 9']],
    [
        'resolves while keepers may bid',
        'anyone',
        { resolve: { account: ERIN } },
        [707, 'auction_running', 'account 4'],
    ],
    [
        'resolves a healthy account',
        'anyone',
        { resolve: { account: BOB } },
        [700, 'not_liquidatable', 'account 2'],
    ],
    [
        'buys inventory that is not there',
        'dave',
        { buy_inventory: { asset: ETHER, buyer: DAVE, amount_max: '1' } },
        [706, 'nothing_to_do', 'asset 1'],
    ],
    [
        'touches an account without positions',
        'anyone',
        { touch: { account: POOR } },
        [706, 'nothing_to_do', 'account 6'],
    ],
];

export const BAD_TRADES = [...TRADES, ...PRICES, ...LIQUIDATIONS];
