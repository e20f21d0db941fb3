// plimsoll: tests/support/audit.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. See audit.hpp.
#include "tests/support/audit.hpp"

#include "contract/records.hpp"
#include "engine/solvency/cash_index.hpp"
#include "engine/solvency/side_index.hpp"

#include <algorithm>

namespace plimsoll::test {
namespace {

using num::i128;

/// Ended epochs, straight from the records.
class StoredEpochs final : public EpochSource
{
public:
    explicit StoredEpochs(const MemoryHost& host) : m_host(host) {}

    [[nodiscard]] bool epoch(
        MarketId market, Side side, std::uint32_t number, EpochRecord& out) const noexcept override
    {
        std::string bytes;
        return m_host.read(contract::epoch_key(market, side, number), bytes) &&
               contract::decode(bytes, out) == Error::ok;
    }

private:
    const MemoryHost& m_host;
};

/// One market and what its positions add up to, each brought up to its indexes on copies.
struct Book
{
    Market market;
    MarketIndexes indexes;  ///< With the dust that touching everybody would add.
    i128 longs = 0;
    i128 shorts = 0;
    i128 quotes = 0;
};

class Auditor
{
public:
    Auditor(const MemoryHost& host, const std::map<std::string, i128>& bank)
      : m_host(host), m_bank(bank), m_epochs(host)
    {}

    Audit run()
    {
        contract::Counters counters;
        if (!load(contract::config_key(), m_config) || !load(contract::counters_key(), counters) ||
            !load(contract::house_key(), m_house) ||
            (m_config.cash.borrow.given() && !load(contract::cash_key(), m_pool)))
            return m_audit;
        for (std::uint16_t i = 0; i < m_config.market_count; ++i) {
            contract::MarketRecord record;
            if (!load(contract::market_key(MarketId{i}), record))
                return m_audit;
            Book book;
            book.market = record.market;
            book.indexes = record.market.indexes;
            m_books.push_back(book);
        }
        for (std::uint64_t id = 1; id <= counters.accounts; ++id) {
            contract::AccountRecord record;
            if (!load(contract::account_key(AccountId{id}), record))
                return m_audit;
            add(record.account, "account " + std::to_string(id));
            add(record.share, record.account);
        }
        check_cash();
        for (std::size_t i = 0; i < m_books.size(); ++i)
            check(m_books[i], "market " + std::to_string(i));
        check_tokens();
        return m_audit;
    }

private:
    void complain(const std::string& fault)
    {
        if (m_audit.fault.empty())
            m_audit.fault = fault;
    }

    template <class Record>
    bool load(const std::string& key, Record& record)
    {
        std::string bytes;
        const bool fine = m_host.read(key, bytes) && contract::decode(bytes, record) == Error::ok;
        if (!fine)
            complain("no good record under " + key);
        else if (contract::encode(record) != bytes)
            complain("a record changes when it is read and written: " + key);
        return fine;
    }

    void add(const Account& account, const std::string& who)
    {
        m_cash += account.cash.raw();
        for (const Collateral& held : account.collaterals) {
            if (held.amount.is_zero() || account.find(held.asset) != &held)
                complain(who + ": an empty or repeated collateral");
            m_collateral[held.asset.value] += held.amount.raw();
        }
        for (const Position& position : account.positions) {
            if (position.market.value >= m_books.size() ||
                account.find(position.market) != &position) {
                complain(who + ": a position nowhere, or twice");
                continue;
            }
            Book& book = m_books[position.market.value];
            if (!view(position, book.indexes, m_epochs))
                m_audit.fits_all = false;
            Position copy = position;
            for (bool done = false; !done;) {
                const Result<Touched> touched = touch(copy, book.indexes, m_epochs);
                if (!touched) {
                    complain(who + ": " + std::string(name_of(touched.error())));
                    return;
                }
                done = touched->done;
            }
            (copy.base.is_positive() ? book.longs : book.shorts) += copy.base.abs().raw();
            book.quotes += copy.quote.raw();
        }
    }

    /// Brought up to the pool's indexes on a copy.
    void add(const contract::CashShare& share, const Account& account)
    {
        m_expected += share.expected_deficit;
        if (share.expected_deficit.is_positive() && !account.flag.raised)
            complain("a deficit is expected of an account without a flag");
        if (share.index == 0)
            return;
        const CashView now = cash_now(m_pool, account.cash, share.index);
        m_due += (account.cash - now.floor).raw();
        m_supplied_floor += std::max(now.floor, Money::zero()).raw();
        m_supplied_ceil += std::max(now.ceil, Money::zero()).raw();
        m_borrowed += std::max(-now.floor, Money::zero()).raw();
        for (const Position& position : account.positions)
            if (position.base.is_zero())
                m_claims += position.quote.raw();
    }

    /// With everybody up to date, what borrowers have paid covers what the others have got, and the pool's bounds
    /// hold.
    void check_cash()
    {
        if (!(m_house.staking.expected_deficits == m_expected))
            complain("expected deficits are not the sum of the accounts'");
        m_audit.cash_residue = m_pool.residue.raw() + m_due;
        if (m_audit.cash_residue < 0)
            complain("suppliers and insurance have got more interest than was paid");
        if (m_pool.supplied_floor.raw() > m_supplied_ceil ||
            m_pool.supplied_ceil.raw() < m_supplied_floor)
            complain("what is supplied is out of its bounds");
        if (m_pool.borrowed_floor.raw() > m_borrowed)
            complain("more is counted as borrowed than is owed");
        if (m_pool.claims.raw() != m_claims)
            complain("claims are not the sum of the accounts'");
    }

    void check(const Book& book, const std::string& name)
    {
        const i128 open_interest = book.indexes.open_interest;
        const i128 residue = -book.quotes - book.market.paid_out.raw();
        const i128 dust = book.shorts - book.longs;
        m_paid_out += book.market.paid_out.raw();
        m_audit.residue.push_back(residue);
        m_audit.dust.push_back(dust);
        if (open_interest < 0)
            complain(name + ": negative open interest");
        if (residue < 0)
            complain(name + ": negative residue");
        if (dust < 0 || dust > book.indexes.sides[0].dust + book.indexes.sides[1].dust)
            complain(name + ": dust out of its bound");
        if (book.longs > open_interest || book.shorts < open_interest)
            complain(name + ": the sides do not bracket open interest");
    }

    void check_tokens()
    {
        const Insurance& insurance = m_house.insurance;
        if (insurance.balance.is_negative() || insurance.open_deficit.is_negative())
            complain("a negative insurance");
        if (insurance.advanced.is_negative() ||
            (insurance.advanced.is_positive() && !insurance.has_inventory()))
            complain("an advance on inventory that is not there");
        // Only a cap on what it pays leaves it money while something is owed.
        bool capped = m_config.liquidation.debt_cap.is_positive();
        for (const Book& book : m_books)
            capped = capped || book.market.params.insurance_cap.is_positive();
        if (insurance.balance.is_positive() && insurance.open_deficit.is_positive() && !capped)
            complain("the insurance has money and an open deficit");
        const i128 held =
            money_from_tokens(m_house.held[0], m_config.assets[0].params.decimals).raw();
        if (m_cash + insurance.balance.raw() - insurance.open_deficit.raw() - m_paid_out +
                m_pool.reserve.raw() + m_pool.residue.raw() !=
            held)
            complain("quote is not conserved");
        for (std::uint16_t i = 0; i < m_config.assets.size(); ++i) {
            const std::string denom(m_config.assets[i].denom.view());
            const auto found = m_bank.find(denom);
            if (m_house.held[i].raw() != (found == m_bank.end() ? i128{0} : found->second))
                complain("the house does not hold what it counts of " + denom);
            if (i != 0 && m_collateral[i] + insurance.inventory[i].raw() != m_house.held[i].raw())
                complain("tokens are not conserved: " + denom);
        }
    }

    const MemoryHost& m_host;
    const std::map<std::string, i128>& m_bank;
    StoredEpochs m_epochs;
    Audit m_audit;
    contract::Config m_config;
    contract::House m_house;
    std::vector<Book> m_books;
    i128 m_collateral[ASSETS_MAX]{};
    CashPool m_pool;
    Money m_expected;
    i128 m_due = 0;
    i128 m_supplied_floor = 0;
    i128 m_supplied_ceil = 0;
    i128 m_borrowed = 0;
    i128 m_claims = 0;
    i128 m_cash = 0;
    i128 m_paid_out = 0;
};

}  // namespace

Audit audit(const MemoryHost& host, const std::map<std::string, i128>& bank)
{
    return Auditor(host, bank).run();
}

}  // namespace plimsoll::test
