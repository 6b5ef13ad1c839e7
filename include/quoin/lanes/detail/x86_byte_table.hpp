// SPDX-License-Identifier: BSL-1.0
// Look-ups of bytes in tables of 256 bytes by shuffles within 128-bit parts, for AVX2 and AVX-512 without VBMI.
#pragma once

#include <quoin/lanes/detail/portable.hpp>

#include <cstring>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

/// A table of 256 bytes as 16 rows of 16. A shuffle looks up the lower four bits of an index in a row, and gives 0 for
/// a negative index. Row k has what differs between the values of indexes from 16 k on and of those before it. An index
/// is lowered by 16 after each row, down to -128. So it finds something in row 0 and all rows up to its own, and the
/// exclusive or of these is its value. Indexes from 128 on are looked up likewise in the last eight rows.
class byte_table_registers {
    using reg = isa::reg;

public:
    explicit byte_table_registers(std::uint8_t const* values) {
        for (int i = 0; i < 256; ++i)
            rows_[i] = static_cast<std::uint8_t>(values[i] ^ (i % 128 < 16 ? 0 : values[i - 16]));
    }
    /// values[a[i]] for every i.
    QUOIN_ALWAYS_INLINE reg operator[](reg a) const {
        auto const row = [this](int k, reg index) QUOIN_LAMBDA_INLINE {
            return isa::shuffle_parts(isa::load_everywhere(rows_ + 16 * k), index);
        };
        reg low = a, high = isa::exclusive_or(a, isa::all_bytes(-128));
        reg result = isa::exclusive_or(row(0, low), row(8, high));
        reg const sixteen = isa::all_bytes(16);
        for (int k = 1; k < 8; ++k) {
            low = isa::subtract_bytes(low, sixteen);
            high = isa::subtract_bytes(high, sixteen);
            result = isa::exclusive_or(result, isa::exclusive_or(row(k, low), row(8 + k, high)));
        }
        return result;
    }

private:
    alignas(16) std::uint8_t rows_[256];
};

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END
