// plimsoll: benchmarks/wasm/portfolio_ops.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the yard. A freestanding wasm module that evaluates one account in portfolio mode again and again, so
// that a metering pass can count the instructions, the gas and the ink of its margin.
// Promises: no import; the checksum of a run depends on its arguments only, and is the same natively.
// Never: linked into a product.
//
// Exports, each of `count` evaluations, of which the cost of one is the difference of two counts, divided:
//   account   from the account, its smiles included
//   book      from the book, its volatilities at hand
#include "benchmarks/portfolio_yard.hpp"
#include "benchmarks/wasm/drive.hpp"

namespace {

using namespace plimsoll;

std::uint64_t digest(const Result<MarginReport>& report) noexcept
{
    CHECK(static_cast<bool>(report));
    return static_cast<std::uint64_t>(report->health(Level::maintenance).raw()) * 31 +
           static_cast<std::uint64_t>(report->health(Level::initial).raw());
}

}  // namespace

PLIMSOLL_EXPORT("account")
std::uint64_t run_account(std::uint32_t count)
{
    bench::PortfolioYard yard;
    const Scene scene = yard.scene();
    std::uint64_t checksum = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        yard.account.cash += Money::from_raw(1);
        checksum = checksum * 31 + digest(evaluate(yard.account, scene));
    }
    return checksum;
}

PLIMSOLL_EXPORT("book")
std::uint64_t run_book(std::uint32_t count)
{
    const bench::PortfolioYard yard;
    const Scene scene = yard.scene();
    Result<Book> book = book_of(yard.account, scene);
    CHECK(static_cast<bool>(book));
    std::uint64_t checksum = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        book->cash += Money::from_raw(1);
        checksum = checksum * 31 + digest(margin(*book, yard.memory.work));
    }
    return checksum;
}
