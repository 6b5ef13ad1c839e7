// SPDX-License-Identifier: BSL-1.0
// color_matrix: colors times a matrix.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/colors.hpp>

#include <cstddef>

QUOIN_NAMESPACE_BEGIN

/// The stage made by color_matrix().
class color_matrix_fn {
public:
    using vectorized = void;
    using leaves_alpha = void;

    /// @throws invalid_argument for a factor or an offset outside its range.
    constexpr explicit color_matrix_fn(double const (&rows)[3][4]) {
        for (int i = 0; i < 3; ++i) {
            double reach = abs(rows[i][3]) + 1;
            for (int j = 0; j < 4; ++j) {
                double const most = j < 3 ? most_factor : most_offset;
                if (!(rows[i][j] >= -most && rows[i][j] <= most))
                    detail::raise("quoin::color_matrix: the ", j < 3 ? "factor " : "offset ", rows[i][j], " of row ",
                                  i + 1, " is outside ", -most, "...", most);
                real_[i][j] = rows[i][j];
                if (j < 3) reach += 255 * abs(rows[i][j]);
            }
            int bits = 22;
            while (reach * static_cast<double>(1 << bits) >= static_cast<double>(1 << 30)) --bits;
            shift_[i] = bits;
            for (int j = 0; j < 4; ++j)
                whole_[i][j] = static_cast<std::int32_t>(floor(rows[i][j] * static_cast<double>(1 << bits) + 0.5));
            whole_[i][3] += (1 << bits) >> 1;
        }
    }

    template <concepts::color P>
    QUOIN_INLINE P operator()(P const& p) const {
        using T = scalar_t<channel_t<P>>;
        using traits = pixel_traits<P>;
        using A =
            std::conditional_t<sizeof(T) == 1, std::int32_t, std::conditional_t<std::same_as<T, float>, float, double>>;
        auto const r = convert<A>(get_channel<traits::red>(p));
        auto const g = convert<A>(get_channel<traits::green>(p));
        auto const b = convert<A>(get_channel<traits::blue>(p));
        auto const row = [&](int i) QUOIN_LAMBDA_INLINE {
            if constexpr (std::integral<A>) {
                auto const& m = whole_[i];
                return saturate<T>((r * m[0] + g * m[1] + (b * m[2] + m[3])) >> shift_[i]);
            } else {
                A const m[4] = {static_cast<A>(real_[i][0]), static_cast<A>(real_[i][1]), static_cast<A>(real_[i][2]),
                                static_cast<A>(real_[i][3])};
                return saturate<T>(r * m[0] + g * m[1] + b * m[2] + m[3]);
            }
        };
        return detail::with_rgb(p, row(0), row(1), row(2));
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(concepts::color<P>,
                      "quoin::color_matrix: pixel_traits does not say which channels are red, green and blue");
    }

private:
    static constexpr double most_factor = 1 << 20, most_offset = 1 << 28;

    double real_[3][4] = {};
    std::int32_t whole_[3][4] = {};
    int shift_[3] = {};
};

/// Pointwise stage. Colors times a matrix of 3 rows: red becomes m[0][0] R + m[0][1] G + m[0][2] B + m[0][3], and green
/// and blue the same of rows 1 and 2. A matrix of 3 x 3 has no offsets. R, G and B are the channels that pixel_traits
/// calls so; other channels, such as alpha, stay. Same pixel type.
///
/// 8 bits: the numbers of a row become multiples of 2^-s, rounded half up, with the largest s <= 22 for which
/// 2^s (255 (|m0| + |m1| + |m2|) + |m3| + 1) < 2^30. Their sum is exact in 32 bits and rounded half up once, saturated.
/// With s = 22, where the factors of a row have a sum below 1, s = 21 where it is below 2 and so on, it is the rounded
/// real value but where this lies within 382.5 / 2^s of a half (10^-4 for s = 22). Other integers: the sum in double
/// from the left, rounded half up, saturated. Floating point: factors, products and sums in the channel's type, from
/// the left; NaN and infinity spread to the colors of their pixel. Cost: 9 products a pixel.
/// @throws invalid_argument for a factor outside -2^20...2^20, or an offset outside -2^28...2^28.
template <std::size_t Columns>
    requires(Columns == 3 || Columns == 4)
constexpr color_matrix_fn color_matrix(double const (&rows)[3][Columns]) {
    double all[3][4] = {};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < Columns; ++j) all[i][j] = rows[i][j];
    return color_matrix_fn(all);
}

namespace detail {
constexpr parameter matrix_factor(char const* name, char const* about) {
    return {.name = name, .least = -(1 << 20), .most = 1 << 20, .about = about};
}
constexpr parameter matrix_offset(char const* name, char const* about) {
    return {.name = name, .least = -(1 << 28), .most = 1 << 28, .preset = "0", .about = about};
}
} // namespace detail

/// The catalogue's entry.
struct color_matrix_entry : entry_of<color_matrix_entry> {
    static constexpr operation about{
        .name = "color_matrix",
        .about = "colors times a matrix, red = RR R + RG G + RB B + R0 and so on",
        .parameters = {detail::matrix_factor("RR", "of red to red"), detail::matrix_factor("RG", "of green to red"),
                       detail::matrix_factor("RB", "of blue to red"), detail::matrix_factor("GR", "of red to green"),
                       detail::matrix_factor("GG", "of green to green"),
                       detail::matrix_factor("GB", "of blue to green"), detail::matrix_factor("BR", "of red to blue"),
                       detail::matrix_factor("BG", "of green to blue"), detail::matrix_factor("BB", "of blue to blue"),
                       detail::matrix_offset("R0", "added to red"), detail::matrix_offset("G0", "added to green"),
                       detail::matrix_offset("B0", "added to blue")},
        .rounding = "8 bits: factors of up to 22 fractional bits, the exact sum half up; others: in double, half up; "
                    "saturated",
        .floating = "in the channel's type, from the left",
        .opencv = "cv::transform(src, dst, matrix)",
        .pillow = "image.convert('RGB', matrix)"};
    static constexpr color_matrix_fn stage(double const* v) {
        return color_matrix({{v[0], v[1], v[2], v[9]}, {v[3], v[4], v[5], v[10]}, {v[6], v[7], v[8], v[11]}});
    }
};

QUOIN_NAMESPACE_END
