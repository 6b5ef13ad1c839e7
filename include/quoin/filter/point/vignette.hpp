// SPDX-License-Identifier: BSL-1.0
// vignette: a gain that depends on the distance from the center.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/operation.hpp>

#include <limits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The gain 1 + k1 t + k2 t^2 + k3 t^3, where t is 0 in the center of an image and 1 in its corners.
struct radial_gain {
    using vectorized = void;
    using channelwise = void;
    using takes_position = void;

    float x, y, scale; // the center, and 1 / its distance to a corner
    float k1, k2, k3;

    QUOIN_FN radial_gain(extent size, float a, float b, float c)
        : x(static_cast<float>(size.width - 1) / 2), y(static_cast<float>(size.height - 1) / 2), scale(0), k1(a), k2(b),
          k3(c) {
        double const u = static_cast<double>(size.width - 1) / 2, v = static_cast<double>(size.height - 1) / 2;
        double const distance = sqrt(u * u + v * v);
        if (distance > 0) scale = static_cast<float>(1 / distance);
    }

    template <concepts::channel_value V, class I>
    QUOIN_INLINE V operator()(V const& v, position<I> const& at) const {
        using T = scalar_t<V>;
        auto const dx = (convert<float>(at.x) - x) * scale, dy = (convert<float>(at.y) - y) * scale;
        auto const t = dx * dx + dy * dy;
        auto const gain = ((t * k3 + k2) * t + k1) * t + 1.0f;
        using R = std::conditional_t<(sizeof(T) < 4) || std::same_as<T, float>, float, double>;
        auto const product = convert<R>(v) * convert<R>(gain);
        if constexpr (std::floating_point<T>) return product;
        else return saturate<T>(product);
    }
};

} // namespace detail

/// The stage made by vignette().
class vignette_fn {
public:
    using expands = void;

    /// @throws invalid_argument unless the factors are finite.
    constexpr vignette_fn(float k1, float k2, float k3) : k1_(k1), k2_(k2), k3_(k3) {
        constexpr float most = std::numeric_limits<float>::max();
        for (float const k : {k1, k2, k3})
            if (!(k >= -most && k <= most))
                detail::raise("quoin::vignette: the factors ", k1, ", ", k2, ", ", k3, " are not all finite");
    }

    template <class P>
    constexpr auto expand(extent input) const {
        return compose(detail::radial_gain(input, k1_, k2_, k3_));
    }

private:
    float k1_, k2_, k3_;
};

/// Pointwise stage of the position: v (1 + k1 t + k2 t^2 + k3 t^3), where t = r^2 is the squared distance from the
/// center of the image, 0 there and 1 in the centers of the corner pixels. It corrects the shading of a lens, or with
/// negative factors makes it: Adobe's DNG has the same polynomial as FixVignetteRadial. Same pixel type, channels
/// alike.
///
/// The center is at ((w - 1) / 2, (h - 1) / 2), and the factors are floats. The gain is computed in float:
/// dx = (x - cx) / c, dy = (y - cy) / c with c the distance to a corner, t = dx dx + dy dy, ((k3 t + k2) t + k1) t + 1.
/// 8 and 16 bits: the product in float, rounded half up, saturated; it is within 0.51 of the real value for u8, and 0.6
/// for u16, while the gain is at most 4. 32-bit integers and double: the product in double. float: the product. A GPU
/// may fuse products and sums, so a result there can differ by 1. Cost: some 10 operations in float for each channel.
/// @throws invalid_argument unless the factors are finite.
constexpr vignette_fn vignette(float k1, float k2 = 0, float k3 = 0) {
    return vignette_fn(k1, k2, k3);
}

/// The catalogue's entry.
struct vignette_entry : entry_of<vignette_entry> {
    static constexpr operation about{
        .name = "vignette",
        .about = "times 1 + K1 t + K2 t^2 + K3 t^3, t the squared distance from the center, 1 in the corners",
        .parameters = {{.name = "K1", .least = -1000, .most = 1000, .about = "a factor"},
                       {.name = "K2", .least = -1000, .most = 1000, .preset = "0", .about = "a factor"},
                       {.name = "K3", .least = -1000, .most = 1000, .preset = "0", .about = "a factor"}},
        .rounding = "half up of the product in float (32 bits: double), saturated; the gain in float",
        .floating = "the product in the channel's type, the gain in float"};
    static constexpr vignette_fn stage(double const* values) {
        return vignette(static_cast<float>(values[0]), static_cast<float>(values[1]), static_cast<float>(values[2]));
    }
};

QUOIN_NAMESPACE_END
