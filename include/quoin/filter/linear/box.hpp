// SPDX-License-Identifier: BSL-1.0
// box: the mean over a square.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/tuning.hpp>
#include <quoin/pipe/kernel.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Integer types for which the sum over every square is exact.
template <class T>
inline constexpr bool exact_box = std::integral<T> && sizeof(T) <= 4;

/// The types of a column sum and of the sum over a square. Both are exact for T, or double if no type is exact.
template <class T>
using box_column_t = std::conditional_t<
    std::floating_point<T>, T,
    std::conditional_t<
        sizeof(T) == 1, std::conditional_t<std::is_signed_v<T>, std::int16_t, std::uint16_t>,
        std::conditional_t<sizeof(T) == 2, std::int32_t, std::conditional_t<sizeof(T) == 4, std::int64_t, double>>>>;
template <class T>
using box_sum_t = std::conditional_t<
    std::floating_point<T>, T,
    std::conditional_t<
        (sizeof(T) > 4), double,
        std::conditional_t<sizeof(T) == 4, std::int64_t,
                           std::conditional_t<std::same_as<T, std::uint16_t>, std::uint32_t, std::int32_t>>>>;

/// The first pass: column sums of channels T.
template <class T>
struct box_column {
    using vectorized = void;
    using channelwise = void;
    static constexpr bool reads_above = exact_box<T>;
    int radius;
    QUOIN_FN quoin::footprint footprint() const { return {0, radius}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using S = box_column_t<T>;
        if constexpr (requires { w.above(); })
            if (w.knows_above())
                return convert<S>(w.above() + w.template at<S>(0, radius) - w.template at<S>(0, -radius - 1));
        if constexpr (std::same_as<T, std::uint8_t>) {
            auto const zero = std::remove_cvref_t<decltype(w(0, 0))>(std::uint8_t{0});
            auto sum = byte_sum_start(w(0, 0), 1, zero, 0);
            for (int j = 1; j <= radius; ++j) sum.add(w(0, -j), 1, w(0, j), 1);
            return convert<S>(sum.value()); // the sum is in 0..65535, in the bits of an i16
        } else {
            auto sum = w.template at<S>(0, -radius);
            for (int j = 1 - radius; j <= radius; ++j) sum = convert<S>(sum + w.template at<S>(0, j));
            return sum;
        }
    }
};

/// The second pass: row sums of the column sums, divided by side^2.
template <class T>
class box_row {
    using S = box_sum_t<T>;
    using Q = std::conditional_t<std::floating_point<T>, T, double>;

public:
    using vectorized = void;
    using channelwise = void;
    using row_sums =
        std::conditional_t<exact_box<T>, std::conditional_t<sizeof(T) == 4, std::uint64_t, std::uint32_t>, void>;

    QUOIN_FN explicit box_row(int radius) : box_row(radius, (2 * radius + 1) * (2 * radius + 1)) {}
    QUOIN_FN quoin::footprint footprint() const { return {radius_, 0}; }
    QUOIN_FN bool wants_row_sums() const { return radius_ > max_direct_radius; }

    /// A constant border is defined for pixels; outside the image the second pass reads the column sum of the constant.
    using outside_of = T;
    QUOIN_FN box_column_t<T> outside(T value) const { return box_column<T>{radius_}(constant_window<T>{value}); }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if constexpr (requires { w.row_sum(0, 0); })
            if (wants_row_sums()) return quotient(convert<S>(w.row_sum(-radius_, radius_)));
        if constexpr (std::same_as<T, std::uint8_t>)
            if (radius_ <= max_short_radius) return quotient(row_of_ones(w, radius_).value());
        auto sum = w.template at<S>(-radius_, 0);
        for (int i = 1 - radius_; i <= radius_; ++i) sum = sum + w.template at<S>(i, 0);
        return quotient(sum);
    }

private:
    QUOIN_FN box_row(int radius, int area)
        : radius_(radius), area_(static_cast<Q>(area)), bias_(bias(area)), reciprocal_(Q(1) / area_),
          short_reciprocal_(1.0f / static_cast<float>(area_)) {}

    // The quotient is the largest integer below (n + 1/2) / area, where n is the integer dividend. n + 1/2 is never a
    // multiple of the area. The product with the reciprocal has a smaller error than the distance to the next multiple;
    // in float this holds for n < 2^22. For signed 8- and 16-bit channels an offset makes the value positive, so that
    // truncation rounds down. Sums of u16 are converted to signed integers, because every processor can convert these.
    template <class V>
    QUOIN_INLINE auto quotient(V const& sum) const {
        if constexpr (std::same_as<T, std::uint8_t>)
            if (radius_ <= max_short_radius)
                return convert<T>(
                    convert<std::int32_t>((convert<float>(sum) + static_cast<float>(bias_)) * short_reciprocal_));
        if constexpr (std::floating_point<T>) {
            return sum / area_;
        } else if constexpr (sizeof(T) > 2) {
            return saturate<T>(floor((convert<Q>(sum) + bias_) * reciprocal_));
        } else {
            auto const moved = [&]() QUOIN_LAMBDA_INLINE {
                if constexpr (std::same_as<T, std::uint16_t>) return convert<std::int32_t>(sum ^ V(0x80000000u));
                else return sum;
            }();
            auto const up = convert<std::int32_t>((convert<Q>(moved) + bias_) * reciprocal_);
            return convert<T>(up - std::remove_const_t<decltype(up)>(up_by));
        }
    }
    static constexpr std::int32_t up_by = std::signed_integral<T> && sizeof(T) <= 2 ? 32768 : 0;

    static QUOIN_FN Q bias(int area) {
        Q const below_one = static_cast<Q>(area / 2) + Q(0.5);
        Q const sign = std::same_as<T, std::uint16_t> ? Q(2147483648.0) : Q(0);
        return below_one + static_cast<Q>(up_by) * static_cast<Q>(area) + sign;
    }

    static constexpr int max_short_radius = 63; // up to this radius column sums fit an i16
    static constexpr int max_direct_radius =
        std::same_as<T, std::uint8_t> ? tuning::box_direct_radius_of_bytes : tuning::box_direct_radius;

    int radius_;
    Q area_, bias_, reciprocal_;
    float short_reciprocal_;
};

} // namespace detail

/// The stage made by box().
class box_fn {
public:
    using expands = void;

    constexpr explicit box_fn(int side) : radius_(side / 2) {
        if (side < 1 || side > 255 || side % 2 == 0)
            detail::raise("quoin::box: the side ", side, " is not an odd number from 1 to 255");
    }

    template <class P>
    QUOIN_FN auto expand() const {
        using T = channel_t<P>;
        return compose(detail::box_column<T>{radius_}, detail::box_row<T>(radius_));
    }

private:
    int radius_;
};

/// Local stage, side x side. Each channel is the mean over the square around the pixel. The pixel type does not change.
/// Border: that of the last extend(), or reflect_101 without one. Integer channels: exact and rounded half up, (sum +
/// side^2 / 2) / side^2 in integer division. 64-bit channels are computed in double; they are exact as long as the
/// absolute values in the square sum to less than 2^51. Floating point: the column sums run from the top, their sum
/// runs from the left, and the sum is divided by side^2; all in the channel's type. There are two passes: columns, then
/// rows. Cost: 2 side additions per pixel. On the line engine the cost of integers up to 32 bits does not depend on the
/// side, except for sides up to 13 of u8 and up to 7 of other types, where the column sums are added directly.
/// @throws invalid_argument unless the side is odd and in 1..255.
constexpr box_fn box(int side) {
    return box_fn(side);
}

/// The catalogue's entry.
struct box_entry : entry_of<box_entry> {
    static constexpr operation about{
        .name = "box",
        .about = "the mean over SIDE x SIDE pixels",
        .parameters = {{.name = "SIDE",
                        .type = parameter_type::integer,
                        .least = 1,
                        .most = 255,
                        .about = "an odd number of pixels"}},
        .rounding = "half up, (sum + SIDE^2 / 2) / SIDE^2 in integer division",
        .floating = "sums in the channel's type, columns from the top, then rows from the left, divided by SIDE^2",
        .opencv = "cv::blur(src, dst, {SIDE, SIDE}), which rounds halves to even",
        .pillow = "image.filter(ImageFilter.BoxBlur(SIDE // 2))",
        .scikit_image = "scipy.ndimage.uniform_filter(image, SIDE), which rounds down"};
    static constexpr box_fn stage(double const* values) { return box(detail::whole<int>(values[0])); }
};

QUOIN_NAMESPACE_END
