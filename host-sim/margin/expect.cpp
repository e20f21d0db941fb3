// plimsoll: host-sim/margin/expect.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See expect.hpp.
#include "host-sim/margin/expect.hpp"

#include "host-sim/json_text.hpp"
#include "host-sim/margin/case_field.hpp"
#include "host-sim/margin/comparison.hpp"
#include "host-sim/margin/files.hpp"
#include "host-sim/margin/report.hpp"
#include "host-sim/text.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace plimsoll::sim {
namespace {

using nlohmann::json;

constexpr std::size_t SHOWN_MAX = 5;

// A file may say "exact": true of its report: then no number may err in the account's favour at all. And it
// may state a "slack", an amount that numbers may differ by besides the relative tolerance: what the 18th
// decimal of a price comes to for a great position.

/// Twice what sums of doubles lose against the greatest amounts of the account: an expected report counts as
/// exact up to here when the direction of errors is judged.
Money noise_of(Money notional, Money equity)
{
    const auto greatest = std::max({notional, equity.abs(), Money::one()});
    return scale_ceil(greatest, Ratio::from_raw(20'000));
}

/// A report of any size as two significant digits and a power: 3.2e-13.
std::string short_text(Ratio ratio)
{
    const auto digits = std::string(std::string_view(num::decimal_text(ratio.raw(), 0)));
    const int power = static_cast<int>(digits.size()) - 1 - num::WAD_DECIMALS;
    return ratio.is_zero()
               ? "0"
               : fmt::format("{}.{}e{}", digits[0], digits.size() > 1 ? digits[1] : '0', power);
}

/// All files together.
class Tally
{
public:
    void add(const std::string& name, Comparison comparison, bool is_refused)
    {
        m_files += 1;
        m_refused += is_refused ? 1 : 0;
        m_numbers += comparison.numbers;
        if (m_wrong_way == 0 && comparison.wrong_way != 0)
            m_wrong_way_place = name + " " + comparison.wrong_way_path;
        m_wrong_way += comparison.wrong_way;
        if (comparison.worst > m_worst || m_worst_place.empty()) {
            m_worst = comparison.worst;
            m_worst_place = name + " " + comparison.worst_path;
        }
        if (comparison.differences.empty()) {
            m_lines += is_refused
                           ? fmt::format("ok    {} (refused, as expected)\n", name)
                           : fmt::format("ok    {} {}\n", name, short_text(comparison.worst));
            return;
        }
        m_failed += 1;
        m_lines += fmt::format("FAIL  {}\n", name);
        for (std::size_t i = 0; i < std::min(comparison.differences.size(), SHOWN_MAX); ++i)
            m_lines += fmt::format("      {}\n", comparison.differences[i]);
        if (comparison.differences.size() > SHOWN_MAX)
            m_lines +=
                fmt::format("      and {} more\n", comparison.differences.size() - SHOWN_MAX);
    }

    void add_unreadable(const std::string& name, std::string_view why)
    {
        m_unreadable += 1;
        m_lines += fmt::format("ERROR {}: {}\n", name, why);
        if (m_complaint.empty())
            m_complaint = fmt::format("{}: {}", name, why);
    }

    [[nodiscard]] ExpectResult result() const
    {
        ExpectResult result;
        result.verdict = m_unreadable != 0 ? Verdict::unreadable
                         : m_failed != 0   ? Verdict::different
                                           : Verdict::equal;
        result.complaint = m_complaint;
        result.output = m_lines;
        result.output +=
            fmt::format("{} files: {} ok, {} differ, {} unreadable; {} refused as expected\n",
                m_files + m_unreadable, m_files - m_failed, m_failed, m_unreadable, m_refused);
        result.output += fmt::format("{} numbers, largest relative error {}{}\n", m_numbers,
            short_text(m_worst), m_worst.is_zero() ? "" : " at " + m_worst_place);
        result.output +=
            fmt::format("{} numbers favour the account by more than the noise of doubles{}\n",
                m_wrong_way, m_wrong_way == 0 ? "" : ", first " + m_wrong_way_place);
        return result;
    }

private:
    std::string m_lines;
    std::string m_complaint;
    std::size_t m_files = 0;
    std::size_t m_failed = 0;
    std::size_t m_unreadable = 0;
    std::size_t m_refused = 0;
    std::size_t m_numbers = 0;
    std::size_t m_wrong_way = 0;
    Ratio m_worst;
    std::string m_worst_place;
    std::string m_wrong_way_place;
};

/// The engine's report of a case, or the complaint.
struct Answer
{
    json report;
    std::string complaint;
    Money noise;
};

Answer answer_of(const json& input)
{
    try {
        const auto margin_case = read_case(input);
        const auto evaluation = evaluate(margin_case);
        return {.report = report_json(margin_case, evaluation, ReportScope::margin),
            .complaint = {},
            .noise = noise_of(evaluation.report.notional, evaluation.report.equity)};
    } catch (const CaseError& error) {
        return {.report = nullptr, .complaint = error.what(), .noise = {}};
    }
}

/// What a file says.
struct Vector
{
    json input;
    json expected;
    bool is_exact = false;
    Money slack;
};

Vector read_vector(const json& file)
{
    if (!file.is_object() || !file.contains("case") || !file.contains("report"))
        throw CaseError("must be an object with the fields \"case\" and \"report\"");
    CaseField field(file, "");
    for (const auto* text : {"name", "shows"}) {
        if (const auto given = field.maybe(text))
            (void)given->name();
    }
    Vector vector{
        .input = file["case"], .expected = file["report"], .is_exact = false, .slack = {}};
    (void)field.at("case");
    const auto report = field.at("report");
    if (const auto exact = field.maybe("exact"))
        vector.is_exact = exact->flag();
    if (const auto slack = field.maybe("slack"))
        vector.slack = slack->money_or_zero();
    field.finish();
    if (!vector.expected.is_object() || vector.expected.empty())
        report.fail("must be an object that is not empty: nothing would be compared");
    return vector;
}

void judge(const std::string& name, const Vector& vector, Tally& tally)
{
    const auto& expected = vector.expected;
    const auto answer = answer_of(vector.input);
    const bool is_refusal_expected = expected.contains("error");
    Comparison comparison;
    if (answer.complaint.empty() && !is_refusal_expected) {
        comparison = compare_reports(expected, answer.report,
            {.noise = vector.is_exact ? Money() : answer.noise, .slack = vector.slack});
        if (comparison.numbers == 0 && comparison.differences.empty())
            throw CaseError("report: has no number in it that would be compared");
        if (vector.is_exact && comparison.wrong_way != 0) {
            comparison.differences.push_back(
                fmt::format("{}: favours the account", comparison.wrong_way_path));
        }
        return tally.add(name, std::move(comparison), false);
    }
    if (!is_refusal_expected)
        comparison.differences.push_back("refused: " + answer.complaint);
    else if (answer.complaint.empty())
        comparison.differences.push_back(
            fmt::format("expected a refusal ({}), got a report", expected["error"].dump()));
    tally.add(name, std::move(comparison), !answer.complaint.empty());
}

void judge_file(const std::filesystem::path& path, Tally& tally)
{
    const auto name = path.stem().string();
    try {
        judge(name, read_vector(parse_json(read_text_file(path.string()))), tally);
    } catch (const std::runtime_error& error) {
        tally.add_unreadable(name, error.what());
    }
}

}  // namespace

ExpectResult run_expectations(const std::string& path)
{
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        if (path != "-" && !fs::exists(path, error))
            return {.verdict = Verdict::unreadable,
                .output = {},
                .complaint = fmt::format("{}: no such file or folder", path)};
        Tally tally;
        judge_file(path, tally);
        return tally.result();
    }
    std::vector<fs::path> files;
    for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
        if (at->path().extension() == ".json")
            files.push_back(at->path());
    }
    if (error)
        return {.verdict = Verdict::unreadable,
            .output = {},
            .complaint = fmt::format("{}: {}", path, error.message())};
    if (files.empty())
        return {.verdict = Verdict::unreadable,
            .output = {},
            .complaint = fmt::format("{}: holds no *.json", path)};
    std::sort(files.begin(), files.end());
    Tally tally;
    for (const auto& file : files)
        judge_file(file, tally);
    return tally.result();
}

}  // namespace plimsoll::sim
