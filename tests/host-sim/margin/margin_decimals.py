# plimsoll: tests/host-sim/margin/margin_decimals.py               SPDX-License-Identifier: Apache-2.0
# The reference program of the margin rules, computing in decimals of 50 digits instead of doubles: its
# module is loaded with other numbers and another `math`. For differential.py.
import importlib.util
import types
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

CONTEXT = Context(prec=50, Emin=-999999, Emax=999999)
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459")


def plain(value):
    """Literals of the program are short decimals: 1.1 is meant, not the double beside it."""
    if isinstance(value, Real):
        return value.value
    if isinstance(value, Fraction):
        return CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


class Real:
    """A decimal that mixes with the program's integers, floats and fractions."""
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = plain(value)

    def __add__(self, other):
        return Real(CONTEXT.add(self.value, plain(other)))

    def __sub__(self, other):
        return Real(CONTEXT.subtract(self.value, plain(other)))

    def __rsub__(self, other):
        return Real(CONTEXT.subtract(plain(other), self.value))

    def __mul__(self, other):
        return Real(CONTEXT.multiply(self.value, plain(other)))

    def __truediv__(self, other):
        return Real(CONTEXT.divide(self.value, plain(other)))

    def __rtruediv__(self, other):
        return Real(CONTEXT.divide(plain(other), self.value))

    def __pow__(self, other):
        exponent = plain(other)
        return Real(CONTEXT.power(self.value, exponent)) if self.value else Real(0 if exponent else 1)

    def __rpow__(self, other):
        return Real(other) ** self

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return Real(self.value.copy_negate() if self.value else self.value)

    def __abs__(self):
        return Real(self.value.copy_abs())

    def __bool__(self):
        return bool(self.value)

    def __float__(self):
        return float(self.value)

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return self.value == plain(other)

    def __lt__(self, other):
        return self.value < plain(other)

    def __le__(self, other):
        return self.value <= plain(other)

    def __gt__(self, other):
        return self.value > plain(other)

    def __ge__(self, other):
        return self.value >= plain(other)


@lru_cache(maxsize=100_000)
def erfc(x):
    """Of a decimal. Series near zero, continued fraction beyond; good to 40 digits of 1."""
    if x < 0:
        return CONTEXT.subtract(2, erfc(-x))
    if x > 60:
        return Decimal(0)
    with localcontext(Context(prec=80, Emin=-999999, Emax=999999)):
        square = x * x
        if x < 5:
            # 2/sqrt(pi) * exp(-x^2) * sum of 2^n x^(2n+1) / (2n+1)!!: all terms are positive.
            term, total, n = x, x, 0
            while term > Decimal("1e-70"):
                n += 1
                term = term * 2 * square / (2 * n + 1)
                total += term
            return 1 - 2 / PI.sqrt() * (-square).exp() * total
        fraction = Decimal(0)
        for k in range(150, 0, -1):
            fraction = Decimal(k) / 2 / (x + fraction)
        return (-square).exp() / PI.sqrt() / (x + fraction)


MATH = types.SimpleNamespace(
    inf=float("inf"),
    sqrt=lambda x: Real(CONTEXT.sqrt(plain(x))),
    log=lambda x: Real(CONTEXT.ln(plain(x))),
    exp=lambda x: Real(CONTEXT.exp(plain(x))),
    erfc=lambda x: Real(erfc(plain(x))))


def text(value):
    """30 digits behind the point."""
    return format(plain(value).quantize(Decimal(1).scaleb(-30), context=Context(prec=80)), "f")


def load_doubles(path):
    spec = importlib.util.spec_from_file_location("margin_reference", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(path):
    module = load_doubles(path)
    module.num, module.dec, module.math = Real, text, MATH
    # Quotients of integers would be doubles.
    module.YEAR, module.DAY = Real(module.YEAR), Real(module.DAY)
    black76 = module.black76
    module.black76 = lru_cache(maxsize=100_000)(
        lambda *arguments: black76(*(Real(argument) for argument in arguments)))
    return module
