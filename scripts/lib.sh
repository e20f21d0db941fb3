# plimsoll: scripts/lib.sh                                          SPDX-License-Identifier: Apache-2.0
# Sourced by every script: stops at the first error, goes to the root of the checkout, times steps and
# keeps build output short.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1  # one cache serves every checkout
JOBS="${PLIMSOLL_JOBS:-$(nproc)}"

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# step TITLE COMMAND...: announces, runs and times one command.
step() {
    local title="$1" begin="$SECONDS"
    shift
    printf '== %s\n' "$title"
    "$@" || die "failed: $title"
    printf '== %s: done in %d s\n' "$title" "$((SECONDS - begin))"
}

# Passes ninja's output through. On a terminal ninja keeps to one line by itself; in a log, only every
# tenth percent is worth a line. Whatever is not progress is shown whole.
short_progress() {
    awk '!/^\[ *[0-9]+%\] / { print; fflush(); next }
         { percent = substr($0, 2) + 0; tenth = int(percent / 10)
           if (tenth != last || percent == 100) { print; fflush() }
           last = tenth }'
}

# build PRESET [TARGET...]: configures and builds.
build() {
    local preset="$1" log
    shift
    log="$(mktemp)"
    if ! cmake --preset "$preset" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
    local command=(cmake --build "build/$preset" -j "$JOBS")
    [ $# -eq 0 ] || command+=(--target "$@")
    if [ -t 1 ]; then
        NINJA_STATUS='[%p] ' "${command[@]}"
    else
        NINJA_STATUS='[%p] ' "${command[@]}" 2>&1 | short_progress
    fi
}

# run_ctest ARGUMENT...: ctest, short: one line in place on a terminal; in a log every tenth percent,
# the failures whole, and the summary.
run_ctest() {
    if [ -t 1 ]; then
        ctest --progress -j "$JOBS" "$@"
    else
        ctest -j "$JOBS" "$@" 2>&1 | awk '
            /^ +Start +[0-9]+: / { next }
            /^ *[0-9]+\/[0-9]+ Test +#.* Passed +[0-9.]+ sec$/ {
                split($1, part, "/"); tenth = int(part[1] * 10 / part[2])
                if (tenth != last) { print "tests: " $1; fflush() }
                last = tenth; next }
            { print; fflush() }'
    fi
}
