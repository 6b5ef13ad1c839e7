// SPDX-License-Identifier: BSL-1.0
// match_descriptors: which descriptors of two lists are nearest to each other.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/feature/binary_descriptor.hpp>
#include <quoin/image/image_view.hpp>

#include <cmath>
#include <limits>
#include <span>
#include <vector>

QUOIN_NAMESPACE_BEGIN

/// The two descriptors of the second list that are nearest to one of the first. -1 is none, at an infinite distance.
struct nearest_two {
    index_t best = -1, next = -1;
    float best_distance = std::numeric_limits<float>::infinity();
    float next_distance = std::numeric_limits<float>::infinity();
    friend constexpr bool operator==(nearest_two const&, nearest_two const&) = default;
};

/// Two descriptors that belong together, by their indices.
struct descriptor_match {
    index_t first, second;
    float distance;
    friend constexpr bool operator==(descriptor_match const&, descriptor_match const&) = default;
};

/// Which matches match_descriptors() keeps.
struct match_options {
    double ratio = 1; ///< the distance is below this share of that of the second nearest, in (0, 1]; 1: any
    bool cross_check = false; ///< the first one is also the nearest to the second one
    double most_distance = std::numeric_limits<double>::infinity(); ///< the distance is at most this, >= 0
};

/// For each descriptor of the first list the two nearest of the second one: by the number of bits that differ, or, of
/// floats, by the Euclidean distance. Of equal distances the one with the lower index is nearer, as in
/// cv::BFMatcher::knnMatch with NORM_HAMMING or NORM_L2. Descriptors of floats are the rows of a view. The squares of
/// the differences of floats are summed in float, those of every 16th column apart, and these sums in pairs. NaN is
/// never near. Every pair is looked at. Cost: for each pair four exclusive ors and counts of bits, or a difference and
/// a product for each float. Without an instruction that counts bits (x86-64 without -mpopcnt) that takes several times
/// as long.
/// @throws invalid_argument for rows of different lengths.
template <concepts::policy Policy>
std::vector<nearest_two> nearest_descriptors(Policy const& policy, std::span<binary_descriptor const> first,
                                             std::span<binary_descriptor const> second);
template <concepts::policy Policy>
std::vector<nearest_two> nearest_descriptors(Policy const& policy, image_view<float const> first,
                                             image_view<float const> second);

/// The matches of nearest_descriptors() that the options keep, in the order of the first list. A ratio below 1 drops
/// those where another one is nearly as near: D. G. Lowe, Distinctive image features from scale-invariant keypoints,
/// 2004, takes 0.8; it keeps a match if there is no second one. Cost: that of nearest_descriptors(), and the same again
/// for the cross check.
/// @throws invalid_argument for options outside their ranges, and for rows of different lengths.
template <concepts::policy Policy>
std::vector<descriptor_match> match_descriptors(Policy const& policy, std::span<binary_descriptor const> first,
                                                std::span<binary_descriptor const> second,
                                                match_options const& options = {});
template <concepts::policy Policy>
std::vector<descriptor_match> match_descriptors(Policy const& policy, image_view<float const> first,
                                                image_view<float const> second, match_options const& options = {});

namespace detail {

/// Two lists of bits, and how near they are.
struct binary_lists {
    std::span<binary_descriptor const> first, second;
    using number = int;

    index_t size() const { return static_cast<index_t>(first.size()); }
    index_t others() const { return static_cast<index_t>(second.size()); }
    binary_descriptor const& of(index_t i) const { return first[static_cast<std::size_t>(i)]; }
    int operator()(binary_descriptor const& a, index_t j) const {
        return hamming_distance(a, second[static_cast<std::size_t>(j)]);
    }
    static float distance(int number) { return static_cast<float>(number); }
    binary_lists swapped() const { return {second, first}; }
};

/// Two lists of rows of floats.
struct float_lists {
    image_view<float const> first, second;
    using number = float;

    index_t size() const { return first.height(); }
    index_t others() const { return second.height(); }
    float const* of(index_t i) const { return first.data() + i * first.stride(); }
    /// The square of the distance.
    float operator()(float const* a, index_t j) const {
        float const* const b = second.data() + j * second.stride();
        index_t const n = second.width(), whole = n / 16 * 16;
        float sums[16] = {};
        for (index_t k = 0; k < whole; k += 16)
            for (index_t i = 0; i < 16; ++i) {
                float const difference = a[k + i] - b[k + i];
                sums[i] += difference * difference;
            }
        for (index_t k = whole; k < n; ++k) {
            float const difference = a[k] - b[k];
            sums[k - whole] += difference * difference;
        }
        for (index_t half = 8; half > 0; half /= 2)
            for (index_t i = 0; i < half; ++i) sums[i] += sums[i + half];
        return sums[0];
    }
    static float distance(float square) { return std::sqrt(square); }
    float_lists swapped() const { return {second, first}; }
};

template <class Lists>
nearest_two nearest_to(Lists const& lists, index_t i) {
    using N = typename Lists::number;
    constexpr N far = std::numeric_limits<N>::has_infinity ? std::numeric_limits<N>::infinity() : highest<N>;
    N best = far, next = far;
    nearest_two result;
    auto const& a = lists.of(i);
    for (index_t j = 0, n = lists.others(); j < n; ++j) {
        N const d = lists(a, j);
        if (!(d < next)) continue;
        if (d < best) {
            next = std::exchange(best, d);
            result.next = std::exchange(result.best, j);
        } else {
            next = d;
            result.next = j;
        }
    }
    if (result.best >= 0) result.best_distance = Lists::distance(best);
    if (result.next >= 0) result.next_distance = Lists::distance(next);
    return result;
}

template <class Lists>
std::vector<nearest_two> nearest_of(policy_ref const& p, Lists const& lists) {
    std::vector<nearest_two> all(static_cast<std::size_t>(lists.size()));
    for_each_chunk(p, {lists.size(), 16}, [&](index_t begin, index_t end) {
        for (index_t i = begin; i < end; ++i) all[static_cast<std::size_t>(i)] = nearest_to(lists, i);
    });
    return all;
}

template <class Lists>
std::vector<descriptor_match> matches_of(policy_ref const& p, Lists const& lists, match_options const& o) {
    if (!(o.ratio > 0 && o.ratio <= 1))
        raise("quoin::match_descriptors: the ratio ", o.ratio, " is not in (0, 1]; give 1 to keep all matches");
    if (!(o.most_distance >= 0))
        raise("quoin::match_descriptors: a largest distance of ", o.most_distance, "; give 0 or more");
    auto const there = nearest_of(p, lists);
    std::vector<nearest_two> back;
    if (o.cross_check) back = nearest_of(p, lists.swapped());
    std::vector<descriptor_match> kept;
    for (index_t i = 0; i < lists.size(); ++i) {
        nearest_two const& n = there[static_cast<std::size_t>(i)];
        if (n.best < 0) continue;
        auto const distance = static_cast<double>(n.best_distance);
        if (distance > o.most_distance) continue;
        if (o.ratio < 1 && n.next >= 0 && !(distance < o.ratio * static_cast<double>(n.next_distance))) continue;
        if (o.cross_check && back[static_cast<std::size_t>(n.best)].best != i) continue;
        kept.push_back({i, n.best, n.best_distance});
    }
    return kept;
}

inline float_lists lists_of_rows(char const* name, image_view<float const> first, image_view<float const> second) {
    if (first.height() > 0 && second.height() > 0 && first.width() != second.width())
        raise(name, ": descriptors of ", first.width(), " and of ", second.width(),
              " floats; give two lists whose rows are equally long");
    return {first, second};
}

} // namespace detail

template <concepts::policy Policy>
std::vector<nearest_two> nearest_descriptors(Policy const& policy, std::span<binary_descriptor const> first,
                                             std::span<binary_descriptor const> second) {
    return detail::nearest_of(detail::policy_ref::to(policy), detail::binary_lists{first, second});
}
template <concepts::policy Policy>
std::vector<nearest_two> nearest_descriptors(Policy const& policy, image_view<float const> first,
                                             image_view<float const> second) {
    return detail::nearest_of(detail::policy_ref::to(policy),
                              detail::lists_of_rows("quoin::nearest_descriptors", first, second));
}
template <concepts::policy Policy>
std::vector<descriptor_match> match_descriptors(Policy const& policy, std::span<binary_descriptor const> first,
                                                std::span<binary_descriptor const> second,
                                                match_options const& options) {
    return detail::matches_of(detail::policy_ref::to(policy), detail::binary_lists{first, second}, options);
}
template <concepts::policy Policy>
std::vector<descriptor_match> match_descriptors(Policy const& policy, image_view<float const> first,
                                                image_view<float const> second, match_options const& options) {
    return detail::matches_of(detail::policy_ref::to(policy),
                              detail::lists_of_rows("quoin::match_descriptors", first, second), options);
}

QUOIN_NAMESPACE_END
