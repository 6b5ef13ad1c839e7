// SPDX-License-Identifier: BSL-1.0
// Second derivatives and differences of blurs with OpenCV. Empty without it.
#if QUOIN_WITH_OPENCV
#include "support.hpp"

#include <quoin/filter/edge/difference_of_gaussians.hpp>
#include <quoin/filter/edge/laplacian_of_gaussian.hpp>

#include <opencv2/imgproc.hpp>

namespace {

/// A kernel of quoin as a column of floats.
cv::Mat column(quoin::detail::half_kernel const& half) {
    cv::Mat all(2 * half.radius + 1, 1, CV_32F);
    for (int i = -half.radius; i <= half.radius; ++i)
        all.at<float>(i + half.radius) = static_cast<float>(half.at[std::abs(i)]);
    return all;
}

template <class P>
bool add_laplacian(double sigma) {
    cv::Mat const smooth = column(quoin::detail::gaussian_half(sigma)),
                  bent = column(quoin::detail::gaussian_second_half(sigma));
    return bench::add_opencv_filter<P>(
        "laplacian_of_gaussian", 1e-3, [=](auto v) { return v | quoin::laplacian_of_gaussian(sigma); },
        [=](cv::Mat const& in, cv::Mat& out) {
            static cv::Mat along, down;
            cv::sepFilter2D(in, along, CV_32F, bent, smooth);
            cv::sepFilter2D(in, down, CV_32F, smooth, bent);
            cv::add(along, down, out);
        });
}

template <class P>
bool add_difference(double sigma, double other) {
    auto const blur = [](cv::Mat const& in, cv::Mat& out, double s) {
        int const side = 2 * quoin::detail::gaussian_half(s).radius + 1;
        cv::GaussianBlur(in, out, {side, side}, s);
    };
    return bench::add_opencv_filter<P>(
        "difference_of_gaussians", 1e-3, [=](auto v) { return v | quoin::difference_of_gaussians(sigma, other); },
        [=](cv::Mat const& in, cv::Mat& out) {
            static cv::Mat real, narrow, wide;
            in.convertTo(real, CV_32F);
            blur(real, narrow, sigma);
            blur(real, wide, other);
            cv::subtract(narrow, wide, out);
        });
}

bool const registered = add_laplacian<std::uint8_t>(1.4) && add_laplacian<float>(1.4) &&
                        add_difference<std::uint8_t>(1, 1.6) && add_difference<float>(1, 1.6);

} // namespace
#endif
