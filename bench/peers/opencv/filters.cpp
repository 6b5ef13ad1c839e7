// SPDX-License-Identifier: BSL-1.0
// The single filters with OpenCV. Empty without it.
#if QUOIN_WITH_OPENCV
#include "calls.hpp"
#include "support.hpp"

#include <quoin/filter/edge/laplacian.hpp>
#include <quoin/filter/edge/scharr.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/correlate.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/linear/gaussian5.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/filter/tone/adaptive_threshold.hpp>

namespace {

using u8 = std::uint8_t;
using u16 = std::uint16_t;
namespace calls = bench::calls;

/// The same calls for three pixel types, with what rounding allows for each of them.
template <class A, class B, class C, class Ours, class Theirs>
bool add_three(std::string const& name, double a, double b, double c, Ours ours, Theirs theirs) {
    return bench::add_opencv_filter<A>(name, a, ours, theirs) && bench::add_opencv_filter<B>(name, b, ours, theirs) &&
           bench::add_opencv_filter<C>(name, c, ours, theirs);
}

/// OpenCV has the border `replicate`.
template <quoin::adaptive_method Method>
bool add_adaptive(std::string const& name, double allowed, int method) {
    return bench::add_opencv_filter<u8>(
        name, allowed,
        [](auto v) { return v | quoin::extend(quoin::replicate) | quoin::adaptive_threshold<Method>(15, 2); },
        [=](cv::Mat const& in, cv::Mat& out) {
            cv::adaptiveThreshold(in, out, 255, method, cv::THRESH_BINARY, 15, 2);
        });
}
bool const adaptive =
    add_adaptive<quoin::adaptive_method::mean>("adaptive-15", 0, cv::ADAPTIVE_THRESH_MEAN_C) &&
    // Sums in float may round to another mean, after which a pixel is black or white.
    add_adaptive<quoin::adaptive_method::gaussian>("adaptive-gaussian-15", 255, cv::ADAPTIVE_THRESH_GAUSSIAN_C);

/// OpenCV rounds halves to even in filter2D and convertTo, quoin rounds them up.
bool add_kernel(std::string const& name, auto const& kernel, int divisor) {
    cv::Mat const real = calls::real_kernel(kernel, divisor);
    return add_three<u8, u16, float>(
        name, 1, 1, 1e-2, [=, &kernel](auto v) { return v | quoin::correlate(kernel, divisor); },
        [=](cv::Mat const& in, cv::Mat& out) { cv::filter2D(in, out, -1, real); });
}

bool add_gaussian(std::string const& name, double sigma, int side_of_integers, int side_of_floats) {
    return add_three<u8, u16, float>(
        name, 1, 3, 1e-2, [=](auto v) { return v | quoin::gaussian(sigma); },
        [=](cv::Mat const& in, cv::Mat& out) {
            int const side = in.depth() == CV_32F ? side_of_floats : side_of_integers;
            cv::GaussianBlur(in, out, {side, side}, sigma);
        });
}

bool add_large_box() {
    auto const ours = [](auto v) { return v | quoin::box(63); };
    auto const theirs = [](cv::Mat const& in, cv::Mat& out) { cv::blur(in, out, {63, 63}); };
    return bench::add_opencv_filter<u8>("box-63", 1, ours, theirs) &&
           bench::add_opencv_filter<u16>("box-63", 1, ours, theirs) &&
           bench::add_opencv_filter<float>("box-63", 1e-2, ours, theirs) &&
           bench::add_opencv_filter<float>(
               "box-255", 1e-2, [](auto v) { return v | quoin::box(255); },
               [](cv::Mat const& in, cv::Mat& out) {
                   cv::blur(in, out, {255, 255});
               });
}

bool const smoothing = add_three<u8, u16, float>(
                           "gaussian3", 0, 1, 1e-3, [](auto v) { return v | quoin::gaussian3; }, calls::blur3) &&
                       add_three<u8, u16, float>(
                           "gaussian5", 0, 1, 1e-3, [](auto v) { return v | quoin::gaussian5; },
                           [](cv::Mat const& in, cv::Mat& out) {
                               cv::GaussianBlur(in, out, {5, 5}, 0);
                           }) &&
                       add_gaussian("gaussian-3", 3, 19, 25) &&
                       add_three<u8, u16, float>(
                           "box-15", 0, 1, 1e-2, [](auto v) { return v | quoin::box(15); },
                           [](cv::Mat const& in, cv::Mat& out) {
                               cv::blur(in, out, {15, 15});
                           }) &&
                       add_large_box() &&
                       add_kernel("correlate-3x3", bench::sharp_kernel, 1) &&
                       add_kernel("correlate-5x5", bench::log_kernel, 1) &&
                       add_kernel("correlate-7x7", bench::hill_kernel, bench::hill_divisor) &&
                       add_three<u8, u16, float>(
                           "sharpen", 1, 1, 1e-2, [](auto v) { return v | quoin::sharpen; }, calls::sharpen);

bool const derivatives =
    bench::add_opencv_filter<u8>(
        "sobel_x", 0, [](auto v) { return v | quoin::sobel_x; },
        [](cv::Mat const& in, cv::Mat& out) { cv::Sobel(in, out, CV_16S, 1, 0); }) &&
    bench::add_opencv_filter<float>(
        "sobel_x", 1e-2, [](auto v) { return v | quoin::sobel_x; },
        [](cv::Mat const& in, cv::Mat& out) { cv::Sobel(in, out, CV_32F, 1, 0); }) &&
    bench::add_opencv_filter<u8>(
        "scharr_x", 0, [](auto v) { return v | quoin::scharr_x; },
        [](cv::Mat const& in, cv::Mat& out) { cv::Scharr(in, out, CV_16S, 1, 0); }) &&
    bench::add_opencv_filter<u8>(
        "laplacian", 0, [](auto v) { return v | quoin::laplacian<1>; },
        [](cv::Mat const& in, cv::Mat& out) { cv::Laplacian(in, out, CV_16S, 1); }) &&
    bench::add_opencv_filter<u8>(
        "laplacian=5", 0, [](auto v) { return v | quoin::laplacian<5>; },
        [](cv::Mat const& in, cv::Mat& out) { cv::Laplacian(in, out, CV_16S, 5); }) &&
    bench::add_opencv_filter<u8>(
        "sobel_magnitude", 0, [](auto v) { return v | quoin::sobel_magnitude; }, calls::sobel_magnitude) &&
    bench::add_opencv_filter<float>(
        "sobel_magnitude", 1e-2, [](auto v) { return v | quoin::sobel_magnitude; },
        [](cv::Mat const& in, cv::Mat& out) {
            static cv::Mat dx, dy;
            cv::Sobel(in, dx, CV_32F, 1, 0);
            cv::Sobel(in, dy, CV_32F, 0, 1);
            cv::magnitude(dx, dy, out);
        });

bool const pointwise = add_three<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
                           "gray", 0, 1, 1e-2, [](auto v) { return v | quoin::gray; }, calls::gray) &&
                       add_three<u8, u16, float>(
                           "brightness", 1, 1, 1e-3, [](auto v) { return v | quoin::brightness(1.2f); },
                           [](cv::Mat const& in, cv::Mat& out) { calls::gain(in, out, 1.2f); }) &&
                       add_three<u8, u16, float>(
                           "threshold", 0, 0, 0, [](auto v) { return v | quoin::threshold(127); },
                           [](cv::Mat const& in, cv::Mat& out) {
                               double const white = in.depth() == CV_8U ? 255 : in.depth() == CV_16U ? 65535 : 1;
                               cv::threshold(in, out, 127, white, cv::THRESH_BINARY);
                           });

bool add_conversion_to_float(auto const* pixel) {
    using P = std::remove_cvref_t<decltype(*pixel)>;
    return bench::add_opencv_filter<P>(
        "to_f32", 0, [](auto v) { return v | quoin::convert_to<float>; },
        [](cv::Mat const& in, cv::Mat& out) { in.convertTo(out, CV_32F); });
}
bool add_conversion_to_bytes(auto const* pixel) {
    using P = std::remove_cvref_t<decltype(*pixel)>;
    return bench::add_opencv_filter<P>(
        "to_u8", 0, [](auto v) { return v | quoin::convert_to<u8>; },
        [](cv::Mat const& in, cv::Mat& out) { in.convertTo(out, CV_8U); });
}
constexpr u8 byte{};
constexpr u16 two_bytes{};
constexpr float real{};
bool const conversions = add_conversion_to_float(&byte) && add_conversion_to_float(&two_bytes) &&
                         add_conversion_to_bytes(&two_bytes) && add_conversion_to_bytes(&real);

} // namespace
#endif
