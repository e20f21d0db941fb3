# plimsoll: tests/incidents/sources.cmake                           SPDX-License-Identifier: Apache-2.0
# What happened to others, a file an incident; docs/incidents.md is their table. Relative to this folder.
set(PLIMSOLL_INCIDENT_TEST_SOURCES
    ../support/audit.cpp
    ../support/house.cpp
    ../support/say.cpp
    s01_mango_test.cpp
    s02_yfi_test.cpp
    s03_skrw_test.cpp
    s04_whale_test.cpp
    s05_jelly_test.cpp
    s06_xpl_test.cpp
    s08_compound_dai_test.cpp
    s09_maker_test.cpp
    s10_luna_test.cpp
    s11_drift_test.cpp
    s11b_admin_test.cpp
    s13_euler_test.cpp
    s14_levana_test.cpp)
