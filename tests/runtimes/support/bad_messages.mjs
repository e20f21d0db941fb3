// plimsoll: tests/runtimes/support/bad_messages.mjs                 SPDX-License-Identifier: Apache-2.0
// [title, sender, message, [number, name, detail], {funds, after}]: messages that are well said but
// may not be done in the house of siege.mjs. A message may be a function of the time; `after` is
// how many seconds later it is sent.
import { BAD_MARGIN } from './bad_margin.mjs';
import { BAD_TRADES, fills, liquidate, price } from './bad_trades.mjs';
import {
    BTC,
    ETH,
    ETHER,
    ETHER_ASSET,
    ETH_PERP,
    LIQUIDATION,
    ORACLE,
    USDC,
    coins,
    market,
    underlying,
} from './house.mjs';
import { address } from './module.mjs';
import { ALICE, ERIN, NOBODY } from './siege.mjs';

const withdraw = (account, asset, amount) => ({ withdraw: { account, asset, amount } });
const unauthorized = (name) => [200, 'unauthorized', address(name)];

const ROLES = [
    ['settles fills without being a venue', 'alice', fills()],
    ['publishes prices without being a publisher', 'alice', price()],
    ['pauses without being the guardian', 'governance', { set_pause: { actions: 15 } }],
    ['grants itself a role', 'alice', { set_role: { address: address('alice'), roles: 15 } }],
    ['lists an asset without being governance', 'venue', { set_asset: ETHER_ASSET }],
    [
        'lists an underlying without being governance',
        'guardian',
        { set_underlying: underlying(3, 'X') },
    ],
    [
        'lists a market without being governance',
        'publisher',
        { set_market: market(4, 'X', ETH, '1') },
    ],
    [
        'changes parameters without being governance',
        'alice',
        { set_params: { liquidation: LIQUIDATION, oracle: ORACLE } },
    ],
].map(([title, sender, message]) => [title, sender, message, unauthorized(sender)]);

const OWNERS = [
    ['withdraws from an account of another', 'bob', withdraw(ALICE, USDC, '1')],
    [
        'delegates an account of another',
        'bob',
        { delegate: { account: ALICE, venue: address('bob') } },
    ],
    [
        'revokes for an account of another',
        'bob',
        { revoke_delegate: { account: ALICE, venue: address('venue') } },
    ],
    ['liquidates into an account of another', 'dave', liquidate({ buyer: ALICE })],
    [
        'buys inventory into an account of another',
        'dave',
        { buy_inventory: { asset: ETHER, buyer: ALICE, amount_max: '1' } },
    ],
].map(([title, sender, message]) => [title, sender, message, [201, 'not_owner', 'account 1']]);

const TOKENS_IN_AND_OUT = [
    ['deposits nothing', 'alice', { deposit: { account: ALICE } }, [400, 'funds_missing', 'funds']],
    [
        'deposits a token that is not listed',
        'alice',
        { deposit: { account: ALICE } },
        [401, 'unknown_denom', 'udoge'],
        { funds: [{ denom: 'udoge', amount: '1000' }] },
    ],
    [
        'deposits a listed and an unlisted token',
        'alice',
        { deposit: { account: ALICE } },
        [401, 'unknown_denom', 'udoge'],
        { funds: [...coins(USDC, '5'), { denom: 'udoge', amount: '1000' }] },
    ],
    [
        'deposits above the cap',
        'alice',
        { deposit: { account: ALICE } },
        [406, 'deposit_cap', 'aeth'],
        { funds: coins(ETHER, '99.990000000000000001') },
    ],
    [
        'deposits more than there is money',
        'alice',
        { deposit: { account: ALICE } },
        [109, 'out_of_range', 'uusdc'],
        { funds: coins(USDC, '1000000000000000000.000001') },
    ],
    [
        'deposits into an account of another',
        'bob',
        { deposit: { account: ALICE } },
        [201, 'not_owner', 'account 1'],
        { funds: coins(USDC, '1') },
    ],
    [
        'deposits for nobody',
        'alice',
        { deposit: { account: NOBODY } },
        [300, 'no_such_account', 'account 99'],
        { funds: coins(USDC, '1') },
    ],
    [
        'sends tokens where none are taken',
        'alice',
        { open_account: {} },
        [402, 'funds_not_accepted', 'uusdc'],
        { funds: coins(USDC, '1') },
    ],
    [
        'funds the insurance with collateral',
        'alice',
        { fund_insurance: {} },
        [401, 'unknown_denom', 'aeth'],
        { funds: coins(ETHER, '1') },
    ],
    ['withdraws nothing', 'alice', withdraw(ALICE, USDC, '0'), [405, 'zero_amount', 'amount']],
    [
        'withdraws more than it has',
        'alice',
        withdraw(ALICE, USDC, '5000000001'),
        [403, 'insufficient_balance', 'amount'],
    ],
    [
        'withdraws the largest number there is',
        'alice',
        withdraw(ALICE, USDC, (2n ** 127n - 1n).toString()),
        [109, 'out_of_range', 'withdraw.amount'],
    ],
    [
        'withdraws the largest amount there is',
        'alice',
        withdraw(ALICE, USDC, (10n ** 36n).toString()),
        [403, 'insufficient_balance', 'amount'],
    ],
    [
        'withdraws its margin',
        'alice',
        withdraw(ALICE, USDC, '4000000000'),
        [600, 'below_initial_margin', 'account 1'],
    ],
    [
        'withdraws while unhealthy',
        'erin',
        withdraw(ERIN, ETHER, '1'),
        [600, 'below_initial_margin', 'account 4'],
    ],
    [
        'withdraws on a stale price',
        'alice',
        withdraw(ALICE, USDC, '1'),
        [501, 'stale_price', 'underlying 0'],
        { after: 61 },
    ],
    [
        'withdraws collateral that it has not',
        'alice',
        withdraw(ALICE, ETHER, '1'),
        [308, 'no_collateral', 'asset 1'],
    ],
    [
        'withdraws what is not listed',
        'alice',
        withdraw(ALICE, 9, '1'),
        [301, 'no_such_asset', 'asset 9'],
    ],
    [
        'withdraws from account 0',
        'alice',
        withdraw(0, USDC, '1'),
        [300, 'no_such_account', 'account 0'],
    ],
];

const GOVERNANCE = [
    [
        'gives up the last role of governance',
        'governance',
        { set_role: { address: address('governance'), roles: 0 } },
        [801, 'parameters_disagree', 'roles'],
    ],
    [
        'grants a role that there is not',
        'governance',
        { set_role: { address: address('alice'), roles: 16 } },
        [109, 'out_of_range', 'set_role.roles'],
    ],
    [
        'grants a role to no address',
        'governance',
        { set_role: { address: 'alice', roles: 8 } },
        [205, 'bad_address', 'address'],
    ],
    [
        'grants a role to an address of another chain',
        'governance',
        { set_role: { address: 'terra1hgm0p7khfk85zpz5v0j8wnej3a90w709vhkdfu', roles: 8 } },
        [205, 'bad_address', 'address'],
    ],
    [
        'delegates to an address in capitals',
        'alice',
        { delegate: { account: ALICE, venue: address('venue').toUpperCase() } },
        [205, 'bad_address', 'venue'],
    ],
    [
        'delegates into the past',
        'alice',
        (now) => ({ delegate: { account: ALICE, venue: address('venue'), expires: now } }),
        [206, 'delegation_expired', 'expires'],
    ],
    [
        'revokes what was not delegated',
        'alice',
        { revoke_delegate: { account: ALICE, venue: address('bob') } },
        [202, 'not_delegated', 'venue'],
    ],
    [
        'leaves a gap in the markets',
        'governance',
        { set_market: market(5, 'X', ETH, '1') },
        [311, 'id_not_next', 'market 5'],
    ],
    [
        'moves a market to another underlying',
        'governance',
        { set_market: market(ETH_PERP, 'ETH-PERP', BTC, '0.001') },
        [312, 'fixed_field', 'underlying'],
    ],
    [
        'changes the decimals of a token',
        'governance',
        { set_asset: { ...ETHER_ASSET, decimals: 6, deposit_cap: '1' } },
        [312, 'fixed_field', 'decimals'],
    ],
    [
        'changes the quote',
        'governance',
        { set_asset: { ...ETHER_ASSET, asset: USDC } },
        [312, 'fixed_field', 'asset 0'],
    ],
    [
        'lists a token twice',
        'governance',
        { set_asset: { ...ETHER_ASSET, asset: 2 } },
        [801, 'parameters_disagree', 'denom'],
    ],
    [
        'sets maintenance above initial',
        'governance',
        { set_underlying: { ...underlying(ETH, 'ETH'), maintenance_fraction: '0.2' } },
        [801, 'parameters_disagree', 'maintenance_fraction'],
    ],
    [
        'sets a haircut above one',
        'governance',
        { set_asset: { ...ETHER_ASSET, initial_haircut: '1.1' } },
        [800, 'parameter_bounds', 'initial_haircut'],
    ],
    [
        'gives buyer and insurance more than is freed',
        'governance',
        { set_params: { liquidation: { ...LIQUIDATION, share_max: '0.9' }, oracle: ORACLE } },
        [801, 'parameters_disagree', 'fee_share'],
    ],
    [
        'gives a market a status that there is not',
        'governance',
        { set_market: { ...market(ETH_PERP, 'ETH-PERP', ETH, '0.001'), status: 'open' } },
        [109, 'out_of_range', 'set_market.status'],
    ],
    [
        'pauses what cannot be paused',
        'guardian',
        { set_pause: { actions: 16 } },
        [109, 'out_of_range', 'set_pause.actions'],
    ],
];

export const BAD_MESSAGES = [
    ...ROLES,
    ...OWNERS,
    ...BAD_TRADES,
    ...TOKENS_IN_AND_OUT,
    ...GOVERNANCE,
    ...BAD_MARGIN,
];

/** [title, query, [number, name, detail]] */
export const BAD_QUERIES = [
    ['asks for nobody', { health: { account: NOBODY } }, [300, 'no_such_account', 'account 99']],
    ['asks for no market', { market: { market: 60 } }, [303, 'no_such_market', 'market 60']],
    ['asks for no asset', { asset: { asset: 9 } }, [301, 'no_such_asset', 'asset 9']],
    [
        'asks for too much at once',
        { liquidatable: { cursor: 0, limit: 101 } },
        [109, 'out_of_range', 'liquidatable.limit'],
    ],
    [
        'previews a healthy account',
        { preview_liquidation: { account: ALICE, market: ETH_PERP, base_max: '1' } },
        [700, 'not_liquidatable', 'account 1'],
    ],
    [
        'asks for scenarios that there are not',
        { portfolio_risk: { underlying: ETH } },
        [313, 'no_portfolio_risk', 'underlying 0'],
    ],
    [
        'asks for surfaces of nothing',
        { surface: { underlying: 9 } },
        [302, 'no_such_underlying', 'underlying 9'],
    ],
    ['sends a message as a query', { open_account: {} }, [103, 'unknown_message', 'open_account']],
];
