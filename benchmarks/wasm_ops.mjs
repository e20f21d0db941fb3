// plimsoll: benchmarks/wasm_ops.mjs                                 SPDX-License-Identifier: Apache-2.0
// Room: the yard. Counts the wasm instructions of one operation, ours and Boost's, and of one health
// check and of an option's price, in modules that `meter --costs count` has instrumented:
// node wasm_ops.mjs OURS BOOST HEALTH PRICING
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

const [ours, boost, health, pricing] = await Promise.all(process.argv.slice(2, 6).map(load));
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

/** Instructions of one call of an export, the set-up cancelled out. */
function pricingCost(name) {
    const counted = count => {
        pricing.__gas.value = 0n;
        pricing[name](count);
        return Number(pricing.__gas.value);
    };
    return (counted(2 * COUNT) - counted(COUNT)) / COUNT;
}

console.log(`\n${'wasm instructions of pricing'}`);
console.log(`${'call and put of a strike'.padEnd(38)}${text(pricingCost('black76'))}`);
console.log(`${'its logarithm, once'.padEnd(38)}${text(pricingCost('strike_point'))}`);
console.log(`${'its volatility, SVI, once'.padEnd(38)}${text(pricingCost('volatility_at'))}`);
