// plimsoll: contract/handlers/roles.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall. Who may do what, and what the guardian may stop.
// Promises: somebody holds governance at all times; nothing stays stopped for ever.
#include "contract/handlers.hpp"
#include "engine/mutation.hpp"

#include <bit>
#include <cstddef>

namespace plimsoll::contract {

namespace {

/// Which of the bits of `pause` that is.
constexpr std::size_t place_of(std::uint32_t action)
{
    return static_cast<std::size_t>(std::countr_zero(action));
}

/// While nobody can publish feeds go on growing old, and where one has failed nothing is lent on it any more. Prices
/// come back long before. Nothing else that can be stopped takes anything off anybody's margin.
LongestStops longest_stops(const OracleParams& oracle)
{
    LongestStops longest;
    longest[place_of(pause::PUSH_PRICES)] = Seconds::from_raw(oracle.failed_after.raw() / 2);
    return longest;
}

}  // namespace

Error handle(Call& call, const message::SetPause& message)
{
    if (!call.by_proposal)
        if (const Error error = call.require_role(role::GUARDIAN); error != Error::ok)
            return error;
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    Config& config = call.store.change_config();
    if (const Refused refused = replace_pauses(config.pauses, message.actions, message.until,
            config.governance, longest_stops(config.oracle), call.by_proposal, call.now());
        refused != Error::ok)
        return call.refuse(refused);
    call.emit("paused").number("actions", message.actions);
    return Error::ok;
}

Error handle(Call& call, const message::SetRole& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    if (!call.host.valid_address(message.address.view()))
        return call.fail(Error::bad_address, "address");
    // Governance cannot vanish by a slip: another holder has to take the role away.
    if (message.address == call.sender && (message.roles & role::GOVERNANCE) == 0)
        return call.fail(Error::parameters_disagree, "roles");
    RoleRecord* record = call.store.change_role(message.address);
    if (record == nullptr)
        return call.fail(call.store.error(), "role");
    const bool governs = (record->roles & role::GOVERNANCE) != 0;
    const bool shall = (message.roles & role::GOVERNANCE) != 0;
    if (governs && !shall) {
        Config& config = call.store.change_config();
        if (GUARD("g9-last", config.governors <= 1))
            return call.fail(Error::last_governance, "address");
        --config.governors;
    }
    // Whoever is to govern says so first: an address that nobody can sign for never holds the role.
    record->roles =
        MUTANT("g9-offer", governs, true) ? message.roles : message.roles & ~role::GOVERNANCE;
    record->offered = shall && !governs ? role::GOVERNANCE : 0;
    call.emit("role_set").text("address", message.address.view()).number("roles", record->roles);
    if (record->offered != 0)
        call.emit("role_offered")
            .text("address", message.address.view())
            .number("roles", record->offered);
    return Error::ok;
}

Error handle(Call& call, const message::AcceptRole&)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    RoleRecord* record = call.store.change_role(call.sender);
    if (record == nullptr)
        return call.fail(call.store.error(), "role");
    if (record->offered == 0)
        return call.fail(Error::no_offer, call.sender.view());
    Config& config = call.store.change_config();
    if (config.governors == UINT16_MAX)
        return call.fail(Error::too_many_items, "governance");
    ++config.governors;
    record->roles |= record->offered;
    record->offered = 0;
    call.emit("role_set").text("address", call.sender.view()).number("roles", record->roles);
    return Error::ok;
}

}  // namespace plimsoll::contract
