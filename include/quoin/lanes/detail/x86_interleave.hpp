// SPDX-License-Identifier: BSL-1.0
// Conversion between interleaved 8-bit pixels of three and four channels and one register a channel, for instruction
// sets that shuffle bytes within 128-bit parts (AVX2, AVX-512).
#pragma once

#include <quoin/lanes/detail/x86.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

/// Converts registers of 4-byte groups [r0..3 g0..3 b0..3 a0..3] of the pixels 4k..4k+3 to one register a channel.
template <int Channels, class Registers>
QUOIN_ALWAYS_INLINE void transpose_groups(auto const (&group)[4], Registers& planes) {
    auto const low01 = isa::unpack_low32(group[0], group[1]);
    auto const low23 = isa::unpack_low32(group[2], group[3]);
    auto const high01 = isa::unpack_high32(group[0], group[1]);
    auto const high23 = isa::unpack_high32(group[2], group[3]);
    auto const plane = [](auto values) QUOIN_LAMBDA_INLINE {
        using batch = std::remove_cvref_t<decltype(planes[0])>;
        return batch((typename batch::register_type)values);
    };
    planes[0] = plane(isa::unpack_low64(low01, low23));
    planes[1] = plane(isa::unpack_high64(low01, low23));
    planes[2] = plane(isa::unpack_low64(high01, high23));
    if constexpr (Channels == 4) planes[3] = plane(isa::unpack_high64(high01, high23));
}

/// A part of 128 bits holds 16 neighboring pixels, from four loads of 16 bytes. With three channels the fourth load
/// starts 4 bytes early, so that nothing behind the last pixel is read.
template <int Channels>
    requires(!isa::permutes_bytes && (Channels == 3 || Channels == 4))
QUOIN_ALWAYS_INLINE void deinterleave(std::uint8_t const* p, batch_u8 (&planes)[Channels]) {
    constexpr int part = 16 * Channels;
    constexpr int step = 4 * Channels;
    typename isa::reg group[4];
    if constexpr (Channels == 3) {
        constexpr byte_order front{{0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11, -1, -1, -1, -1}};
        constexpr byte_order back{{4, 7, 10, 13, 5, 8, 11, 14, 6, 9, 12, 15, -1, -1, -1, -1}};
        group[0] = isa::shuffle_bytes(isa::load_parts(p, part), front); // a loop would go through memory
        group[1] = isa::shuffle_bytes(isa::load_parts(p + step, part), front);
        group[2] = isa::shuffle_bytes(isa::load_parts(p + 2 * step, part), front);
        group[3] = isa::shuffle_bytes(isa::load_parts(p + part - 16, part), back);
    } else {
        constexpr byte_order order{{0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15}};
        for (int k = 0; k < 4; ++k) group[k] = isa::shuffle_bytes(isa::load_parts(p + k * step, part), order);
    }
    transpose_groups<Channels>(group, planes);
}

template <int Channels>
    requires(!isa::permutes_bytes && (Channels == 3 || Channels == 4))
QUOIN_ALWAYS_INLINE void interleave(batch_u8 const (&planes)[Channels], std::uint8_t* p) {
    auto const last = [&] {
        if constexpr (Channels == 4) return typename isa::reg(planes[3]);
        else return typename isa::reg(batch_u8(std::uint8_t{0}));
    }();
    auto const low02 = isa::unpack_low32(planes[0], planes[2]);
    auto const low13 = isa::unpack_low32(planes[1], last);
    auto const high02 = isa::unpack_high32(planes[0], planes[2]);
    auto const high13 = isa::unpack_high32(planes[1], last);
    typename isa::reg const group[4] = {isa::unpack_low32(low02, low13), isa::unpack_high32(low02, low13),
                                        isa::unpack_low32(high02, high13), isa::unpack_high32(high02, high13)};
    if constexpr (Channels == 4) {
        constexpr byte_order order{{0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15}};
        isa::store_four(p, isa::shuffle_bytes(group[0], order), isa::shuffle_bytes(group[1], order),
                        isa::shuffle_bytes(group[2], order), isa::shuffle_bytes(group[3], order));
    } else {
        constexpr byte_order a0{{0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, -1, -1, -1, -1}};
        constexpr byte_order a1{{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 4, 8, 1}};
        constexpr byte_order b0{{5, 9, 2, 6, 10, 3, 7, 11, -1, -1, -1, -1, -1, -1, -1, -1}};
        constexpr byte_order b1{{-1, -1, -1, -1, -1, -1, -1, -1, 0, 4, 8, 1, 5, 9, 2, 6}};
        constexpr byte_order c0{{10, 3, 7, 11, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}};
        constexpr byte_order c1{{-1, -1, -1, -1, 0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}};
        auto const join = [](auto x, byte_order const& ox, auto y, byte_order const& oy) QUOIN_LAMBDA_INLINE {
            return isa::either(isa::shuffle_bytes(x, ox), isa::shuffle_bytes(y, oy));
        };
        isa::store_three(p, join(group[0], a0, group[1], a1), join(group[1], b0, group[2], b1),
                         join(group[2], c0, group[3], c1));
    }
}

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END
