// SPDX-License-Identifier: BSL-1.0
// invert, solarize, posterize, clamp: values mirrored, in fewer steps, or within bounds.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage. Each channel becomes the largest value plus the smallest value of its type minus v: 255 - v for u8,
/// 65535 - v for u16, -1 - v for signed integers, whose bits are all changed. Floating point: 1 - v; NaN stays NaN.
/// Same pixel type, channels alike, exact. Cost: one instruction for each channel.
struct invert_fn {
    using vectorized = void;
    using channelwise = void;

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) return V(T(1)) - v;
        else return static_cast<V>(v ^ V(static_cast<T>(-1)));
    }
};
inline constexpr invert_fn invert{};

/// The stage made by solarize().
class solarize_fn {
public:
    using vectorized = void;
    using channelwise = void;

    /// @throws invalid_argument if the threshold is NaN.
    constexpr explicit solarize_fn(double threshold) : threshold_(threshold) {
        if (!(threshold <= threshold)) detail::raise("quoin::solarize: the threshold is NaN; give a number");
    }

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            return select(v < V(static_cast<T>(threshold_)), v, invert_fn{}(v));
        } else {
            if (threshold_ > static_cast<double>(highest<T>)) return v;
            return select(v < V(saturate<T>(-floor(-threshold_))), v, invert_fn{}(v));
        }
    }

private:
    double threshold_;
};

/// Pointwise stage. Each channel below `threshold` stays, and invert() of each other one: for u8 it is Pillow's
/// solarize. Floating point: the threshold is a number of the channel's type, and NaN stays NaN. Same pixel type,
/// channels alike, exact. Cost: three instructions for each channel.
/// @throws invalid_argument if the threshold is NaN.
constexpr solarize_fn solarize(double threshold) {
    return solarize_fn(threshold);
}

/// The stage made by posterize().
class posterize_fn {
public:
    using vectorized = void;
    using channelwise = void;

    /// @throws invalid_argument unless bits is from 1 to 16.
    constexpr explicit posterize_fn(int bits) : bits_(bits) {
        if (bits < 1 || bits > 16) detail::raise("quoin::posterize: ", bits, " bits; give 1 to 16");
    }

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            auto const steps = static_cast<T>(1 << bits_);
            return floor(v * V(steps)) * V(T(1) / steps);
        } else {
            constexpr int size = 8 * sizeof(T);
            using U = std::make_unsigned_t<T>;
            U const mask =
                bits_ >= size ? static_cast<U>(-1) : static_cast<U>(static_cast<std::uint64_t>(-1) << (size - bits_));
            return static_cast<V>(v & V(static_cast<T>(mask)));
        }
    }

private:
    int bits_;
};

/// Pointwise stage. Each channel keeps its upper `bits` bits, and the others become 0: v - v mod 2^(n - bits), where n
/// is the number of bits of the type. For u8 it is Pillow's posterize. A type of fewer bits does not change. Floating
/// point: floor(v 2^bits) / 2^bits, exact while v 2^bits is finite; NaN stays NaN, and infinity is infinity. Same pixel
/// type, channels alike. Cost: one instruction for each channel, and for floating point three.
/// @throws invalid_argument unless bits is from 1 to 16.
constexpr posterize_fn posterize(int bits) {
    return posterize_fn(bits);
}

/// The stage made by clamp().
class clamp_fn {
public:
    using vectorized = void;
    using channelwise = void;

    /// @throws invalid_argument unless low <= high.
    constexpr clamp_fn(double low, double high) : low_(low), high_(high) {
        if (!(low <= high))
            detail::raise("quoin::clamp: the bounds ", low, " and ", high,
                          "; give a lower one that is not above the upper one");
    }

    template <concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        using T = scalar_t<V>;
        V const low(saturate<T>(low_)), high(saturate<T>(high_));
        if constexpr (std::floating_point<T>) return select(v < low, low, select(v > high, high, v));
        else return min(max(v, low), high);
    }

private:
    double low_, high_;
};

/// Pointwise stage. Each channel below `low` becomes low, and each above `high` becomes high. For integers the bounds
/// are rounded half up and saturated to the type first. NaN stays NaN, and infinity becomes a bound. Same pixel type,
/// channels alike, exact. Cost: two instructions for each channel, and for floating point four.
/// @throws invalid_argument unless low <= high.
constexpr clamp_fn clamp(double low, double high) {
    return clamp_fn(low, high);
}

/// The catalogue's entries.
struct clamp_entry : entry_of<clamp_entry> {
    static constexpr operation about{
        .name = "clamp",
        .about = "values below LOW become LOW, and those above HIGH become HIGH",
        .parameters = {{.name = "LOW", .least = -3.4028234e38, .most = 3.4028234e38, .about = "the lower bound"},
                       {.name = "HIGH", .least = -3.4028234e38, .most = 3.4028234e38, .about = "the upper bound"}},
        .rounding = "none; bounds half up, saturated",
        .floating = "none",
        .opencv = "cv::min(cv::max(src, LOW), HIGH)",
        .pillow = "image.point(lambda v: min(max(v, LOW), HIGH))",
        .scikit_image = "numpy.clip(image, LOW, HIGH)"};
    static constexpr clamp_fn stage(double const* values) { return clamp(values[0], values[1]); }
};
struct invert_entry : entry_of<invert_entry> {
    static constexpr operation about{.name = "invert",
                                     .about = "white - v; signed integers -1 - v",
                                     .rounding = "none",
                                     .floating = "1 - v",
                                     .opencv = "cv::bitwise_not(src, dst)",
                                     .pillow = "ImageOps.invert(image)",
                                     .scikit_image = "skimage.util.invert(image)"};
    static constexpr invert_fn stage(double const*) { return invert; }
};
struct posterize_entry : entry_of<posterize_entry> {
    static constexpr operation about{
        .name = "posterize",
        .about = "the upper BITS bits of each value, the others 0",
        .parameters = {{.name = "BITS", .type = parameter_type::integer, .least = 1, .most = 16, .about = "bits kept"}},
        .rounding = "down",
        .floating = "floor(v 2^BITS) / 2^BITS",
        .pillow = "ImageOps.posterize(image, BITS)"};
    static constexpr posterize_fn stage(double const* values) { return posterize(detail::whole<int>(values[0])); }
};
struct solarize_entry : entry_of<solarize_entry> {
    static constexpr operation about{.name = "solarize",
                                     .about = "values from THRESHOLD on inverted, the others as they are",
                                     .parameters = {{.name = "THRESHOLD",
                                                     .least = -3.4028234e38,
                                                     .most = 3.4028234e38,
                                                     .about = "the first value that is inverted"}},
                                     .rounding = "none",
                                     .floating = "1 - v from THRESHOLD on",
                                     .pillow = "ImageOps.solarize(image, THRESHOLD)"};
    static constexpr solarize_fn stage(double const* values) { return solarize(values[0]); }
};

QUOIN_NAMESPACE_END
