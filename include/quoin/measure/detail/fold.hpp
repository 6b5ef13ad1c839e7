// SPDX-License-Identifier: BSL-1.0
// What the reductions share: a sink that sees every pixel of a block, and the blocks' results combined in order.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/image/image.hpp>

#include <optional>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// State.add(lane pixels) for full steps, or State.add_in_place(address) for those that lie in memory, where State has
/// that; State.add(pixel) for what is left of a row.
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

/// A state that one block after the other fills; by itself in its cache lines, which threads would else share.
template <class State>
struct alignas(128) state_slot {
    bool taken = false; // not std::atomic_flag, whose header takes a tenth of a second to compile
    std::optional<State> state;
};

/// A block's sink into a state that no other block fills meanwhile.
template <class Lanes, class P, class State>
class slot_sink {
public:
    /// Where at most as many blocks run at the same time as there are slots, one is free.
    explicit slot_sink(std::vector<state_slot<State>>& slots) {
        std::size_t i = 0;
        while (__atomic_test_and_set(&slots[i].taken, __ATOMIC_ACQUIRE)) i = (i + 1) % slots.size();
        slot_ = &slots[i];
    }
    ~slot_sink() { __atomic_clear(&slot_->taken, __ATOMIC_RELEASE); }
    slot_sink(slot_sink const&) = delete;
    slot_sink& operator=(slot_sink const&) = delete;

    fold_writer<Lanes, P, State> row(index_t) const {
        if (!slot_->state) slot_->state.emplace();
        return {*slot_->state};
    }

private:
    state_slot<State>* slot_;
};

/// The pixels of a pipeline that a policy cannot hand out block by block (on a device) are written down first.
template <class Policy>
concept evaluates_blocks = !concepts::hosted_policy<Policy>;

/// Folds all pixels into State objects and calls combine(state) for each. Where the order of combination can change a
/// bit of the result (State::ordered), there is one for each 64 rows under every policy, from the top; elsewhere one
/// for each thread that found work, in blocks of at least State::least pixels.
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
            index_t const threads = min<index_t>(policy.concurrency(), b.count());
            std::vector<state_slot<State>> slots(static_cast<std::size_t>(threads));
            evaluate(policy, p, b, [&](index_t, rect) { return slot_sink<lanes, P, State>(slots); });
            for (state_slot<State>& slot : slots)
                if (slot.state) combine(*slot.state);
        }
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
