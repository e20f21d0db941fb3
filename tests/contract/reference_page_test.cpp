// plimsoll: tests/contract/reference_page_test.cpp                  SPDX-License-Identifier: Apache-2.0
// docs/messages.md is what the descriptions of the messages say.
#include "contract/schema.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>

TEST_CASE("docs/messages.md is the page that the descriptions make")
{
    std::ifstream file(PLIMSOLL_SOURCE_DIR "/docs/messages.md");
    REQUIRE(file.good());
    std::ostringstream text;
    text << file.rdbuf();
    // Written by: build/native/plimsoll schema --markdown > docs/messages.md
    REQUIRE(text.str() == plimsoll::contract::reference_page() + "\n");
}
