// plimsoll: contract/handlers/feeds.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall. Where prices come from, and prices that anybody brings from another contract.
#include "contract/handlers.hpp"
#include "contract/handlers/feed_report.hpp"
#include "contract/pyth.hpp"

namespace plimsoll::contract {
namespace {

/// Prices of another contract may be ahead of the chain's clock by this much; then they are of now.
constexpr Seconds AHEAD_MAX = Seconds::from_raw(60);

Error check_publishers(Call& call, const message::SetFeed& message)
{
    for (std::size_t i = 0; i < message.publishers.size(); ++i) {
        if (!call.host.valid_address(message.publishers[i].view()))
            return call.fail(Error::bad_address, "publishers", i);
        for (std::size_t j = 0; j < i; ++j)
            if (message.publishers[i] == message.publishers[j])
                return call.fail(Error::parameters_disagree, "publishers", i);
    }
    return Error::ok;
}

Error check_pyth(Call& call, const PythSource& pyth)
{
    if (!call.host.valid_address(pyth.contract.view()))
        return call.fail(Error::bad_address, "pyth.contract");
    return is_feed_id(pyth.feed_id.view()) ? Error::ok
                                           : call.fail(Error::out_of_range, "pyth.feed_id");
}

/// A price that is held back is dropped: nobody is left to confirm it.
Error release(Call& call, UnderlyingId id)
{
    FeedPrice price = call.store.board().of(id);
    if (price.held_until.is_zero())
        return Error::ok;
    price.held_until = Seconds::zero();
    if (!call.store.change_observed() || !call.store.change_price(id, price))
        return call.missing("underlying", id.value);
    return Error::ok;
}

/// One price of another contract. `moved` if it is a new report: a price that is no newer, or out of range, is
/// none, and leaves everything as it was.
Error pull(Call& call, UnderlyingId id, bool& moved)
{
    if (id.value >= call.store.config().underlyings.size())
        return call.fail(Error::no_such_underlying, "underlying", id.value);
    if (!call.store.config().underlyings[id.value].has_feed)
        return call.fail(Error::nothing_to_do, "underlying", id.value);
    const FeedSources* sources = call.store.feed_sources(id);
    const FeedReports* reports = sources == nullptr ? nullptr : call.store.reports(id);
    if (reports == nullptr)
        return call.missing("underlying", id.value);
    if (!sources->pyth.given())
        return call.fail(Error::nothing_to_do, "underlying", id.value);
    std::string answer;
    PythPrice price;
    if (!call.host.query_contract(
            sources->pyth.contract.view(), pyth_query(sources->pyth.feed_id.view()), answer) ||
        read_pyth(answer, sources->pyth.feed_id.view(), price) != Error::ok)
        return call.fail(Error::bad_answer, "underlying", id.value);
    if (!price.usable || price.report.published > call.now() + AHEAD_MAX)
        return Error::ok;
    if (price.report.published > call.now())
        price.report.published = call.now();
    const std::size_t source = sources->publishers.size();
    const PriceReport& last = reports->reports[source];
    if (last.price.is_positive() && price.report.published <= last.published)
        return Error::ok;
    moved = true;
    return take_report(call, id, source, price.report);
}

}  // namespace

Error handle(Call& call, const message::SetFeed& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    const std::uint16_t id = message.underlying.value;
    if (id >= call.store.config().underlyings.size())
        return call.fail(Error::no_such_underlying, "underlying", id);
    FeedSources sources;
    sources.publishers = message.publishers;
    sources.params = message.params;
    if (message.pyth) {
        if (const Error error = check_pyth(call, *message.pyth); error != Error::ok)
            return error;
        sources.pyth = *message.pyth;
    }
    if (const Error error = check_publishers(call, message); error != Error::ok)
        return error;
    if (sources.count() == 0) {
        if (!call.store.config().underlyings[id].has_feed)
            return call.fail(Error::nothing_to_do, "underlying", id);
    } else if (const Refused refused = validate(sources.params, sources.count());
        refused != Error::ok) {
        return call.refuse(refused);
    }
    if (const Error error = release(call, message.underlying); error != Error::ok)
        return error;
    call.store.set_feed_sources(message.underlying, sources);
    call.emit("feed_set").number("underlying", id).number("sources", sources.count());
    return Error::ok;
}

Error handle(Call& call, const message::PullPrices& message)
{
    if (const Error error = call.require_unpaused(pause::PUSH_PRICES); error != Error::ok)
        return error;
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    // The old prices have been seen up to now; the new ones are from now on.
    if (!call.store.change_observed())
        return call.fail(call.store.error(), "observed");
    bool moved = false;
    for (const UnderlyingId id : message.underlyings)
        if (const Error error = pull(call, id, moved); error != Error::ok)
            return error;
    return moved ? Error::ok : call.fail(Error::nothing_to_do, "underlyings");
}

}  // namespace plimsoll::contract
