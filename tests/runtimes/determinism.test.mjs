// plimsoll: tests/runtimes/determinism.test.mjs                     SPDX-License-Identifier: Apache-2.0
// The same messages give the same bytes: on a chain, in the bare machine, and whether an instance
// of the module has served one call or hundreds.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Chain } from './support/chain.mjs';
import { Machine } from './support/machine.mjs';
import { tell } from './support/story.mjs';

async function told(driver) {
    await tell(driver);
    return driver;
}

describe('the same story', () => {
    let first;

    it('told twice, leaves the same storage and gives the same responses', async () => {
        first = await told(new Machine());
        const second = await told(new Machine());
        assert.ok(first.responses.length > 500);
        assert.ok(first.storage().length > 1000);
        assert.deepEqual(second.responses, first.responses);
        assert.equal(second.storage(), first.storage());
    });

    it('is the same on one instance that serves every call', async () => {
        const reused = await told(new Machine({ reuse: true }));
        assert.deepEqual(reused.responses, first.responses);
        assert.equal(reused.storage(), first.storage());
    });

    it('is the same on a chain', async () => {
        const chain = await told(new Chain());
        assert.equal(chain.storage(), first.storage());
    });
});
