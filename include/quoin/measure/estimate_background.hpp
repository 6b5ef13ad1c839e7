// SPDX-License-Identifier: BSL-1.0
// estimate_background: the slowly varying part of an image, below its bright objects.
#pragma once

#include <quoin/exec/policy.hpp>
#include <quoin/image/image.hpp>
#include <quoin/lanes/arithmetic.hpp>

#include <algorithm>

QUOIN_NAMESPACE_BEGIN

/// The smoothed image without its bright objects. Subtract it to correct uneven illumination. Same extent and pixel
/// type. The image is divided into tiles of 8 x 8 pixels; tiles at the right and bottom border may be smaller. Step 1
/// computes the mean of each tile. Step 2 is an opening over squares of 2 r + 1 tiles: the minimum over the square,
/// then the maximum over the square. Step 3 is the mean over the same squares. Step 4 interpolates linearly between the
/// centers of the tiles; beyond the outermost centers the result is constant. Here r = radius / 8, rounded half up, and
/// at least 1. The opening removes every bright object that contains no whole square. Choose a radius above the size of
/// the objects and of their clusters. Border: tiles outside the image do not count. Integers: computed in double and
/// rounded half up. The result is the same under every policy. Cost: two passes over the pixels. Memory: the result and
/// 32 bytes a tile.
/// @throws invalid_argument for a radius below 1.
template <concepts::policy Policy, class T>
    requires concepts::channel<std::remove_const_t<T>>
image<std::remove_const_t<T>> estimate_background(Policy const& p, image_view<T> pixels, index_t radius);

namespace detail {

inline constexpr index_t tile_side = 8;

/// result(x, y) is the fold of in(x - r .. x + r, y), or of in(x, y - r .. y + r) if `columns`, clipped to the image.
/// fold(values, step, count) reduces `count` values at a distance of `step`.
template <concepts::policy Policy, class Fold>
image<double> fold_along(Policy const& p, image<double> const& in, index_t r, bool columns, Fold const& fold) {
    image<double> out(in.size());
    index_t const length = columns ? in.height() : in.width();
    index_t const step = columns && in.height() > 1 ? &in(0, 1) - &in(0, 0) : 1;
    for_each_chunk(p, {in.height(), 16}, [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for (index_t x = 0; x < in.width(); ++x) {
                index_t const at = columns ? y : x;
                index_t const first = std::max<index_t>(0, at - r);
                index_t const last = std::min(length - 1, at + r);
                out(x, y) = fold(&in(columns ? x : first, columns ? first : y), step, last - first + 1);
            }
    });
    return out;
}

template <concepts::policy Policy, class Fold>
image<double> fold_square(Policy const& p, image<double> const& in, index_t r, Fold const& fold) {
    return fold_along(p, fold_along(p, in, r, false, fold), r, true, fold);
}

/// The mean of each tile.
template <concepts::policy Policy, class T>
image<double> tile_means(Policy const& p, image_view<T> pixels) {
    image<double> tiles((pixels.width() + tile_side - 1) / tile_side, (pixels.height() + tile_side - 1) / tile_side);
    for_each_chunk(p, {tiles.height(), 8}, [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for (index_t x = 0; x < tiles.width(); ++x) {
                index_t const right = std::min(pixels.width(), (x + 1) * tile_side);
                index_t const bottom = std::min(pixels.height(), (y + 1) * tile_side);
                double sum = 0;
                for (index_t v = y * tile_side; v < bottom; ++v)
                    for (index_t u = x * tile_side; u < right; ++u) sum += static_cast<double>(pixels(u, v));
                tiles(x, y) = sum / static_cast<double>((right - x * tile_side) * (bottom - y * tile_side));
            }
    });
    return tiles;
}

/// The two tiles between which a pixel lies, and the weight of the second one.
struct between_tiles {
    index_t first;
    index_t second;
    double share; ///< the weight of the second tile

    between_tiles(index_t pixel, index_t tiles) {
        double const place = (static_cast<double>(pixel) + 0.5) / static_cast<double>(tile_side) - 0.5;
        double const inside = std::clamp(place, 0.0, static_cast<double>(tiles - 1));
        first = static_cast<index_t>(inside);
        second = std::min(first + 1, tiles - 1);
        share = inside - static_cast<double>(first);
    }
    double operator()(double a, double b) const { return a + (b - a) * share; }
};

} // namespace detail

template <concepts::policy Policy, class T>
    requires concepts::channel<std::remove_const_t<T>>
image<std::remove_const_t<T>> estimate_background(Policy const& p, image_view<T> pixels, index_t radius) {
    using V = std::remove_const_t<T>;
    if (radius < 1)
        detail::raise("quoin::estimate_background: the radius is ", radius, "; give a number of pixels >= 1");
    image<V> result(pixels.size());
    if (result.empty()) return result;

    index_t const r = std::max<index_t>(1, radius / detail::tile_side + (radius % detail::tile_side >= 4 ? 1 : 0));
    auto const folded = [](auto const& take) {
        return [take](double const* values, index_t step, index_t count) {
            double kept = values[0];
            for (index_t i = 1; i < count; ++i) kept = take(kept, values[i * step]);
            return kept;
        };
    };
    auto const mean = [](double const* values, index_t step, index_t count) {
        double sum = 0;
        for (index_t i = 0; i < count; ++i) sum += values[i * step];
        return sum / static_cast<double>(count);
    };
    image<double> tiles = detail::tile_means(p, pixels);
    tiles = detail::fold_square(p, tiles, r, folded([](double a, double b) { return std::min(a, b); }));
    tiles = detail::fold_square(p, tiles, r, folded([](double a, double b) { return std::max(a, b); }));
    tiles = detail::fold_square(p, tiles, r, mean);

    for_each_chunk(p, {pixels.height(), 64}, [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) {
            detail::between_tiles const rows(y, tiles.height());
            for (index_t x = 0; x < pixels.width(); ++x) {
                detail::between_tiles const columns(x, tiles.width());
                double const above = columns(tiles(columns.first, rows.first), tiles(columns.second, rows.first));
                double const below = columns(tiles(columns.first, rows.second), tiles(columns.second, rows.second));
                result(x, y) = saturate<V>(rows(above, below));
            }
        }
    });
    return result;
}

QUOIN_NAMESPACE_END
