// SPDX-License-Identifier: BSL-1.0
// usable_threads: how many threads this process may run at a time.
#pragma once

#include <quoin/core/detail/control_groups.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>

#if defined(__linux__)
#include <sched.h>
#endif

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The CPUs that the affinity of the calling thread allows, as threads that it starts inherit it; those of the machine
/// where the system does not tell. At least 1.
inline int affine_cpus() {
#if defined(__linux__)
    for (int most = 1024; most <= 1 << 20; most *= 2) { // the kernel refuses sets that are too small for its CPUs
        cpu_set_t* const set = CPU_ALLOC(most);
        if (!set) break;
        std::size_t const bytes = CPU_ALLOC_SIZE(most);
        int const count = sched_getaffinity(0, bytes, set) == 0 ? CPU_COUNT_S(bytes, set) : 0;
        CPU_FREE(set);
        if (count > 0) return count;
    }
#endif
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// The CPUs' time that the control groups allow, in CPUs: 1.5 is three seconds in two. Infinite where they do not limit
/// it. Tests give a folder in place of the root.
inline double cpu_quota(std::string const& root = "") {
    double least = std::numeric_limits<double>::infinity();
    auto const limit = [&](std::string const& text) { // "max 100000" and "-1 100000" are none
        double quota = 0, period = 0;
        if (std::sscanf(text.c_str(), "%lf %lf", &quota, &period) == 2 && quota > 0 && period > 0)
            least = std::min(least, quota / period);
    };
    for (std::string const& group : control_groups("cpu", root)) {
        limit(text_of(group + "/cpu.max"));
        limit(text_of(group + "/cpu.cfs_quota_us") + " " + text_of(group + "/cpu.cfs_period_us"));
    }
    return least;
}

/// As many threads as have CPUs, of the affinity and of the quota, which is rounded up. At least 1.
inline int usable_threads(int cpus, double quota) {
    return static_cast<int>(std::clamp(std::ceil(quota), 1.0, static_cast<double>(cpus)));
}
/// The same for this process. The quota is read once, which takes up to a quarter of a millisecond.
inline int usable_threads() {
    static double const quota = cpu_quota();
    return usable_threads(affine_cpus(), quota);
}

} // namespace detail

QUOIN_NAMESPACE_END
