// SPDX-License-Identifier: BSL-1.0
// Pixel types: a gray pixel is its channel (std::uint8_t, float, ...), and rgb<T> and rgba<T> are aggregates. One line
// makes a user-defined aggregate a pixel type (see pixel_layout).
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/core/numeric.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

QUOIN_NAMESPACE_BEGIN

/// A pixel with a red, a green and a blue channel.
template <class T>
struct rgb {
    T r, g, b;
    // Not defaulted, because clang would require a constexpr comparison of lanes too.
    friend QUOIN_FN bool operator==(rgb const& p, rgb const& q)
        requires(std::is_arithmetic_v<T> || concepts::narrow_float<T>)
    {
        return p.r == q.r && p.g == q.g && p.b == q.b;
    }
};

/// A pixel with a red, a green, a blue and an alpha channel.
template <class T>
struct rgba {
    T r, g, b, a;
    friend QUOIN_FN bool operator==(rgba const& p, rgba const& q)
        requires(std::is_arithmetic_v<T> || concepts::narrow_float<T>)
    {
        return p.r == q.r && p.g == q.g && p.b == q.b && p.a == q.a;
    }
};

template <class T>
rgb(T, T, T) -> rgb<T>;
template <class T>
rgba(T, T, T, T) -> rgba<T>;

using rgb8 = rgb<std::uint8_t>;
using rgba8 = rgba<std::uint8_t>;
using rgb16 = rgb<std::uint16_t>;
using rgbaf = rgba<float>;
using rgbf = rgb<float>;

/// The description of the pixel type P: `channel_type`, the number `channels`, and `rebind<U>`, the same pixel with
/// channels of type U. Pixels of several channels also have `get<I>(pixel)`. Colors also have `red`, `green` and
/// `blue`, the indices of these channels, and pixels with alpha have `alpha`. quoin specializes it for channels (gray),
/// rgb and rgba.
template <class P>
struct pixel_traits;

/// The base of pixel_traits for a user-defined aggregate. `template <class T> struct yuv { T y, u, v; };` becomes a
/// pixel type by
///     template <class T> struct quoin::pixel_traits<yuv<T>> : quoin::pixel_layout<yuv, T, 3> {};
/// The aggregate must hold exactly its 2, 3 or 4 channels, in the order of memory. A color also needs the indices of
/// its red, green and blue channel, because quoin does not derive them from the order:
///     template <class T> struct bgr { T b, g, r; };
///     template <class T> struct quoin::pixel_traits<bgr<T>> : quoin::pixel_layout<bgr, T, 3> {
///         static constexpr int red = 2, green = 1, blue = 0;
///     };
template <template <class> class Template, class T, int Channels>
struct pixel_layout {
    static_assert(Channels >= 2 && Channels <= 4, "quoin::pixel_layout: a pixel of several channels has 2, 3 or 4");
    using channel_type = T;
    static constexpr int channels = Channels;
    template <class U>
    using rebind = Template<U>;

    /// A reference to channel I. It uses structured binding, so the members may have any names.
    template <int I, class P>
    static QUOIN_INLINE auto& get(P& p) {
        if constexpr (Channels == 2) {
            auto& [a, b] = p;
            if constexpr (I == 0) return a;
            else return b;
        } else if constexpr (Channels == 3) {
            auto& [a, b, c] = p;
            if constexpr (I == 0) return a;
            else if constexpr (I == 1) return b;
            else return c;
        } else {
            auto& [a, b, c, d] = p;
            if constexpr (I == 0) return a;
            else if constexpr (I == 1) return b;
            else if constexpr (I == 2) return c;
            else return d;
        }
    }
};

template <concepts::channel_value T>
struct pixel_traits<T> {
    using channel_type = T;
    static constexpr int channels = 1;
    template <class U>
    using rebind = U;
};
template <class T>
struct pixel_traits<rgb<T>> : pixel_layout<rgb, T, 3> {
    static constexpr int red = 0, green = 1, blue = 2;
    template <int I, class P>
    static QUOIN_INLINE auto& get(P& p) {
        if constexpr (I == 0) return p.r;
        else if constexpr (I == 1) return p.g;
        else return p.b;
    }
};
template <class T>
struct pixel_traits<rgba<T>> : pixel_layout<rgba, T, 4> {
    static constexpr int red = 0, green = 1, blue = 2, alpha = 3;
    template <int I, class P>
    static QUOIN_INLINE auto& get(P& p) {
        if constexpr (I == 0) return p.r;
        else if constexpr (I == 1) return p.g;
        else if constexpr (I == 2) return p.b;
        else return p.a;
    }
};

/// The channel type of pixels P.
template <class P>
using channel_t = typename pixel_traits<std::remove_cv_t<P>>::channel_type;
/// The number of channels of pixels P.
template <class P>
inline constexpr int channels_v = pixel_traits<std::remove_cv_t<P>>::channels;
/// The pixel type P with channels of type U.
template <class P, class U>
using rebind_t = typename pixel_traits<std::remove_cv_t<P>>::template rebind<U>;

namespace concepts {

/// A type that can be stored in an image. It is trivially copyable and holds its channels and nothing else.
template <class P>
concept pixel = std::is_trivially_copyable_v<P> && requires { typename pixel_traits<P>::channel_type; } &&
                concepts::stored_channel<channel_t<P>> && sizeof(P) == channels_v<P> * sizeof(channel_t<P>);

/// A pixel in memory or in lanes whose pixel_traits have the indices of red, green and blue.
template <class P>
concept color = requires {
    { pixel_traits<P>::red + pixel_traits<P>::green + pixel_traits<P>::blue } -> std::convertible_to<int>;
};

/// A pixel in memory or in lanes whose pixel_traits have the index of alpha.
template <class P>
concept transparent = requires {
    { pixel_traits<P>::alpha + 0 } -> std::convertible_to<int>;
};

/// A stored pixel with one channel.
template <class P>
concept gray_pixel = concepts::pixel<P> && channels_v<P> == 1;

} // namespace concepts

/// A reference to channel I of a pixel.
template <int I, class P>
    requires(I >= 0 && I < channels_v<P>)
QUOIN_INLINE auto& get_channel(P& p) {
    if constexpr (channels_v<P> == 1) return p;
    else return pixel_traits<std::remove_const_t<P>>::template get<I>(p);
}

namespace detail {

template <class P, class Make, int... I>
QUOIN_INLINE auto make_channels(Make&& make, std::integer_sequence<int, I...>) {
    using channel_result = std::remove_cvref_t<decltype(make(std::integral_constant<int, 0>{}))>;
    return rebind_t<P, channel_result>{make(std::integral_constant<int, I>{})...};
}

} // namespace detail

/// A pixel like P whose channel i is make(integral_constant<int, i>). Its channel type is the result type of make.
template <class P, class Make>
QUOIN_INLINE auto make_pixel(Make&& make) {
    return detail::make_channels<P>(make, std::make_integer_sequence<int, channels_v<P>>{});
}

/// The pixel of f(channel 0), f(channel 1), ... Its channel type is the result type of f.
template <class P, class F>
QUOIN_INLINE auto map_channels(P const& p, F&& f) {
    return make_pixel<P>([&](auto i) { return f(get_channel<decltype(i)::value>(p)); });
}

/// Calls f(integral_constant<int, i>) for each channel index i, in order.
template <class P, class F>
QUOIN_INLINE void for_each_channel(F&& f) {
    detail::unrolled<channels_v<P>>(f);
}

QUOIN_NAMESPACE_END
