// SPDX-License-Identifier: BSL-1.0
// Rows that ask before each row whether to stop, and count those of the result.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/exec/line/observe.hpp>

#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <utility>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// What all evaluations of a watched policy and of its copies share.
struct watch_state {
    std::stop_token stop;
    std::function<void(index_t, index_t)> progress;
    std::mutex reporting;
};

/// Leaves a block; the evaluation turns it into `cancelled` when all blocks have ended and the count is final.
struct stop_seen {};

/// How far one evaluation is.
class poll_counter {
public:
    poll_counter(watch_state& w, index_t total)
        : watch_(w), total_(total), step_(max<index_t>(1, total / 100)), next_(step_) {}

    void poll() const {
        if (watch_.stop.stop_requested()) throw stop_seen{};
    }
    void count_one() { done_.fetch_add(1, std::memory_order_relaxed); }
    index_t done() const { return done_.load(std::memory_order_relaxed); }

    /// Reports now and then; a thread that finds another one reporting goes on.
    QUOIN_NOINLINE void report() {
        if (!watch_.progress || done() < next_.load(std::memory_order_relaxed)) return;
        std::unique_lock const lock(watch_.reporting, std::try_to_lock);
        if (lock) tell(done());
    }
    QUOIN_NOINLINE void report_end() {
        if (!watch_.progress) return;
        std::scoped_lock const lock(watch_.reporting);
        tell(total_);
    }

    [[noreturn]] QUOIN_NOINLINE void raise_cancelled(char const* unit) const {
        raise<cancelled>("quoin::watched: a stop was requested when ", done(), " of ", total_, " ", unit,
                         " were done; the output is partial, compute it again or drop it");
    }

private:
    void tell(index_t now) {
        if (now <= told_) return;
        told_ = now;
        next_.store(now + step_, std::memory_order_relaxed);
        watch_.progress(now, total_);
    }

    watch_state& watch_;
    index_t total_, step_;
    std::atomic<index_t> done_{0}, next_;
    index_t told_ = 0; // under the lock
};

/// The rows of the result that one block has begun and ended.
class block_rows {
public:
    explicit block_rows(poll_counter& c) : counter_(c) {}
    ~block_rows() {
        if (in_row_ && std::uncaught_exceptions() == exceptions_) counter_.count_one();
    }
    block_rows(block_rows const&) = delete;
    block_rows& operator=(block_rows const&) = delete;

    QUOIN_NOINLINE void next() {
        if (std::exchange(in_row_, false)) {
            counter_.count_one();
            counter_.report();
        }
        counter_.poll();
        in_row_ = true;
    }
    poll_counter const& counter() const { return counter_; }

private:
    poll_counter& counter_;
    bool in_row_ = false;
    int exceptions_ = std::uncaught_exceptions();
};

template <class Rows>
class polled_lines : public Rows {
public:
    polled_lines(Rows const& rows, poll_counter const& c) : Rows(rows), counter_(&c) {}
    QUOIN_ALWAYS_INLINE auto row(index_t y) {
        counter_->poll();
        return Rows::row(y);
    }

private:
    poll_counter const* counter_;
};

template <class Rows>
class polled_output : public Rows {
public:
    polled_output(Rows const& rows, block_rows& b) : Rows(rows), block_(&b) {}
    QUOIN_ALWAYS_INLINE auto row(index_t y) {
        block_->next();
        return Rows::row(y);
    }

private:
    block_rows* block_;
};

template <class Below>
struct polling_observer {
    block_rows* block;
    Below below;

    template <class Rows>
    auto lines(Rows const& rows) const {
        auto const seen = below.lines(rows);
        return polled_lines<std::remove_const_t<decltype(seen)>>(seen, block->counter());
    }
    template <class Rows>
    auto output(Rows const& rows) const {
        auto const seen = below.output(rows);
        return polled_output<std::remove_const_t<decltype(seen)>>(seen, *block);
    }
};

template <class Below>
struct polled_block {
    Below below;
    block_rows rows;

    auto observer() { return polling_observer<decltype(below.observer())>{&rows, below.observer()}; }
};

/// An evaluation that can be stopped, on top of what make_below() sees of it.
template <class Below>
class polled_evaluation {
public:
    template <class Make>
    polled_evaluation(Make const& make_below, watch_state& w, index_t total, char const* unit)
        : below_(make_below()), unit_(unit), counter_(w, total) {}

    template <class F>
    void bulk(index_t n, F const& f) const {
        try {
            below_.bulk(n, f);
        } catch (stop_seen const&) {
            counter_.raise_cancelled(unit_);
        }
        counter_.report_end();
    }
    auto block(index_t i, rect where) const {
        return polled_block<decltype(below_.block(i, where))>{below_.block(i, where), block_rows(counter_)};
    }
    poll_counter& counter() const { return counter_; }

private:
    Below below_;
    char const* unit_;
    mutable poll_counter counter_;
};

/// Work in one piece, on the calling thread.
struct one_call {
    template <class F>
    void bulk(index_t n, F const& f) const {
        for (index_t i = 0; i < n; ++i) f(i);
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
