// plimsoll: engine/result.hpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the vault. A value or the stable Error that says why there is none (C++20 has no std::expected).
// Promises: trivially copyable when T is; reading the wrong side is a CHECK, never undefined behaviour.
#pragma once

#include "engine/check.hpp"
#include "engine/error.hpp"

#include <utility>

namespace plimsoll {

template <class T>
class [[nodiscard]] Result
{
public:
    constexpr Result(T value) noexcept
      : m_value(std::move(value)) {}  // NOLINT: implicit on purpose
    constexpr Result(Error error) noexcept : m_error(error)
    {
        CHECK(error != Error::ok);
    }  // NOLINT

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return m_error == Error::ok; }
    [[nodiscard]] constexpr Error error() const noexcept { return m_error; }

    [[nodiscard]] constexpr const T& operator*() const noexcept
    {
        CHECK(m_error == Error::ok);
        return m_value;
    }
    [[nodiscard]] constexpr T& operator*() noexcept
    {
        CHECK(m_error == Error::ok);
        return m_value;
    }
    [[nodiscard]] constexpr const T* operator->() const noexcept { return &**this; }
    [[nodiscard]] constexpr T* operator->() noexcept { return &**this; }

private:
    T m_value{};
    Error m_error = Error::ok;
};

}  // namespace plimsoll
