// SPDX-License-Identifier: BSL-1.0
// Edges with OpenCV. Empty without it.
#if QUOIN_WITH_OPENCV
#include "support.hpp"

#include <quoin/feature/canny.hpp>
#include <quoin/feature/match_template.hpp>

#include <opencv2/imgproc.hpp>

namespace {

using quoin::gradient_norm;

bool add_canny(std::string const& job, double low, double high, int size, gradient_norm norm) {
    auto const edges = [=](cv::Mat const& in, cv::Mat& out) {
        cv::Canny(in, out, low, high, size, norm == gradient_norm::l2);
    };
    auto const difference = [=](quoin::extent extent) {
        auto const in = bench::scene<std::uint8_t>(extent);
        cv::Mat theirs;
        edges(bench::as_mat<std::uint8_t>(in), theirs);
        auto const ours = quoin::canny(quoin::serial{}, in, low, high, size, norm);
        double differing = 0;
        for (int y = 0; y < theirs.rows; ++y)
            for (int x = 0; x < theirs.cols; ++x) differing += ours.get(x, y) != (theirs.at<std::uint8_t>(y, x) != 0);
        return differing;
    };
    return bench::add_opencv(job, 1, 0, difference, [=](quoin::extent extent) {
        return [=, in = bench::as_mat<std::uint8_t>(bench::scene<std::uint8_t>(extent)), out = cv::Mat()]() mutable {
            edges(in, out);
            bench::keep(out);
        };
    });
}

bool const registered = add_canny("canny<u8>", 50, 100, 3, gradient_norm::l1) &&
                        add_canny("canny-l2<u8>", 50, 100, 3, gradient_norm::l2) &&
                        add_canny("canny-5<u8>", 600, 1200, 5, gradient_norm::l1) &&
                        add_canny("canny-7<u8>", 8000, 16000, 7, gradient_norm::l1);

/// OpenCV's sums go through a Fourier transform in float.
template <class T>
bool add_match(int side) {
    auto const in = [](quoin::extent extent) { return bench::as_mat<T>(bench::scene<T>(extent)); };
    auto const match = [=](cv::Mat const& all, cv::Mat& out) {
        cv::matchTemplate(all, all(cv::Rect(300, 200, side, side)), out, cv::TM_CCOEFF_NORMED);
    };
    auto const difference = [=](quoin::extent extent) {
        auto const view = bench::scene<T>(extent);
        cv::Mat theirs;
        match(in(extent), theirs);
        auto const ours = quoin::match_template(quoin::serial{}, view, subview(view, {300, 200, side, side}));
        return bench::largest_difference(theirs, bench::as_mat<float>(ours.view()));
    };
    auto const name = "match_template-" + std::to_string(side) + '<' + bench::pixel_name<T>() + '>';
    return bench::add_opencv(name, sizeof(T), 1e-3, difference, [=](quoin::extent extent) {
        return [=, all = in(extent), out = cv::Mat()]() mutable {
            match(all, out);
            bench::keep(out);
        };
    });
}
bool const matches =
    add_match<std::uint8_t>(8) && add_match<std::uint8_t>(32) && add_match<std::uint8_t>(64) && add_match<float>(8);

} // namespace
#endif
