# plimsoll: tests/host-sim/margin/sources.cmake                     SPDX-License-Identifier: Apache-2.0
# The tests of the margin calculator: files for the simulator's test program, relative to tests/host-sim/,
# and scripts that drive the program itself.
set(PLIMSOLL_MARGIN_TEST_SOURCES
    margin/case_test.cpp
    margin/command_test.cpp
    margin/comparison_test.cpp
    margin/explain_test.cpp
    margin/report_test.cpp)

# plimsoll_margin_script(NAME SCRIPT arguments...): a script that is given the program first.
function(plimsoll_margin_script name script)
    add_test(NAME "${name}"
        COMMAND Python3::Interpreter "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/${script}"
            "$<TARGET_FILE:plimsoll>" ${ARGN})
    set_tests_properties("${name}" PROPERTIES LABELS host-sim SKIP_RETURN_CODE 77)
endfunction()
plimsoll_margin_script("margin: all vectors give the expected reports" vectors_test.py)
plimsoll_margin_script("margin: 150 random cases equal the reference program" differential.py
    150 1 "${CMAKE_CURRENT_BINARY_DIR}/margin_failures")
plimsoll_margin_script("margin: the schemas accept and refuse what the program does" schema_test.py)
