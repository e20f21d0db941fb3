#!/usr/bin/env python3
# plimsoll: tests/host-sim/margin/differential.py                  SPDX-License-Identifier: Apache-2.0
# Random margin cases through the program (plimsoll margin --expect) and through the reference program of
# the rules, every number compared. The reference is a file of its own, looked for in
# $PLIMSOLL_SHARED/reference and in a folder `shared` beside the checkout; without it this says so and
# exits with 77 (skipped).
#   differential.py PROGRAM [CASES [FIRST_SEED [FOLDER_FOR_FAILURES]]]
# Half of the cases are small and judged by the reference as it is, in doubles. The other half have any
# size; for them the reference computes in decimals of 50 digits (margin_decimals.py), and no number may
# err in the account's favour by even a unit of the 18th decimal.
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import margin_cases  # noqa: E402
import margin_decimals  # noqa: E402

SKIPPED = 77
REFERENCE = "reference/margin_reference.py"


def find_reference():
    checkout = Path(__file__).resolve().parents[3]
    folders = [Path(os.environ["PLIMSOLL_SHARED"])] if os.environ.get("PLIMSOLL_SHARED") else []
    for folder in folders + [checkout.parent / "shared"]:
        if (folder / REFERENCE).is_file():
            return folder / REFERENCE
    return None


def report_of(reference, case):
    """The report; None where the reference fails in another way than by refusing the case."""
    try:
        return reference.margin_report(case)
    except reference.CaseError as error:
        return {"error": str(error)}
    except (ZeroDivisionError, OverflowError):
        return None


def slack_of(case):
    """What the engine's resolution comes to: its bracket of an option's price is within 2^-59 of the forward and
    some units of the 18th decimal, times every amount; prices move up to eightfold in scenarios."""
    spots = {u["id"]: float(u["spot"]) for u in case["underlyings"]}
    account, slack = case["account"], 1e-16
    for entry in account.get("positions", []) + account.get("open_orders", []):
        amount = sum(abs(float(entry.get(name, 0))) for name in ("base", "bid_base", "ask_base"))
        price = max(spots[entry["underlying"]], float(entry.get("strike", 0)))
        slack += amount * (2e-17 + 4e-17 * price)
    for entry in account.get("collateral", []):
        slack += float(entry["amount"]) * float(entry["price"]) * 1e-17
    return f"{slack:.18f}"


def write_cases(path, count, first_seed, folder):
    doubles, decimals = margin_decimals.load_doubles(path), margin_decimals.load(path)
    refused = 0
    for seed in range(first_seed, first_seed + count):
        exact = seed % 2 == 0
        case = margin_cases.random_case(random.Random(seed), is_large=exact)
        report = report_of(decimals if exact else doubles, case)
        if report is None:
            continue
        refused += "error" in report
        vector = {"name": f"seed_{seed}", "exact": exact, "slack": slack_of(case) if exact else "0", "case": case, "report": report}
        (folder / f"seed_{seed:08}.json").write_text(json.dumps(vector, indent=1) + "\n")
    return refused


def main(arguments):
    reference = find_reference()
    if reference is None:
        print("skipped: no margin_reference.py in $PLIMSOLL_SHARED or beside the checkout")
        return SKIPPED
    program = arguments[0]
    count = int(arguments[1]) if len(arguments) > 1 else 150
    first_seed = int(arguments[2]) if len(arguments) > 2 else 1
    failures = Path(arguments[3] if len(arguments) > 3 else "margin_failures")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        refused = write_cases(reference, count, first_seed, folder)
        answer = subprocess.run([program, "margin", "--expect", str(folder)],
                                capture_output=True, text=True, check=False)
        lines = answer.stdout.splitlines()
        failed = [line.split()[1] for line in lines if line.startswith(("FAIL", "ERROR"))]
        for name in failed:
            failures.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / f"{name}.json", failures / f"{name}.json")
    print("\n".join(line for line in lines if not line.startswith("ok")))
    print(answer.stderr, end="")
    if failed:
        print(f"{len(failed)} failing cases are in {failures}/")
    if not 2 * refused < count:
        print(f"{refused} of {count} cases were refused: the cases show too little")
        return 1
    return 0 if answer.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
