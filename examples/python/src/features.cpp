// SPDX-License-Identifier: BSL-1.0
// Lists of features.
#include "parts.hpp"

#include "masks.hpp"
#include "pixels.hpp"
#include "policies.hpp"

#include <quoin/feature/fast_corners.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/feature/hog.hpp>
#include <quoin/feature/hough_lines.hpp>
#include <quoin/feature/local_peaks.hpp>
#include <quoin/feature/match_template.hpp>
#include <quoin/feature/phase_correlation.hpp>

#include <nanobind/stl/string_view.h>

#include <optional>

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

/// (blocks down, blocks across, cells down, cells across, orientations).
nb::object hog(nb::handle image, quoin::hog_options const& options, std::string_view policy_name, int threads) {
    policy const& p = vector_policy(policy_name, threads);
    array_image const from(image, "the image");
    quoin::hog_features found;
    {
        nb::gil_scoped_release const released;
        found = with_pixels(from.view(), [&](auto const& view) -> quoin::hog_features {
            using P = std::remove_const_t<typename std::remove_cvref_t<decltype(view)>::pixel_type>;
            if constexpr (quoin::detail::usual_channel<P>) return quoin::hog(p, view, options);
            else
                quoin::detail::raise("quoin.hog: an image of ", quoin::to_text(quoin::format_of<P>),
                                     "; give one channel of uint8, uint16 or float32, as quoin.gray makes it");
        });
    }
    std::vector<std::size_t> shape;
    for (quoin::index_t const n : {found.blocks.height, found.blocks.width, found.block.height, found.block.width,
                                   quoin::index_t{found.orientations}})
        shape.push_back(static_cast<std::size_t>(n));
    return array_of(std::move(found.values), shape);
}

/// (n, 3): rho, theta and votes of each.
nb::object hough_lines(nb::handle mask, quoin::hough_options const& options, std::string_view policy_name,
                       int threads) {
    policy const& p = vector_policy(policy_name, threads);
    array_image const image(mask, "the mask");
    std::vector<double> values;
    std::size_t count = 0;
    {
        nb::gil_scoped_release const released;
        auto const lines = quoin::hough_lines(p, mask_of(p, image), options);
        count = lines.size();
        for (quoin::polar_line const& l : lines)
            values.insert(values.end(),
                          {static_cast<double>(l.rho), static_cast<double>(l.theta), static_cast<double>(l.votes)});
    }
    return array_of(std::move(values), {count, 3});
}

/// The scores of a template for each place of an image of the same pixels, as float32. The mask may be None.
nb::object match_template(nb::handle image, nb::handle pattern, nb::handle mask, int method,
                          std::string_view policy_name, int threads) {
    policy const& p = vector_policy(policy_name, threads);
    array_image const from(image, "the image"), part(pattern, "the template");
    if (from.view().format() != part.view().format())
        quoin::detail::raise("quoin.match_template: an image of ", quoin::to_text(from.view().format()),
                             " and a template of ", quoin::to_text(part.view().format()),
                             "; give two of the same type and channels");
    std::optional<array_image> where;
    if (!mask.is_none()) where.emplace(mask, "the mask");
    if (where && where->view().format() != quoin::format_of<std::uint8_t>)
        quoin::detail::raise("quoin.match_template: a mask of ", quoin::to_text(where->view().format()),
                             "; give one channel of bool or uint8");
    quoin::image<float> scores;
    {
        nb::gil_scoped_release const released;
        scores = with_pixels(from.view(), [&](auto const& view) -> quoin::image<float> {
            using P = std::remove_const_t<typename std::remove_cvref_t<decltype(view)>::pixel_type>;
            if constexpr (quoin::detail::usual_channel<quoin::channel_t<P>>) {
                quoin::any_image memory, mask_memory;
                auto const shape = interleaved(part.view(), memory).as<P>();
                auto const m = static_cast<quoin::match_method>(method);
                if (!where) return quoin::match_template(p, view, shape, m);
                return quoin::match_template(p, view, shape, interleaved(where->view(), mask_memory).as<std::uint8_t>(),
                                             m);
            } else {
                quoin::detail::raise("quoin.match_template: images of ", quoin::to_text(quoin::format_of<P>),
                                     "; give uint8, uint16 or float32");
            }
        });
    }
    new_array const result(quoin::format_of<float>, scores.size());
    quoin::run(quoin::serial{}, scores, result.output().as<float>());
    return result.object();
}

/// (x, y, peak) of two images of gray uint8, uint16 or float32 of the same type.
nb::tuple phase_correlation(nb::handle reference, nb::handle moved, int parts, std::string_view policy_name,
                            int threads) {
    policy const& p = vector_policy(policy_name, threads);
    array_image const first(reference, "the reference"), second(moved, "the moved image");
    if (first.view().format() != second.view().format())
        quoin::detail::raise("quoin.phase_correlation: images of ", quoin::to_text(first.view().format()), " and ",
                             quoin::to_text(second.view().format()), "; give two of the same type and channels");
    quoin::phase_shift shift{};
    {
        nb::gil_scoped_release const released;
        shift = with_pixels(first.view(), [&](auto const& view) -> quoin::phase_shift {
            using P = std::remove_const_t<typename std::remove_cvref_t<decltype(view)>::pixel_type>;
            if constexpr (quoin::detail::usual_channel<P>) {
                quoin::any_image memory;
                return quoin::phase_correlation(p, view, interleaved(second.view(), memory).as<P>(), {parts});
            } else {
                quoin::detail::raise("quoin.phase_correlation: images of ", quoin::to_text(quoin::format_of<P>),
                                     "; give one channel of uint8, uint16 or float32, as quoin.gray makes it");
            }
        });
    }
    return nb::make_tuple(shift.x, shift.y, shift.peak);
}

nb::tuple best_match(nb::handle scores, bool least) {
    array_image const from(scores, "the image of scores");
    if (from.view().format() != quoin::format_of<float>)
        quoin::detail::raise("quoin.best_match: scores of ", quoin::to_text(from.view().format()),
                             "; give float32, as quoin.match_template does");
    quoin::any_image memory;
    auto const best = quoin::best_match(interleaved(from.view(), memory).as<float>(), least);
    return nb::make_tuple(best.x, best.y, static_cast<double>(best.score));
}

} // namespace

void add_features(nb::module_& m) {
    m.def("fast_corners", &fast_corners, nb::arg("image").none(), nb::kw_only(), nb::arg("threshold"), nb::arg("arc"),
          nb::arg("suppress"), nb::arg("policy"), nb::arg("threads"));
    m.def("local_peaks", &local_peaks, nb::arg("image").none(), nb::kw_only(), nb::arg("quality"), nb::arg("distance"),
          nb::arg("most"), nb::arg("policy"), nb::arg("threads"));
    m.def(
        "hog",
        [](nb::handle image, int orientations, quoin::index_t cell_width, quoin::index_t cell_height,
           quoin::index_t block_width, quoin::index_t block_height, int norm, std::string_view policy_name,
           int threads) {
            return hog(image,
                       {orientations,
                        {cell_width, cell_height},
                        {block_width, block_height},
                        static_cast<quoin::block_norm>(norm)},
                       policy_name, threads);
        },
        nb::arg("image").none(), nb::kw_only(), nb::arg("orientations"), nb::arg("cell_width"), nb::arg("cell_height"),
        nb::arg("block_width"), nb::arg("block_height"), nb::arg("norm"), nb::arg("policy"), nb::arg("threads"));
    m.def(
        "hough_lines",
        [](nb::handle mask, double rho, double theta, quoin::index_t threshold, double least_theta, double most_theta,
           quoin::index_t most, std::string_view policy_name, int threads) {
            return hough_lines(mask, {rho, theta, threshold, least_theta, most_theta, most}, policy_name, threads);
        },
        nb::arg("mask").none(), nb::kw_only(), nb::arg("rho"), nb::arg("theta"), nb::arg("threshold"),
        nb::arg("least_theta"), nb::arg("most_theta"), nb::arg("most"), nb::arg("policy"), nb::arg("threads"));
    m.def("match_template", &match_template, nb::arg("image").none(), nb::arg("template").none(),
          nb::arg("mask").none(), nb::kw_only(), nb::arg("method"), nb::arg("policy"), nb::arg("threads"));
    m.def("phase_correlation", &phase_correlation, nb::arg("reference").none(), nb::arg("moved").none(), nb::kw_only(),
          nb::arg("parts"), nb::arg("policy"), nb::arg("threads"));
    m.def("best_match", &best_match, nb::arg("scores").none(), nb::kw_only(), nb::arg("least"));
}

} // namespace quoin_python
