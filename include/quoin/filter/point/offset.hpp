// SPDX-License-Identifier: BSL-1.0
// offset: each value plus a constant.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by offset().
class offset_fn {
public:
    using vectorized = void;
    using channelwise = void;

    /// @throws invalid_argument unless the value is finite.
    constexpr explicit offset_fn(double value) : value_(value) {
        if (!(value >= -highest<double> && value <= highest<double>))
            detail::raise("quoin::offset: the value ", value, " is not a finite number");
    }

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            return v + V(static_cast<T>(value_));
        } else if constexpr (std::unsigned_integral<T>) {
            // The value is limited first, so that no step leaves the range.
            V const up(saturate<T>(value_)), down(saturate<T>(-floor(value_ + 0.5)));
            return V(min(V(max(v, down) - down), V(V(highest<T>) - up)) + up);
        } else {
            using W = wide_t<T>;
            constexpr double most = 2.0 * static_cast<double>(highest<T>) + 1;
            auto const added = static_cast<W>(floor(min(max(value_, -most), most) + 0.5));
            return saturate<T>(convert<W>(v) + added);
        }
    }

private:
    double value_;
};

/// Pointwise stage. Each channel becomes v + value. Integers: the real sum, rounded half up, so the value is rounded
/// half up first, and saturated: exact. Floating point: the sum in the channel's type, with the value as a number of
/// that type; NaN stays NaN. Same pixel type, channels alike. A negative value subtracts; factors are those of
/// brightness, and a factor and an offset in one are levels. Cost: two instructions for each channel, and one for
/// floating point.
/// @throws invalid_argument unless the value is finite.
constexpr offset_fn offset(double value) {
    return offset_fn(value);
}

/// The catalogue's entry.
struct offset_entry : entry_of<offset_entry> {
    static constexpr operation about{
        .name = "offset",
        .about = "each value plus VALUE",
        .parameters = {{.name = "VALUE", .least = -3.4028234e38, .most = 3.4028234e38, .about = "what is added"}},
        .rounding = "the real sum half up, saturated",
        .floating = "v + VALUE in the channel's type",
        .opencv = "cv::add(src, cv::Scalar::all(VALUE), dst)",
        .pillow = "image.point(lambda v: v + VALUE), of whole numbers",
        .scikit_image = "numpy.clip(image.astype(int) + VALUE, 0, 255)"};
    static constexpr offset_fn stage(double const* values) { return offset(values[0]); }
};

QUOIN_NAMESPACE_END
