// SPDX-License-Identifier: BSL-1.0
// Where the real images are that tests may use: the folder named by the environment variable QUOIN_DATA, or
// else by the macro QUOIN_DATA_DIR.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace test {

/// The folder with the real images; empty when none is named.
inline std::filesystem::path data_folder() {
    if (char const* named = std::getenv("QUOIN_DATA"); named && *named) return named;
#ifdef QUOIN_DATA_DIR
    return QUOIN_DATA_DIR;
#else
    return {};
#endif
}

/// Why a real image cannot be had, or an empty string.
inline std::string missing(std::filesystem::path const& file) {
    std::filesystem::path const folder = data_folder();
    if (folder.empty()) return "QUOIN_DATA does not name a folder with " + file.string();
    std::error_code ignored;
    if (!std::filesystem::exists(folder / file, ignored)) return "there is no " + (folder / file).string();
    return {};
}

} // namespace test
