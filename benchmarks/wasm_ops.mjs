// plimsoll: benchmarks/wasm_ops.mjs                                 SPDX-License-Identifier: Apache-2.0
// Room: the yard. Counts the wasm instructions of one operation, ours and Boost's, of one health check, of
// an option's price and of a portfolio's margin, in modules that `meter --costs count` has instrumented, and
// that margin's gas on two chains, in modules with theirs:
// node wasm_ops.mjs OURS BOOST HEALTH PRICING PORTFOLIO PORTFOLIO_COSMWASM PORTFOLIO_STYLUS
// Promises: a result of ours that differs from Boost's stops the run.
import { readFile } from 'node:fs/promises';
import { exit } from 'node:process';

const COUNT = 20000;
const DIVISOR = 1_234_567_890_123_456_789n;
const MODES = ['80 x 80 bits', '60 x 60 bits', '120 x 63 bits'];
const OPERATIONS = ['mul_wad_floor', 'mul_wad_ceil', 'mul_div_floor', 'mul_div_wide_floor', 'isqrt_floor',
    'decimal_text', 'decimal_round_trip'];
const FUNCTIONS = ['ln_q64', 'ln_q112', 'exp_negative_q64', 'mills_q64', 'mills_far_q64', 'sqrt_q64_floor'];

async function load(path) {
    const { instance } = await WebAssembly.instantiate(await readFile(path), {});
    return instance.exports;
}

/** Runs one export over COUNT operands: its checksum and how many instructions that took. */
function run(module, name, mode) {
    module.__gas.value = 0n;
    const checksum = module[name](COUNT, mode, DIVISOR);
    return { checksum, count: Number(module.__gas.value) };
}

/** Instructions of one operation, the driver's own taken off; undefined if the module has none. */
function cost(module, name, mode) {
    if (!(name in module))
        return undefined;
    return (run(module, name, mode).count - run(module, 'drive_mul', mode).count) / COUNT;
}

const [ours, boost, health, pricing, ...portfolio] = await Promise.all(process.argv.slice(2, 9).map(load));
const text = (value, unit = '') => (value === undefined ? '' : value.toFixed(unit ? 1 : 0) + unit).padStart(10);
console.log(`${'wasm instructions an operation'.padEnd(38)}${'ours'.padStart(10)}${'Boost'.padStart(10)}${'ratio'.padStart(10)}`);
for (const name of OPERATIONS) {
    for (const [mode, operands] of MODES.entries()) {
        const mine = cost(ours, name, mode);
        const theirs = cost(boost, name, mode);
        if (theirs !== undefined && run(ours, name, mode).checksum !== run(boost, name, mode).checksum) {
            console.error(`${name}, ${operands}: Boost's result is another one`);
            exit(1);
        }
        const ratio = theirs === undefined ? undefined : theirs / mine;
        console.log(`${`${name}, ${operands}`.padEnd(38)}${text(mine)}${text(theirs)}${text(ratio, 'x')}`);
    }
}

for (const name of FUNCTIONS)
    console.log(`${name.padEnd(38)}${text(cost(ours, name, 0))}`);

/** Instructions of one evaluation: those of two counts, the set-up cancelled out. */
function healthCost(staleIndexes) {
    const counted = count => {
        health.__gas.value = 0n;
        health.health(count, staleIndexes);
        return Number(health.__gas.value);
    };
    return (counted(2 * COUNT) - counted(COUNT)) / COUNT;
}

console.log(`\n${'wasm instructions a health check of 10 perpetuals and 3 collaterals'}`);
console.log(`${'indexes as at the snapshots'.padEnd(38)}${text(healthCost(0))}`);
console.log(`${'indexes moved since'.padEnd(38)}${text(healthCost(1))}`);

/** What one call of an export costs, the set-up cancelled out. */
function callCost(module, name, calls) {
    const counted = count => {
        module.__gas.value = 0n;
        module[name](count);
        return Number(module.__gas.value);
    };
    return (counted(2 * calls) - counted(calls)) / calls;
}

console.log(`\n${'wasm instructions of pricing'}`);
console.log(`${'call and put of a strike'.padEnd(38)}${text(callCost(pricing, 'black76', COUNT))}`);
console.log(`${'its logarithm, once'.padEnd(38)}${text(callCost(pricing, 'strike_point', COUNT))}`);
console.log(`${'its volatility, SVI, once'.padEnd(38)}${text(callCost(pricing, 'volatility_at', COUNT))}`);

/** What a Solidity system of the same method needs for such a portfolio. */
const SOLIDITY_GAS = 6_650_000;
const EVALUATIONS = 20;
const VM_GAS_PER_SDK_GAS = 140_000;
const INK_PER_GAS = 10_000;

console.log(`\nmargin of 20 options on 6 expiries with 31 scenarios, both levels`);
console.log(`${''.padEnd(38)}${['instr.', 'SDK gas', 'Stylus gas', 'Solidity'].map(head => head.padStart(12)).join('')}`);
for (const [name, title] of [['book', 'volatilities at hand'], ['account', 'with its smiles']]) {
    const [count, cosmwasm, stylus] = portfolio.map(module => callCost(module, name, EVALUATIONS));
    const gas = stylus / INK_PER_GAS;
    const cells = [count, cosmwasm / VM_GAS_PER_SDK_GAS, gas].map(value => value.toFixed(0));
    console.log(`${title.padEnd(38)}${[...cells, `${(SOLIDITY_GAS / gas).toFixed(1)}x`].map(cell => cell.padStart(12)).join('')}`);
}
