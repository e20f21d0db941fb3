// plimsoll: tests/host-sim/support/temporary_folder.hpp             SPDX-License-Identifier: Apache-2.0
// A folder of a test's own that goes when the test ends.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <unistd.h>

namespace plimsoll::sim::test {

class TemporaryFolder
{
public:
    TemporaryFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "plimsoll-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary folder can be made");
        m_path = name;
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] std::string path() const { return m_path.string(); }
    [[nodiscard]] std::string path(const std::string& leaf) const
    {
        return (m_path / leaf).string();
    }

private:
    std::filesystem::path m_path;
};

}  // namespace plimsoll::sim::test
