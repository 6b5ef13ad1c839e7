// SPDX-License-Identifier: BSL-1.0
// The one place of the package that includes the policies.
#include "policies.hpp"

#include <quoin/core/error.hpp>
#include <quoin/exec/serial.hpp>
#if QUOIN_WITH_PARALLEL
#include <quoin/exec/parallel.hpp>
#endif
#if QUOIN_WITH_SIMD
#include <quoin/exec/simd.hpp>
#if QUOIN_WITH_PARALLEL
#include <quoin/exec/parallel_simd.hpp>
#endif
#endif

#include <concepts>
#include <map>
#include <mutex>
#include <utility>

namespace quoin_python {

namespace {

/// The policies that make(threads) returns, by the number of threads.
template <class Make>
chosen_policy kept(int threads, Make const& make) {
    struct pair {
        policy vectors;
        scalar_policy scalars;
    };
    static std::mutex mutex;
    static std::map<int, pair> all; // nodes stay where they are
    std::scoped_lock const lock(mutex);
    auto found = all.find(threads);
    if (found == all.end()) {
        auto const made = make(threads);
        found = all.emplace(threads, pair{policy::of(made), scalar_policy::of(made)}).first;
    }
    bool const is_scalar = std::same_as<typename decltype(make(0))::lanes, quoin::scalar_lanes>;
    return {&found->second.vectors, is_scalar ? &found->second.scalars : nullptr};
}

} // namespace

std::vector<std::string> policy_names() {
    return {
        "serial",
#if QUOIN_WITH_PARALLEL
        "parallel",
#endif
#if QUOIN_WITH_SIMD
        "simd",
#endif
#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
        "parallel_simd",
#endif
    };
}

chosen_policy find_policy(std::string_view name, int threads) {
    if (threads < 0 || threads > 4096)
        quoin::detail::raise("quoin: threads is ", threads,
                             "; give a number from 1 to 4096, or None for as many as the process may use");
    if (name == "serial") return kept(0, [](int) { return quoin::serial{}; });
#if QUOIN_WITH_PARALLEL
    if (name == "parallel") return kept(threads, [](int n) { return quoin::parallel(n); });
#endif
#if QUOIN_WITH_SIMD
    if (name == "simd") return kept(0, [](int) { return quoin::simd{}; });
#endif
#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
    if (name == "parallel_simd") return kept(threads, [](int n) { return quoin::parallel_simd(n); });
#endif
    std::string names;
    for (std::string const& n : policy_names()) names += (names.empty() ? "" : ", ") + n;
    quoin::detail::raise("quoin: there is no policy '", name, "'; this build has ", names);
}

} // namespace quoin_python
