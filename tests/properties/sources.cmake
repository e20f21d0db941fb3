# plimsoll: tests/properties/sources.cmake                          SPDX-License-Identifier: Apache-2.0
# Properties of whole rooms, relative to this folder.
set(PLIMSOLL_PROPERTIES_TEST_SOURCES
    engine_story.cpp
    engine_conservation_test.cpp
    engine_progress_test.cpp)
