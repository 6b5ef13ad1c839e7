// SPDX-License-Identifier: BSL-1.0
// kokkos_tiles: pipelines as Kokkos kernels of tiles, on any Kokkos execution space. The caller initializes Kokkos.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/tuning.hpp>
#include <quoin/exec/detail/first_failure.hpp>
#include <quoin/exec/detail/whole_result.hpp>
#include <quoin/exec/run.hpp>
#include <quoin/exec/tile/device_images.hpp>
#include <quoin/exec/tile/tiles.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// @throws invalid_argument unless Kokkos is running.
inline void require_kokkos() {
    if (!Kokkos::is_initialized() || Kokkos::is_finalized())
        raise("quoin::kokkos: Kokkos is not running; create a Kokkos::ScopeGuard in main, quoin never initializes it");
}

template <class Space>
inline constexpr bool on_host = Kokkos::SpaceAccessibility<Space, Kokkos::HostSpace>::accessible;

template <class Space>
using host_space_of = std::conditional_t<on_host<Space>, Space, Kokkos::DefaultHostExecutionSpace>;

/// Calls f(0) ... f(n - 1) in one Kokkos kernel on a host space.
template <class Space, class F>
void kokkos_bulk(index_t n, F const& f) {
    require_kokkos();
    first_failure failure;
    using range = Kokkos::RangePolicy<Space, Kokkos::Schedule<Kokkos::Dynamic>, Kokkos::IndexType<index_t>>;
    Kokkos::parallel_for("quoin::bulk", range(0, n).set_chunk_size(1), [&](index_t i) { failure.guard(f, i); });
    Kokkos::fence("quoin::bulk");
    failure.rethrow();
}

/// The stage before which a pipeline is cut: for a wrap border, or for a gathering or whole stage. -1 if there is none.
template <class T>
inline constexpr int tile_cut = -1;
template <class Source, class... Stages>
inline constexpr int tile_cut<pipeline<Source, Stages...>> =
    max(periodic_cut<Stages...>(), gather_cut<false, pipeline<Source, Stages...>>);

template <class T>
inline constexpr bool needs_cut = false;
template <class Source, class... Stages>
inline constexpr bool needs_cut<pipeline<Source, Stages...>> =
    tile_cut<pipeline<Source, Stages...>> >= 0 || needs_cut<Source>;
template <class... Pipelines>
inline constexpr bool needs_cut<zip_source<Pipelines...>> = (needs_cut<Pipelines> || ...);

} // namespace detail

/// Evaluates a pipeline as one Kokkos kernel. Each tile has a Kokkos team. Local stages use team scratch memory, and
/// pointwise stages use registers. If the space cannot reach host memory, sources are copied in and the result is
/// copied out. A local stage with a wrap border behind another local stage, and a gathering stage behind any other,
/// costs one more Kokkos kernel and one more image, because no tile holds the far end of an image. A whole stage, and
/// work that is no pipeline (the segmenter, reductions), runs on the host; pixels are copied there and back. tiling
/// gives the size of a tile; its columns are rounded up to a multiple of 4.
template <class Space>
class kokkos_tiles {
public:
    using lanes = scalar_lanes;

    int concurrency() const { return static_cast<int>(detail::host_space_of<Space>().concurrency()); }
    std::string name() const { return "kokkos_tiles"; }

    /// @throws invalid_argument unless Kokkos is running.
    template <class F>
    void bulk(index_t n, F const& f) const {
        detail::kokkos_bulk<detail::host_space_of<Space>>(n, f);
    }

    /// The policy for work that is no pipeline.
    kokkos_tiles<detail::host_space_of<Space>> host() const
        requires(!detail::on_host<Space>)
    {
        return {};
    }

    /// Evaluates the pipeline; run() calls it.
    /// @throws invalid_argument unless Kokkos is running, and for a side above 2^30 pixels.
    template <class Pipeline, class Out>
    void run_pipeline(Pipeline const& p, Out const& out, tiling t) const {
        detail::require_kokkos();
        if constexpr (detail::on_host<Space>) {
            launch(p, out, t);
        } else {
            detail::device_source<Space, Pipeline> const input(p);
            detail::device_image<Space, typename Out::pixel_type> const result(p.size());
            launch(input.view(), result.view(), t);
            result.copy_to(out);
        }
    }

    /// As run(), for sources and an output whose pixels are in memory that the space reaches: on a device nothing is
    /// copied, so that one evaluation can take up what another one left there. The views are those of quoin, of
    /// pointers from Kokkos::View::data(), and must not overlap.
    /// @throws what run_pipeline throws, and invalid_argument if the extents differ.
    template <class Pipeline, class Out>
    void run_resident(Pipeline const& p, Out const& out, tiling t = {}) const {
        detail::require_kokkos();
        if (p.size() != extent{out.width(), out.height()})
            detail::raise("quoin::kokkos_tiles::run_resident: the pipeline makes ", p.width(), " x ", p.height(),
                          " pixels, the output view has ", out.width(), " x ", out.height(),
                          "; give a view of the same extent");
        if (!p.size().empty()) launch(p, out, t);
    }

private:
    /// The longest side: coordinates in a kernel have 32 bits.
    static constexpr index_t most = index_t{1} << 30;
    /// The bytes that every space grants a team at level 0. Larger buffers use level 1, which is ordinary memory.
    static constexpr std::size_t fast_scratch = 24 * 1024;

    template <class Pipeline>
    auto materialize(Pipeline const& p, tiling t) const {
        detail::device_image<Space, typename Pipeline::pixel_type> image(p.size());
        launch(p, image.view(), t);
        return image;
    }

    template <class Source, class... Stages, class Out>
    void launch(pipeline<Source, Stages...> const& p, Out const& out, tiling t) const {
        constexpr int cut = detail::tile_cut<pipeline<Source, Stages...>>;
        if constexpr (detail::needs_cut<Source>) {
            detail::apply(
                [&](auto const&... in) {
                    detail::apply(
                        [&](auto const&... image) { launch(pipeline{zip(image.const_view()...), p.stages()}, out, t); },
                        detail::flat_tuple<decltype(materialize(in, t))...>{{{materialize(in, t)}...}});
                },
                p.source().inputs);
        } else if constexpr (detail::cuts_whole<cut, pipeline<Source, Stages...>>) {
            launch_behind_whole<cut>(p, out, t);
        } else if constexpr (cut >= 0) {
            auto const between = materialize(detail::before_cut<cut>(p), t);
            launch_kernel(detail::behind_cut<cut>(between.const_view(), p), out, t);
        } else {
            launch_kernel(p, out, t);
        }
    }

    template <int Cut, class Pipeline, class Out>
    void launch_behind_whole(Pipeline const& p, Out const& out, tiling t) const {
        using front = decltype(detail::before_cut<Cut>(p));
        using P = typename front::pixel_type;
        auto const& f = detail::get<Cut>(p.stages());
        using F = std::remove_cvref_t<decltype(f)>;
        auto const before = [&](auto const& view) { materialize(detail::before_cut<Cut>(p), t).copy_to(view); };
        if constexpr (detail::on_host<Space>) {
            detail::whole_result<F, P> const made(*this, f, detail::before_cut<Cut>(p), before);
            launch_kernel(detail::behind_cut<Cut + 1>(made.view(), p), out, t);
        } else {
            image<P> input(detail::before_cut<Cut>(p).size());
            before(input.view());
            detail::whole_result<F, P> const made(host(), f, as_pipeline(std::as_const(input).view()),
                                                  [&](auto const& view) { run(host(), input, view); });
            detail::device_image<Space, stage_result_t<F, P>> between(input.size());
            between.copy_from(made.view());
            launch_kernel(detail::behind_cut<Cut + 1>(between.const_view(), p), out, t);
        }
    }

    template <class Pipeline, class Out>
    void launch_kernel(Pipeline const& p, Out const& out, tiling t) const {
        if (p.width() > most || p.height() > most)
            detail::raise("quoin::kokkos_tiles: an image of ", p.width(), " x ", p.height(),
                          " pixels; neither side can be more than ", most, ", cut it by subview");
        if constexpr (detail::on_host<Space>) {
            launch_node(detail::make_tiles(p), out, t);
        } else {
            auto const on_device = detail::with_device_tables<Space>(p); // keeps the tables until the kernel ends
            launch_node(detail::make_tiles(on_device), out, t);
        }
    }

    template <class Node, class Out>
    void launch_node(Node const& node, Out const& out, tiling t) const {
        extent tile = detail::tuning::tiles[0];
        if (node.scratch_bytes(tile.width, tile.height) > fast_scratch) tile = detail::tuning::tiles[1];
        if (t.tile_columns > 0) tile.width = detail::whole_steps(min(t.tile_columns, most));
        if (t.strip_rows > 0) tile.height = min(t.strip_rows, most);
        if (node.scratch_bytes(tile.width, tile.height) <= fast_scratch) launch_tiles<0>(node, out, tile);
        else launch_tiles<1>(node, out, tile);
    }

    template <int ScratchLevel, class Node, class Out>
    void launch_tiles(Node const& node, Out const& out, extent tile) const {
        index_t const across = (out.width() + tile.width - 1) / tile.width;
        index_t const down = (out.height() + tile.height - 1) / tile.height;
        auto const scratch = static_cast<int>(node.scratch_bytes(tile.width, tile.height));
        auto const teams = Kokkos::TeamPolicy<Space>(static_cast<int>(across * down), Kokkos::AUTO)
                               .set_scratch_size(ScratchLevel, Kokkos::PerTeam(scratch));
        Kokkos::parallel_for("quoin::run", teams,
                             detail::tile_kernel<Node, Out, ScratchLevel>{node, out, tile, static_cast<int>(across)});
        Kokkos::fence("quoin::run");
    }
};

QUOIN_NAMESPACE_END
