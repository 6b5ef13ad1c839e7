// SPDX-License-Identifier: BSL-1.0
// The data of a trace, and the clocks that measure it: one for each block of work, on the thread that computes the
// block.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/observe/pass_kind.hpp>

#include <chrono>
#include <exception>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

struct stage_total {
    index_t rows = 0;
    std::int64_t ns = 0;
};

/// All evaluations with one name and the same stages.
struct recorded_evaluation {
    std::string name;
    std::vector<std::pair<std::string, pass_kind>> stages;
    std::vector<stage_total> totals;
};

/// A block of work on a thread, or a whole evaluation on the thread that called it (number < 0). Within a recording
/// `evaluation` is an index.
struct recorded_span {
    int evaluation = 0, thread = 0;
    index_t number = 0;
    rect where{};
    std::int64_t begin = 0, end = 0;
    std::size_t stages = 0; // the index of its first total
};

/// An evaluation of a recording, by a number that is never reused, and the number of its stages.
struct recorded_stages {
    int evaluation = 0, count = 1;
};

struct recorded_thread {
    index_t blocks = 0;
    std::int64_t busy = 0;
};

/// The data behind a lock. The lock is taken at the ends of a block, never while it is computed.
class recording {
public:
    using clock = std::chrono::steady_clock;
    /// The largest number of spans, a few megabytes of text. Later spans only count in the totals.
    static constexpr std::size_t most_spans = 1 << 13;

    std::int64_t now() const {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(clock::now() - start_).count();
    }

    QUOIN_NOINLINE int evaluation(std::string name, std::vector<std::pair<std::string, pass_kind>> stages) {
        std::scoped_lock const lock(mutex_);
        for (std::size_t i = 0; i < evaluations_.size(); ++i)
            if (evaluations_[i].name == name && evaluations_[i].stages == stages)
                return forgotten_ + static_cast<int>(i);
        std::vector<stage_total> const totals(stages.size());
        evaluations_.push_back({std::move(name), std::move(stages), totals});
        return forgotten_ + static_cast<int>(evaluations_.size() - 1);
    }

    /// Adds a block or an evaluation that has ended. Without memory it is dropped, because a trace must not cause a
    /// failure.
    void add(recorded_span span, std::vector<stage_total> const& totals) noexcept {
        try {
            std::scoped_lock const lock(mutex_);
            if (span.evaluation < forgotten_) return; // cleared in the meantime
            span.evaluation -= forgotten_;
            span.begin -= cleared_at_;
            span.end -= cleared_at_;
            span.thread =
                threads_.try_emplace(std::this_thread::get_id(), static_cast<int>(threads_.size())).first->second;
            if (static_cast<std::size_t>(span.thread) >= busy_.size()) busy_.emplace_back();
            auto& sums = evaluations_[static_cast<std::size_t>(span.evaluation)].totals;
            for (std::size_t i = 0; i < totals.size() && i < sums.size(); ++i) {
                sums[i].rows += totals[i].rows;
                sums[i].ns += totals[i].ns;
            }
            if (span.number >= 0) {
                ++busy_[static_cast<std::size_t>(span.thread)].blocks;
                busy_[static_cast<std::size_t>(span.thread)].busy += span.end - span.begin;
            }
            if (spans_.size() == most_spans) {
                ++left_out_;
                return;
            }
            span.stages = span_totals_.size();
            span_totals_.insert(span_totals_.end(), totals.begin(), totals.end());
            spans_.push_back(span);
        } catch (...) {
            return;
        }
    }

    void clear() {
        std::scoped_lock const lock(mutex_);
        forgotten_ += static_cast<int>(evaluations_.size());
        evaluations_.clear();
        spans_.clear();
        span_totals_.clear();
        threads_.clear();
        busy_.clear();
        left_out_ = 0;
        cleared_at_ = now();
    }

    /// Calls f(evaluations, spans, totals of the spans' stages, threads, number of spans left out) under the lock.
    template <class F>
    auto read(F const& f) const {
        std::scoped_lock const lock(mutex_);
        return f(std::as_const(evaluations_), std::as_const(spans_), std::as_const(span_totals_), std::as_const(busy_),
                 left_out_);
    }

private:
    mutable std::mutex mutex_;
    clock::time_point const start_ = clock::now(); // read without the lock, as it never changes
    std::int64_t cleared_at_ = 0;
    int forgotten_ = 0; // the number of evaluations before clear()
    std::vector<recorded_evaluation> evaluations_;
    std::vector<recorded_span> spans_;
    std::vector<stage_total> span_totals_;
    std::map<std::thread::id, int> threads_;
    std::vector<recorded_thread> busy_;
    index_t left_out_ = 0;
};

/// Measures one block. Without a recording it does nothing. Stage 0 is the time outside all other stages. Nothing is
/// inlined, because a program has many loops of the engine.
class block_clock {
public:
    QUOIN_NOINLINE block_clock(recording* to, recorded_stages of, index_t number, rect where) : to_(to) {
        if (!to_) return;
        totals_.resize(static_cast<std::size_t>(of.count));
        totals_[0].rows = 1;
        span_.evaluation = of.evaluation;
        span_.number = number;
        span_.where = where;
        span_.begin = last_ = to_->now();
    }
    QUOIN_NOINLINE ~block_clock() {
        if (!to_) return;
        switch_to(0);
        span_.end = last_;
        to_->add(span_, totals_);
    }
    block_clock(block_clock const&) = delete;
    block_clock& operator=(block_clock const&) = delete;

    bool running() const { return to_ != nullptr; }

    /// Switches the clock to `stage` and returns the previous stage.
    QUOIN_NOINLINE int switch_to(int stage) {
        std::int64_t const now = to_->now();
        totals_[static_cast<std::size_t>(current_)].ns += now - last_;
        last_ = now;
        return std::exchange(current_, stage);
    }
    /// Counts a row of the current stage and switches back to the stage that asked for it.
    QUOIN_NOINLINE void row_done(int before) {
        ++totals_[static_cast<std::size_t>(current_)].rows;
        switch_to(before);
    }

private:
    recording* to_;
    recorded_span span_{};
    std::vector<stage_total> totals_;
    std::int64_t last_ = 0;
    int current_ = 0;
};

} // namespace detail

QUOIN_NAMESPACE_END
