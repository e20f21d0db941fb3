# plimsoll: cmake/warnings.cmake                                    SPDX-License-Identifier: Apache-2.0
# Warnings are errors. The set is the same for g++ and clang: -Wsign-conversion is part of clang's
# -Wconversion, so it is named for g++, and a file that compiles natively also compiles to wasm.
include_guard()

function(plimsoll_warnings target)
    # clang 19 warns of what libstdc++ 12's stable_sort calls itself.
    target_compile_options(${target} PRIVATE
        $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wsign-conversion;-Wshadow;-Werror>
        $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-deprecated-declarations>)
endfunction()
