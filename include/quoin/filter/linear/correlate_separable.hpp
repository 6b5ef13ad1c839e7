// SPDX-License-Identifier: BSL-1.0
// correlate_separable: the correlation with a kernel that is a column of factors times a row of factors.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/core/error.hpp>
#include <quoin/filter/detail/kernel_divisor.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/pipe/pipeline.hpp>

#include <cstddef>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The type of the sums over columns, for factors K and channels T: exact for integers of up to 32 bits.
template <class K, class T>
using separable_between =
    std::conditional_t<std::integral<K> && std::integral<T> && sizeof(T) <= 2, std::int32_t,
                       std::conditional_t<std::integral<T> && sizeof(T) >= 4, double,
                                          std::conditional_t<std::same_as<T, double>, double, float>>>;

/// The first pass: sums over columns.
template <class K, class T, int Height>
struct separable_columns {
    using vectorized = void;
    using channelwise = void;
    using B = separable_between<K, T>;
    static constexpr quoin::footprint footprint{0, Height / 2};
    K column[Height];

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if constexpr (std::same_as<B, std::int32_t> && std::same_as<T, std::uint8_t>) {
            auto const factor = [&](int j) QUOIN_LAMBDA_INLINE { return static_cast<std::int16_t>(column[j]); };
            auto const last = w(0, Height / 2);
            auto sum = dot_start(last, factor(Height - 1), last, 0);
            unrolled<Height / 2>([&](auto pair) QUOIN_LAMBDA_INLINE {
                constexpr int j = 2 * decltype(pair)::value;
                sum.add(w(0, j - Height / 2), factor(j), w(0, j + 1 - Height / 2), factor(j + 1));
            });
            return sum.value();
        } else {
            auto sum = w.template at<B>(0, -(Height / 2)) * static_cast<B>(column[0]);
            unrolled<Height - 1>([&](auto n) QUOIN_LAMBDA_INLINE {
                constexpr int j = decltype(n)::value + 1;
                sum = sum + w.template at<B>(0, j - Height / 2) * static_cast<B>(column[j]);
            });
            return sum;
        }
    }
};

/// The second pass: sums over rows of these, divided.
template <class K, class T, int Width, int Height>
class separable_rows {
    using columns = separable_columns<K, T, Height>;
    using B = typename columns::B;
    static constexpr bool exact = std::integral<K> && std::integral<T>;

public:
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{Width / 2, 0};

    constexpr separable_rows(columns const& before, K const (&row)[Width], K divisor, std::int64_t total)
        : before_(before), divisor_(divisor, total), fits_32_bits_(sizeof(T) == 1 || total < 32768) {
        for (int i = 0; i < Width; ++i) row_[i] = row[i];
    }

    /// A constant border is defined for pixels; outside the image this pass reads the sum over a column of it.
    using outside_of = T;
    QUOIN_FN B outside(T value) const { return before_(constant_window<T>{value}); }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if constexpr (exact) {
            if constexpr (std::same_as<B, std::int32_t>)
                if (fits_32_bits_) return divisor_.template whole_quotient<T>(sum<std::int32_t>(w));
            return divisor_.template whole_quotient<T>(sum<double>(w));
        } else {
            return divisor_.template quotient<T, B>(sum<B>(w));
        }
    }

private:
    template <class A, class Window>
    QUOIN_INLINE auto sum(Window const& w) const {
        auto all = w.template beside<A, -(Width / 2)>(0) * static_cast<A>(row_[0]);
        unrolled<Width - 1>([&](auto n) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(n)::value + 1;
            all = all + w.template beside<A, i - Width / 2>(0) * static_cast<A>(row_[i]);
        });
        return all;
    }

    columns before_;
    K row_[Width] = {};
    kernel_divisor<K> divisor_;
    bool fits_32_bits_;
};

} // namespace detail

/// The stage made by correlate_separable(). K is int or float.
template <class K, int Width, int Height>
class correlate_separable_fn {
    static_assert(Width % 2 == 1 && Height % 2 == 1,
                  "quoin::correlate_separable: a row and a column have an odd number of factors, so that they have a "
                  "middle");

public:
    using expands = void;

    constexpr correlate_separable_fn(K const (&row)[Width], K const (&column)[Height], K divisor) : divisor_(divisor) {
        if (!(divisor > K(0)))
            detail::raise("quoin::correlate_separable: the divisor ", divisor, " is not a number > 0");
        for (int i = 0; i < Width; ++i) row_[i] = row[i];
        for (int j = 0; j < Height; ++j) column_[j] = column[j];
        if constexpr (std::integral<K>) {
            std::int64_t const along = total_of(row), down = total_of(column);
            total_ = along * down;
            if (down > most_down)
                detail::raise("quoin::correlate_separable: the absolute factors of the column sum to ", down,
                              ", more than ", most_down, "; scale them and the divisor down or use float values");
            if (along > most_total || total_ > most_total)
                detail::raise("quoin::correlate_separable: the absolute factors of the row sum to ", along,
                              " and those of the column to ", down, ", whose product is more than ", most_total,
                              "; scale them and the divisor down or use float values");
        }
    }

    template <class P>
    QUOIN_FN auto expand() const {
        using T = channel_t<P>;
        detail::separable_columns<K, T, Height> columns{};
        for (int j = 0; j < Height; ++j) columns.column[j] = column_[j];
        return compose(columns, detail::separable_rows<K, T, Width, Height>(columns, row_, divisor_, total_));
    }

private:
    static constexpr std::int64_t most_total = (std::int64_t{1} << 30) / 255, most_down = 32767;

    template <int N>
    static constexpr std::int64_t total_of(K const (&factors)[N]) {
        std::int64_t sum = 0;
        for (K const k : factors) sum += k < 0 ? -std::int64_t{k} : std::int64_t{k};
        return sum;
    }

    K row_[Width] = {};
    K column_[Height] = {};
    K divisor_;
    std::int64_t total_ = 0;
};

/// Local stages, Width x Height. Each channel is that of correlate() with the kernel column[j] * row[i]:
///     out(x, y) = sum over j, i of column[j] * row[i] * in(x + i - Width / 2, y + j - Height / 2), divided by
///     `divisor`
/// Same pixel type. Both numbers of factors must be odd, and the divisor > 0. Border: that of the last extend(), or
/// reflect_101 without one, of the image.
///     correlate_separable({1, 4, 6, 4, 1}, {-1, 0, 1}, 16)
///
/// Integers on integer channels are exact, rounded half up and saturated, with the bytes of correlate(). 32-bit
/// channels are computed in double: they are exact if the products of absolute factors sum to at most 500,000. Any
/// other combination sums in float, or in double for f64 and 32-bit integer channels: columns from the top, then rows
/// of these sums from the left, which are divided. Integer channels then round half up and saturate.
///
/// Cost: Width + Height products per pixel.
/// @throws invalid_argument unless the divisor is > 0; or if the absolute values of an integer column sum to more than
/// 32,767, or that sum times the one of the row is more than 4,210,752.
template <class K, std::size_t Width, std::size_t Height>
    requires std::same_as<K, int> || std::same_as<K, float>
constexpr auto correlate_separable(K const (&row)[Width], K const (&column)[Height],
                                   std::type_identity_t<K> divisor = K(1)) {
    return correlate_separable_fn<K, static_cast<int>(Width), static_cast<int>(Height)>(row, column, divisor);
}

/// The catalogue's entry: up to 15 factors each, centered among 7 or 15. Whole numbers make an integer kernel.
struct correlate_separable_entry {
private: // first, since its types are deduced
    template <class K, int Most>
    static constexpr auto centered(double const* values) {
        int const width = detail::whole<int>(values[0]), height = detail::whole<int>(values[1]);
        K row[Most] = {}, column[Most] = {};
        for (int i = 0; i < width; ++i) row[i + (Most - width) / 2] = static_cast<K>(values[3 + i]);
        for (int j = 0; j < height; ++j) column[j + (Most - height) / 2] = static_cast<K>(values[3 + width + j]);
        return correlate_separable(row, column, static_cast<K>(values[2]));
    }

public:
    static constexpr operation about{
        .name = "correlate_separable",
        .about = "the correlation with a kernel that is a column of factors times a row of them",
        .parameters = {{.name = "FACTORS",
                        .type = parameter_type::kernel,
                        .least = 1,
                        .most = 15,
                        .about = "those of the row, / and those of the column, separated by : or blanks; @ and a "
                                 "divisor",
                        .two_rows = true}},
        .rounding = "whole numbers: half up once (32 bits: in double); fractions: columns, then rows, in float (32 "
                    "bits: double), half up; saturated",
        .floating = "columns from the top, then rows from the left, in float",
        .opencv = "cv::sepFilter2D(src, dst, -1, row, column), which rounds halves to even"};

    template <class F>
    static auto with_stage(double const* values, F const& f) {
        int const width = detail::whole<int>(values[0]), height = detail::whole<int>(values[1]);
        bool const whole = detail::are_whole(values + 2, 1 + width + height);
        bool const few = width <= 7 && height <= 7;
        if (whole) return few ? f(centered<int, 7>(values)) : f(centered<int, 15>(values));
        return few ? f(centered<float, 7>(values)) : f(centered<float, 15>(values));
    }
};

QUOIN_NAMESPACE_END
