// SPDX-License-Identifier: BSL-1.0
// mpi: a policy of several processes, on top of any other policy.
#pragma once

#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/io/detail/samples.hpp>
#include <quoin/mpi/band_image.hpp>
#include <quoin/mpi/detail/state_bytes.hpp>

#include <deque>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class V>
inline constexpr bool is_band_source = false;
template <class V>
    requires requires { typename V::pixel_type; } &&
                 std::same_as<V, typename band_image<typename V::pixel_type>::source>
inline constexpr bool is_band_source<V> = true;

/// Calls f(source, rows) for each band image that the pipeline reads, with the rows that it reads for `where` of its
/// result.
template <class Source, class... Stages, class F>
void for_each_band(pipeline<Source, Stages...> const& p, rect where, F const& f) {
    extent const input{p.source().width(), p.source().height()};
    rect const part = where.empty() ? rect{} : needed_of_input<0>(p.stages(), input, where);
    if constexpr (is_zip<Source>)
        apply([&](auto const&... in) { (for_each_band(in, part, f), ...); }, p.source().inputs);
    else if constexpr (is_band_source<Source>) f(p.source(), interval{part.y, part.bottom()});
}

/// The pipeline with views of the whole extent in place of band images.
template <class Source, class... Stages>
auto with_rows_here(pipeline<Source, Stages...> const& p) {
    if constexpr (is_zip<Source>) {
        return apply(
            [&](auto const&... in) {
                using zipped_rows = zip_source<decltype(with_rows_here(in))...>;
                return pipeline<zipped_rows, Stages...>{zipped_rows{{{{with_rows_here(in)}...}}}, p.stages()};
            },
            p.source().inputs);
    } else if constexpr (is_band_source<Source>) {
        return pipeline<decltype(p.source().pixels()), Stages...>{p.source().pixels(), p.stages()};
    } else {
        return p;
    }
}

/// The rows that the bands of a pipeline need, for as long as it lives. Collective.
class fetched_rows {
public:
    template <class Pipeline>
    fetched_rows(Pipeline const& p, rect where) {
        for_each_band(p, where,
                      [this](auto const& source, interval rows) { bands_.emplace_back(source.memory(), rows); });
    }

private:
    std::deque<fetched_band> bands_;
};

/// The region of statistics that a rank reads, of one whose labels are a band image or of any other.
template <class Region>
auto const& region_here(Region const& region) {
    if constexpr (requires { region.here; }) return region.here;
    else return region;
}

} // namespace detail

/// mpi(communicator, inner): the processes of a communicator evaluate a pipeline together. Each computes the rows of
/// its band of the result under `inner`, any policy that works in the memory of the host, and gets the rows of the
/// sources that it needs for them from the processes that have them. The pixels are those of one process, on any number
/// of them.
///
/// Sources are band images, or views of whole images that each rank has alike. What stages read in any order (a gather
/// behind other stages, a whole stage) is computed on every rank from the whole source: that is right, and no faster
/// than on one rank. `bulk` is that of the inner policy: other algorithms run on each rank for itself.
///
/// The constructor, band_image, run, to_image, scatter and gather are collective: all ranks call them, in the same
/// order, with equal arguments but for the pixels. If one rank fails, all throw its exception. A program calls
/// MPI_Init_thread before, with MPI_THREAD_FUNNELED if the inner policy has threads, and MPI_Finalize behind the last
/// of these objects. quoin sends in a communicator of its own.
template <class Inner>
class mpi {
public:
    static_assert(concepts::policy<Inner>, "quoin::mpi: the second argument is the policy of each process, as in "
                                           "mpi(MPI_COMM_WORLD, simd{})");
    static_assert(!concepts::hosted_policy<Inner>, "quoin::mpi: this policy copies whole images to a device, and no "
                                                   "process has all rows of a band_image; give a policy of the host");
    using lanes = typename Inner::lanes;

    /// Collective.
    /// @throws invalid_argument if MPI is not initialized.
    mpi(MPI_Comm of, Inner inner)
        : group_(std::make_shared<detail::process_group const>(of)), inner_(std::move(inner)) {}

    int concurrency() const { return inner_.concurrency(); }
    std::string name() const { return "mpi(" + inner_.name() + ")"; }
    template <class F>
    void bulk(index_t n, F const& f) const {
        inner_.bulk(n, f);
    }

    int rank() const { return group_->rank(); }
    int ranks() const { return group_->size(); }
    Inner const& inner() const { return inner_; }
    std::shared_ptr<detail::process_group const> const& group() const { return group_; }

    /// The statistics of all ranks: statistics() calls it. Collective.
    template <class Pipeline, class Region, class... S>
    auto read(Pipeline const& p, Region const& region, S const&... statistics) const;

private:
    std::shared_ptr<detail::process_group const> group_;
    Inner inner_;
};

template <class Inner>
template <class Pipeline, class Region, class... S>
auto mpi<Inner>::read(Pipeline const& p, Region const& region, S const&... statistics) const {
    using P = typename Pipeline::pixel_type;
    index_t const strips = (p.height() + 63) / 64;
    interval const mine = group_->rows(strips);
    interval const rows{64 * mine.begin, min(64 * mine.end, p.height())};
    detail::fetched_rows const fetched(p, {0, rows.begin, p.width(), rows.end - rows.begin});
    auto const& here = detail::region_here(region);
    group_->agree([&] { here.check(p.size()); });
    std::optional<detail::fetched_band> labels;
    if constexpr (requires { region.memory; }) labels.emplace(*region.memory, rows);
    using read_type = detail::rows_read<P, std::remove_cvref_t<decltype(here)>, S...>;
    std::optional<read_type> found;
    group_->agree([&] { found = detail::read_rows(inner_, detail::with_rows_here(p), here, rows, statistics...); });
    detail::join_ranks(*group_, *found, rows.begin < rows.end || group_->rank() == 0);
    return detail::results_in<P>(here, p.size(), found->joined, found->owned[0], statistics...);
}

/// run() of the ranks of a communicator. Collective.
/// @throws invalid_argument if the extents differ, or if `out` is a source of the pipeline, too.
template <class Inner, class What, class P>
void run(mpi<Inner> const& policy, What const& what, band_image<P>& out, tiling t = {}) {
    auto const p = detail::pipeline_of<typename Inner::lanes>(what);
    using pixels = typename std::remove_const_t<decltype(p)>::pixel_type;
    static_assert(std::same_as<P, pixels>, "quoin::run: the pipeline's pixels are not those of the band_image; end the "
                                           "pipeline with convert_to<Channel> or give a band_image of its pixel_type");
    if constexpr (std::same_as<P, pixels>) {
        if (p.size() != out.size())
            detail::raise("quoin::run: the pipeline makes ", p.width(), " x ", p.height(),
                          " pixels, the band_image has ", out.width(), " x ", out.height(),
                          "; give a band_image of the same extent");
        auto const band = out.band();
        rect const mine{0, out.rows().begin, band.width(), band.height()};
        detail::for_each_band(p, mine, [&](auto const& source, interval) {
            if (&source.memory() == &out.view().memory())
                detail::raise("quoin::run: the band_image is a source of the pipeline, too; write into another one");
        });
        detail::fetched_rows const fetched(p, mine);
        policy.group()->agree([&] {
            if (!mine.empty())
                run(policy.inner(), detail::with_rows_here(p) | crop(0, mine.y, mine.width, mine.height), band, t);
        });
    }
}

/// A new band_image with the pixels that run() would write. Collective.
template <class Inner, class What>
auto to_image(mpi<Inner> const& policy, What const& what, tiling t = {}) {
    auto const p = detail::pipeline_of<typename Inner::lanes>(what);
    band_image<typename std::remove_const_t<decltype(p)>::pixel_type> result(policy, p.size());
    run(policy, p, result, t);
    return result;
}

/// A band_image of the pixels of an image or a view, which rank 0 has; what other ranks give is not read. Collective.
template <class Inner, class What>
    requires concepts::view<What> || concepts::owning_image<What>
auto scatter(mpi<Inner> const& policy, What const& whole) {
    if constexpr (concepts::owning_image<What>) {
        return scatter(policy, whole.view());
    } else {
        using P = typename What::pixel_type;
        extent size{whole.width(), whole.height()};
        MPI_Bcast(&size, 2, MPI_INT64_T, 0, policy.group()->comm());
        band_image<P> result(policy, size);
        result.view().memory().scatter(
            [&](index_t y, std::byte* row) { detail::gather_row(whole, y, reinterpret_cast<channel_t<P>*>(row)); });
        return result;
    }
}

/// All pixels of a band_image, on every rank. Collective.
template <class P>
image<P> gather(band_image<P> const& bands) {
    auto const source = bands.view();
    detail::fetched_band const all(source.memory(), {0, bands.size().empty() ? 0 : bands.height()});
    image<P> whole;
    source.memory().group().agree([&] { whole = to_image(serial{}, source.pixels()); });
    return whole;
}

QUOIN_NAMESPACE_END
