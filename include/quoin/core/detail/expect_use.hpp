// SPDX-License-Identifier: BSL-1.0
// Advice to the operating system about memory before its first write.
#pragma once

#include <quoin/config.hpp>

#include <cstddef>

#ifdef QUOIN_HAS_MADVISE
#include <sys/mman.h>
#endif

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Advises the system that all of the bytes will be written soon, so that it may use large pages. The first touch of
/// small pages can cost more than the computation in them. The advice changes no byte.
inline void expect_use([[maybe_unused]] void* data, [[maybe_unused]] std::size_t bytes) {
#ifdef QUOIN_HAS_MADVISE
    constexpr std::size_t page = 4096;
    constexpr std::size_t large_page = 2 << 20;
    if (bytes < 2 * large_page) return;
    auto const first = (reinterpret_cast<std::size_t>(data) + page - 1) / page * page;
    auto const last = (reinterpret_cast<std::size_t>(data) + bytes) / page * page;
    ::madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
#endif
}

} // namespace detail
QUOIN_NAMESPACE_END
