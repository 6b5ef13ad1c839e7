// SPDX-License-Identifier: BSL-1.0
// Tests for a stop before each row, and counts the rows of the result.
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

/// The state that all evaluations of a watched policy and of its copies share.
struct watch_state {
    std::stop_token stop;
    std::function<void(index_t, index_t)> progress;
    std::mutex reporting;
};

/// Leaves a block. The evaluation converts it to `canceled` when all blocks have ended and the count is final.
struct stop_seen {};

/// The progress of one evaluation.
class poll_counter {
public:
    poll_counter(watch_state& w, index_t total)
        : watch_(w), total_(total), step_(max<index_t>(1, total / 100)), next_(step_) {}

    void poll() const {
        if (watch_.stop.stop_requested()) throw stop_seen{};
    }
    void count_one() { done_.fetch_add(1, std::memory_order_relaxed); }
    index_t done() const { return done_.load(std::memory_order_relaxed); }

    /// Reports from time to time. A thread does not wait for another one that is reporting.
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

    [[noreturn]] QUOIN_NOINLINE void raise_canceled(char const* unit) const {
        raise<canceled>("quoin::watched: a stop was requested when ", done(), " of ", total_, " ", unit,
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
    index_t told_ = 0; // protected by the lock
};

/// Counts the rows of the result that one block has begun and ended.
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

/// Tests for a stop before each row, then notifies the observer below.
class polling_observer final : public row_observer {
public:
    polling_observer(poll_counter& c, row_observer* below, int output) : rows_(c), below_(below), output_(output) {}

    void begin_row(int pass) override {
        if (pass == output_) rows_.next();
        else rows_.counter().poll();
        if (below_) below_->begin_row(pass);
    }
    void end_row(int pass) noexcept override {
        if (below_) below_->end_row(pass);
    }

private:
    block_rows rows_;
    row_observer* below_;
    int output_; // the pass that writes the result
};

template <class Below>
class polled_block {
public:
    template <class Make>
    polled_block(Make const& make_below, poll_counter& c, int output)
        : below_(make_below()), polling_(c, below_.observer(), output) {}

    row_observer* observer() { return &polling_; }

private:
    Below below_;
    polling_observer polling_;
};

/// An evaluation that can be stopped. It wraps the evaluation that make_below() returns.
template <class Below>
class polled_evaluation {
public:
    template <class Make>
    polled_evaluation(Make const& make_below, watch_state& w, index_t total, char const* unit, int output = 0)
        : below_(make_below()), unit_(unit), counter_(w, total), output_(output) {}

    template <class F>
    void bulk(index_t n, F const& f) const {
        try {
            below_.bulk(n, f);
        } catch (stop_seen const&) {
            counter_.raise_canceled(unit_);
        }
        counter_.report_end();
    }
    auto block(index_t i, rect where) const {
        return polled_block<decltype(below_.block(i, where))>([&] { return below_.block(i, where); }, counter_,
                                                              output_);
    }
    poll_counter& counter() const { return counter_; }

private:
    Below below_;
    char const* unit_;
    mutable poll_counter counter_;
    int output_;
};

/// Runs work as one piece on the calling thread.
struct one_call {
    template <class F>
    void bulk(index_t n, F const& f) const {
        for (index_t i = 0; i < n; ++i) f(i);
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
