// SPDX-License-Identifier: BSL-1.0
// rotate90, rotate180, rotate270: the image turned clockwise by quarters.
#pragma once

#include <quoin/geometry/flip.hpp>
#include <quoin/geometry/transpose.hpp>

QUOIN_NAMESPACE_BEGIN

/// Rearranging stage. out(x, y) = in(y, height - 1 - x), with height x width pixels: a quarter turn clockwise. Same
/// pixel type, exact. Cost: that of transpose.
struct rotate90_fn : detail::exchange<false, true> {};
inline constexpr rotate90_fn rotate90{};

/// Rearranging stage. out(x, y) = in(width - 1 - x, height - 1 - y): half a turn. Same extent and pixel type, exact.
/// Cost: one copy of each row within the caches. Behind other stages the rows are computed from the bottom upwards.
struct rotate180_fn : detail::flip<true, true> {};
inline constexpr rotate180_fn rotate180{};

/// Rearranging stage. out(x, y) = in(width - 1 - y, x), with height x width pixels: a quarter turn counterclockwise.
/// Same pixel type, exact. Cost: that of transpose.
struct rotate270_fn : detail::exchange<true, false> {};
inline constexpr rotate270_fn rotate270{};

/// The catalogue's entries.
struct rotate90_entry : entry_of<rotate90_entry> {
    static constexpr operation about{.name = "rotate90",
                                     .about = "a quarter turn clockwise",
                                     .rounding = "none",
                                     .opencv = "cv::rotate(src, dst, cv::ROTATE_90_CLOCKWISE)",
                                     .pillow = "image.transpose(Image.ROTATE_270)",
                                     .scikit_image = "numpy.rot90(image, 3)"};
    static rotate90_fn stage(double const*) { return rotate90; }
};
struct rotate180_entry : entry_of<rotate180_entry> {
    static constexpr operation about{.name = "rotate180",
                                     .about = "half a turn",
                                     .rounding = "none",
                                     .opencv = "cv::rotate(src, dst, cv::ROTATE_180)",
                                     .pillow = "image.transpose(Image.ROTATE_180)",
                                     .scikit_image = "numpy.rot90(image, 2)"};
    static rotate180_fn stage(double const*) { return rotate180; }
};
struct rotate270_entry : entry_of<rotate270_entry> {
    static constexpr operation about{.name = "rotate270",
                                     .about = "a quarter turn counterclockwise",
                                     .rounding = "none",
                                     .opencv = "cv::rotate(src, dst, cv::ROTATE_90_COUNTERCLOCKWISE)",
                                     .pillow = "image.transpose(Image.ROTATE_90)",
                                     .scikit_image = "numpy.rot90(image)"};
    static rotate270_fn stage(double const*) { return rotate270; }
};

QUOIN_NAMESPACE_END
