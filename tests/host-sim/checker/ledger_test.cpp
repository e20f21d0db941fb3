// plimsoll: tests/host-sim/checker/ledger_test.cpp                  SPDX-License-Identifier: Apache-2.0
// The ledger kept from call to call equals one read afresh, and every kind of loss is seen.
#include "host-sim/checker/invariants.hpp"
#include "host-sim/replay.hpp"
#include "host-sim/runner.hpp"
#include "tests/host-sim/support/shipped_scenario.hpp"
#include "tests/host-sim/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;

/// Compares the kept ledger with a fresh one after every tenth call.
class FreshLedger final : public CallObserver
{
public:
    explicit FreshLedger(Chain& chain) : m_chain(chain) {}

    void on_call(const Call&, const Receipt& receipt) override
    {
        if (!receipt.ok())
            return;
        m_kept.update(m_chain.vm().records());
        if (++m_calls % 10 != 0)
            return;
        Ledger fresh;
        fresh.update(m_chain.vm().records());
        REQUIRE(fresh.sums() == m_kept.sums());
    }

private:
    Chain& m_chain;
    Ledger m_kept;
    std::uint64_t m_calls = 0;
};

/// A machine after a short run, with what its contract holds in the bank.
struct Finished
{
    std::unique_ptr<Vm> vm;
    Ledger ledger;
    std::array<num::i128, ASSETS_MAX> held{};
};

Finished finished_run()
{
    Finished finished;
    finished.vm = make_vm(VmKind::native).vm;
    const auto scenario = sim::test::small_scenario(60);
    (void)run_scenario(
        scenario, *finished.vm, {.seed = 1, .blocks = 60, .out = {}, .on_block = {}});
    finished.ledger.update(finished.vm->records());
    for (std::size_t i = 0; i < scenario.tokens.size(); ++i)
        finished.held[i] = finished.ledger.house().held[i].raw();
    return finished;
}

}  // namespace

TEST_CASE("a ledger kept from call to call equals one read afresh", "[ledger]")
{
    const auto scenario = sim::test::small_scenario(700);
    const sim::test::TemporaryFolder folder;
    const auto first = make_vm(VmKind::native);
    (void)run_scenario(
        scenario, *first.vm, {.seed = 1, .blocks = 700, .out = folder.path(), .on_block = {}});
    const auto trace = read_trace(folder.path("trace.jsonl"));

    const auto second = make_vm(VmKind::native);
    Bank bank;
    Chain chain(*second.vm, bank, trace.header.contract_address);
    FreshLedger observer(chain);
    chain.observe(observer);
    for (const auto& traced : trace.calls) {
        for (const auto& coin : traced.call.funds)
            bank.endow(traced.call.sender, coin.denom, coin.amount);
        REQUIRE(chain.replay(traced.call).code == traced.error);
    }
}

TEST_CASE("honest books have no fault", "[ledger]")
{
    const auto finished = finished_run();
    CHECK(ledger_fault(finished.ledger, finished.held).empty());
}

TEST_CASE("a token too many or too few is seen", "[ledger]")
{
    const auto finished = finished_run();
    for (std::size_t asset = 0; asset < 3; ++asset) {
        for (const int change : {-1, 1}) {
            auto held = finished.held;
            held[asset] += change;
            CHECK_FALSE(ledger_fault(finished.ledger, held).empty());
        }
    }
}

TEST_CASE("cash, collateral or a position out of nowhere is seen", "[ledger]")
{
    const auto finished = finished_run();
    const auto tampered = [&finished](const std::function<void(contract::AccountRecord&)>& change) {
        auto records = finished.vm->records();
        // The first trader that holds collateral and a position.
        for (auto& [key, value] : records) {
            contract::AccountRecord record;
            if (key.find("account") == std::string::npos ||
                contract::decode(value, record) != Error::ok || record.account.positions.empty() ||
                record.account.collaterals.empty())
                continue;
            change(record);
            value = contract::encode(record);
            Ledger ledger;
            ledger.update(records);
            return ledger_fault(ledger, finished.held);
        }
        return std::string("no such account");
    };
    using Catch::Matchers::Contains;
    CHECK(tampered([](auto&) {}).empty());
    CHECK_THAT(tampered([](auto& record) { record.account.cash += Money::from_raw(1); }),
        Contains("quote held"));
    CHECK_THAT(tampered([](auto& record) {
        record.account.collaterals[0].amount += TokenAmount::from_raw(1);
    }),
        Contains("accounts and inventory own"));
    CHECK_THAT(tampered([](auto& record) {
        record.account.positions[0].base += Quantity::from_raw(1'000'000);
    }),
        Contains("market"));
    CHECK_THAT(
        tampered([](auto& record) { record.account.positions[0].quote += Money::from_units(1); }),
        Contains("residue"));
}
