// SPDX-License-Identifier: BSL-1.0
// The time of a monotonic clock.
#pragma once

#include <quoin/config.hpp>

#ifdef QUOIN_HAS_CLOCK_GETTIME
#include <time.h>
#else
#include <chrono>
#endif

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Seconds since a moment that is fixed for the program.
inline double steady_seconds() {
#ifdef QUOIN_HAS_CLOCK_GETTIME
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
#else
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
#endif
}

} // namespace detail
QUOIN_NAMESPACE_END
