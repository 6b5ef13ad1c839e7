// SPDX-License-Identifier: BSL-1.0
// Times the segmenter from gray pixels on: to a mask, to components, their labels and moments, to rectangles by either
// method.
#include "support/jobs.hpp"
#include "support/layer.hpp"
#include "support/masks.hpp"

#include <quoin/filter/point/threshold.hpp>
#include <quoin/label/label_image.hpp>
#include <quoin/label/region_properties.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/otsu.hpp>
#include <quoin/rect/segmenter.hpp>

namespace {

using view = quoin::image_view<std::uint8_t const>;

quoin::bit_image mask(auto const& policy, view v) {
    return quoin::to_bits(policy, v | quoin::threshold(120));
}

/// The printed layer for every job, curves and noise (bench/support/masks.hpp) where they differ.
bool add(std::string const& job, auto work) {
    return bench::add_terminal(job + "<u8>", 1, bench::layer, work);
}
bool add_all(std::string const& job, auto work) {
    return add(job, work) && bench::add_terminal(job + "-curves<u8>", 1, bench::curves, work) &&
           bench::add_terminal(job + "-noise<u8>", 1, bench::noise, work);
}

bool const bits = add("to_bits", [](auto const& policy, view v) { return mask(policy, v); });
bool const components = add_all(
    "components", [](auto const& policy, view v) { return quoin::components(policy, mask(policy, v)).components; });
bool const labels = add_all("label_image", [](auto const& policy, view v) {
    return quoin::label_image(policy, quoin::components(policy, mask(policy, v)));
});
bool const shapes = add("components-moments-means", [](auto const& policy, view v) {
    return quoin::regionprops(policy, quoin::components(policy, mask(policy, v)), v);
});
bool const run_merge = add_all("segment-run_merge", [](auto const& policy, view v) {
    return quoin::segment(policy, mask(policy, v)).rectangles;
});
/// In memory that is kept, as OpenCV keeps its images.
bool const again = add_all("segment-again", [](auto const& policy, view v) {
    static quoin::segmenter segmenter;
    return segmenter(policy, mask(policy, v)).rectangles.size();
});
bool const minimum = add("segment-minimum", [](auto const& policy, view v) {
    return quoin::segment(policy, mask(policy, v), {.method = quoin::segment_method::minimum}).rectangles;
});

bool const opened = add("to_bits-opening", [](auto const& policy, view v) {
    return quoin::opening(policy, mask(policy, v), 1);
});

/// The layer or the curves with 16 bits a pixel.
template <view (*Bytes)(quoin::extent)>
quoin::image_view<std::uint16_t const> deep(quoin::extent size) {
    return bench::kept_image<std::uint16_t>(size, [&](quoin::image<std::uint16_t>& image) {
        view const bytes = Bytes(size);
        for (quoin::index_t y = 0; y < size.height; ++y)
            for (quoin::index_t x = 0; x < size.width; ++x)
                image(x, y) = static_cast<std::uint16_t>(bytes(x, y) * 200);
    });
}
constexpr auto otsu_open = [](auto const& policy, auto const& v) {
    auto const level = static_cast<double>(quoin::otsu(policy, v));
    return quoin::segment(policy, quoin::to_bits(policy, v | quoin::threshold(level)), {.open = 1}).rectangles;
};
bool const cleaned = bench::add_terminal("segment-otsu-open<u16>", 2, deep<bench::layer>, otsu_open) &&
                     bench::add_terminal("segment-otsu-open-curves<u16>", 2, deep<bench::curves>, otsu_open);

} // namespace
