// SPDX-License-Identifier: BSL-1.0
// A policy on plain std::thread, which the thread sanitizer understands, for tests of "same answer
// everywhere".
#pragma once

#include <quoin/exec/policy.hpp>

#include <atomic>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace test {

/// Starts `threads` threads for each bulk; each takes the next index as soon as it is free.
struct thread_policy {
    using lanes = quoin::scalar_lanes;
    int threads = 2;

    int concurrency() const { return threads; }
    std::string name() const { return "threads(" + std::to_string(threads) + ")"; }

    template <class F>
    void bulk(quoin::index_t n, F const& f) const {
        std::atomic<quoin::index_t> next{0};
        std::exception_ptr failure;
        std::mutex failure_mutex;
        auto const work = [&] {
            try {
                for (quoin::index_t i = next++; i < n; i = next++) f(i);
            } catch (...) {
                std::lock_guard const lock(failure_mutex);
                if (!failure) failure = std::current_exception();
            }
        };
        {
            std::vector<std::jthread> team;
            for (int t = 0; t < threads; ++t) team.emplace_back(work);
        }
        if (failure) std::rethrow_exception(failure);
    }
};

/// One thread that takes the last index first.
struct backwards_policy {
    using lanes = quoin::scalar_lanes;

    int concurrency() const { return 1; }
    std::string name() const { return "backwards"; }

    template <class F>
    void bulk(quoin::index_t n, F const& f) const {
        while (n > 0) f(--n);
    }
};

static_assert(quoin::concepts::policy<thread_policy> && quoin::concepts::policy<backwards_policy>);

} // namespace test
