// SPDX-License-Identifier: BSL-1.0
// Look-ups of bytes in tables of 256 bytes, one by one through memory.
#pragma once

#include <quoin/lanes/detail/portable.hpp>

#include <cstring>

QUOIN_NAMESPACE_BEGIN

namespace detail {

class byte_table_registers {
    using batch = xsimd::batch<std::uint8_t>;

public:
    explicit byte_table_registers(std::uint8_t const* values) { std::memcpy(values_, values, sizeof values_); }
    /// values[a[i]] for every i.
    QUOIN_ALWAYS_INLINE batch operator[](batch const& a) const {
        alignas(64) std::uint8_t v[batch::size];
        a.store_aligned(v);
        for (std::uint8_t& one : v) one = values_[one];
        return batch::load_aligned(v);
    }

private:
    std::uint8_t values_[256];
};

} // namespace detail

QUOIN_NAMESPACE_END
