#!/usr/bin/env python3
# plimsoll: tests/properties/margin_differential.py                 SPDX-License-Identifier: Apache-2.0
# Compares the exact oracle with the reference program of the rules on random books:
# margin_differential.py DRIVER COUNT [FIRST_SEED]. The reference is not part of the product; it is looked
# for in $PLIMSOLL_SHARED/reference and in a folder `shared` beside the checkout; without it this says so
# and exits with 77 (skipped).
import json
import os
import subprocess
import sys
from pathlib import Path

SKIPPED = 77
SHARED = os.environ.get("PLIMSOLL_SHARED") or Path(__file__).resolve().parents[3] / "shared"
REFERENCE = Path(SHARED) / "reference"
TOLERANCE = 1e-9  # of max(1, |value|): the reference computes in doubles
LEVELS = ("initial", "maintenance")


def far(name, ours, theirs, scale):
    ours, theirs = float(ours), float(theirs)
    if abs(ours - theirs) <= TOLERANCE * max(1.0, abs(theirs), scale):
        return []
    return [f"{name}: oracle {ours!r}, reference {theirs!r}"]


def differences(report, expected):
    if ("error" in report) != ("error" in expected):
        return [f"oracle {report.get('error')}, reference {expected.get('error')}"]
    if "error" in report:
        return []
    # Sums of large terms that cancel are compared at the size of their terms.
    scale = max([abs(float(expected["equity"]))] + [abs(float(u["value"])) for u in expected["underlyings"]] +
                [abs(float(expected[level][k])) for level in LEVELS for k in ("requirement", "haircuts")])
    found = []
    for name in ("equity", "collateral"):
        found += far(name, report[name], expected[name], scale)
    for level in LEVELS:
        ours, theirs = report[level], expected[level]
        for name in ("health", "requirement", "haircuts", "contingencies"):
            found += far(f"{level} {name}", ours[name], theirs[name], scale)
        found += far(f"{level} confidence", ours["confidence"], theirs["contingency_parts"]["confidence"], scale)
        for name in ("plain_sum", "floor", "special_sum", "band_loss"):
            if name in theirs.get("band", {}):
                found += far(f"{level} {name}", ours[name], theirs["band"][name], scale)
    for name, charge in expected["initial"].get("price_bracket", {}).items():
        found += far(f"bracket {name}", report["underlyings"][int(name[1:])]["bracket"], charge, scale)
    for line in expected["underlyings"]:
        ours = report["underlyings"][int(line["id"][1:])]
        found += far(f"value {line['id']}", ours["value"], line["value"], scale)
        for i, row in enumerate(line.get("scenarios", []) + [line["basis"]] if "basis" in line else []):
            found += far(f"row {line['id']} {i}", ours["rows"][i], row, scale)
    return found


def main(driver, count, first="1"):
    if not (REFERENCE / "margin_reference.py").is_file():
        print(f"skipped: {REFERENCE} has no margin_reference.py")
        return SKIPPED
    sys.path.insert(0, str(REFERENCE))
    sys.dont_write_bytecode = True
    import margin_reference as reference
    process = subprocess.Popen([driver, first, count], stdout=subprocess.PIPE, text=True)
    bad = books = held = 0
    for line in process.stdout:
        told = json.loads(line)
        try:
            expected = reference.margin_report(told["case"])
        except reference.CaseError as error:
            expected = {"error": str(error)}
        books += 1
        held += len(told["case"]["account"]["positions"])
        found = differences(told["report"], expected)
        if found:
            bad += 1
            print(f"seed {told['seed']} ({told['case']['mode']}): " + "; ".join(found[:4]))
    print(f"{books} books, {held} positions, {bad} differ")
    return 1 if bad or process.wait() or books != int(count) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
