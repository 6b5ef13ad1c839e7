// SPDX-License-Identifier: BSL-1.0
// Channel types, and the types in which filters compute.
#pragma once

#include <quoin/core/half.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// A type of channels with which filters compute: u8, u16, i16, i32, f32, f64 and the other built-in arithmetic types
/// except bool and long double.
template <class T>
concept channel = std::is_arithmetic_v<T> && std::same_as<T, std::remove_cv_t<T>> && !std::same_as<T, bool> &&
                  !std::same_as<T, long double>;

/// A type of the channels of a stored pixel: a channel, half or bfloat16.
template <class T>
concept stored_channel = concepts::channel<T> || concepts::narrow_float<T>;

} // namespace concepts

/// Whether T is a vector of channels (lanes). It extends channel_value; not for users.
template <class T>
inline constexpr bool is_lanes = false;

namespace concepts {

/// The value of one channel inside a filter: a scalar, or the lanes of several pixels.
template <class T>
concept channel_value = concepts::stored_channel<T> || is_lanes<T>;

} // namespace concepts

namespace detail {

template <class T>
struct wide;
template <std::floating_point T>
struct wide<T> {
    using type = T;
};
template <std::integral T>
struct wide<T> {
    using type = std::conditional_t<sizeof(T) == 1, std::int16_t,
                                    std::conditional_t<sizeof(T) == 2, std::int32_t, std::int64_t>>;
};

/// Whether float holds every value of a channel: of integers of 8 or 16 bits, and of float.
template <class T>
inline constexpr bool fits_float = (std::integral<T> && sizeof(T) <= 2) || std::same_as<T, float>;

} // namespace detail

/// The signed type in which sums of a few dozen weighted channels are exact: i16 for u8, i32 for u16 and i16, i64 for
/// i32. Floating-point types do not change. 64-bit channels also become i64, in which sums can overflow.
template <concepts::channel T>
using wide_t = typename detail::wide<T>::type;

/// The channel type of a derivative: i16 for u8; i32 for u16, i16 and i32. Floating-point types do not change.
template <concepts::channel T>
using gradient_t = std::conditional_t<std::integral<T> && (sizeof(T) > 2), std::int32_t, wide_t<T>>;

/// The smallest and the largest finite value of a channel type. They are constants, because the functions of
/// numeric_limits exist only on the host.
template <concepts::channel T>
inline constexpr T lowest = std::numeric_limits<T>::lowest();
template <concepts::channel T>
inline constexpr T highest = std::numeric_limits<T>::max();

/// The value of white: the largest value of an integer type, and 1 for floating-point types.
template <concepts::channel T>
inline constexpr T white = std::floating_point<T> ? T(1) : highest<T>;

QUOIN_NAMESPACE_END
