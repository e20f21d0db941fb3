#!/usr/bin/env python3
# plimsoll: tests/mutations/mutations.py                            SPDX-License-Identifier: Apache-2.0
# Room: the proving ground. Switches off one named check of the contract after the other.
"""Switches off one named check of the contract after the other and sees that its tests fail.

    mutations.py list             every name in the code stands in mutants.txt, and the other way round
    mutations.py run BUILD [N]    all mutants, or N of them spread over the list
    mutations.py strip FOLDER     a copy of the sources without the names, for comparing modules

A line of mutants.txt: name | what it stands for | PROGRAM: test; PROGRAM: test
The tests pass without a mutant, or the run says so.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIST = pathlib.Path(__file__).with_name("mutants.txt")
ROOMS = ("engine", "contract", "wasm")
HOOK = re.compile(r"\b(GUARD|MUTANT)\(\s*\"([a-z0-9-]+)\"\s*,")


def fail(text):
    sys.exit("mutations: " + text)


def mutants():
    found = []
    for number, line in enumerate(LIST.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != 3 or not all(cells):
            fail(f"{LIST.name}:{number}: not `name | meaning | PROGRAM: test; ...`")
        tests = [tuple(part.strip().split(": ", 1)) for part in cells[2].split("; ")]
        if any(len(test) != 2 for test in tests):
            fail(f"{LIST.name}:{number}: a test has no program")
        found.append((cells[0], cells[1], tests))
    names = [name for name, _, _ in found]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        fail("listed twice: " + ", ".join(sorted(twice)))
    return found


def sources():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.[ch]pp")):
            if path != ROOT / "engine/mutation.hpp":
                yield path


def check_list():
    hooks = {}
    for path in sources():
        for _, name in HOOK.findall(path.read_text()):
            if name in hooks:
                fail(f"{name} stands in {hooks[name]} and in {path}")
            hooks[name] = path.relative_to(ROOT)
    listed = {name for name, _, _ in mutants()}
    for name in sorted(set(hooks) - listed):
        fail(f"{name} ({hooks[name]}) is not in {LIST.name}")
    for name in sorted(listed - set(hooks)):
        fail(f"{name} of {LIST.name} is not in the code")
    print(f"{len(listed)} named checks, each with its tests")


def run_test(build, program, test, name):
    """True if it passes. Catch2 reads commas and brackets in a name as syntax."""
    pattern = re.sub(r"([,\[\]\\])", r"\\\1", test)
    environment = dict(os.environ)
    environment.pop("PLIMSOLL_MUTANT", None)
    if name:
        environment["PLIMSOLL_MUTANT"] = name
    done = subprocess.run([build / program, pattern], env=environment, cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
    text = done.stdout.decode(errors="replace")
    if "No tests ran" in text or "No test cases matched" in text:
        fail(f"{program} has no test called: {test}")
    return done.returncode == 0


def run(build, most):
    chosen = mutants()
    if most and most < len(chosen):
        chosen = [chosen[i * len(chosen) // most] for i in range(most)]
    passed = {}
    alive = []
    for number, (name, meaning, tests) in enumerate(chosen, 1):
        for program, test in tests:
            if (program, test) not in passed:
                passed[program, test] = run_test(build, program, test, None)
            if not passed[program, test]:
                fail(f"fails without any mutant: {program}: {test}")
            if run_test(build, program, test, name):
                alive.append(f"{name} ({meaning}) lives through {program}: {test}")
        print(f"[{number}/{len(chosen)}] {name}", flush=True)
    for line in alive:
        print(line)
    print(f"{len(chosen)} mutants, {len(alive)} alive")
    sys.exit(1 if alive else 0)


def argument_end(text, start):
    """The index of the comma or bracket that ends the macro argument which begins at start."""
    depth, i = 0, start
    while True:
        c = text[i]
        if c == '"':
            i = text.index('"', i + 1)
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            if depth == 0:
                return i
            depth -= 1
        elif c == "," and depth == 0:
            return i
        i += 1


def strip(folder):
    target = pathlib.Path(folder)
    shutil.rmtree(target, ignore_errors=True)
    for name in ("engine", "contract", "wasm", "cmake", "CMakeLists.txt", "CMakePresets.json"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / name)
    stripped = 0
    for room in ROOMS:
        for path in sorted((target / room).rglob("*.[ch]pp")):
            if path == target / "engine/mutation.hpp":
                continue
            text = path.read_text()
            while hook := HOOK.search(text):
                end = argument_end(text, hook.end())
                close = end if text[end] == ")" else argument_end(text, end + 1)
                text = (text[:hook.start()] + "(" + text[hook.end():end] + ")" + text[close + 1:])
                stripped += 1
            path.write_text(text.replace('#include "engine/mutation.hpp"\n', "\n"))
    print(f"{stripped} names stripped")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["list"]:
            check_list()
        case ["run", build]:
            run(pathlib.Path(build).resolve(), 0)
        case ["run", build, most]:
            run(pathlib.Path(build).resolve(), int(most))
        case ["strip", folder]:
            strip(folder)
        case _:
            sys.exit(__doc__)
