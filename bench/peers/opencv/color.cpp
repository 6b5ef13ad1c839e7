// SPDX-License-Identifier: BSL-1.0
// Color pixels on the way in with OpenCV: normalized planes, and stages of colors. Empty without it.
#if QUOIN_WITH_OPENCV
#include "support.hpp"
#include "support/normalize.hpp"

#include <quoin/filter/color/color_matrix.hpp>
#include <quoin/filter/color/colormap.hpp>
#include <quoin/filter/color/hsl.hpp>
#include <quoin/filter/color/hsv.hpp>
#include <quoin/filter/color/lab.hpp>
#include <quoin/filter/color/luv.hpp>
#include <quoin/filter/color/swap_rb.hpp>
#include <quoin/filter/color/white_balance.hpp>
#include <quoin/filter/color/xyz.hpp>

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace {

using planes = std::vector<cv::Mat>;

void normalize(cv::Mat const& in, planes& out) {
    static cv::Mat real;
    in.convertTo(real, CV_32F, 1 / 255.0);
    cv::split(real, out);
    for (int c = 0; c < 3; ++c) {
        cv::subtract(out[c], cv::Scalar(static_cast<double>(bench::means[c])), out[c]);
        cv::divide(out[c], cv::Scalar(static_cast<double>(bench::deviations[c])), out[c]);
    }
}

double difference(quoin::extent size) {
    auto const input = bench::scene<quoin::rgb8>(size);
    quoin::planar_image<quoin::rgbf> ours(size);
    quoin::run(quoin::serial{}, input | bench::normalize{}, ours.view());
    planes theirs;
    normalize(bench::as_mat<quoin::rgb8>(input), theirs);
    double largest = 0;
    for (int c = 0; c < 3; ++c) {
        quoin::image_view<float const> const plane = std::as_const(ours).view().plane(c);
        largest = std::max(largest, bench::largest_difference(theirs[c], bench::as_mat<float>(plane)));
    }
    return largest;
}

bool const normalized = bench::add_opencv(
    "normalize<rgb-u8>", sizeof(quoin::rgb8) + sizeof(quoin::rgbf), 1e-5, difference, [](quoin::extent size) {
        cv::Mat const in = bench::as_mat<quoin::rgb8>(bench::scene<quoin::rgb8>(size));
        planes out;
        for (int c = 0; c < 3; ++c) out.emplace_back(in.size(), CV_32F, cv::Scalar(0));
        return [=]() mutable {
            normalize(in, out);
            bench::keep();
        };
    });

void swap(cv::Mat const& in, cv::Mat& out) {
    cv::cvtColor(in, out, cv::COLOR_RGB2BGR);
}

bool const swapped = bench::add_opencv_filter<quoin::rgb8>(
                         "swap", 0, [](auto v) { return v | quoin::vectorized([](auto const& p) {
                                                            return quoin::rgb{p.b, p.g, p.r};
                                                        }); },
                         swap) &&
                     bench::add_opencv_filter<quoin::rgb8>(
                         "swap_rb", 0, [](auto v) { return v | quoin::swap_rb; }, swap);

// OpenCV has factors of fewer bits.
bool const matrix = bench::add_opencv_filter<quoin::rgb8>(
    "color_matrix", 1,
    [](auto v) { return v | quoin::color_matrix({{0.4, 0.3, 0.3}, {0.2, 0.7, 0.1}, {0.1, 0.2, 0.7}}); },
    [](cv::Mat const& in, cv::Mat& out) {
        cv::transform(in, out, cv::Matx33f(0.4f, 0.3f, 0.3f, 0.2f, 0.7f, 0.1f, 0.1f, 0.2f, 0.7f));
    });

auto const hls_order = quoin::vectorized([](auto const& p) { return quoin::rgb{p.r, p.b, p.g}; });

bool const hsv = bench::add_opencv_filter<quoin::rgb8>(
                     "rgb_to_hsv", 0, [](auto v) { return v | quoin::rgb_to_hsv_as<quoin::hue_scale::opencv>; },
                     [](cv::Mat const& in, cv::Mat& out) { cv::cvtColor(in, out, cv::COLOR_RGB2HSV); }) &&
                 bench::add_opencv_filter<quoin::rgb8>(
                     "hsv_to_rgb", 1, [](auto v) { return v | quoin::hsv_to_rgb; },
                     [](cv::Mat const& in, cv::Mat& out) { cv::cvtColor(in, out, cv::COLOR_HSV2RGB); });

// OpenCV's channels are in the order H, L, S, and its hues may be 180.
bool const hsl = bench::add_opencv_filter<quoin::rgb8>(
                     "rgb_to_hsl", 180, [](auto v) { return v | quoin::rgb_to_hsl | hls_order; },
                     [](cv::Mat const& in, cv::Mat& out) { cv::cvtColor(in, out, cv::COLOR_RGB2HLS); }) &&
                 bench::add_opencv_filter<quoin::rgb8>(
                     "hsl_to_rgb", 1, [](auto v) { return v | hls_order | quoin::hsl_to_rgb; },
                     [](cv::Mat const& in, cv::Mat& out) { cv::cvtColor(in, out, cv::COLOR_HLS2RGB); });

// OpenCV's tables are up to 2 off.
bool const lab = bench::add_opencv_filter<quoin::rgb8>(
    "rgb_to_lab", 3, [](auto v) { return v | quoin::rgb_to_lab; },
    [](cv::Mat const& in, cv::Mat& out) { cv::cvtColor(in, out, cv::COLOR_RGB2Lab); });

bool const luv = bench::add_opencv_filter<quoin::rgb8>(
    "rgb_to_luv", 1, [](auto v) { return v | quoin::rgb_to_luv; },
    [](cv::Mat const& in, cv::Mat& out) { cv::cvtColor(in, out, cv::COLOR_RGB2Luv); });

bool const xyz = bench::add_opencv_filter<quoin::rgb8>(
    "rgb_to_xyz_opencv", 0, [](auto v) { return v | quoin::rgb_to_xyz_opencv; },
    [](cv::Mat const& in, cv::Mat& out) { cv::cvtColor(in, out, cv::COLOR_RGB2XYZ); });

// Halves are rounded to even, and the gains are doubles.
bool const balanced = bench::add_opencv_filter<quoin::rgb8>(
    "white_balance", 1, [](auto v) { return v | quoin::white_balance(1.2f, 0.9f, 1.75f); },
    [](cv::Mat const& in, cv::Mat& out) { cv::multiply(in, cv::Scalar(1.2, 0.9, 1.75), out); });

bool const mapped = bench::add_opencv_filter<std::uint8_t>(
    "colormap", 0,
    [](auto v) { return v | quoin::colormap(quoin::color_map::viridis) | quoin::swap_rb; },
    [](cv::Mat const& in, cv::Mat& out) { cv::applyColorMap(in, out, cv::COLORMAP_VIRIDIS); });

} // namespace
#endif
