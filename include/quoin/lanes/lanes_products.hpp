// SPDX-License-Identifier: BSL-1.0
// The functions of products.hpp for lanes.
#pragma once

#include <quoin/lanes/convert.hpp>
#include <quoin/lanes/products.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {
template <int Size>
class word_table_registers; // of processors with has_fast_byte_table
}
QUOIN_NAMESPACE_END

#ifdef QUOIN_HAS_VBMI
#include <quoin/lanes/detail/avx512_byte_pairs.hpp>
#endif

QUOIN_NAMESPACE_BEGIN

template <int N>
QUOIN_ALWAYS_INLINE lanes<std::uint16_t, N> high_product(lanes<std::uint16_t, N> const& a,
                                                         lanes<std::uint16_t, N> const& b) {
    return lanes<std::uint16_t, N>::make(
        [&](auto i) QUOIN_LAMBDA_INLINE { return detail::register_high_product(a.reg[i], b.reg[i]); });
}

template <int N>
QUOIN_ALWAYS_INLINE lanes<std::uint16_t, N> saturating_sum(lanes<std::uint16_t, N> const& a,
                                                           lanes<std::uint16_t, N> const& b) {
    return lanes<std::uint16_t, N>::make([&](auto i) QUOIN_LAMBDA_INLINE { return xsimd::sadd(a.reg[i], b.reg[i]); });
}

template <int N>
QUOIN_ALWAYS_INLINE lanes<std::uint16_t, N> power_quotient(lanes<std::uint16_t, N> const& v,
                                                           lanes<std::uint16_t, N> const& k) {
    return lanes<std::uint16_t, N>::make(
        [&](auto i) QUOIN_LAMBDA_INLINE { return detail::register_power_quotient(v.reg[i], k.reg[i]); });
}

/// product_sum for lanes.
template <int N>
struct lanes_product_sum {
    using values = lanes<std::int16_t, N>;
    detail::register_products reg[values::registers];

    QUOIN_ALWAYS_INLINE void add(values const& a, values const& ka, values const& b, values const& kb) {
        detail::unrolled<values::registers>(
            [&](auto i) QUOIN_LAMBDA_INLINE { reg[i].add(a.reg[i], ka.reg[i], b.reg[i], kb.reg[i]); });
    }
    QUOIN_ALWAYS_INLINE void add(std::uint8_t const* a, values const& ka, std::uint8_t const* b, values const& kb) {
#ifdef QUOIN_HAS_VBMI
        constexpr int size = values::per_register;
        detail::unrolled<values::registers>([&](auto i) QUOIN_LAMBDA_INLINE {
            detail::add_bytes(reg[i], a + i * size, ka.reg[i], b + i * size, kb.reg[i]);
        });
#else
        auto const words = [](std::uint8_t const* p) QUOIN_LAMBDA_INLINE {
            return values::make([p](auto i) QUOIN_LAMBDA_INLINE {
                return detail::widen_load<std::int16_t>(p + i * values::per_register);
            });
        };
        add(words(a), ka, words(b), kb);
#endif
    }
    QUOIN_ALWAYS_INLINE lanes<std::int32_t, N> value() const {
        lanes<std::int32_t, N> result;
        detail::unrolled<values::registers>([&](auto i) QUOIN_LAMBDA_INLINE { reg[i].value(result.reg + 2 * i); });
        return result;
    }
};

template <int N>
QUOIN_ALWAYS_INLINE lanes_product_sum<N> products_like(lanes<std::int16_t, N> const&) {
    return {};
}

QUOIN_NAMESPACE_END
