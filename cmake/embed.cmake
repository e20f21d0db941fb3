# plimsoll: cmake/embed.cmake                                       SPDX-License-Identifier: Apache-2.0
# Text files as constants in a generated header.
include_guard()

# plimsoll_embed(TARGET HEADER NAMESPACE [NAME FILE]...): HEADER, below the build folder, gets one
# `inline constexpr std::string_view NAME` a file; FILE is relative to the current source folder.
function(plimsoll_embed target header namespace)
    set(output "${PROJECT_BINARY_DIR}/${header}")
    set(depends "")
    set(pairs "${ARGN}")
    while(pairs)
        list(POP_FRONT pairs name file)
        cmake_path(ABSOLUTE_PATH file)
        list(APPEND depends "${file}")
    endwhile()
    add_custom_command(OUTPUT "${output}"
        COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}" "-DNAMESPACE=${namespace}"
            "-DBASE=${CMAKE_CURRENT_SOURCE_DIR}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake"
            -- ${ARGN}
        DEPENDS ${depends} "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake"
        COMMENT "Embedding ${header}"
        VERBATIM)
    target_sources(${target} PRIVATE "${output}")
    target_include_directories(${target} PRIVATE "${PROJECT_BINARY_DIR}")
endfunction()
