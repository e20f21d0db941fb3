#!/usr/bin/env python3
# plimsoll: tests/house/house.py                                    SPDX-License-Identifier: Apache-2.0
# The rules of the house that no compiler keeps. `house.py CHECK...` runs checks (see CHECKS at the
# end), names every breach as file:line, and exits 1 if there was one. `house.py files SUFFIX...` lists
# the checkout's files.
import fnmatch
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CPP = (".cpp", ".hpp")
CODE = CPP + (".cmake", ".py", ".mjs", ".js", ".ts", ".sh", "CMakeLists.txt")
LINES_MAX = 600


def files():
    """Tracked and new files, relative to the root; without git, all but outputs."""
    git = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=False)
    if git.returncode == 0:
        names = [name for name in git.stdout.split("\0") if name]
    else:
        names = []
        for folder, folders, leaves in os.walk(ROOT):
            folders[:] = [f for f in folders if f not in ("build", "node_modules", ".git", "__pycache__")]
            names += [os.path.relpath(os.path.join(folder, leaf), ROOT) for leaf in leaves]
    return sorted(name for name in names if (ROOT / name).is_file())


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def is_script(name):
    return name.startswith(("scripts/", ".ci/"))


def without_comments(text):
    """C++ text with comments, strings and characters blanked; line numbers stay."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^(\s]*)\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"'
        r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.S)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def room_of(name):
    """engine, contract, wasm/<door>, host-sim, tests, benchmarks; None outside the rooms."""
    parts = name.split("/")
    if parts[0] == "wasm":
        return "/".join(parts[:2]) if len(parts) > 2 else None
    return parts[0] if parts[0] in ("engine", "contract", "host-sim", "tests", "benchmarks") else None


def may_see(room, other):
    """Whether an arrow may lead from `room` to `other`: engine <- contract <- doors and simulator."""
    if room == other or room in ("tests", "benchmarks"):
        return True
    allowed = {
        "engine": (),
        "contract": ("engine",),
        "host-sim": ("engine", "contract", "generated"),
        "wasm/common": ("engine", "contract"),
    }
    return other in allowed.get(room, ("engine", "contract", "wasm/common"))


# Inside the vault a shelf sees itself and the shelves below it.
SHELVES = [("num",), ("units",), ("model",), ("pricing", "oracle"), ("risk",), ("solvency",),
           ("watch",), ("ops",)]
RANK = {shelf: rank for rank, shelves in enumerate(SHELVES) for shelf in shelves}


def shelf_of(name):
    parts = name.split("/")
    return parts[1] if parts[0] == "engine" and len(parts) > 2 else None


def check_arrows():
    """Includes and links follow the arrows, and includes are relative to the root."""
    targets = {
        "plimsoll_engine": "engine", "plimsoll_contract": "contract", "plimsoll_sim": "host-sim",
        "plimsoll_wasm_common": "wasm/common", "plimsoll_wasm_tools": "wasm/tools",
        "plimsoll_cosmwasm_door": "wasm/cosmwasm", "plimsoll_cosmwasm": "wasm/cosmwasm",
    }
    for name in files():
        room = room_of(name)
        if room is None:
            continue
        if name.endswith(CPP):
            for number, line in enumerate(text_of(name).splitlines(), 1):
                include = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
                if not include:
                    continue
                other = include.group(1)
                if other.startswith("generated/"):
                    other_room = "generated"
                else:
                    other_room = room_of(other)
                    if not (ROOT / other).is_file():
                        yield name, number, f"{other} is not a file, seen from the root"
                        continue
                if other_room is None or not may_see(room, other_room):
                    yield name, number, f"{room} may not see {other}"
                below, above = shelf_of(other), shelf_of(name)
                if below and above and RANK.get(below, 0) > RANK.get(above, 0):
                    yield name, number, f"engine/{above} may not see engine/{below}, a higher shelf"
        elif name.endswith("CMakeLists.txt"):
            text = re.sub(r"#[^\n]*", "", text_of(name))
            for link in re.finditer(r"target_link_libraries\(([^)]*)\)", text):
                number = text.count("\n", 0, link.start()) + 1
                for word in link.group(1).split()[1:]:
                    other_room = targets.get(word)
                    if other_room and not may_see(room, other_room):
                        yield name, number, f"{room} may not link {word}"


def check_floats():
    """No float, double or floating literal in code that runs in a contract."""
    token = re.compile(
        r"\b(float|double)\b|(?<![\w.'])(\d[\d']*(\.\d|\.(?![\w.])|[eE][+-]?\d)|\.\d)")
    for name in files():
        if name.endswith(CPP) and name.startswith(("engine/", "contract/", "wasm/")):
            for number, line in enumerate(without_comments(text_of(name)).splitlines(), 1):
                found = token.search(line)
                if found:
                    yield name, number, f"floating point: {found.group().strip()}"


def check_banners():
    """Every code file names itself and its licence first; C++ files then say what the room is."""
    for name in files():
        if not (name.endswith(CODE) or is_script(name)):
            continue
        lines = text_of(name).splitlines() + ["", ""]
        at = 1 if lines[0].startswith("#!") else 0
        mark = "//" if name.endswith(CPP + (".mjs", ".js", ".ts")) else "#"
        banner = rf"{mark} plimsoll: {re.escape(name)} +SPDX-License-Identifier: Apache-2\.0"
        if not re.fullmatch(banner, lines[at]):
            yield name, at + 1, f"banner: {mark} plimsoll: {name}  SPDX-License-Identifier: Apache-2.0"
        elif not lines[at + 1].startswith(mark + " "):
            yield name, at + 2, "the banner does not say what this file is"


def check_length():
    """No code file is longer than LINES_MAX lines: a second room hides in it."""
    for name in files():
        if name.endswith(CODE) or is_script(name):
            count = text_of(name).count("\n")
            if count > LINES_MAX:
                yield name, count, f"{count} lines, at most {LINES_MAX}"


def check_paths():
    """The product depends on no folder outside its checkout."""
    outside = re.compile(r"(?<![\w.\-/])/(work|tmp)(/|\b)|\.\./shared\b|/(?:home|root)/")
    for name in files():
        product = name.endswith(CODE) or is_script(name) or name.endswith((".json", ".md"))
        if not product or name.startswith("tests/") or name.endswith("package-lock.json"):
            continue
        for number, line in enumerate(text_of(name).splitlines(), 1):
            found = outside.search(line)
            if found:
                yield name, number, f"a path outside the checkout: {found.group()}"


def check_outputs():
    """Nothing that a build or a package manager made is tracked."""
    made = ("build/*", "*/build/*", "node_modules/*", "*/node_modules/*", "*.o", "*.a", "*.so", "*.obj",
            "*.wasm", "*.pyc", "*/CMakeCache.txt", "CMakeCache.txt")
    for name in files():
        if any(fnmatch.fnmatch(name, pattern) for pattern in made):
            yield name, 1, "an output is tracked"
        elif name.endswith("package-lock.json"):
            for number, line in enumerate(text_of(name).splitlines(), 1):
                if '"resolved"' in line:
                    yield name, number, "the lock file names a registry's host"


def check_errors():
    """docs/errors.md is the list of engine/error.hpp."""
    page = subprocess.run([sys.executable, str(ROOT / "scripts/errors-page")],
                          capture_output=True, text=True, check=True).stdout
    name = "docs/errors.md"
    if not (ROOT / name).is_file() or text_of(name) != page:
        yield name, 1, "differs from engine/error.hpp: run scripts/errors-page > docs/errors.md"


CHECKS = {
    "arrows": check_arrows,
    "floats": check_floats,
    "banners": check_banners,
    "length": check_length,
    "paths": check_paths,
    "outputs": check_outputs,
    "errors": check_errors,
}


def main(arguments):
    if arguments[:1] == ["files"]:
        print("\n".join(name for name in files() if name.endswith(tuple(arguments[1:]))))
        return 0
    breaches = 0
    for check in arguments or CHECKS:
        for name, number, what in CHECKS[check]():
            print(f"{name}:{number}: {what}")
            breaches += 1
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
