// SPDX-License-Identifier: BSL-1.0
// What the reductions share: a sink that sees every pixel of a block, and the blocks' results combined in order.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/image/image.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// State.add(lane pixels) for full steps, State.add_one(pixel) for what is left of a row.
template <class Lanes, class P, class State>
struct fold_sink {
    State& state;

    struct writer {
        State& state;
        QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, P> const& pixels) const { state.template add<Lanes>(x, pixels); }
        QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, P> const& pixels, int count) const {
            auto const values = lane_array<Lanes, P>::from(pixels);
            for (int i = 0; i < count; ++i) state.template add<scalar_lanes>(x + i, values.load(i));
        }
    };
    QUOIN_INLINE writer row(index_t) const { return {state}; }
};

/// The pixels of a pipeline that a policy cannot hand out block by block (on a device) are written down first.
template <class Policy>
concept evaluates_blocks = !requires(Policy const& p) { p.host(); };

/// Folds all pixels into State objects, one for each block of whole rows, and returns them in order from the top. Where
/// the order of combination can change a bit of the result (State::ordered), blocks are 64 rows under every policy;
/// elsewhere there are a few for each thread.
template <class State, class Policy, class Pipeline>
std::vector<State> fold_blocks(Policy const& policy, Pipeline const& p, State const& empty) {
    if constexpr (evaluates_blocks<Policy>) {
        using lanes = typename Policy::lanes;
        using P = typename Pipeline::pixel_type;
        index_t const width = max<index_t>(1, p.width());
        blocks const b = State::ordered ? blocks{p.size(), 64, width}
                                        : cut(policy, p, {0, width});
        std::vector<State> states(static_cast<std::size_t>(b.count()), empty);
        evaluate(policy, p, b,
                 [&](index_t i, rect) { return fold_sink<lanes, P, State>{states[static_cast<std::size_t>(i)]}; });
        return states;
    } else {
        image<typename Pipeline::pixel_type> pixels(p.size());
        run(policy, p, pixels.view());
        return fold_blocks(policy.host(), as_pipeline(std::as_const(pixels).view()), empty);
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
