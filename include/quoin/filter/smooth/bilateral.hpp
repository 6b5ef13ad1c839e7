// SPDX-License-Identifier: BSL-1.0
// bilateral: the mean of the pixels around a pixel that are like it.
#pragma once

#include <quoin/filter/detail/bilateral_numbers.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/pipe/sweep.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The stage for channels T. The weight between two pixels is the same seen from both. So a sweep computes it once, and
/// keeps the rows of weights with the pixels further down until these are in the middle.
template <class T>
class bilateral_of {
    using numbers = bilateral_numbers<T>;
    using weight = typename numbers::weight;

public:
    using vectorized = void;

    constexpr bilateral_of(int radius, double sigma_color, double sigma_space)
        : radius_(radius), numbers_(radius, sigma_color, sigma_space) {}
    QUOIN_FN quoin::footprint footprint() const { return {radius_, radius_}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using P = typename Window::pixel_type;
        auto const here = numbers::at(w, 0, 0);
        using V = std::remove_cvref_t<decltype(get_channel<0>(here))>;
        typename numbers::template total<V> total;
        auto means = [&]<int... I>(std::integer_sequence<int, I...>) QUOIN_LAMBDA_INLINE {
            return means_of<V, channels_v<P>>{{typename numbers::template mean<V>(get_channel<I>(here))...}};
        }
        (std::make_integer_sequence<int, channels_v<P>>{});
        each_pair([&](int dx, int dy) QUOIN_LAMBDA_INLINE {
            auto const weighted = [&](auto const& other) QUOIN_LAMBDA_INLINE {
                V d = numbers_.distance(get_channel<0>(here), get_channel<0>(other));
                for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                    constexpr int i = decltype(c)::value;
                    if constexpr (i > 0) d = V(d + numbers_.distance(get_channel<i>(here), get_channel<i>(other)));
                });
                return numbers_.weight_of(d, dx * dx + dy * dy);
            };
            auto const a = numbers::at(w, dx, dy), b = numbers::at(w, -dx, -dy);
            V const wa = weighted(a), wb = weighted(b);
            total.add(wa, wb);
            for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                constexpr int i = decltype(c)::value;
                means.channel[i].add(get_channel<i>(a), wa, get_channel<i>(b), wb);
            });
        });
        auto const all = total.result();
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE { return means.channel[decltype(c)::value].result(all); });
    }

    bool sweeps() const { return true; }
    template <class U>
    std::size_t sweep_size(index_t columns, int) const {
        index_t rows = 0;
        each_pair([&](int, int dy) { rows += dy + 1; });
        return head + static_cast<std::size_t>(tables_end()) * sizeof(table) +
               static_cast<std::size_t>(rows * stride(columns)) * sizeof(weight) +
               static_cast<std::size_t>(columns + step) * sizeof(std::int32_t);
    }
    template <class Lanes, class U>
    void sweep(row_sweep<U> const& row, T* to) const {
        auto& y = *reinterpret_cast<index_t*>(row.memory); // the number of the row, of which slots follow
        y = row.follows ? y + 1 : radius_;
        index_t const line = stride(row.columns);
        pair pairs[most_pairs];
        int count = 0;
        auto* const tables = reinterpret_cast<table*>(row.memory + head);
        auto* slots = reinterpret_cast<weight*>(tables + tables_end());
        each_pair([&](int dx, int dy) {
            auto const slot = [&](index_t of) { return slots + of % (dy + 1) * line + radius_; };
            index_t const first = min(0, -dx);
            if constexpr (tabulates<Lanes>)
                if (!row.follows && row.channels == 1) make_table<Lanes>(tables[dx * dx + dy * dy], dx * dx + dy * dy);
            if (!row.follows)
                for (int j = -dy; j < 0; ++j)
                    weigh<Lanes>(row, tables, dx, dy, j, slot(y + j), first, row.columns + max(0, -dx));
            pairs[count++] = {slot(y), slot(y - dy) - dx, dy, dx, first};
            slots += (dy + 1) * line;
        });
        auto* const totals = reinterpret_cast<total_type*>(slots);
        // Weights are read while they are in the first-level cache.
        for (index_t x = 0; x < row.columns; x += part_columns) {
            index_t const end = min(x + part_columns, row.columns);
            for (pair* p = pairs; p != pairs + count; ++p)
                p->done = weigh<Lanes>(row, tables, p->dx, p->dy, 0, const_cast<weight*>(p->after), p->done,
                                       end + max(0, -p->dx));
            for (int c = 0; c < row.channels; ++c)
                average<Lanes>(row, c, pairs, count, totals, to + c * row.apart, x, end);
        }
    }

private:
    static constexpr int most_pairs = 126;
    static constexpr index_t step = 64; // at least that of any lanes
    static constexpr std::size_t head = 64;
    static constexpr index_t part_columns = 512;
    static constexpr bool of_bytes = std::same_as<T, std::uint8_t>;

    /// The weights of bytes at one distance from the pixel, by the distance of the values.
    struct table {
        std::uint8_t low[256], high[256];
    };
    /// Whether weights of gray bytes are looked up.
    template <class Lanes>
    static constexpr bool tabulates = of_bytes&& Lanes::has_fast_byte_table;
    constexpr index_t tables_end() const { return of_bytes ? radius_ * radius_ + 1 : 0; }
    template <class Lanes>
    void make_table(table& to, int square) const {
        for (int d = 0; d < 256; d += Lanes::count) {
            auto const w = numbers_.weight_of(convert<std::uint16_t>(Lanes::rising(d)), square);
            using W = std::remove_const_t<decltype(w)>;
            Lanes::store(to.low + d, convert<std::uint8_t>(W(w & W(std::uint16_t{255}))));
            Lanes::store(to.high + d, convert<std::uint8_t>(W(w >> 8)));
        }
    }
    /// A row of weights has those of `radius` columns to both sides.
    index_t stride(index_t columns) const { return (columns + 2 * radius_ + 2 * step - 1) / step * step; }

    template <class V, int Count>
    struct means_of {
        typename numbers::template mean<V> channel[Count];
    };
    struct pair {
        weight const *after, *before; // the weights with the pixel at (dx, dy), and with that at (-dx, -dy)
        int dy, dx;
        index_t done; // the columns before this one have their weights
    };
    using total_type = std::conditional_t<std::same_as<weight, float>, float, std::int32_t>;

    /// Calls f for the offsets in one half of the disc.
    template <class F>
    QUOIN_INLINE void each_pair(F const& f) const {
        for (int dy = 0; dy <= radius_; ++dy)
            for (int dx = dy == 0 ? 1 : -radius_; dx <= radius_; ++dx) {
                int const square = dx * dx + dy * dy;
                if (square <= radius_ * radius_ && numbers_.reaches(square)) f(dx, dy);
            }
    }

    /// The weights of the pixels of line j with those at an offset. Returns the first column without one.
    template <class Lanes>
    QUOIN_NOINLINE index_t weigh(row_sweep<T> const& row, [[maybe_unused]] table const* tables, int dx, int dy, int j,
                                 weight* const to, index_t x, index_t end) const {
        int const square = dx * dx + dy * dy;
        if constexpr (tabulates<Lanes>) {
            if (row.channels == 1) {
                table const& t = tables[square];
                auto const far = [](auto const& d) QUOIN_LAMBDA_INLINE { return d; };
                auto const near = [](auto const& d) QUOIN_LAMBDA_INLINE {
                    using D = std::remove_cvref_t<decltype(d)>;
                    return min(d, D(std::uint8_t{127}));
                };
                if ((t.low[127] | t.high[127]) != 0)
                    return look_up<Lanes>(typename Lanes::template word_table<256>(t.low, t.high), far, row.line(j),
                                          row.line(j + dy) + dx, to, x, end);
                return look_up<Lanes>(typename Lanes::template word_table<128>(t.low, t.high), near, row.line(j),
                                      row.line(j + dy) + dx, to, x, end);
            }
        }
        numbers const n = numbers_; // no store changes it
        for (; x < end; x += Lanes::count) {
            auto const part = [&](int c) QUOIN_LAMBDA_INLINE {
                return n.distance(numbers::template load<Lanes>(row.line(j, c) + x),
                                  numbers::template load<Lanes>(row.line(j + dy, c) + x + dx));
            };
            auto d = part(0);
            for (int c = 1; c < row.channels; ++c) d = decltype(d)(d + part(c));
            Lanes::store(to + x, n.weight_of(d, square));
        }
        return x;
    }

    /// The words at(|a[i] - b[i]|) of a table.
    template <class Lanes, class Table, class At>
    static QUOIN_INLINE index_t look_up(Table const& words, At const& at, T const* a, T const* b, weight* to, index_t x,
                                        index_t end) {
        for (; x < end; x += Lanes::count) {
            auto const v = Lanes::template load_as<T>(a + x), w = Lanes::template load_as<T>(b + x);
            Lanes::store(to + x, words[at(decltype(max(v, w))(max(v, w) - min(v, w)))]);
        }
        return x;
    }

    /// The means of one channel. The first one also writes the sums of weights, which the others read.
    template <class Lanes>
    QUOIN_NOINLINE void average(row_sweep<T> const& row, int channel, pair const* pairs, int count, total_type* totals,
                                T* to, index_t x, index_t end) const {
        using V = typename Lanes::template type<typename numbers::value>;
        struct taps {
            weight const *after, *before;
            T const *below, *above;
        } all[most_pairs];
        for (int i = 0; i < count; ++i)
            all[i] = {pairs[i].after, pairs[i].before, row.line(pairs[i].dy, channel) + pairs[i].dx,
                      row.line(-pairs[i].dy, channel) - pairs[i].dx};
        T const* const middle = row.line(0, channel);
        for (; x < end; x += Lanes::count) {
            typename numbers::template mean<V> mean(numbers::template load<Lanes>(middle + x));
            auto const sum = [&](auto const& also) QUOIN_LAMBDA_INLINE {
                for (taps const* t = all; t != all + count; ++t) {
                    V const wa = Lanes::template load_as<weight>(t->after + x),
                            wb = Lanes::template load_as<weight>(t->before + x);
                    also(wa, wb);
                    mean.template add_at<Lanes>(t->below + x, wa, t->above + x, wb);
                }
            };
            if (channel == 0) {
                typename numbers::template total<V> total;
                sum([&](V const& a, V const& b) QUOIN_LAMBDA_INLINE { total.add(a, b); });
                auto const result = total.result();
                if (row.channels > 1) Lanes::store(totals + x, result);
                Lanes::store(to + x, mean.result(result));
            } else {
                sum([](V const&, V const&) QUOIN_LAMBDA_INLINE {});
                Lanes::store(to + x, mean.result(Lanes::template load_as<total_type>(totals + x)));
            }
        }
    }

    int radius_;
    numbers numbers_;
};

} // namespace detail

/// The stage made by bilateral().
class bilateral_fn {
public:
    using expands = void;

    constexpr bilateral_fn(int diameter, double sigma_color, double sigma_space)
        : radius_(diameter / 2), sigma_color_(sigma_color), sigma_space_(sigma_space) {
        if (diameter < 3 || diameter > 2 * detail::most_bilateral_radius + 1 || diameter % 2 == 0)
            detail::raise("quoin::bilateral: the diameter ", diameter, " is not an odd number from 3 to ",
                          2 * detail::most_bilateral_radius + 1);
        if (!(sigma_color >= 1e-6 && sigma_color <= 1e6))
            detail::raise("quoin::bilateral: the sigma ", sigma_color,
                          " of colors is not in 1e-6..1e6; give a distance between values");
        if (!(sigma_space >= 1e-3 && sigma_space <= 1e6))
            detail::raise("quoin::bilateral: the sigma ", sigma_space,
                          " of places is not in 1e-3..1e6; give one in "
                          "pixels");
    }

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        constexpr bool possible = detail::fits_float<T>;
        static_assert(possible, "quoin::bilateral: pixels must be integers of 8 or 16 bits, or float; put convert_to "
                                "before it");
        if constexpr (!possible) return compose(); // one error message is enough
        else return compose(detail::bilateral_of<T>(radius_, sigma_color_, sigma_space_));
    }

private:
    int radius_;
    double sigma_color_, sigma_space_;
};

/// Local stage. Each pixel is the mean of the pixels q at (i, j) around it with i^2 + j^2 <= r^2, r = (diameter - 1) /
/// 2, each with the weight exp(-d^2 / (2 sigma_color^2) - (i^2 + j^2) / (2 sigma_space^2)). d is the sum over all
/// channels of the distances of the pixel's values to those of q, so the channels of a pixel have the same weights.
/// Edges of more than about 3 sigma_color stay. The pixel type does not change; channels of 8 or 16 bits, or float.
/// Border: that of the last extend(), reflect_101 without one.
///
/// Integers: a weight is a whole number, at most 14 (8 bits) or 20 (16 bits) from 32768 times the real one, and 32767
/// for the pixel itself. The sums are exact, and their quotient is rounded half up, once. So a result may be the other
/// neighbor of the real value where that is near to a half: on photographs with noise, 1 of 3,000 bytes, by 1.
/// Distances of several channels of 16 bits are counted in steps of 4 if sigma_color is more than 3,475. float: weights
/// below 2^-24 are 0, those of infinities and NaN, too; a pixel that is NaN or infinite stays as it is. The sum of
/// weighted distances from the pixel, of one offset and the opposite one together from the middle row down, is divided
/// by the sum of the weights, and added to the pixel.
///
/// Cost: about pi r^2 weights of some 25 instructions and as many products for each 16 pixels of 8 bits; with AVX-512
/// VBMI the weights of gray bytes are looked up in tables of 256, of some 12 instructions for each 64 pixels. The line
/// engine computes each weight once for the two pixels that it is for, and keeps 128 bytes a column for diameter 9 of
/// integers. Evaluation in a constant expression is not possible.
/// @throws invalid_argument unless the diameter is odd and in 3..19, sigma_color in 1e-6..1e6 and sigma_space in
/// 1e-3..1e6.
/// Source: C. Tomasi, R. Manduchi, Bilateral filtering for gray and color images, ICCV 1998.
constexpr bilateral_fn bilateral(int diameter, double sigma_color, double sigma_space) {
    return bilateral_fn(diameter, sigma_color, sigma_space);
}

/// The catalogue's entry.
struct bilateral_entry : entry_of<bilateral_entry> {
    static constexpr operation about{
        .name = "bilateral",
        .about = "the mean of the pixels in a disc that are like the pixel: smooth areas, and edges that stay",
        .parameters = {{.name = "DIAMETER",
                        .type = parameter_type::integer,
                        .least = 3,
                        .most = 19,
                        .about = "an odd number of pixels"},
                       {.name = "SIGMA_COLOR",
                        .least = 1e-6,
                        .most = 1e6,
                        .about = "standard deviation of the distance of values"},
                       {.name = "SIGMA_SPACE", .least = 1e-3, .most = 1e6, .about = "the same of places, in pixels"}},
        .rounding = "weights of 15 bits, exact sums, one quotient half up; 32 bits: not possible",
        .floating = "weights below 2^-24 are 0, those of infinities and NaN, too",
        .opencv = "cv::bilateralFilter(src, dst, DIAMETER, SIGMA_COLOR, SIGMA_SPACE), within 1",
        .scikit_image = "-skimage.restoration.denoise_bilateral(image), of a square, with weights from a table"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    static constexpr bilateral_fn stage(double const* values) {
        return bilateral(detail::whole<int>(values[0]), values[1], values[2]);
    }
};

QUOIN_NAMESPACE_END
