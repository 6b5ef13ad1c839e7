// SPDX-License-Identifier: BSL-1.0
// Rows of places that are whole columns apart: each is a blend of two rows of the input, with the bytes of value_at().
#pragma once

#include <quoin/geometry/detail/bordered_rows.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The value between a and b, in units of 2^-11: exact in 32 bits.
template <class T>
QUOIN_INLINE std::int32_t between(T a, T b, std::int32_t fraction) {
    return a * (1 << fraction_bits) + (b - a) * fraction;
}
/// The value of T between two values in such units.
template <class T>
QUOIN_INLINE T between_rounded(std::int32_t a, std::int32_t b, std::int32_t fraction) {
    constexpr std::int32_t one = 1 << fraction_bits, half = 1 << (2 * fraction_bits - 1);
    std::int32_t const rise = b - a;
    if constexpr (sizeof(T) == 1) return static_cast<T>((a * one + rise * fraction + half) >> (2 * fraction_bits));
    // The exact sum has 38 bits. Its upper and its lower ones are computed apart, each in 32.
    std::int32_t const low = ((rise & (one - 1)) * fraction + half) >> fraction_bits;
    return static_cast<T>((a + (rise >> fraction_bits) * fraction + low) >> fraction_bits);
}

/// The value between four others, as blended(). `across` and `down` are the same for all values of a loop.
template <bool Across, bool Down, class T>
QUOIN_INLINE T blended_in_row(T a, T b, T c, T d, std::int32_t across, std::int32_t down) {
    constexpr std::int32_t one = 1 << fraction_bits;
    if constexpr (std::floating_point<T>) {
        T const x0 = factor<T, fraction_bits>(one - across), x1 = factor<T, fraction_bits>(across);
        T const y0 = factor<T, fraction_bits>(one - down), y1 = factor<T, fraction_bits>(down);
        T const upper = Across ? x0 * a + x1 * b : a, lower = Across ? x0 * c + x1 * d : c;
        return Down ? y0 * upper + y1 * lower : upper;
    } else if constexpr (Across && Down && sizeof(T) < 4) {
        return between_rounded<T>(between(a, c, down), between(b, d, down), across);
    } else if constexpr (Across && Down) {
        return blended<T>(a, b, c, d, across, down);
    } else {
        using sum = std::conditional_t<sizeof(T) < 4, std::int32_t, std::int64_t>;
        return static_cast<T>((sum{a} * one + (sum{Across ? b : c} - sum{a}) * (Across ? across : down) + one / 2) >>
                              fraction_bits);
    }
}

/// Writes values between rows: to[i] between upper[i], upper[i + right], lower[i] and lower[i + right].
template <bool Across, bool Down, class T>
QUOIN_NOINLINE void blend_rows(T const* upper, T const* lower, index_t right, std::int32_t across, std::int32_t down,
                               T* __restrict__ to, index_t count) {
    constexpr index_t step = 32; // loops of a constant length are vectorized
    auto const values = [&](index_t i, index_t n) QUOIN_LAMBDA_INLINE {
        for (index_t k = i; k < i + n; ++k)
            to[k] = blended_in_row<Across, Down>(upper[k], upper[k + right], lower[k], lower[k + right], across, down);
    };
    index_t i = 0;
    if constexpr (Across && Down && std::integral<T> && sizeof(T) < 4) {
        constexpr index_t many = 256, most_right = 8;
        if (right <= most_right) // values between the rows are used twice
            for (; i + many <= count; i += many) {
                std::int32_t rows[many + most_right];
                for (index_t k = 0; k < many; ++k) rows[k] = between(upper[i + k], lower[i + k], down);
                for (index_t k = many; k < many + right; ++k) rows[k] = between(upper[i + k], lower[i + k], down);
                for (index_t k = 0; k < many; ++k) to[i + k] = between_rounded<T>(rows[k], rows[k + right], across);
            }
    }
    for (; i + step <= count; i += step) values(i, step);
    if (i == count) return;
    if (count >= step) values(count - step, step);
    else values(0, count);
}

/// A row of places of an image_view that are whole columns apart.
template <class P, class Border>
class shifted_row {
    using T = channel_t<P>;
    static constexpr index_t channels = channels_v<P>;

public:
    /// The place of pixel 0 of the row is `first`.
    shifted_row(image_view<P const> const& v, Border const& border, interpolation how, place first)
        : v_(v), border_(border), x_(split(first.x)), y_(split(first.y)) {
        if (how == interpolation::nearest) {
            constexpr std::int64_t half = std::int64_t{1} << 31;
            x_ = {(first.x + half) >> 32, 0};
            y_ = {(first.y + half) >> 32, 0};
        }
        known_ = (how == interpolation::linear && blends<T>) || (x_.fraction | y_.fraction) == 0;
        right_ = x_.fraction != 0 ? channels : 0;
        upper_ = coordinate_or_border(border, y_.whole, v.height());
        lower_ = y_.fraction != 0 ? coordinate_or_border(border, y_.whole + 1, v.height()) : upper_;
    }
    /// Whether the other members can be used.
    bool known() const { return known_; }

    /// Writes the pixels from number i on as they lie in an image_view.
    void pixels(T* to, index_t i, index_t count) const {
        if ((x_.fraction | y_.fraction) == 0) return put(to, x_.whole + i, count, upper_);
        index_t const whole_end = v_.width() - (right_ != 0);
        while (count > 0) {
            index_t const x = x_.whole + i;
            index_t n = 0;
            if (upper_ >= 0 && lower_ >= 0 && x >= 0 && x < whole_end) {
                n = min(count, whole_end - x);
                blend(v_.row(upper_) + x * channels, v_.row(lower_) + x * channels, to, n * channels);
            } else {
                n = min(count, beside);
                if (x < 0 && upper_ >= 0 && lower_ >= 0) n = min(n, -x);
                T above[(beside + 1) * channels], below[(beside + 1) * channels];
                put(above, x, n + 1, upper_);
                put(below, x, n + 1, lower_);
                blend(above, below, to, n * channels);
            }
            to += n * channels;
            i += n;
            count -= n;
        }
    }

    /// Writes the first `count` pixels.
    void write(pixel_line<T> const& to, index_t count) const {
        if (to.template together<channels>()) return pixels(to.to, 0, count);
        for (index_t i = 0; i < count; i += beside) {
            index_t const n = min(beside, count - i);
            T together[beside * channels];
            pixels(together, i, n);
            to.template copy<channels>(i, together, n);
        }
    }

private:
    static constexpr index_t beside = 256; // pixels beside the image that are computed together

    void put(T* to, index_t x, index_t count, index_t y) const {
        put_bordered({to, channels, 1}, v_, border_, {x, x + count}, y);
    }
    void blend(T const* upper, T const* lower, T* to, index_t count) const {
        if constexpr (blends<T>) {
            if (x_.fraction == 0) blend_rows<false, true>(upper, lower, right_, x_.fraction, y_.fraction, to, count);
            else if (y_.fraction == 0)
                blend_rows<true, false>(upper, lower, right_, x_.fraction, y_.fraction, to, count);
            else blend_rows<true, true>(upper, lower, right_, x_.fraction, y_.fraction, to, count);
        }
    }

    image_view<P const> v_;
    Border const& border_;
    split_coordinate x_, y_;
    bool known_;
    index_t right_;         // values from a pixel to the one to its right, if that is read
    index_t upper_, lower_; // the rows that are read; -1 for the constant
};

} // namespace detail

QUOIN_NAMESPACE_END
