// SPDX-License-Identifier: BSL-1.0
// swap_rb: red and blue change places.
#pragma once

#include <quoin/filter/detail/colors.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage. The channels that pixel_traits calls red and blue change places: RGB becomes BGR, and BGR becomes
/// RGB. Other channels, such as alpha, stay. Same pixel type, exact. Cost: none beside reading and writing.
struct swap_rb_fn {
    using vectorized = void;
    using leaves_alpha = void;

    template <concepts::color P>
    QUOIN_INLINE P operator()(P const& p) const {
        using traits = pixel_traits<P>;
        return detail::with_rgb(p, get_channel<traits::blue>(p), get_channel<traits::green>(p),
                                get_channel<traits::red>(p));
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(concepts::color<P>, "quoin::swap_rb: pixel_traits does not say which channels are red and blue");
    }
};
inline constexpr swap_rb_fn swap_rb{};

/// The catalogue's entry.
struct swap_rb_entry : entry_of<swap_rb_entry> {
    /// Gray pixels do not change.
    static constexpr bool leaves(int channels) { return channels == 1; }
    static constexpr operation about{.name = "swap_rb",
                                     .about = "red and blue change places; gray stays gray",
                                     .rounding = "none",
                                     .opencv = "cv::cvtColor(src, dst, cv::COLOR_RGB2BGR)",
                                     .scikit_image = "image[..., ::-1]"};
    static swap_rb_fn stage(double const*) { return swap_rb; }
};

QUOIN_NAMESPACE_END
