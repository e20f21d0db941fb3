// plimsoll: tests/runtimes/support/driver.mjs                       SPDX-License-Identifier: Apache-2.0
// What Chain and Machine share. A driver has execute(sender, message, funds), query(message),
// balance(holder, denom), storage(), mint(holder, coins), and a `time` that tests set.

/**
 * The first second of every test. Far in the future: the chain simulator moves an earlier clock up
 * to the machine's own. A multiple of a second in nanoseconds is exact as a double up to 2^62.
 */
export const GENESIS_S = 4_000_000_000;

export const NANOSECONDS = 1_000_000_000n;

/** Pairs of keys and values, as bytes, to lines of hexadecimal in the order of the keys. */
export function dumpOf(entries) {
    const hex = (bytes) => Buffer.from(bytes).toString('hex');
    return entries
        .map(([key, value]) => `${hex(key)} = ${hex(value)}`)
        .sort()
        .join('\n');
}
