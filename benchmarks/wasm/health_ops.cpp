// plimsoll: benchmarks/wasm/health_ops.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the yard. A freestanding wasm module that evaluates one account again and again, so that a
// metering pass can count the instructions of a health check.
// Promises: no import; the checksum of a run depends on its arguments only, and is the same natively.
// Never: linked into a product.
//
// Exports: health(count, stale_indexes); the cost of one is the difference of two counts, divided.
#include "benchmarks/health_yard.hpp"
#include "benchmarks/wasm/drive.hpp"

PLIMSOLL_EXPORT("health")
std::uint64_t run_health(std::uint32_t count, std::uint32_t stale_indexes)
{
    using namespace plimsoll;
    bench::Yard yard(stale_indexes != 0);
    const Scene scene = yard.scene();
    std::uint64_t checksum = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        yard.account.cash += Money::from_raw(1);
        const Result<MarginReport> report = evaluate(yard.account, scene);
        CHECK(static_cast<bool>(report));
        const num::i128 health = report->health(Level::maintenance).raw();
        checksum = checksum * 31 + static_cast<std::uint64_t>(health);  // the low half is enough
    }
    return checksum;
}
