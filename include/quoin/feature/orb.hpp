// SPDX-License-Identifier: BSL-1.0
// orb: corners with a direction on several levels of a pyramid, and a binary descriptor of each.
#pragma once

#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/feature/detail/orb_levels.hpp>
#include <quoin/feature/detail/orb_patch.hpp>
#include <quoin/feature/fast_corners.hpp>

QUOIN_NAMESPACE_BEGIN

/// A point of an image with a direction and the level of the pyramid on which it was found.
struct oriented_keypoint {
    double x, y; ///< in the image: the pixel of the level times its scale, as in OpenCV
    float score; ///< the Harris score on the level
    float angle; ///< in degrees, from the right clockwise as the image is seen, in [0, 360]
    float size;  ///< the diameter of what it describes, 31 pixels of its level, in pixels of the image
    int level;   ///< from 0, the image itself
    friend constexpr bool operator==(oriented_keypoint const&, oriented_keypoint const&) = default;
};

/// The points and what is around them: descriptors[i] is that of points[i].
struct orb_features {
    std::vector<oriented_keypoint> points;
    std::vector<binary_descriptor> descriptors;
    friend bool operator==(orb_features const&, orb_features const&) = default;
};

/// The options of orb().
struct orb_options {
    index_t most = 500;    ///< how many points are looked for, from 1 to 10^7
    double scale = 1.2;    ///< how many times smaller each level is than the one before, in (1, 8]; used as a float
    int levels = 8;        ///< from 1 to 32
    index_t edge = 31;     ///< no points nearer to the edges of a level, from 22 to 10^6 pixels
    double threshold = 20; ///< the contrast of fast_corners()
};

/// Oriented FAST corners with rotated BRIEF descriptors of a view or a pipeline of gray bytes:
///  1. Level k is level k - 1, resized with weights of 8 bits and rounded half up once; its sides are those of the
///  image
///     divided by scale^k, to the nearest. Level k gets a share of `most` that falls as 1 / scale^k.
///  2. On each level, of the fast_corners() that are `edge` pixels from its edges, the best by their FAST score are
///     kept, twice as many as its share; and of those the best by their Harris score over 7 x 7 pixels (k = 0.04, the
///     largest byte is 1), as many as its share. Points with the score of the last one stay, too, so there may be more.
///  3. The angle points from the corner to the center of gravity of the disc of radius 15 around it, within 0.02
///  degrees.
///  4. Bit i of the descriptor says whether one pixel is darker than another one, both of level k behind a Gaussian of
///     sigma 2 over 7 x 7 pixels; 256 pairs of places around the corner, turned by the angle.
/// Levels come from the first on, and the points of each in raster order. Everything but the angle is decided in exact
/// arithmetic, and all of it is the same under every policy.
///
/// The points, levels, scores and angles are those of cv::ORB with the same values, HARRIS_SCORE, WTA_K 2 and a patch
/// of 31, in another order. Its blur is rounded in floats, so that of all bits about one of 10^5 may differ. As there,
/// the place of a point is that of its pixel times scale^level, while the center of this pixel is at (column + 1/2)
/// scale^level - 1/2.
///
/// Cost: for each level the resizing and fast_corners(); then 20,000 products for each point. A pipeline is evaluated
/// once, into an image. Memory: two levels, and the lists.
/// @throws invalid_argument for options outside their ranges.
/// Source: E. Rublee, V. Rabaud, K. Konolige, G. Bradski, ORB: an efficient alternative to SIFT or SURF, ICCV 2011.
template <concepts::policy Policy, class What>
orb_features orb(Policy const& policy, What const& what, orb_options const& options = {});

namespace detail {

inline void check(orb_options const& o) {
    if (o.most < 1 || o.most > 10000000) raise("quoin::orb: ", o.most, " points; give a number from 1 to 10000000");
    if (!(o.scale > 1.001 && o.scale <= 8))
        raise("quoin::orb: the scale ", o.scale, " is not in (1.001, 8]; give how many times smaller a level is");
    if (o.levels < 1 || o.levels > 32) raise("quoin::orb: ", o.levels, " levels; give a number from 1 to 32");
    if (o.edge < 22 || o.edge > 1000000)
        raise("quoin::orb: points ", o.edge,
              " pixels from the edges; give 22 to 1000000, since a descriptor reads the pixels up to 21 away");
    if (!(o.threshold >= 0 && o.threshold <= 255))
        raise("quoin::orb: the threshold ", o.threshold, " is not in [0, 255]; give a difference between bytes");
}

/// Keeps the items with the `most` greatest scores, in their order, and those with the least of these scores.
template <class Item, class Score>
void keep_best(std::vector<Item>& items, index_t most, Score const& score) {
    auto const n = static_cast<std::size_t>(most);
    if (items.size() <= n) return;
    if (n == 0) return items.clear();
    std::vector<decltype(score(items.front()))> scores;
    scores.reserve(items.size());
    for (Item const& i : items) scores.push_back(score(i));
    std::nth_element(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(n - 1), scores.end(),
                     std::greater<>{});
    std::erase_if(items, [&, least = scores[n - 1]](Item const& i) { return score(i) < least; });
}

/// A corner of a level.
struct orb_corner {
    index_t x, y;
    std::int64_t score;
};

/// Appends the features of a level. The corners are all of it, in raster order.
inline void describe_level(policy_ref const& p, image_view<std::uint8_t const> pixels, std::vector<keypoint> found,
                           orb_level const& level, int index, index_t edge, orb_features& to) {
    std::erase_if(found, [&](keypoint const& k) {
        auto const x = static_cast<index_t>(k.x), y = static_cast<index_t>(k.y);
        return x < edge || y < edge || x >= pixels.width() - edge || y >= pixels.height() - edge;
    });
    keep_best(found, 2 * level.most, [](keypoint const& k) { return k.score; });
    auto const patch = [&](auto const& c) {
        auto const x = static_cast<index_t>(c.x), y = static_cast<index_t>(c.y);
        return orb_patch{pixels.data() + y * pixels.stride() + x, pixels.stride()};
    };
    std::vector<orb_corner> corners(found.size());
    for_each_chunk(p, {static_cast<index_t>(found.size()), 256}, [&](index_t begin, index_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
            corners[i] = {static_cast<index_t>(found[i].x), static_cast<index_t>(found[i].y),
                          orb_score(patch(found[i]))};
    });
    keep_best(corners, level.most, [](orb_corner const& c) { return c.score; });
    std::size_t const before = to.points.size();
    to.points.resize(before + corners.size());
    to.descriptors.resize(before + corners.size());
    for_each_chunk(p, {static_cast<index_t>(corners.size()), 16}, [&](index_t begin, index_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            orb_corner const& c = corners[i];
            float const angle = orb_angle(patch(c));
            to.points[before + i] = {static_cast<double>(static_cast<float>(c.x) * level.scale),
                                     static_cast<double>(static_cast<float>(c.y) * level.scale),
                                     orb_response(c.score),
                                     angle,
                                     31 * level.scale,
                                     index};
            to.descriptors[before + i] = orb_descriptor(patch(c), angle);
        }
    });
}

} // namespace detail

template <concepts::policy Policy, class What>
orb_features orb(Policy const& policy, What const& what, orb_options const& options) {
    detail::check(options);
    auto const p = detail::pipeline_of<typename Policy::lanes>(what);
    using P = typename std::remove_const_t<decltype(p)>::pixel_type;
    constexpr bool bytes = std::same_as<P, std::uint8_t>;
    static_assert(bytes, "quoin::orb: pixels must be gray bytes; put gray, or convert_to<std::uint8_t>, before it");
    orb_features result;
    if constexpr (bytes) {
        auto const levels = detail::orb_levels(p.size(), options.levels,
                                               static_cast<double>(static_cast<float>(options.scale)), options.most);
        image<std::uint8_t> pixels;
        for (int i = 0; i < options.levels; ++i) {
            detail::orb_level const& level = levels[static_cast<std::size_t>(i)];
            if (std::min(level.size.width, level.size.height) <= 2 * options.edge) break;
            if (i == 0) pixels = to_image(policy, p);
            else pixels = to_image(policy, std::as_const(pixels).view() | detail::orb_level_fn(level.size));
            detail::describe_level(detail::policy_ref::to(policy), std::as_const(pixels).view(),
                                   fast_corners(policy, std::as_const(pixels).view(), {.threshold = options.threshold}),
                                   level, i, options.edge, result);
        }
    }
    return result;
}

QUOIN_NAMESPACE_END
