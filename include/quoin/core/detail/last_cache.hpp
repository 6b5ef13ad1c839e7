// SPDX-License-Identifier: BSL-1.0
// The size of the last-level cache.
#pragma once

#include <quoin/config.hpp>

#include <cstddef>
#include <cstdio>
#include <initializer_list>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Converts a size such as "32768K", as Linux writes it, to bytes. Returns 0 for any other text.
inline std::size_t cache_bytes(char const* text) {
    std::size_t size = 0;
    char unit = 0;
    if (std::sscanf(text, "%zu%c", &size, &unit) != 2) return 0;
    return unit == 'K' ? size << 10 : unit == 'M' ? size << 20 : 0;
}

/// The bytes of the last-level cache, or 32 MiB if the system does not report it. sysconf() may report the sum over all
/// groups of cores, although a thread uses only one group.
inline std::size_t last_cache() {
    static std::size_t const bytes = [] {
        for (char const* const file : {"/sys/devices/system/cpu/cpu0/cache/index3/size",
                                       "/sys/devices/system/cpu/cpu0/cache/index2/size"})
            if (std::FILE* const in = std::fopen(file, "r")) {
                char text[32] = "";
                bool const read = std::fgets(text, sizeof text, in) != nullptr;
                std::fclose(in);
                if (std::size_t const size = read ? cache_bytes(text) : 0) return size;
            }
        return std::size_t{32} << 20;
    }();
    return bytes;
}

} // namespace detail
QUOIN_NAMESPACE_END
