// SPDX-License-Identifier: BSL-1.0
// laplacian_pyramid, collapse: an image as levels of details of half the size each, and back.
#pragma once

#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/pyramid_down.hpp>
#include <quoin/geometry/pyramid_up.hpp>
#include <quoin/image/image.hpp>
#include <quoin/pipe/zip.hpp>

#include <bit>
#include <utility>
#include <vector>

QUOIN_NAMESPACE_BEGIN

/// The channel type of a level of a Laplacian pyramid of channels T, which holds the difference of any two T: i16 for
/// u8 and i8, i32 for u16 and i16. Floating point stays as it is.
template <concepts::channel T>
    requires(std::floating_point<T> || sizeof(T) < 4)
using laplacian_t =
    std::conditional_t<std::floating_point<T>, T, std::conditional_t<sizeof(T) == 1, std::int16_t, std::int32_t>>;

/// A Laplacian pyramid of an image of pixels P.
template <concepts::pixel P>
struct laplacian_levels {
    using level_pixel = rebind_t<P, laplacian_t<channel_t<P>>>;

    std::vector<image<level_pixel>> levels; ///< the details, from the finest level to the coarsest
    image<P> rest;                          ///< the image of half the size of the coarsest level
};

/// The most levels of a pyramid of an image: then the rest is one pixel. It is 0 for one pixel, and for none.
constexpr int most_laplacian_levels(extent size) {
    return static_cast<int>(
        std::bit_width(static_cast<std::uint64_t>(max(max(size.width, size.height), index_t{1}) - 1)));
}

namespace detail {

/// level - coarse
template <class T>
struct laplacian_difference {
    using vectorized = void;
    using channelwise = void;
    template <class V>
    QUOIN_INLINE auto operator()(V const& level, V const& coarse) const {
        using D = laplacian_t<T>;
        return convert<D>(convert<D>(level) - convert<D>(coarse));
    }
};

/// difference + coarse, saturated.
template <class T>
struct laplacian_sum {
    using vectorized = void;
    using channelwise = void;
    template <class D, class V>
    QUOIN_INLINE auto operator()(D const& difference, V const& coarse) const {
        if constexpr (std::floating_point<T>) {
            return difference + coarse;
        } else {
            // No larger difference counts, and the sum cannot overflow.
            using S = laplacian_t<T>;
            constexpr S most = S(highest<T>) - S(lowest<T>);
            return saturate<T>(min(max(difference, D(S(-most))), D(most)) + convert<S>(coarse));
        }
    }
};

/// The image of half the size, enlarged to the extent of the level.
template <class P>
auto enlarged_to(image_view<P> const& coarse, extent level) {
    return coarse | pyramid_up | crop(0, 0, level.width, level.height);
}

constexpr extent halved(extent e) {
    return {(e.width + 1) / 2, (e.height + 1) / 2};
}

/// Whether to_image() is declared. It is found by its arguments, since geometry/ does not include exec/.
template <class Policy, class What>
concept has_to_image = requires(Policy const& policy, What const& what) { to_image(policy, what); };

template <class Policy, class What>
auto written(Policy const& policy, What const& what) {
    static_assert(
        has_to_image<Policy, What>,
        "quoin::laplacian_pyramid and quoin::collapse need a policy and <quoin/exec/to_image.hpp>; include it");
    return to_image(policy, what);
}

} // namespace detail

/// The Laplacian pyramid of a view or an image. With g(0) the image and g(i + 1) = g(i) | pyramid_down,
///     levels[i] = g(i) - (g(i + 1) | pyramid_up | crop to the extent of g(i))        in laplacian_t of the channels
///     rest      = g(count)
/// A side of n pixels becomes one of (n + 1) / 2, rounded down. Levels of integers are exact. Channels are treated
/// alike. What is made of levels (noise removed, details raised, two images blended level by level) becomes an image
/// again by collapse().
///
/// Cost: two passes for each level, pyramid_down, and pyramid_up with the difference. Memory: the pyramid, one image of
/// a quarter of a level, and the lines of the passes. Include <quoin/exec/to_image.hpp>, too.
/// @throws invalid_argument if the image is empty, or count is not from 0 to most_laplacian_levels(extent).
/// Source: P. Burt, E. Adelson, The Laplacian pyramid as a compact image code, IEEE Trans. Comm. 31, 1983.
template <class Policy, class Image>
    requires(concepts::view<Image> || concepts::owning_image<Image>)
auto laplacian_pyramid(Policy const& policy, Image const& source, int count) {
    auto const view = as_pipeline(source).source();
    using P = std::remove_const_t<typename Image::pixel_type>;
    using T = channel_t<P>;
    extent const size{view.width(), view.height()};
    detail::check_input("laplacian_pyramid", size);
    if (count < 0 || count > most_laplacian_levels(size))
        detail::raise("quoin::laplacian_pyramid: ", count, " levels of an image of ", size.width, " x ", size.height,
                      "; give 0 to ", most_laplacian_levels(size), ", after which one pixel is left");
    laplacian_levels<P> result;
    result.levels.reserve(static_cast<std::size_t>(count));
    auto const add_level = [&](auto const& level) {
        image<P> next = detail::written(policy, level | pyramid_down);
        auto const coarse = detail::enlarged_to(std::as_const(next).view(), {level.width(), level.height()});
        result.levels.push_back(detail::written(policy, zip(level, coarse) | detail::laplacian_difference<T>{}));
        result.rest = std::move(next);
    };
    if (count == 0) result.rest = detail::written(policy, view);
    else add_level(view);
    for (int i = 1; i < count; ++i) {
        image<P> const level = std::move(result.rest);
        add_level(level.view());
    }
    return result;
}

/// The image of a Laplacian pyramid: from the coarsest level on, g(i) = levels[i] + (g(i + 1) | pyramid_up | crop),
/// saturated. For 8 and 16 bits, collapse(policy, laplacian_pyramid(policy, view, n)) is the view, bit for bit. For
/// floating point each level rounds a difference and sums, so it differs by up to n eps 4 m, where m is the largest
/// absolute value and eps is 2^-23 for float and 2^-52 for double.
///
/// Cost: one pass for each level. Memory: the image, one of a quarter of it, and the lines of the passes. Include
/// <quoin/exec/to_image.hpp>, too.
/// @throws invalid_argument if the rest is empty, or a level or the rest has not half the size of the level before it.
template <class Policy, class P>
image<P> collapse(Policy const& policy, laplacian_levels<P> const& pyramid) {
    using T = channel_t<P>;
    detail::check_input("collapse", pyramid.rest.size());
    for (std::size_t i = 0; i < pyramid.levels.size(); ++i) {
        extent const size = pyramid.levels[i].size(), wanted = detail::halved(size);
        extent const next = i + 1 < pyramid.levels.size() ? pyramid.levels[i + 1].size() : pyramid.rest.size();
        if (size.empty() || next != wanted)
            detail::raise("quoin::collapse: level ", i, " has ", size.width, " x ", size.height,
                          " pixels, and what is behind it ", next.width, " x ", next.height, "; it must have ",
                          wanted.width, " x ", wanted.height);
    }
    if (pyramid.levels.empty()) return detail::written(policy, pyramid.rest.view());
    auto const finer = [&](image<P> const& coarse, std::size_t i) -> image<P> {
        auto const level = pyramid.levels[i].view();
        return detail::written(policy, zip(level, detail::enlarged_to(coarse.view(), pyramid.levels[i].size())) |
                                           detail::laplacian_sum<T>{});
    };
    std::size_t i = pyramid.levels.size() - 1;
    image<P> result = finer(pyramid.rest, i);
    while (i-- > 0) {
        image<P> const coarse = std::move(result);
        result = finer(coarse, i);
    }
    return result;
}

QUOIN_NAMESPACE_END
