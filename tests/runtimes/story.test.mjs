// plimsoll: tests/runtimes/story.test.mjs                           SPDX-License-Identifier: Apache-2.0
// The real module on cw-simulate's chain, with real bank balances, from its first message to the
// last withdrawal. The books are checked after every call.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Chain } from './support/chain.mjs';
import { House } from './support/house.mjs';
import { STEPS } from './support/story.mjs';

describe('a clearinghouse on a chain', () => {
    const house = new House(new Chain());
    let failed;
    for (const [title, step] of STEPS) {
        it(title, async () => {
            assert.equal(failed, undefined, `the story broke off at: ${failed}`);
            failed = title;
            await step(house);
            failed = undefined;
        });
    }
    it('has had its books checked after every call', () => {
        assert.ok(house.checked >= 50, `${house.checked} calls`);
    });
});
