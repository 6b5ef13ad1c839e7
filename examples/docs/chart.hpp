// SPDX-License-Identifier: BSL-1.0
// The test chart of the operations that resample: a zone plate, text, and the photograph; and their error with waves,
// against exact resampling.
#pragma once

#include "picture.hpp"

#include <functional>

namespace chart {

using picture::gray_image;
using quoin::extent;
using quoin::rect;

/// The chart has three squares beside each other: of the zone plate, the text and the photograph.
inline constexpr quoin::index_t side = 120;
inline constexpr extent size{3 * side, side};
/// By 2.4 smaller, and what a part becomes by 2.5.
inline constexpr extent smaller{150, 50}, larger{450, 150};
inline constexpr rect enlarged_part{90, 30, 180, 60};

gray_image drawn();

/// 127.5 + 127.5 cos(pi r^2 / 120) at the distance r from its center: r / 120 waves a pixel, so at r = 60 the most that
/// pixels hold. Turned about its center it stays as it is.
gray_image zone_plate();

/// What of an image lies in a rectangle, as an image.
gray_image part(gray_image const& image, rect const& where);

/// Images beside each other, or one above the other.
gray_image beside(std::vector<gray_image> const& images);
gray_image above(gray_image const& upper, gray_image const& lower);

/// Every pixel as a square of `factor` x `factor`.
gray_image with_large_pixels(gray_image const& image, quoin::index_t factor);

/// An operation that changes the extent.
using resizing = std::function<gray_image(gray_image const&, extent)>;

/// What an operation makes of the chart: above it 2.4 times smaller, with large pixels, below a part 2.5 times larger.
gray_image shown(resizing const& resize);

/// The root mean square distance of pixels within a distance of the center.
double error(gray_image const& a, gray_image const& b, double radius);

/// Waves of 100 levels about 128 whose frequency grows, in eight phases, without the columns near the edges.
struct errors {
    /// Of one frequency, in waves a pixel of the input: the root mean square distance, in levels, from the same wave at
    /// the centers of the result's pixels; from 128 where the result has too few pixels for the wave.
    struct point {
        double frequency, distance;
    };
    std::vector<point> smaller; ///< from 600 pixels to 250
    std::vector<point> larger;  ///< from 240 pixels to 600

    /// The frequency from which on no wave is left in the smaller result: 1/2 of 250/600.
    static constexpr double limit = 250.0 / 1200;

    explicit errors(resizing const& resize);

    double kept() const;     ///< the root mean square of those of `smaller` below the limit
    double aliased() const;  ///< of those above it
    double enlarged() const; ///< of those of `larger` below the limit

    /// Lines of NAME, smaller or larger, frequency, and distance, for docs/site/curves.py: the page of an operation
    /// shows them.
    std::string lines(std::string const& name) const;
};

} // namespace chart
