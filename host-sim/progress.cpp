// plimsoll: host-sim/progress.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See progress.hpp.
#include "host-sim/progress.hpp"

#include <cstdio>
#include <fmt/format.h>
#include <string>
#include <unistd.h>

namespace plimsoll::sim {
namespace {

constexpr std::uint32_t WIDTH = 40;

}  // namespace

Progress::Progress(std::uint32_t blocks) : m_blocks(blocks), m_visible(isatty(STDERR_FILENO) == 1)
{}

Progress::~Progress()
{
    if (m_visible)
        fmt::print(stderr, "\r\033[K");
}

void Progress::show(std::uint32_t block)
{
    const auto permille = static_cast<std::uint32_t>(
        std::uint64_t{block + 1} * 1000 / (m_blocks == 0 ? 1 : m_blocks));
    if (!m_visible || permille == m_shown_permille)
        return;
    m_shown_permille = permille;
    const std::uint32_t filled = permille * WIDTH / 1000;
    fmt::print(stderr, "\r[{}{}] {:3}%  block {} of {}", std::string(filled, '#'),
        std::string(WIDTH - filled, ' '), permille / 10, block + 1, m_blocks);
    std::fflush(stderr);
}

}  // namespace plimsoll::sim
