// SPDX-License-Identifier: BSL-1.0
// The pixels of an image of scores that a function keeps, as a list of points in raster order.
#pragma once

#include <quoin/exec/policy.hpp>
#include <quoin/feature/keypoint.hpp>
#include <quoin/filter/detail/any_true.hpp>
#include <quoin/image/view.hpp>

#include <algorithm>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The keypoints of the pixels of `scores` that are above `least` and for which keep(x, y) is true, moved by (dx, dy),
/// in raster order. Chunks of rows are looked through in parallel. Cost: a comparison of a register where none is
/// above.
template <class Policy, class T, class Keep>
std::vector<keypoint> collect(Policy const& policy, image_view<T const> scores, T least, index_t dx, index_t dy,
                              Keep const& keep) {
    using lanes = typename Policy::lanes;
    using V = typename lanes::template type<T>;
    return reduce_chunks(
        policy, chunks{scores.height(), 64}, std::vector<keypoint>{},
        [&](index_t begin, index_t end) {
            std::vector<keypoint> found;
            for (index_t y = begin; y < end; ++y) {
                T const* const row = scores.row(y);
                for (index_t x = 0; x < scores.width();) {
                    index_t const step = std::min<index_t>(lanes::count, scores.width() - x);
                    if (step == lanes::count && !any_true(lanes::template load_as<T>(row + x) > V(least))) {
                        x += step;
                        continue;
                    }
                    for (index_t const behind = x + step; x < behind; ++x)
                        if (row[x] > least && keep(x, y))
                            found.push_back(
                                {static_cast<double>(x + dx), static_cast<double>(y + dy), static_cast<float>(row[x])});
                }
            }
            return found;
        },
        [](std::vector<keypoint> all, std::vector<keypoint> more) {
            if (all.empty()) return more;
            all.insert(all.end(), more.begin(), more.end());
            return all;
        });
}

/// f(the value of a neighbor) for the pixels around (x, y) that the image has, while f is true; whether it always was.
template <class T, class F>
bool all_around(image_view<T const> in, index_t x, index_t y, F const& f) {
    for (index_t v = std::max<index_t>(y - 1, 0); v <= std::min(y + 1, in.height() - 1); ++v)
        for (index_t u = std::max<index_t>(x - 1, 0); u <= std::min(x + 1, in.width() - 1); ++u)
            if ((u != x || v != y) && !f(in.row(v)[u])) return false;
    return true;
}

} // namespace detail

QUOIN_NAMESPACE_END
