// SPDX-License-Identifier: BSL-1.0
// The factors of a constant kernel, in the orders in which they are summed.
#pragma once

#include <quoin/config.hpp>

#include <cstdint>
#include <numeric>

QUOIN_NAMESPACE_BEGIN

namespace detail {

struct tap {
    int dx = 0, dy = 0, factor = 0;
};

/// The nonzero factors of a kernel.
template <auto K>
struct taps_of {
    static constexpr int width = 2 * K.footprint.left + 1, height = 2 * K.footprint.up + 1;
    static constexpr int count = [] {
        int n = 0;
        for (auto const& row : K.factor)
            for (int f : row) n += f != 0;
        return n;
    }();
    static_assert(count > 0, "quoin::kernel: all factors are 0");
    static constexpr std::int64_t total = [] {
        std::int64_t sum = 0;
        for (auto const& row : K.factor)
            for (int f : row) sum += f < 0 ? -std::int64_t{f} : std::int64_t{f};
        return sum;
    }();
    static constexpr int sum = [] {
        int n = 0;
        for (auto const& row : K.factor)
            for (int f : row) n += f;
        return n;
    }();
    struct list {
        tap at[count];
    };
    /// The factors in raster order.
    static constexpr list in_order = [] {
        list result{};
        int n = 0;
        for (int j = 0; j < height; ++j)
            for (int i = 0; i < width; ++i)
                if (K.factor[j][i] != 0) result.at[n++] = {i - width / 2, j - height / 2, K.factor[j][i]};
        return result;
    }();
    /// The factors by absolute value, and equal ones by column. Few pairs of factors then take registers, and the pairs
    /// of pixels are the same for derivatives along both axes.
    static constexpr list by_factor = [] {
        list result = in_order;
        auto const before = [](tap a, tap b) {
            int const x = a.factor < 0 ? -a.factor : a.factor, y = b.factor < 0 ? -b.factor : b.factor;
            return x != y ? x < y : a.dx != b.dx ? a.dx < b.dx : a.dy < b.dy;
        };
        for (int n = 1; n < count; ++n)
            for (int k = n; k > 0 && before(result.at[k], result.at[k - 1]); --k) {
                tap const t = result.at[k];
                result.at[k] = result.at[k - 1];
                result.at[k - 1] = t;
            }
        return result;
    }();

    struct opposed_list {
        list order{};
        int pairs = 0;
    };
    /// Pairs of opposite factors, in the order of the first one of each, then the factors without an opposite.
    static constexpr opposed_list opposed = [] {
        opposed_list result;
        bool placed[count] = {};
        int n = 0;
        for (int i = 0; i < count; ++i)
            for (int k = i + 1; k < count && !placed[i]; ++k)
                if (!placed[k] && in_order.at[k].factor == -in_order.at[i].factor) {
                    placed[i] = placed[k] = true;
                    result.order.at[n++] = in_order.at[i];
                    result.order.at[n++] = in_order.at[k];
                    ++result.pairs;
                }
        for (int i = 0; i < count; ++i)
            if (!placed[i]) result.order.at[n++] = in_order.at[i];
        return result;
    }();

    /// K.factor[j][i] = column[j] * row[i], if `exists`.
    struct factored {
        int column[height] = {}, row[width] = {};
        bool exists = true;
    };
    static constexpr factored product = [] {
        factored result;
        int const first = in_order.at[0].dy + height / 2, place = in_order.at[0].dx + width / 2;
        int divisor = 0;
        for (int f : K.factor[first]) divisor = std::gcd(divisor, f);
        for (int i = 0; i < width; ++i) result.row[i] = K.factor[first][i] / divisor;
        for (int j = 0; j < height; ++j) result.column[j] = K.factor[j][place] / result.row[place];
        for (int j = 0; j < height; ++j)
            for (int i = 0; i < width; ++i)
                result.exists = result.exists && K.factor[j][i] == result.column[j] * result.row[i];
        return result;
    }();

    /// The factor at an offset, and 0 outside.
    static constexpr int factor(int dx, int dy) {
        int const i = dx + width / 2;
        return i >= 0 && i < width ? K.factor[dy + height / 2][i] : 0;
    }
    static constexpr int row_factor(int dx) {
        int const i = dx + width / 2;
        return i >= 0 && i < width ? product.row[i] : 0;
    }
    /// Whether row j is the first one with its factor of the column, and the factor is not 0.
    static constexpr bool opens_group(int j) {
        for (int k = 0; k < j; ++k)
            if (product.column[k] == product.column[j]) return false;
        return product.column[j] != 0;
    }

    /// Compares the multiplications of neighbor_correlation with the two for each tap of byte_correlation and its
    /// unpacking.
    static constexpr bool neighbors_are_cheaper = [] {
        int products = 0;
        for (int dy = -(height / 2); dy <= height / 2; ++dy)
            for (int dx = -(width / 2); dx <= width / 2; dx += 2)
                products +=
                    (factor(dx, dy) != 0 || factor(dx + 1, dy) != 0) + (factor(dx - 1, dy) != 0 || factor(dx, dy) != 0);
        return products < 2 * count;
    }();

    static constexpr bool negative = [] {
        for (auto const& row : K.factor)
            for (int f : row)
                if (f < 0) return true;
        return false;
    }();
    /// Whether sums of 16-bit values less 2^15 plus a bias are exact in 32 bits.
    static constexpr bool fits_32_bit_sum(int bias) { return total * 65536 + bias <= 2147483647; }
    /// Whether sums of bytes plus a bias are exact in 16 bits, both each product and the whole sum.
    static constexpr bool fits_byte_sum(int bias) {
        for (auto const& row : K.factor)
            for (int f : row)
                if (f < -64 || f > 64) return false;
        return total * 255 + bias <= (negative ? 32767 : 65535);
    }
};

} // namespace detail

QUOIN_NAMESPACE_END
