// plimsoll: tests/engine/num/real.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A real number of 320 bits on GNU MPFR, which the functions of engine/num are
// measured against: sums and products of raw values are exact in it, functions correctly rounded.
#pragma once

#include "engine/num/int128.hpp"

#include <algorithm>
#include <cstdint>
#include <mpfr.h>
#include <type_traits>

namespace plimsoll::test {

class Real
{
public:
    static constexpr mpfr_prec_t BITS = 320;

    Real() noexcept { mpfr_init2(m_value, BITS), mpfr_set_zero(m_value, 1); }
    Real(int value) noexcept : Real() { mpfr_set_si(m_value, value, MPFR_RNDN); }  // NOLINT
    Real(const Real& other) noexcept : Real() { mpfr_set(m_value, other.m_value, MPFR_RNDN); }
    Real& operator=(const Real& other) noexcept
    {
        mpfr_set(m_value, other.m_value, MPFR_RNDN);
        return *this;
    }
    ~Real() { mpfr_clear(m_value); }

    /// raw / 2^bits.
    static Real of(num::u128 raw, int bits = 0) noexcept
    {
        static_assert(sizeof(unsigned long) == 8);
        Real value;
        mpfr_set_ui_2exp(value.m_value, static_cast<unsigned long>(raw >> 64), 64, MPFR_RNDN);
        mpfr_add_ui(value.m_value, value.m_value, static_cast<unsigned long>(raw), MPFR_RNDN);
        mpfr_div_2si(value.m_value, value.m_value, bits, MPFR_RNDN);
        return value;
    }
    static Real of(num::i128 raw, int bits = 0) noexcept
    {
        const Real size = of(num::magnitude(raw), bits);
        return raw < 0 ? -size : size;
    }
    /// raw / 10^18.
    static Real of_wad(num::i128 raw) noexcept { return of(raw) / of(num::u128{num::WAD}); }

    static Real pi() noexcept
    {
        Real value;
        mpfr_const_pi(value.m_value, MPFR_RNDN);
        return value;
    }

    /// this * 2^bits.
    [[nodiscard]] Real scaled(int bits) const noexcept
    {
        Real result;
        mpfr_mul_2si(result.m_value, m_value, bits, MPFR_RNDN);
        return result;
    }

    friend Real operator-(const Real& a) noexcept { return apply(mpfr_neg, a); }
    friend Real operator+(const Real& a, const Real& b) noexcept { return apply(mpfr_add, a, b); }
    friend Real operator-(const Real& a, const Real& b) noexcept { return apply(mpfr_sub, a, b); }
    friend Real operator*(const Real& a, const Real& b) noexcept { return apply(mpfr_mul, a, b); }
    friend Real operator/(const Real& a, const Real& b) noexcept { return apply(mpfr_div, a, b); }
    friend bool operator<(const Real& a, const Real& b) noexcept
    {
        return mpfr_less_p(a.m_value, b.m_value) != 0;
    }

    friend Real abs(const Real& a) noexcept { return apply(mpfr_abs, a); }
    friend Real exp(const Real& a) noexcept { return apply(mpfr_exp, a); }
    friend Real log(const Real& a) noexcept { return apply(mpfr_log, a); }
    friend Real sqrt(const Real& a) noexcept { return apply(mpfr_sqrt, a); }
    friend Real erfc(const Real& a) noexcept { return apply(mpfr_erfc, a); }
    friend Real pow(const Real& a, const Real& b) noexcept { return apply(mpfr_pow, a, b); }

    [[nodiscard]] double to_double() const noexcept { return mpfr_get_d(m_value, MPFR_RNDU); }

private:
    template <class Function>
    static Real apply(Function function, const Real& a) noexcept
    {
        Real result;
        function(result.m_value, a.m_value, MPFR_RNDN);
        return result;
    }
    template <class Function>
    static Real apply(Function function, const Real& a, const Real& b) noexcept
    {
        Real result;
        function(result.m_value, a.m_value, b.m_value, MPFR_RNDN);
        return result;
    }

    mpfr_t m_value;
};

/// The greatest of what it is shown, in units of the last place.
class Worst
{
public:
    void see(const Real& difference) noexcept
    {
        m_units = std::max(m_units, abs(difference).to_double());
    }
    [[nodiscard]] double units() const noexcept { return m_units; }

private:
    double m_units = 0;
};

}  // namespace plimsoll::test
