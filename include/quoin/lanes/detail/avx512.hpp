// SPDX-License-Identifier: BSL-1.0
// The primitives for AVX-512 without VBMI (Skylake-X, Cascade Lake).
#pragma once

#include <quoin/lanes/detail/avx512_isa.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline constexpr bool has_fast_byte_table = false;
inline constexpr bool has_tap_windows = true;

struct isa : avx512_isa {
    static constexpr bool permutes_bytes = false;
};

} // namespace detail

QUOIN_NAMESPACE_END

#include <quoin/lanes/detail/avx512_interleave.hpp>
#include <quoin/lanes/detail/x86_byte_table.hpp>
#include <quoin/lanes/detail/x86_interleave.hpp>
#include <quoin/lanes/detail/x86_tap_dots.hpp>
#include <quoin/lanes/detail/x86_tap_windows.hpp>
#include <quoin/lanes/detail/x86_transpose.hpp>
