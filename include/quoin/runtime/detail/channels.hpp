// SPDX-License-Identifier: BSL-1.0
// The channel types as numbers.
#pragma once

#include <quoin/pipe/stage.hpp>

#include <cstdint>
#include <string>
#include <type_traits>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class T>
inline constexpr int channel_number = -1;
template <>
inline constexpr int channel_number<std::uint8_t> = 0;
template <>
inline constexpr int channel_number<std::uint16_t> = 1;
template <>
inline constexpr int channel_number<std::int16_t> = 2;
template <>
inline constexpr int channel_number<std::int32_t> = 3;
template <>
inline constexpr int channel_number<float> = 4;

/// The names of the channel types in text.
inline constexpr char const* channel_names[] = {"u8", "u16", "i16", "i32", "f32"};

/// Calls f(type_identity<T>) for the channel type of that number.
template <class F>
auto with_channel(int number, F const& f) {
    switch (number) {
    case 0:
        return f(std::type_identity<std::uint8_t>{});
    case 1:
        return f(std::type_identity<std::uint16_t>{});
    case 2:
        return f(std::type_identity<std::int16_t>{});
    case 3:
        return f(std::type_identity<std::int32_t>{});
    default:
        return f(std::type_identity<float>{});
    }
}

/// Whether the operation of a catalogue's entry E can be computed of channels T. If not for all T, E has takes<T>.
template <class E, class T>
inline constexpr bool takes_channel = true;
template <class E, class T>
    requires requires { E::template takes<T>; }
inline constexpr bool takes_channel<E, T> = E::template takes<T>;
/// These channels as bits: bit i is that of the type with the number i.
template <class E>
inline constexpr unsigned taken_channels =
    takes_channel<E, std::uint8_t> << 0 | takes_channel<E, std::uint16_t> << 1 | takes_channel<E, std::int16_t> << 2 |
    takes_channel<E, std::int32_t> << 3 | takes_channel<E, float> << 4;
/// Their names: "u8, u16 or f32".
inline std::string names_of_channels(unsigned taken) {
    std::string names;
    for (int i = 0; i < 5; ++i) {
        if ((taken >> i & 1) == 0) continue;
        bool const last = taken >> (i + 1) == 0;
        names += (names.empty() ? "" : last ? " or " : ", ") + std::string(channel_names[i]);
    }
    return names;
}

/// Whether the operation of E is made of counts of the values before it.
template <class E>
inline constexpr bool is_counted = requires { requires E::counts; };

/// Whether these are the counts of tiles. Then E has grid(values, extent), and the first value
/// is the clip limit.
template <class E>
inline constexpr bool is_tiled = requires { requires E::tiled; };

/// Whether F combines this many images of pixels P. A third one is a mask.
template <class F, class P, int Inputs>
inline constexpr bool combines_channels = false;
template <class F, class P>
inline constexpr bool combines_channels<F, P, 2> = concepts::callable_stage<F, zipped<P, P>>;
template <class F, class P>
inline constexpr bool combines_channels<F, P, 3> = concepts::callable_stage<F, zipped<P, P, P>>;

/// The number of channels that a stage of lines makes of some.
template <class F>
int result_channels(F const&, int channels) {
    if constexpr (requires { F::result_channels(channels); }) return F::result_channels(channels);
    else return channels;
}

/// Calls f(type_identity<P>) for the pixel type of that number of channels T.
template <class T, class F>
auto with_pixel(int channels, F const& f) {
    if (channels == 3) return f(std::type_identity<rgb<T>>{});
    if (channels == 4) return f(std::type_identity<rgba<T>>{});
    return f(std::type_identity<T>{});
}

} // namespace detail

QUOIN_NAMESPACE_END
