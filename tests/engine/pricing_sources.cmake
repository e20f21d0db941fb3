# plimsoll: tests/engine/pricing_sources.cmake                      SPDX-License-Identifier: Apache-2.0
# The test program of the pricing shelf. The files that end in _exact_test include MPFR through Boost and
# compile slowly.
set(PLIMSOLL_ENGINE_PRICING_TEST_SOURCES
    pricing/black76_exact_test.cpp
    pricing/black76_test.cpp
    pricing/forward_test.cpp
    pricing/greeks_exact_test.cpp
    pricing/published_test.cpp
    pricing/svi_exact_test.cpp
    pricing/svi_test.cpp
    pricing/tenor_exact_test.cpp)
