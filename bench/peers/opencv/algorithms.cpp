// SPDX-License-Identifier: BSL-1.0
// Reductions and components with OpenCV. Empty without it.
#if QUOIN_WITH_OPENCV
#include "support.hpp"
#include "support/layer.hpp"
#include "support/masks.hpp"

#include <quoin/filter/point/threshold.hpp>
#include <quoin/label/label_image.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/integral_image.hpp>
#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/moments.hpp>
#include <quoin/measure/otsu.hpp>
#include <quoin/measure/ssim.hpp>
#include <quoin/measure/sum.hpp>

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace {

using u8 = std::uint8_t;

/// What a terminal computes, as numbers to compare.
using numbers = std::vector<double>;

double largest_difference(numbers const& a, numbers const& b) {
    if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
    return std::transform_reduce(
        a.begin(), a.end(), b.begin(), 0.0, [](double x, double y) { return std::max(x, y); },
        [](double x, double y) { return std::abs(x - y); });
}

template <class Ours, class Theirs>
bool add_terminal(std::string const& job, quoin::image_view<u8 const> (*input)(quoin::extent), Ours ours,
                  Theirs theirs) {
    auto const difference = [=](quoin::extent size) {
        return largest_difference(ours(input(size)), theirs(bench::as_mat<u8>(input(size))));
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

numbers our_mean_std(quoin::image_view<u8 const> v) {
    auto const found = quoin::mean_std(quoin::serial{}, v);
    return {found.mean, found.std};
}
numbers their_mean_std(cv::Mat const& in) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(in, mean, deviation);
    return {mean[0], deviation[0]};
}

/// The normalized moments, whose size does not depend on that of the image.
numbers our_moments(quoin::image_view<u8 const> v) {
    auto const m = quoin::moments(quoin::serial{}, v);
    return {m.nu20, m.nu11, m.nu02, m.nu30, m.nu21, m.nu12, m.nu03};
}
numbers their_moments(cv::Mat const& in) {
    auto const m = cv::moments(in);
    return {m.nu20, m.nu11, m.nu02, m.nu30, m.nu21, m.nu12, m.nu03};
}

/// The steps of scikit-image's structural_similarity, with OpenCV's filters: `weigh` is the mean over a window, `norm`
/// is n / (n - 1) or 1, and `margin` is left out at each side.
template <class Weigh>
double steps_of_ssim(cv::Mat const& a, cv::Mat const& b, Weigh weigh, double norm, int margin) {
    static cv::Mat x, y, ux, uy, xx, yy, xy;
    a.convertTo(x, CV_32F);
    b.convertTo(y, CV_32F);
    weigh(x, ux);
    weigh(y, uy);
    weigh(x.mul(x), xx);
    weigh(y.mul(y), yy);
    weigh(x.mul(y), xy);
    cv::Mat const vx = norm * (xx - ux.mul(ux)), vy = norm * (yy - uy.mul(uy)), vxy = norm * (xy - ux.mul(uy));
    double const c1 = 0.01 * 255 * 0.01 * 255, c2 = 0.03 * 255 * 0.03 * 255;
    cv::Mat const top = (2 * ux.mul(uy) + c1).mul(2 * vxy + c2);
    cv::Mat const bottom = (ux.mul(ux) + uy.mul(uy) + c1).mul(vx + vy + c2);
    cv::Mat const similar = top / bottom;
    return cv::mean(similar({margin, margin, a.cols - 2 * margin, a.rows - 2 * margin}))[0];
}

/// Means in float are some 1e-5 off.
template <class Weigh>
bool add_ssim(std::string const& job, quoin::ssim_window window, Weigh weigh, double norm, int margin) {
    auto const theirs = [=](quoin::extent size) {
        return [=, a = bench::as_mat<u8>(bench::scene<u8>(size)), b = bench::as_mat<u8>(bench::rough_scene<u8>(size))] {
            return steps_of_ssim(a, b, weigh, norm, margin);
        };
    };
    auto const difference = [=](quoin::extent size) {
        auto const ours =
            quoin::ssim(quoin::serial{}, bench::scene<u8>(size), bench::rough_scene<u8>(size), {.window = window});
        return std::abs(ours - theirs(size)());
    };
    return bench::add_opencv(job, 2, 1e-4, difference,
                             [=](quoin::extent size) { return [f = theirs(size)] { bench::keep(f()); }; });
}

quoin::component_map our_components(quoin::image_view<u8 const> v) {
    return quoin::components(quoin::serial{}, quoin::to_bits(quoin::serial{}, v | quoin::threshold(120)));
}

/// What one call of OpenCV gives, in images that are kept between calls. Component 0 is what is not set.
struct opencv_components {
    cv::Mat mask, labels, stats, centroids;
    int count;
};
opencv_components const& their_components(cv::Mat const& in) {
    static opencv_components result;
    cv::threshold(in, result.mask, 120, 255, cv::THRESH_BINARY);
    result.count =
        cv::connectedComponentsWithStats(result.mask, result.labels, result.stats, result.centroids, 4, CV_32S);
    return result;
}

/// The areas in rising order, since the two number components differently.
double area_difference(quoin::component_map const& ours, opencv_components const& theirs) {
    numbers a, b;
    for (auto const& c : ours.components) a.push_back(static_cast<double>(c.area));
    for (int i = 1; i < theirs.count; ++i) b.push_back(theirs.stats.at<int>(i, cv::CC_STAT_AREA));
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return largest_difference(a, b);
}

/// The number of pixels whose labels contradict a one-to-one renumbering, in which 0 is 0 in both.
double label_difference(quoin::component_map const& ours, opencv_components const& theirs) {
    constexpr std::int64_t none = -1;
    auto const image = quoin::label_image(quoin::serial{}, ours);
    auto const view = image.view();
    if (theirs.labels.size() != cv::Size(static_cast<int>(view.width()), static_cast<int>(view.height())))
        return std::numeric_limits<double>::infinity();
    std::vector<std::int64_t> their_name(ours.components.size() + 1, none);
    std::vector<std::int64_t> our_name(static_cast<std::size_t>(theirs.count), none);
    their_name[0] = our_name[0] = 0;
    double contradictions = 0;
    for (quoin::index_t y = 0; y < view.height(); ++y)
        for (quoin::index_t x = 0; x < view.width(); ++x) {
            std::int64_t const a = view(x, y), b = theirs.labels.at<int>(static_cast<int>(y), static_cast<int>(x));
            auto& to = their_name[static_cast<std::size_t>(a)];
            auto& from = our_name[static_cast<std::size_t>(b)];
            if (to == none && from == none) {
                to = b;
                from = a;
            }
            contradictions += to != b || from != a;
        }
    return contradictions;
}

/// OpenCV makes the image of labels in any case, so the same call stands beside both of our jobs.
bool add_components(std::string const& content, quoin::image_view<u8 const> (*input)(quoin::extent)) {
    auto const add = [=](std::string const& job, auto difference) {
        auto const compare = [=](quoin::extent size) {
            return difference(our_components(input(size)), their_components(bench::as_mat<u8>(input(size))));
        };
        return bench::add_opencv(job + content + "<u8>", 1, 0, compare, [=](quoin::extent size) {
            return [in = bench::as_mat<u8>(input(size))] { bench::keep(their_components(in)); };
        });
    };
    return add("components", area_difference) && add("label_image", label_difference);
}

bool const terminals = add_terminal("histogram<u8>", bench::scene<u8>, our_histogram, their_histogram) &&
                       add_terminal("sum<u8>", bench::scene<u8>, our_sum, their_sum) &&
                       add_terminal("mean_std<u8>", bench::scene<u8>, our_mean_std, their_mean_std) &&
                       add_terminal("moments<u8>", bench::scene<u8>, our_moments, their_moments) &&
                       add_components("", bench::layer) && add_components("-curves", bench::curves) &&
                       add_components("-noise", bench::noise);

bool const similarities = add_ssim(
                              "ssim<u8>", quoin::ssim_window::uniform,
                              [](cv::Mat const& in, cv::Mat& out) { cv::blur(in, out, {7, 7}); }, 49.0 / 48, 3) &&
                          add_ssim(
                              "ssim-gaussian<u8>", quoin::ssim_window::gaussian,
                              [](cv::Mat const& in, cv::Mat& out) { cv::GaussianBlur(in, out, {11, 11}, 1.5); }, 1, 5);

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
        cv::Mat mask = bench::as_mat<u8>(bench::canvas<u8>(size));
        return [=]() mutable {
            cv::threshold(in, mask, 0, 255, cv::THRESH_OTSU);
            bench::keep();
        };
    });

/// Bytes: sums below 2^31, which OpenCV has in 32 bits with a sign.
bool const integrals = bench::add_opencv(
    "integral_image<u8>", 1, 0,
    [](quoin::extent size) {
        cv::Mat theirs;
        cv::integral(bench::as_mat<u8>(bench::scene<u8>(size)), theirs);
        auto const ours = quoin::integral_image(quoin::serial{}, bench::scene<u8>(size));
        double differing = 0;
        for (int y = 0; y < theirs.rows; ++y)
            for (int x = 0; x < theirs.cols; ++x)
                differing += ours(x, y) != static_cast<std::uint32_t>(theirs.at<std::int32_t>(y, x));
        return differing;
    },
    [](quoin::extent size) {
        return [in = bench::as_mat<u8>(bench::scene<u8>(size))] {
            cv::Mat out;
            cv::integral(in, out);
            bench::keep(out);
        };
    });

} // namespace
#endif
