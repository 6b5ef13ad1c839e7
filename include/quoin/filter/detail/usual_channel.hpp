// SPDX-License-Identifier: BSL-1.0
// usual_channel: the types of channels that most cameras and files have.
#pragma once

#include <quoin/config.hpp>

#include <concepts>
#include <cstdint>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Bytes and 16 bits without a sign, and float.
template <class T>
concept usual_channel = std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t> || std::same_as<T, float>;

} // namespace detail
QUOIN_NAMESPACE_END
