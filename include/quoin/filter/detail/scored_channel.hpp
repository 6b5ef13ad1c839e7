// SPDX-License-Identifier: BSL-1.0
// The channels whose corners have a score.
#pragma once

#include <quoin/config.hpp>

#include <concepts>
#include <cstdint>

QUOIN_NAMESPACE_BEGIN
namespace detail {

template <class T>
concept scored_channel = std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t> || std::same_as<T, float>;

} // namespace detail
QUOIN_NAMESPACE_END
