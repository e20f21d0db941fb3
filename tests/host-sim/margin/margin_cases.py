# plimsoll: tests/host-sim/margin/margin_cases.py                  SPDX-License-Identifier: Apache-2.0
# Random margin cases of every feature of the format (docs/margin-calculator.md). The same generator state
# gives the same case. For differential.py.
NOW = 1_790_000_000
DAY = 86400
NAMES = ("OAK", "ELM", "FIR", "ASH", "YEW")
TENORS = (-DAY, 0, 60, 1500, 3600, 2 * DAY, 9 * DAY, 30 * DAY, 30 * DAY + 1, 120 * DAY, 400 * DAY, 1900 * DAY)
MONEYNESS = (0.02, 0.4, 0.7, 0.85, 0.95, 1, 1.03, 1.2, 1.6, 2.5, 20)


class Draw:
    """Decimal strings from a generator."""

    def __init__(self, rng):
        self.rng = rng

    def chance(self, share):
        return self.rng.random() < share

    def text(self, value, digits=None):
        """Of few or many digits; whole numbers now and then as JSON integers."""
        digits = self.rng.choice((2, 4, 6, 9, 12)) if digits is None else digits
        line = f"{value:.{digits}f}"
        if digits > 0 and self.chance(0.05) and digits < 12:
            line += "".join(self.rng.choice("0123456789") for _ in range(18 - digits))
        if float(line) == int(float(line)) and abs(float(line)) < 1e15 and self.chance(0.3):
            return int(float(line))
        return line

    def between(self, low, high, digits=None):
        """Decimals can end below `low` or above `high` by rounding only where `digits` are few."""
        return self.text(self.rng.uniform(low, high), digits)

    def share(self, low=0.0, high=1.0):
        return f"{self.rng.uniform(low, high):.{self.rng.choice((2, 4, 9))}f}"

    def positive(self, value):
        """Six significant digits, above zero."""
        line = f"{value:.6g}"
        if "e" in line or "E" in line:
            line = f"{value:.18f}".rstrip("0").rstrip(".")
        return line

    def levels(self, low, high):
        a, b = self.rng.uniform(low, high), self.rng.uniform(low, high)
        if self.chance(0.9):
            a, b = max(a, b), min(a, b)
        return {"initial": self.text(a, 4), "maintenance": self.text(b, 4)}

    def confidence(self, threshold):
        """Mostly good; at the threshold, and below it, now and then."""
        return self.rng.choice(("1", "1", "1", "0.99", "0.97", threshold, self.share(0.1, 0.99)))


def scenarios(d):
    width = d.rng.uniform(0.05, 0.4)
    steps = d.rng.randint(1, 5)
    out = []
    vols = d.rng.choice((("up", "none", "down"), ("up", "down"), ("none",), ("up", "none")))
    for k in range(steps, -steps - 1, -1):
        for vol in vols if abs(k) < steps else vols[:1]:
            out.append({"spot": d.text(1 + width * k / steps, 4), "vol": vol})
            if d.chance(0.5):
                out[-1]["damping"] = "1"
    for spot, damping in (("0.3", "0.25"), ("0.0", "0.15"), ("1.7", "0.3"), ("3.1", "0.1"), ("8", "0.02")):
        if d.chance(0.5):
            out.append({"spot": spot, "vol": d.rng.choice(("up", "none", "down")), "damping": damping})
    for vol in ("skew_linear", "skew_abs"):
        if d.chance(0.7):
            out.append({"spot": "1", "vol": vol, "damping": d.rng.choice(("1", "0.5"))})
    if d.chance(0.1):
        out = [s for s in out if float(s["spot"]) >= 1] or out
    if d.chance(0.3):
        d.rng.shuffle(out)
    return out[:40]


def portfolio_risk(d, threshold):
    signed = lambda a: d.between(-a, a)
    risk = {
        "scenarios": scenarios(d),
        "vol_shock": {"range_up": d.between(0, 1), "range_down": d.between(0, 1.2), "short_power": d.between(0, 1),
                      "long_power": d.between(0, 0.6), "floor_days": d.between(0.5, 5), "min_vol_up": d.between(0, 0.6)},
        "skew_shock": {"linear_cap": signed(0.4), "linear_slope": signed(0.2), "abs_cap": signed(0.4),
                       "abs_slope": signed(0.2), "min_width": d.between(0.01, 0.1), "width_scale": d.between(1, 5),
                       "vol_static": d.between(0, 1), "vol_slope": signed(0.2)},
        "basis": {"up": d.between(1, 1.1, 4), "down": d.between(0.9, 1, 4), "add": d.between(0, 1), "mult": d.between(0, 2)},
        "discount": {"long_base": d.between(0.9, 1), "long_rate_mult": d.between(0, 1), "long_rate_add": d.between(0, 0.2),
                     "short_base": d.between(1, 1.1), "short_rate_mult": d.between(0, 1),
                     "short_rate_add": d.between(0, 0.2)},
        "factor": d.levels(0.5, 1.4), "perp_contingency": d.levels(0, 0.05), "future_contingency": d.levels(0, 0.05),
        "option_contingency": d.levels(0, 0.02), "confidence": {"threshold": threshold, "factor": d.between(0, 1)},
        "depeg": {"threshold": d.between(0.9, 1), "factor": d.between(0, 4)}}
    if d.chance(0.3):
        risk["discount"]["mark_rate_mult"] = d.between(0, 1.5)
    return risk


def standard_risk(d, threshold):
    maintenance = d.rng.uniform(0.005, 0.2)
    rule = {"initial_fraction": d.text(maintenance * d.rng.uniform(1, 2), 6), "maintenance_fraction": d.text(maintenance, 6),
            "size_reference": d.positive(10 ** d.rng.uniform(2, 7)), "size_sqrt_coefficient": d.between(0, 0.5),
            "size_linear_coefficient": d.between(0, 0.1),
            "option": {"max_initial": d.between(0.1, 0.3), "min_initial": d.between(0.05, 0.1),
                       "maintenance_call": d.between(0, 0.1), "maintenance_put": d.between(0, 0.1),
                       "maintenance_put_mark": d.between(0, 0.15), "maintenance_offset": d.between(1, 1.2),
                       "unpaired_initial": d.between(1, 1.5), "unpaired_maintenance": d.between(1, 1.3)}}
    if d.chance(0.4):
        rule.update(open_interest_lower=d.positive(10 ** d.rng.uniform(3, 6)),
                    open_interest_upper=d.positive(10 ** d.rng.uniform(6, 8)))
    if d.chance(0.6):
        rule["confidence"] = {"threshold": threshold, "factor": d.between(0, 1)}
    if d.chance(0.6):
        rule["depeg"] = {"threshold": d.between(0.9, 1), "factor": d.between(0, 4)}
    risk = {"standard": rule}
    if d.chance(0.2):
        risk["discount"] = {"mark_rate_mult": d.between(0, 1.5)}
    return risk


def expiry(d, at, spot, threshold):
    forward = spot * d.rng.uniform(0.9, 1.15)
    out = {"expiry": at, "forward": d.positive(forward)}
    if at - NOW < 1800 and d.chance(0.7):
        out["forward_fixed"] = d.positive(float(out["forward"]) * d.rng.uniform(0, 0.9))
    if d.chance(0.1):
        out["forward_fixed"] = out["forward"]
    for name in ("forward_confidence", "rate_confidence", "vol_confidence"):
        if d.chance(0.3):
            out[name] = d.confidence(threshold)
    if d.chance(0.8):
        out["rate"] = d.between(-0.05, 0.3)
    if d.chance(0.35):
        years = max(at - NOW, 600) / (365 * DAY)
        variance = years * d.rng.uniform(0.05, 2)
        out["svi"] = {"a": d.text(variance * d.rng.uniform(-0.02, 1), 12), "b": d.text(variance * d.rng.uniform(0.05, 1), 12),
                      "rho": d.between(-0.9, 0.9), "m": d.between(-0.2, 0.2), "sigma": d.between(0.05, 0.5),
                      "forward": d.positive(spot * d.rng.uniform(0.9, 1.1)), "tau": d.text(years, 15)}
    elif d.chance(0.97):
        vol = d.rng.uniform(0.1, 2)
        strikes = list(dict.fromkeys(d.positive(spot * m * d.rng.uniform(0.97, 1.03)) for m in MONEYNESS))
        out["vols"] = [{"strike": k, "vol": d.between(vol * 0.8, vol * 1.2)} for k in strikes]
        if d.chance(0.1):
            out["vols"][0]["vol"] = "0"
        if d.chance(0.1):
            out["vols"].append({"strike": "0", "vol": "0.5"})
    return out


def underlying(d, name, mode, is_large):
    threshold = d.rng.choice(("0.5", "0.9", d.share(0.3, 0.99)))
    spot = d.positive(10 ** (d.rng.uniform(-5, 6.5) if is_large else d.rng.uniform(-1, 4)))
    value = float(spot)
    risk = portfolio_risk(d, threshold) if mode == "portfolio" else standard_risk(d, threshold)
    if d.chance(0.4):
        risk["profit"] = {"weight": d.share()}
        if d.chance(0.6):
            risk["profit"]["cap"] = d.positive(10 ** d.rng.uniform(0, 4))
    out = {"id": name, "spot": spot, "risk": risk}
    for key, low, high, share in (("price_low", 0.8, 1, 0.25), ("price_high", 1, 1.3, 0.25), ("stable", 0.5, 2, 0.2)):
        if d.chance(share):
            out[key] = d.positive(value * d.rng.uniform(low, high))
            if (key == "price_low") == (float(out[key]) > value):
                out[key] = spot if key != "stable" else out[key]
    for key in ("confidence", "perp_confidence"):
        if d.chance(0.5):
            out[key] = d.confidence(threshold)
    if d.chance(0.7):
        out["perp_mark"] = d.positive(value * d.rng.uniform(0.97, 1.03))
    if d.chance(0.5):
        out["open_interest"] = d.positive(10 ** d.rng.uniform(3, 9))
    tenors = d.rng.sample(TENORS, d.rng.randint(0, 4))
    out["expiries"] = [expiry(d, NOW + t, value, threshold) for t in tenors]
    return out


class Account:
    """Positions and orders in a market of underlyings."""

    def __init__(self, draw, underlyings, size):
        self.d, self.underlyings, self.size = draw, underlyings, size

    def base(self, spot):
        amount = self.size * self.d.rng.uniform(0.05, 1) / spot
        if self.d.chance(0.05):
            amount = 10 ** self.d.rng.uniform(-15, -3)
        return min(amount, 1.5e9)

    def instrument(self):
        """A field set without amounts, and the spot."""
        u = self.d.rng.choice(self.underlyings)
        spot, kind = float(u["spot"]), self.d.rng.choice(("perp", "future", "option", "option", "option"))
        if kind == "perp" or not u["expiries"]:
            return {"underlying": u["id"], "kind": "perp"}, spot
        e = self.d.rng.choice(u["expiries"])
        out = {"underlying": u["id"], "kind": kind, "expiry": e["expiry"]}
        if kind == "future" or not ("svi" in e or "vols" in e):
            return {**out, "kind": "future"}, spot
        strike = self.d.positive(spot * self.d.rng.choice(MONEYNESS))
        if "vols" in e:
            strike = self.d.rng.choice(e["vols"])["strike"]
        if self.d.chance(0.03):
            strike = "0"
        return {**out, "strike": strike, "type": self.d.rng.choice(("call", "put"))}, spot

    def position(self):
        out, spot = self.instrument()
        base = self.base(spot) * self.d.rng.choice((-1, 1)) * (0 if self.d.chance(0.02) else 1)
        out["base"] = self.d.text(base, 12 if abs(base) < 1e6 else 6)
        if out["kind"] != "option":
            out["quote"] = self.d.text(-base * spot * self.d.rng.uniform(0.8, 1.2), 6)
        return out

    def order(self):
        out, spot = self.instrument()
        for side in ("bid_base", "ask_base"):
            if self.d.chance(0.7):
                out[side] = self.d.text(self.base(spot), 12)
        if not (float(out.get("bid_base", 0)) or float(out.get("ask_base", 0))):
            out["bid_base"] = self.d.positive(self.base(spot))
        return out

    def collateral(self):
        u = self.d.rng.choice(self.underlyings)
        price = float(u["spot"]) * self.d.rng.uniform(0.95, 1.05)
        haircut = self.d.rng.uniform(0, 0.5)
        out = {"asset": "coin " + u["id"], "amount": self.d.text(self.base(price), 12), "price": self.d.positive(price),
               "initial_haircut": self.d.text(min(1, haircut * 1.6), 4), "maintenance_haircut": self.d.text(haircut, 4)}
        if self.d.chance(0.7):
            out["underlying"] = u["id"]
            if self.d.chance(0.6):
                out["risk_cancelling"] = self.d.chance(0.7)
        if self.d.chance(0.4):
            out["confidence"] = self.d.share(0.3)
        if self.d.chance(0.3):
            out["confidence_rule"] = {"threshold": self.d.share(0.3), "factor": self.d.between(0, 1)}
        if self.d.chance(0.3):
            out["pool_scaling"] = {"start": self.d.positive(1000), "deposits": self.d.rng.choice(("0", "400", "2500.5"))}
        if self.d.chance(0.3):
            out["size_discount"] = self.d.between(0, 0.01, 9)
        if self.d.chance(0.3):
            out["volatility_haircut"] = {"multiple": self.d.between(0, 4), "volatility": self.d.between(0, 2),
                                         "horizon": self.d.rng.choice((0, "3600", 86400, "604800.0"))}
        return out


def correlation(d, names):
    pairs = []
    for i, a in enumerate(names):
        for b in names[i + 1:]:
            rho = d.rng.choice((-1, 0, 1, d.rng.uniform(-1, 1), d.rng.uniform(0.3, 0.95)))
            pair = {"a": a, "b": b, "rho": f"{rho:.4f}"}
            if d.chance(0.5):
                pair["a"], pair["b"] = b, a
            if d.chance(0.3):
                pair["rho_low"] = f"{max(-1, rho - d.rng.uniform(0.001, 0.5)):.3f}"
                pair["rho_low"] = pair["rho_low"] if float(pair["rho_low"]) <= float(pair["rho"]) else pair["rho"]
            if d.chance(0.3):
                pair["rho_high"] = f"{min(1, rho + d.rng.uniform(0.001, 0.5)):.3f}"
                pair["rho_high"] = pair["rho_high"] if float(pair["rho_high"]) >= float(pair["rho"]) else pair["rho"]
            if d.chance(0.2):
                pair["band"] = d.share()
            pairs.append(pair)
    if d.chance(0.03):
        pairs.pop(0)
    return {"pairs": pairs, "band": d.rng.choice(("0", "1", d.share())), "max_relief": d.rng.choice(("0", "1", d.share()))}


def random_case(rng, is_large):
    """`is_large`: sizes from dust to the greatest book; else of at most a few thousand quote units."""
    d = Draw(rng)
    mode = rng.choice(("portfolio", "portfolio", "standard"))
    names = list(NAMES[:rng.choice((1, 1, 2, 2, 3, 4, 5))])
    rng.shuffle(names)
    underlyings = [underlying(d, name, mode, is_large) for name in names]
    size = 10 ** (rng.uniform(-6, 14) if is_large else rng.uniform(-2, 3))
    account = Account(d, underlyings, size)
    case = {"now": NOW, "mode": mode, "quote": {"price": rng.choice(("1", "1", "1.003", d.between(0.85, 1)))},
            "underlyings": underlyings, "account": {"cash": d.text(rng.uniform(-1, 3) * size, 6)}}
    if d.chance(0.4):
        case["quote"]["confidence"] = d.share(0.4)
    for key, make, most, share in (("positions", account.position, 12, 0.97), ("open_orders", account.order, 6, 0.45),
                                   ("collateral", account.collateral, 4, 0.5)):
        if d.chance(share):
            case["account"][key] = [make() for _ in range(rng.randint(1, most))]
    if len(names) > 1:
        case["correlation"] = correlation(d, names)
    return case
