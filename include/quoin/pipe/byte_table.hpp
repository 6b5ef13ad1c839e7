// SPDX-License-Identifier: BSL-1.0
// byte_table_functor: pointwise stages that look bytes up in tables.
#pragma once

#include <quoin/config.hpp>

#include <concepts>
#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// A functor that looks bytes up in tables has
///     static constexpr int byte_tables;                        1, or the number of channels
///     std::uint8_t const* byte_table(int channel) const;       the 256 results for the bytes of a channel
/// With one table it is channelwise. The SIMD policies read the tables and do not call it. Consecutive vectorized
/// stages before and behind it that map each byte to a byte are put into its tables, so they cost nothing.
template <class F>
concept byte_table_functor = requires(F const& f) {
    { F::byte_tables } -> std::convertible_to<int>;
    { f.byte_table(0) } -> std::same_as<std::uint8_t const*>;
};

} // namespace concepts

QUOIN_NAMESPACE_END
