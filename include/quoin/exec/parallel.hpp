// SPDX-License-Identifier: BSL-1.0
// parallel: std::execution on n threads. Needs oneTBB under libstdc++ (link quoin::parallel).
#pragma once

#include <quoin/core/detail/usable_threads.hpp>
#include <quoin/core/error.hpp>
#include <quoin/exec/detail/first_failure.hpp>
#include <quoin/exec/policy.hpp>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <compare>
#include <execution>
#include <iterator>
#include <memory>
#include <utility>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// n threads for std::execution::par, shared by the copies of a policy. libstdc++ runs the parallel algorithms on
/// oneTBB, whose arena bounds the threads of the work inside it. For more threads than the machine has cores, a
/// global_control raises the limit as long as such a policy exists.
class thread_arena {
public:
    explicit thread_arena(int threads) : arena_(threads) {
        // The smallest of several controls applies, so each allows far more than its own arena needs.
        if (threads > tbb::this_task_arena::max_concurrency())
            more_ = std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism,
                                                          static_cast<std::size_t>(std::max(threads, 1024)));
        arena_.initialize();
    }

    template <class F>
    void bulk(index_t n, F const& f) {
        auto const call = [&f](index_t i) { f(i); };
        run(n, {&call, [](void const* c, index_t i) { (*static_cast<decltype(&call)>(c))(i); }});
    }

private:
    /// A function by its address. The parallel algorithm takes long to compile, so it is compiled once for all
    /// functions.
    struct any_call {
        void const* function;
        void (*call)(void const* function, index_t i);
        void operator()(index_t i) const { call(function, i); }
    };

    /// An iterator over the numbers themselves; the one of std::views::iota has no random access in the sense of C++17,
    /// which the parallel algorithms ask for.
    struct counter {
        using iterator_category = std::random_access_iterator_tag;
        using value_type = index_t;
        using difference_type = index_t;
        using pointer = index_t const*;
        using reference = index_t;

        index_t at;

        index_t operator*() const { return at; }
        index_t operator[](index_t i) const { return at + i; }
        counter& operator++() { return *this += 1; }
        counter operator++(int) { return std::exchange(*this, *this + 1); }
        counter& operator--() { return *this += -1; }
        counter operator--(int) { return std::exchange(*this, *this + -1); }
        counter& operator+=(index_t i) { return at += i, *this; }
        counter& operator-=(index_t i) { return at -= i, *this; }
        friend counter operator+(counter a, index_t i) { return {a.at + i}; }
        friend counter operator+(index_t i, counter a) { return {a.at + i}; }
        friend counter operator-(counter a, index_t i) { return {a.at - i}; }
        friend index_t operator-(counter a, counter b) { return a.at - b.at; }
        friend auto operator<=>(counter, counter) = default;
    };

    void run(index_t n, any_call f) {
        if (n <= 0) return;
        // An exception that leaves a parallel algorithm of the standard library terminates the program.
        first_failure failure;
        auto const guarded = [&](index_t i) { failure.guard(f, i); };
        arena_.execute([&] { std::for_each(std::execution::par, counter{0}, counter{n}, guarded); });
        failure.rethrow();
    }

    std::unique_ptr<tbb::global_control> more_;
    tbb::task_arena arena_;
};

template <class Lanes>
class parallel_policy {
public:
    using lanes = Lanes;

    /// Uses n threads. 0 means as many as the process may use: the CPUs of its affinity, or fewer where the quota of
    /// its control groups allows less time.
    /// @throws invalid_argument for n < 0.
    explicit parallel_policy(int threads = 0) : threads_(threads) {
        if (threads < 0)
            raise("quoin::parallel: ", threads,
                  " threads; give a number >= 1, or 0 for as many as the process may use");
        if (threads == 0) threads_ = usable_threads();
        arena_ = std::make_shared<thread_arena>(threads_);
    }

    int concurrency() const { return threads_; }
    std::string name() const { return Lanes::count == 1 ? "parallel" : "parallel_simd"; }

    template <class F>
    void bulk(index_t n, F const& f) const {
        arena_->bulk(n, f);
    }

private:
    int threads_;
    std::shared_ptr<thread_arena> arena_;
};

} // namespace detail

/// parallel(n): evaluates blocks of rows on n threads through std::execution::par, one pixel a step.
using parallel = detail::parallel_policy<scalar_lanes>;

QUOIN_NAMESPACE_END
