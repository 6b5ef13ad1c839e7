// SPDX-License-Identifier: BSL-1.0
// guided_by: the guided filter with another image as the guide.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/filter/detail/guided_sums.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/pipe/stage.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class T>
struct guided_pixel {
    T value, guide;
};

} // namespace detail

template <class T>
struct pixel_traits<detail::guided_pixel<T>> : pixel_layout<detail::guided_pixel, T, 2> {};

namespace detail {

/// Stage behind zip(image, guide): the guide is the last channel.
struct beside_guide_fn {
    using vectorized = void;

    template <concepts::channel_value V>
    QUOIN_INLINE guided_pixel<V> operator()(V const& value, V const& guide) const {
        return {value, guide};
    }
    template <class V>
    QUOIN_INLINE rgba<V> operator()(rgb<V> const& color, V const& guide) const {
        return {color.r, color.g, color.b, guide};
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(channels_v<P> == 0, "quoin::guided_by: it needs an image and a guide; write zip(image, guide) | "
                                          "guided_by(radius, eps), or guided for an image that guides itself");
    }
};

/// The guided filter of channels T. The last channel of its pixels is the guide of the others; a gray pixel guides
/// itself. The numbers of a window are those of the guide, and for each channel those of it and of its products.
template <class T>
class guided_by_of {
public:
    using vectorized = void;
    static constexpr int most_radius = 63;

    QUOIN_FN guided_by_of(int radius, double eps)
        : radius_(radius), side_(2 * radius + 1), count_(static_cast<number>(side_ * side_)),
          eps_(eps * static_cast<double>(side_ * side_) * static_cast<double>(side_ * side_)) {}
    QUOIN_FN quoin::footprint footprint() const { return {2 * radius_, 2 * radius_}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using P = typename Window::pixel_type;
        constexpr int guide = channels_v<P> - 1;
        auto const guide_at = w(0, 0);
        auto const one = [&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int channel = decltype(c)::value;
            auto const of = [&](int dx, int dy) QUOIN_LAMBDA_INLINE {
                auto const p = w(dx, dy);
                return sums_of(get_channel<guide>(p), get_channel<channel>(p));
            };
            decltype(of(0, 0)) columns[4 * most_radius + 1]{};
            auto const total = tree_sum(side_, [&](int j) QUOIN_LAMBDA_INLINE {
                for (int i = 0; i <= 4 * radius_; ++i)
                    columns[i] = tree_sum(
                        side_, [&](int k) QUOIN_LAMBDA_INLINE { return of(i - 2 * radius_, j + k - 2 * radius_); });
                return tree_sum(side_, [&](int i) QUOIN_LAMBDA_INLINE {
                    return line_of(tree_sum(side_, [&](int k) QUOIN_LAMBDA_INLINE { return columns[i + k]; }));
                });
            });
            return value_of(total, get_channel<guide>(guide_at));
        };
        if constexpr (guide <= 1) return one(std::integral_constant<int, 0>{});
        else return make_pixel<rgb<T>>(one);
    }

    /// The channels of the result, in chains at run time.
    static constexpr int result_channels(int channels) { return max(channels - 1, 1); }

    constexpr bool sweeps() const { return true; }
    template <class U>
    std::size_t sweep_size(index_t columns, int channels) const {
        return kept(nullptr, columns, channels, *this).size;
    }
    template <class Lanes, class U>
    void sweep(row_sweep<U> const& row, T* to) const {
        kept const k(row.memory, row.columns, row.channels, *this);
        each_guided_row(row, 2 * radius_, *k.number,
                        [&](int newest, index_t number_of_row) { add_row<Lanes>(row, k, newest, number_of_row, to); });
    }

private:
    static constexpr bool is_byte = sizeof(T) == 1;
    static constexpr int most_channels = 3;
    using sum = std::conditional_t<std::integral<T>, std::int32_t, double>;
    using product_sum = std::conditional_t<is_byte, std::int32_t, double>;
    using number = std::conditional_t<is_byte, float, double>;

    /// The sums of a window: of the guide and of its squares, of a channel and of the products of both.
    template <class S, class Q>
    struct sums {
        S guide, channel;
        Q square, product;
        friend QUOIN_INLINE sums operator+(sums const& x, sums const& y) {
            return {S(x.guide + y.guide), S(x.channel + y.channel), Q(x.square + y.square), Q(x.product + y.product)};
        }
    };
    template <class V>
    struct line {
        V slope, offset;
        friend QUOIN_INLINE line operator+(line const& x, line const& y) {
            return {V(x.slope + y.slope), V(x.offset + y.offset)};
        }
    };

    /// What a sweep keeps.
    struct kept {
        index_t wide, middle; // columns of sums over rows, and of lines
        index_t* number;      // of the newest row
        sum* sum_scratch;
        product_sum* product_scratch;
        guided_sums<sum> values[most_channels + 1];           // the guide is the last one
        guided_sums<product_sum> products[most_channels + 1]; // and its squares
        guided_row<guided_by_of::number> row;
        guided_sums<guided_by_of::number> lines[most_channels][2]; // slopes and offsets
        std::size_t size;

        kept(std::byte* bytes, index_t columns, int channels, guided_by_of const& f)
            : wide(columns + 4 * f.radius_), middle(columns + 2 * f.radius_) {
            guided_memory memory(bytes);
            number = reinterpret_cast<index_t*>(memory.bytes(sizeof(index_t)));
            memory.lines(sum_scratch, wide + 1, 2);
            memory.lines(product_scratch, wide + 1, 2);
            row.divide(memory, middle);
            for (int c = 0; c < channels; ++c) {
                memory.sums_of_pixels(values[c], f.side_, wide, middle);
                memory.sums_of_lines(products[c], f.side_, wide);
                memory.lines(products[c].windows, middle);
                if (c == channels - 1 && c > 0) break;
                for (auto& l : lines[c]) memory.sums_of_lines(l, f.side_, columns);
            }
            size = memory.size();
        }
    };

    template <class Lanes, class U>
    void add_row(row_sweep<U> const& row, kept const& k, int newest, index_t number_of_row, T* to) const {
        int const guide = row.channels - 1, channels = max(guide, 1);
        U const* const guide_line = row.line(newest, guide) - 2 * radius_;
        for (int c = 0; c < row.channels; ++c) {
            U const* pixels[4];
            for (int i = 0; i < 4; ++i) pixels[i] = row.line(max(newest - i, -2 * radius_), c) - 2 * radius_;
            multiply<Lanes>(guide_line, pixels[0], k.wide, k.products[c].lines[number_of_row & 3]);
            tree_columns<sum>(k.values[c].rows, k.wide, side_)
                .template add<Lanes>(number_of_row, pixels, k.values[c].columns);
            k.products[c].template add_lines<Lanes>(k.wide, side_, number_of_row);
        }
        index_t const number_of_line = number_of_row - 2 * radius_;
        if (number_of_line < 0) return;

        for (int c = 0; c < row.channels; ++c) {
            tree_sums_along<Lanes>(k.values[c].columns, k.middle, side_, k.sum_scratch, k.values[c].windows);
            tree_sums_along<Lanes>(k.products[c].columns, k.middle, side_, k.product_scratch, k.products[c].windows);
        }
        for (int c = 0; c < channels; ++c) {
            make_lines<Lanes>(k, c, guide);
            k.row.template add_to<Lanes>(k.lines[c], row.columns, side_, number_of_line);
            if (number_of_line >= 2 * radius_)
                make_values<Lanes>(k.lines[c][0].columns, k.lines[c][1].columns, row.line(0, guide), row.columns,
                                   to + c * row.apart);
        }
    }
    template <class Lanes, class U>
    QUOIN_NOINLINE static void multiply(U const* guide, U const* channel, index_t columns, product_sum* to) {
        for (index_t x = 0; x < columns; x += Lanes::count)
            Lanes::store(to + x,
                         product(Lanes::template load_as<T>(guide + x), Lanes::template load_as<T>(channel + x)));
    }
    template <class Lanes>
    QUOIN_NOINLINE void make_lines(kept const& k, int channel, int guide) const {
        for (index_t x = 0; x < k.middle; x += Lanes::count) {
            auto const s = Lanes::template load_as<sum>(k.values[guide].windows + x);
            auto const q = Lanes::template load_as<product_sum>(k.products[guide].windows + x);
            auto const l = line_of(sums<std::remove_const_t<decltype(s)>, std::remove_const_t<decltype(q)>>{
                s, Lanes::template load_as<sum>(k.values[channel].windows + x), q,
                Lanes::template load_as<product_sum>(k.products[channel].windows + x)});
            Lanes::store(k.row.slopes + x, l.slope);
            Lanes::store(k.row.offsets + x, l.offset);
        }
    }
    template <class Lanes, class U>
    QUOIN_NOINLINE void make_values(number const* slopes, number const* offsets, U const* guide, index_t columns,
                                    T* to) const {
        for (index_t x = 0; x < columns; x += Lanes::count) {
            auto const slope = Lanes::template load_as<number>(slopes + x);
            line<std::remove_const_t<decltype(slope)>> const total{slope, Lanes::template load_as<number>(offsets + x)};
            Lanes::store(to + x, value_of(total, Lanes::template load_as<T>(guide + x)));
        }
    }

    template <class V>
    static QUOIN_INLINE auto product(V const& a, V const& b) {
        if constexpr (is_byte) {
            auto const x = convert<std::uint16_t>(a), y = convert<std::uint16_t>(b);
            return convert<std::int32_t>(std::remove_const_t<decltype(x)>(x * y));
        } else {
            auto const x = number_of(a);
            return std::remove_const_t<decltype(x)>(x * number_of(b));
        }
    }
    template <class V>
    static QUOIN_INLINE auto sums_of(V const& guide, V const& channel) {
        auto const g = convert<sum>(guide), c = convert<sum>(channel);
        auto const square = product(guide, guide);
        return sums<std::remove_const_t<decltype(g)>, std::remove_const_t<decltype(square)>>{g, c, square,
                                                                                             product(guide, channel)};
    }
    template <class V>
    static QUOIN_INLINE auto number_of(V const& v) {
        if constexpr (std::integral<scalar_t<V>>) return convert<number>(convert<std::int32_t>(v));
        else return convert<number>(v);
    }

    /// count_ * q - a * b of sums of integers, exact; of bytes up to a side of 19 it fits 31 bits.
    template <class S, class Q>
    QUOIN_INLINE auto spread(S const& a, S const& b, Q const& q) const {
        if constexpr (is_byte) {
            if (side_ <= most_short_side) {
                auto const u = convert<std::uint32_t>(a);
                using U = std::remove_const_t<decltype(u)>;
                U const part = U(convert<std::uint32_t>(q) * U(static_cast<std::uint32_t>(side_ * side_)));
                return convert<double>(convert<std::int32_t>(U(part - U(u * convert<std::uint32_t>(b)))));
            }
        }
        auto const x = convert<double>(a);
        using D = std::remove_const_t<decltype(x)>;
        return D(D(convert<double>(q) * D(static_cast<double>(side_ * side_))) - D(x * convert<double>(b)));
    }
    template <class S, class Q>
    QUOIN_INLINE auto line_of(sums<S, Q> const& of) const {
        auto const variance = spread(of.guide, of.guide, of.square);
        using D = std::remove_const_t<decltype(variance)>;
        D const some = select(variance > D(0.0), variance, D(0.0)); // rounding makes it negative, too
        D const slope = D(spread(of.guide, of.channel, of.product) / D(some + D(eps_)));
        auto const a = convert<number>(slope);
        D const offset = D(D(convert<double>(of.channel) - D(convert<double>(a) * convert<double>(of.guide))) /
                           D(static_cast<double>(side_ * side_)));
        return line<std::remove_const_t<decltype(a)>>{a, convert<number>(offset)};
    }
    template <class N, class V>
    QUOIN_INLINE auto value_of(line<N> const& total, V const& guide) const {
        return saturate<T>(N(N(N(total.slope * number_of(guide)) + total.offset) / N(count_)));
    }

    static constexpr int most_short_side = 19;

    int radius_, side_;
    number count_;
    double eps_;
};

} // namespace detail

/// The second part of guided_by().
class guided_by_fn {
public:
    using expands = void;

    constexpr guided_by_fn(int radius, double eps) : radius_(radius), eps_(eps) {
        constexpr int most = detail::guided_by_of<float>::most_radius;
        if (radius < 1 || radius > most) detail::raise("quoin::guided_by: the radius ", radius, " is not in 1..", most);
        if (!(eps >= 1e-12 && eps <= 1e12))
            detail::raise("quoin::guided_by: eps ", eps, " is not in [1e-12, 1e12]; give a variance of the guide");
    }

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        constexpr bool possible = detail::fits_float<T>;
        static_assert(possible, "quoin::guided_by: pixels must be integers of 8 or 16 bits, or float; put convert_to "
                                "before zip");
        if constexpr (possible) return compose(detail::guided_by_of<T>(radius_, eps_));
        else return compose(); // one error message is enough
    }

private:
    int radius_;
    double eps_;
};

/// Stages behind zip(image, guide): the guided filter. The guide is gray, of the channels of the image, which is gray
/// or rgb; the result has the image's pixels. In each square of 2 radius + 1 pixels let I be the guide and p a channel
/// of the image. The line a I + b that is nearest to p has a = cov(I, p) / (var(I) + eps), b = mean(p) - a mean(I). The
/// result is A I + B, where A and B are the means of a and b over the squares that contain the pixel. So the result has
/// the edges of the guide, and elsewhere it is smooth. eps is a variance of the guide, in squared values.
///     zip(no_flash.view(), flash.view()) | guided_by(8, 100)
/// In the text of a chain it is guided_by=8:100(CHAIN), where the chain of the second image makes it gray.
/// Channels of 8 or 16 bits, or float. Border: that of the last extend() behind zip, or reflect_101 without one, of
/// both images; the squares of pixels outside count, too.
///
/// Sums of values and products are exact for integers, and in double for float. a and b are computed in double. For 8
/// bits they are rounded to float, as are their sums in the order of box(); so integers are rounded half up from within
/// 0.02 (8 bits) or 0.001 (16 bits) of the real value, and saturated. float is within 1e-6 of the largest value in
/// reach. A pixel that is no number or infinite reaches 2 radius far.
///
/// Cost: on the line engine about 8 (channels + 1) log2(2 radius + 1) additions a pixel, and two divisions a channel.
/// It keeps about 8 radius rows of sums of four to eight bytes for each channel and the guide. On the tile engine about
/// 100 radius^3 additions a channel. Evaluation in a constant expression is not possible.
/// @throws invalid_argument unless the radius is in 1..63 and eps in [1e-12, 1e12].
/// Source: K. He, J. Sun, X. Tang, Guided image filtering, ECCV 2010.
constexpr auto guided_by(int radius, double eps) {
    return compose(detail::beside_guide_fn{}, guided_by_fn(radius, eps));
}

/// The catalogue's entry.
struct guided_by_entry : entry_of<guided_by_entry> {
    static constexpr operation about{
        .name = "guided_by",
        .about = "smooths where squares of the other image, which is gray, vary less than EPS, and keeps its edges",
        .inputs = 2,
        .parameters = {{.name = "RADIUS",
                        .type = parameter_type::integer,
                        .least = 1,
                        .most = detail::guided_by_of<float>::most_radius,
                        .about = "the squares have 2 RADIUS + 1 pixels a side"},
                       {.name = "EPS", .least = 1e-12, .most = 1e12, .about = "a variance of the other image"}},
        .rounding = "exact sums; half up once, from within 0.02 (8 bits) or 0.001 (16 bits) of the real value, "
                    "saturated; 32 bits: not possible",
        .floating = "sums and lines in double, rounded to float once",
        .opencv = "cv::ximgproc::guidedFilter(guide, src, dst, RADIUS, EPS)",
        .gray_others = true};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    static constexpr auto stage(double const* values) { return guided_by(detail::whole<int>(values[0]), values[1]); }
};

QUOIN_NAMESPACE_END
