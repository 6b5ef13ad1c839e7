// SPDX-License-Identifier: BSL-1.0
// absolute: the absolute value.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage. Each channel becomes |v|. Same pixel type. The result saturates: the smallest value of a signed
/// integer type becomes the largest. Unsigned values and NaN do not change. `sobel_x | absolute |
/// convert_to<std::uint8_t>` shows a derivative as a picture.
struct absolute_fn {
    using vectorized = void;
    using channelwise = void;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        using T = scalar_t<V>;
        if constexpr (std::unsigned_integral<T>) return v;
        else if constexpr (std::floating_point<T>) return abs(v);
        else return abs(max(v, V(static_cast<T>(-highest<T>))));
    }
};
inline constexpr absolute_fn absolute{};

/// The catalogue's entry.
struct absolute_entry : entry_of<absolute_entry> {
    static constexpr operation about{.name = "absolute",
                                     .about = "values without their sign",
                                     .rounding = "none, saturated",
                                     .opencv = "cv::convertScaleAbs(src, dst), which makes bytes",
                                     .scikit_image = "numpy.abs(image)"};
    static absolute_fn stage(double const*) { return absolute; }
};

QUOIN_NAMESPACE_END
