// SPDX-License-Identifier: BSL-1.0
// Registration of OpenCV's calls beside quoin's jobs, on as many threads. First their result is held against ours:
// "max_difference" is the largest one, and more than the known rounding allows is an error.
#pragma once

#include "support/jobs.hpp"

#include <quoin/exec/to_image.hpp>

#include <opencv2/core.hpp>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace bench {

/// OpenCV's type for channels T and so many of them.
template <class P>
constexpr int cv_type() {
    using T = quoin::channel_t<P>;
    constexpr int depth = std::same_as<T, std::uint8_t>    ? CV_8U
                          : std::same_as<T, std::uint16_t> ? CV_16U
                          : std::same_as<T, std::int16_t>  ? CV_16S
                                                           : CV_32F;
    static_assert(depth != CV_32F || std::same_as<T, float>);
    return CV_MAKETYPE(depth, quoin::channels_v<P>);
}

/// A header for the same pixels, to read or to write: cv::Mat does not tell these apart.
template <class P>
cv::Mat as_mat(quoin::image_view<P const> v) {
    using T = quoin::channel_t<P>;
    return cv::Mat(static_cast<int>(v.height()), static_cast<int>(v.width()), cv_type<P>(), const_cast<T*>(v.data()),
                   static_cast<std::size_t>(v.stride()) * sizeof(T));
}

/// Infinity where they are not even alike.
inline double largest_difference(cv::Mat const& a, cv::Mat const& b) {
    if (a.type() != b.type() || a.size() != b.size()) return std::numeric_limits<double>::infinity();
    return cv::norm(a, b, cv::NORM_INF);
}

/// prepare(size) gives their work, difference(size) compares it with ours, once for each size.
inline bool add_opencv(std::string const& job, int bytes_per_pixel, double allowed,
                       std::function<double(quoin::extent)> difference, std::function<work(quoin::extent)> prepare) {
    auto const known = std::make_shared<std::map<std::pair<index_t, index_t>, double>>();
    auto const checked = [=](quoin::extent size) {
        auto const [entry, fresh] = known->try_emplace({size.width, size.height});
        if (fresh) entry->second = difference(size);
        if (!(entry->second <= allowed))
            throw std::runtime_error(job + ": OpenCV's result differs by " + std::to_string(entry->second) +
                                     ", allowed are " + std::to_string(allowed));
        return entry->second;
    };
    registrations().push_back([=](policy_set const& policies, entries& all) {
        auto const add = [&](named_size const& at, std::string const& policy, int threads) {
            all.push_back({job, at, policy, bytes_per_pixel,
                           [=](quoin::extent size) {
                               cv::setNumThreads(threads);
                               return prepare(size);
                           },
                           checked});
        };
        for (named_size const& at : sizes) {
            add(at, "opencv", 1);
            for (int const n : policies.threads())
                if (n > 1) add(at, policy_set::with_threads("opencv", n), n);
        }
    });
    return true;
}

/// A filter: ours(view) is the pipeline, theirs(in, out) the calls.
template <class P, class Ours, class Theirs>
bool add_opencv_filter(std::string const& name, double allowed, Ours ours, Theirs theirs) {
    using R = typename decltype(ours(quoin::image_view<P const>{}))::pixel_type;
    auto const difference = [=](quoin::extent size) {
        cv::Mat out;
        theirs(as_mat<P>(scene<P>(size)), out);
        auto const expected = quoin::to_image(quoin::serial{}, ours(scene<P>(size)));
        return largest_difference(out, as_mat<R>(expected.view()));
    };
    return add_opencv(name + '<' + pixel_name<P>() + '>', sizeof(P) + sizeof(R), allowed, difference,
                      [=](quoin::extent size) {
                          cv::Mat const in = as_mat<P>(scene<P>(size));
                          cv::Mat out = as_mat<R>(canvas<R>(size));
                          return [=]() mutable {
                              theirs(in, out);
                              keep();
                          };
                      });
}

} // namespace bench
