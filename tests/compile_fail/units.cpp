// plimsoll: tests/compile_fail/units.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What the units must not let compile. The file compiles as it stands, and must
// not with any one of the cases of sources.cmake defined: each case adds the one line that is wrong.
#include "engine/units/units.hpp"

#include "engine/num/mul_div.hpp"

namespace plimsoll {

constexpr Money value_of(Quantity quantity, Price price) noexcept
{
    return notional_floor(quantity, price);
}

constexpr Price PRICE = Price::from_units(3);
constexpr Quantity QUANTITY = Quantity::from_units(2);
constexpr Money MONEY = Money::from_units(5);
constexpr Ratio RATIO = Ratio::one();
constexpr Rate RATE = Rate::one();
constexpr Seconds SECONDS = Seconds::from_raw(7);
constexpr TokenAmount TOKENS = TokenAmount::from_raw(11);

// Each wrong line has its right neighbour here, so that the file shows what does compile.
static_assert(MONEY + MONEY == Money::from_units(10));
static_assert(value_of(QUANTITY, PRICE) == Money::from_units(6));
static_assert(scale_floor(MONEY, RATIO) == MONEY);
static_assert(ratio_floor(MONEY, MONEY) == RATIO);
static_assert(accrued_floor(RATE, SECONDS_PER_DAY) == RATIO);
static_assert(money_from_tokens(TOKENS, 0) == Money::from_units(11));
static_assert(elapsed(SECONDS, SECONDS + SECONDS) == SECONDS);

#if defined(ADD_PRICE_TO_MONEY)
constexpr auto WRONG = PRICE + MONEY;
#elif defined(SUBTRACT_QUANTITY_FROM_MONEY)
constexpr auto WRONG = MONEY - QUANTITY;
#elif defined(ADD_INTEGER_TO_MONEY)
constexpr auto WRONG = MONEY + 1;
#elif defined(MULTIPLY_MONEY_BY_MONEY)
constexpr auto WRONG = MONEY * MONEY;
#elif defined(MULTIPLY_QUANTITY_BY_PRICE_WITHOUT_ROUNDING)
constexpr auto WRONG = QUANTITY * PRICE;
#elif defined(MULTIPLY_MONEY_BY_INTEGER)
constexpr auto WRONG = MONEY * 2;
#elif defined(DIVIDE_MONEY_BY_MONEY)
constexpr auto WRONG = MONEY / MONEY;
#elif defined(DIVIDE_MONEY_BY_INTEGER)
constexpr auto WRONG = MONEY / 2;
#elif defined(NOTIONAL_OF_MONEY)
constexpr auto WRONG = notional_floor(MONEY, PRICE);
#elif defined(NOTIONAL_WITH_ARGUMENTS_SWAPPED)
constexpr auto WRONG = notional_floor(PRICE, QUANTITY);
#elif defined(NOTIONAL_WITHOUT_DIRECTION)
constexpr auto WRONG = notional(QUANTITY, PRICE);
#elif defined(QUANTITY_PASSED_AS_PRICE)
constexpr auto WRONG = value_of(QUANTITY, QUANTITY);
#elif defined(MONEY_SCALED_BY_MONEY)
constexpr auto WRONG = scale_floor(MONEY, MONEY);
#elif defined(MONEY_SCALED_BY_RATE)
constexpr auto WRONG = scale_floor(MONEY, RATE);
#elif defined(RATIO_OF_MONEY_TO_PRICE)
constexpr auto WRONG = ratio_floor(MONEY, PRICE);
#elif defined(WEIGH_BY_MIXED_UNITS)
constexpr auto WRONG = weigh_floor(MONEY, MONEY, QUANTITY);
#elif defined(MONEY_FROM_INTEGER_IMPLICITLY)
constexpr Money WRONG = 5;
#elif defined(MONEY_FROM_INTEGER_IN_BRACES)
constexpr Money WRONG{5};
#elif defined(MONEY_FROM_PRICE)
constexpr Money WRONG{PRICE};
#elif defined(MONEY_TO_INTEGER)
constexpr num::i128 WRONG = MONEY;
#elif defined(COMPARE_MONEY_WITH_INTEGER)
constexpr bool WRONG = MONEY > 0;
#elif defined(COMPARE_MONEY_WITH_PRICE)
constexpr bool WRONG = MONEY == PRICE;
#elif defined(COMPARE_MONEY_WITH_TOKENS)
constexpr bool WRONG = MONEY < TOKENS;
#elif defined(ASSIGN_PRICE_TO_MONEY)
constexpr Money sum() noexcept
{
    Money total;
    total = PRICE;
    return total;
}
#elif defined(ACCUMULATE_QUANTITY_IN_MONEY)
constexpr Money sum() noexcept
{
    Money total;
    total += QUANTITY;
    return total;
}
#elif defined(TOKENS_ADDED_TO_MONEY)
constexpr auto WRONG = MONEY + TOKENS;
#elif defined(TOKENS_FROM_INTEGER_IMPLICITLY)
constexpr TokenAmount WRONG = 5;
#elif defined(NEGATIVE_TOKENS_IN_A_CONSTANT)
constexpr TokenAmount WRONG = TokenAmount::from_raw(-1);
#elif defined(SECONDS_FROM_INTEGER_IMPLICITLY)
constexpr Seconds WRONG = 5;
#elif defined(SECONDS_SUBTRACTED)
constexpr auto WRONG = SECONDS - SECONDS;
#elif defined(SECONDS_ADDED_TO_RATIO)
constexpr auto WRONG = RATIO + SECONDS;
#elif defined(OVERFLOW_OF_A_CONSTANT_SUM)
constexpr Money WRONG = Money::max() + Money::from_raw(1);
#elif defined(MUL_DIV_WITHOUT_DIRECTION)
constexpr auto WRONG = num::mul_div(num::i128{1}, num::i128{2}, num::i128{3});
#endif

}  // namespace plimsoll
