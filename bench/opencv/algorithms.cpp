// SPDX-License-Identifier: BSL-1.0
// Reductions and components with OpenCV. Empty without it.
#if QUOIN_WITH_OPENCV
#include "../layer.hpp"
#include "../masks.hpp"
#include "support.hpp"

#include <quoin/algorithm/otsu.hpp>
#include <quoin/algorithm/sum.hpp>
#include <quoin/filter/threshold.hpp>
#include <quoin/segment/components.hpp>
#include <quoin/segment/to_bits.hpp>

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <numeric>

namespace {

using u8 = std::uint8_t;

/// What a terminal computes, as numbers to compare.
using numbers = std::vector<double>;

template <class Ours, class Theirs>
bool add_terminal(std::string const& job, quoin::image_view<u8 const> (*input)(quoin::extent), Ours ours,
                  Theirs theirs) {
    auto const difference = [=](quoin::extent size) {
        numbers const a = ours(input(size)), b = theirs(bench::as_mat<u8>(input(size)));
        if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
        return std::transform_reduce(
            a.begin(), a.end(), b.begin(), 0.0, [](double x, double y) { return std::max(x, y); },
            [](double x, double y) { return std::abs(x - y); });
    };
    return bench::add_opencv(job, 1, 0, difference, [=](quoin::extent size) {
        return [=, in = bench::as_mat<u8>(input(size))] { bench::keep(theirs(in)); };
    });
}

numbers our_histogram(quoin::image_view<u8 const> v) {
    auto const counts = quoin::histogram(quoin::serial{}, v);
    return {counts.begin(), counts.end()};
}
numbers their_histogram(cv::Mat const& in) {
    cv::Mat counts;
    int const channel = 0, bins = 256;
    float const range[] = {0, 256};
    float const* ranges = range;
    cv::calcHist(&in, 1, &channel, cv::noArray(), counts, 1, &bins, &ranges);
    return {counts.begin<float>(), counts.end<float>()};
}

numbers our_sum(quoin::image_view<u8 const> v) {
    return {static_cast<double>(quoin::sum(quoin::serial{}, v))};
}
numbers their_sum(cv::Mat const& in) {
    return {cv::sum(in)[0]};
}

/// The areas in rising order, since the two number components differently.
numbers our_areas(quoin::image_view<u8 const> v) {
    numbers areas;
    auto const mask = quoin::to_bits(quoin::serial{}, v | quoin::threshold(120));
    for (auto const& c : quoin::components(quoin::serial{}, mask).components)
        areas.push_back(static_cast<double>(c.area));
    std::sort(areas.begin(), areas.end());
    return areas;
}
numbers their_areas(cv::Mat const& in) {
    static cv::Mat mask, labels, stats, centroids;
    cv::threshold(in, mask, 120, 255, cv::THRESH_BINARY);
    int const count = cv::connectedComponentsWithStats(mask, labels, stats, centroids, 4, CV_32S);
    numbers areas;
    for (int i = 1; i < count; ++i) areas.push_back(stats.at<int>(i, cv::CC_STAT_AREA));
    std::sort(areas.begin(), areas.end());
    return areas;
}

/// OpenCV makes the image of labels in any case, so the same call stands beside both of our jobs.
bool add_components(std::string const& content, quoin::image_view<u8 const> (*input)(quoin::extent)) {
    return add_terminal("components" + content + "<u8>", input, our_areas, their_areas) &&
           add_terminal("label_image" + content + "<u8>", input, our_areas, their_areas);
}

bool const terminals = add_terminal("histogram<u8>", bench::scene<u8>, our_histogram, their_histogram) &&
                       add_terminal("sum<u8>", bench::scene<u8>, our_sum, their_sum) &&
                       add_components("", bench::layer) && add_components("-curves", bench::curves) &&
                       add_components("-noise", bench::noise);

bool const otsu = bench::add_opencv(
    "otsu_threshold<u8>", 2 * sizeof(u8), 0,
    [](quoin::extent size) {
        auto const view = bench::scene<u8>(size);
        auto const level = static_cast<double>(quoin::otsu(quoin::serial{}, view));
        auto const ours = quoin::to_image(quoin::serial{}, view | quoin::threshold(level));
        cv::Mat theirs;
        double const their_level = cv::threshold(bench::as_mat<u8>(view), theirs, 0, 255, cv::THRESH_OTSU);
        return std::max(std::abs(level - their_level),
                        bench::largest_difference(theirs, bench::as_mat<u8>(ours.view())));
    },
    [](quoin::extent size) {
        cv::Mat const in = bench::as_mat<u8>(bench::scene<u8>(size));
        cv::Mat mask(in.size(), CV_8U, cv::Scalar(0));
        return [=]() mutable {
            cv::threshold(in, mask, 0, 255, cv::THRESH_OTSU);
            bench::keep();
        };
    });

} // namespace
#endif
