// SPDX-License-Identifier: BSL-1.0
// Lists of features.
#include "parts.hpp"

#include "pixels.hpp"
#include "policies.hpp"

#include <quoin/feature/fast_corners.hpp>
#include <quoin/feature/local_peaks.hpp>

#include <nanobind/stl/string_view.h>

namespace quoin_python {

namespace {

/// (n, 3): x, y and score of each.
nb::object array_of_points(std::vector<quoin::keypoint> const& points) {
    std::vector<double> values;
    values.reserve(3 * points.size());
    for (quoin::keypoint const& k : points) values.insert(values.end(), {k.x, k.y, static_cast<double>(k.score)});
    return array_of(std::move(values), {points.size(), 3});
}

/// find(view) of an image of gray uint8, uint16 or float32.
template <class F>
nb::object found_in(char const* name, nb::handle image, F const& find) {
    array_image const from(image, "the image");
    std::vector<quoin::keypoint> points;
    {
        nb::gil_scoped_release const released;
        points = with_pixels(from.view(), [&](auto const& view) -> std::vector<quoin::keypoint> {
            using P = std::remove_const_t<typename std::remove_cvref_t<decltype(view)>::pixel_type>;
            if constexpr (quoin::detail::usual_channel<P>) return find(view);
            else
                quoin::detail::raise("quoin.", name, ": an image of ", quoin::to_text(quoin::format_of<P>),
                                     "; give one channel of uint8, uint16 or float32, as quoin.gray makes it");
        });
    }
    return array_of_points(points);
}

nb::object fast_corners(nb::handle image, double threshold, int arc, bool suppress, std::string_view policy_name,
                        int threads) {
    policy const& p = vector_policy(policy_name, threads);
    return found_in("fast_corners", image, [&](auto const& view) {
        return quoin::fast_corners(p, view, {.threshold = threshold, .arc = arc, .suppress = suppress});
    });
}

nb::object local_peaks(nb::handle image, double quality, double distance, quoin::index_t most,
                       std::string_view policy_name, int threads) {
    policy const& p = vector_policy(policy_name, threads);
    return found_in("local_peaks", image, [&](auto const& view) {
        return quoin::local_peaks(p, view, {.quality = quality, .distance = distance, .most = most});
    });
}

} // namespace

void add_features(nb::module_& m) {
    m.def("fast_corners", &fast_corners, nb::arg("image"), nb::kw_only(), nb::arg("threshold"), nb::arg("arc"),
          nb::arg("suppress"), nb::arg("policy"), nb::arg("threads"));
    m.def("local_peaks", &local_peaks, nb::arg("image"), nb::kw_only(), nb::arg("quality"), nb::arg("distance"),
          nb::arg("most"), nb::arg("policy"), nb::arg("threads"));
}

} // namespace quoin_python
