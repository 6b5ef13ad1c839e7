// SPDX-License-Identifier: BSL-1.0
// Conversion between interleaved pixels of three and four channels of 16 and 32 bits and one register a channel, by
// blends and shuffles within 128-bit parts.
#pragma once

#include <quoin/lanes/detail/x86_interleave.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

template <class T>
concept blended_value = sizeof(T) == 2 || sizeof(T) == 4;

/// Three registers hold a part's pixels of three channels. The values of one channel have different places in each of
/// them, so blends join them in one register without moving them.
template <class T, int Channel>
struct channel_of_three {
    static constexpr int bytes = static_cast<int>(sizeof(T)), size = 16 / bytes;
    static constexpr int place(int pixel) { return (3 * pixel + Channel) % size; }

    /// The places of the channel in register k, as a mask of bits.
    static constexpr int places(int k) {
        int mask = 0;
        for (int i = 0; i < size; ++i)
            if ((k * size + i) % 3 == Channel) mask |= 1 << i;
        return mask;
    }
    static constexpr byte_order make_order(bool sorting) {
        byte_order order{};
        for (int pixel = 0; pixel < size; ++pixel)
            for (int b = 0; b < bytes; ++b) {
                int const joined = place(pixel) * bytes + b, sorted = pixel * bytes + b;
                order.from[sorting ? sorted : joined] = static_cast<signed char>(sorting ? joined : sorted);
            }
        return order;
    }
    static constexpr byte_order to_pixels = make_order(true), to_places = make_order(false);
};

/// a, and b in the places of the mask.
template <class T, int Mask>
QUOIN_ALWAYS_INLINE isa::reg blend(isa::reg a, isa::reg b) {
    if constexpr (sizeof(T) == 2) return _mm256_blend_epi16(a, b, Mask);
    else return _mm256_blend_epi32(a, b, Mask * 0x11);
}

template <class T>
QUOIN_ALWAYS_INLINE isa::reg load_interleaved(T const* p, int channels, int k) {
    return isa::load_parts(reinterpret_cast<std::uint8_t const*>(p) + 16 * k, 16 * channels);
}

template <int Channels, blended_value T>
    requires(Channels == 3)
QUOIN_ALWAYS_INLINE void deinterleave(T const* p, xsimd::batch<T> (&planes)[Channels]) {
    using batch = xsimd::batch<T>;
    isa::reg const in[3] = {load_interleaved(p, 3, 0), load_interleaved(p, 3, 1), load_interleaved(p, 3, 2)};
    auto const plane = [&]<int C>(std::integral_constant<int, C>) QUOIN_LAMBDA_INLINE {
        using channel = channel_of_three<T, C>;
        auto const front = blend<T, channel::places(1)>(in[0], in[1]);
        auto const all = blend<T, channel::places(2)>(front, in[2]);
        return batch((typename batch::register_type)isa::shuffle_bytes(all, channel::to_pixels));
    };
    planes[0] = plane(std::integral_constant<int, 0>{});
    planes[1] = plane(std::integral_constant<int, 1>{});
    planes[2] = plane(std::integral_constant<int, 2>{});
}

template <int Channels, blended_value T>
    requires(Channels == 3)
QUOIN_ALWAYS_INLINE void interleave(xsimd::batch<T> const (&planes)[Channels], T* p) {
    auto const moved = [&]<int C>(std::integral_constant<int, C>) QUOIN_LAMBDA_INLINE {
        return isa::shuffle_bytes((isa::reg)planes[C].data, channel_of_three<T, C>::to_places);
    };
    auto const red = moved(std::integral_constant<int, 0>{});
    auto const green = moved(std::integral_constant<int, 1>{});
    auto const blue = moved(std::integral_constant<int, 2>{});
    auto const joined = [&]<int K>(std::integral_constant<int, K>) QUOIN_LAMBDA_INLINE {
        auto const front = blend<T, channel_of_three<T, 1>::places(K)>(red, green);
        return blend<T, channel_of_three<T, 2>::places(K)>(front, blue);
    };
    isa::store_three(reinterpret_cast<std::uint8_t*>(p), joined(std::integral_constant<int, 0>{}),
                     joined(std::integral_constant<int, 1>{}), joined(std::integral_constant<int, 2>{}));
}

template <int Channels, blended_value T>
    requires(Channels == 4)
QUOIN_ALWAYS_INLINE void deinterleave(T const* p, xsimd::batch<T> (&planes)[Channels]) {
    isa::reg group[4];
    for (int k = 0; k < 4; ++k) {
        group[k] = load_interleaved(p, 4, k);
        if constexpr (sizeof(T) == 2) {
            constexpr byte_order pairs{{0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15}};
            group[k] = isa::shuffle_bytes(group[k], pairs);
        }
    }
    transpose_groups<4>(group, planes);
}

template <int Channels, blended_value T>
    requires(Channels == 4)
QUOIN_ALWAYS_INLINE void interleave(xsimd::batch<T> const (&planes)[Channels], T* p) {
    isa::reg const red = (isa::reg)planes[0].data, green = (isa::reg)planes[1].data, blue = (isa::reg)planes[2].data,
                   alpha = (isa::reg)planes[3].data;
    auto* const to = reinterpret_cast<std::uint8_t*>(p);
    if constexpr (sizeof(T) == 2) {
        auto const low_rg = isa::unpack_low16(red, green), low_ba = isa::unpack_low16(blue, alpha);
        auto const high_rg = isa::unpack_high16(red, green), high_ba = isa::unpack_high16(blue, alpha);
        isa::store_four(to, isa::unpack_low32(low_rg, low_ba), isa::unpack_high32(low_rg, low_ba),
                        isa::unpack_low32(high_rg, high_ba), isa::unpack_high32(high_rg, high_ba));
    } else {
        auto const low_rg = isa::unpack_low32(red, green), low_ba = isa::unpack_low32(blue, alpha);
        auto const high_rg = isa::unpack_high32(red, green), high_ba = isa::unpack_high32(blue, alpha);
        isa::store_four(to, isa::unpack_low64(low_rg, low_ba), isa::unpack_high64(low_rg, low_ba),
                        isa::unpack_low64(high_rg, high_ba), isa::unpack_high64(high_rg, high_ba));
    }
}

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END
