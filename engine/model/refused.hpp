// plimsoll: engine/model/refused.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What a validate() function answers: an error, and the parameter that it is
// about by the name that messages have for it.
// Promises: usable wherever an Error is. The first offence that is asked about decides.
#pragma once

#include "engine/error.hpp"

#include <string_view>

namespace plimsoll {

struct [[nodiscard]] Refused
{
    Error error = Error::ok;
    std::string_view parameter;  ///< Empty when there is no error.

    constexpr operator Error() const noexcept { return error; }  // NOLINT: implicit on purpose
};

/// Asks one parameter after the other. Every condition is worked out by the caller, whether it counts any
/// more or not, so it must be defined for whatever the parameters hold.
class Judge
{
public:
    /// The parameter lies inside its bounds, or it is refused with parameter_bounds.
    constexpr Judge& bounds(std::string_view parameter, bool inside) noexcept
    {
        return demand(Error::parameter_bounds, parameter, inside);
    }
    /// The parameter agrees with the others, or it is refused with parameters_disagree.
    constexpr Judge& agrees(std::string_view parameter, bool agreed) noexcept
    {
        return demand(Error::parameters_disagree, parameter, agreed);
    }
    /// What another judge has found.
    constexpr Judge& and_also(const Refused& found) noexcept
    {
        return demand(found.error, found.parameter, found.error == Error::ok);
    }

    [[nodiscard]] constexpr bool fine() const noexcept { return m_refused.error == Error::ok; }
    constexpr operator Refused() const noexcept
    {
        return m_refused;
    }  // NOLINT: implicit on purpose

private:
    constexpr Judge& demand(Error error, std::string_view parameter, bool met) noexcept
    {
        if (fine() && !met)
            m_refused = Refused{error, parameter};
        return *this;
    }

    Refused m_refused;
};

}  // namespace plimsoll
