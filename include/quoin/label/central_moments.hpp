// SPDX-License-Identifier: BSL-1.0
// central_moments: the second moments of each component about its centroid.
#pragma once

#include <quoin/label/detail/sum_by_component.hpp>

QUOIN_NAMESPACE_BEGIN

/// Sums over the pixels (x, y) of a component with the centroid (cx, cy).
struct second_moments {
    double mu20 = 0; ///< of (x - cx)^2
    double mu11 = 0; ///< of (x - cx) * (y - cy)
    double mu02 = 0; ///< of (y - cy)^2
    friend bool operator==(second_moments const&, second_moments const&) = default;
};

/// The second central moments of each component of the map. Divided by the area they are the covariance of its
/// pixels, from whose eigenvalues and eigenvectors the axes and the orientation follow. Sums are exact, in 128
/// bits; a moment is rounded when it is turned into a double. Cost: one pass over the runs.
template <concepts::policy Policy>
std::vector<second_moments> central_moments(Policy const& p, component_map const& map);

namespace detail {

__extension__ typedef __int128 wide_int;

/// Sums over columns u and rows v counted from a pixel near the centroid, which keeps them small: those of u
/// and v stay below the area.
struct moment_sums {
    wide_int uu = 0;
    wide_int uv = 0;
    wide_int vv = 0;
    index_t u = 0;
    index_t v = 0;

    /// The n pixels from (begin, row) on.
    constexpr void add_run(index_t begin, index_t row, index_t n) {
        wide_int const pairs = wide_int{n} * (n - 1);
        index_t const sum = n * begin + n * (n - 1) / 2;
        uu += wide_int{n} * (begin * begin) + pairs * begin + pairs * (2 * n - 1) / 6;
        uv += wide_int{sum} * row;
        vv += wide_int{n} * (row * row);
        u += sum;
        v += n * row;
    }
    constexpr void add(moment_sums const& other) {
        uu += other.uu;
        uv += other.uv;
        vv += other.vv;
        u += other.u;
        v += other.v;
    }
};

/// sum - a * b / area
inline double about_mean(wide_int sum, index_t a, index_t b, index_t area) {
    wide_int const product = wide_int{a} * b;
    return static_cast<double>(sum - product / area) -
           static_cast<double>(product % area) / static_cast<double>(area);
}

} // namespace detail

template <concepts::policy Policy>
std::vector<second_moments> central_moments(Policy const& p, component_map const& map) {
    auto const sums = detail::sum_by_component<detail::moment_sums>(
        p, map, [&](detail::moment_sums& into, index_t k, index_t y, pixel_run run) {
            component const& of = map.components[k];
            auto const x0 = static_cast<index_t>(of.centroid_x), y0 = static_cast<index_t>(of.centroid_y);
            into.add_run(run.begin - x0, y - y0, index_t{run.end} - run.begin);
        });
    std::vector<second_moments> result(sums.size());
    for_each_chunk(p, {static_cast<index_t>(sums.size()), 4096}, [&](index_t begin, index_t end) {
        for (index_t k = begin; k < end; ++k) {
            detail::moment_sums const& s = sums[k];
            index_t const area = map.components[k].area;
            result[k] = {detail::about_mean(s.uu, s.u, s.u, area), detail::about_mean(s.uv, s.u, s.v, area),
                         detail::about_mean(s.vv, s.v, s.v, area)};
        }
    });
    return result;
}

QUOIN_NAMESPACE_END
