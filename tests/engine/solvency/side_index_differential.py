#!/usr/bin/env python3
# plimsoll: tests/engine/solvency/side_index_differential.py       SPDX-License-Identifier: Apache-2.0
# Replays random histories through the engine (side_index_driver) and through the reference model of the
# side indexes, and compares every integer. The model is a file of its own, looked for in
# $PLIMSOLL_SHARED/reference and in a folder `shared` beside the checkout; without it this says so and
# exits with 77 (skipped).
#   side_index_differential.py DRIVER [HISTORIES [FIRST_SEED]]
import importlib.util
import os
import random
import subprocess
import sys
from pathlib import Path

SKIPPED = 77
ACCOUNTS = 8
STEPS = 400
STAGES_MAX = 8
MODEL = "reference/side_index_model.py"


def find_model():
    checkout = Path(__file__).resolve().parents[3]
    folders = [Path(os.environ["PLIMSOLL_SHARED"])] if os.environ.get("PLIMSOLL_SHARED") else []
    for folder in folders + [checkout.parent / "shared"]:
        if (folder / MODEL).is_file():
            return folder / MODEL
    return None


def load(path):
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("side_index_model", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class History:
    """Operations for the driver, and the lines that it must answer."""

    def __init__(self, reference, seed):
        self.reference = reference
        self.random = random.Random(seed)
        self.market = reference.M(ACCOUNTS)
        self.soft_limit = 7 * 10**10 * reference.ONE
        self.lines = [f"new {ACCOUNTS}"]
        self.answers = [self.sides("ok")]
        self.refused = 0

    def sides(self, error):
        market = self.market
        numbers = [market.OI]
        for side in (market.L, market.S):
            numbers += [side.A, side.K, side.ep, side.d]
        return error + " " + " ".join(map(str, numbers))

    def positions(self):
        out = []
        for x in self.market.p:
            base, quote, stages = self.market.view(x)
            snapshot = f"{x.A} {x.K} {x.ep}" if x.b else "0 0 0"
            out.append(f"{x.b} {x.q} {snapshot} {base} {quote} {stages}; ")
        return "".join(out).rstrip()

    def do(self, line, error="ok"):
        self.lines.append(line)
        self.answers.append(self.sides(error))

    def fits(self, long_k, short_k):
        return abs(long_k) <= self.soft_limit and abs(short_k) <= self.soft_limit

    def fill(self, buyer, seller, size, price):
        self.market.fill(buyer, seller, size, price)
        self.do(f"fill {buyer} {seller} {size} {price}")

    def fund(self, charge):
        r, m = self.reference, self.market
        on = m.OI - m.L.d
        rate = r.fl(charge * on, m.OI + m.S.d) if charge > 0 and on > 0 else charge
        fits = self.fits(m.L.K + r.fl(-m.L.A * charge, r.W), m.S.K - r.fl(m.S.A * rate, r.W))
        if fits or on <= 0:
            m.fund(charge)
            self.do(f"fund {charge}")
        else:
            self.refused += 1
            self.do(f"fund {charge}", "arithmetic_range")

    def socialise(self, loss):
        # Even losses only: the model halves downwards, the algebra's text upwards.
        r, m = self.reference, self.market
        on, half = m.OI - m.L.d, loss // 2
        if on <= 0:
            self.do(f"socialise {loss}", "nothing_to_do")
        elif self.fits(m.L.K - r.ce(m.L.A * half, on), m.S.K + r.ce(m.S.A * half, m.OI)):
            m.social(loss)
            self.do(f"socialise {loss}")
        else:
            self.refused += 1
            self.do(f"socialise {loss}", "arithmetic_range")

    def step(self, price):
        rnd = self.random
        wad = self.reference.W
        draw = rnd.random()
        if draw < 0.5:
            buyer, seller = rnd.sample(range(ACCOUNTS), 2)
            size = rnd.choice([1, 7, 10**9, rnd.randint(1, 10**18), rnd.randint(1, 10**24), 10**24])
            held = abs(self.market.p[seller].b)
            if held and rnd.random() < 0.3:
                size = rnd.choice([held, 2 * held, held // 2 + 1])  # closes, flips, halves
            self.fill(buyer, seller, size, price)
        elif draw < 0.7:
            self.fund(rnd.randint(-price // 200 - 1, price // 200 + 1))
        elif draw < 0.9:
            i = rnd.randrange(ACCOUNTS)
            at = max(0, price * (1000 + rnd.randint(-50, 50)) // 1000)
            self.market.delev(i, at)
            self.do(f"deleverage {i} {at}")
        elif draw < 0.905:
            self.market.expire(price)
            self.do(f"expire {price}")
        elif draw < 0.95:
            self.socialise(2 * rnd.choice([1, 5, rnd.randint(1, 10**12), wad // 2 * rnd.randint(1, 100)]))
        else:
            i = rnd.randrange(ACCOUNTS)
            self.market.touch(self.market.p[i])
            self.do(f"touch {i}")
        # The model walks any number of epochs at once, the engine eight: nobody sleeps longer here.
        for i, x in enumerate(self.market.p):
            if x.b and self.market.side(x.b).ep - x.ep >= STAGES_MAX:
                self.market.touch(x)
                self.do(f"touch {i}")

    def run(self):
        rnd = self.random
        wad = self.reference.W
        price = rnd.choice([10**12, wad // 10**5, 3000 * wad, 10**6 * wad])
        for number in range(STEPS):
            price = min(10**6 * wad, max(1, price * (1000 + rnd.randint(-30, 30)) // 1000))
            self.step(price)
            # Side and open interest are compared after every operation, positions and views often.
            if number % 8 == 7:
                self.lines.append("positions")
                self.answers.append(self.positions())


def main(arguments):
    driver = arguments[0]
    histories = int(arguments[1]) if len(arguments) > 1 else 1000
    first = int(arguments[2]) if len(arguments) > 2 else 0
    model = find_model()
    if model is None:
        print(f"skipped: there is no {MODEL} in PLIMSOLL_SHARED or beside the checkout")
        return SKIPPED
    reference = load(model)
    epochs = refused = operations = 0
    batch = 50
    for start in range(first, first + histories, batch):
        runs = []
        for seed in range(start, min(start + batch, first + histories)):
            history = History(reference, seed)
            history.run()
            runs.append((seed, history))
            epochs += history.market.L.ep + history.market.S.ep
            refused += history.refused
            operations += len(history.lines)
        text = "\n".join(line for _, history in runs for line in history.lines) + "\n"
        done = subprocess.run([driver], input=text, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"the driver stopped with {done.returncode}: {done.stderr}")
            return 1
        answers = iter(done.stdout.splitlines())
        for seed, history in runs:
            for number, (line, want) in enumerate(zip(history.lines, history.answers)):
                have = next(answers, "nothing").rstrip()
                if have != want:
                    print(f"seed {seed}, line {number}: {line}\n engine {have}\n model  {want}")
                    return 1
    print(f"{histories} histories, {operations} operations, {epochs} epochs, {refused} refused: equal")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
