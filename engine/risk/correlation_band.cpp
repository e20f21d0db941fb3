// plimsoll: engine/risk/correlation_band.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See correlation_band.hpp.
#include "engine/risk/correlation_band.hpp"

#include "engine/num/wide.hpp"
#include "engine/risk/confidence.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {
namespace {

using num::i128;

constexpr i128 WAD = static_cast<i128>(num::WAD);
/// Ends of intervals have 36 decimals.
constexpr i128 WAD_SQUARED = WAD * WAD;

/// spot - 1, raw.
constexpr i128 shift_of(const Scenario& scenario) noexcept
{
    return scenario.spot.raw() - WAD;
}

/// The unit of a shift: the underlying's undamped range on that side (F-22).
constexpr i128 unit_of(const MarginWork::Ladder& ladder, i128 shift) noexcept
{
    return shift > 0 ? ladder.up : ladder.down;
}

/// F-23, with 36 decimals.
struct Interval
{
    i128 low = 0;
    i128 high = 0;
};

Interval interval_of(const CorrelationPair& pair) noexcept
{
    const i128 band = pair.band.raw();
    const i128 low = pair.low.raw();
    const i128 high = pair.high.raw();
    const auto width = [&](i128 rho) {
        return band * (WAD + static_cast<i128>(num::magnitude(rho)));
    };
    Interval interval{low * WAD - width(low), high * WAD + width(high)};
    if (interval.low < -WAD_SQUARED)
        interval.low = -WAD_SQUARED;
    if (interval.high > WAD_SQUARED)
        interval.high = WAD_SQUARED;
    return interval;
}

/// A driver's move times one end of an interval, to be compared with the moves of another ladder. All
/// factors stay apart, so that no rounding can choose another branch.
class Target
{
public:
    /// The move shift / unit, times end.
    Target(i128 shift, i128 unit, i128 end) noexcept : m_shift(shift), m_unit(unit), m_end(end) {}

    /// Sign of (target - the move of `shift` in `ladder`): shift_i * end * unit_j against
    /// shift_j * 1e36 * unit_i. |shift|, unit <= 12e18, so each product of two is below 1.5e38.
    [[nodiscard]] int against(i128 shift, const MarginWork::Ladder& ladder) const noexcept
    {
        if (shift == 0)
            return m_shift == 0 || m_end == 0 ? 0 : (m_shift < 0) != (m_end < 0) ? -1 : 1;
        const i128 unit = unit_of(ladder, shift);
        return num::compare_products(m_shift * unit, m_end, shift * m_unit, WAD_SQUARED);
    }

private:
    i128 m_shift;
    i128 m_unit;
    i128 m_end;
};

/// The rows of one underlying by which it may answer a driver in one volatility direction (F-24).
class Pool
{
public:
    Pool(const PortfolioParams& params, const MarginWork::Ladder& ladder, VolShock vol) noexcept
      : m_params(params), m_ladder(ladder)
    {
        // The outermost moves listed for the direction; all moves if it has none.
        std::size_t first = ladder.count;
        std::size_t last = 0;
        for (std::size_t i = 0; i < ladder.count; ++i)
            if (scenario(i).vol == vol) {
                if (first == ladder.count)
                    first = i;
                last = i;
            }
        const bool any = first != ladder.count;
        for (std::size_t i = 0; i < ladder.count; ++i) {
            const bool beyond = any && (scenario(i).spot < scenario(first).spot ||
                                           scenario(i).spot > scenario(last).spot);
            if (!any || beyond || scenario(i).vol == vol)
                m_rows[m_count++] = ladder.order[i];
        }
    }

    /// The row of the least P&L between the listed moves that enclose [low, high].
    [[nodiscard]] std::uint8_t worst(
        const Target& low, const Target& high, const RowMoney* rows) const noexcept
    {
        // left: the greatest move <= low, or the least of all. right: the least >= high, or the greatest.
        std::size_t left = 0;
        std::size_t end = m_count;
        while (end - left > 1) {
            const std::size_t middle = left + (end - left) / 2;
            if (low.against(shift(middle), m_ladder) >= 0)
                left = middle;
            else
                end = middle;
        }
        // Rows of one move stand together: all of them count.
        while (left > 0 && shift(left - 1) == shift(left))
            --left;
        std::size_t right = left;
        for (std::size_t last = m_count > 0 ? m_count - 1 : 0; right < last;) {
            const std::size_t middle = right + (last - right) / 2;
            if (high.against(shift(middle), m_ladder) > 0)
                right = middle + 1;
            else
                last = middle;
        }
        while (right + 1 < m_count && shift(right + 1) == shift(right))
            ++right;
        std::uint8_t worst = m_rows[left];
        for (std::size_t i = left + 1; i <= right; ++i)
            if (rows[m_rows[i]].raw < rows[worst].raw)
                worst = m_rows[i];
        return worst;
    }

private:
    [[nodiscard]] const Scenario& scenario(std::size_t i) const noexcept
    {
        return m_params.scenarios[m_ladder.order[i]];
    }
    [[nodiscard]] i128 shift(std::size_t i) const noexcept
    {
        return shift_of(m_params.scenarios[m_rows[i]]);
    }

    const PortfolioParams& m_params;
    const MarginWork::Ladder& m_ladder;
    std::uint8_t m_rows[SCENARIOS_MAX] = {};
    std::size_t m_count = 0;
};

/// F-25.
constexpr Money scaled_floor(Money pnl, const ScenarioFactor& factor) noexcept
{
    return scale_floor(pnl, pnl.is_negative() ? factor.loss : factor.gain);
}

/// The worst combination so far.
struct Worst
{
    bool known = false;
    Money loss;
    std::uint16_t driver = 0;
    std::uint16_t row = 0;
};

/// One level's search.
class BandSearch
{
public:
    BandSearch(const Book& book, Level level, MarginWork& work) noexcept
      : m_book(book), m_level(level), m_work(work)
    {
        for (std::size_t i = 0; i < book.underlyings.size(); ++i) {
            m_factors[i] = scenario_factor(book.underlyings[i], book.peg_price, level);
            if (work.underlyings[i].levels.of(level).held)
                m_held[m_held_count++] = static_cast<std::uint8_t>(i);  // below UNDERLYINGS_MAX
        }
    }

    [[nodiscard]] std::size_t held_count() const noexcept { return m_held_count; }

    /// F-17 of each held underlying, and the sums of F-28 and F-27. Ceil.
    void sums(Money& plain, Money& special) noexcept
    {
        for (std::size_t h = 0; h < m_held_count; ++h) {
            const std::size_t i = m_held[h];
            const std::size_t count = params(i).scenarios.size();
            const RowMoney* const pnl = rows(i);
            std::size_t worst = 0;
            Money own;  // the least of skew scenarios and basis, at most zero
            for (std::size_t r = 0; r <= count; ++r) {
                if (pnl[r].raw < pnl[worst].raw)
                    worst = r;
                if (r == count || is_skew(params(i).scenarios[r].vol))
                    own = least(own, pnl[r]);
            }
            detail(i).worst = static_cast<std::uint16_t>(worst);
            detail(i).response = static_cast<std::uint16_t>(worst);
            detail(i).contribution = scaled_floor(pnl[worst], m_factors[i]);
            plain += scale_ceil(-pnl[worst], m_factors[i].loss);
            special += scale_ceil(-own, m_factors[i].loss);
        }
    }

    /// F-26. Fills in how each held underlying answers the worst driver.
    [[nodiscard]] Error search(BandReport& report) noexcept
    {
        Worst worst;
        for (std::size_t driver = 0; driver < m_book.underlyings.size(); ++driver) {
            if (const Error error = drive(driver, worst); error != Error::ok)
                return error;
        }
        report.band_loss = worst.loss;
        report.driver = worst.driver;
        report.driver_row = worst.row;
        const PortfolioParams& p = params(worst.driver);
        const bool moves = worst.row < p.scenarios.size() && !is_skew(p.scenarios[worst.row].vol);
        if (moves) {
            report.move_numerator = shift_of(p.scenarios[worst.row]);
            report.move_denominator =
                report.move_numerator == 0
                    ? 1
                    : unit_of(m_work.ladders[worst.driver], report.move_numerator);
        }
        for (std::size_t h = 0; h < m_held_count; ++h) {
            const std::size_t j = m_held[h];
            const std::size_t row =
                j == worst.driver ? worst.row : answer(worst.driver, j, worst.row);
            detail(j).response = static_cast<std::uint16_t>(row);
            detail(j).contribution = scaled_floor(rows(j)[row], m_factors[j]);
        }
        return Error::ok;
    }

private:
    [[nodiscard]] const PortfolioParams& params(std::size_t i) const noexcept
    {
        return *m_book.underlyings[i].portfolio;
    }
    /// @pre i != j, book.correlation is there
    [[nodiscard]] const CorrelationPair& pair(std::size_t i, std::size_t j) const noexcept
    {
        return m_book.correlation_at(m_level)->of(
            m_book.underlyings[i].id, m_book.underlyings[j].id);
    }
    [[nodiscard]] UnderlyingLevel& detail(std::size_t i) noexcept
    {
        return m_work.underlyings[i].levels.of(m_level);
    }
    [[nodiscard]] const RowMoney* rows(std::size_t i) const noexcept
    {
        const bool orders = m_level == Level::initial && m_work.has_orders;
        return m_work.underlyings[i].rows[orders ? 1 : 0];
    }

    /// The row by which j answers the driver's row.
    [[nodiscard]] std::size_t answer(std::size_t driver, std::size_t j, std::size_t row) noexcept
    {
        const Interval interval = interval_of(pair(driver, j));
        const PortfolioParams& p = params(driver);
        const bool moves = row < p.scenarios.size() && !is_skew(p.scenarios[row].vol);
        const VolShock vol = moves ? p.scenarios[row].vol : VolShock::none;
        return Pool(params(j), m_work.ladders[j], vol)
            .worst(target(driver, row, moves, interval, true),
                target(driver, row, moves, interval, false), rows(j));
    }

    /// The lower or upper end of the driver's move times the interval.
    [[nodiscard]] Target target(std::size_t driver, std::size_t row, bool moves,
        const Interval& interval, bool lower) const noexcept
    {
        const i128 shift = moves ? shift_of(params(driver).scenarios[row]) : 0;
        const i128 unit = shift == 0 ? 1 : unit_of(m_work.ladders[driver], shift);
        const bool low_end = lower == (shift >= 0);
        return {shift, unit, low_end ? interval.low : interval.high};
    }

    /// All rows of one driver. For each held underlying the three pools and the interval are made once, and
    /// the losses of the driver's rows are added up row by row.
    [[nodiscard]] Error drive(std::size_t driver, Worst& worst) noexcept
    {
        const PortfolioParams& p = params(driver);
        const std::size_t count = p.scenarios.size();
        Money losses[ROWS_MAX];
        if (m_work.underlyings[driver].levels.of(m_level).held)
            for (std::size_t r = 0; r <= count; ++r)
                losses[r] = -scaled_floor(rows(driver)[r], m_factors[driver]);
        for (std::size_t h = 0; h < m_held_count; ++h) {
            const std::size_t j = m_held[h];
            if (j == driver)
                continue;
            if (!pair(driver, j).known)
                return Error::no_correlation;
            add_answers(driver, j, losses);
        }
        for (std::size_t r = 0; r <= count; ++r)
            if (!worst.known || losses[r] > worst.loss)
                worst = {true, losses[r], static_cast<std::uint16_t>(driver),
                    static_cast<std::uint16_t>(r)};
        return Error::ok;
    }

    void add_answers(std::size_t driver, std::size_t j, Money* losses) noexcept
    {
        const PortfolioParams& p = params(driver);
        const std::size_t count = p.scenarios.size();
        const Interval interval = interval_of(pair(driver, j));
        const Pool pools[] = {Pool(params(j), m_work.ladders[j], VolShock::up),
            Pool(params(j), m_work.ladders[j], VolShock::none),
            Pool(params(j), m_work.ladders[j], VolShock::down)};
        // Rows without a move, and rows at the same move and direction, have the same answer.
        Money still;
        bool still_known = false;
        for (std::size_t r = 0; r <= count; ++r) {
            const bool moves =
                r < count && !is_skew(p.scenarios[r].vol) && shift_of(p.scenarios[r]) != 0;
            const VolShock vol =
                r < count && !is_skew(p.scenarios[r].vol) ? p.scenarios[r].vol : VolShock::none;
            if (!moves && vol == VolShock::none && still_known) {
                losses[r] -= still;
                continue;
            }
            const std::uint8_t row =
                pools[static_cast<std::size_t>(vol)].worst(target(driver, r, moves, interval, true),
                    target(driver, r, moves, interval, false), rows(j));
            const Money counted = scaled_floor(rows(j)[row], m_factors[j]);
            losses[r] -= counted;
            if (!moves && vol == VolShock::none) {
                still = counted;
                still_known = true;
            }
        }
    }

    const Book& m_book;
    Level m_level;
    MarginWork& m_work;
    ScenarioFactor m_factors[UNDERLYINGS_MAX];
    std::uint8_t m_held[UNDERLYINGS_MAX] = {};
    std::size_t m_held_count = 0;
};

}  // namespace

ScenarioFactor scenario_factor(const BookUnderlying& u, Price quote, Level level) noexcept
{
    const PortfolioParams& p = *u.portfolio;
    ScenarioFactor factor;
    factor.loss = p.factor.of(level);
    if (level == Level::initial)
        factor.loss =
            scale_ceil(p.factor.initial, u.initial_scale) + depeg_share_ceil(p.depeg, quote);
    const Ratio initial =
        scale_floor(p.factor.initial, u.initial_scale) + depeg_share_floor(p.depeg, quote);
    factor.gain = least(initial, p.factor.maintenance);
    return factor;
}

Error make_ladders(const Book& book, MarginWork& work) noexcept
{
    for (std::size_t u = 0; u < book.underlyings.size(); ++u) {
        const auto& scenarios = book.underlyings[u].portfolio->scenarios;
        MarginWork::Ladder& ladder = work.ladders[u];
        ladder = {};
        for (std::size_t i = 0; i < scenarios.size(); ++i) {
            const Scenario& scenario = scenarios[i];
            if (is_skew(scenario.vol))
                continue;
            const i128 shift = shift_of(scenario);
            if (scenario.damping == Ratio::one()) {
                ladder.up = shift > ladder.up ? shift : ladder.up;
                ladder.down = -shift > ladder.down ? -shift : ladder.down;
            }
            std::size_t at = ladder.count++;
            while (at > 0 && scenario.spot < scenarios[ladder.order[at - 1]].spot) {
                ladder.order[at] = ladder.order[at - 1];
                --at;
            }
            ladder.order[at] = static_cast<std::uint8_t>(i);  // below SCENARIOS_MAX
        }
        // One that is only named by collateral may have no scenarios: it drives nobody anywhere.
        const bool bare = scenarios.empty() && !work.underlyings[u].levels.initial.held;
        if (!bare && (ladder.up == 0 || ladder.down == 0))
            return Error::book_domain;
    }
    return Error::ok;
}

Error band_requirement(
    const Book& book, Level level, MarginWork& work, LevelReport& report) noexcept
{
    BandSearch search(book, level, work);
    BandReport& band = report.band;
    search.sums(band.plain_sum, band.special_sum);
    report.requirement = band.plain_sum;
    if (search.held_count() <= 1)
        return Error::ok;
    const Correlation* const correlation = book.correlation_at(level);
    if (correlation == nullptr)
        return Error::no_correlation;
    if (const Error error = search.search(band); error != Error::ok)
        return error;
    // Ceil: what relief may not take off.
    band.floor = scale_ceil(band.plain_sum, Ratio::one() - correlation->max_relief);
    band.binding = Binding::band;
    report.requirement = band.band_loss;
    if (band.special_sum > report.requirement) {
        band.binding = Binding::special;
        report.requirement = band.special_sum;
    }
    if (band.floor > report.requirement) {
        band.binding = Binding::floor;
        report.requirement = band.floor;
    }
    return Error::ok;
}

}  // namespace plimsoll
