// plimsoll: host-sim/progress.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. A progress bar on standard error when that is a terminal; silence otherwise.
#pragma once

#include <cstdint>

namespace plimsoll::sim {

class Progress
{
public:
    explicit Progress(std::uint32_t blocks);
    /// Clears the bar, so that what is printed next begins on an empty line.
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void show(std::uint32_t block);

private:
    std::uint32_t m_blocks;
    bool m_visible;
    std::uint32_t m_shown_permille = ~std::uint32_t{0};
};

}  // namespace plimsoll::sim
