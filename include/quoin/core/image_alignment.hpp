// SPDX-License-Identifier: BSL-1.0
// image_alignment: the alignment of the rows of owning images.
#pragma once

#include <quoin/config.hpp>

#include <cstddef>

QUOIN_NAMESPACE_BEGIN

/// Rows of an owning image start at multiples of this many bytes.
inline constexpr std::size_t image_alignment = 64;

QUOIN_NAMESPACE_END
