// SPDX-License-Identifier: BSL-1.0
// The step of a thread of the tile engine: neighboring pixels, loaded and stored as u32.
#pragma once

#include <quoin/pipe/stage.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The number of pixels that a thread computes at once: as many neighbors in a row as a u32 has bytes.
inline constexpr int tile_step = 4;
using tile_u32 = std::uint32_t;

/// n pixels, rounded up to whole steps.
QUOIN_FN index_t whole_steps(index_t n) {
    return (n + tile_step - 1) & ~index_t{tile_step - 1};
}

template <class P>
struct step_pixels {
    P at[tile_step];
};

/// Loads and stores u32 values at an address that is a multiple of their size. (nvcc 13.0 needs an untyped address.)
template <int Count>
QUOIN_INLINE void load_u32(void const* from, tile_u32 (&packed)[Count]) {
    __builtin_memcpy(packed, __builtin_assume_aligned(from, sizeof(tile_u32)), sizeof(packed));
}
template <class P>
QUOIN_INLINE void store_u32(void* to, step_pixels<P> const& pixels) {
    __builtin_memcpy(__builtin_assume_aligned(to, sizeof(tile_u32)), &pixels, sizeof(pixels));
}

/// Loads the pixels of a step from any address. It reads whole u32 values around the address and no single bytes.
template <class P>
QUOIN_INLINE step_pixels<P> load_step_u32(channel_t<P> const* from) {
    constexpr int count = sizeof(step_pixels<P>) / sizeof(tile_u32);
    tile_u32 packed[count];
    if constexpr (sizeof(channel_t<P>) >= sizeof(tile_u32)) {
        load_u32(from, packed);
    } else {
        int const over = static_cast<int>(reinterpret_cast<std::uintptr_t>(from) % sizeof(tile_u32));
        tile_u32 around[count + 1];
        load_u32(reinterpret_cast<unsigned char const*>(from) - over, around);
        for (int i = 0; i < count; ++i)
            packed[i] = static_cast<tile_u32>((std::uint64_t{around[i + 1]} << 32 | around[i]) >> (8 * over));
    }
    step_pixels<P> pixels;
    __builtin_memcpy(&pixels, packed, sizeof(pixels));
    return pixels;
}

/// The steps of an area for one thread of a team: every stride-th, without a division for each.
class step_walk {
public:
    QUOIN_FN step_walk(int columns, int first, int stride)
        : columns_(columns), column_(first % columns), row_(first / columns), columns_on_(stride % columns),
          rows_on_(stride / columns) {}
    QUOIN_FN int x() const { return column_ * tile_step; }
    QUOIN_FN int y() const { return row_; }
    QUOIN_FN void next() {
        column_ += columns_on_;
        row_ += rows_on_;
        if (column_ >= columns_) {
            column_ -= columns_;
            ++row_;
        }
    }

private:
    int columns_, column_, row_, columns_on_, rows_on_;
};

/// Consecutive rows of pixels, addressed relative to one of them.
template <class T>
struct tile_lines {
    T const* middle;
    int stride;
    QUOIN_INLINE T const* operator()(int dy) const { return middle + dy * stride; }
};

/// The pixels around a step, read as u32 into registers.
template <class P, footprint Reach>
struct step_surroundings {
    using T = channel_t<P>;
    static constexpr int width = (tile_step + Reach.left + Reach.right + tile_step - 1) / tile_step * tile_step;
    static constexpr int plane = width * Reach.rows();
    T values[channels_v<P> * plane];

    /// Reads from the top left of the surroundings. All sizes are whole numbers of steps.
    QUOIN_INLINE step_surroundings(T const* cells, int stride, int area) {
        for (int c = 0; c < channels_v<P>; ++c)
            for (int y = 0; y < Reach.rows(); ++y) {
                tile_u32 packed[width * sizeof(T) / sizeof(tile_u32)];
                load_u32(cells + c * area + y * stride, packed);
                __builtin_memcpy(values + c * plane + y * width, packed, sizeof(packed));
            }
    }
    QUOIN_INLINE tile_lines<T> lines() const { return {values + Reach.up * width, width}; }
};

/// Whether the footprint is known at compile time, and the pixels around a step are few enough for registers.
template <class F>
inline constexpr bool has_small_reach = false;
template <has_static_footprint F>
    requires(std::bool_constant<(F::footprint.rows() > 0)>::value)
inline constexpr bool has_small_reach<F> =
    F::footprint.rows() * (F::footprint.left + tile_step + F::footprint.right) <= 64;

} // namespace detail

QUOIN_NAMESPACE_END
