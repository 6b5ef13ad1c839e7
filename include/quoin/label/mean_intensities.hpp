// SPDX-License-Identifier: BSL-1.0
// mean_intensities: the mean pixel of each component in a gray image.
#pragma once

#include <quoin/image/view.hpp>
#include <quoin/label/detail/sum_by_component.hpp>

#include <concepts>

QUOIN_NAMESPACE_BEGIN

/// For each component of the map the mean of the pixels of `image` in it: their sum, exact in 64 bits, by the
/// area. The image is as large as the mask of which the map was made, and its pixels are integers. Cost: one
/// pass over the runs and the pixels in them.
/// @throws invalid_argument for an image of another extent.
template <concepts::policy Policy, concepts::view View>
std::vector<double> mean_intensities(Policy const& p, component_map const& map, View const& image);

namespace detail {

struct intensity_sum {
    index_t value = 0;
    constexpr void add(intensity_sum const& other) { value += other.value; }
};

} // namespace detail

template <concepts::policy Policy, concepts::view View>
std::vector<double> mean_intensities(Policy const& p, component_map const& map, View const& image) {
    static_assert(std::integral<typename View::pixel_type>,
                  "quoin::mean_intensities: the pixels are not integers; end a pipeline with gray and convert_to, and "
                  "give the view of its image");
    if (image.width() != map.runs.width || image.height() != map.runs.height())
        detail::raise("quoin::mean_intensities: the components are those of a mask of ", map.runs.width, " x ",
                      map.runs.height(), " pixels, the image has ", image.width(), " x ", image.height(),
                      "; give the image of which the mask was made");
    auto const sums = detail::sum_by_component<detail::intensity_sum>(
        p, map, [&](detail::intensity_sum& into, index_t, index_t y, pixel_run run) {
            for (index_t x = run.begin; x < run.end; ++x) into.value += static_cast<index_t>(image.load(x, y));
        });
    std::vector<double> result(sums.size());
    for (std::size_t k = 0; k < sums.size(); ++k)
        result[k] = static_cast<double>(sums[k].value) / static_cast<double>(map.components[k].area);
    return result;
}

QUOIN_NAMESPACE_END
