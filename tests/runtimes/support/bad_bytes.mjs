// plimsoll: tests/runtimes/support/bad_bytes.mjs                    SPDX-License-Identifier: Apache-2.0
// [title, bytes or text, [number, name, detail]]: what is wrong with the text of a message itself.

/** Latin-1: one byte a character, so that any byte can be written. */
const bytes = (text) => Uint8Array.from(Buffer.from(text, 'latin1'));

const fill = (change) =>
    JSON.stringify({
        settle_fills: {
            nonce: 9,
            fills: [{ market: 0, buyer: 1, seller: 2, base: '1', price: '1880', ...change }],
        },
    });

const withdraw = (amount) => `{"withdraw":{"account":1,"asset":0,"amount":${amount}}}`;

const FILL = '{"market":0,"buyer":1,"seller":2,"base":"1","price":"1880"}';

export const BAD_BYTES = [
    ['nothing at all', '', [100, 'malformed_json', 'message at byte 0']],
    ['white space only', ' \n\t ', [100, 'malformed_json', 'message at byte 4']],
    [
        'cut off after the value',
        '{"deposit":{"account":1}',
        [100, 'malformed_json', 'message at byte 24'],
    ],
    [
        'cut off inside a string',
        '{"withdraw":{"account":1,"asset":0,"amount":"1',
        [100, 'malformed_json', 'withdraw.amount at byte 46'],
    ],
    [
        'cut off before a value',
        '{"touch":{"account":',
        [100, 'malformed_json', 'touch.account at byte 20'],
    ],
    ['a comma too many', '{"touch":{"account":1,}}', [100, 'malformed_json', 'touch at byte 22']],
    ['single quotes', "{'touch':{'account':1}}", [100, 'malformed_json', 'message at byte 1']],
    ['a comment', '{"touch":{/**/"account":1}}', [100, 'malformed_json', 'touch at byte 10']],
    [
        'not a number',
        '{"touch":{"account":NaN}}',
        [100, 'malformed_json', 'touch.account at byte 20'],
    ],
    [
        'one byte too long',
        '{"deposit":{"account":1}}'.padEnd(65_537, ' '),
        [101, 'message_too_large', 'message'],
    ],
    ['a megabyte', '['.repeat(1 << 20), [101, 'message_too_large', 'message']],
    [
        'nested nine deep',
        '{"touch":{"account":[[[[[[[1]]]]]]]}}',
        [102, 'nested_too_deep', 'touch.account at byte 26'],
    ],
    [
        'nested thirty thousand deep',
        '{"touch":{"account":'.padEnd(30_000, '['),
        [102, 'nested_too_deep', 'touch.account at byte 26'],
    ],
    ['a message that there is not', '{"mint":{}}', [103, 'unknown_message', 'mint']],
    ['no message in the object', '{}', [103, 'unknown_message', 'message']],
    ['a query sent as a message', '{"config":{}}', [103, 'unknown_message', 'config']],
    [
        'an unknown field',
        '{"touch":{"account":1,"price":"2"}}',
        [104, 'unknown_field', 'touch.price'],
    ],
    ['a field in another case', '{"touch":{"Account":1}}', [104, 'unknown_field', 'touch.Account']],
    [
        'two messages in one',
        '{"touch":{"account":1},"accrue":{"market":0}}',
        [104, 'unknown_field', 'accrue'],
    ],
    [
        'a field twice',
        '{"touch":{"account":1,"account":2}}',
        [105, 'duplicate_field', 'touch.account'],
    ],
    [
        'the message twice',
        '{"touch":{"account":1},"touch":{"account":1}}',
        [105, 'duplicate_field', 'touch'],
    ],
    ['a field absent', '{"touch":{}}', [106, 'missing_field', 'touch.account']],
    [
        'a field absent deep in a list',
        `{"settle_fills":{"nonce":9,"fills":[${FILL},{"market":0}]}}`,
        [106, 'missing_field', 'settle_fills.fills[1].buyer'],
    ],
    ['an array as a message', '[]', [107, 'wrong_type', 'message']],
    ['a string as a message', '"touch"', [107, 'wrong_type', 'message']],
    ['null for a field', '{"touch":{"account":null}}', [107, 'wrong_type', 'touch.account']],
    ['a string for an integer', '{"touch":{"account":"1"}}', [107, 'wrong_type', 'touch.account']],
    [
        'a boolean for an integer',
        '{"touch":{"account":true}}',
        [107, 'wrong_type', 'touch.account'],
    ],
    ['a number for an amount', withdraw('5'), [107, 'wrong_type', 'withdraw.amount']],
    [
        'a number for a price',
        fill({ price: 1880 }),
        [107, 'wrong_type', 'settle_fills.fills[0].price'],
    ],
    ['a negative amount', withdraw('"-1"'), [108, 'bad_number', 'withdraw.amount']],
    ['a fraction as an amount', withdraw('"1.5"'), [108, 'bad_number', 'withdraw.amount']],
    ['an exponent in an amount', withdraw('"1e3"'), [108, 'bad_number', 'withdraw.amount']],
    ['a leading zero', withdraw('"01"'), [108, 'bad_number', 'withdraw.amount']],
    ['a plus sign', withdraw('"+1"'), [108, 'bad_number', 'withdraw.amount']],
    ['an empty amount', withdraw('""'), [108, 'bad_number', 'withdraw.amount']],
    ['a hexadecimal amount', withdraw('"0x10"'), [108, 'bad_number', 'withdraw.amount']],
    ['a thousands separator', withdraw('"1,000"'), [108, 'bad_number', 'withdraw.amount']],
    [
        'an amount of forty digits',
        withdraw(`"${'9'.repeat(40)}"`),
        [109, 'out_of_range', 'withdraw.amount'],
    ],
    [
        'an amount of sixty thousand digits',
        withdraw(`"${'9'.repeat(60_000)}"`),
        [109, 'out_of_range', 'withdraw.amount'],
    ],
    [
        'nineteen fractional digits',
        fill({ price: '1880.0000000000000000001' }),
        [108, 'bad_number', 'settle_fills.fills[0].price'],
    ],
    [
        'an exponent in a price',
        fill({ price: '1.88e3' }),
        [108, 'bad_number', 'settle_fills.fills[0].price'],
    ],
    [
        'a point without digits',
        fill({ base: '1.' }),
        [108, 'bad_number', 'settle_fills.fills[0].base'],
    ],
    ['a negative zero', fill({ base: '-0' }), [108, 'bad_number', 'settle_fills.fills[0].base']],
    ['a size of zero', fill({ base: '0' }), [109, 'out_of_range', 'settle_fills.fills[0].base']],
    ['a negative size', fill({ base: '-1' }), [109, 'out_of_range', 'settle_fills.fills[0].base']],
    [
        'a size above the range of quantities',
        fill({ base: '10000000000.000000000000000001' }),
        [109, 'out_of_range', 'settle_fills.fills[0].base'],
    ],
    [
        'a price above the range of prices',
        fill({ price: '100000000.000000000000000001' }),
        [109, 'out_of_range', 'settle_fills.fills[0].price'],
    ],
    [
        'a price of a thousand digits',
        fill({ price: '9'.repeat(1000) }),
        [109, 'out_of_range', 'settle_fills.fills[0].price'],
    ],
    ['an account below zero', '{"touch":{"account":-1}}', [108, 'bad_number', 'touch.account']],
    [
        'an account with a fraction',
        '{"touch":{"account":1.0}}',
        [108, 'bad_number', 'touch.account'],
    ],
    [
        'an account with an exponent',
        '{"touch":{"account":1e0}}',
        [108, 'bad_number', 'touch.account'],
    ],
    [
        'an account with a leading zero',
        '{"touch":{"account":01}}',
        [108, 'bad_number', 'touch.account'],
    ],
    [
        'an account of 2^64',
        '{"touch":{"account":18446744073709551616}}',
        [109, 'out_of_range', 'touch.account'],
    ],
    [
        'an account of a thousand digits',
        `{"touch":{"account":${'9'.repeat(1000)}}}`,
        [109, 'out_of_range', 'touch.account'],
    ],
    ['a market of 2^16', '{"accrue":{"market":65536}}', [109, 'out_of_range', 'accrue.market']],
    [
        'an address of ninety-one characters',
        `{"delegate":{"account":1,"venue":"${'a'.repeat(91)}"}}`,
        [109, 'out_of_range', 'delegate.venue'],
    ],
    [
        'an empty address',
        '{"delegate":{"account":1,"venue":""}}',
        [109, 'out_of_range', 'delegate.venue'],
    ],
    [
        'thirty-three fills',
        `{"settle_fills":{"nonce":9,"fills":[${Array(33).fill(FILL)}]}}`,
        [110, 'too_many_items', 'settle_fills.fills'],
    ],
    [
        'thirty-three prices',
        JSON.stringify({
            push_prices: {
                prices: Array(33).fill({
                    underlying: 0,
                    price: '1',
                    confidence: '0',
                    publish_time: 1,
                }),
            },
        }),
        [110, 'too_many_items', 'push_prices.prices'],
    ],
    [
        'characters of two, three and four bytes',
        '{"delegate":{"account":1,"venue":"\u00e9\u20ac\u{1f600}"}}',
        [111, 'not_ascii', 'delegate.venue at byte 34'],
    ],
    [
        'a byte that begins no character',
        bytes('{"delegate":{"account":1,"venue":"a\xff"}}'),
        [111, 'not_ascii', 'delegate.venue at byte 35'],
    ],
    [
        'a zero byte in a string',
        '{"delegate":{"account":1,"venue":"a\0"}}',
        [111, 'not_ascii', 'delegate.venue at byte 35'],
    ],
    [
        'an escape in a string',
        '{"delegate":{"account":1,"venue":"\\u0061"}}',
        [111, 'not_ascii', 'delegate.venue at byte 34'],
    ],
    ['an escape in a name', '{"\\u0074ouch":{}}', [111, 'not_ascii', 'message at byte 2']],
    [
        'a byte order mark',
        bytes('\xef\xbb\xbf{"touch":{"account":1}}'),
        [100, 'malformed_json', 'message at byte 0'],
    ],
    [
        'a zero byte after the end',
        '{"touch":{"account":1}}\0',
        [112, 'trailing_bytes', 'message at byte 23'],
    ],
    [
        'one message after another',
        '{"touch":{"account":1}}{"touch":{"account":1}}',
        [112, 'trailing_bytes', 'message at byte 23'],
    ],
    [
        'a bracket after the end',
        '{"touch":{"account":1}}}',
        [112, 'trailing_bytes', 'message at byte 23'],
    ],
];
