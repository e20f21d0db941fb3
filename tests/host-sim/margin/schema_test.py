#!/usr/bin/env python3
# plimsoll: tests/host-sim/margin/schema_test.py                   SPDX-License-Identifier: Apache-2.0
# The JSON Schemas of margin cases and reports against the program: random cases and what they answer are
# valid; a case with a field more, a field less or another type in one place is refused by the schema
# whenever that alone makes the program refuse it.
#   schema_test.py PROGRAM [CASES]
import copy
import json
import random
import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import margin_cases  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
NOTES = {"$schema", "title", "description", "definitions"}


class Schema:
    """The part of draft 7 that the schemas use; another keyword fails the test."""

    def __init__(self, text):
        self.root = json.loads(text)

    def accepts(self, value, rules=None):
        rules = self.root if rules is None else rules
        return all(getattr(self, "on_" + key.replace("$", "").lower())(value, argument, rules)
                   for key, argument in rules.items() if key not in NOTES)

    def on_ref(self, value, name, _):
        return self.accepts(value, self.root["definitions"][name.removeprefix("#/definitions/")])

    def on_type(self, value, name, _):
        return isinstance(value, TYPES[name]) and (name == "boolean") == isinstance(value, bool)

    def on_enum(self, value, values, _):
        return value in values

    def on_pattern(self, value, pattern, _):
        return not isinstance(value, str) or re.search(pattern, value) is not None

    def on_minlength(self, value, least, _):
        return not isinstance(value, str) or len(value) >= least

    def on_minimum(self, value, least, _):
        return not isinstance(value, int) or value >= least

    def on_maximum(self, value, most, _):
        return not isinstance(value, int) or value <= most

    def on_minitems(self, value, least, _):
        return not isinstance(value, list) or len(value) >= least

    def on_maxitems(self, value, most, _):
        return not isinstance(value, list) or len(value) <= most

    def on_items(self, value, rules, _):
        return not isinstance(value, list) or all(self.accepts(item, rules) for item in value)

    def on_properties(self, value, properties, _):
        return not isinstance(value, dict) or all(
            self.accepts(value[name], rules) for name, rules in properties.items() if name in value)

    def on_required(self, value, names, _):
        return not isinstance(value, dict) or all(name in value for name in names)

    def on_dependencies(self, value, names, _):
        return not isinstance(value, dict) or all(
            other in value for name, others in names.items() if name in value for other in others)

    def on_additionalproperties(self, value, more, rules):
        names = set(value) - set(rules.get("properties", {})) if isinstance(value, dict) else ()
        return all(more is not False and self.accepts(value[name], more) for name in names)

    def on_not(self, value, rules, _):
        return not self.accepts(value, rules)

    def on_anyof(self, value, choices, _):
        return any(self.accepts(value, rules) for rules in choices)

    def on_oneof(self, value, choices, _):
        return sum(self.accepts(value, rules) for rules in choices) == 1


def places(value, path=()):
    """Of every object, list and value."""
    yield path
    for key, item in (value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()):
        yield from places(item, path + (key,))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def bent(rng, case):
    """The case with one change that no schema may miss."""
    case = copy.deepcopy(case)
    path = rng.choice([p for p in places(case) if p])
    target = at(case, path)
    if isinstance(target, dict) and target and rng.random() < 0.7:
        target["unheard_of"] = "1"
        return case
    wrong = [None, [], {}, 0.25]
    if isinstance(target, str) and target[-1:].isdigit():
        wrong += ["half", "1e3", target + "x"]
    at(case, path[:-1])[path[-1]] = rng.choice(wrong)
    return case


def main(arguments):
    program, count = arguments[0], int(arguments[1]) if len(arguments) > 1 else 60
    run = lambda *words, case=None: subprocess.run(
        [program, *words], input=None if case is None else json.dumps(case), capture_output=True, text=True, check=False)
    cases, reports = (Schema(run("schema", f"margin-{of}").stdout) for of in ("case", "report"))
    examples = [json.loads(path.read_text()) for path in sorted((ROOT / "host-sim/margin/examples").glob("*.json"))]
    faults, refused = 0, 0
    for seed in range(count + len(examples)):
        rng = random.Random(seed)
        case = examples[seed] if seed < len(examples) else margin_cases.random_case(rng, seed % 2 == 0)
        report = json.loads(run("margin", case=case).stdout)
        if "error" not in report and not cases.accepts(case):
            faults += print(f"seed {seed}: the schema refuses a case that the program accepts") is None
        if not reports.accepts(report):
            faults += print(f"seed {seed}: the schema refuses the report {str(report)[:200]}") is None
        wrong = bent(rng, case)
        answer = json.loads(run("margin", case=wrong).stdout)
        if "error" not in report and "error" in answer:
            refused += 1
            if cases.accepts(wrong):
                faults += print(f"seed {seed}: only the program refuses: {answer['error']}") is None
    print(f"{count + len(examples)} cases, {refused} bent ones refused, {faults} faults")
    return 0 if faults == 0 and refused > count // 4 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
