// plimsoll: contract/store.hpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the hall. One call's view of the records: loaded when first asked for, changed in memory, written
// together at the end.
// Promises: nothing is written before commit(), so a call that ends in an error leaves no trace. Each
// record is read at most once. What is changed goes through a `change_` function, and only that is
// written, in a fixed order.
// Never: decides anything.
#pragma once

#include "contract/host.hpp"
#include "contract/records.hpp"
#include "engine/ops/resolve.hpp"
#include "engine/oracle/volatility_margin.hpp"
#include "engine/risk/scene.hpp"
#include "engine/solvency/inventory.hpp"
#include "engine/solvency/side_index.hpp"
#include "engine/solvency/staking.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace plimsoll::contract {

/// A record of this call's view, and whether it is to be written. Outside of Store, because its defaults
/// must be known where Store's own members are made.
template <class T>
struct LoadedRecord
{
    std::uint64_t id = 0;
    bool changed = false;
    T record;
};

/// Every member has its own initialiser; make_unique would zero the whole first, and an account is 10 KB.
template <class T>
std::unique_ptr<T> fresh()
{
    return std::unique_ptr<T>(new T);
}

/// A market is brought up to now when it is loaded, so that every margin sees the funding that is due. What
/// is not written is due again, in full, the next time. Likewise an account's curve has stood still in a grace.
struct LoadedMarket : LoadedRecord<MarketRecord>
{
    Price funding;         ///< Charged a unit of base by loading it.
    bool stopped = false;  ///< Loading found its index at the end of its range.
};

/// An account's cash is brought up to the pool's indexes when it is loaded, so that every margin sees the
/// interest that is due. What is not written is due again, in full, the next time.
struct LoadedAccount : LoadedRecord<AccountRecord>
{
    bool takes_part = false;  ///< Loading it found it in the pool of all cash;
    Money stored;             ///< the cash that its record held then,
    CashView cash;            ///< what that had become,
    Money claims;             ///< and the claims beside it.
};

class Store final : public EpochSource
{
public:
    explicit Store(const Host& host) noexcept : m_host(host) {}

    /// Loads what every call needs. not_instantiated before instantiate.
    [[nodiscard]] Error open(Seconds now, std::uint64_t height = 0);
    /// Starts from nothing, for instantiate. already_instantiated if there is something.
    [[nodiscard]] Error create(const Config& config, Seconds now);

    // Each returns null when the thing does not exist or does not decode; error() then says which.
    [[nodiscard]] const AccountRecord* account(AccountId id);
    [[nodiscard]] AccountRecord* change_account(AccountId id);
    [[nodiscard]] AccountRecord& add_account();  ///< Under the next number, Counters::accounts.
    [[nodiscard]] const MarketRecord* market(MarketId id);
    [[nodiscard]] MarketRecord* change_market(MarketId id);
    [[nodiscard]] MarketRecord& add_market();  ///< Under the next number.
    /// Null also where governance has set none: no_portfolio_risk.
    [[nodiscard]] const PortfolioParams* portfolio(UnderlyingId id);
    void set_portfolio(UnderlyingId id, const PortfolioParams& params);
    [[nodiscard]] const Surfaces* surfaces(UnderlyingId id);  ///< Empty where there are none.
    [[nodiscard]] Surfaces* change_surfaces(UnderlyingId id);
    /// What is to be settled on an underlying, with the price that stands taken in up to now. Empty where there is
    /// nothing.
    [[nodiscard]] const Settlements* settlements(UnderlyingId id);
    [[nodiscard]] Settlements* change_settlements(UnderlyingId id);
    /// Whether a window of its settlements has opened: before, nothing needs to be taken in.
    [[nodiscard]] bool settlement_due(UnderlyingId id) const noexcept;
    /// Takes in everywhere what has stood until now, before what counts of it changes. False, with error() set, if a
    /// record does not decode.
    [[nodiscard]] bool take_in_settlements();
    /// One more market settles then. Error too_many_settlements, or that of a record that does not decode.
    [[nodiscard]] Error join_settlement(UnderlyingId id, Seconds end);
    /// One fewer does. False, with error() set, if a record does not decode.
    [[nodiscard]] bool leave_settlement(UnderlyingId id, Seconds end);
    /// Null also where governance has set none: nothing_to_do.
    [[nodiscard]] const FeedSources* feed_sources(UnderlyingId id);
    /// Sources without a report yet, and no price held back. Sources that are none: their publishers write it again.
    void set_feed_sources(UnderlyingId id, const FeedSources& sources);
    /// @pre feed_sources() has answered
    [[nodiscard]] const FeedReports* reports(UnderlyingId id);
    [[nodiscard]] FeedReports* change_reports(UnderlyingId id);
    [[nodiscard]] const Correlation* correlation();  ///< Without a known pair where there is none.
    [[nodiscard]] Correlation* change_correlation();
    [[nodiscard]] RoleRecord* role(const Address& address);  ///< Empty where there is none.
    [[nodiscard]] RoleRecord* change_role(const Address& address);
    /// Null with no_such_proposal for one that was executed or taken back.
    [[nodiscard]] const Proposal* proposal(std::uint64_t id);
    void add_proposal(Proposal proposal);  ///< Under the next number, Config::proposals.
    /// @pre proposal(id) has answered
    void remove_proposal(std::uint64_t id) noexcept;
    [[nodiscard]] const House* house();
    /// Moves the insurance's share of interest there first, so that whatever it pays or earns sees all of it.
    [[nodiscard]] House* change_house();

    // The pool of all cash, with the interest due until now. Null where governance has set none: then error() is
    // ok. It is written whenever an account is.
    [[nodiscard]] const CashPool* cash_pool();
    [[nodiscard]] CashPool* change_cash_pool();
    /// As the call would leave it if it ended here. @pre cash_pool() is not null
    [[nodiscard]] CashPool cash_pool_after() const;
    /// Starts it. @pre there is none yet, and no account has been asked for
    void start_cash_pool();
    [[nodiscard]] Stake* change_stake(const Address& address);

    // What the house took over, at the prices of engine/solvency/inventory.hpp: with its discount, but for who
    // joins the stakers, and against a deficit never more than it brings. A stable price is asked for only where
    // there is inventory of it. An error: a record that does not decode.
    [[nodiscard]] Result<Money> inventory_worth(const Insurance& insurance, InventoryUse use);
    [[nodiscard]] Result<InventoryWorth> inventory_worth(const Insurance& insurance);
    /// At last prices, whatever they are fit for, and without a discount.
    [[nodiscard]] Money inventory_at_last_ceil(const Insurance& insurance) const noexcept;
    /// What it covers for the gate, which looks at no stable price.
    [[nodiscard]] Money gated_worth_floor(const Insurance& insurance) const noexcept;
    /// What of the open deficit suppliers would share.
    [[nodiscard]] Result<Money> shared_deficit(const Insurance& insurance);
    /// Closes or opens the withdrawal gate by prices that have moved since it was written, and by what this call has
    /// changed so far: what is about to leave is not there to open it. Null as for the pool.
    [[nodiscard]] CashPool* refresh_gate();

    [[nodiscard]] const Config& config() const noexcept { return m_config; }
    [[nodiscard]] Config& change_config() noexcept
    {
        m_config_changed = true;
        return m_config;
    }
    [[nodiscard]] const Board& board() const noexcept { return m_board; }
    /// The one way to a price: whatever averages the one that stood, settlements and the stable price, has taken it
    /// in up to now before another stands. False, with error() set and nothing changed, if a record does not decode.
    /// @pre observed() has been asked for, or there is no observation
    [[nodiscard]] bool change_price(UnderlyingId id, const FeedPrice& price);

    /// The time to act that a halt of the chain has left, as if its clock were noted now.
    [[nodiscard]] const Grace& grace() const noexcept { return m_clock.grace; }
    /// Writes the clock. False if there is nothing new to write, or no grace to be had.
    [[nodiscard]] bool note_clock() noexcept;
    /// Forgets where the clock stood, since what a block may take has changed.
    void restart_clock() noexcept;

    // What is observed of prices is brought up to now when it is first asked for, with the board as it stood
    // until then; so ask before a price changes. What is not written is taken in again, in full, the next
    // time. Null where governance observes nothing: then error() is ok.
    [[nodiscard]] const Observed* observed();
    /// Writes it if there was anything to take in. False, with error() set, if a record does not decode.
    [[nodiscard]] bool change_observed();
    /// Writes what maintenance has gone so far, before what it depends on changes; and again afterwards, so that what
    /// is no longer asked for is forgotten. False, with error() set, if a record does not decode.
    [[nodiscard]] bool restate_observed();
    /// Whether this call writes what is observed.
    [[nodiscard]] bool observation_written() const noexcept { return m_observed_changed; }
    // Start anew, before anything was seen.
    void forget_volatility();
    void forget_correlation();
    void forget_stable_prices();
    /// Zero where there is none: error() says whether that is an error.
    [[nodiscard]] Price stable_price(UnderlyingId id);
    /// Writes it. False, with error() set, if a record does not decode.
    [[nodiscard]] bool change_stable_price(UnderlyingId id);
    /// Where a pair's correlation may be at each level: governance's, with what is observed.
    [[nodiscard]] const PerLevel<const Correlation*>& correlations();
    /// How much wider than listed the scenarios are. @pre observed() has answered, or there is no widening
    [[nodiscard]] Widening widening(UnderlyingId id) const noexcept;
    [[nodiscard]] PerLevel<Ratio> volatility_haircut(AssetId id) const noexcept;

    [[nodiscard]] std::uint64_t accounts() const noexcept { return m_counters.accounts; }
    [[nodiscard]] std::uint64_t events() const noexcept { return m_counters.events; }
    [[nodiscard]] std::uint64_t next_event() noexcept { return ++m_counters.events; }

    /// Remembers an epoch that has ended in this call.
    void add_epoch(MarketId market, const EndedEpoch& ended);
    [[nodiscard]] bool epoch(
        MarketId market, Side side, std::uint32_t number, EpochRecord& out) const noexcept override;

    /// Puts everything that the account holds or has orders on on the scene, and takes off what another account held.
    /// False, with error() set, if a record is gone.
    [[nodiscard]] bool stage(Scene& scene, const Account& account);
    /// Puts one market on the scene, with the surfaces that mark it, and with its scenarios if asked. False, with
    /// error() set, if a record is gone.
    [[nodiscard]] bool set_market(Scene& scene, MarketId id, bool scenarios);
    /// Puts one market on the scene, and takes off what was there. False, with error() set, if it is gone.
    [[nodiscard]] bool stage(Scene& scene, MarketId id);
    /// A scene on this call's board, with every asset and underlying set.
    [[nodiscard]] Scene scene();

    [[nodiscard]] Error error() const noexcept { return m_error; }

    /// Every market that will be written, for announcing what loading it has charged.
    template <class Each>
    void each_changed_market(const Each& each) const
    {
        for (const auto& loaded : m_markets)
            if (loaded->changed)
                each(*loaded);
    }

    /// Writes what has changed.
    void commit(Host& host);

private:
    template <class T>
    using Loaded = LoadedRecord<T>;
    struct LoadedRole
    {
        Address address;
        bool changed = false;
        RoleRecord record;
    };
    struct LoadedProposal : Loaded<Proposal>
    {
        bool removed = false;
    };
    struct NewEpoch
    {
        MarketId market;
        Side side;
        std::uint32_t number;
        EpochRecord record;
    };

    struct StableView
    {
        bool current = false;  ///< Brought up to now.
        bool ended = false;    ///< An interval has ended by now.
        bool changed = false;
    };

    bool set_besides(Scene& scene, UnderlyingId id, bool scenarios, bool surface);
    /// The scenarios as they are in force now, and the scale of initial.
    bool set_scenarios(UnderlyingScene& besides, UnderlyingId id);
    bool set_stable(Scene& scene, UnderlyingId id);
    bool set_collateral(Scene& scene, AssetId id, bool scenarios);
    /// Whatever may drive another underlying, and how they move together (F-26).
    bool set_drivers(Scene& scene);
    template <class T>
    bool load(const std::string& key, T& record, Error absent)
    {
        std::string bytes;
        if (!m_host.read(key, bytes)) {
            m_error = absent;
            return false;
        }
        m_error = decode(bytes, record);
        return m_error == Error::ok;
    }
    /// Leaves the record at its defaults where there is none.
    template <class T>
    bool load_if_there(const std::string& key, T& record)
    {
        std::string bytes;
        m_error = m_host.read(key, bytes) ? decode(bytes, record) : Error::ok;
        return m_error == Error::ok;
    }
    bool load_pairs(std::size_t group);
    bool take_in();
    void aim_all();
    StablePrice* find_stable(UnderlyingId id);
    void commit_observed(Host& host) const;
    LoadedAccount* find_account(AccountId id);
    bool enter_pool(LoadedAccount& loaded);
    void settle_gate(CashPool& pool, const Insurance& insurance, Money supplied) const noexcept;
    void commit_cash(Host& host);
    LoadedMarket* find_market(MarketId id);
    LoadedRole* find_role(const Address& address);
    Loaded<Surfaces>* find_surfaces(UnderlyingId id);
    Loaded<Settlements>* find_settlements(UnderlyingId id);
    bool set_settlements(Scene& scene, const Market& market);
    bool take_in_settlement(UnderlyingId id);
    Loaded<FeedReports>* find_reports(UnderlyingId id);
    void commit_feeds(Host& host) const;

    const Host& m_host;
    Error m_error = Error::ok;
    Config m_config;
    bool m_config_changed = false;
    Counters m_counters;
    bool m_counters_known = false;
    Counters m_counters_before;
    Board m_board;
    std::uint64_t m_height = 0;
    ChainClock m_clock;                ///< Noted at this block; written with prices.
    std::uint64_t m_clock_height = 0;  ///< Where it stood before.
    bool m_clock_changed = false;
    std::uint16_t m_price_count = 0;
    bool m_prices_changed = false;
    std::optional<Loaded<House>> m_house;
    std::vector<std::unique_ptr<LoadedAccount>> m_accounts;
    std::unique_ptr<Loaded<CashPool>> m_cash;
    std::unique_ptr<Stake> m_stake;  ///< The sender's, the only one that a call changes.
    std::string m_stake_key;
    std::vector<std::unique_ptr<LoadedMarket>> m_markets;
    std::vector<std::unique_ptr<LoadedRole>> m_roles;
    std::vector<std::unique_ptr<LoadedProposal>> m_proposals;
    std::vector<std::unique_ptr<Loaded<PortfolioParams>>> m_portfolios;
    std::vector<std::unique_ptr<Loaded<Surfaces>>> m_surfaces;
    std::vector<std::unique_ptr<Loaded<Settlements>>> m_settlements;
    std::vector<std::unique_ptr<Loaded<FeedSources>>> m_sources;
    std::vector<std::unique_ptr<Loaded<FeedReports>>> m_reports;
    std::vector<std::unique_ptr<Loaded<PortfolioParams>>>
        m_widened;  ///< As in force, never written.
    std::unique_ptr<Loaded<Correlation>> m_correlation;
    PerLevel<std::unique_ptr<Correlation>> m_hulls;
    PerLevel<const Correlation*> m_correlations;
    std::unique_ptr<Observed> m_observed;
    bool m_observed_due = false;       ///< There was something to take in,
    bool m_observed_changed = false;   ///< and it is to be written.
    std::uint32_t m_pairs_loaded = 0;  ///< A bit for each record of pairs,
    std::uint32_t m_pairs_swept = 0;   ///< and of those that taking in has changed.
    std::unique_ptr<StablePrices> m_stables;
    StableView m_stable_views[UNDERLYINGS_MAX];
    std::vector<NewEpoch> m_epochs;
    std::unique_ptr<MarginMemory> m_memory;  ///< Made with the first scene, shared by all of them.
};

}  // namespace plimsoll::contract
