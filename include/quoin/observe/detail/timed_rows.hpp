// SPDX-License-Identifier: BSL-1.0
// Measures the time of rows, without the time of other rows that are computed meanwhile.
#pragma once

#include <quoin/exec/line/observe.hpp>
#include <quoin/observe/detail/recording.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Measures the passes of a block, and notifies the observer below.
class timing_observer final : public row_observer {
public:
    timing_observer(block_clock& clock, row_observer* below) : clock_(clock), below_(below) {}

    void begin_row(int pass) override {
        if (below_) below_->begin_row(pass);
        waiting_.push_back(clock_.switch_to(pass));
    }
    void end_row(int pass) noexcept override {
        clock_.row_done(waiting_.back());
        waiting_.pop_back();
        if (below_) below_->end_row(pass);
    }

private:
    block_clock& clock_;
    row_observer* below_;
    std::vector<int> waiting_; // the passes whose rows wait for the current one
};

template <class Below>
class timed_block {
public:
    template <class Make>
    timed_block(Make const& make_below, recording* to, recorded_stages of, index_t number, rect where)
        : below_(make_below()), clock_(to, of, number, where), timing_(clock_, below_.observer()) {}

    row_observer* observer() { return clock_.running() ? &timing_ : below_.observer(); }

private:
    Below below_;
    block_clock clock_;
    timing_observer timing_;
};

/// Records an evaluation as a span of the thread that called it.
class whole_span {
public:
    QUOIN_NOINLINE whole_span(recording* to, int evaluation) : to_(to) {
        if (to_) span_ = {evaluation, 0, -1, {}, to_->now(), 0, 0};
    }
    QUOIN_NOINLINE ~whole_span() {
        if (!to_) return;
        span_.end = to_->now();
        to_->add(span_, {});
    }
    whole_span(whole_span const&) = delete;
    whole_span& operator=(whole_span const&) = delete;

private:
    recording* to_;
    recorded_span span_{};
};

/// An evaluation whose blocks are measured. It wraps the evaluation below.
template <class Below>
struct timed_evaluation {
    Below below;
    recording* to;
    recorded_stages stages;

    template <class F>
    void bulk(index_t n, F const& f) const {
        whole_span const span(to, stages.evaluation);
        below.bulk(n, f);
    }
    auto block(index_t i, rect where) const {
        return timed_block<decltype(below.block(i, where))>([&] { return below.block(i, where); }, to, stages, i,
                                                            where);
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
