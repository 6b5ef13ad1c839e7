// SPDX-License-Identifier: BSL-1.0
// local_binary_pattern: which points on a circle are at least as bright as its middle, as bits.
#pragma once

#include <quoin/core/detail/angle.hpp>
#include <quoin/core/error.hpp>
#include <quoin/filter/detail/tables.hpp>
#include <quoin/lanes/products.hpp>

#include <cmath>

QUOIN_NAMESPACE_BEGIN

/// What the bits of local_binary_pattern() become.
enum class pattern_code {
    plain,   ///< the bits
    rotated, ///< the least number that the bits make when they are turned around the circle
    uniform  ///< the number of set bits if neighbors differ at most twice from the first bit to the last, else Points +
             ///< 1
};

namespace detail {

/// The code of `bits` in U, unsigned, for scalars and for lanes.
template <int Points, pattern_code Code, class U>
QUOIN_INLINE U code_of_pattern(U const& bits) {
    U const one(1u);
    if constexpr (Code == pattern_code::rotated) {
        U turned = bits, least = bits;
        for (int i = 1; i < Points; ++i) {
            turned = U(U(turned >> 1) | U(U(turned & one) << (Points - 1)));
            least = min(least, turned);
        }
        return least;
    } else if constexpr (Code == pattern_code::uniform) {
        U const changed = U(bits ^ U(bits >> 1));
        U set = U(bits & one), changes(0u);
        for (int i = 1; i < Points; ++i) {
            set = U(set + U(U(bits >> i) & one));
            changes = U(changes + U(U(changed >> (i - 1)) & one));
        }
        return select(changes > U(2u), U(static_cast<std::uint32_t>(Points + 1)), set);
    } else {
        return bits;
    }
}

template <int Points>
using pattern_channel =
    std::conditional_t<Points == 8, std::uint8_t, std::conditional_t<Points == 16, std::uint16_t, std::int32_t>>;

/// The bits. The places of points are multiples of 10^-5, so weights of pixels are multiples of 10^-10, which all are
/// whole numbers here. Their sums are exact in double for 16 bits.
template <int Points>
class pattern_bits {
public:
    using vectorized = void;
    using channelwise = void;
    using C = pattern_channel<Points>;

    explicit pattern_bits(double radius) : reach_(static_cast<int>(std::ceil(radius))), near_(radius == 1) {
        auto const before = [](long v) { return static_cast<int>(std::floor(static_cast<double>(v) / unit)); };
        for (int p = 0; p < Points; ++p) {
            direction const d = turned(4 * p / Points, static_cast<double>(4 * p % Points) / Points);
            auto const x = std::lround(unit * radius * d.x), y = std::lround(-unit * radius * d.y);
            points_[p] = {before(x), before(y), static_cast<double>(x) - unit * before(x),
                          static_cast<double>(y) - unit * before(y)};
        }
    }
    QUOIN_FN quoin::footprint footprint() const { return {reach_, reach_}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using T = typename Window::channel_type;
        if constexpr (std::same_as<T, std::uint8_t> && Points == 8)
            if (near_) return bits_of_bytes(w);
        auto const here = w.template at<double>(0, 0);
        using V = std::remove_const_t<decltype(here)>;
        V bits(0.0);
        for (int p = 0; p < Points; ++p) {
            point const& at = points_[p];
            auto const above = [&](int dx, int dy)
                                   QUOIN_LAMBDA_INLINE { return w.template at<double>(at.x + dx, at.y + dy) - here; };
            // Nothing is read of which nothing counts.
            V sum = above(0, 0) * ((unit - at.right) * (unit - at.down));
            if (at.right > 0) sum = sum + above(1, 0) * (at.right * (unit - at.down));
            if (at.down > 0) sum = sum + above(0, 1) * ((unit - at.right) * at.down);
            if (at.right > 0 && at.down > 0) sum = sum + above(1, 1) * (at.right * at.down);
            bits = bits + select(sum >= V(0.0), V(static_cast<double>(1 << p)), V(0.0));
        }
        return convert<C>(bits);
    }

private:
    static constexpr double unit = 1e5;
    struct point {
        int x, y;
        double right, down; // parts of the pixels to the right and below, of `unit`
    };

    /// For radius 1. A diagonal pixel d and the two e and f beside it and c are in the ratio 70711^2 : 70711 29289 :
    /// 29289^2, so the sum is not negative where 70711 (d - c) + 29289 (e + f - 2 c) is not. Since d - c is whole, that
    /// is where d - c + floor(k (e + f - 2 c)) is not, k = 29289 / 70711, which 27146 / 2^16 gives for all bytes.
    /// Adding 2^15 to the factor adds 13573 to the product, and no factor is negative then.
    template <class Window>
    static QUOIN_INLINE auto bits_of_bytes(Window const& w) {
        auto const here = w(0, 0);
        using B = std::remove_const_t<decltype(here)>;
        B const none(std::uint8_t{0});
        auto const side = [&](int dx, int dy, int p) QUOIN_LAMBDA_INLINE {
            return B(select(w(dx, dy) >= here, B(static_cast<std::uint8_t>(1 << p)), none));
        };
        B const sides = B(B(side(1, 0, 0) | side(0, -1, 2)) | B(side(-1, 0, 4) | side(0, 1, 6)));

        auto const at = [&](int dx, int dy) QUOIN_LAMBDA_INLINE { return w.template at<std::uint16_t>(dx, dy); };
        auto const middle = at(0, 0), right = at(1, 0), up = at(0, -1), left = at(-1, 0), down = at(0, 1);
        using V = std::remove_const_t<decltype(middle)>;
        V const factor(std::uint16_t{27146}), offset = V(V(std::uint16_t{32768}) - V(middle + middle));
        auto const limit = bits_as<std::int16_t>(V(middle + V(std::uint16_t{13573})));
        using S = std::remove_const_t<decltype(limit)>;
        auto const diagonal = [&](V const& d, V const& e, V const& f, int p) QUOIN_LAMBDA_INLINE {
            V const sum = V(d + high_product(V(V(e + f) + offset), factor));
            return S(
                select(bits_as<std::int16_t>(sum) >= limit, S(static_cast<std::int16_t>(1 << p)), S(std::int16_t{0})));
        };
        S const corners = S(S(diagonal(at(1, -1), right, up, 1) | diagonal(at(-1, -1), left, up, 3)) |
                            S(diagonal(at(-1, 1), left, down, 5) | diagonal(at(1, 1), right, down, 7)));
        return B(sides | saturate<std::uint8_t>(corners));
    }

    int reach_;
    bool near_;
    point points_[Points];
};

/// Bits of 16 or 24 points as a code.
template <int Points, pattern_code Code>
struct pattern_code_of_bits {
    using vectorized = void;
    using channelwise = void;
    using C = pattern_channel<Points>;

    template <concepts::channel_value V>
    requires std::same_as<scalar_t<V>, C> QUOIN_INLINE auto operator()(V const& bits) const {
        return convert<C>(code_of_pattern<Points, Code>(convert<std::uint32_t>(bits)));
    }
};

} // namespace detail

/// The stage made by local_binary_pattern().
template <int Points, pattern_code Code>
class local_binary_pattern_fn {
    static_assert(Points == 8 || Points == 16 || Points == 24,
                  "quoin::local_binary_pattern: a circle has 8, 16 or 24 points");

public:
    using expands = void;

    explicit local_binary_pattern_fn(double radius) : radius_(radius) {
        if (!(radius >= 1 && radius <= 15))
            detail::raise("quoin::local_binary_pattern: the radius ", radius, " is not in [1, 15]; give one in pixels");
    }

    template <class P>
    auto expand() const {
        using T = channel_t<P>;
        constexpr bool possible = detail::fits_float<T> || std::same_as<T, double>;
        static_assert(possible, "quoin::local_binary_pattern: pixels must be integers of 8 or 16 bits, or floating "
                                "point; put convert_to before it");
        if constexpr (!possible) {
            return compose(); // one error message is enough
        } else if constexpr (Code == pattern_code::plain) {
            return compose(detail::pattern_bits<Points>(radius_));
        } else if constexpr (Points == 8) {
            std::uint8_t codes[256];
            for (std::uint32_t bits = 0; bits < 256; ++bits)
                codes[bits] = static_cast<std::uint8_t>(detail::code_of_pattern<8, Code>(bits));
            return compose(detail::pattern_bits<8>(radius_), detail::byte_lut<1>(codes));
        } else {
            return compose(detail::pattern_bits<Points>(radius_), detail::pattern_code_of_bits<Points, Code>{});
        }
    }

private:
    double radius_;
};

/// Local stage. The texture around a pixel, whatever the light: bit p of each channel is set where point p of a circle
/// is not below the middle,
///     s_p >= v,      s_p at (x + R cos(2 pi p / Points), y - R sin(2 pi p / Points)), R = radius
/// where the places of points relative to the pixel are rounded to 5 decimals and s_p is interpolated linearly between
/// four pixels. So point 0 lies to the right, and the others follow counterclockwise. What the bits become, see
/// pattern_code. Points is 8, 16 or 24, of which result channels are u8, u16 and i32. Channels of integers of 8 or 16
/// bits, float or double. Border: that of the last extend(), or reflect_101 without one.
///
/// Integers: exact. Floating point: sums of differences to the middle in double, upper pixels and left ones first; a
/// NaN is not above anything. Behind extend(constant(0)) the values are those of
/// skimage.feature.local_binary_pattern(image, Points, radius, 'default', 'ror' or 'uniform'), except where a point is
/// equal to the middle without all of its pixels being so: there scikit-image depends on the rounding of its doubles.
/// Cost: 8 points of bytes with radius 1: 9 reads and 4 products per pixel; else up to 4 reads and products in double
/// for each point. A code of 8 points is a look-up in a table.
/// @throws invalid_argument unless 1 <= radius <= 15.
/// Source: T. Ojala, M. Pietikainen, T. Maenpaa, Multiresolution gray-scale and rotation invariant texture
/// classification with local binary patterns, IEEE Transactions on Pattern Analysis and Machine Intelligence 24, 2002.
template <int Points = 8, pattern_code Code = pattern_code::plain>
auto local_binary_pattern(double radius = 1) {
    return local_binary_pattern_fn<Points, Code>(radius);
}

/// The catalogue's entry, for 8 points.
struct local_binary_pattern_entry {
    static constexpr operation about{
        .name = "local_binary_pattern",
        .about = "which of 8 points on a circle are at least as bright as the pixel, as bits or what they become",
        .parameters = {{.name = "CODE",
                        .type = parameter_type::choice,
                        .preset = "default",
                        .choices = "default ror uniform",
                        .about =
                            "the bits, their least turn, or how many are set if they change at most twice, else 9"},
                       {.name = "RADIUS", .least = 1, .most = 15, .preset = "1", .about = "of the circle in pixels"}},
        .rounding = "none; comparisons with exact interpolations",
        .floating = "comparisons with interpolations in double",
        .scikit_image = "skimage.feature.local_binary_pattern(image, 8, RADIUS, CODE), behind extend=constant:0"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        switch (detail::whole<int>(values[0])) {
        case 0:
            return f(local_binary_pattern<8, pattern_code::plain>(values[1]));
        case 1:
            return f(local_binary_pattern<8, pattern_code::rotated>(values[1]));
        default:
            return f(local_binary_pattern<8, pattern_code::uniform>(values[1]));
        }
    }
};

QUOIN_NAMESPACE_END
