# plimsoll: benchmarks/sources.cmake                                SPDX-License-Identifier: Apache-2.0
# One program a file, on Google Benchmark:
set(PLIMSOLL_BENCHMARK_PROGRAMS
    health_bench.cpp
    num_bench.cpp
    portfolio_bench.cpp
    pricing_bench.cpp
)
# One module a file, below wasm/, whose instructions are counted:
set(PLIMSOLL_BENCHMARK_MODULES
    boost_ops.cpp
    health_ops.cpp
    mul_div_ops.cpp
    portfolio_ops.cpp
    pricing_ops.cpp
)
