// SPDX-License-Identifier: BSL-1.0
// OpenCV's calls for the filters of the chain. Images between them are kept from call to call, as a caller who cares
// about speed does.
#pragma once

#include "support/kernels.hpp"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace bench::calls {

inline void gray(cv::Mat const& in, cv::Mat& out) {
    cv::cvtColor(in, out, cv::COLOR_RGB2GRAY);
}

inline void blur3(cv::Mat const& in, cv::Mat& out) {
    cv::GaussianBlur(in, out, {3, 3}, 0);
}

inline void sobel_magnitude(cv::Mat const& in, cv::Mat& out) {
    static cv::Mat dx, dy, fx, fy, length;
    cv::Sobel(in, dx, CV_16S, 1, 0);
    cv::Sobel(in, dy, CV_16S, 0, 1);
    dx.convertTo(fx, CV_32F);
    dy.convertTo(fy, CV_32F);
    cv::magnitude(fx, fy, length);
    length.convertTo(out, CV_8U);
}

inline void sharpen(cv::Mat const& in, cv::Mat& out) {
    static float weights[9] = {-0.125f, -0.125f, -0.125f, -0.125f, 2, -0.125f, -0.125f, -0.125f, -0.125f};
    cv::filter2D(in, out, -1, cv::Mat(3, 3, CV_32F, weights));
}

inline void gain(cv::Mat const& in, cv::Mat& out, float g) {
    in.convertTo(out, -1, static_cast<double>(g));
}

/// A kernel of integers, divided.
template <int N>
cv::Mat real_kernel(int const (&kernel)[N][N], int divisor = 1) {
    cv::Mat real(N, N, CV_32F);
    for (int j = 0; j < N; ++j)
        for (int i = 0; i < N; ++i)
            real.at<float>(j, i) = static_cast<float>(kernel[j][i]) / static_cast<float>(divisor);
    return real;
}

} // namespace bench::calls
