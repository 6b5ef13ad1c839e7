// SPDX-License-Identifier: BSL-1.0
// The maps that warping stages and OpenCV's are measured with.
#pragma once

#include "support/inputs.hpp"

#include <quoin/geometry/polar.hpp>
#include <quoin/geometry/warp_affine.hpp>
#include <quoin/geometry/warp_perspective.hpp>

namespace bench {

/// A turn by 10 degrees. It keeps most of the image inside.
inline constexpr quoin::affine turned{0.984807753, -0.173648178, 60, 0.173648178, 0.984807753, -60};

/// A tilt.
inline constexpr quoin::perspective tilted{0.9, 0.05, 20, -0.02, 0.95, 30, 2e-5, 3e-5, 1};

/// The coordinates of `turned` as images.
inline quoin::image_view<float const> turned_columns(quoin::extent size) {
    struct columns {
        void operator()(quoin::image<float>& map) const {
            for (index_t y = 0; y < map.height(); ++y)
                for (index_t x = 0; x < map.width(); ++x)
                    map(x, y) = static_cast<float>(turned.a * static_cast<double>(x) +
                                                   turned.b * static_cast<double>(y) + turned.c);
        }
    };
    return kept_image<float>(size, columns{});
}
inline quoin::image_view<float const> turned_rows(quoin::extent size) {
    struct rows {
        void operator()(quoin::image<float>& map) const {
            for (index_t y = 0; y < map.height(); ++y)
                for (index_t x = 0; x < map.width(); ++x)
                    map(x, y) = static_cast<float>(turned.d * static_cast<double>(x) +
                                                   turned.e * static_cast<double>(y) + turned.f);
        }
    };
    return kept_image<float>(size, rows{});
}

/// The disc in the middle that is as high as the image.
inline constexpr auto unrolled = [](auto view) {
    auto const width = static_cast<double>(view.width()), height = static_cast<double>(view.height());
    return view | quoin::extend(quoin::constant(0)) |
           quoin::polar(width / 2, height / 2, height / 2, {view.width(), view.height()});
};

} // namespace bench
