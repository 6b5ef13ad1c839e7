// SPDX-License-Identifier: BSL-1.0
// What filters share that let values flow between neighbors, step by step: the edge of the image, which nothing
// crosses, their pixels, and lines of floats that a sweep keeps.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/pipe/sweep.hpp>

#include <cstddef>
#include <limits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A constant border: NaN, to which and from which nothing flows.
struct no_flow_border {
    static constexpr bool periodic = false, has_value = true;
    template <class Q>
    QUOIN_FN Q value_as() const {
        return make_pixel<Q>([](auto) { return std::numeric_limits<channel_t<Q>>::quiet_NaN(); });
    }
};

/// The most iterations of one stage: on the tile engine a thread keeps some of their squares of floats.
inline constexpr int most_flow_steps = 32;

/// A stage of floats for channels T, rounded half up at its end.
template <class T, class F>
constexpr auto in_floats(F const& f) {
    if constexpr (std::same_as<T, float>) return compose(f);
    else return compose(convert_to<float>, f, convert_to<T>);
}

constexpr int checked_flow_steps(char const* function, int iterations) {
    if (iterations < 1 || iterations > most_flow_steps)
        raise("quoin::", function, ": ", iterations, " iterations; give a number from 1 to ", most_flow_steps);
    return iterations;
}

/// Lines of floats, one after the other, with room for a step in front of each and two behind.
class flow_lines {
public:
    static constexpr std::size_t bytes(index_t columns, index_t lines) {
        return static_cast<std::size_t>(pitch_of(columns) * lines) * sizeof(float);
    }
    /// `memory` is that of bytes(columns, lines).
    flow_lines(std::byte* memory, index_t columns)
        : first_(reinterpret_cast<float*>(memory) + step), pitch_(pitch_of(columns)) {}

    index_t pitch() const { return pitch_; }
    QUOIN_INLINE float* line(index_t i) const { return first_ + i * pitch_; }

private:
    static constexpr index_t step = 64; // of floats in a register, and more
    static constexpr index_t pitch_of(index_t columns) {
        return (columns + 3 * step + 15) / 16 * 16 + 16; // no part of a page
    }

    float* first_;
    index_t pitch_;
};

} // namespace detail

QUOIN_NAMESPACE_END
