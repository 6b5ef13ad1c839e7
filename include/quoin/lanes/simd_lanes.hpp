// SPDX-License-Identifier: BSL-1.0
// simd_lanes: the lane family of the SIMD policies; as many pixels a step as a register has bytes.
#pragma once

#include <quoin/core/pixel.hpp>
#include <quoin/lanes/lanes_sums.hpp>

QUOIN_NAMESPACE_BEGIN

/// One step is 16, 32 or 64 pixels (SSE or NEON, AVX2, AVX-512), the same for every type of a chain, so that a chain of
/// u8, i16 and f32 stages steps together. Members as in scalar_lanes.
struct simd_lanes {
    static constexpr int count = static_cast<int>(xsimd::batch<std::uint8_t>::size);

    template <channel T>
    using type = lanes<T, count>;

    /// Whether a step of bytes is looked up in a table of 256 bytes by a few instructions, with table[step].
    static constexpr bool has_byte_table = detail::has_byte_table;
    template <class Registers = detail::byte_table_registers>
    class byte_table {
    public:
        explicit byte_table(std::uint8_t const (&values)[256]) : registers_(values) {}
        QUOIN_ALWAYS_INLINE type<std::uint8_t> operator[](type<std::uint8_t> const& v) const {
            return type<std::uint8_t>::make([&](auto i) QUOIN_LAMBDA_INLINE {
                return xsimd::batch<std::uint8_t>(registers_[v.reg[decltype(i)::value]]);
            });
        }

    private:
        Registers registers_;
    };

    template <channel U, channel T>
    static QUOIN_ALWAYS_INLINE type<U> load_as(T const* p) {
        if constexpr (std::integral<T> && std::integral<U> && sizeof(T) < sizeof(U)) {
            constexpr int to = type<U>::per_register;
            return type<U>::make([p](auto i) QUOIN_LAMBDA_INLINE {
                return detail::widen_load<U>(p + decltype(i)::value * to);
            });
        } else {
            return convert<U>(type<T>::load(p));
        }
    }

    template <channel T>
    static QUOIN_ALWAYS_INLINE void store(T* p, type<T> const& value) {
        value.store(p);
    }

    template <channel T>
    static QUOIN_ALWAYS_INLINE type<T> running_sums(type<T>& before, type<T> const& value) {
        xsimd::batch<T> sum = before.reg[0];
        auto const result = type<T>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            auto const inside = detail::running_sums(value.reg[decltype(i)::value]);
            auto const outside = sum;
            sum += detail::last_everywhere(inside);
            return inside + outside;
        });
        before = type<T>::make([&](auto) QUOIN_LAMBDA_INLINE { return sum; });
        return result;
    }

    template <class P>
    static QUOIN_ALWAYS_INLINE auto load_pixels(channel_t<P> const* p) {
        using T = channel_t<P>;
        if constexpr (channels_v<P> == 1) {
            return type<T>::load(p);
        } else {
            rebind_t<P, type<T>> result;
            constexpr int size = type<T>::per_register;
            detail::unrolled<type<T>::registers>([&](auto i) QUOIN_LAMBDA_INLINE {
                xsimd::batch<T> planes[channels_v<P>];
                detail::deinterleave<channels_v<P>>(p + i * size * channels_v<P>, planes);
                for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                    get_channel<decltype(c)::value>(result).reg[i] = planes[decltype(c)::value];
                });
            });
            return result;
        }
    }

    template <class P>
    static QUOIN_ALWAYS_INLINE void store_pixels(channel_t<P>* p, rebind_t<P, type<channel_t<P>>> const& value) {
        using T = channel_t<P>;
        if constexpr (channels_v<P> == 1) {
            value.store(p);
        } else {
            constexpr int size = type<T>::per_register;
            detail::unrolled<type<T>::registers>([&](auto i) QUOIN_LAMBDA_INLINE {
                xsimd::batch<T> planes[channels_v<P>];
                for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                    planes[decltype(c)::value] = get_channel<decltype(c)::value>(value).reg[i];
                });
                detail::interleave<channels_v<P>>(planes, p + i * size * channels_v<P>);
            });
        }
    }
};

QUOIN_NAMESPACE_END
