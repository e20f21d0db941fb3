#!/usr/bin/env python3
# plimsoll: tests/engine/num/tables_test.py                         SPDX-License-Identifier: Apache-2.0
# The tables in engine/num/tables are, byte for byte, what their generator computes. Exits 77, a skip
# that ctest reports, where the interpreter has no mpmath (scripts/setup installs it for the system's).
import subprocess
import sys
import tempfile
from pathlib import Path

TABLES = Path(__file__).resolve().parents[3] / "engine/num/tables"


def interpreter():
    for candidate in (sys.executable, "/usr/bin/python3"):
        found = subprocess.run([candidate, "-c", "import mpmath"], capture_output=True, check=False)
        if found.returncode == 0:
            return candidate
    return None


def main():
    python = interpreter()
    if python is None:
        print("SKIPPED: no interpreter with mpmath")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, str(TABLES / "generate.py"), folder], check=True)
        made = sorted(path.name for path in Path(folder).iterdir())
        kept = sorted(path.name for path in TABLES.glob("*.hpp"))
        if made != kept:
            print(f"generated {made}, in the tree {kept}")
            return 1
        stale = [name for name in made
                 if (Path(folder) / name).read_bytes() != (TABLES / name).read_bytes()]
    for name in stale:
        print(f"engine/num/tables/{name} is not what generate.py writes")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
