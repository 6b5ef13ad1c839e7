// SPDX-License-Identifier: BSL-1.0
// Contours with OpenCV. Empty without it.
#if QUOIN_WITH_OPENCV
#include "support.hpp"
#include "support/layer.hpp"
#include "support/masks.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/feature/contours.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/to_bits.hpp>

#include <opencv2/imgproc.hpp>

namespace {

using view = quoin::image_view<std::uint8_t const>;
using lists = std::vector<std::vector<cv::Point>>;

void find(cv::Mat const& in, lists& out, cv::Mat& mask, int mode, int method) {
    std::vector<cv::Vec4i> parents;
    cv::threshold(in, mask, 120, 255, cv::THRESH_BINARY);
    cv::findContours(mask, out, parents, mode, method);
}

bool add(std::string const& job, view (*prepare)(quoin::extent), quoin::contour_options const& options, int mode,
         int method) {
    auto const difference = [=](quoin::extent extent) {
        lists theirs;
        cv::Mat mask;
        find(bench::as_mat<std::uint8_t>(prepare(extent)), theirs, mask, mode, method);
        quoin::serial const p;
        auto const ours = quoin::contours(p, quoin::to_bits(p, prepare(extent) | quoin::threshold(120)), options);
        if (theirs.size() != ours.all.size()) return std::numeric_limits<double>::infinity();
        double differing = 0;
        for (std::size_t k = 0; k < theirs.size(); ++k)
            differing += !std::ranges::equal(ours.of(static_cast<quoin::index_t>(k)), theirs[k],
                                             [](auto a, auto b) { return a.x == b.x && a.y == b.y; });
        return differing;
    };
    return bench::add_opencv(job, 1, 0, difference, [=](quoin::extent extent) {
        return [=, in = bench::as_mat<std::uint8_t>(prepare(extent)), out = lists(), mask = cv::Mat()]() mutable {
            find(in, out, mask, mode, method);
            bench::keep(out);
        };
    });
}
bool add_all(std::string const& job, quoin::contour_options const& options, int mode, int method) {
    return add(job + "<u8>", bench::layer, options, mode, method) &&
           add(job + "-curves<u8>", bench::curves, options, mode, method) &&
           add(job + "-noise<u8>", bench::noise, options, mode, method);
}

using enum quoin::contour_points;
bool const registered =
    add_all("contours-external", {quoin::contour_mode::external, corners}, cv::RETR_EXTERNAL,
            cv::CHAIN_APPROX_SIMPLE) &&
    add_all("contours-tree", {quoin::contour_mode::tree, corners}, cv::RETR_TREE, cv::CHAIN_APPROX_SIMPLE) &&
    add_all("contours-tree-all", {quoin::contour_mode::tree, all}, cv::RETR_TREE, cv::CHAIN_APPROX_NONE);

} // namespace
#endif
