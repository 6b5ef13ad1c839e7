// SPDX-License-Identifier: BSL-1.0
// The pixels of a pipeline of scores that stand out, as a list of points in raster order.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/feature/keypoint.hpp>
#include <quoin/filter/detail/any_true.hpp>

#include <algorithm>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Local stage, 3 x 3: a pixel that is above `least` and above all its neighbors, or with Ties not below any of them,
/// stays as it is. The others become 0. Nothing is above a NaN, and a NaN is above nothing.
template <class T, bool Ties>
struct peaks_above {
    using vectorized = void;
    static constexpr quoin::footprint footprint{1, 1};
    T least; // >= 0

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        auto const here = w(0, 0);
        using V = std::remove_const_t<decltype(here)>;
        V const none(T{});
        auto kept = here > V(least);
        if (!any_true(kept)) return none;
        unrolled<9>([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr int n = decltype(i)::value;
            if constexpr (n != 4) {
                auto const other = w(n % 3 - 1, n / 3 - 1);
                if constexpr (Ties) kept = kept && !(other > here);
                else kept = kept && here > other;
            }
        });
        return select(kept, here, none);
    }
};

/// Adds the pixels above 0 to a list, moved by (dx, dy).
template <class Lanes, class T>
struct keypoint_sink {
    std::vector<keypoint>& found;
    index_t dx, dy;

    struct writer {
        keypoint_sink const& to;
        index_t y;
        QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, T> const& v, int count = Lanes::count) const {
            if (!any_true(v > lane_pixel<Lanes, T>(T{}))) return;
            auto const values = lane_array<Lanes, T>::from(v);
            for (int i = 0; i < count; ++i)
                if (T const score = values.load(i); score > T{})
                    to.found.push_back({static_cast<double>(x + i + to.dx), static_cast<double>(y + to.dy),
                                        static_cast<float>(score)});
        }
    };
    QUOIN_INLINE writer row(index_t y) const { return {*this, y}; }
};

/// The keypoints of the pixels of a pipeline of scores that are above 0, moved by (dx, dy), in raster order. It is
/// evaluated straight into lists, one for each block.
template <class Policy, class What>
std::vector<keypoint> collect(Policy const& policy, What const& scores, index_t dx, index_t dy) {
    auto const p = computed_pipeline_of<typename Policy::lanes>(scores);
    using T = typename std::remove_const_t<decltype(p)>::pixel_type;
    if constexpr (concepts::hosted_policy<Policy>) {
        auto const computed = to_image(policy, p);
        return collect(policy.host(), computed.view(), dx, dy);
    } else {
        blocks const b = cut(policy, p, {});
        std::vector<std::vector<keypoint>> lists(static_cast<std::size_t>(b.count()));
        evaluate(policy, p, b, [&](index_t i, rect) {
            return keypoint_sink<typename Policy::lanes, T>{lists[static_cast<std::size_t>(i)], dx, dy};
        });
        std::vector<keypoint> all;
        for (auto const& list : lists) all.insert(all.end(), list.begin(), list.end());
        if (b.across() > 1)
            std::sort(all.begin(), all.end(),
                      [](keypoint const& a, keypoint const& c) { return std::pair(a.y, a.x) < std::pair(c.y, c.x); });
        return all;
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
