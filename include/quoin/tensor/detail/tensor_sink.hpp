// SPDX-License-Identifier: BSL-1.0
// Writes the pixels of resized images to a tensor, through tables of values.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/exec/line/view_sink.hpp>
#include <quoin/tensor/detail/fit.hpp>
#include <quoin/tensor/tensor_spec.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The memory of a tensor and its tables, behind one type for all types of values, so that the engine is compiled once
/// for them.
struct tensor_memory {
    extent size;
    bool planar, reversed;
    void const* tables;
    void* data;
    void (*look_up)(tensor_memory const&, int color, std::uint8_t const* bytes, int count, index_t place);
    void (*fill)(tensor_memory const&, int color, std::uint8_t byte, index_t count, index_t place);

    /// The distance of neighbors in a row.
    index_t step() const { return planar ? 1 : 3; }
    /// The place of the first value of red, green or blue in a row of an image.
    index_t row(index_t image, int color, index_t y) const {
        index_t const c = reversed ? 2 - color : color;
        if (planar) return ((image * 3 + c) * size.height + y) * size.width;
        return (image * size.height + y) * size.width * 3 + c;
    }
};

/// Writes the values of `count` bytes, from a place on.
template <class T>
void look_up(tensor_memory const& to, int color, std::uint8_t const* bytes, int count, index_t place) {
    T const* const table = (*static_cast<tensor_tables<T> const*>(to.tables))[static_cast<std::size_t>(color)].data();
    T* const out = static_cast<T*>(to.data) + place;
    index_t const step = to.step();
    int i = 0;
    if (step == 1) {
        // One load for eight bytes: loads are what a table costs.
        for (; i + 8 <= count; i += 8) {
            std::uint64_t eight;
            std::memcpy(&eight, bytes + i, 8);
            unrolled<8>([&](auto k) QUOIN_LAMBDA_INLINE {
                constexpr int at = decltype(k)::value, shift = std::endian::native == std::endian::little ? at : 7 - at;
                out[i + at] = table[static_cast<std::uint8_t>(eight >> (8 * shift))];
            });
        }
    }
    for (; i < count; ++i) out[i * step] = table[bytes[i]];
}

/// Writes the value of one byte `count` times, from a place on.
template <class T>
void fill_values(tensor_memory const& to, int color, std::uint8_t byte, index_t count, index_t place) {
    T const value = (*static_cast<tensor_tables<T> const*>(to.tables))[static_cast<std::size_t>(color)][byte];
    T* const out = static_cast<T*>(to.data) + place;
    index_t const step = to.step();
    index_t i = 0;
    if (step == 1) {
        T values[256 / sizeof(T)];
        constexpr index_t size = std::size(values);
        for (T& v : values) v = value;
        for (; i + size <= count; i += size) std::memcpy(static_cast<void*>(out + i), values, sizeof values);
    }
    for (; i < count; ++i) out[i * step] = value;
}

/// Looks up the steps of a row.
template <class Lanes>
struct tensor_writer {
    tensor_memory const& memory;
    index_t rows[3];

    QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, rgb8> const& pixels, int count = Lanes::count) const {
        for_each_channel<rgb8>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int color = decltype(c)::value;
            std::uint8_t bytes[Lanes::count];
            Lanes::template store_pixels<std::uint8_t>(bytes, get_channel<color>(pixels));
            memory.look_up(memory, color, bytes, count, rows[color] + x * memory.step());
        });
    }
};

/// Writes the part of an image that its tensor shows.
template <class Lanes>
struct tensor_sink {
    tensor_memory const& memory;
    index_t image, left, top;

    QUOIN_INLINE tensor_writer<Lanes> row(index_t y) const {
        auto const first = [&](int color) { return memory.row(image, color, top + y) + left * memory.step(); };
        return {memory, {first(0), first(1), first(2)}};
    }
};

/// Fills what an image does not cover.
inline void pad_around(tensor_memory const& memory, index_t image, fitted const& to, std::uint8_t pad) {
    rect const shown = to.shown();
    if (shown.size() == memory.size) return;
    for (int color = 0; color < 3; ++color)
        for (index_t y = 0; y < memory.size.height; ++y) {
            auto const fill = [&](index_t begin, index_t end) {
                memory.fill(memory, color, pad, end - begin, memory.row(image, color, y) + begin * memory.step());
            };
            bool const beside = y >= shown.y && y < shown.bottom();
            fill(0, beside ? shown.x : memory.size.width);
            if (beside) fill(shown.right(), memory.size.width);
        }
}

} // namespace detail

QUOIN_NAMESPACE_END
