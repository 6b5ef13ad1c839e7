// SPDX-License-Identifier: BSL-1.0
// How much the caches hold; not public.
#pragma once

#include <quoin/config.hpp>

#include <cstddef>
#include <cstdio>
#include <initializer_list>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// "32768K" as Linux writes it, in bytes; 0 for anything else.
inline std::size_t cache_bytes(char const* text) {
    std::size_t size = 0;
    char unit = 0;
    if (std::sscanf(text, "%zu%c", &size, &unit) != 2) return 0;
    return unit == 'K' ? size << 10 : unit == 'M' ? size << 20 : 0;
}

/// The bytes of the last cache before memory, 32 MiB where the system does not say. What sysconf() tells may be the sum
/// over all groups of cores, of which a thread uses one.
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
