// plimsoll: tests/fuzz/codec_fuzz.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A fuzzer: any bytes into every decoder, of messages, of records, of what is inside
// messages. None traps; what has decoded is written and decodes to the same.
#include "contract/base64.hpp"
#include "contract/json/reader.hpp"
#include "contract/json/writer.hpp"
#include "contract/message.hpp"
#include "contract/pyth.hpp"
#include "contract/records.hpp"
#include "tests/fuzz/bytes.hpp"
#include "tests/support/house.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

bool printable(std::string_view text)
{
    for (const char byte : text)
        if (byte < ' ' || byte > '~')
            return false;
    return true;
}

template <class Message, class Decode>
void try_message(std::string_view text, const Decode& decode)
{
    const auto message = std::make_unique<Message>();
    const contract::json::Decoded decoded = decode(text, *message);
    if (!printable(decoded.detail.view()))
        fail("a detail that is not ASCII", text);
    if (!decoded)
        return;
    if (!decoded.detail.empty())
        fail("a detail without an error", text);
    const std::string written = contract::json::encode(*message);
    if (written.size() > contract::json::TEXT_SIZE_MAX)
        return;
    const auto again = std::make_unique<Message>();
    if (const contract::json::Decoded second = decode(written, *again); !second) {
        // A part that was left out is written with its defaults, which may be no values that it takes.
        if (second.error != Error::out_of_range)
            fail("what was written does not decode", written);
        return;
    }
    if (contract::json::encode(*again) != written)
        fail("what was written decodes to something else", written);
}

template <class Record>
void try_record(std::string_view bytes)
{
    const auto record = std::make_unique<Record>();
    if (contract::decode(bytes, *record) != Error::ok)
        return;
    const std::string written = contract::encode(*record);
    // What an older schema wrote is written with today's.
    if (!bytes.empty() && static_cast<std::uint8_t>(bytes[0]) == contract::SCHEMA &&
        written != bytes)
        fail("a record changes when it is read and written", bytes);
    const auto again = std::make_unique<Record>();
    if (contract::decode(written, *again) != Error::ok)
        fail("a written record does not decode", written);
    if (contract::encode(*again) != written)
        fail("a written record decodes to something else", written);
}

template <class... Records>
void try_records(std::string_view bytes)
{
    (try_record<Records>(bytes), ...);
}

void try_base64(std::string_view text)
{
    std::string bytes;
    if (contract::decode_base64(text, bytes)) {
        std::string written;
        contract::append_base64(written, bytes);
        if (written != text)
            fail("two texts are the same base64", text);
    }
    std::string written;
    contract::append_base64(written, text);
    if (!contract::decode_base64(written, bytes) || bytes != text)
        fail("base64 does not give back what went in", text);
}

void try_pyth(std::string_view text)
{
    contract::PythPrice price;
    if (contract::read_pyth(text, say::PYTH_FEED_ID, price) == Error::ok && price.usable &&
        (!price.report.price.is_positive() || price.report.confidence.is_negative()))
        fail("a usable price that is none", text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace contract;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try_message<InstantiateMessage>(text, decode_instantiate);
    try_message<MigrateMessage>(text, decode_migrate);
    try_message<ExecuteMessage>(text, decode_execute);
    try_message<GovernanceMessage>(text, decode_governance);
    try_message<KeeperMessage>(text, decode_keeper);
    try_message<TokenMessage>(text, decode_token_message);
    try_message<QueryMessage>(text, decode_query);
    try_records<Config, Counters, House, CashPool, Stake, Prices, FeedSources, FeedReports,
        PortfolioParams, Surfaces, Settlements, Correlation, Observed, ObservedPairs, StablePrices,
        StableDelays, MarketRecord, EpochRecord, AccountRecord, RoleRecord, Proposal>(text);
    try_base64(text);
    try_pyth(text);
    return 0;
}
