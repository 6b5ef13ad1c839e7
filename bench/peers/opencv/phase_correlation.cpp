// SPDX-License-Identifier: BSL-1.0
// The shift between two images with OpenCV. Empty without it.
#if QUOIN_WITH_OPENCV
#include "support.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/feature/phase_correlation.hpp>

#include <opencv2/imgproc.hpp>

namespace {

/// How far the shifts of an image against itself are apart.
double difference(quoin::extent size) {
    auto const in = bench::scene<float>(size);
    cv::Mat const mat = bench::as_mat<float>(in);
    cv::Point2d const theirs = cv::phaseCorrelate(mat, mat);
    auto const ours = quoin::phase_correlation(quoin::serial{}, in, in);
    return std::abs(theirs.x + ours.x) + std::abs(theirs.y + ours.y);
}
bool const registered = bench::add_opencv("phase_correlation<f32>", 2, 0.01, difference, [](quoin::extent size) {
    return [in = bench::as_mat<float>(bench::scene<float>(size))] { bench::keep(cv::phaseCorrelate(in, in)); };
});

} // namespace
#endif
