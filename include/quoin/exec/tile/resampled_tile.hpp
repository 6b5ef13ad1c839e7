// SPDX-License-Identifier: BSL-1.0
// A resampling stage of the tile engine.
#pragma once

#include <quoin/exec/tile/tile_steps.hpp>
#include <quoin/lanes/scalar_lanes.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Weighted sums of upstream pixels. Those along rows are computed into scratch memory, because sums down columns read
/// each of them several times. Those down columns are computed where they are read.
template <class Upstream, class F>
struct resampled_tile {
    using P = typename Upstream::pixel_type;
    using pixel_type = stage_result_t<F, P>;
    using weight = typename F::weight;
    static constexpr bool along_rows = F::along == axis::columns;
    static constexpr int scratch_alignment = 16;

    Upstream upstream;
    tap_table<weight> taps;
    [[no_unique_address]] typename F::rounding_type round;
    pixel_type* cells = nullptr; // the results of the region
    int left = 0, top = 0, stride = 0;

    QUOIN_FN extent size() const {
        extent const input = upstream.size();
        return along_rows ? extent{taps.size, input.height} : extent{input.width, taps.size};
    }
    QUOIN_FN std::size_t scratch_bytes(index_t w, index_t h) const {
        if constexpr (!along_rows) return upstream.scratch_bytes(w, taps.most_inputs(h));
        index_t const whole = whole_steps(w);
        return upstream.scratch_bytes(taps.most_inputs(whole), h) +
               static_cast<std::size_t>(whole * h) * sizeof(pixel_type) + scratch_alignment;
    }
    template <class Team, class Scratch>
    QUOIN_FN void prepare(Team const& team, Scratch const& scratch, rect region) {
        if constexpr (!along_rows) {
            interval const ys = taps.input_of({region.y, region.bottom()});
            upstream.prepare(team, scratch, {region.x, ys.begin, region.width, ys.end - ys.begin});
        } else {
            stride = static_cast<int>(whole_steps(region.width));
            interval const inside{max<index_t>(region.x, 0), min(region.x + stride, taps.size)};
            interval const xs = taps.input_of(inside);
            upstream.prepare(team, scratch, {xs.begin, region.y, xs.end - xs.begin, region.height});
            left = static_cast<int>(region.x);
            top = static_cast<int>(region.y);
            int const height = static_cast<int>(region.height), begin = static_cast<int>(inside.begin);
            int const width = static_cast<int>(inside.end - inside.begin);
            cells = static_cast<pixel_type*>(
                scratch.get_shmem_aligned(stride * height * static_cast<int>(sizeof(pixel_type)), scratch_alignment));
            for (int i = team.team_rank(); i < width * height; i += team.team_size()) {
                int const x = begin + i % width, y = i / width;
                cells[y * stride + x - left] = sum_at(x, top + y);
            }
            team.team_barrier();
        }
    }
    QUOIN_INLINE pixel_type load(int x, int y) const {
        if constexpr (along_rows) return cells[(y - top) * stride + x - left];
        else return sum_at(x, y);
    }
    QUOIN_INLINE step_pixels<pixel_type> load_step(int x, int y) const {
        step_pixels<pixel_type> pixels;
        for (int i = 0; i < tile_step; ++i) pixels.at[i] = load(x + i, y);
        return pixels;
    }

private:
    QUOIN_INLINE pixel_type sum_at(int x, int y) const {
        int const i = along_rows ? x : y, first = static_cast<int>(taps.first[i]), used = taps.used[i];
        weight const* const weights = taps.weights_of(i);
        rebind_t<P, sum_of<weight>> sum;
        for (int k = 0; k < used; ++k) {
            P const p = along_rows ? upstream.load(first + k, y) : upstream.load(x, first + k);
            for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                auto& s = get_channel<decltype(c)::value>(sum);
                auto const product = weighted(get_channel<decltype(c)::value>(p), weights[k]);
                s = k == 0 ? product : s + product;
            });
        }
        return make_pixel<pixel_type>([&](auto c) QUOIN_LAMBDA_INLINE {
            return static_cast<channel_t<pixel_type>>(round(get_channel<decltype(c)::value>(sum)));
        });
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
