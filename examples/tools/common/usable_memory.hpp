// SPDX-License-Identifier: BSL-1.0
// How much memory this process may use.
#pragma once

#include <quoin/core/detail/control_groups.hpp>
#include <quoin/core/geometry.hpp>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

namespace examples {

/// The number behind a word at the beginning of a line, as in "MemAvailable:  8 kB"; -1 where there is none. An empty
/// word is that before the first one of a file with one number.
inline quoin::index_t number_behind(std::string_view text, std::string_view word) {
    while (!text.empty()) {
        std::string_view line = quoin::detail::take_until(text, '\n');
        if (!line.starts_with(word)) continue;
        line.remove_prefix(std::min(line.find_first_not_of(" \t", word.size()), line.size()));
        quoin::index_t value = 0;
        if (std::from_chars(line.data(), line.data() + line.size(), value).ec == std::errc()) return value;
    }
    return -1;
}

/// Bytes that this process may use: what the system says is free for new programs, or less where its control groups,
/// those above them, or its own limits (ulimit -v, -d) allow less. Tests give a folder in place of the root.
inline quoin::index_t usable_memory(std::string const& root = "") {
    using quoin::detail::text_of;
    quoin::index_t least = quoin::index_t{sysconf(_SC_PHYS_PAGES)} * sysconf(_SC_PAGE_SIZE);
    auto const limit = [&](quoin::index_t bytes) {
        if (bytes >= 0) least = std::min(least, bytes);
    };
    quoin::index_t const kilobytes = number_behind(text_of(root + "/proc/meminfo"), "MemAvailable:");
    if (kilobytes >= 0) limit(kilobytes * 1024);
    for (std::string const& group : quoin::detail::control_groups("memory", root)) {
        for (char const* file : {"/memory.max", "/memory.high", "/memory.limit_in_bytes"})
            limit(number_behind(text_of(group + file), "")); // "max" is no limit
        limit(number_behind(text_of(group + "/memory.stat"), "hierarchical_memory_limit "));
    }
    for (auto const resource : {RLIMIT_AS, RLIMIT_DATA}) {
        rlimit own{};
        if (getrlimit(resource, &own) == 0 && own.rlim_cur < rlim_t{1} << 62)
            limit(static_cast<quoin::index_t>(own.rlim_cur));
    }
    return least;
}

} // namespace examples
