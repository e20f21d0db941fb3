// plimsoll: engine/error.hpp                                        SPDX-License-Identifier: Apache-2.0
// Room: the vault. Every operating error there is, with its stable number, name and one-line meaning.
// Promises: a number is never reused or renumbered; names and meanings are the same on every runtime.
// Never: strings made at run time. docs/errors.md repeats this list and a test compares the two.
#pragma once

#include <cstdint>
#include <string_view>

// X(number, name, meaning)
#define PLIMSOLL_ERRORS(X)                                                                       \
    X(0, ok, "no error")                                                                         \
    /* 1xx: the bytes of a message */                                                            \
    X(100, malformed_json, "the message is not well-formed JSON")                                \
    X(101, message_too_large, "the message is longer than 64 KiB")                               \
    X(102, nested_too_deep, "the message nests deeper than 8 levels")                            \
    X(103, unknown_message, "there is no message or query of that name")                         \
    X(104, unknown_field, "the message has no field of that name")                               \
    X(105, duplicate_field, "a field stands twice")                                              \
    X(106, missing_field, "a required field is absent")                                          \
    X(107, wrong_type, "a field holds another JSON type than it must")                           \
    X(108, bad_number, "a number is not in the exact decimal form of its field")                 \
    X(109, out_of_range, "a value lies outside the range of its field")                          \
    X(110, too_many_items, "a list is longer than its limit")                                    \
    X(111, not_ascii, "a string holds bytes outside printable ASCII, or an escape")              \
    X(112, trailing_bytes, "bytes follow the end of the message")                                \
    /* 2xx: who may do what */                                                                   \
    X(200, unauthorized, "the sender does not hold the role that this message needs")            \
    X(201, not_owner, "the sender does not own the account")                                     \
    X(202, not_delegated, "the account's owner has not delegated trading to this venue")         \
    X(203, paused, "this kind of message is paused")                                             \
    X(204, nonce_not_increasing, "the venue's nonce is not above the last one: a replay")        \
    X(205, bad_address, "the text is not an address of this chain")                              \
    X(206, delegation_expired, "the delegation to this venue has expired")                       \
    X(210, timelocked, "a timelock stands: this is proposed first and executed later")           \
    X(211, last_governance, "the last holder of governance cannot lose it")                      \
    X(212, no_offer, "no role has been offered to the sender")                                   \
    X(213, too_early, "the proposal's timelock has not passed yet")                              \
    X(214, proposal_expired, "the proposal was not executed in time")                            \
    X(215, pause_cooling, "the guardian has stopped this too short a time ago")                  \
    X(216, delegation_limit, "the fill passes a limit of the account's delegation")              \
    /* 3xx: what there is */                                                                     \
    X(300, no_such_account, "there is no account of that number")                                \
    X(301, no_such_asset, "there is no asset of that number")                                    \
    X(302, no_such_underlying, "there is no underlying of that number")                          \
    X(303, no_such_market, "there is no market of that number")                                  \
    X(304, market_not_active, "the market takes no fills, or none that add risk")                \
    X(305, too_many_positions, "the account is at its greatest number of positions")             \
    X(306, too_many_collaterals, "the account is at its greatest number of collaterals")         \
    X(307, no_position, "the account has no position in that market")                            \
    X(308, no_collateral, "the account holds none of that asset")                                \
    X(309, touch_first, "the position sleeps too many epochs behind its market: touch it first") \
    X(310, too_many_delegations, "the account is at its greatest number of delegations")         \
    X(311, id_not_next, "new assets, underlyings and markets take the next free number")         \
    X(312, fixed_field, "this field of a listed asset, underlying or market cannot change")      \
    X(313, no_portfolio_risk, "an underlying has no parameters of portfolio margin")             \
    X(314, no_option_params, "the underlying has no parameters for short options")               \
    X(315, not_perpetual, "only a perpetual market has a premium")                               \
    X(316, expired, "the expiry has passed")                                                     \
    X(317, too_many_orders, "the account has orders in the greatest number of markets")          \
    X(318, too_many_expiries, "the underlying has the greatest number of surfaces")              \
    X(330, status_transition, "the market cannot go from its status to that one")                \
    X(331, market_settled, "the market is settled; nothing of it changes any more")              \
    X(332, not_expired, "the time at which the market settles has not come")                     \
    X(333, settlement_waits, "too little of the window had a price, and the wait is not over")   \
    X(334, too_many_settlements, "the underlying has the greatest number of times to settle at") \
    X(335, no_settlement, "nothing of the underlying is to be settled at that time")             \
    X(336, settlement_known, "the price of settlement is not governance's to choose")            \
    X(340, no_such_proposal, "there is no open proposal of that number")                         \
    /* 4xx: tokens and cash */                                                                   \
    X(400, funds_missing, "the message needs tokens and none came with it")                      \
    X(401, unknown_denom, "a token that came with the message is no listed asset")               \
    X(402, funds_not_accepted, "tokens came with a message that takes none")                     \
    X(403, insufficient_balance, "the account holds less than that")                             \
    X(404, insufficient_liquidity, "the house holds fewer tokens than that now")                 \
    X(405, zero_amount, "an amount of zero does nothing")                                        \
    X(406, deposit_cap, "the asset's deposit cap would be passed")                               \
    X(407, withdrawal_gate, "an uncovered deficit limits what may leave in this window")         \
    X(408, borrow_limit, "as much quote is borrowed as may be, of all that is supplied")         \
    X(409, staking_closed, "there is no staking, an uncovered deficit, or worthless shares")     \
    X(410, still_unbonding, "the shares have not waited long enough, or there are none to pay")  \
    /* 5xx: prices */                                                                            \
    X(500, no_price, "a price that this needs has never been published")                         \
    X(501, stale_price, "a price is older than this action accepts")                             \
    X(502, uncertain_price, "a price's confidence is too wide for this action")                  \
    X(503, publish_time, "a price is published in the future or not after the last one")         \
    X(504, outside_fill_band, "a fill's price is outside the band around the index or the mark") \
    X(505, surface_domain, "the volatility surface has no value there, or none at all")          \
    X(506, no_surface, "no surface of that expiry has ever been published")                      \
    X(507, volatile_price, "a price has jumped and waits to be confirmed")                       \
    X(508, bad_answer, "a price contract gave no answer, or one that cannot be read")            \
    X(509, in_grace, "the chain has stood still: solvent accounts have time to act")             \
    /* 6xx: margin */                                                                            \
    X(600, below_initial_margin, "the account would be below its initial margin")                \
    X(601, open_interest_cap, "the market's open interest cap would be passed")                  \
    X(602, self_fill, "buyer and seller of a fill are the same account")                         \
    X(603, not_whole_lots, "a size is not a whole number of the market's lots")                  \
    X(604, book_domain, "prices or parameters lie where margin is not defined")                  \
    X(605, no_correlation, "two underlyings are held and their correlation is not known")        \
    X(606, gross_limit, "the account's book would leave prices too little room to move in")      \
    /* 7xx: liquidation; the first four also tell a keeper that it lost a race */                \
    X(700, not_liquidatable, "the account is not, or no longer, below maintenance margin")       \
    X(701, nonce_moved, "the account has changed since the nonce that was given")                \
    X(702, price_guard, "the price is worse than the limit that was given")                      \
    X(703, deadline_passed, "the deadline that was given has passed")                            \
    X(704, self_liquidation, "an owner cannot buy from an own account")                          \
    X(705, buyer_below_initial, "the buyer would be below its initial margin")                   \
    X(706, nothing_to_do, "there is nothing here for this call to do")                           \
    X(707, auction_running, "keepers still have the first right to this account")                \
    X(708, debt_not_due, "collateral is sold only while the account owes cash")                  \
    X(709, sold_by_slice, "this account is sold by slices of its whole book")                    \
    X(710, pace_reached, "as much has been liquidated as may be for now")                        \
    X(711, not_first_unit, "while the curve is fast, positions are sold in their order")         \
    X(712, sale_abandoned, "the sale did not do what it must: it was undone, the curve ends")    \
    /* 8xx: parameters */                                                                        \
    X(800, parameter_bounds, "a parameter lies outside its bounds")                              \
    X(801, parameters_disagree, "two parameters contradict each other")                          \
    /* 9xx: the contract's own state */                                                          \
    X(900, not_instantiated, "the contract has not been instantiated")                           \
    X(901, already_instantiated, "the contract has been instantiated before")                    \
    X(902, unsupported_schema, "a stored record has a schema that this code does not know")      \
    X(903, corrupt_record, "a stored record does not decode")                                    \
    X(904, arithmetic_range, "a result would leave the range of its type")

namespace plimsoll {

enum class Error : std::uint16_t
{
#define PLIMSOLL_ERROR_ENTRY(number, name, meaning) name = number,
    PLIMSOLL_ERRORS(PLIMSOLL_ERROR_ENTRY)
#undef PLIMSOLL_ERROR_ENTRY
};

/// The stable name, e.g. "stale_price"; "unknown_error" for a number that is not in the list.
[[nodiscard]] constexpr std::string_view name_of(Error error) noexcept
{
    switch (error) {
#define PLIMSOLL_ERROR_NAME(number, name, meaning) \
    case Error::name:                              \
        return #name;
        PLIMSOLL_ERRORS(PLIMSOLL_ERROR_NAME)
#undef PLIMSOLL_ERROR_NAME
    }
    return "unknown_error";
}

/// The one-line meaning.
[[nodiscard]] constexpr std::string_view meaning_of(Error error) noexcept
{
    switch (error) {
#define PLIMSOLL_ERROR_MEANING(number, name, meaning) \
    case Error::name:                                 \
        return meaning;
        PLIMSOLL_ERRORS(PLIMSOLL_ERROR_MEANING)
#undef PLIMSOLL_ERROR_MEANING
    }
    return "";
}

}  // namespace plimsoll
