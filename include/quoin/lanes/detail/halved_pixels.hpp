// SPDX-License-Identifier: BSL-1.0
// The means of four pixels of four bytes, read and written as they lie in an image_view.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/lanes/convert.hpp>

#include <cstdint>
#include <cstring>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// to[i] is the mean of the pixels 2 i and 2 i + 1 of the rows a and b, each byte half up, for `count` pixels i. The
/// places `ahead` bytes behind those of a and b are prefetched.
inline void halve_pixels(std::uint8_t const* a, std::uint8_t const* b, std::ptrdiff_t ahead, std::uint8_t* to,
                         index_t count) {
    constexpr int size = static_cast<int>(xsimd::batch<std::uint32_t>::size);
    using words = vector_t<std::uint32_t, size>; // a pixel each
    using shorts = vector_t<std::uint16_t, 2 * size>;
    // The sums of two rows in 16 bits: of the bytes 0 and 2 of each pixel, and of the bytes 1 and 3.
    struct sums {
        words low, high;
    };
    auto const add = [](words x, words y) QUOIN_LAMBDA_INLINE { return (words)((shorts)x + (shorts)y); };
    auto const rows = [&](index_t i) QUOIN_LAMBDA_INLINE {
        auto const load = [i](std::uint8_t const* p) QUOIN_LAMBDA_INLINE {
            words v;
            std::memcpy(&v, p + 4 * i, sizeof v);
            return v;
        };
        words const x = load(a), y = load(b), mask = words{} + 0x00FF00FFu;
        return sums{add(x & mask, y & mask), add((words)((shorts)x >> 8), (words)((shorts)y >> 8))};
    };
    // Neighbors are added within 128 bits, where a shuffle is cheap. So the pixels of wide registers have another
    // order.
    constexpr int part = 4;
    auto const pairs = [&](words x, words y) QUOIN_LAMBDA_INLINE {
        return [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
            constexpr auto at = [](int i) {
                return i / part * part + i % (part / 2) * 2 + (i % part < part / 2 ? 0 : size);
            };
            return add(__builtin_shufflevector(x, y, at(I)...), __builtin_shufflevector(x, y, (at(I) + 1)...));
        }(std::make_integer_sequence<int, size>{});
    };
    auto const in_order = [](words v) QUOIN_LAMBDA_INLINE {
        return [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
            constexpr auto at = [](int i) { return i % (size / 2) / 2 * part + i % 2 + (i < size / 2 ? 0 : 2); };
            return __builtin_shufflevector(v, v, at(I)...);
        }(std::make_integer_sequence<int, size>{});
    };
    index_t i = 0;
    for (; i + size <= count; i += size) {
        for (index_t line = 0; line < 8 * size; line += 64) {
            __builtin_prefetch(a + 8 * i + line + ahead, 0, 2);
            __builtin_prefetch(b + 8 * i + line + ahead, 0, 2);
        }
        sums const left = rows(2 * i), right = rows(2 * i + size);
        auto const mean = [&](words x, words y)
                              QUOIN_LAMBDA_INLINE { return (words)(((shorts)pairs(x, y) + std::uint16_t{2}) >> 2); };
        words const low = mean(left.low, right.low), high = mean(left.high, right.high);
        words const pixels = in_order(low | high << 8);
        std::memcpy(to + 4 * i, &pixels, sizeof pixels);
    }
    for (; i < count; ++i)
        for (int c = 0; c < 4; ++c)
            to[4 * i + c] =
                static_cast<std::uint8_t>((a[8 * i + c] + a[8 * i + 4 + c] + b[8 * i + c] + b[8 * i + 4 + c] + 2) >> 2);
}

} // namespace detail

QUOIN_NAMESPACE_END
