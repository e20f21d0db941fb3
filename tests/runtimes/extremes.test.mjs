// plimsoll: tests/runtimes/extremes.test.mjs                        SPDX-License-Identifier: Apache-2.0
// A hostile publisher, venue and governance who stay inside every range: no call traps the module,
// and the books balance after every call.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { checkBooks } from './support/books.mjs';
import { TOKENS } from './support/house.mjs';
import { extremeCalls } from './support/extremes.mjs';
import { Machine } from './support/machine.mjs';
import { Dice } from './support/mutate.mjs';
import { besieged } from './support/siege.mjs';

const HISTORIES = Number(process.env.PLIMSOLL_EXTREME_HISTORIES ?? 8);
const SEED = Number(process.env.PLIMSOLL_FUZZ_SEED ?? 20200312);
const TURNS = 150;
// A raw unit of money for each of 10^10 units of open interest, and that for hundreds of events.
const RESIDUE_MAX = 10n ** 13n;

async function live(seed) {
    const dice = new Dice(seed);
    const machine = new Machine();
    const house = await besieged(machine);
    const state = { time: machine.time, nonce: house.nonce, prices: ['1880', '60000'] };
    let accepted = 0;
    for (let turn = 0; turn < TURNS; ++turn) {
        for (const [sender, message, funds] of extremeCalls(dice, state)) {
            machine.time = state.time;
            machine.mint(sender, funds);
            try {
                const { error } = await machine.execute(sender, message, funds);
                if (error === undefined) {
                    accepted += 1;
                    await checkBooks(machine, TOKENS, RESIDUE_MAX);
                }
            } catch (error) {
                const call = `seed ${seed}, turn ${turn}: ${JSON.stringify(message)}`;
                throw new Error(call, { cause: error });
            }
        }
    }
    return accepted;
}

describe('numbers at the ends of their ranges', () => {
    for (let history = 0; history < HISTORIES; ++history) {
        it(`trap nothing: history ${history} of ${TURNS} turns`, async () => {
            const accepted = await live(SEED + history);
            assert.ok(accepted > TURNS / 4, `${accepted} accepted`);
        });
    }
});
