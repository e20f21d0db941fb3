// plimsoll: engine/model/svi.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. One expiry of a volatility surface in the raw SVI form.
// Never: computes. pricing/svi.hpp has the formula and says which slices a market may use.
#pragma once

#include "engine/units/units.hpp"

namespace plimsoll {

/// Total variance w(k) = a + b * (rho * (k - m) + sqrt((k - m)^2 + sigma^2)) of the log-moneyness
/// k = ln(strike / forward). Forward and tau are the surface's own, not the market's of now.
struct Svi
{
    Ratio a;        ///< Level of total variance.
    Ratio b;        ///< Slope of the wings.
    Ratio rho;      ///< Tilt, from -1 to 1.
    Ratio m;        ///< Where the smile turns.
    Ratio sigma;    ///< How round it is there.
    Price forward;  ///< The forward that k refers to.
    Ratio tau;      ///< Years to expiry when the surface was fitted.
};

}  // namespace plimsoll
