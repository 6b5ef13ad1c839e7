// SPDX-License-Identifier: BSL-1.0
// The tile engine. A team of threads computes a tile. Each local stage computes the tile and its halo into the team's
// scratch memory, and pointwise stages use registers. The functors are those of the line engine; a thread computes a
// step of pixels.
#pragma once

#include <quoin/exec/detail/apply.hpp>
#include <quoin/exec/tile/gathered_tile.hpp>
#include <quoin/exec/tile/resampled_tile.hpp>
#include <quoin/exec/tile/tile_steps.hpp>
#include <quoin/pipe/zip.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A team (of Kokkos, or one with the same members) has league_rank(), team_rank(), team_size(), team_barrier() and
/// team_scratch(level). get_shmem_aligned(bytes, alignment) of the latter allocates the team's memory piece by piece. A
/// node of the tile engine has
///     scratch_bytes(w, h)             the most that prepare() takes from the scratch memory for w x h pixels
///     prepare(team, scratch, region)  makes the following valid inside the region, with all threads of the team
///     load(x, y)                      the pixel
///     load_step(x, y)                 the step that starts there; all of it must be in the image, and x must be a
///                                     whole number of steps from the left of the region
/// Coordinates within a Kokkos kernel have 32 bits, because 64 bits would take twice as many registers.
template <class View>
struct source_tile {
    using pixel_type = typename View::pixel_type;
    View view;

    QUOIN_FN extent size() const { return {view.width(), view.height()}; }
    QUOIN_FN std::size_t scratch_bytes(index_t, index_t) const { return 0; }
    template <class Team, class Scratch>
    QUOIN_FN void prepare(Team const&, Scratch const&, rect) {}
    QUOIN_INLINE pixel_type load(int x, int y) const { return view.load(x, y); }
    QUOIN_INLINE step_pixels<pixel_type> load_step(int x, int y) const {
        if constexpr (requires { View::has_whole_u32; }) {
            return load_step_u32<pixel_type>(view.row(y) + index_t{x} * channels_v<pixel_type>);
        } else {
            step_pixels<pixel_type> pixels;
            for (int i = 0; i < tile_step; ++i) pixels.at[i] = view.load(x + i, y);
            return pixels;
        }
    }
};

template <class Upstream, class F>
struct pointwise_tile {
    using P = typename Upstream::pixel_type;
    using pixel_type = stage_result_t<F, P>;
    Upstream upstream;
    [[no_unique_address]] F f;

    QUOIN_FN extent size() const { return upstream.size(); }
    QUOIN_FN std::size_t scratch_bytes(index_t w, index_t h) const { return upstream.scratch_bytes(w, h); }
    template <class Team, class Scratch>
    QUOIN_FN void prepare(Team const& team, Scratch const& scratch, rect region) {
        upstream.prepare(team, scratch, region);
    }
    QUOIN_INLINE pixel_type load(int x, int y) const { return call(upstream.load(x, y), x, y); }
    QUOIN_INLINE step_pixels<pixel_type> load_step(int x, int y) const {
        auto const in = upstream.load_step(x, y);
        step_pixels<pixel_type> pixels;
        for (int i = 0; i < tile_step; ++i) pixels.at[i] = call(in.at[i], x + i, y);
        return pixels;
    }

private:
    template <class Q>
    QUOIN_INLINE pixel_type call(Q const& p, int x, int y) const {
        return apply_at<scalar_lanes, pixel_type, Q>(f, row_place<F>::of(*this, y), x, p);
    }
    template <class... Q>
    QUOIN_INLINE pixel_type call(zipped<Q...> const& z, int x, int y) const {
        auto const place = row_place<F>::of(*this, y);
        return apply([&](auto const&... p) { return apply_at<scalar_lanes, pixel_type, Q...>(f, place, x, p...); },
                     z.parts);
    }
};

template <class... Inputs>
struct zip_tile {
    using pixel_type = zipped<typename Inputs::pixel_type...>;
    flat_tuple<Inputs...> inputs;

    QUOIN_FN extent size() const { return get<0>(inputs).size(); }
    QUOIN_FN std::size_t scratch_bytes(index_t w, index_t h) const {
        return apply([=](auto const&... in) { return (in.scratch_bytes(w, h) + ...); }, inputs);
    }
    template <class Team, class Scratch>
    QUOIN_FN void prepare(Team const& team, Scratch const& scratch, rect region) {
        prepare(team, scratch, region, std::make_integer_sequence<int, sizeof...(Inputs)>{});
    }
    QUOIN_INLINE pixel_type load(int x, int y) const {
        return apply([=](auto const&... in) { return pixel_type{{{{in.load(x, y)}...}}}; }, inputs);
    }
    QUOIN_INLINE step_pixels<pixel_type> load_step(int x, int y) const {
        step_pixels<pixel_type> pixels;
        auto const put = [&](auto const&... in) QUOIN_LAMBDA_INLINE {
            for (int i = 0; i < tile_step; ++i) pixels.at[i] = pixel_type{{{{in.at[i]}...}}};
        };
        apply([&](auto const&... in) QUOIN_LAMBDA_INLINE { put(in.load_step(x, y)...); }, inputs);
        return pixels;
    }

private:
    template <class Team, class Scratch, int... I>
    QUOIN_FN void prepare(Team const& team, Scratch const& scratch, rect region, std::integer_sequence<int, I...>) {
        (static_cast<tuple_leaf<I, Inputs>&>(inputs).value.prepare(team, scratch, region), ...);
    }
};

template <class Upstream, class F, class Border>
struct local_tile {
    using P = typename Upstream::pixel_type;
    using T = channel_t<P>;
    using pixel_type = stage_result_t<F, P>;
    static constexpr int scratch_alignment = 16; // enough for any channel and for a u32

    Upstream upstream;
    [[no_unique_address]] F f;
    [[no_unique_address]] Border border;
    T* cells = nullptr; // the pixels of the region and the footprint of f around it, plane by plane
    int left = 0, top = 0, stride = 0, area = 0;

    QUOIN_FN extent size() const { return upstream.size(); }
    QUOIN_FN std::size_t scratch_bytes(index_t w, index_t h) const {
        footprint const reach = footprint_of(f);
        index_t const pw = whole_steps(w + reach.left + reach.right), ph = h + reach.up + reach.down;
        return upstream.scratch_bytes(pw + tile_step - 1, ph) + static_cast<std::size_t>(pw * ph) * sizeof(P) +
               scratch_alignment;
    }

    template <class Team, class Scratch>
    QUOIN_FN void prepare(Team const& team, Scratch const& scratch, rect region) {
        footprint const reach = footprint_of(f);
        extent const image = size();
        index_t const width = whole_steps(region.width + reach.left + reach.right);
        rect const padded{region.x - reach.left, region.y - reach.up, width, region.height + reach.up + reach.down};
        rect const needed = needed_around(reach, 0, region, image, Border::periodic);
        index_t const apart = (needed.x - padded.x) & (tile_step - 1); // aligns the steps of both stages
        upstream.prepare(team, scratch, {needed.x - apart, needed.y, needed.width + apart, needed.height});

        left = static_cast<int>(padded.x);
        top = static_cast<int>(padded.y);
        stride = static_cast<int>(padded.width);
        area = static_cast<int>(padded.area());
        cells = static_cast<T*>(scratch.get_shmem_aligned(area * static_cast<int>(sizeof(P)), scratch_alignment));
        int const right = static_cast<int>(image.width), bottom = static_cast<int>(image.height);
        int const end = static_cast<int>(padded.bottom());
        for (step_walk at(stride / tile_step, team.team_rank(), team.team_size()); top + at.y() < end; at.next()) {
            int const x = left + at.x(), y = top + at.y(), to = at.y() * stride + at.x();
            if (x >= 0 && y >= 0 && x + tile_step <= right && y < bottom) put(to, upstream.load_step(x, y));
            else put_one_by_one(to, x, y, image);
        }
        team.team_barrier();
    }

    QUOIN_INLINE pixel_type load(int x, int y) const {
        tile_lines<T> const lines{cells + (y - top) * stride, stride};
        return apply_local<scalar_lanes, pixel_type, P>(at_row(f, y), lines, area, x - left);
    }

    QUOIN_INLINE step_pixels<pixel_type> load_step(int x, int y) const {
        step_pixels<pixel_type> pixels;
        if constexpr (has_small_reach<F>) {
            constexpr footprint reach = F::footprint;
            using surroundings = step_surroundings<P, reach>;
            surroundings const around(cells + (y - reach.up - top) * stride + x - reach.left - left, stride, area);
            for (int i = 0; i < tile_step; ++i)
                pixels.at[i] = apply_local<scalar_lanes, pixel_type, P>(at_row(f, y), around.lines(),
                                                                        surroundings::plane, reach.left + i);
        } else {
            for (int i = 0; i < tile_step; ++i) pixels.at[i] = load(x + i, y);
        }
        return pixels;
    }

private:
    QUOIN_INLINE void put(int at, step_pixels<P> const& pixels) const {
        for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE { put_channel<decltype(c)::value>(at, pixels); });
    }
    template <int C>
    QUOIN_INLINE void put_channel(int at, step_pixels<P> const& pixels) const {
        step_pixels<T> values;
        for (int i = 0; i < tile_step; ++i) values.at[i] = get_channel<C>(pixels.at[i]);
        store_u32(cells + C * area + at, values);
    }

    /// For a step with pixels outside the image. The loop ends where the step does.
    QUOIN_FN void put_one_by_one(int to, int x, int y, extent image) const {
        for (int const end = min(x + tile_step, left + stride); x < end; ++x, ++to) {
            P const p = outside_or_inside(x, y, image);
            for_each_channel<P>([&](auto c) {
                constexpr int channel = decltype(c)::value;
                cells[channel * area + to] = get_channel<channel>(p);
            });
        }
    }

    QUOIN_INLINE P outside_or_inside(int x, int y, extent image) const {
        if (x < 0 || y < 0 || x >= image.width || y >= image.height) {
            if constexpr (Border::has_value) {
                return outside_pixel<P>(f, border);
            } else {
                x = static_cast<int>(border(x, image.width));
                y = static_cast<int>(border(y, image.height));
            }
        }
        return upstream.load(x, y);
    }
};

/// The upstream pixels at other places.
template <class Upstream, class F>
struct rearranged_tile {
    using pixel_type = typename Upstream::pixel_type;
    Upstream upstream;
    rect all; // the part of the input that becomes the result

    QUOIN_FN extent size() const { return all.size(); }
    QUOIN_FN std::size_t scratch_bytes(index_t w, index_t h) const {
        return upstream.scratch_bytes(w + tile_step - 1, h);
    }
    template <class Team, class Scratch>
    QUOIN_FN void prepare(Team const& team, Scratch const& scratch, rect region) {
        index_t const whole = whole_steps(region.width);
        upstream.prepare(team, scratch,
                         {F::mirrors_columns ? all.right() - region.x - whole : all.x + region.x,
                          F::mirrors_rows ? all.bottom() - region.bottom() : all.y + region.y,
                          F::mirrors_columns ? whole : region.width, region.height});
    }
    QUOIN_INLINE pixel_type load(int x, int y) const { return upstream.load(column(x), row(y)); }
    QUOIN_INLINE step_pixels<pixel_type> load_step(int x, int y) const {
        if constexpr (F::mirrors_columns) {
            auto const in = upstream.load_step(column(x + tile_step - 1), row(y));
            step_pixels<pixel_type> pixels;
            for (int i = 0; i < tile_step; ++i) pixels.at[i] = in.at[tile_step - 1 - i];
            return pixels;
        } else {
            return upstream.load_step(column(x), row(y));
        }
    }

private:
    QUOIN_INLINE int column(int x) const {
        return static_cast<int>(F::mirrors_columns ? all.right() - 1 - x : all.x + x);
    }
    QUOIN_INLINE int row(int y) const { return static_cast<int>(F::mirrors_rows ? all.bottom() - 1 - y : all.y + y); }
};

/// The upstream pixels with their axes exchanged.
template <class Upstream, class F>
struct transposed_tile {
    using pixel_type = typename Upstream::pixel_type;
    Upstream upstream;
    rect all; // the part of the input that becomes the result

    QUOIN_FN extent size() const { return {all.height, all.width}; }
    QUOIN_FN std::size_t scratch_bytes(index_t w, index_t h) const {
        return upstream.scratch_bytes(h, w + tile_step - 1);
    }
    /// The last step of a row may reach beyond the region, but not beyond the image.
    template <class Team, class Scratch>
    QUOIN_FN void prepare(Team const& team, Scratch const& scratch, rect region) {
        region.width = whole_steps(region.width);
        region = intersect(region, {0, 0, all.height, all.width});
        upstream.prepare(team, scratch,
                         {F::mirrors_columns ? all.right() - region.bottom() : all.x + region.y,
                          F::mirrors_rows ? all.bottom() - region.right() : all.y + region.x, region.height,
                          region.width});
    }
    QUOIN_INLINE pixel_type load(int x, int y) const {
        return upstream.load(static_cast<int>(F::mirrors_columns ? all.right() - 1 - y : all.x + y),
                             static_cast<int>(F::mirrors_rows ? all.bottom() - 1 - x : all.y + x));
    }
    QUOIN_INLINE step_pixels<pixel_type> load_step(int x, int y) const {
        step_pixels<pixel_type> pixels;
        for (int i = 0; i < tile_step; ++i) pixels.at[i] = load(x + i, y);
        return pixels;
    }
};

/// Makes the nodes of a pipeline.
struct tile_builder {
    template <class View>
    QUOIN_FN auto source(View const& v) const {
        return source_tile<View>{v};
    }
    template <class... Nodes>
    QUOIN_FN auto zip(Nodes&&... inputs) const {
        return zip_tile<Nodes...>{{{{std::move(inputs)}...}}};
    }
    template <class Node>
    QUOIN_FN Node pointwise(Node&& node) const {
        return std::move(node);
    }
    template <class Node, class F, class... More>
    QUOIN_FN auto pointwise(Node&& node, F const& f, More const&... more) const {
        return pointwise(pointwise_tile<Node, F>{std::move(node), f}, more...);
    }
    template <class Node, class F, class Border>
    QUOIN_FN auto stage(kind_constant<stage_kind::local>, Node&& node, F const& f, Border const& border) const {
        return local_tile<Node, F, Border>{std::move(node), f, border};
    }
    template <class Node, class F, class Border>
    QUOIN_FN auto stage(kind_constant<stage_kind::rearrange>, Node&& node, F const& f, Border const&) const {
        rect const all = f.region(node.size());
        if constexpr (transposes<F>) return transposed_tile<Node, F>{std::move(node), all};
        else return rearranged_tile<Node, F>{std::move(node), all};
    }
    template <class Node, class F, class Border>
    QUOIN_FN auto stage(kind_constant<stage_kind::resample>, Node&& node, F const& f, Border const&) const {
        return resampled_tile<Node, F>{std::move(node), f.taps(), f.rounding()};
    }
    /// kokkos_tiles puts images before the stages whose input is no view.
    template <class View, class F, class Border>
    QUOIN_FN auto stage(kind_constant<stage_kind::gather>, source_tile<View>&& node, F const& f,
                        Border const& border) const {
        return gathered_tile<View, F, Border>{node.view, f, border};
    }
};

/// The pipeline as a node.
template <class Pipeline>
QUOIN_FN auto make_tiles(Pipeline const& p) {
    return fold(tile_builder{}, p);
}

/// The work of one team: the pixels of one tile of the output. Its width is a whole number of steps.
template <class Node, class Out, int ScratchLevel>
struct tile_kernel {
    using pixel_type = typename Out::pixel_type;
    Node node;
    Out out;
    extent tile;
    int across;

    template <class Team>
    QUOIN_FN void operator()(Team const& team) const {
        index_t const x = team.league_rank() % across * tile.width, y = team.league_rank() / across * tile.height;
        rect const region = intersect({x, y, tile.width, tile.height}, {0, 0, out.width(), out.height()});
        Node local = node;
        local.prepare(team, team.team_scratch(ScratchLevel), region);
        int const left = static_cast<int>(region.x), right = static_cast<int>(region.right());
        int const top = static_cast<int>(region.y), bottom = static_cast<int>(region.bottom());
        int const columns = (right - left + tile_step - 1) / tile_step;
        for (step_walk at(columns, team.team_rank(), team.team_size()); top + at.y() < bottom; at.next()) {
            int const px = left + at.x(), py = top + at.y();
            if (px + tile_step <= right) store(px, py, local.load_step(px, py));
            else
                for (int i = px; i < right; ++i) out.store(i, py, local.load(i, py));
        }
    }

private:
    QUOIN_INLINE void store(int x, int y, step_pixels<pixel_type> const& pixels) const {
        if constexpr (requires { Out::has_whole_u32; })
            store_u32(out.row(y) + index_t{x} * channels_v<pixel_type>, pixels);
        else
            for (int i = 0; i < tile_step; ++i) out.store(x + i, y, pixels.at[i]);
    }
};

/// The stage before which the tile engine must cut a pipeline: the last local stage with a periodic border and another
/// local or resampling stage before it. No tile holds the far end of the image. Returns -1 if there is none.
template <class... Stages>
QUOIN_FN int periodic_cut() {
    int cut = -1, i = 0;
    bool periodic = false, local_before = false;
    [[maybe_unused]] auto const visit = [&]<class F>(F const*) {
        if constexpr (kind_of<F> == stage_kind::border) {
            periodic = decltype(F::border)::periodic;
        } else if constexpr (kind_of<F> == stage_kind::local) {
            if (periodic && local_before) cut = i;
            local_before = true;
        } else if constexpr (kind_of<F> == stage_kind::resample) {
            local_before = true;
        }
        ++i;
    };
    (visit(static_cast<Stages const*>(nullptr)), ...);
    return cut;
}

} // namespace detail

QUOIN_NAMESPACE_END
