// plimsoll: tests/runtimes/support/bad_margin.mjs                   SPDX-License-Identifier: Apache-2.0
// What the house of siege.mjs refuses of margin modes, open orders, dated markets, surfaces, scenarios
// and correlation; the form is bad_messages.mjs's. And samples of what it would take.
import { BTC, BTC_PERP, ETH, ETHER_ASSET, ETH_PERP, market, underlying } from './house.mjs';
import { address } from './module.mjs';
import { ALICE, ALICE_TOO, BOB, CAROL, DAVE, ERIN, NOBODY } from './siege.mjs';

const levels = (initial, maintenance) => ({ initial, maintenance });

/** Scenarios of an underlying, as set_portfolio_risk takes them. */
export function portfolioRisk(id) {
    return {
        underlying: id,
        scenarios: [
            { spot: '1.15', vol: 'up' },
            { spot: '0.85', vol: 'down' },
            { spot: '2', vol: 'none', damping: '0.2' },
            { spot: '1', vol: 'skew_abs' },
        ],
        vol_shock: {
            range_up: '0.45',
            range_down: '0.3',
            short_power: '0.3',
            long_power: '0.13',
            floor_days: '1',
            min_vol_up: '0.35',
        },
        skew_shock: {
            linear_cap: '0.2',
            linear_slope: '-0.06',
            abs_cap: '0.2',
            abs_slope: '-0.05',
            min_width: '0.01',
            width_scale: '4',
            vol_static: '0.9',
            vol_slope: '-0.2',
        },
        basis: { up: '1.04', down: '0.96', add: '0.25', mult: '1.2' },
        discount: {
            long_base: '0.96',
            long_rate_mult: '0.5',
            long_rate_add: '0.1',
            short_base: '1.03',
            short_rate_mult: '0.5',
            short_rate_add: '0.1',
        },
        factor: levels('1.1', '0.9'),
        perp_contingency: levels('0.03', '0.02'),
        future_contingency: levels('0.015', '0.01'),
        option_contingency: levels('0.006', '0.004'),
        confidence: { threshold: '0.6', factor: '0.8' },
        depeg: { threshold: '0.985', factor: '3' },
    };
}

/** A surface of an expiry in `days`, published now. */
export const surface = (now, days, change = {}) => ({
    underlying: ETH,
    expiry: now + days * 86_400,
    publish_time: now,
    forward: '1890',
    rate: '0.05',
    svi: {
        a: '0.01',
        b: '0.1',
        rho: '-0.3',
        m: '0.05',
        sigma: '0.2',
        forward: '1890',
        tau: '0.25',
    },
    ...change,
});

/** A future, or with a strike an option, that is next to be listed. */
export function dated(expiry, change = {}) {
    const { premium_max, premium_window_s, funding_window_s, funding_cap, ...rest } = market(
        4,
        'DATED',
        ETH,
        '0.001',
    );
    return { ...rest, kind: 'future', expiry, ...change };
}

const surfaces = (days, change) => (now) => ({
    push_prices: { prices: [], surfaces: [surface(now, days, change)] },
});
const orders = (account, change = {}, nonce = 9) => ({
    report_orders: {
        nonce,
        orders: [{ account, market: ETH_PERP, bid: '1', ask: '0', ...change }],
    },
});
const risk = (change) => ({ set_portfolio_risk: { ...portfolioRisk(ETH), ...change } });
const pairs = (...list) => ({ set_correlation: { band: '0.3', max_relief: '0.8', pairs: list } });
const pair = { a: ETH, b: BTC, rho: '0.8' };

const MODES_AND_ORDERS = [
    [
        'opens an account in no mode',
        'alice',
        { open_account: { mode: 'both' } },
        [109, 'out_of_range', 'open_account.mode'],
    ],
    [
        'sets the mode of another',
        'bob',
        { set_mode: { account: ALICE, mode: 'portfolio' } },
        [201, 'not_owner', 'account 1'],
    ],
    [
        'sets the mode that it is in',
        'alice',
        { set_mode: { account: ALICE, mode: 'standard' } },
        [706, 'nothing_to_do', 'mode'],
    ],
    [
        'leaves standard mode without scenarios',
        'alice',
        { set_mode: { account: ALICE, mode: 'portfolio' } },
        [313, 'no_portfolio_risk', 'account 1'],
    ],
    [
        'reports orders without being a venue',
        'alice',
        orders(ALICE),
        [200, 'unauthorized', address('alice')],
    ],
    [
        'reports no orders',
        'venue',
        { report_orders: { nonce: 9, orders: [] } },
        [706, 'nothing_to_do', 'orders'],
    ],
    [
        'reports orders with an old nonce',
        'venue',
        orders(ALICE, {}, 1),
        [204, 'nonce_not_increasing', 'nonce 1'],
    ],
    ['reports orders of nobody', 'venue', orders(NOBODY), [300, 'no_such_account', 'account 99']],
    [
        'reports orders of a stranger',
        'venue',
        orders(ALICE_TOO),
        [202, 'not_delegated', 'account 7'],
    ],
    [
        'reports orders after its time',
        'venue',
        orders(CAROL),
        [206, 'delegation_expired', 'account 5'],
    ],
    [
        'reports orders of no market',
        'venue',
        orders(ALICE, { market: 60 }),
        [303, 'no_such_market', 'market 60'],
    ],
    [
        'reports orders of an account below initial',
        'venue',
        orders(ERIN),
        [600, 'below_initial_margin', 'account 4'],
    ],
    [
        'reports orders at an uncertain price',
        'venue',
        orders(BOB, { market: BTC_PERP }),
        [502, 'uncertain_price', 'underlying 1'],
    ],
    [
        'reports less than nothing',
        'venue',
        orders(DAVE, { ask: '-1' }),
        [109, 'out_of_range', 'report_orders.orders[0].ask'],
    ],
];

const SURFACES = [
    ['publishes a surface of the past', 'publisher', surfaces(0, {}), [316, 'expired', 'expiry']],
    [
        'publishes a surface from the future',
        'publisher',
        (now) => surfaces(1, { publish_time: now + 1 })(now),
        [503, 'publish_time', 'underlying 0'],
    ],
    [
        'publishes a surface of nothing',
        'publisher',
        surfaces(1, { underlying: 9 }),
        [302, 'no_such_underlying', 'underlying 9'],
    ],
    [
        'publishes a rate beyond all',
        'publisher',
        surfaces(1, { rate: '10.1' }),
        [109, 'out_of_range', 'underlying 0'],
    ],
    [
        'publishes a smile that frowns',
        'publisher',
        (now) => surfaces(1, { svi: { ...surface(now, 1).svi, a: '-1' } })(now),
        [505, 'surface_domain', 'underlying 0'],
    ],
];

const GOVERNANCE = [
    [
        'sets scenarios without being governance',
        'alice',
        risk({}),
        [200, 'unauthorized', address('alice')],
    ],
    [
        'sets no scenarios',
        'governance',
        risk({ scenarios: [] }),
        [800, 'parameter_bounds', 'scenarios'],
    ],
    [
        'sets scenarios to one side',
        'governance',
        risk({ scenarios: [{ spot: '1.1', vol: 'up' }] }),
        [801, 'parameters_disagree', 'scenarios'],
    ],
    [
        'lets maintenance pass initial',
        'governance',
        risk({ factor: levels('1', '1.1') }),
        [801, 'parameters_disagree', 'factor'],
    ],
    [
        'sets forty-one scenarios',
        'governance',
        risk({ scenarios: Array(41).fill({ spot: '1', vol: 'up' }) }),
        [110, 'too_many_items', 'set_portfolio_risk.scenarios'],
    ],
    [
        'correlates with itself',
        'governance',
        pairs({ ...pair, b: ETH }),
        [801, 'parameters_disagree', 'pairs 0'],
    ],
    [
        'correlates twice',
        'governance',
        pairs(pair, { ...pair, a: BTC, b: ETH }),
        [801, 'parameters_disagree', 'pairs 1'],
    ],
    [
        'correlates beyond one',
        'governance',
        pairs({ ...pair, rho: '1.1' }),
        [800, 'parameter_bounds', 'rho'],
    ],
    [
        'correlates with what is not listed',
        'governance',
        pairs({ ...pair, b: 9 }),
        [302, 'no_such_underlying', 'underlying 9'],
    ],
    [
        'lets collateral cancel risk without scenarios',
        'governance',
        { set_asset: { ...ETHER_ASSET, risk_cancelling: true } },
        [313, 'no_portfolio_risk', 'underlying 0'],
    ],
    [
        'lists an option where short ones need nothing',
        'governance',
        (now) => ({ set_market: dated(now + 86_400, { kind: 'option', strike: '2000' }) }),
        [314, 'no_option_params', 'underlying 0'],
    ],
    [
        'lists a future that has expired',
        'governance',
        (now) => ({ set_market: dated(now) }),
        [316, 'expired', 'expiry'],
    ],
    [
        'lists a future with a strike',
        'governance',
        (now) => ({ set_market: dated(now + 86_400, { strike: '1' }) }),
        [801, 'parameters_disagree', 'strike'],
    ],
    [
        'makes a future of a perpetual',
        'governance',
        (now) => ({ set_market: { ...dated(now + 86_400), market: ETH_PERP } }),
        [312, 'fixed_field', 'kind'],
    ],
    [
        'asks less of a short call at initial',
        'governance',
        {
            set_underlying: {
                ...underlying(ETH, 'ETH'),
                option: {
                    max_initial: '0.15',
                    min_initial: '0.1',
                    maintenance_call: '0.11',
                    maintenance_put: '0.075',
                    maintenance_put_mark: '0.075',
                    maintenance_offset: '1.05',
                    unpaired_initial: '1.2',
                    unpaired_maintenance: '1.1',
                },
            },
        },
        [801, 'parameters_disagree', 'option.maintenance_call'],
    ],
];

export const BAD_MARGIN = [...MODES_AND_ORDERS, ...SURFACES, ...GOVERNANCE];
