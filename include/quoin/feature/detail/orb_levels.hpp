// SPDX-License-Identifier: BSL-1.0
// The levels of the pyramid in which orb() looks for corners.
#pragma once

#include <quoin/core/detail/half_to_even.hpp>
#include <quoin/geometry/detail/resampling.hpp>

#include <cmath>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The weights of result i of an interpolation between two pixels, whose centers lie at a half, in 256ths: that of the
/// second one is rounded, halves to even. At the ends, and outside, is the pixel of the end alone.
struct interpolated_256ths {
    index_t input, size;

    index_t operator()(index_t i, std::vector<double>& weights) const {
        // OpenCV divides twice, so a place may be one last bit from the quotient.
        double const scale = 1.0 / (static_cast<double>(size) / static_cast<double>(input));
        double const place = scale * (static_cast<double>(i) + 0.5) - 0.5, below = std::floor(place);
        auto const first = static_cast<index_t>(below);
        if (first < 0 || first >= input - 1) {
            weights.push_back(256);
            return first < 0 ? 0 : input - 1;
        }
        double const part = (place - below) * 256;
        auto const second = static_cast<double>(half_to_even(part));
        if (second < 256) weights.push_back(256 - second);
        if (second > 0) weights.push_back(second);
        return second < 256 ? first : first + 1;
    }
};

/// A sum in 256ths of bytes less 2^15, so that it has 16 bits.
struct centered_sum {
    template <class V>
    QUOIN_INLINE auto operator()(V const& sum) const {
        return saturate<std::int16_t>(sum - 32768);
    }
};
/// The byte of a sum of these in 65536ths, half up.
struct byte_of_centered {
    template <class V>
    QUOIN_INLINE auto operator()(V const& sum) const {
        return saturate<std::uint8_t>((sum + (32768 * 256 + 32768)) >> 16);
    }
};

/// Resampling stages for bytes: the exact weighted sum of up to 2 x 2 pixels in 65536ths, half up. These are the bytes
/// of cv::resize with INTER_LINEAR_EXACT.
class orb_level_fn {
public:
    using expands = void;

    explicit orb_level_fn(extent size) : size_(size) {}

    template <class P>
    auto expand(extent input) const {
        interpolated_256ths const columns{input.width, size_.width}, rows{input.height, size_.height};
        auto const taps = [](interpolated_256ths const& of) {
            return taps_of_bits<std::int16_t>(of.size, of.input, of, 0);
        };
        return compose(resample<axis::columns, P>(taps(columns), centered_sum{}),
                       resample<axis::rows, std::int16_t>(taps(rows), byte_of_centered{}));
    }

private:
    extent size_;
};

/// A level: how many times smaller than the image it is, its extent, and how many points are looked for.
struct orb_level {
    float scale;
    extent size;
    index_t most;
};

/// The levels of an image, in the arithmetic of OpenCV.
inline std::vector<orb_level> orb_levels(extent image, int count, double factor, index_t most) {
    std::vector<orb_level> levels;
    auto const inverse = static_cast<float>(1.0 / factor);
    double power = 1, inverse_power = 1; // of the level
    for (int i = 0; i < count; ++i) inverse_power *= static_cast<double>(inverse);
    float share = static_cast<float>(most) * (1 - inverse) / (1 - static_cast<float>(inverse_power));
    index_t sum = 0;
    for (int i = 0; i < count; ++i) {
        auto const scale = static_cast<float>(power);
        index_t const wanted =
            i + 1 < count ? half_to_even(static_cast<double>(share)) : std::max<index_t>(most - sum, 0);
        auto const side = [scale](index_t of) {
            return half_to_even(static_cast<double>(static_cast<float>(of) / scale));
        };
        levels.push_back({scale, {side(image.width), side(image.height)}, wanted});
        sum += wanted;
        share *= inverse;
        power *= factor;
    }
    return levels;
}

} // namespace detail

QUOIN_NAMESPACE_END
