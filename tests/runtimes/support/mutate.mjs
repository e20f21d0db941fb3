// plimsoll: tests/runtimes/support/mutate.mjs                       SPDX-License-Identifier: Apache-2.0
// Seeded random changes to the bytes of messages. The same seed gives the same bytes on every
// machine.

/** 32 bits at a time from a counter (the mulberry32 mixer). */
export class Dice {
    constructor(seed) {
        this.state = seed | 0;
    }

    next() {
        this.state = (this.state + 0x6d2b79f5) | 0;
        let word = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
        word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
        return (word ^ (word >>> 14)) >>> 0;
    }

    below(count) {
        return this.next() % count;
    }

    pick(list) {
        return list[this.below(list.length)];
    }
}

/** What parsers trip over. */
const PIECES = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u0000',
    '\\ud800',
    'null',
    'true',
    'false',
    'NaN',
    '-',
    '+',
    '.',
    '0',
    '-0',
    '00',
    '1e9',
    '1E-9',
    '-1',
    '0.000000000000000001',
    '0.0000000000000000001',
    '18446744073709551615',
    '18446744073709551616',
    '4294967296',
    '65535',
    '170141183460469231731687303715884105727',
    '-170141183460469231731687303715884105728',
    '340282366920938463463374607431768211456',
    '100000000',
    '10000000000',
    '1000000000000000000',
    '"account":1',
    '"amount":"1"',
    '\0',
    '\n',
    '\x7f',
    '\u00e9',
    '\ud83d\ude00',
    '/**/',
    '{}',
    '[]',
    '""',
].map((piece) => Uint8Array.from(Buffer.from(piece, 'utf8')));

const join = (...parts) => Uint8Array.from(Buffer.concat(parts));

/** Numbers in a text, so that they can be replaced by nastier ones. */
function numbers(bytes) {
    const text = Buffer.from(bytes).toString('latin1');
    return [...text.matchAll(/[0-9][0-9.]*/g)].map((match) => [
        match.index,
        match.index + match[0].length,
    ]);
}

const CHANGES = [
    function flip(dice, bytes) {
        const changed = bytes.slice();
        if (changed.length > 0) {
            changed[dice.below(changed.length)] ^= 1 << dice.below(8);
        }
        return changed;
    },
    function replace(dice, bytes) {
        const changed = bytes.slice();
        if (changed.length > 0) {
            changed[dice.below(changed.length)] = dice.below(256);
        }
        return changed;
    },
    function insert(dice, bytes) {
        const at = dice.below(bytes.length + 1);
        return join(bytes.slice(0, at), dice.pick(PIECES), bytes.slice(at));
    },
    function erase(dice, bytes) {
        const at = dice.below(bytes.length + 1);
        return join(bytes.slice(0, at), bytes.slice(at + 1 + dice.below(8)));
    },
    function cut(dice, bytes) {
        return bytes.slice(0, dice.below(bytes.length + 1));
    },
    function repeat(dice, bytes) {
        const from = dice.below(bytes.length + 1);
        const to = from + dice.below(bytes.length - from + 1);
        return join(bytes.slice(0, to), bytes.slice(from));
    },
    function splice(dice, bytes, other) {
        return join(
            bytes.slice(0, dice.below(bytes.length + 1)),
            other.slice(dice.below(other.length + 1)),
        );
    },
    function renumber(dice, bytes) {
        const found = numbers(bytes);
        if (found.length === 0) {
            return bytes;
        }
        const [from, to] = dice.pick(found);
        return join(bytes.slice(0, from), dice.pick(PIECES), bytes.slice(to));
    },
    function recount(dice, bytes) {
        const found = numbers(bytes);
        if (found.length === 0) {
            return bytes;
        }
        const [from, to] = dice.pick(found);
        return join(bytes.slice(0, from), Buffer.from(String(dice.below(12))), bytes.slice(to));
    },
];

/** One to three changes. */
export function mutate(dice, bytes, corpus) {
    let changed = bytes;
    for (let left = 1 + dice.below(3); left > 0; --left) {
        changed = dice.pick(CHANGES)(dice, changed, dice.pick(corpus));
    }
    return changed;
}
