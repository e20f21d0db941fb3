// plimsoll: host-sim/report/html.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, report. See html.hpp. The page's frame, style and drawing are template.html, report.css
// and report.js beside this file; the chart library is uPlot.
#include "host-sim/report/html.hpp"

#include "generated/report_assets.hpp"
#include "host-sim/report/charts.hpp"
#include "host-sim/report/summary.hpp"
#include "host-sim/text.hpp"

#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>

namespace plimsoll::sim {
namespace {

using nlohmann::ordered_json;

/// Replaces every @NAME@ of the template that has a value. Values are not looked through again.
std::string filled(
    std::string_view text, const std::map<std::string, std::string, std::less<>>& values)
{
    std::string out;
    while (!text.empty()) {
        const auto begin = text.find('@');
        const auto end = begin == std::string_view::npos ? begin : text.find('@', begin + 1);
        if (end == std::string_view::npos)
            break;
        const auto value = values.find(text.substr(begin + 1, end - begin - 1));
        out += text.substr(0, begin);
        if (value == values.end()) {
            out += '@';
            text.remove_prefix(begin + 1);
        } else {
            out += value->second;
            text.remove_prefix(end + 1);
        }
    }
    out += text;
    return out;
}

std::string row(std::string_view label, std::string_view value, std::string_view style = {})
{
    return fmt::format("<tr><th scope=\"row\">{}</th><td class=\"{}\">{}</td></tr>",
        html_escaped(label), style, html_escaped(value));
}

std::string result_table(const Scenario& scenario, const RunResult& result)
{
    std::string rows;
    for (const auto& [label, value] : result_lines(scenario, result))
        rows += row(label, value, "amount");
    return "<table>" + rows + "</table>";
}

std::string marks_table(const Scenario& scenario, const RunResult& result)
{
    std::string rows =
        "<tr><th>mark</th><th class=\"number\">at least</th>"
        "<th class=\"number\">reached</th><th></th></tr>";
    for (const auto& mark : scenario.marks) {
        const auto reached = result.totals.coverage.of(mark.name);
        const bool met = reached >= mark.least;
        const bool is_judged = result.is_whole(scenario);
        rows += fmt::format(
            "<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>"
            "<td class=\"{}\">{}</td></tr>",
            html_escaped(mark.name), mark.least, reached,
            !is_judged ? ""
            : met      ? "good"
                       : "bad",
            !is_judged ? "not judged"
            : met      ? "met"
                       : "mark missed");
    }
    return "<table>" + rows + "</table>";
}

std::string keepers_table(const RunResult& result)
{
    std::string rows = "<tr><th>keeper</th>";
    for (const std::string_view name : {"profit", "fees", "messages", "purchases", "refused"})
        rows += fmt::format("<th class=\"number\">{}</th>", name);
    rows += "</tr>";
    for (const auto& keeper : result.keepers) {
        rows += fmt::format("<tr><td>{}</td>", html_escaped(keeper.name));
        for (const auto& value : {grouped_text(keeper.profit, 0),
                 grouped_text(keeper.totals.fees, 0), fmt::to_string(keeper.totals.sent),
                 fmt::to_string(keeper.totals.bought), fmt::to_string(keeper.totals.refused)})
            rows += fmt::format("<td class=\"number\">{}</td>", value);
        rows += "</tr>";
    }
    return "<table>" + rows + "</table>";
}

std::string run_table(
    const Scenario& scenario, const RunResult& result, const RunIdentity& identity)
{
    std::string rows =
        row("machine", identity.vm) + row("seed", fmt::to_string(result.seed)) +
        row("blocks", fmt::to_string(result.blocks)) +
        row("calls", fmt::format("{}, {} of them refused", result.calls,
                         result.totals.coverage.of(Coverage::refused_calls))) +
        row("invariants", fmt::format("checked after each of {} calls", result.checks)) +
        row("oracle rounds", fmt::to_string(result.oracle_rounds)) +
        row("keepers' messages lost / expired",
            fmt::format("{} / {}", result.messages_lost, result.messages_expired));
    rows += row("digest", result.digest, "hash");
    rows += row("scenario sha256", scenario.sha256, "hash");
    if (!identity.module_sha256.empty())
        rows += row("module sha256", identity.module_sha256, "hash");
    return "<table>" + rows + "</table>";
}

std::string status(const Scenario& scenario, const RunResult& result)
{
    if (!result.is_whole(scenario))
        return fmt::format("<div class=\"status\">{}</div>", MARKS_NOT_JUDGED);
    const auto missed = result.missed(scenario).size();
    if (missed == 0)
        return "<div class=\"status good\">every coverage mark was met</div>";
    return fmt::format("<div class=\"status bad\">{} coverage mark{} missed</div>", missed,
        missed == 1 ? "" : "s");
}

/// JSON inside a script element must not end it.
std::string script_json(const ordered_json& value)
{
    std::string text = value.dump();
    for (std::size_t at = text.find("</"); at != std::string::npos; at = text.find("</", at + 3))
        text.replace(at, 2, "<\\/");
    return text;
}

}  // namespace

std::string html_escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string report_html(
    const Scenario& scenario, const RunResult& result, const RunIdentity& identity)
{
    const auto charts = report_charts(scenario);
    std::string cards;
    auto drawn = ordered_json::array();
    for (const auto& chart : charts) {
        cards +=
            fmt::format("<div class=\"card\"><h2>{}</h2><p>{}</p><div id=\"{}\"></div></div>\n",
                html_escaped(chart.title), html_escaped(chart.note), chart.id);
        drawn.push_back(chart_json(chart));
    }
    auto rows = ordered_json::array();
    for (const auto& line : result.rows)
        rows.push_back(timeline_values(line));
    const ordered_json data{{"columns", timeline_columns(scenario)}, {"charts", std::move(drawn)},
        {"rows", std::move(rows)}};
    const auto subtitle = fmt::format("{} blocks of {} s from {}. Prices: {}.", result.blocks,
        scenario.block_s, time_text(scenario.start_s), scenario.source);
    return filled(assets::TEMPLATE_HTML,
        {{"TITLE", html_escaped(scenario.title)}, {"SUBTITLE", html_escaped(subtitle)},
            {"STATUS", status(scenario, result)}, {"RESULT_TABLE", result_table(scenario, result)},
            {"MARKS_TABLE", marks_table(scenario, result)},
            {"KEEPERS_TABLE", keepers_table(result)},
            {"RUN_TABLE", run_table(scenario, result, identity)}, {"CHARTS", cards},
            {"TIMELINE", script_json(data)}, {"UPLOT_JS", std::string(assets::UPLOT_JS)},
            {"UPLOT_CSS", std::string(assets::UPLOT_CSS)},
            {"REPORT_JS", std::string(assets::REPORT_JS)},
            {"REPORT_CSS", std::string(assets::REPORT_CSS)}});
}

}  // namespace plimsoll::sim
