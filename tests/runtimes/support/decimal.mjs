// plimsoll: tests/runtimes/support/decimal.mjs                      SPDX-License-Identifier: Apache-2.0
// Decimal texts of the messages as raw integers of 18 decimals, and back. BigInt only: no number of
// these tests passes through floating point.
const DECIMALS = 18;

/** One unit: 10^18. */
export const WAD = 10n ** BigInt(DECIMALS);

/** "-12.5" to -12500000000000000000n. Throws on any other form than the contract writes. */
export function raw(text) {
    const parts = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]{1,18}))?$/.exec(text);
    if (parts === null) {
        throw new Error(`not a decimal: ${JSON.stringify(text)}`);
    }
    const [, sign, whole, fraction = ''] = parts;
    const magnitude = BigInt(whole + fraction.padEnd(DECIMALS, '0'));
    return sign === '-' ? -magnitude : magnitude;
}

/** The canonical text of a raw integer. */
export function text(value) {
    const digits = (value < 0n ? -value : value).toString().padStart(DECIMALS + 1, '0');
    const whole = digits.slice(0, -DECIMALS);
    const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
    return (value < 0n ? '-' : '') + whole + (fraction === '' ? '' : `.${fraction}`);
}

/** "1.5" units of a token with that many decimals, in base units. */
export function tokens(amount, decimals) {
    const scale = 10n ** BigInt(DECIMALS - decimals);
    const value = raw(amount);
    if (value % scale !== 0n) {
        throw new Error(`${amount} has more than ${decimals} decimals`);
    }
    return (value / scale).toString();
}

export function sum(values) {
    return values.reduce((total, value) => total + value, 0n);
}
