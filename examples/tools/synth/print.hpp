// SPDX-License-Identifier: BSL-1.0
// How a drawn layer comes out of lithography and the microscope: a pipeline of quoin from the layout to gray
// pixels.
#pragma once

#include "layout.hpp"

#include <quoin/draw/box.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/pipe/zip.hpp>

namespace examples {

struct print_options {
    double blur = 3;        ///< sigma of the optics in pixels: rounds corners, makes edges gray
    double roughness = 0.7; ///< standard deviation of the edges' place in pixels
    double noise = 12;      ///< standard deviation of the gray values
    double specks = 150;    ///< false spots, a million pixels
    double pinholes = 150;  ///< holes in shapes, a million pixels
};

inline constexpr int dark = 60, bright = 180; ///< gray values of background and foreground

/// Pointwise on (the blurred layer, a smooth noise that moves edges, a noise of each pixel): the gray value.
/// Integers alone, so that the same seed gives the same bytes everywhere.
struct develop {
    int roughness; ///< 1/256 of the smooth noise
    int noise;     ///< 1/65536 of the pixel noise
    int from = dark, to = bright;

    QUOIN_FN std::uint8_t operator()(std::uint16_t light, std::uint16_t smooth, std::uint16_t pixel) const {
        int const moved = light + (smooth - 32768) * roughness / 256;
        // The resist doubles the contrast around one half.
        int const contrast = 2 * moved - 32768;
        int const exposed = contrast < 0 ? 0 : contrast > 65535 ? 65535 : contrast;
        int const gray = from + static_cast<int>(std::int64_t{to - from} * exposed / 65535) +
                         static_cast<int>(std::int64_t{pixel - 32768} * noise / 65536);
        return static_cast<std::uint8_t>(gray < 0 ? 0 : gray > 255 ? 255 : gray);
    }
};

inline quoin::image<std::uint16_t> draw(quoin::extent size, std::vector<quoin::rect> const& rectangles) {
    quoin::image<std::uint16_t> drawn(size);
    for (quoin::rect const& r : rectangles) quoin::fill_box(drawn.view(), r, 65535);
    return drawn;
}

/// The gray layer, in one pass over the drawn one.
template <quoin::concepts::policy Policy>
quoin::image<std::uint8_t> print_layer(Policy const& policy, quoin::image<std::uint16_t> const& drawn,
                                       print_options const& o, std::uint64_t seed, int from = dark,
                                       int to = bright) {
    constexpr double smoothness = 3;
    // At a straight edge the blurred layer falls by 65535 / (sigma sqrt(2 pi)) a pixel; uniform noise of
    // standard deviation 18918, blurred by sigma, keeps 1 / (2 sigma sqrt(pi)) of it.
    double const slope = 65535 / (o.blur * 2.50662827463);
    double const kept = 18918 / (2 * smoothness * 1.77245385091);
    develop const developed{static_cast<int>(o.roughness * slope / kept * 256 + 0.5),
                            static_cast<int>(o.noise / 9459 * 65536 + 0.5), from, to};
    return quoin::to_image(
        policy, quoin::zip(drawn.view() | quoin::gaussian(o.blur),
                           noise_view{drawn.size(), scramble(seed + 1)} | quoin::gaussian(smoothness),
                           bell_view{{drawn.size(), scramble(seed + 2)}}) |
                    developed);
}

/// Sets spots of 1 to 2 pixels a side, bright ones on the background and dark ones in shapes.
inline void add_spots(quoin::image<std::uint8_t>& gray, quoin::image<std::uint16_t> const& drawn,
                      print_options const& o, std::uint64_t seed) {
    random_sequence random(scramble(seed + 3));
    double const megapixels = static_cast<double>(gray.size().area()) / 1e6;
    auto const scatter = [&](double density, std::uint16_t where, int level) {
        auto const count = static_cast<quoin::index_t>(density * megapixels + 0.5);
        for (quoin::index_t i = 0; i < count; ++i) {
            quoin::rect const spot{random.within(0, gray.width() - 1), random.within(0, gray.height() - 1),
                                   random.within(1, 2), random.within(1, 2)};
            int const value = level + static_cast<int>(random.within(-15, 15));
            if (drawn(spot.x, spot.y) != where) continue;
            quoin::fill_box(gray.view(), spot, static_cast<std::uint8_t>(value));
        }
    };
    scatter(o.specks, 0, bright);
    scatter(o.pinholes, 65535, dark);
}

} // namespace examples
