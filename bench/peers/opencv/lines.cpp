// SPDX-License-Identifier: BSL-1.0
// Lines with OpenCV. Empty without it.
#if QUOIN_WITH_OPENCV
#include "support.hpp"
#include "support/edges.hpp"

#include <quoin/feature/hough_lines.hpp>

#include <opencv2/imgproc.hpp>

namespace {

cv::Mat edges(quoin::extent size) {
    auto const mask = bench::edges(size);
    cv::Mat bytes(static_cast<int>(size.height), static_cast<int>(size.width), CV_8U);
    for (int y = 0; y < bytes.rows; ++y)
        for (int x = 0; x < bytes.cols; ++x) bytes.at<std::uint8_t>(y, x) = mask.get(x, y) ? 255 : 0;
    return bytes;
}

double other_lines(quoin::extent size) {
    std::vector<cv::Vec3f> theirs;
    cv::HoughLines(edges(size), theirs, 1, CV_PI / 180, 200);
    auto const ours = quoin::hough_lines(quoin::serial{}, bench::edges(size), {.threshold = 200});
    if (theirs.size() != ours.size()) return std::numeric_limits<double>::infinity();
    double other = 0;
    for (std::size_t i = 0; i < ours.size(); ++i) other += theirs[i][0] != ours[i].rho || theirs[i][1] != ours[i].theta;
    return other;
}
bool const lines = bench::add_opencv("hough_lines", 1, 0, other_lines, [](quoin::extent size) {
    return [mask = edges(size), found = std::vector<cv::Vec2f>()]() mutable {
        cv::HoughLines(mask, found, 1, CV_PI / 180, 200);
        bench::keep(found);
    };
});

} // namespace
#endif
