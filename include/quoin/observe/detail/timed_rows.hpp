// SPDX-License-Identifier: BSL-1.0
// Rows whose time is measured: from the call of row(y) until its cursor goes, without other timed rows inside it.
#pragma once

#include <quoin/exec/line/observe.hpp>
#include <quoin/observe/detail/recording.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class Cursor>
class timed_cursor {
public:
    template <class Make>
    QUOIN_ALWAYS_INLINE timed_cursor(block_clock* c, int before, Make const& make)
        : clock_(c), before_(before), cursor_(make()) {}
    QUOIN_ALWAYS_INLINE ~timed_cursor() {
        if (clock_) clock_->row_done(before_);
    }
    timed_cursor(timed_cursor const&) = delete;
    timed_cursor& operator=(timed_cursor const&) = delete;

    QUOIN_ALWAYS_INLINE auto load(index_t x) const { return cursor_.load(x); }
    QUOIN_ALWAYS_INLINE void prefetch_below(index_t x) const { cursor_.prefetch_below(x); }
    template <class F>
    QUOIN_ALWAYS_INLINE void split(index_t begin, index_t end, F const& f) const {
        split_steps(cursor_, begin, end, f);
    }

private:
    block_clock* clock_;
    int before_;
    Cursor cursor_;
};

template <class Rows>
class timed_rows : public Rows {
public:
    timed_rows(Rows const& rows, block_clock* c, int stage) : Rows(rows), clock_(c), stage_(stage) {}

    QUOIN_ALWAYS_INLINE auto row(index_t y) {
        using timed = timed_cursor<decltype(Rows::row(y))>;
        int const before = clock_ ? clock_->switch_to(stage_) : 0;
        return timed(clock_, before, [&]() QUOIN_LAMBDA_INLINE { return Rows::row(y); });
    }

private:
    block_clock* clock_; // null: nothing is measured
    int stage_;
};

template <class Below>
struct timing_observer {
    block_clock* clock;
    Below below;

    template <class Rows>
    auto lines(Rows const& rows) const {
        return timed(below.lines(rows));
    }
    template <class Rows>
    auto output(Rows const& rows) const {
        return timed(below.output(rows));
    }

private:
    template <class Rows>
    timed_rows<Rows> timed(Rows const& rows) const {
        return {rows, clock->running() ? clock : nullptr, clock->next_stage()};
    }
};

template <class Below>
struct timed_block {
    Below below;
    block_clock clock;

    auto observer() { return timing_observer<decltype(below.observer())>{&clock, below.observer()}; }
};

/// An evaluation as a span of the thread that asked for it.
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

/// An evaluation whose blocks are measured, on top of what else sees it.
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
        return timed_block<decltype(below.block(i, where))>{below.block(i, where), {to, stages, i, where}};
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
