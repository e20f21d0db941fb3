# plimsoll: cmake/wasm-contract.toolchain.cmake                     SPDX-License-Identifier: Apache-2.0
# Compiles contract modules: plain WebAssembly 1.0 (every runtime takes it), libc++ headers only, no
# libc, no start code. Takes a wasi-sdk from WASI_SDK_PREFIX (variable or environment), else Debian's
# packages clang-19 lld-19 wasi-libc libc++-19-dev-wasm32 libclang-rt-19-dev-wasm32.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES WASI_SDK_PREFIX PLIMSOLL_LLVM_VERSION)

if(NOT WASI_SDK_PREFIX)
    set(WASI_SDK_PREFIX "$ENV{WASI_SDK_PREFIX}")
endif()
set(PLIMSOLL_LLVM_VERSION 19 CACHE STRING "Which of Debian's LLVM packages compiles contract modules")

# Sets `result` to the first path of the list that exists, or stops with advice.
function(plimsoll_first_existing result what)
    foreach(path IN LISTS ARGN)
        if(EXISTS "${path}")
            set(${result} "${path}" PARENT_SCOPE)
            return()
        endif()
    endforeach()
    message(FATAL_ERROR "wasm toolchain: no ${what}. Install Debian's clang-19 lld-19 wasi-libc "
        "libc++-19-dev-wasm32 libclang-rt-19-dev-wasm32, or set WASI_SDK_PREFIX to a wasi-sdk, or "
        "configure with -DPLIMSOLL_WASM_VM=OFF. Looked for: ${ARGN}")
endfunction()

set(_triple wasm32-wasi)
if(WASI_SDK_PREFIX)
    set(_cxx "${WASI_SDK_PREFIX}/bin/clang++")
    set(_ld "${WASI_SDK_PREFIX}/bin/wasm-ld")
    set(_ar "${WASI_SDK_PREFIX}/bin/llvm-ar")
    set(_ranlib "${WASI_SDK_PREFIX}/bin/llvm-ranlib")
    set(_include "${WASI_SDK_PREFIX}/share/wasi-sysroot/include")
    plimsoll_first_existing(_libcxx_version "libc++ headers"
        "${_include}/wasm32-wasip1/c++/v1/version" "${_include}/wasm32-wasi/c++/v1/version"
        "${_include}/c++/v1/version")
    plimsoll_first_existing(_libc_stdint "libc headers" "${_include}/wasm32-wasip1/stdint.h"
        "${_include}/wasm32-wasi/stdint.h" "${_include}/stdint.h")
else()
    set(_llvm "/usr/lib/llvm-${PLIMSOLL_LLVM_VERSION}")
    set(_cxx "${_llvm}/bin/clang++")
    set(_ld "${_llvm}/bin/wasm-ld")
    # Only CMake's own compiler check archives anything, and for that the machine's ar will do.
    plimsoll_first_existing(_ar "archiver" "${_llvm}/bin/llvm-ar" /usr/bin/ar)
    plimsoll_first_existing(_ranlib "archiver" "${_llvm}/bin/llvm-ranlib" /usr/bin/ranlib)
    plimsoll_first_existing(_libcxx_version "libc++ headers"
        "${_llvm}/include/wasm32-wasi/c++/v1/version")
    plimsoll_first_existing(_libc_stdint "libc headers" /usr/include/wasm32-wasi/stdint.h)
endif()
plimsoll_first_existing(_cxx "clang++" "${_cxx}")
plimsoll_first_existing(_ld "wasm-ld" "${_ld}")
cmake_path(GET _libcxx_version PARENT_PATH _libcxx)
cmake_path(GET _libc_stdint PARENT_PATH _libc)

execute_process(COMMAND "${_cxx}" --target=${_triple} -print-resource-dir
    OUTPUT_VARIABLE _resource OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
plimsoll_first_existing(_builtins "compiler builtins"
    "${_resource}/lib/wasi/libclang_rt.builtins-wasm32.a"
    "${_resource}/lib/wasip1/libclang_rt.builtins-wasm32.a"
    "${_resource}/lib/wasm32-unknown-wasip1/libclang_rt.builtins.a"
    "${_resource}/lib/wasm32-unknown-wasi/libclang_rt.builtins.a")

set(CMAKE_CXX_COMPILER "${_cxx}")
set(CMAKE_CXX_COMPILER_TARGET ${_triple})
set(CMAKE_AR "${_ar}" CACHE FILEPATH "")
set(CMAKE_RANLIB "${_ranlib}" CACHE FILEPATH "")
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)

# -mcpu=mvp: LLVM 19's default turns on sign extension, multi-value and reference types.
# -nostdinc: clang would otherwise fall through to the machine's own /usr/include.
# Extern templates off: libc++'s own archive is compiled for newer WebAssembly and is never linked.
# No static destructors and guards: wasm-ld would wrap every export in constructor calls.
string(CONCAT CMAKE_CXX_FLAGS_INIT
    "-mcpu=mvp -nostdinc -isystem ${_libcxx} -isystem ${_resource}/include -isystem ${_libc} "
    "-D_LIBCPP_DISABLE_EXTERN_TEMPLATE -fvisibility=hidden -ffunction-sections -fdata-sections "
    "-fno-exceptions -fno-rtti -fno-stack-protector -fno-c++-static-destructors "
    "-fno-threadsafe-statics")
# -O2: a sixth larger than -Os and a sixth faster. -O3, link-time optimisation and wasm-opt gain nothing
# more.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG" CACHE STRING "")

# The linker is called directly: the compiler driver would add libc, start code and any wasm-opt that
# it finds. The stack comes first, so that an overflow traps instead of overwriting data; the memory
# has no maximum, as CosmWasm demands.
string(CONCAT CMAKE_CXX_LINK_EXECUTABLE
    "${_ld} --no-entry --gc-sections --strip-all --compress-relocations --fatal-warnings "
    "--stack-first -z stack-size=262144 <OBJECTS> <LINK_LIBRARIES> ${_builtins} -o <TARGET>")
