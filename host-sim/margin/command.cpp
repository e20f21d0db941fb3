// plimsoll: host-sim/margin/command.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See command.hpp.
#include "host-sim/margin/command.hpp"

#include "generated/margin_schemas.hpp"
#include "host-sim/json_text.hpp"
#include "host-sim/margin/case_field.hpp"
#include "host-sim/margin/expect.hpp"
#include "host-sim/margin/explain.hpp"
#include "host-sim/margin/files.hpp"
#include "host-sim/margin/report.hpp"

#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

std::string json_text(const nlohmann::ordered_json& json)
{
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

MarginAnswer expect(const std::string& path)
{
    auto result = run_expectations(path);
    const bool is_readable = result.verdict != Verdict::unreadable;
    const int exit = result.verdict == Verdict::equal ? MARGIN_OK
                     : is_readable                    ? MARGIN_REFUSED
                                                      : MARGIN_UNREADABLE;
    return {.exit = exit,
        .out = std::move(result.output),
        .complaint = is_readable ? "" : fmt::format("plimsoll: {}\n", result.complaint)};
}

MarginAnswer refuse(const MarginCommand& command, std::string_view what)
{
    MarginAnswer answer{.exit = MARGIN_REFUSED, .out = {}, .complaint = {}};
    if (command.explain)
        answer.complaint = fmt::format("plimsoll: invalid case: {}\n", what);
    else
        answer.out = json_text(error_json(what));
    return answer;
}

}  // namespace

MarginAnswer run_margin(const MarginCommand& command)
{
    if (!command.expect.empty())
        return expect(command.expect);
    std::string content;
    try {
        content = read_text_file(command.input);
    } catch (const FileError& error) {
        return {.exit = MARGIN_UNREADABLE,
            .out = {},
            .complaint = fmt::format("plimsoll: {}\n", error.what())};
    }
    try {
        const auto margin_case = read_case(parse_json(content));
        const auto evaluation = evaluate(margin_case);
        return {.exit = MARGIN_OK,
            .out = command.explain ? explain(margin_case, evaluation)
                                   : json_text(report_json(margin_case, evaluation)),
            .complaint = {}};
    } catch (const JsonError& error) {
        return refuse(command, error.what());
    } catch (const CaseError& error) {
        return refuse(command, error.what());
    }
}

std::string_view margin_schema(std::string_view of)
{
    return of == "margin-case" ? schemas::MARGIN_CASE : schemas::MARGIN_REPORT;
}

}  // namespace plimsoll::sim
