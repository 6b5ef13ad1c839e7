// SPDX-License-Identifier: BSL-1.0
// The common part of the reductions: a sink that reads every pixel of a block, and the combination of the states.
#pragma once

#include <quoin/core/detail/spares.hpp>
#include <quoin/exec/run.hpp>
#include <quoin/image/image.hpp>

#include <optional>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Calls State.add(lane pixels) for full steps, or State.add_in_place(address) for pixels in memory if State has it.
/// Calls State.add(pixel) for the remainder of a row.
template <class Lanes, class P, class State>
struct fold_writer {
    State& state;

    QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, P> const& pixels) const { state.template add<Lanes>(x, pixels); }
    QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, P> const& pixels, int count) const {
        auto const values = lane_array<Lanes, P>::from(pixels);
        for (int i = 0; i < count; ++i) state.template add<scalar_lanes>(x + i, values.load(i));
    }
    QUOIN_INLINE void put_in_place(channel_t<P> const* p) const
        requires requires { state.template add_in_place<Lanes>(p); }
    {
        state.template add_in_place<Lanes>(p);
    }
};

template <class Lanes, class P, class State>
struct fold_sink {
    State& state;
    QUOIN_INLINE fold_writer<Lanes, P, State> row(index_t) const { return {state}; }
};

/// One accumulator per thread that found work.
template <class State>
using state_slots = spares<std::optional<State>>;

/// The sink of a block. It borrows one slot, so no other block writes the slot's state at the same time.
template <class Lanes, class P, class State>
class slot_sink {
public:
    /// Waits for a free slot. One is free if there are at least as many slots as concurrent blocks.
    explicit slot_sink(state_slots<State>& slots) {
        while (!slot_) slot_ = slots.borrow();
    }
    ~slot_sink() { state_slots<State>::give_back(slot_); }
    slot_sink(slot_sink const&) = delete;
    slot_sink& operator=(slot_sink const&) = delete;

    fold_writer<Lanes, P, State> row(index_t) const {
        if (!slot_->value) slot_->value.emplace();
        return {*slot_->value};
    }

private:
    typename state_slots<State>::place* slot_ = nullptr;
};

/// A policy evaluates blocks on the host. On a device the pipeline is first written to an image.
template <class Policy>
concept evaluates_blocks = !concepts::hosted_policy<Policy>;

/// Folds all pixels into State objects and calls combine(state) for each. If the order can change the result
/// (State::ordered), there is one state for each 64 rows, from the top, under every policy. Otherwise there is one
/// state for each thread that found work, and blocks have at least State::least pixels.
template <class State, class Policy, class Pipeline, class Combine>
void fold_blocks(Policy const& policy, Pipeline const& p, Combine const& combine) {
    using P = typename Pipeline::pixel_type;
    if constexpr (!evaluates_blocks<Policy>) {
        image<P> pixels(p.size());
        run(policy, p, pixels.view());
        fold_blocks<State>(policy.host(), as_pipeline(std::as_const(pixels).view()), combine);
    } else {
        using lanes = typename Policy::lanes;
        index_t const width = max<index_t>(1, p.width());
        if constexpr (State::ordered) {
            blocks const b{p.size(), 64, width};
            std::vector<State> states(static_cast<std::size_t>(b.count()));
            evaluate(policy, p, b,
                     [&](index_t i, rect) { return fold_sink<lanes, P, State>{states[static_cast<std::size_t>(i)]}; });
            for (State& state : states) combine(state);
        } else {
            blocks b = cut(policy, p, {0, width});
            b.rows = max(b.rows, (State::least + width - 1) / width);
            state_slots<State> slots;
            slots.prepare(static_cast<int>(min<index_t>(policy.concurrency(), b.count())));
            evaluate(policy, p, b, [&](index_t, rect) { return slot_sink<lanes, P, State>(slots); });
            slots.for_each([&](std::optional<State>& state) {
                if (state) combine(*state);
            });
        }
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
