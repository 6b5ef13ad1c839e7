// SPDX-License-Identifier: BSL-1.0
// The sums of the products of a template with the pixels below it, for a block of places.
#pragma once

#include <quoin/core/detail/aligned_array.hpp>
#include <quoin/core/detail/unrolled.hpp>
#include <quoin/lanes/detail/word_dots.hpp>
#include <quoin/measure/detail/reading.hpp>

#include <algorithm>
#include <concepts>
#include <cstring>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A template as words of constants. Its blocks give sums of
///     (image - image_offset) * (template - template_offset)
/// over it, exact for integers; of floats in double, row by row of the template from its left.
template <class Lanes, class T>
class window_products {
    using dots = typename dots_of<T>::type;
    using cell = typename dots::cell;
    using word = typename dots::word;
    using vector = typename dots::vector;

public:
    using sum = std::conditional_t<std::floating_point<T>, double, std::int64_t>;
    static constexpr int image_offset = dots::image_offset, template_offset = dots::template_offset;

    /// The template is at(x, y) where counts(x, y) is true, and elsewhere no products are added.
    template <class At, class Counts>
    window_products(extent size, At const& at, Counts const& counts)
        : size_(size), groups_((size.width + dots::values - 1) / dots::values),
          words_(static_cast<std::size_t>(dots::parts * groups_ * size.height)) {
        word* to = words_.data();
        for (int part = 0; part < dots::parts; ++part)
            for (index_t y = 0; y < size.height; ++y)
                for (index_t g = 0; g < groups_; ++g) {
                    cell values[dots::values] = {};
                    for (int i = 0; i < dots::values; ++i)
                        if (index_t const x = g * dots::values + i; x < size.width && counts(x, y))
                            values[i] = dots::constant(at(x, y), part);
                    std::memcpy(to++, values, sizeof(word));
                }
    }

    /// Rows of pixels, and sums of a block of places.
    class block {
    public:
        /// For at most so many columns and rows of places, whose sums are computed for at most `together` rows at once.
        block(window_products const& of, extent places, index_t together)
            : of_(&of), width_((places.width + dots::columns - 1) / dots::columns * dots::columns),
              stride_(width_ + of.groups_ * dots::values), cells_(stride_ * (places.height + of.size_.height - 1)),
              sums_(width_ * together) {}

        /// Takes a row of pixels, of which `count` are at p. What is behind them is any numbers.
        void set_row(index_t y, T const* p, index_t count) {
            cell* const to = cells_.data() + y * stride_;
            if constexpr (std::same_as<cell, T>) {
                std::memcpy(to, p, static_cast<std::size_t>(count) * sizeof(T));
            } else {
                for_each_step<Lanes>(count, [=](auto lanes, index_t x) QUOIN_LAMBDA_INLINE {
                    using family = decltype(lanes);
                    if constexpr (dots::image_offset != 0)
                        family::store(to + x, bits_as<cell>(convert<T>(family::template load_as<T>(p + x) ^
                                                                       T(dots::image_offset))));
                    else family::store(to + x, family::template load_as<cell>(p + x));
                });
            }
        }

        /// Computes the sums of so many rows and columns of places, from row `first` on.
        void multiply(index_t first, extent places) {
            std::fill_n(sums_.data(), width_ * places.height, sum{});
            for (index_t x = 0; x < places.width; x += dots::columns) {
                index_t y = 0;
                for (; y + dots::rows <= places.height; y += dots::rows) add_products<dots::rows>(first, x, y);
                for (; y < places.height; ++y) add_products<1>(first, x, y);
            }
        }
        /// The sums of row first + y.
        sum const* row(index_t y) const { return sums_.data() + y * width_; }

    private:
        /// Words are added in parts of the template whose sums fit a word.
        template <int Rows>
        void add_products(index_t first, index_t x, index_t y) {
            index_t const groups = of_->groups_, height = of_->size_.height;
            index_t const columns = std::min(groups, dots::most), rows = std::max<index_t>(dots::most / columns, 1);
            for (int part = 0; part < dots::parts; ++part)
                for (index_t v = 0; v < height; v += rows)
                    for (index_t g = 0; g < groups; g += columns)
                        add_part<Rows>(cells_.data() + (first + y) * stride_ + x, sums_.data() + y * width_ + x, part,
                                       {v, std::min(v + rows, height)}, {g, std::min(g + columns, groups)});
        }

        template <int Rows>
        QUOIN_NOINLINE void add_part(cell const* from, sum* to, int part, interval rows, interval groups) {
            index_t const stride = of_->groups_;
            word const* const constants = of_->words_.data() + part * of_->size_.height * stride;
            vector all[Rows][dots::vectors] = {};
            // Row v of the pixels meets row v - j of the template for row j of the places.
            auto const add = [&](index_t v, auto const& meets) QUOIN_LAMBDA_INLINE {
                cell const* pixels = from + v * stride_ + groups.begin * dots::values;
                for (index_t g = groups.begin; g < groups.end; ++g, pixels += dots::values) {
                    vector here[dots::vectors];
                    unrolled<dots::vectors>([&](auto i) QUOIN_LAMBDA_INLINE {
                        here[i] = dots::load(pixels + dots::first(decltype(i)::value));
                    });
                    unrolled<Rows>([&](auto j) QUOIN_LAMBDA_INLINE {
                        if (!meets(v - j)) return;
                        vector const k = dots::all(constants[(v - j) * stride + g]);
                        unrolled<dots::vectors>(
                            [&](auto i) QUOIN_LAMBDA_INLINE { all[j][i] = dots::add(all[j][i], here[i], k); });
                    });
                }
            };
            auto const inside = [&](index_t v) QUOIN_LAMBDA_INLINE { return v >= rows.begin && v < rows.end; };
            auto const always = [](index_t) QUOIN_LAMBDA_INLINE { return true; };
            index_t v = rows.begin;
            for (; v < rows.begin + Rows - 1; ++v) add(v, inside);
            for (; v < rows.end; ++v) add(v, always);
            for (; v < rows.end + Rows - 1; ++v) add(v, inside);
            unrolled<Rows>([&](auto j)
                               QUOIN_LAMBDA_INLINE { dots::add_to(to + j * width_, all[j], part == 0 ? 1 : 256); });
        }

        window_products const* of_;
        index_t width_, stride_;
        aligned_array<cell> cells_;
        aligned_array<sum> sums_;
    };

private:
    extent size_;
    index_t groups_;
    std::vector<word> words_;
};

} // namespace detail

QUOIN_NAMESPACE_END
