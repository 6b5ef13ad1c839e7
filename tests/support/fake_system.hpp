// SPDX-License-Identifier: BSL-1.0
// A folder with files as Linux has them under /proc and /sys, which is removed at the end.
#pragma once

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <utility>

#include <unistd.h>

namespace test {

class fake_system {
public:
    /// Files by their names, which begin with a slash, and what is in them.
    fake_system(std::initializer_list<std::pair<char const*, char const*>> files) {
        std::string name = (std::filesystem::temp_directory_path() / "quoin-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for a test");
        root = name;
        for (auto const& [file, text] : files) {
            std::filesystem::create_directories(std::filesystem::path(root + file).parent_path());
            std::ofstream(root + file) << text;
        }
    }
    ~fake_system() { std::filesystem::remove_all(root); }
    fake_system(fake_system const&) = delete;
    fake_system& operator=(fake_system const&) = delete;

    std::string root;
};

} // namespace test
