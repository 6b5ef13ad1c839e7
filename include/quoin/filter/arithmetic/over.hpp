// SPDX-License-Identifier: BSL-1.0
// over, over_premultiplied: an image with alpha laid over another one.
#pragma once

#include <quoin/filter/detail/alpha.hpp>
#include <quoin/lanes/detail/bytes_in_float.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage behind zip(a, b): a over b (Porter and Duff, 1984) of pixels whose colors are not premultiplied.
/// With their alphas A and B as fractions of white (255, 65,535, and 1 of floating point), the alpha of the result is
/// r = A + B (1 - A), and each color is (a A + b B (1 - A)) / r. Where A is 0 the result is the pixel of b, also where
/// both are transparent. Both inputs have the same pixel type, whose pixel_traits have `alpha`, and so has the result.
///
/// u8 and u16: the exact quotient of integers, rounded half up once. Other integers, whose white is the largest value:
/// the sums and the quotient in double. Floating point: in the channel's type, in the order of the formulas, with
/// t = B (1 - A) and (a A + b t) / (A + t); NaN carries through. Cost: a division for each color, of floats for u8, of
/// doubles for u16.
struct over_fn {
    using vectorized = void;

    template <concepts::transparent P>
    QUOIN_INLINE P operator()(P const& a, P const& b) const {
        using V = std::remove_cvref_t<decltype(get_channel<0>(a))>;
        using T = scalar_t<V>;
        constexpr int alpha = pixel_traits<P>::alpha;
        V const& top = get_channel<alpha>(a);
        V const& below = get_channel<alpha>(b);
        if constexpr (std::floating_point<T>) {
            auto const none = top == V(T(0));
            V const through = below * (V(T(1)) - top), sum = top + through;
            return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                constexpr int i = decltype(c)::value;
                if constexpr (i == alpha) return sum;
                else
                    return select(none, get_channel<i>(b),
                                  (get_channel<i>(a) * top + get_channel<i>(b) * through) / sum);
            });
        } else if constexpr (std::same_as<T, std::uint8_t>) {
            return of_bytes(a, b, top, below);
        } else if constexpr (detail::is_exact_color<T>) {
            // Doubles are as exact for u16 as floats for bytes.
            return quotients(a, b, top, below, [](auto const& v) QUOIN_LAMBDA_INLINE {
                return convert<T>(v + detail::below_half<double>);
            });
        } else {
            return quotients(a, b, top, below, [](auto const& v) QUOIN_LAMBDA_INLINE { return saturate<T>(v); });
        }
    }

private:
    template <class P, class V>
    static QUOIN_INLINE P of_bytes(P const& a, P const& b, V const& top, V const& below) {
        constexpr int alpha = pixel_traits<P>::alpha, colors = channels_v<P> - 1;
        V in[2 + 2 * colors], out[colors];
        in[0] = top;
        // Below a transparent pixel an opaque one has the same color, and a divisor that is not 0.
        in[1] = select(top == V(std::uint8_t{0}), V(white<std::uint8_t>), below);
        for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(c)::value, place = i - (i > alpha);
            if constexpr (i != alpha) {
                in[2 + place] = get_channel<i>(a);
                in[2 + colors + place] = get_channel<i>(b);
            }
        });
        // A numerator is at most 255^3 < 2^24, so floats hold it, and quotients that are not a half differ from one by
        // 1 / 130,050 or more, which is more than a float below 256 can miss.
        detail::in_float(in, out, [](auto const& values, auto& results) QUOIN_LAMBDA_INLINE {
            using R = std::remove_cvref_t<decltype(values[0])>;
            R const over_a = values[0] * R(255.0f), over_b = values[1] * (R(255.0f) - values[0]);
            R const sum = over_a + over_b;
            detail::unrolled<colors>([&](auto c) QUOIN_LAMBDA_INLINE {
                constexpr int i = decltype(c)::value;
                results[i] =
                    (values[2 + i] * over_a + values[2 + colors + i] * over_b) / sum + R(detail::below_half<float>);
            });
        });
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(c)::value;
            if constexpr (i == alpha) return V(top + detail::times_alpha(below, V(V(white<std::uint8_t>) - top)));
            else return out[i - (i > alpha)];
        });
    }

    template <class P, class V, class Round>
    static QUOIN_INLINE P quotients(P const& a, P const& b, V const& top, V const& below, Round const& round) {
        using T = scalar_t<V>;
        using F = double;
        constexpr F full = static_cast<F>(white<T>);
        auto const over_a = convert<F>(top) * full, over_b = convert<F>(below) * (full - convert<F>(top));
        auto const sum = over_a + over_b;
        auto const divisor = select(sum == F(0), sum + F(1), sum);
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(c)::value;
            if constexpr (i == pixel_traits<P>::alpha) {
                // No quotient by 65,535 is near to a half.
                if constexpr (detail::is_exact_color<T>) return round(sum * (F(1) / full));
                else return round(sum / full);
            } else {
                auto const weighed = convert<F>(get_channel<i>(a)) * over_a + convert<F>(get_channel<i>(b)) * over_b;
                return select(top == V(T(0)), get_channel<i>(b), round(weighed / divisor));
            }
        });
    }
};
inline constexpr over_fn over{};

/// Pointwise stage behind zip(a, b): a over b of pixels whose colors are premultiplied: each channel, also alpha, is
/// a + b (1 - A) with the alpha A of a as a fraction of white. Both inputs have the same pixel type, whose pixel_traits
/// have `alpha`, and so has the result. u8 and u16: b (1 - A) is rounded to nearest, exact, and the sum saturates.
/// Other integers: in double, rounded half up, saturated. Floating point: in the channel's type. Cost: a product for
/// each channel.
struct over_premultiplied_fn {
    using vectorized = void;

    template <concepts::transparent P>
    QUOIN_INLINE P operator()(P const& a, P const& b) const {
        auto const& top = get_channel<pixel_traits<P>::alpha>(a);
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(c)::value;
            return sum(get_channel<i>(a), get_channel<i>(b), top);
        });
    }

private:
    template <class V>
    static QUOIN_INLINE V sum(V const& a, V const& b, V const& top) {
        using T = scalar_t<V>;
        if constexpr (std::floating_point<T>) {
            return a + b * (V(T(1)) - top);
        } else if constexpr (detail::is_exact_color<T>) {
            V const part = detail::times_alpha(b, V(V(white<T>) - top));
            return V(min(a, V(V(white<T>) - part)) + part);
        } else {
            constexpr double full = static_cast<double>(white<T>);
            return saturate<T>(convert<double>(a) + convert<double>(b) * (full - convert<double>(top)) / full);
        }
    }
};
inline constexpr over_premultiplied_fn over_premultiplied{};

/// The catalogue's entries.
struct over_entry : detail::entry_of_alpha<over_entry> {
    static constexpr operation about{
        .name = "over",
        .about = "this image with its alpha laid over the other one; without alpha it covers the other one",
        .inputs = 2,
        .rounding = "half up once, the exact quotient",
        .floating = "in the channel's type",
        .pillow = "Image.alpha_composite(b, a), within 1",
        .reads_alpha = true};
    static over_fn stage(double const*) { return over; }
};
struct over_premultiplied_entry : detail::entry_of_alpha<over_premultiplied_entry> {
    static constexpr operation about{.name = "over_premultiplied",
                                     .about = "the same of colors that are multiplied by their alpha",
                                     .inputs = 2,
                                     .rounding = "to nearest, saturated",
                                     .floating = "in the channel's type",
                                     .reads_alpha = true};
    static over_premultiplied_fn stage(double const*) { return over_premultiplied; }
};

QUOIN_NAMESPACE_END
