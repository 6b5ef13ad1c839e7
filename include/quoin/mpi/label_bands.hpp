// SPDX-License-Identifier: BSL-1.0
// label_bands: labels of a mask whose rows are dealt to the ranks of a communicator, and statistics of each.
#pragma once

#include <quoin/label/label_image.hpp>
#include <quoin/measure/by_label.hpp>
#include <quoin/mpi/segment_bands.hpp>

QUOIN_NAMESPACE_BEGIN

/// A band_image of the labels of segment_bands()'s components: 0 where the mask is not set after the steps of
/// segment_options before the components, and k + 1 in component k. They are the pixels of label_image() of one
/// process, on any number of ranks. `what` is a pipeline of bytes, whose pixels that are not 0 are the mask.
/// Collective. Cost: that of segment_bands() without rectangles, and two writes for each pixel.
/// @throws invalid_argument as segment() does for the steps, or for more than 2^32 - 2 components.
template <class Inner, class What>
band_image<std::uint32_t> label_bands(mpi<Inner> const& policy, What const& what, segment_options const& steps = {}) {
    auto const p = detail::pipeline_of<typename Inner::lanes>(what);
    detail::check(steps);
    detail::check_sides("quoin::label_bands", p.size());
    auto const inner = detail::policy_ref::to(policy.inner());
    bit_image const band = detail::cleaned_band(policy, p, steps);
    detail::band_labels labels(inner, *policy.group(), band, p.height(), connectivity::four);
    if (labels.all >= std::numeric_limits<std::uint32_t>::max())
        detail::raise("quoin::label_bands: ", labels.all, " components do not fit labels of 32 bits");
    band_image<std::uint32_t> result(policy, p.size());
    policy.group()->agree([&] {
        for (index_t& label : labels.map.label) label = labels.number[static_cast<std::size_t>(label)];
        image<std::uint32_t> const numbers = label_image(inner, labels.map);
        if (!numbers.size().empty()) run(policy.inner(), as_pipeline(numbers.view()), result.band());
    });
    return result;
}

namespace detail {

/// by_label() of labels in bands.
template <class T>
struct band_label_region {
    label_region<T> here; ///< a view of the whole extent, of which a rank reads rows that it has fetched
    band_memory* memory;
};
template <class T>
inline constexpr bool is_region<band_label_region<T>> = true;

} // namespace detail

/// by_label() of a band image of labels, for statistics() under mpi: the results are those of one process. The image
/// must outlive the region. A rank fetches the rows of labels of whose pixels it makes the statistics. The states of
/// all labels pass from rank to rank, and each rank gets all results.
/// @throws invalid_argument as by_label() does.
template <class Source>
    requires detail::is_band_source<Source> && std::unsigned_integral<typename Source::pixel_type> &&
             (sizeof(typename Source::pixel_type) <= 4)
detail::band_label_region<typename Source::pixel_type> by_label(Source const& labels, index_t most) {
    return {by_label(labels.pixels(), most), &labels.memory()};
}

QUOIN_NAMESPACE_END
