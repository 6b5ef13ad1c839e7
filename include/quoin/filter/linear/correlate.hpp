// SPDX-License-Identifier: BSL-1.0
// correlate: the correlation with a kernel of odd sides, integer or floating point.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/core/error.hpp>
#include <quoin/filter/detail/kernel_divisor.hpp>
#include <quoin/pipe/kernel.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/pipe/pipeline.hpp>

#include <cstddef>

QUOIN_NAMESPACE_BEGIN

/// The stage made by correlate(). K is int or float.
template <class K, int Width, int Height>
class correlate_fn {
    static_assert(Width % 2 == 1 && Height % 2 == 1,
                  "quoin::correlate: a kernel has an odd number of rows and columns, so that it has a middle");

public:
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{Width / 2, Height / 2};

    constexpr correlate_fn(K const (&kernel)[Height][Width], K divisor) {
        if (!(divisor > K(0))) detail::raise("quoin::correlate: the divisor ", divisor, " is not a number > 0");
        std::int64_t total = 0, negative = 0, sum = 0;
        for (int j = 0; j < Height; ++j)
            for (int i = 0; i < Width; ++i) {
                K const k = kernel[j][i];
                kernel_[j][i] = k;
                if constexpr (std::integral<K>) {
                    total += k < 0 ? -std::int64_t{k} : std::int64_t{k};
                    if (k < 0) negative -= k;
                    sum += k;
                    fits_16_bits_ = fits_16_bits_ && k >= -32768 && k <= 32767;
                    fits_bytes_ = fits_bytes_ && k >= -64 && k <= 64;
                }
            }
        fits_bytes_ = fits_bytes_ && total * 255 <= 65535;
        fits_32_bit_sum_ = fits_16_bits_ && total < 32768;
        if (fits_bytes_) offset_ = static_cast<int>(255 * negative);
        divisor_ = {divisor, total};
        if (total > max_total)
            detail::raise(
                "quoin::correlate: the absolute kernel values sum to ", total, ", more than ", max_total,
                " with which 32-bit sums are exact; scale the kernel and the divisor down or use float values");
        sum_ = static_cast<int>(sum);
    }

    /// The kernel turned by 180 degrees, which gives the mathematical convolution.
    constexpr correlate_fn flipped() const {
        correlate_fn result = *this;
        for (int j = 0; j < Height; ++j)
            for (int i = 0; i < Width; ++i) result.kernel_[j][i] = kernel_[Height - 1 - j][Width - 1 - i];
        return result;
    }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using T = typename Window::channel_type;
        [[maybe_unused]] constexpr bool many = Window::lanes::count > 1;
        if constexpr (std::integral<K> && std::same_as<T, std::uint8_t>) {
            if constexpr (many)
                if (fits_bytes_) return quotient<T>(sum_of_bytes(w));
            if (fits_16_bits_) return quotient<T>(sum_of_products(w));
            return quotient<T>(weighted<std::int32_t>(w));
        } else if constexpr (std::integral<K> && std::integral<T>) {
            if constexpr (sizeof(T) == 2)
                if (fits_32_bit_sum_) {
                    if constexpr (many) return quotient<T>(sum_of_16_bits(w));
                    else return quotient<T>(weighted<std::int32_t>(w));
                }
            return quotient<T>(weighted<double>(w));
        } else {
            using F = std::conditional_t<sizeof(T) < 4 || std::same_as<T, float>, float, double>;
            auto const sum = weighted<F>(w);
            return divisor_.template quotient<T, F>(sum);
        }
    }

private:
    static constexpr std::int64_t max_total = (std::int64_t{1} << 30) / 255;

    // Rows are a loop, and the taps of a row are unrolled. A loop over taps is slow, and a large kernel that is
    // unrolled completely takes minutes to compile.

    /// The weighted sum in type A. Kernel rows run from the top, and each row from the left.
    template <class A, class Window>
    QUOIN_INLINE auto weighted(Window const& w) const {
        auto const product = [&](auto i, int j) QUOIN_LAMBDA_INLINE {
            constexpr int n = decltype(i)::value;
            return w.template beside<A, n - Width / 2>(j - Height / 2) * static_cast<A>(kernel_[j][n]);
        };
        auto sum = product(std::integral_constant<int, 0>{}, 0);
        detail::unrolled<Width - 1>([&](auto i) QUOIN_LAMBDA_INLINE {
            sum = sum + product(std::integral_constant<int, decltype(i)::value + 1>{}, 0);
        });
        auto const add_row = [&](int j) QUOIN_LAMBDA_INLINE {
            detail::unrolled<Width>([&](auto i) QUOIN_LAMBDA_INLINE { sum = sum + product(i, j); });
        };
        // A small kernel is unrolled completely; for larger ones that would be too much code.
        if constexpr (Width * Height <= 9)
            detail::unrolled<Height - 1>([&](auto j) QUOIN_LAMBDA_INLINE { add_row(decltype(j)::value + 1); });
        else
            for (int j = 1; j < Height; ++j) add_row(j);
        return sum;
    }

    /// The same sum in integers, two products at a time. Rows have an odd number of taps, so the last tap goes alone.
    template <class Window>
    QUOIN_INLINE auto sum_of_products(Window const& w) const {
        auto const value = [&](int i, int j) QUOIN_LAMBDA_INLINE { return w(i - Width / 2, j - Height / 2); };
        auto const factor = [&](int i, int j) QUOIN_LAMBDA_INLINE { return static_cast<std::int16_t>(kernel_[j][i]); };
        auto const last = [&](int j) QUOIN_LAMBDA_INLINE { return value(Width - 1, j); };
        auto sum = dot_start(last(0), factor(Width - 1, 0), last(0), 0);
        for (int j = 0; j < Height; ++j) {
            detail::unrolled<Width / 2>([&](auto pair) QUOIN_LAMBDA_INLINE {
                constexpr int i = 2 * decltype(pair)::value;
                sum.add(value(i, j), factor(i, j), value(i + 1, j), factor(i + 1, j));
            });
            if (j > 0) sum.add(last(j), factor(Width - 1, j), last(j), 0);
        }
        return sum.value();
    }

    /// start + the same sum, with neighbors paired as they lie in registers. add_pair(sum, value, dx, j) adds two.
    template <class Value, class Add>
    static QUOIN_INLINE auto sum_of_neighbors(Value const& value, int start, Add const& add_pair) {
        auto sum = neighbor_sum_start(value(0, 0), start);
        auto const add_row = [&](int j) QUOIN_LAMBDA_INLINE {
            detail::unrolled<Width / 2 + 1>([&](auto step) QUOIN_LAMBDA_INLINE {
                constexpr int dx = 2 * decltype(step)::value - Width / 2;
                add_pair(sum, value(dx, j - Height / 2), dx, j);
            });
        };
        if constexpr (Width * Height <= 25)
            detail::unrolled<Height>([&](auto j) QUOIN_LAMBDA_INLINE { add_row(decltype(j)::value); });
        else
            for (int j = 0; j < Height; ++j) add_row(j);
        return sum;
    }
    QUOIN_INLINE int factor(int dx, int j) const {
        int const i = dx + Width / 2;
        return i >= 0 && i < Width ? static_cast<int>(kernel_[j][i]) : 0;
    }

    /// Small factors in 16 bits. An offset keeps the sum at 0 or above, and the sum is read as unsigned.
    template <class Window>
    QUOIN_INLINE auto sum_of_bytes(Window const& w) const {
        auto const value = [&](int dx, int dy) QUOIN_LAMBDA_INLINE { return w(dx, dy); };
        auto const sum =
            sum_of_neighbors(value, offset_, [&](auto& s, auto const& v, int dx, int j) QUOIN_LAMBDA_INLINE {
                s.add(v, byte_factors(factor(dx, j), factor(dx + 1, j)),
                      byte_factors(factor(dx - 1, j), factor(dx, j)));
            });
        return convert<std::int32_t>(convert<std::uint16_t>(sum.value())) - offset_;
    }
    /// 16-bit values with 32-bit sums.
    template <class Window>
    QUOIN_INLINE auto sum_of_16_bits(Window const& w) const {
        auto const value = [&](int dx, int dy) QUOIN_LAMBDA_INLINE { return detail::as_signed(w(dx, dy)); };
        int const start = detail::signed_offset<typename Window::channel_type> * sum_;
        return sum_of_neighbors(value, start,
                                [&](auto& s, auto const& v, int dx, int j) QUOIN_LAMBDA_INLINE {
                                    auto const k = [&](int i) QUOIN_LAMBDA_INLINE {
                                        return static_cast<std::int16_t>(factor(i, j));
                                    };
                                    s.add(v, k(dx), k(dx + 1), k(dx - 1), k(dx));
                                })
            .value();
    }

    template <class T, class Sum>
    QUOIN_INLINE auto quotient(Sum const& sum) const {
        return divisor_.template whole_quotient<T>(sum);
    }

    K kernel_[Height][Width] = {};
    detail::kernel_divisor<K> divisor_;
    bool fits_16_bits_ = true;
    bool fits_bytes_ = true;
    bool fits_32_bit_sum_ = false;
    int offset_ = 0;
    int sum_ = 0;
};

/// Local stage, Width x Height. Each channel is
///     out(x, y) = sum over j, i of kernel[j][i] * in(x + i - Width / 2, y + j - Height / 2), divided by `divisor`
/// The kernel is laid over the image as it is written. This is a correlation, as in OpenCV's filter2D and Pillow's
/// Kernel; convolve() is the mathematical convolution. Same pixel type.
///     correlate({{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}})
/// Both kernel sides must be odd, and the divisor must be > 0. Border: that of the last extend(), or reflect_101
/// without one.
///
/// An integer kernel on integer channels is exact, rounded half up and saturated. 32-bit channels are computed in
/// double: they are exact if the absolute kernel values sum to at most 500,000; above that the last digits may be off.
/// docs/semantics.md describes 64-bit channels.
///
/// Any other combination sums in float, or in double for f64 and 32-bit integer channels. Kernel rows run from the top,
/// and each row from the left. Integer channels then round half up and saturate.
/// @throws invalid_argument unless the divisor is > 0, or if the absolute values of an integer kernel sum to more than
/// 4,210,752.
template <class K, std::size_t Width, std::size_t Height>
    requires std::same_as<K, int> || std::same_as<K, float>
constexpr auto correlate(K const (&kernel)[Height][Width], std::type_identity_t<K> divisor = K(1)) {
    return correlate_fn<K, static_cast<int>(Width), static_cast<int>(Height)>(kernel, divisor);
}

/// Converts a kernel of double values to float.
/// @throws invalid_argument unless the divisor is > 0 and in the range of float.
template <std::size_t Width, std::size_t Height>
constexpr auto correlate(double const (&kernel)[Height][Width], double divisor = 1.0) {
    // Checked before the conversion, so that the message has the caller's value.
    if (!(divisor >= double{std::numeric_limits<float>::denorm_min()} && divisor <= double{highest<float>}))
        detail::raise("quoin::correlate: the divisor ", divisor, " is not a number > 0 in the range of float");
    float narrow[Height][Width];
    for (std::size_t j = 0; j < Height; ++j)
        for (std::size_t i = 0; i < Width; ++i) narrow[j][i] = static_cast<float>(kernel[j][i]);
    return correlate_fn<float, static_cast<int>(Width), static_cast<int>(Height)>(narrow, static_cast<float>(divisor));
}

/// The error message for `view | correlate` and `view | convolve`.
template <concepts::readable Source>
constexpr auto operator|(Source const& source,
                         detail::function_name<correlate_fn<int, 3, 3>, int const (&)[3][3], int>) {
    return detail::uncalled(source);
}

/// The catalogue's entry: kernels with sides up to 7, centered in a square of side 3 or 7. A kernel of whole numbers is
/// an integer kernel.
struct correlate_entry {
private: // first, since its types are deduced
    template <class K, int Side>
    static constexpr auto square(double const* values) {
        int const width = detail::whole<int>(values[0]), height = detail::whole<int>(values[1]);
        K kernel[Side][Side] = {};
        for (int j = 0; j < height; ++j)
            for (int i = 0; i < width; ++i)
                kernel[j + (Side - height) / 2][i + (Side - width) / 2] = static_cast<K>(values[3 + j * width + i]);
        return correlate(kernel, static_cast<K>(values[2]));
    }

public:
    static constexpr operation about{
        .name = "correlate",
        .about = "any kernel, laid over the image as written; whole numbers are exact, others computed in float",
        .parameters = {{.name = "KERNEL",
                        .type = parameter_type::kernel,
                        .least = 1,
                        .most = 7,
                        .about = "rows separated by /, values by : or blanks, a divisor behind @"}},
        .rounding = "whole numbers: exact, half up after the division; others: rows from the top, each from the left, "
                    "in float (32 bits: double), half up; saturated",
        .floating = "rows from the top, each from the left, in float",
        .opencv = "cv::filter2D(src, dst, -1, kernel), which rounds halves to even",
        .pillow = "image.filter(ImageFilter.Kernel(size, kernel, scale))",
        .scikit_image = "scipy.ndimage.correlate(image, kernel)"};

    template <class F>
    static auto with_stage(double const* values, F const& f) {
        int const width = detail::whole<int>(values[0]), height = detail::whole<int>(values[1]);
        bool const whole = detail::are_whole(values + 2, 1 + width * height);
        bool const small = width <= 3 && height <= 3;
        if (whole) return small ? f(square<int, 3>(values)) : f(square<int, 7>(values));
        return small ? f(square<float, 3>(values)) : f(square<float, 7>(values));
    }
};

QUOIN_NAMESPACE_END
