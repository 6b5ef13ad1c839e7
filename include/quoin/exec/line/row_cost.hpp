// SPDX-License-Identifier: BSL-1.0
// What the stages of a pipeline need beside the pixels of its source and its result: it decides how an image is cut.
#pragma once

#include <quoin/core/tuning.hpp>
#include <quoin/exec/line/video_rows.hpp>
#include <quoin/pipe/pipeline.hpp>
#include <quoin/pipe/sweep.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The bytes per column of the memory that a functor keeps from row to row.
template <class P, class F>
constexpr index_t swept_bytes_per_column(F const& f) {
    using T = channel_t<P>;
    constexpr index_t columns = 4096;
    if (std::is_constant_evaluated() || !f.sweeps()) return 0;
    std::size_t bytes = 0;
    if constexpr (concepts::channelwise_functor<F>) bytes = channels_v<P> * f.template sweep_size<T>(columns);
    else bytes = f.template sweep_size<T>(columns, channels_v<P>);
    return (static_cast<index_t>(bytes) + columns - 1) / columns;
}

/// The cost of an evaluation in addition to the pixels of its source and its result.
template <class P>
struct row_cost {
    using pixel_type = P;
    index_t bytes_per_column = 0; ///< bytes per column in the lines that a row reads and writes
    index_t halo = 0;             ///< rows that a strip computes in addition to its own
    int passes = 0;               ///< passes that fill lines
};

/// Whatever a stage keeps from row to row is made anew in each block, from rows of the halo. So it makes a halo of more
/// rows and lines of more bytes, and through these blocks that are taller and narrower.
struct cost_visitor {
    template <class View>
    static constexpr auto source(View const&) {
        using P = typename View::pixel_type;
        return row_cost<P>{is_video_view<View> ? 2 * static_cast<index_t>(sizeof(P)) : 0};
    }
    template <class... P>
    static constexpr auto zip(row_cost<P>... inputs) {
        row_cost<zipped<P...>> all;
        ((all.bytes_per_column += inputs.bytes_per_column, all.halo = max(all.halo, inputs.halo),
          all.passes += inputs.passes),
         ...);
        return all;
    }
    template <class P, class... F>
    static constexpr auto pointwise(row_cost<P> cost, F const&... f) {
        using result = decltype(pixel_type_visitor::pointwise(type_of<P>{}, f...));
        return row_cost<typename result::type>{cost.bytes_per_column, cost.halo, cost.passes};
    }
    /// A functor that reads_above reads two lines of its window. One that sweeps may say how many it reads.
    template <class P, class F>
    static constexpr auto stage(kind_constant<stage_kind::local>, row_cost<P> cost, F const& f, auto const&) {
        using R = stage_result_t<F, P>;
        footprint reach = footprint_of(f);
        reach.down += rows_ahead_of(f);
        int lines = concepts::reads_above<F> ? 2 : reach.rows();
        if constexpr (requires { f.lines_read(); }) lines = f.lines_read();
        index_t bytes = lines * static_cast<index_t>(sizeof(P));
        if constexpr (concepts::reads_above<F>) bytes += static_cast<index_t>(sizeof(R));
        if constexpr (concepts::reads_row_sums<F>)
            bytes += channels_v<P> * static_cast<index_t>(sizeof(typename F::row_sums));
        if constexpr (concepts::sweeping_functor<F>)
            bytes += static_cast<index_t>(sizeof(R)) + swept_bytes_per_column<P>(f);
        return row_cost<R>{cost.bytes_per_column + bytes, cost.halo + reach.up + concepts::reads_above<F> + reach.down,
                           cost.passes + 1};
    }
    template <class P, class F>
    static constexpr auto stage(kind_constant<stage_kind::rearrange>, row_cost<P> cost, F const&, auto const&) {
        if constexpr (transposes<F>) cost.bytes_per_column += tuning::transposed_rows * static_cast<index_t>(sizeof(P));
        else if constexpr (F::mirrors_columns) cost.bytes_per_column += static_cast<index_t>(sizeof(P));
        return cost;
    }
    template <class P, class F>
    static constexpr auto stage(kind_constant<stage_kind::resample>, row_cost<P> cost, F const& f, auto const&) {
        auto const taps = f.taps();
        auto const scaled = [&](index_t n) { return (n * taps.input + taps.size - 1) / taps.size; };
        row_cost<stage_result_t<F, P>> all{cost.bytes_per_column, cost.halo, cost.passes + 1};
        if constexpr (F::along == axis::columns) {
            all.bytes_per_column = scaled(cost.bytes_per_column + static_cast<index_t>(sizeof(P)));
        } else {
            // Rows of the input that two strips read are counted as rows of the result.
            index_t const shared = max<index_t>(taps.count - taps.step, 0);
            all.halo = ((cost.halo + shared) * taps.size + taps.input - 1) / taps.input;
            all.bytes_per_column += taps.count * static_cast<index_t>(sizeof(P));
        }
        return all;
    }
    template <class P, class F>
    static constexpr auto stage(kind_constant<stage_kind::gather>, row_cost<P> cost, F const&, auto const&) {
        return row_cost<P>{cost.bytes_per_column + static_cast<index_t>(sizeof(P)), cost.halo, cost.passes};
    }
    /// What is before it is evaluated apart.
    template <class P, class F>
    static constexpr auto stage(kind_constant<stage_kind::whole>, row_cost<P> cost, F const&, auto const&) {
        return row_cost<stage_result_t<F, P>>{0, 0, cost.passes};
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
