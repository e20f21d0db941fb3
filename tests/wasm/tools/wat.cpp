// plimsoll: tests/wasm/tools/wat.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. See wat.hpp.
#include "tests/wasm/tools/wat.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <wabt/binary-writer.h>
#include <wabt/error.h>
#include <wabt/ir.h>
#include <wabt/resolve-names.h>
#include <wabt/stream.h>
#include <wabt/wast-lexer.h>
#include <wabt/wast-parser.h>

namespace plimsoll::tools {

Bytes module_of_wat(std::string_view text)
{
    wabt::Features features;
    features.EnableAll();
    wabt::Errors errors;
    const auto lexer =
        wabt::WastLexer::CreateBufferLexer("fixture.wat", text.data(), text.size(), &errors);
    wabt::WastParseOptions parse_options(features);
    std::unique_ptr<wabt::Module> module;
    const wabt::Result parsed = wabt::ParseWatModule(lexer.get(), &module, &errors, &parse_options);
    const std::string why = errors.empty() ? "" : errors.front().message;
    INFO(why);
    REQUIRE(wabt::Succeeded(parsed));

    wabt::MemoryStream stream;
    wabt::WriteBinaryOptions write_options;
    write_options.features = features;
    REQUIRE(wabt::Succeeded(wabt::WriteBinaryModule(&stream, module.get(), write_options)));
    return stream.output_buffer().data;
}

}  // namespace plimsoll::tools
