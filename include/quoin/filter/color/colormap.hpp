// SPDX-License-Identifier: BSL-1.0
// colormap: gray values as colors that the eye can read, by a table of 256 colors.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/color_maps.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// The tables of colormap. All but `gray` are published: viridis, magma, inferno and plasma by matplotlib (CC0), turbo
/// by Google (Apache License 2.0). The lightness of the first four grows evenly, so they are also right in print
/// without color and for most color-blind readers. turbo is a rainbow with more steps, whose lightness falls to both
/// ends.
enum class color_map { viridis, magma, inferno, plasma, turbo, gray };

/// Pointwise stage, from gray pixels to rgb8. The result is entry i of the table, which has 256 colors. For u8, i is
/// the value. For other types it is the entry nearest to the value between black and white: 255 v / white, where white
/// is the largest value of an integer type and 1.0 of floating point, rounded half up and saturated to 0 .. 255. So u16
/// gives (v + 128) / 257 rounded down. Integers have at most 32 bits and are exact. Floating point: 255 v in the
/// channel's type; NaN gives entry 0. The tables are the published colors times 255, rounded to nearest, and have the
/// bytes of OpenCV's applyColorMap. Cost: a look-up a pixel.
/// Source: S. van der Walt, N. Smith, "A better default colormap for matplotlib", SciPy 2015; A. Mikhailov, "Turbo, an
/// improved rainbow colormap for visualization", 2019.
class colormap_fn {
public:
    using vectorized = void;

    /// @throws invalid_argument for a map that is none of color_map's.
    explicit colormap_fn(color_map map) {
        char const* const digits = digits_of(map);
        for (int i = 0; i < 256; ++i) {
            colors_[i] = digits ? 0 : i * 0x010101;
            for (int d = 0; digits && d < 6; ++d)
                colors_[i] |= value_of(digits[6 * i + d]) << (d % 2 ? 0 : 4) << d / 2 * 8;
        }
    }

    template <concepts::channel_value V>
        requires(std::floating_point<scalar_t<V>> || sizeof(scalar_t<V>) <= 4)
    QUOIN_INLINE auto operator()(V const& v) const {
        auto const index = index_of(v);
        if constexpr (std::same_as<V, scalar_t<V>>) {
            return channels_of(colors_[index]);
        } else {
            // A load and a store a pixel; the channels are then taken apart in registers.
            using wide = std::remove_cvref_t<decltype(convert<std::int32_t>(index))>;
            std::uint8_t at[V::count];
            std::int32_t found[V::count];
            index.store(at);
            for (int i = 0; i < V::count; ++i) found[i] = colors_[at[i]];
            return channels_of(wide::load(found));
        }
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(channels_v<P> == 1, "quoin::colormap: these pixels are no gray values; put quoin::gray in front");
        static_assert(channels_v<P> > 1 || std::floating_point<channel_t<P>> || sizeof(channel_t<P>) <= 4,
                      "quoin::colormap: the integers have more than 32 bits; put quoin::convert_to<double> in front");
    }

private:
    template <class V>
    static QUOIN_INLINE auto index_of(V const& v) {
        using T = scalar_t<V>;
        if constexpr (std::same_as<T, std::uint8_t>) {
            return v;
        } else if constexpr (std::same_as<T, std::uint16_t>) {
            // (v + 128) / 257, for every v
            return convert<std::uint8_t>(((convert<std::uint32_t>(v) + 128u) * 65281u) >> 24);
        } else if constexpr (std::floating_point<T>) {
            return saturate<std::uint8_t>(v * T(255));
        } else {
            // The quotient of whole numbers below 2^41 is rounded to the right side of a whole number.
            constexpr double white = std::numeric_limits<T>::max();
            auto const quotient = (convert<double>(max(v, V(T(0)))) * 510.0 + white) / (2 * white);
            return convert<std::uint8_t>(convert<std::int32_t>(floor(quotient)));
        }
    }
    template <class W>
    static QUOIN_INLINE auto channels_of(W const& color) {
        auto const red = convert<std::uint8_t>(color & 255);
        return rgb<std::remove_const_t<decltype(red)>>{red, convert<std::uint8_t>((color >> 8) & 255),
                                                       convert<std::uint8_t>(color >> 16)};
    }
    static char const* digits_of(color_map map) {
        switch (map) {
        case color_map::viridis:
            return detail::viridis_colors;
        case color_map::magma:
            return detail::magma_colors;
        case color_map::inferno:
            return detail::inferno_colors;
        case color_map::plasma:
            return detail::plasma_colors;
        case color_map::turbo:
            return detail::turbo_colors;
        case color_map::gray:
            return nullptr;
        }
        detail::raise("quoin::colormap: ", static_cast<int>(map), " is no color_map; give one of its names");
    }
    static int value_of(char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; }

    std::int32_t colors_[256]; // red in the lowest byte
};

inline colormap_fn colormap(color_map map) {
    return colormap_fn(map);
}

/// The catalogue's entry.
struct colormap_entry : entry_of<colormap_entry> {
    /// Colors do not change.
    static constexpr bool leaves(int channels) { return channels != 1; }
    static constexpr operation about{.name = "colormap",
                                     .about = "gray values as colors of a table; colors stay as they are",
                                     .parameters = {{.name = "MAP",
                                                     .type = parameter_type::choice,
                                                     .choices = "viridis magma inferno plasma turbo gray",
                                                     .about = "the table"}},
                                     .rounding = "to the nearest of 256 entries, half up",
                                     .floating = "255 v in the channel's type, half up, saturated; NaN is entry 0",
                                     .opencv = "cv::applyColorMap(src, dst, cv::COLORMAP_VIRIDIS), the same bytes",
                                     .scikit_image =
                                         "matplotlib.colormaps[MAP](image, bytes=True), which rounds colors down"};
    static colormap_fn stage(double const* values) {
        return colormap(static_cast<color_map>(detail::whole<int>(values[0])));
    }
};

QUOIN_NAMESPACE_END
