// plimsoll: tests/runtimes/support/module.mjs                       SPDX-License-Identifier: Apache-2.0
// Where things are: the contract module under test, the packages that run it, the list of errors.
import fs from 'node:fs';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const MODULE =
    process.env.PLIMSOLL_COSMWASM_WASM ?? path.join(ROOT, 'build/wasm/plimsoll_cosmwasm.wasm');

// The packages are CommonJS.
const require = createRequire(import.meta.url);

function load(name) {
    try {
        return require(name);
    } catch (error) {
        if (error.code !== 'MODULE_NOT_FOUND') {
            throw error;
        }
        throw new Error(`${name} is not installed: run scripts/setup`, { cause: error });
    }
}

/** The package that runs one contract. */
export const vm = load('@oraichain/cosmwasm-vm-js');

/** The package that runs a chain with a bank. Loaded by those who need it: it takes a second. */
export function simulator() {
    return load('@oraichain/cw-simulate');
}

function readModule() {
    if (!fs.existsSync(MODULE)) {
        throw new Error(`${MODULE} is not there: build it, or set PLIMSOLL_COSMWASM_WASM`);
    }
    return fs.readFileSync(MODULE);
}

export const WASM = readModule();

export const PREFIX = 'plim';

const addresses = new vm.BasicBackendApi(PREFIX);

/** A valid address of the test chain for a name. */
export function address(name) {
    return addresses.human_address(createHash('sha256').update(name).digest().subarray(0, 20));
}

/** engine/error.hpp: number by name. */
export const ERRORS = new Map(
    [
        ...fs
            .readFileSync(path.join(ROOT, 'engine/error.hpp'), 'utf8')
            .matchAll(/^ *X\(([0-9]+), ([a-z_]+),/gm),
    ].map(([, number, name]) => [name, Number(number)]),
);

/** The text with which the contract refuses: "700 not_liquidatable: account 7". */
export function refusal(number, name, detail) {
    if (ERRORS.get(name) !== number) {
        throw new Error(`engine/error.hpp has no error ${number} ${name}`);
    }
    return detail === undefined ? `${number} ${name}` : `${number} ${name}: ${detail}`;
}
