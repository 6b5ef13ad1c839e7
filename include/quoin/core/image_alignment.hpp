// SPDX-License-Identifier: BSL-1.0
// image_alignment: where the rows of owning images begin.
#pragma once

#include <quoin/config.hpp>

#include <cstddef>

QUOIN_NAMESPACE_BEGIN

/// Rows of an owning image start at multiples of this many bytes.
inline constexpr std::size_t image_alignment = 64;

QUOIN_NAMESPACE_END
