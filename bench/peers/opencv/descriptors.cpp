// SPDX-License-Identifier: BSL-1.0
// ORB and the matching of its descriptors with OpenCV. Empty without it.
#if QUOIN_WITH_OPENCV_FEATURES
#include "support.hpp"
#include "support/descriptors.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/feature/match_descriptors.hpp>
#include <quoin/feature/orb.hpp>

#include <opencv2/features2d.hpp>

#include <set>
#include <tuple>

namespace {

using points = std::vector<cv::KeyPoint>;

/// How many points only one of both has.
double other_points(quoin::extent size) {
    auto const in = bench::scene<std::uint8_t>(size);
    points theirs;
    cv::Mat descriptors;
    cv::ORB::create(1000)->detectAndCompute(bench::as_mat<std::uint8_t>(in), {}, theirs, descriptors);
    std::multiset<std::tuple<double, double, int>> places;
    for (cv::KeyPoint const& k : theirs)
        places.insert({static_cast<double>(k.pt.x), static_cast<double>(k.pt.y), k.octave});
    double alone = 0;
    for (auto const& k : quoin::orb(quoin::serial{}, in, {.most = 1000}).points)
        alone += places.erase({k.x, k.y, k.level}) == 0;
    return alone + static_cast<double>(places.size());
}
bool const features = bench::add_opencv("orb-1000<u8>", 1, 4, other_points, [](quoin::extent size) {
    return [in = bench::as_mat<std::uint8_t>(bench::scene<std::uint8_t>(size)), orb = cv::ORB::create(1000),
            found = points(), descriptors = cv::Mat()]() mutable {
        orb->detectAndCompute(in, {}, found, descriptors);
        bench::keep(descriptors);
    };
});

struct lists {
    std::vector<quoin::binary_descriptor> first = bench::descriptors(5000, 1), second = bench::descriptors(5000, 2);
    std::vector<std::vector<cv::DMatch>> found;

    void match() {
        auto const mat = [](std::vector<quoin::binary_descriptor>& list) {
            return cv::Mat(static_cast<int>(list.size()), 32, CV_8U, list.data());
        };
        found.clear();
        cv::BFMatcher(cv::NORM_HAMMING).knnMatch(mat(first), mat(second), found, 2);
    }
};
double other_matches(quoin::extent) {
    lists theirs;
    theirs.match();
    auto const ours = quoin::nearest_descriptors(quoin::serial{}, theirs.first, theirs.second);
    double other = 0;
    for (std::size_t i = 0; i < ours.size(); ++i)
        other += theirs.found[i][0].trainIdx != ours[i].best || theirs.found[i][1].trainIdx != ours[i].next;
    return other;
}
bool const matching = bench::add_opencv("nearest_descriptors", 1, 0, other_matches, [](quoin::extent) {
    return [all = lists()]() mutable {
        all.match();
        bench::keep(all.found);
    };
});

} // namespace
#endif
