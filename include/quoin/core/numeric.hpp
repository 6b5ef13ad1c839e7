// SPDX-License-Identifier: BSL-1.0
// Channel types and the types that filters compute in.
#pragma once

#include <quoin/config.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// A number that can be a channel of a stored pixel: u8, u16, i16, i32, f32, f64 and the other built-in arithmetic
/// types except bool and long double.
template <class T>
concept channel = std::is_arithmetic_v<T> && std::same_as<T, std::remove_cv_t<T>> && !std::same_as<T, bool> &&
                  !std::same_as<T, long double>;

} // namespace concepts

/// Opens channel_value to vectors of channels (lanes); not for users.
template <class T>
inline constexpr bool is_lanes = false;

namespace concepts {

/// What stands for one channel inside a filter: a scalar, or the lanes of several pixels.
template <class T>
concept channel_value = concepts::channel<T> || is_lanes<T>;

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

} // namespace detail

/// The signed type in which sums of a few dozen weighted channels are exact: u8 -> i16, u16 and i16 -> i32,
/// i32 -> i64; floating-point types stay as they are. 64-bit channels become i64 too, where sums can overflow.
template <concepts::channel T>
using wide_t = typename detail::wide<T>::type;

/// The pixel type that holds a derivative: u8 -> i16, u16, i16 and i32 -> i32, floating-point types as they are.
template <concepts::channel T>
using gradient_t = std::conditional_t<std::integral<T> && (sizeof(T) > 2), std::int32_t, wide_t<T>>;

/// The smallest and the largest finite value of a channel: constants, since the functions of numeric_limits exist on
/// the host alone.
template <concepts::channel T>
inline constexpr T lowest = std::numeric_limits<T>::lowest();
template <concepts::channel T>
inline constexpr T highest = std::numeric_limits<T>::max();

/// What "white" means: the largest value of an integer type, 1 for floating-point types.
template <concepts::channel T>
inline constexpr T white = std::floating_point<T> ? T(1) : highest<T>;

QUOIN_NAMESPACE_END
