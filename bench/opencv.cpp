// SPDX-License-Identifier: BSL-1.0
// The same work with OpenCV, one call after the other, on one thread and on all; first its results are held
// against ours: "max_difference" is the largest one, and more than the known rounding allows is an error.
// Empty without OpenCV.
#if QUOIN_WITH_OPENCV
#include "kernels.hpp"
#include "layer.hpp"

#include <quoin/algorithm/otsu.hpp>
#include <quoin/algorithm/sum.hpp>
#include <quoin/algorithm/to_image.hpp>
#include <quoin/filter/box.hpp>
#include <quoin/filter/convert_to.hpp>
#include <quoin/filter/convolve.hpp>
#include <quoin/filter/gaussian.hpp>
#include <quoin/filter/threshold.hpp>
#include <quoin/segment/components.hpp>
#include <quoin/segment/to_bits.hpp>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace {

using bench::named_size;

/// OpenCV's type for channels T and so many of them.
template <class P>
constexpr int cv_type() {
    using T = quoin::channel_t<P>;
    constexpr int depth = std::same_as<T, std::uint8_t>   ? CV_8U
                          : std::same_as<T, std::int16_t> ? CV_16S
                                                          : CV_32F;
    static_assert(depth != CV_32F || std::same_as<T, float>);
    return CV_MAKETYPE(depth, quoin::channels_v<P>);
}

/// A header for the same pixels; OpenCV's functions do not write their inputs.
template <class P>
cv::Mat as_mat(quoin::image_view<P const> v) {
    using T = quoin::channel_t<P>;
    return cv::Mat(static_cast<int>(v.height()), static_cast<int>(v.width()), cv_type<P>(),
                   const_cast<T*>(v.data()), static_cast<std::size_t>(v.pitch()) * sizeof(T));
}

/// Registers theirs() on one thread and on all; difference(size) compares it with ours, once for each size.
void add_both(std::string const& job, int bytes_per_pixel, std::function<double(quoin::extent)> difference,
              double allowed, std::function<void(benchmark::State&, quoin::extent)> theirs) {
    bench::registrations().push_back([=](bench::policy_set const& policies) {
        auto const add = [&](named_size const& at, std::string const& policy, int threads) {
            bench::add(job, at, policy, bytes_per_pixel, [=](benchmark::State& state) {
                static std::map<std::pair<std::string, std::string>, double> known;
                auto const [entry, fresh] = known.try_emplace({job, at.name});
                if (fresh) entry->second = difference(at.size);
                if (!(entry->second <= allowed)) {
                    state.SkipWithError((job + ": OpenCV's result differs by " +
                                         std::to_string(entry->second) + ", allowed are " +
                                         std::to_string(allowed))
                                            .c_str());
                    return;
                }
                cv::setNumThreads(threads);
                theirs(state, at.size);
                state.counters["max_difference"] = entry->second;
            });
        };
        for (named_size const& at : bench::sizes) {
            add(at, "opencv", 1);
            if (policies.threads > 1) add(at, policies.with_threads("opencv"), policies.threads);
        }
    });
}

/// A filter: ours(view) is the pipeline, theirs(in, out) the calls.
template <class P, class Ours, class Theirs>
bool add_filter(std::string const& name, double allowed, Ours ours, Theirs theirs) {
    using R = typename decltype(ours(quoin::image_view<P const>{}))::pixel_type;
    auto const difference = [=](quoin::extent size) {
        cv::Mat out;
        theirs(as_mat<P>(bench::scene<P>(size)), out);
        auto const expected = quoin::to_image(quoin::serial{}, ours(bench::scene<P>(size)));
        return out.type() == cv_type<R>() ? cv::norm(out, as_mat<R>(expected.view()), cv::NORM_INF)
                                          : INFINITY;
    };
    add_both(name + '<' + bench::pixel_name<P>() + '>', sizeof(P) + sizeof(R), difference, allowed,
             [=](benchmark::State& state, quoin::extent size) {
                 cv::Mat const in = as_mat<P>(bench::scene<P>(size));
                 cv::Mat out;
                 for (auto _ : state) {
                     theirs(in, out);
                     benchmark::ClobberMemory();
                 }
             });
    return true;
}

void blur3(cv::Mat const& in, cv::Mat& out) {
    cv::GaussianBlur(in, out, {3, 3}, 0);
}

void sobel_magnitude(cv::Mat const& in, cv::Mat& out) {
    static cv::Mat dx, dy, fx, fy, length; // kept between calls, as a caller who cares about speed does
    cv::Sobel(in, dx, CV_16S, 1, 0);
    cv::Sobel(in, dy, CV_16S, 0, 1);
    dx.convertTo(fx, CV_32F);
    dy.convertTo(fy, CV_32F);
    cv::magnitude(fx, fy, length);
    length.convertTo(out, CV_8U);
}

void sharpen(cv::Mat const& in, cv::Mat& out) {
    static float weights[9] = {-0.125f, -0.125f, -0.125f, -0.125f, 2, -0.125f, -0.125f, -0.125f, -0.125f};
    cv::filter2D(in, out, CV_8U, cv::Mat(3, 3, CV_32F, weights));
}

template <int Length>
void chain(cv::Mat const& in, cv::Mat& out) {
    static cv::Mat stage[4];
    cv::cvtColor(in, Length == 1 ? out : stage[0], cv::COLOR_RGB2GRAY);
    if constexpr (Length > 1) blur3(stage[0], Length == 2 ? out : stage[1]);
    if constexpr (Length > 2) sobel_magnitude(stage[1], Length == 3 ? out : stage[2]);
    if constexpr (Length > 3) sharpen(stage[2], Length == 4 ? out : stage[3]);
    if constexpr (Length > 4) stage[3].convertTo(out, CV_8U, static_cast<double>(1.2f));
}

template <int Length>
bool add_chain(double allowed) {
    return add_filter<quoin::rgb8>(
        "chain-" + std::to_string(Length), allowed, [](auto v) { return bench::chain<Length>(v); },
        chain<Length>);
}

using u8 = std::uint8_t;

// OpenCV rounds the halves of filter2D and convertTo to even, quoin rounds them up.
bool const chains =
    add_chain<1>(0) && add_chain<2>(0) && add_chain<3>(0) && add_chain<4>(1) && add_chain<5>(2);
bool const filters =
    add_filter<quoin::rgb8>(
        "gray", 0, [](auto v) { return v | quoin::gray; }, chain<1>) &&
    add_filter<u8>(
        "gaussian3", 0, [](auto v) { return v | quoin::gaussian3; }, blur3) &&
    add_filter<u8>(
        "sobel_x", 0, [](auto v) { return v | quoin::sobel_x; },
        [](cv::Mat const& in, cv::Mat& out) { cv::Sobel(in, out, CV_16S, 1, 0); }) &&
    add_filter<u8>(
        "sobel_magnitude", 0, [](auto v) { return v | quoin::sobel_magnitude; }, sobel_magnitude) &&
    add_filter<u8>(
        "sharpen", 1, [](auto v) { return v | quoin::sharpen; }, sharpen) &&
    add_filter<u8>(
        "brightness", 1, [](auto v) { return v | quoin::brightness(1.2f); },
        [](cv::Mat const& in, cv::Mat& out) { in.convertTo(out, CV_8U, static_cast<double>(1.2f)); }) &&
    add_filter<u8>(
        "threshold", 0, [](auto v) { return v | quoin::threshold(127); },
        [](cv::Mat const& in, cv::Mat& out) { cv::threshold(in, out, 127, 255, cv::THRESH_BINARY); }) &&
    add_filter<u8>(
        "box-15", 0, [](auto v) { return v | quoin::box(15); },
        [](cv::Mat const& in, cv::Mat& out) {
            cv::blur(in, out, {15, 15});
        }) &&
    add_filter<u8>(
        "gaussian-2", 1, [](auto v) { return v | quoin::gaussian(2); },
        [](cv::Mat const& in, cv::Mat& out) {
            cv::GaussianBlur(in, out, {13, 13}, 2);
        }) &&
    add_filter<u8>(
        "to_f32", 0, [](auto v) { return v | quoin::convert_to<float>; },
        [](cv::Mat const& in, cv::Mat& out) { in.convertTo(out, CV_32F); }) &&
    add_filter<float>(
        "to_u8", 0, [](auto v) { return v | quoin::convert_to<u8>; },
        [](cv::Mat const& in, cv::Mat& out) { in.convertTo(out, CV_8U); }) &&
    add_filter<u8>(
        "convolve-5x5", 0, [](auto v) { return v | quoin::convolve(bench::log_kernel); },
        [](cv::Mat const& in, cv::Mat& out) {
            static cv::Mat const kernel = [] {
                cv::Mat whole(5, 5, CV_32S, const_cast<int*>(&bench::log_kernel[0][0])), real;
                whole.convertTo(real, CV_32F);
                return real;
            }();
            cv::filter2D(in, out, CV_8U, kernel);
        });

/// What a terminal computes, as numbers to compare.
using numbers = std::vector<double>;

template <class Ours, class Theirs>
bool add_terminal(std::string const& job, quoin::image_view<u8 const> (*input)(quoin::extent), Ours ours,
                  Theirs theirs) {
    auto const difference = [=](quoin::extent size) {
        numbers const a = ours(input(size)), b = theirs(as_mat<u8>(input(size)));
        if (a.size() != b.size()) return static_cast<double>(INFINITY);
        return std::transform_reduce(
            a.begin(), a.end(), b.begin(), 0.0, [](double x, double y) { return std::max(x, y); },
            [](double x, double y) { return std::abs(x - y); });
    };
    add_both(job, 1, difference, 0, [=](benchmark::State& state, quoin::extent size) {
        cv::Mat const in = as_mat<u8>(input(size));
        for (auto _ : state) benchmark::DoNotOptimize(theirs(in));
    });
    return true;
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
numbers our_otsu(quoin::image_view<u8 const> v) {
    return {static_cast<double>(quoin::otsu(quoin::serial{}, v))};
}
numbers their_otsu(cv::Mat const& in) {
    static cv::Mat mask;
    return {cv::threshold(in, mask, 0, 255, cv::THRESH_OTSU)};
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

bool const terminals = add_terminal("histogram<u8>", bench::scene<u8>, our_histogram, their_histogram) &&
                       add_terminal("otsu<u8>", bench::scene<u8>, our_otsu, their_otsu) &&
                       add_terminal("sum<u8>", bench::scene<u8>, our_sum, their_sum) &&
                       add_terminal("components<u8>", bench::layer, our_areas, their_areas);

} // namespace
#endif
