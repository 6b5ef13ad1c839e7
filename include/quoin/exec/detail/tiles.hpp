// SPDX-License-Identifier: BSL-1.0
// The tile engine: a team of threads computes a tile; each local stage computes the tile and its halo into the team's
// scratch memory, pointwise stages stay in registers. The same functors as the line engine, one pixel a thread.
#pragma once

#include <quoin/exec/detail/apply.hpp>
#include <quoin/pipe/zip.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A team (of Kokkos, or what looks like it) has league_rank(), team_rank(), team_size(), team_barrier() and
/// team_scratch(level), whose get_shmem_aligned(bytes, alignment) hands out the team's memory piece by piece.
/// A node of the tile engine has
///     scratch_bytes(w, h)             what prepare() takes from the scratch memory for w x h pixels
///     prepare(team, scratch, region)  makes load(x, y) valid inside the region, with all threads of the team
///     load(x, y)                      the pixel
template <class View>
struct source_tile {
    using pixel_type = typename View::pixel_type;
    View view;

    QUOIN_FN extent size() const { return {view.width(), view.height()}; }
    QUOIN_FN std::size_t scratch_bytes(index_t, index_t) const { return 0; }
    template <class Team, class Scratch>
    QUOIN_FN void prepare(Team const&, Scratch const&, rect) {}
    QUOIN_INLINE pixel_type load(index_t x, index_t y) const { return view.load(x, y); }
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
    QUOIN_INLINE pixel_type load(index_t x, index_t y) const { return call(upstream.load(x, y)); }

private:
    template <class Q>
    QUOIN_INLINE pixel_type call(Q const& p) const {
        return apply_pointwise<scalar_lanes, pixel_type, Q>(f, p);
    }
    template <class... Q>
    QUOIN_INLINE pixel_type call(zipped<Q...> const& z) const {
        return apply([&](auto const&... p) { return apply_pointwise<scalar_lanes, pixel_type, Q...>(f, p...); }, z.parts);
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
    QUOIN_INLINE pixel_type load(index_t x, index_t y) const {
        return apply([=](auto const&... in) { return pixel_type{{{{in.load(x, y)}...}}}; }, inputs);
    }

private:
    template <class Team, class Scratch, int... I>
    QUOIN_FN void prepare(Team const& team, Scratch const& scratch, rect region, std::integer_sequence<int, I...>) {
        (static_cast<tuple_leaf<I, Inputs>&>(inputs).value.prepare(team, scratch, region), ...);
    }
};

/// The rows of a tile in scratch memory, seen from one pixel.
template <class T>
struct tile_lines {
    T const* middle;
    index_t pitch;
    QUOIN_INLINE T const* operator()(int dy) const { return middle + dy * pitch; }
};

template <class Upstream, class F, class Border>
struct local_tile {
    using P = typename Upstream::pixel_type;
    using T = channel_t<P>;
    using pixel_type = stage_result_t<F, P>;
    static constexpr int scratch_alignment = 16; // any channel's, and a vector load's

    Upstream upstream;
    [[no_unique_address]] F f;
    [[no_unique_address]] Border border;
    T* cells = nullptr; // of the padded region, plane by plane
    rect padded{};

    QUOIN_FN extent size() const { return upstream.size(); }
    QUOIN_FN std::size_t scratch_bytes(index_t w, index_t h) const {
        footprint const reach = footprint_of(f);
        index_t const pw = w + reach.left + reach.right, ph = h + reach.up + reach.down;
        return upstream.scratch_bytes(pw, ph) + static_cast<std::size_t>(pw * ph) * sizeof(P) + scratch_alignment;
    }

    template <class Team, class Scratch>
    QUOIN_FN void prepare(Team const& team, Scratch const& scratch, rect region) {
        footprint const reach = footprint_of(f);
        extent const image = size();
        padded = {region.x - reach.left, region.y - reach.up, region.width + reach.left + reach.right,
                  region.height + reach.up + reach.down};
        interval const xs = needed({region.x, region.right()}, reach.left, reach.right, image.width);
        interval const ys = needed({region.y, region.bottom()}, reach.up, reach.down, image.height);
        upstream.prepare(team, scratch, {xs.begin, ys.begin, xs.end - xs.begin, ys.end - ys.begin});

        index_t const area = padded.area();
        cells = static_cast<T*>(scratch.get_shmem_aligned(area * static_cast<index_t>(sizeof(P)), scratch_alignment));
        for (index_t i = team.team_rank(); i < area; i += team.team_size()) {
            P const p = outside_or_inside(padded.x + i % padded.width, padded.y + i / padded.width, image);
            for_each_channel<P>([&](auto c) { cells[decltype(c)::value * area + i] = get_channel<decltype(c)::value>(p); });
        }
        team.team_barrier();
    }

    QUOIN_INLINE pixel_type load(index_t x, index_t y) const {
        tile_lines<T> const lines{cells + (y - padded.y) * padded.width, padded.width};
        return apply_local<scalar_lanes, pixel_type, P>(f, lines, padded.area(), x - padded.x);
    }

private:
    struct interval {
        index_t begin, end;
    };

    /// The coordinates inside the image that a border can fold a region and its reach to.
    static QUOIN_FN interval needed(interval region, int before, int after, index_t n) {
        if (Border::periodic) return {0, n};
        interval in{max<index_t>(0, region.begin - before), min<index_t>(n, region.end + after)};
        if (region.begin < before) in.end = max(in.end, min<index_t>(n, before + 1));
        if (region.end + after > n) in.begin = min(in.begin, max<index_t>(0, n - 1 - after));
        return in;
    }

    QUOIN_INLINE P outside_or_inside(index_t x, index_t y, extent image) const {
        bool const inside = x >= 0 && y >= 0 && x < image.width && y < image.height;
        if (inside) return upstream.load(x, y);
        if constexpr (Border::has_value) return outside_pixel<P>(f, border);
        else return upstream.load(border(x, image.width), border(y, image.height));
    }
};

template <class Source, class... Stages>
QUOIN_FN auto make_tiles(pipeline<Source, Stages...> const& p);

template <class Source>
QUOIN_FN auto head_tile(Source const& s) {
    if constexpr (is_zip<Source>)
        return apply([](auto const&... in) { return zip_tile<decltype(make_tiles(in))...>{{{{make_tiles(in)}...}}}; }, s.inputs);
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

/// The work of one team: the pixels of one tile of the output.
template <class Node, class Out>
struct tile_kernel {
    Node node;
    Out out;
    extent tile;
    index_t across;
    int scratch_level;

    template <class Team>
    QUOIN_FN void operator()(Team const& team) const {
        index_t const x = team.league_rank() % across * tile.width, y = team.league_rank() / across * tile.height;
        rect const region = intersect({x, y, tile.width, tile.height}, {0, 0, out.width(), out.height()});
        Node local = node;
        local.prepare(team, team.team_scratch(scratch_level), region);
        for (index_t i = team.team_rank(); i < region.area(); i += team.team_size()) {
            index_t const px = region.x + i % region.width, py = region.y + i / region.width;
            out.store(px, py, local.load(px, py));
        }
    }
};

/// Where a pipeline must be cut for the tile engine: before the last local stage with a periodic border that has a local
/// stage before it, since the far end of the image is in no tile. -1 where there is none.
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
