// SPDX-License-Identifier: BSL-1.0
// How long the threads of this process were ready to run while other work had the cores: what makes a time on a shared
// machine one that should not count.
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>

namespace bench {

/// Seconds of all threads since they began; nothing where the kernel does not count them.
inline std::optional<double> waited_seconds() {
    double nanoseconds = 0;
    bool known = false;
    std::error_code failure;
    for (auto const& task : std::filesystem::directory_iterator("/proc/self/task", failure)) {
        double running, waiting;
        // A thread may have ended since the folder was read.
        if (std::ifstream file(task.path() / "schedstat"); file >> running >> waiting) {
            nanoseconds += waiting;
            known = true;
        }
    }
    return known ? std::optional(nanoseconds / 1e9) : std::nullopt;
}

} // namespace bench
