// SPDX-License-Identifier: BSL-1.0
// The tile engine: a team of threads computes a tile; each local stage computes the tile and its halo into the team's
// scratch memory, pointwise stages stay in registers. The same functors as the line engine, a step of pixels a thread.
#pragma once

#include <quoin/exec/detail/apply.hpp>
#include <quoin/exec/tile/tile_steps.hpp>
#include <quoin/pipe/zip.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A team (of Kokkos, or what looks like it) has league_rank(), team_rank(), team_size(), team_barrier() and
/// team_scratch(level), whose get_shmem_aligned(bytes, alignment) hands out the team's memory piece by piece.
/// A node of the tile engine has
///     scratch_bytes(w, h)             what prepare() takes from the scratch memory for w x h pixels, at most
///     prepare(team, scratch, region)  makes the following valid inside the region, with all threads of the team
///     load(x, y)                      the pixel
///     load_step(x, y)                 the step that starts there, where all of it is in the image, and x a whole
///                                     number of steps from the left of the region
/// Coordinates within a kernel have 32 bits: twice as many registers would be in the way.
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
        if constexpr (requires { View::has_whole_words; }) {
            return load_step_words<pixel_type>(view.row(y) + index_t{x} * channels_v<pixel_type>);
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
    QUOIN_INLINE pixel_type load(int x, int y) const { return call(upstream.load(x, y)); }
    QUOIN_INLINE step_pixels<pixel_type> load_step(int x, int y) const {
        auto const in = upstream.load_step(x, y);
        step_pixels<pixel_type> pixels;
        for (int i = 0; i < tile_step; ++i) pixels.at[i] = call(in.at[i]);
        return pixels;
    }

private:
    template <class Q>
    QUOIN_INLINE pixel_type call(Q const& p) const {
        return apply_pointwise<scalar_lanes, pixel_type, Q>(f, p);
    }
    template <class... Q>
    QUOIN_INLINE pixel_type call(zipped<Q...> const& z) const {
        return apply([&](auto const&... p) { return apply_pointwise<scalar_lanes, pixel_type, Q...>(f, p...); },
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
    static constexpr int scratch_alignment = 16; // any channel's, and a word's

    Upstream upstream;
    [[no_unique_address]] F f;
    [[no_unique_address]] Border border;
    T* cells = nullptr; // of the region and the reach of f, plane by plane
    int left = 0, top = 0, pitch = 0, area = 0;

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
        interval xs = needed(padded.x, padded.right(), image.width);
        interval const ys = needed(padded.y, padded.bottom(), image.height);
        xs.begin -= (xs.begin - padded.x) & (tile_step - 1); // the steps of this stage are steps of the one before
        upstream.prepare(team, scratch, {xs.begin, ys.begin, xs.end - xs.begin, ys.end - ys.begin});

        left = static_cast<int>(padded.x);
        top = static_cast<int>(padded.y);
        pitch = static_cast<int>(padded.width);
        area = static_cast<int>(padded.area());
        cells = static_cast<T*>(scratch.get_shmem_aligned(area * static_cast<int>(sizeof(P)), scratch_alignment));
        int const right = static_cast<int>(image.width), bottom = static_cast<int>(image.height);
        int const end = static_cast<int>(padded.bottom());
        for (step_walk at(pitch / tile_step, team.team_rank(), team.team_size()); top + at.y() < end; at.next()) {
            int const x = left + at.x(), y = top + at.y(), to = at.y() * pitch + at.x();
            if (x >= 0 && y >= 0 && x + tile_step <= right && y < bottom) put(to, upstream.load_step(x, y));
            else put_one_by_one(to, x, y, image);
        }
        team.team_barrier();
    }

    QUOIN_INLINE pixel_type load(int x, int y) const {
        tile_lines<T> const lines{cells + (y - top) * pitch, pitch};
        return apply_local<scalar_lanes, pixel_type, P>(f, lines, area, x - left);
    }

    QUOIN_INLINE step_pixels<pixel_type> load_step(int x, int y) const {
        step_pixels<pixel_type> pixels;
        if constexpr (has_small_reach<F>) {
            constexpr footprint reach = F::footprint;
            using surroundings = step_surroundings<P, reach>;
            surroundings const around(cells + (y - reach.up - top) * pitch + x - reach.left - left, pitch, area);
            for (int i = 0; i < tile_step; ++i)
                pixels.at[i] =
                    apply_local<scalar_lanes, pixel_type, P>(f, around.lines(), surroundings::plane, reach.left + i);
        } else {
            for (int i = 0; i < tile_step; ++i) pixels.at[i] = load(x + i, y);
        }
        return pixels;
    }

private:
    struct interval {
        index_t begin, end;
    };

    static QUOIN_FN index_t whole_steps(index_t n) { return (n + tile_step - 1) & ~index_t{tile_step - 1}; }

    /// The coordinates of an axis of n pixels that a border can fold [begin, end) to.
    static QUOIN_FN interval needed(index_t begin, index_t end, index_t n) {
        if (Border::periodic) return {0, n};
        interval in{max<index_t>(0, begin), min<index_t>(n, end)};
        if (begin < 0) in.end = max(in.end, min<index_t>(n, 1 - begin));
        if (end > n) in.begin = min(in.begin, max<index_t>(0, 2 * n - 1 - end));
        return in;
    }

    QUOIN_INLINE void put(int at, step_pixels<P> const& pixels) const {
        for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE { put_channel<decltype(c)::value>(at, pixels); });
    }
    template <int C>
    QUOIN_INLINE void put_channel(int at, step_pixels<P> const& pixels) const {
        step_pixels<T> values;
        for (int i = 0; i < tile_step; ++i) values.at[i] = get_channel<C>(pixels.at[i]);
        store_words(cells + C * area + at, values);
    }

    /// Where some pixels of a step are outside. The loop ends where the step does.
    QUOIN_FN void put_one_by_one(int to, int x, int y, extent image) const {
        for (int const end = min(x + tile_step, left + pitch); x < end; ++x, ++to) {
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

template <class Source, class... Stages>
QUOIN_FN auto make_tiles(pipeline<Source, Stages...> const& p);

template <class Source>
QUOIN_FN auto head_tile(Source const& s) {
    if constexpr (is_zip<Source>)
        return apply([](auto const&... in) { return zip_tile<decltype(make_tiles(in))...>{{{{make_tiles(in)}...}}}; },
                     s.inputs);
    else return source_tile<Source>{s};
}

template <int I, class Node, class Border, class... Stages>
QUOIN_FN auto add_tiles(Node const& node, Border const& border, flat_tuple<Stages...> const& stages) {
    if constexpr (I == sizeof...(Stages)) {
        return node;
    } else {
        auto const& stage = get<I>(stages);
        using F = std::remove_cvref_t<decltype(stage)>;
        if constexpr (is_extend<F>) return add_tiles<I + 1>(node, stage.border, stages);
        else if constexpr (local_functor<F>)
            return add_tiles<I + 1>(local_tile<Node, F, Border>{node, stage, border}, border, stages);
        else return add_tiles<I + 1>(pointwise_tile<Node, F>{node, stage}, border, stages);
    }
}

/// The pipeline as a node.
template <class Source, class... Stages>
QUOIN_FN auto make_tiles(pipeline<Source, Stages...> const& p) {
    return add_tiles<0>(head_tile(p.source()), reflect_101_border{}, p.stages());
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
        if constexpr (requires { Out::has_whole_words; })
            store_words(out.row(y) + index_t{x} * channels_v<pixel_type>, pixels);
        else
            for (int i = 0; i < tile_step; ++i) out.store(x + i, y, pixels.at[i]);
    }
};

/// Where a pipeline must be cut for the tile engine: before the last local stage with a periodic border that has a
/// local stage before it, since the far end of the image is in no tile. -1 where there is none.
template <class... Stages>
QUOIN_FN int periodic_cut() {
    int cut = -1, i = 0;
    bool periodic = false, local_before = false;
    [[maybe_unused]] auto const visit = [&]<class F>(F const*) {
        if constexpr (is_extend<F>) {
            periodic = decltype(F::border)::periodic;
        } else if constexpr (local_functor<F>) {
            if (periodic && local_before) cut = i;
            local_before = true;
        }
        ++i;
    };
    (visit(static_cast<Stages const*>(nullptr)), ...);
    return cut;
}

} // namespace detail

QUOIN_NAMESPACE_END
