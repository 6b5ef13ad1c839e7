// SPDX-License-Identifier: BSL-1.0
// What a thread of the tile engine computes at once: neighbouring pixels, loaded and stored by words.
#pragma once

#include <quoin/pipe/stage.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// What a thread computes at once: neighbours in a row, as many as there are bytes in a word.
inline constexpr int tile_step = 4;
using tile_word = std::uint32_t;

template <class P>
struct step_pixels {
    P at[tile_step];
};

/// Words from and to an address that is a multiple of their size. (nvcc 13.0 needs the address without its type.)
template <int Words>
QUOIN_INLINE void load_words(void const* from, tile_word (&words)[Words]) {
    __builtin_memcpy(words, __builtin_assume_aligned(from, sizeof(tile_word)), sizeof(words));
}
template <class P>
QUOIN_INLINE void store_words(void* to, step_pixels<P> const& pixels) {
    __builtin_memcpy(__builtin_assume_aligned(to, sizeof(tile_word)), &pixels, sizeof(pixels));
}

/// The pixels of a step from memory in which they may lie anywhere, but whole words may be read: no byte is read alone.
template <class P>
QUOIN_INLINE step_pixels<P> load_step_words(channel_t<P> const* from) {
    constexpr int count = sizeof(step_pixels<P>) / sizeof(tile_word);
    tile_word words[count];
    if constexpr (sizeof(channel_t<P>) >= sizeof(tile_word)) {
        load_words(from, words);
    } else {
        int const over = static_cast<int>(reinterpret_cast<std::uintptr_t>(from) % sizeof(tile_word));
        tile_word around[count + 1];
        load_words(reinterpret_cast<unsigned char const*>(from) - over, around);
        for (int i = 0; i < count; ++i)
            words[i] = static_cast<tile_word>((std::uint64_t{around[i + 1]} << 32 | around[i]) >> (8 * over));
    }
    step_pixels<P> pixels;
    __builtin_memcpy(&pixels, words, sizeof(pixels));
    return pixels;
}

/// The steps of an area that one thread of a team takes: every stride-th, without a division for each.
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

/// Rows of pixels one after the other, seen from one of them.
template <class T>
struct tile_lines {
    T const* middle;
    int pitch;
    QUOIN_INLINE T const* operator()(int dy) const { return middle + dy * pitch; }
};

/// The pixels around a step, read word by word into registers.
template <class P, footprint Reach>
struct step_surroundings {
    using T = channel_t<P>;
    static constexpr int width = (tile_step + Reach.left + Reach.right + tile_step - 1) / tile_step * tile_step;
    static constexpr int plane = width * Reach.rows();
    T values[channels_v<P> * plane];

    /// From the top left of the surroundings; all is a whole number of steps.
    QUOIN_INLINE step_surroundings(T const* cells, int pitch, int area) {
        for (int c = 0; c < channels_v<P>; ++c)
            for (int y = 0; y < Reach.rows(); ++y) {
                tile_word words[width * sizeof(T) / sizeof(tile_word)];
                load_words(cells + c * area + y * pitch, words);
                __builtin_memcpy(values + c * plane + y * width, words, sizeof(words));
            }
    }
    QUOIN_INLINE tile_lines<T> lines() const { return {values + Reach.up * width, width}; }
};

/// Whether the pixels around a step are known by place while compiling, and few enough for registers.
template <class F>
inline constexpr bool has_small_reach = false;
template <has_static_footprint F>
    requires(std::bool_constant<(F::footprint.rows() > 0)>::value)
inline constexpr bool has_small_reach<F> =
    F::footprint.rows() * (F::footprint.left + tile_step + F::footprint.right) <= 64;

} // namespace detail

QUOIN_NAMESPACE_END
