// SPDX-License-Identifier: BSL-1.0
// clahe: local contrast, by a table for each tile of the image.
#pragma once

#include <quoin/core/detail/tile_tables.hpp>
#include <quoin/filter/detail/tables.hpp>

#include <bit>
#include <cstring>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Pixels between the tables of the four tiles around them. The numbers are elsewhere; see tile_layout.
template <class T>
class tile_mix {
public:
    using vectorized = void;
    using channelwise = void;
    using takes_position = void;
    static constexpr char const* name = "clahe";

    QUOIN_FN tile_mix(std::uint32_t const* numbers, index_t columns, index_t tables, index_t row_size)
        : columns_(numbers), weights_(numbers + columns), rows_(numbers + 2 * columns), tables_(numbers + tables),
          row_size_(row_size) {}
    tile_mix(std::uint32_t const* numbers, tile_layout<T> const& layout)
        : tile_mix(numbers, layout.columns, layout.tables(), layout.row_size) {}

    template <class V, class I>
    QUOIN_INLINE V operator()(V const& v, position<I> const& at) const {
        if constexpr (std::same_as<V, T>) {
            T result;
            mix<1>(&v, at.x, at.y, &result);
            return result;
        } else {
            constexpr int n = V::count;
            T values[n];
            std::int32_t x[n], y[n];
            v.store(values);
            at.x.store(x);
            at.y.store(y);
            mix<n>(values, x[0], y[0], values);
            return V::load(values);
        }
    }

private:
    using number = std::uint32_t;

    /// Calls f(i, value of pixel i). Values that are taken out of words of 64 bits are half the loads.
    template <int N, class F>
    static QUOIN_INLINE void for_each_value(T const* values, F const& f) {
        constexpr int in_word = 8 / static_cast<int>(sizeof(T));
        if constexpr (N % in_word == 0 && std::endian::native == std::endian::little) {
            for (int i = 0; i < N; i += in_word) {
                std::uint64_t word;
                std::memcpy(&word, values + i, sizeof word);
                unrolled<in_word>([&](auto k) QUOIN_LAMBDA_INLINE {
                    constexpr int place = decltype(k)::value;
                    f(i + place, static_cast<T>(word >> (place * 8 * static_cast<int>(sizeof(T)))));
                });
            }
        } else {
            for (int i = 0; i < N; ++i) f(i, values[i]);
        }
    }

    template <int N>
    QUOIN_INLINE void mix(T const* values, index_t x, index_t y, T* to) const {
        constexpr int bits = tile_weight_bits<T>;
        number const* const table = tables_ + static_cast<index_t>(rows_[2 * y]) * row_size_;
        number const* const across = columns_ + x;
        number const* const weights = weights_ + x;
        number const below = rows_[2 * y + 1];
        number left[N], right[N];
        auto const look_up = [&](int i, number const* from) QUOIN_LAMBDA_INLINE {
            left[i] = *from;
            if constexpr (sizeof(T) > 1) right[i] = from[tile_distance<T>];
        };
        if (across[0] == across[N - 1]) {
            number const* const here = table + across[0];
            for_each_value<N>(values, [&](int i, T v) QUOIN_LAMBDA_INLINE { look_up(i, here + v); });
        } else {
            for (int i = 0; i < N; ++i) look_up(i, table + across[i] + values[i]);
        }
        number result[N];
        for (int i = 0; i < N; ++i) {
            if constexpr (sizeof(T) == 1) {
                number const four = left[i], half = number{1} << (2 * bits - 1);
                number const left_up = four & 255, left_down = (four >> 8) & 255;
                number const up = (left_up << bits) + (((four >> 16) & 255) - left_up) * weights[i];
                number const down = (left_down << bits) + ((four >> 24) - left_down) * weights[i];
                result[i] = ((up << bits) + (down - up) * below + half) >> (2 * bits);
            } else {
                number const left_up = left[i] & 65535, left_down = left[i] >> 16;
                number const up = (left_up << bits) + ((right[i] & 65535) - left_up) * weights[i];
                number const down = (left_down << bits) + ((right[i] >> 16) - left_down) * weights[i];
                constexpr std::uint64_t half = std::uint64_t{1} << (2 * bits - 1);
                number const above = (number{1} << bits) - below;
                result[i] = static_cast<number>((std::uint64_t{up} * above + std::uint64_t{down} * below + half) >> 32);
            }
        }
        for (int i = 0; i < N; ++i) to[i] = static_cast<T>(result[i]);
    }

    number const *columns_, *weights_, *rows_, *tables_;
    index_t row_size_;
};

/// The same. It owns the numbers, and copies share them.
template <class T>
class shared_tile_mix : public tile_mix<T> {
public:
    using far = tile_mix<T>;
    using far_numbers = std::uint32_t;

    shared_tile_mix(std::shared_ptr<std::uint32_t const[]> numbers, tile_layout<T> const& layout)
        : far(numbers.get(), layout), layout_(layout), numbers_(std::move(numbers)) {}

    std::uint32_t const* numbers() const { return numbers_.get(); }
    index_t size() const { return layout_.size(); }
    far with_numbers(std::uint32_t const* elsewhere) const { return far(elsewhere, layout_); }

private:
    tile_layout<T> layout_;
    std::shared_ptr<std::uint32_t const[]> numbers_;
};

/// The stage made by clahe(), of pixels T.
template <class T>
class clahe_fn {
public:
    using expands = void;

    clahe_fn(tile_grid const& grid, std::shared_ptr<std::uint32_t const[]> numbers)
        : grid_(grid), numbers_(std::move(numbers)) {}

    template <class P>
    auto expand(extent input) const {
        static_assert(
            std::same_as<P, T>,
            "quoin: clahe is of the gray pixels that it was made of; put gray or the same convert_to before it");
        if (input != grid_.size)
            raise("quoin::clahe: the tiles are those of ", grid_.size.width, " x ", grid_.size.height,
                  " pixels, and the stage follows ", input.width, " x ", input.height,
                  "; make it of pixels of the same extent");
        return compose(shared_tile_mix<T>(numbers_, tile_layout<T>(grid_)));
    }

private:
    tile_grid grid_;
    std::shared_ptr<std::uint32_t const[]> numbers_;
};

template <class Policy, class What>
concept has_tiles = requires(Policy const& policy, What const& what, tile_grid const& grid) {
    numbers_of_tiles(policy, what, grid, 1.0);
};

} // namespace detail

/// Pointwise stage, made of the values of gray pixels of u8 or u16 that stand before it, as
/// `view | clahe(policy, view, 2)`: contrast limited adaptive histogram equalization. The image is divided into tiles,
/// each of which has the table of an equalization of its own, and a pixel is mixed from the tables of the four tiles
/// around it. Same pixel type. Include <quoin/measure/histogram.hpp>, too.
///
/// `tiles` is the number of tiles across and down. If a side is no multiple of its number, both sides are lengthened to
/// the next larger multiple, to the right and down, and reflect_101 tells the values there; a tile has tw x th pixels
/// of the image that is so lengthened. With `values` = 256 or 65,536 a table is made of the counts n(v) of its tile:
/// - limit = max(1, floor(clip tw th / values)). What counts have above the limit is cut off. A clip of 0 cuts nothing.
/// - Of the sum c of what is cut off, each value gets floor(c / values). The rest r is given out one by one, to the
///   values 0, s, 2 s, ... where s = max(1, floor(values / r)).
/// - table[v] = (n(0) + ... + n(v)) (white / (tw th)), quotient and product in float, halves to even, at most white.
/// They are the tables of cv::CLAHE. The pixel (x, y) lies at x / tw - 1/2 of the way from the centers of the first
/// tiles to those of the second ones, and so on; beyond the outer centers only the outer tiles count. Both weights are
/// rounded to multiples of 2^-11 for u8 and 2^-16 for u16, halves up. The sum of the four products is exact, and
/// rounded once, half up. The result is at most 1 off that of cv::CLAHE.
///
/// Cost: a reading that counts, in as many blocks as tiles, and one that mixes. For u8 the second one takes a load of
/// 32 bits and some 20 instructions for 8 pixels, for u16 two loads; tables are 128 KiB for each tile of u16 while the
/// stage is made, and 256 KiB afterwards. For u8 they are 1 KiB.
///
/// For color, compute it of the channel that has the lightness: the first of three behind rgb_to_lab, or gray.
/// @throws invalid_argument unless clip is 0 or up to 10^6, and there are 1 to 64 tiles on each side, at most 256 of 16
/// bits, of fewer than 2^31 pixels; when the pipeline is made, unless its pixels have the extent of `what`.
///
/// K. Zuiderveld, Contrast limited adaptive histogram equalization, Graphics Gems IV, 1994.
template <class Policy, class What>
auto clahe(Policy const& policy, What const& what, double clip = 40, extent tiles = {8, 8}) {
    static_assert(detail::has_tiles<Policy, What>,
                  "quoin: clahe needs a policy, gray pixels of u8 or u16, and <quoin/measure/histogram.hpp>; put gray "
                  "before it, or compute it of the lightness alone, the first channel behind rgb_to_lab");
    if constexpr (detail::has_tiles<Policy, What>) {
        using T = channel_t<typename What::pixel_type>;
        detail::check_tiles(clip, tiles.width, tiles.height, static_cast<double>(white<T>));
        detail::tile_grid const grid({what.width(), what.height()}, tiles.width, tiles.height);
        detail::check_tile_area(grid);
        return detail::clahe_fn<T>(grid, numbers_of_tiles(policy, what, grid, clip));
    } else {
        return compose(); // one error message is enough
    }
}

/// The catalogue's entry.
struct clahe_entry {
    static constexpr operation about{
        .name = "clahe",
        .about = "equalizes tiles, with limited counts, and mixes neighboring tiles; gray, two readings",
        .parameters = {{.name = "CLIP",
                        .most = 1e6,
                        .preset = "40",
                        .about = "the limit of counts, in multiples of their mean; 0 for none"},
                       {.name = "TILES",
                        .type = parameter_type::size,
                        .least = 1,
                        .most = 64,
                        .preset = "8x8",
                        .about = "the tiles across and down, as 8x4, or 8 for both",
                        .one_for_both = true}},
        .rounding = "tables as OpenCV's; half up of the exact mixture, weights in 2048ths (16 bits: 65536ths); signed "
                    "and 32 bits: not possible",
        .floating = "not possible",
        .opencv = "cv::createCLAHE(CLIP, TILES)->apply(src, dst)",
        .scikit_image = "skimage.exposure.equalize_adapthist(image)"};
    /// Made of counts, but of those of tiles.
    static constexpr bool counts = true, tiled = true;
    template <class T>
    static constexpr bool takes = detail::has_tables<T>;
    static void check(double const* values, double white) {
        detail::check_tiles(values[0], detail::whole<index_t>(values[1]), detail::whole<index_t>(values[2]), white);
    }
    static detail::tile_grid grid(double const* values, extent size) {
        return detail::tile_grid(size, detail::whole<index_t>(values[1]), detail::whole<index_t>(values[2]));
    }
};

QUOIN_NAMESPACE_END
