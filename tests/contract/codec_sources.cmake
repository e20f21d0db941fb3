# plimsoll: tests/contract/codec_sources.cmake                      SPDX-License-Identifier: Apache-2.0
# The tests of the codec, relative to tests/contract/.
set(CONTRACT_CODEC_TEST_SOURCES
    bytes_test.cpp
    json/decode_test.cpp
    json/reader_test.cpp
    json/writer_test.cpp
    message_test.cpp
    schema_test.cpp
)
