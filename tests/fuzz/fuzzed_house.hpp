// plimsoll: tests/fuzz/fuzzed_house.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A clearinghouse in memory for a fuzzer, in one of several states, each of them made
// once. It is house.hpp's without Catch.
//
//   asset 0 USDC "uusdc"; 1 ETH "aeth"; 2 BTC "sat"; 3 ETH "cw20:wethtoken"
//   underlying 0 ETH at 2000, 1 BTC at 50000, 2 SOL at 100, by reports of feeder0 to feeder2 and of a Pyth contract
//   market 0 ETH-PERP, 1 BTC-PERP; 2 a future on ETH, 3 a call, 4 a put at 2000, 5 a future on BTC, all at EXPIRY;
//   6 SOL-PERP, at the oracle's price
//   account 1 and 6 are Alice's, 2 Bob's, 3 Carol's with collateral and debt, 4 Dave's in portfolio margin,
//   5 the keeper's, 7 Thin's, 8 nobody has used
//
// Promises: every call is checked for what holds of any: an error writes nothing, moves no token and announces
// nothing; events are numbered without gaps; the bank covers each transfer; a query writes nothing; the books
// balance (audit.hpp). A breach ends the program.
#pragma once

#include "contract/contract.hpp"
#include "tests/support/house.hpp"
#include "tests/support/memory_host.hpp"

#include <cstdint>
#include <cstdlib>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace plimsoll::test {

inline constexpr std::uint64_t FUZZ_EXPIRY = START + DAY;
inline constexpr const char* FUZZ_TOKEN = "wethtoken";

enum class Setting : std::uint8_t
{
    plain,     ///< Perpetuals of ETH and BTC, and three accounts.
    full,      ///< Everything that is listed above.
    trouble,   ///< The same after a fall: accounts flagged, insurance gone, a deficit open.
    timelock,  ///< The same as full; governance waits, and a proposal of its waits too.
    expiry,    ///< The same as full, a few seconds before the expiry.
};
inline constexpr std::size_t SETTINGS = 5;

class FuzzedHouse
{
public:
    /// A copy of that state. The first one is made now.
    explicit FuzzedHouse(Setting setting);

    contract::Outcome execute(
        std::string_view sender, const std::string& json, const Coins& funds = {});
    [[nodiscard]] contract::Outcome ask(const std::string& json);
    /// For whoever takes over a state, or asks for a second one.
    contract::Outcome migrate(const std::string& json);
    contract::Outcome instantiate_again(const std::string& json);

    /// The call on records of which one is damaged; they are put back after it.
    /// @pre the record under `key` does not decode, or is gone
    void on_damaged(const std::string& key, const std::string& bytes, std::string_view sender,
        const std::string& json, bool is_query);

    void wait(std::uint64_t seconds)
    {
        time += seconds;
        height += seconds;
    }
    /// Time without blocks, but for the one that ends it.
    void halt(std::uint64_t seconds)
    {
        time += seconds;
        ++height;
    }
    /// The last prices again, and surfaces around them, a second later.
    void refresh();
    void publish(std::uint64_t underlying, const std::string& price);
    void pyth_answers(const std::string& answer);

    [[nodiscard]] std::uint64_t accounts() const;
    [[nodiscard]] std::string owner(std::uint64_t account) const;
    [[nodiscard]] std::uint64_t venue_nonce() const;
    [[nodiscard]] num::i128 index(std::uint64_t underlying) const;
    [[nodiscard]] num::i128 mark(std::uint64_t market);

    MemoryHost host;
    std::map<std::string, num::i128> bank;  ///< What the chain says that the house holds.
    std::uint64_t time = START;
    std::uint64_t height = 1;
    bool talks =
        std::getenv("PLIMSOLL_FUZZ_STORY") != nullptr;  ///< Prints each call and its answer.

private:
    struct Empty
    {};
    explicit FuzzedHouse(Empty) {}
    struct State;

    void become(const State& state);
    static void make(Setting setting, State& out);
    void set_up_plain();
    void list_everything();
    void trade();
    void fall();
    void wait_for_governance();
    void approach_expiry();
    [[nodiscard]] State snapshot() const;
    void must(std::string_view sender, const std::string& json, const Coins& funds = {});
    std::uint64_t trader(const std::string& owner, std::uint64_t quote_units);
    [[nodiscard]] contract::Env env(
        std::string_view sender, std::span<const contract::Coin> funds) const;
    void check_refused(const contract::Outcome& outcome, int changes, const std::string& json);
    void check_done(const contract::Outcome& outcome, const std::string& json);
    void tell(std::string_view kind, std::string_view sender, const std::string& json,
        const contract::Outcome& outcome) const;

    std::uint64_t m_events = 0;
};

/// Whether the record does not decode as what its key says that it is.
[[nodiscard]] bool is_damaged(std::string_view key, std::string_view bytes);

}  // namespace plimsoll::test
