#!/usr/bin/env python3
# plimsoll: tests/host-sim/margin/vectors_test.py                  SPDX-License-Identifier: Apache-2.0
# Every margin vector that is given to this project, through plimsoll margin --expect. The vectors are not
# part of the checkout: they are looked for in $PLIMSOLL_SHARED/vectors/margin and in a folder `shared`
# beside it; without them this says so and exits with 77 (skipped).
#   vectors_test.py PROGRAM
import os
import subprocess
import sys
from pathlib import Path

SKIPPED = 77
VECTORS = "vectors/margin"


def main(program):
    checkout = Path(__file__).resolve().parents[3]
    folders = [Path(os.environ["PLIMSOLL_SHARED"])] if os.environ.get("PLIMSOLL_SHARED") else []
    for folder in folders + [checkout.parent / "shared"]:
        if any((folder / VECTORS).glob("*.json")):
            return subprocess.run([program, "margin", "--expect", folder / VECTORS], check=False).returncode
    print("skipped: no vectors/margin in $PLIMSOLL_SHARED or in a folder shared beside the checkout")
    return SKIPPED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
