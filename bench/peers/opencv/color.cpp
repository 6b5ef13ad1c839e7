// SPDX-License-Identifier: BSL-1.0
// Color pixels on the way in with OpenCV: normalized planes, and the channels in the other order. Empty without it.
#if QUOIN_WITH_OPENCV
#include "support.hpp"
#include "support/normalize.hpp"

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

bool const swapped = bench::add_opencv_filter<quoin::rgb8>(
    "swap", 0, [](auto v) { return v | quoin::vectorized([](auto const& p) {
                                       return quoin::rgb{p.b, p.g, p.r};
                                   }); },
    [](cv::Mat const& in, cv::Mat& out) { cv::cvtColor(in, out, cv::COLOR_RGB2BGR); });

} // namespace
#endif
