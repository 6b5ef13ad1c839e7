// SPDX-License-Identifier: BSL-1.0
// Images that are warped with OpenCV, which rounds places to 1/32: bytes of noise differ by several. Empty without it.
#if QUOIN_WITH_OPENCV
#include "support.hpp"
#include "support/maps.hpp"

#include <quoin/geometry/pad.hpp>
#include <quoin/geometry/polar.hpp>
#include <quoin/geometry/remap.hpp>
#include <quoin/geometry/translate.hpp>

#include <opencv2/imgproc.hpp>

namespace {

using u8 = std::uint8_t;

/// The same call for several pixel types.
template <class... P, class Ours, class Theirs>
bool add_each(std::string const& name, double allowed, Ours ours, Theirs theirs) {
    return (bench::add_opencv_filter<P>(name, allowed, ours, theirs) && ...);
}
template <class Ours, class Theirs>
bool add_three(std::string const& name, double allowed, Ours ours, Theirs theirs) {
    return add_each<u8, float, quoin::rgb8>(name, allowed, ours, theirs);
}

constexpr int border = cv::BORDER_REFLECT_101;

bool add_affine(std::string const& name, double allowed, quoin::interpolation how, int flag) {
    constexpr quoin::affine m = bench::turned;
    cv::Mat const map = (cv::Mat_<double>(2, 3) << m.a, m.b, m.c, m.d, m.e, m.f);
    return add_three(
        name, allowed, [=](auto v) { return v | quoin::warp_affine(m, how); },
        [=](cv::Mat const& in, cv::Mat& out) {
            cv::warpAffine(in, out, map, in.size(), flag | cv::WARP_INVERSE_MAP, border);
        });
}

bool add_perspective() {
    constexpr quoin::perspective m = bench::tilted;
    cv::Mat const map = (cv::Mat_<double>(3, 3) << m.a, m.b, m.c, m.d, m.e, m.f, m.g, m.h, m.i);
    return add_three(
        "warp-perspective", 16, [=](auto v) { return v | quoin::warp_perspective(m); },
        [=](cv::Mat const& in, cv::Mat& out) {
            cv::warpPerspective(in, out, map, in.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, border);
        });
}

bool const warps =
    // The nearest of two pixels that are equally near may be either.
    add_affine("warp-affine-nearest", 255, quoin::interpolation::nearest, cv::INTER_NEAREST) &&
    add_affine("warp-affine", 16, quoin::interpolation::linear, cv::INTER_LINEAR) &&
    add_affine("warp-affine-cubic", 24, quoin::interpolation::cubic, cv::INTER_CUBIC) &&
    add_affine("warp-affine-lanczos4", 24, quoin::interpolation::lanczos4, cv::INTER_LANCZOS4) && add_perspective() &&
    add_three(
        "remap", 16,
        [](auto v) { return v | quoin::remap(bench::turned_columns(v.size()), bench::turned_rows(v.size())); },
        [](cv::Mat const& in, cv::Mat& out) {
            quoin::extent const size{in.cols, in.rows};
            cv::remap(in, out, bench::as_mat<float>(bench::turned_columns(size)),
                      bench::as_mat<float>(bench::turned_rows(size)), cv::INTER_LINEAR, border);
        }) &&
    add_three("polar", 16, bench::unrolled, [](cv::Mat const& in, cv::Mat& out) {
        auto const radius = static_cast<float>(in.rows) / 2;
        cv::warpPolar(in, out, in.size(), {static_cast<float>(in.cols) / 2, radius}, static_cast<double>(radius),
                      cv::INTER_LINEAR | cv::WARP_FILL_OUTLIERS);
    });

bool const padded = add_each<u8, std::uint16_t, float, quoin::rgb8, quoin::rgba8>(
    "pad-16", 0, [](auto v) { return v | quoin::pad(16, 16, 16, 16); },
    [](cv::Mat const& in, cv::Mat& out) { cv::copyMakeBorder(in, out, 16, 16, 16, 16, border); });

bool const translated = add_each<u8, std::uint16_t, float, quoin::rgb8>(
    "translate", 1, [](auto v) { return v | quoin::translate(2.25, -3.5); },
    [](cv::Mat const& in, cv::Mat& out) {
        cv::Mat const map = (cv::Mat_<double>(2, 3) << 1, 0, -2.25, 0, 1, 3.5);
        cv::warpAffine(in, out, map, in.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, border);
    });

} // namespace
#endif
