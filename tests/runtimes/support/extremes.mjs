// plimsoll: tests/runtimes/support/extremes.mjs                     SPDX-License-Identifier: Apache-2.0
// Random calls whose numbers are all inside their ranges, and most of them at the ends of their
// ranges: what a hostile publisher, venue or governance could say.
import { dated, portfolioRisk, surface } from './bad_margin.mjs';
import {
    ETHER,
    ETHER_ASSET,
    LIQUIDATION,
    ORACLE,
    USDC,
    coins,
    market,
    underlying,
} from './house.mjs';
import { address } from './module.mjs';

const OWNERS = ['alice', 'bob', 'dave', 'erin', 'carol', 'poor', 'alice'];

const PRICES = [
    '0.000000000000000001',
    '0.00000001',
    '0.5',
    '1880',
    '1881.123456789012345678',
    '2000',
    '60000',
    '99999999.999999999999999999',
    '100000000',
];
const SIZES = [
    '0.001',
    '1',
    '3.456',
    '1000',
    '1234567.891',
    '9999999999.999',
    '10000000000',
    '0.000000000000000001',
];
const AMOUNTS = [
    '1',
    '999999',
    '1000000',
    '5000000000',
    '100000000000000000',
    `1${'0'.repeat(23)}`,
];
const RATIOS = [
    '0',
    '0.000000000000000001',
    '0.001',
    '0.05',
    '0.1',
    '0.5',
    '0.999999999999999999',
    '1',
];
const EXPIRIES = [1_900_000_000, 2_000_000_000, 253_402_300_799];
const SHORT_OPTION = {
    max_initial: '0.15',
    min_initial: '0.1',
    maintenance_call: '0.075',
    maintenance_put: '0.075',
    maintenance_put_mark: '0.075',
    maintenance_offset: '1.05',
    unpaired_initial: '1.2',
    unpaired_maintenance: '1.1',
};
const WAITS = [0, 1, 30, 60, 121, 660, 3601, 86_400, 30 * 86_400, 1_000_000_000];

/** Calls by how often they come. Each returns a list of [sender, message, funds]. */
const CALLS = [
    [4, deposit],
    [2, withdraw],
    [12, pushAndSettle],
    [4, push],
    [4, liquidate],
    [2, liquidateCollateral],
    [3, (dice) => [['anyone', { resolve: { account: account(dice) } }]]],
    [2, (dice) => [['anyone', { flag: { account: account(dice) } }]]],
    [2, (dice) => [['anyone', { touch: { account: account(dice) } }]]],
    [1, (dice) => [['anyone', { accrue: { market: dice.below(4) } }]]],
    [1, (dice) => [['treasury', { fund_insurance: {} }, usdc(dice)]]],
    [1, buyInventory],
    [2, setMarket],
    [1, setUnderlying],
    [1, setAsset],
    [1, setParams],
    [2, setMode],
    [3, reportOrders],
    [2, setScenarios],
    [2, pushSurface],
    [1, listDated],
].flatMap(([weight, call]) => Array(weight).fill(call));

const account = (dice) => 1 + dice.below(7);
const usdc = (dice) => [{ denom: 'uusdc', amount: dice.pick(AMOUNTS) }];

function deposit(dice) {
    const id = account(dice);
    const funds =
        dice.below(2) === 0 ? usdc(dice) : coins(ETHER, dice.pick(['0.5', '12.25', '50']));
    return [[OWNERS[id - 1], { deposit: { account: id } }, funds]];
}

function withdraw(dice) {
    const id = account(dice);
    const asset = dice.pick([USDC, ETHER]);
    return [[OWNERS[id - 1], { withdraw: { account: id, asset, amount: dice.pick(AMOUNTS) } }]];
}

function settle(dice, state) {
    const followed = dice.pick([0, 0, 1, 2, 4, 5]);
    const index = state.prices[followed] ?? dice.pick(PRICES);
    const fills = Array.from({ length: 1 + dice.below(3) }, () => {
        const buyer = 1 + dice.below(4);
        return {
            market: followed,
            buyer,
            seller: 1 + ((buyer + dice.below(3)) % 4),
            base: dice.pick(SIZES),
            price: index,
        };
    });
    state.nonce += 1;
    return [['venue', { settle_fills: { nonce: state.nonce, fills } }]];
}

/** Prices may only be pushed once a second. */
function pushAndSettle(dice, state) {
    state.time += 1;
    const update = push(dice, state, 1);
    return [...update, ...settle(dice, state)];
}

function push(dice, state, always = dice.below(4)) {
    const prices = [];
    const premiums = [];
    for (let id = 0; id < 3; ++id) {
        if (always > 0) {
            const price = dice.below(3) === 0 ? dice.pick(PRICES) : (state.prices[id] ?? '1880');
            state.prices[id] = price;
            prices.push({ underlying: id, price, confidence: '0', publish_time: state.time });
        }
        if (dice.below(4) === 0) {
            const sign = dice.pick(['', '-']);
            premiums.push({ market: id, premium: sign + dice.pick(PRICES) });
        }
    }
    return [['publisher', { push_prices: { prices, premiums } }]];
}

function liquidate(dice) {
    const buyer = account(dice);
    const sale = {
        account: account(dice),
        market: dice.below(3),
        buyer,
        base_max: dice.pick(SIZES),
    };
    return [[OWNERS[buyer - 1], { liquidate: sale }]];
}

function liquidateCollateral(dice) {
    const buyer = account(dice);
    const sale = { account: account(dice), asset: ETHER, buyer, amount_max: dice.pick(AMOUNTS) };
    return [[OWNERS[buyer - 1], { liquidate_collateral: sale }]];
}

function buyInventory(dice) {
    const buyer = account(dice);
    const purchase = { asset: ETHER, buyer, amount_max: dice.pick(AMOUNTS) };
    return [[OWNERS[buyer - 1], { buy_inventory: purchase }]];
}

function setMarket(dice) {
    const id = dice.below(3);
    const change = {
        lot: dice.pick(['0.000000000000000001', '0.000000000000000001', '0.001', '1', '1000000']),
        fill_band: '0.5',
        premium_max: dice.pick(['0', '0.01', '0.2']),
        premium_window_s: dice.pick([1, 60, 86_400]),
        funding_window_s: dice.pick([60, 28_800, 30 * 86_400]),
        funding_cap: dice.pick(['0', '0.1', '1']),
        open_interest_max: '10000000000',
        loss_cap: dice.pick(RATIOS.slice(0, 6)),
    };
    return [['governance', { set_market: { ...market(id, 'M', id, '1'), ...change } }]];
}

function setUnderlying(dice) {
    const fraction = dice.pick(['0.001', '0.05', '1']);
    const change = {
        initial_fraction: fraction,
        maintenance_fraction: fraction,
        profit_weight: dice.pick(RATIOS),
    };
    return [['governance', { set_underlying: { ...underlying(dice.below(3), 'U'), ...change } }]];
}

function setAsset(dice) {
    const haircut = dice.pick(RATIOS);
    const change = { initial_haircut: haircut, maintenance_haircut: haircut };
    return [['governance', { set_asset: { ...ETHER_ASSET, ...change } }]];
}

function setMode(dice) {
    const id = account(dice);
    const mode = dice.pick(['standard', 'portfolio']);
    return [[OWNERS[id - 1], { set_mode: { account: id, mode } }]];
}

function reportOrders(dice, state) {
    const order = {
        account: account(dice),
        market: dice.below(6),
        bid: dice.pick(['0', ...SIZES]),
        ask: dice.pick(['0', ...SIZES]),
    };
    state.nonce += 1;
    return [['venue', { report_orders: { nonce: state.nonce, orders: [order] } }]];
}

/** Scenarios of one underlying, and correlations without which the next would be refused. */
function setScenarios(dice) {
    const rho = dice.pick(['-1', '0', '0.7', '1']);
    const pairs = [
        { a: 0, b: 1, rho },
        { a: 2, b: 0, rho },
        { a: 1, b: 2, rho },
    ];
    const risk = portfolioRisk(dice.below(3));
    risk.scenarios.push(
        { spot: dice.pick(['0.000000000000000001', '13']), vol: 'up' },
        { spot: '0.5', vol: 'down', damping: dice.pick(['0.000000000000000001', '1']) },
    );
    risk.factor.initial = dice.pick(['0.9', '10']);
    return [
        ['governance', { set_correlation: { band: dice.pick(RATIOS), max_relief: '1', pairs } }],
        ['governance', { set_portfolio_risk: risk }],
    ];
}

function pushSurface(dice, state) {
    state.time += 1;
    const point = surface(state.time, 0, {
        expiry: dice.pick(EXPIRIES),
        forward: dice.pick(PRICES),
        rate: dice.pick(['-10', '0', '10']),
        vol_confidence: dice.pick(RATIOS),
    });
    point.svi.sigma = dice.pick(['0', '0.2', '100']);
    point.svi.forward = dice.pick(PRICES);
    return [['publisher', { push_prices: { prices: [], surfaces: [point] } }]];
}

function listDated(dice, state) {
    const strike = dice.pick(['0', '0.000000000000000001', '2000', '100000000']);
    const option = { kind: 'option', strike, option_type: dice.pick(['call', 'put']) };
    const listed = dated(dice.pick(EXPIRIES), {
        market: state.listed ?? 4,
        lot: '0.000000000000000001',
        fill_band: '0.5',
        open_interest_max: '10000000000',
        ...dice.pick([{}, option, option]),
    });
    state.listed = listed.market + 1;
    return [
        ['governance', { set_underlying: { ...underlying(0, 'U'), option: SHORT_OPTION } }],
        ['governance', { set_market: listed }],
    ];
}

function setParams(dice) {
    const change = {
        buffer: dice.pick(RATIOS.slice(0, 6)),
        share_start: '0',
        share_fast: dice.pick(['0', '0.1']),
        share_max: dice.pick(['0.1', '0.899999999999999999']),
        close_out_notional: dice.pick(['0', '100', '1000000']),
        insurance_reward_cap: dice.pick(['0', '1', '1000000000']),
        insurance_debt_cap: dice.pick(['0', '1', '1000000000']),
    };
    const liquidation = { ...LIQUIDATION, ...change };
    return [['governance', { set_params: { liquidation, oracle: ORACLE } }]];
}

/** The next calls of a hostile world; moves its clock. `state`: {time, nonce, prices}. */
export function extremeCalls(dice, state) {
    if (dice.below(3) === 0) {
        state.time += dice.pick(WAITS.slice(0, dice.below(20) === 0 ? WAITS.length : 6));
    }
    return dice
        .pick(CALLS)(dice, state)
        .map(([sender, message, funds = []]) => [address(sender), message, funds]);
}
