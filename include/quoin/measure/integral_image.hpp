// SPDX-License-Identifier: BSL-1.0
// integral_image, squared_integral_image: sums over all pixels above and to the left, and sums over rectangles by four
// readings of them.
#pragma once

#include <quoin/exec/detail/pixels_of.hpp>
#include <quoin/lanes/detail/quad_dots.hpp>
#include <quoin/measure/detail/reading.hpp>

QUOIN_NAMESPACE_BEGIN

/// The channel type of an integral image: u32 of u8; u64 of wider unsigned integers, and i64 of those with a sign; and
/// double of floating point.
template <concepts::channel T>
using integral_t =
    std::conditional_t<std::floating_point<T>, double,
                       std::conditional_t<std::same_as<T, std::uint8_t>, std::uint32_t,
                                          std::conditional_t<std::is_unsigned_v<T>, std::uint64_t, std::int64_t>>>;
/// The channel type of an integral image of squares: u64 of integers, and double of floating point.
template <concepts::channel T>
using squared_integral_t = std::conditional_t<std::floating_point<T>, double, std::uint64_t>;

/// The sums I(x, y) of the pixels in the columns before x and the rows before y, channel by channel, of an image, a
/// view or a pipeline. The result has one column and one row more than the input, and zeros in column and row 0. Type:
/// integral_t of the channel.
///
/// Integers: exact modulo 2^32 or 2^64. So the sum over a rectangle, which rectangle_sum() takes from four of them, is
/// exact if it fits the type, however large the image is: of u8, rectangles of up to 16,843,009 pixels. Floating point:
/// in double, and the same bits under every policy. A row is added from the left. These sums are added down each column
/// in strips of 64 rows, from the top of the strip, and to that the last row above the strip is added.
///
/// Cost: one reading of the pixels with one thread, and two with several; one writing of the result. Memory: a row of
/// sums, and with several threads, or of floating point, one for each strip; an image of the input where it is no
/// image_view.
/// Source: F. C. Crow, Summed-area tables for texture mapping, 1984.
template <concepts::policy Policy, class What>
auto integral_image(Policy const& policy, What const& what);

/// integral_image of the squares of the pixels. Type: squared_integral_t of the channel, exact modulo 2^64. Floating
/// point: the square is computed in double.
template <concepts::policy Policy, class What>
auto squared_integral_image(Policy const& policy, What const& what);

/// The sum of the pixels in `where`, of an integral image of the image: I(right, bottom) - I(x, bottom) - (I(right, y)
/// - I(x, y)). Integers: modulo 2^32 or 2^64, as the sums are. An empty rectangle: 0.
/// @throws invalid_argument for a rectangle that is not within the image.
template <class R>
requires concepts::pixel<std::remove_const_t<R>>
constexpr std::remove_const_t<R> rectangle_sum(image_view<R> const& sums, rect const& where);

namespace detail {

/// A channel as what is summed of it.
template <bool Squares>
struct integral_term {
    template <class A, class V>
    static QUOIN_INLINE auto of(V const& v) {
        auto const wide = convert<A>(v);
        if constexpr (Squares) return wide * wide;
        else return wide;
    }
};

/// The type in which the sums of 64 terms of T are exact: 16 or 32 bits where that suffices for A.
template <class T, class A, bool Squares>
using step_sum_t = std::conditional_t<
    std::same_as<T, std::uint8_t> && !Squares, std::uint16_t,
    std::conditional_t<sizeof(A) == 8 && std::is_unsigned_v<T> && (sizeof(T) == 1 || (sizeof(T) == 2 && !Squares)),
                       std::uint32_t, A>>;

/// Rows of an integral image, of one strip of the input after the other.
template <class Lanes, class P, bool Squares>
class integral_strip {
    using T = channel_t<P>;
    static constexpr int channels = channels_v<P>;

public:
    using A = std::conditional_t<Squares, squared_integral_t<T>, integral_t<T>>;
    using R = rebind_t<P, A>;

    /// `above` has the sums of the row above `rows`, without column 0. Writes the sums to `out`. If that is empty, or
    /// for floating point, those of the last row replace those of `above`.
    static QUOIN_NOINLINE void run(image_view<P const> in, interval rows, A* above, image_view<R> out) {
        if constexpr (std::floating_point<A>) {
            std::vector<A> down(static_cast<std::size_t>(channels * in.width()));
            index_t y = rows.begin;
            for (; y + 4 <= rows.end; y += 4) float_rows<4>(in, y, above, down.data(), out);
            for (; y < rows.end; ++y) float_rows<1>(in, y, above, down.data(), out);
            for (std::size_t i = 0; i < down.size(); ++i) above[i] += down[i];
        } else {
            for (index_t y = rows.begin; y < rows.end; ++y) {
                A* to = above;
                if (!out.empty()) {
                    to = out.row(y + 1) + channels;
                    for (int c = 0; c < channels; ++c) to[c - channels] = 0;
                }
                whole_row(in.row(y), in.width(), above, to);
                above = to;
            }
        }
    }

private:
    static constexpr bool in_quads = has_quad_dots && Lanes::count == 64 && std::same_as<P, std::uint8_t> && !Squares;

    /// The sums of a row, which may be written where those above are.
    static QUOIN_INLINE void whole_row(T const* from, index_t width, A const* above, A* to) {
        A left[channels] = {};
        index_t x = 0;
        if constexpr (in_quads) {
            using dots = std::conditional_t<in_quads, quad_dots, void>;
            typename dots::words before{};
            for (; x + 64 <= width; x += 64) dots::running_sums(from + x, above + x, to + x, before);
            left[0] = static_cast<A>(before[0]);
        } else if constexpr (Lanes::count > 1) {
            x = whole_steps(from, width, above, to, left);
        }
        for (; x < width; ++x)
            for (int c = 0; c < channels; ++c) {
                left[c] += integral_term<Squares>::template of<A>(from[x * channels + c]);
                to[x * channels + c] = above[x * channels + c] + left[c];
            }
    }

    /// A step is summed by itself, in few bits, and then added to those before it. Returns the columns of the steps,
    /// and `left` is their sum.
    static QUOIN_INLINE index_t whole_steps(T const* from, index_t width, A const* above, A* to, A* left) {
        using S = step_sum_t<T, A, Squares>;
        typename Lanes::template type<A> before[channels];
        for (auto& each : before) each = A(0);
        index_t x = 0;
        for (; x + Lanes::count <= width; x += Lanes::count) {
            auto const pixels = Lanes::template load_pixels<P>(from + x * channels);
            auto const upper = Lanes::template load_pixels<R>(above + x * channels);
            Lanes::template store_pixels<R>(
                to + x * channels, make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                    constexpr int i = decltype(c)::value;
                    typename Lanes::template type<S> total(S(0));
                    auto const inside =
                        Lanes::running_sums(total, integral_term<Squares>::template of<S>(get_channel<i>(pixels)));
                    auto const sum = get_channel<i>(upper) + (convert<A>(inside) + before[i]);
                    before[i] += convert<A>(total);
                    return sum;
                }));
        }
        for (int c = 0; c < channels; ++c) {
            alignas(64) A all[Lanes::count];
            Lanes::store(all, before[c]);
            left[c] = all[0];
        }
        return x;
    }

    /// The sums of a few rows, so that their additions do not wait for each other.
    template <int Rows>
    static QUOIN_INLINE void float_rows(image_view<P const> in, index_t y, A const* above, A* down, image_view<R> out) {
        index_t const width = in.width();
        T const* from[Rows];
        A* to[Rows];
        A left[Rows][channels] = {};
        for (int r = 0; r < Rows; ++r) {
            from[r] = in.row(y + r);
            to[r] = out.empty() ? nullptr : out.row(y + r + 1);
            for (int c = 0; c < channels && to[r]; ++c) to[r][c] = 0;
        }
        for (index_t i = 0; i < width * channels; i += channels)
            for (int c = 0; c < channels; ++c) {
                A sum = down[i + c];
                unrolled<Rows>([&](auto r) QUOIN_LAMBDA_INLINE {
                    left[r][c] += integral_term<Squares>::template of<A>(from[r][i + c]);
                    sum += left[r][c];
                    if (to[r]) to[r][i + channels + c] = above[i + c] + sum;
                });
                down[i + c] = sum;
            }
    }
};

template <bool Squares, class Policy, class P>
auto integral_of(Policy const& policy, image_view<P const> in) {
    using strip_sums = integral_strip<typename Policy::lanes, P, Squares>;
    using A = typename strip_sums::A;
    image<typename strip_sums::R> result(in.empty() ? extent{in.width() + 1, in.height() + 1} : extent{}); // zeros
    if (in.empty()) return result;
    result = image<typename strip_sums::R>(extent{in.width() + 1, in.height() + 1}, uninitialized);
    auto const out = result.view();
    std::fill_n(out.row(0), out.width() * channels_v<P>, A{});
    constexpr bool ordered = std::floating_point<A>;
    index_t const threads = policy.concurrency();
    chunks const strips{in.height(), ordered ? 64 : std::max<index_t>((in.height() + threads - 1) / threads, 64)};
    auto const rows = [&](index_t i) { return interval{strips.begin(i), std::min(strips.end(i), in.height())}; };
    auto const line = static_cast<std::size_t>(in.width() * channels_v<P>);
    if (threads == 1 || strips.count() == 1) {
        policy.bulk(1, [&](index_t) {
            std::vector<A> above(line);
            for (index_t i = 0; i < strips.count(); ++i) strip_sums::run(in, rows(i), above.data(), out);
        });
        return result;
    }
    // First what each strip adds, then its rows.
    std::vector<A> above(line * static_cast<std::size_t>(strips.count()));
    auto const above_of = [&](index_t i) { return above.data() + line * static_cast<std::size_t>(i); };
    policy.bulk(strips.count() - 1, [&](index_t i) { strip_sums::run(in, rows(i), above_of(i + 1), {}); });
    for (index_t i = 2; i < strips.count(); ++i)
        for (std::size_t x = 0; x < line; ++x) above_of(i)[x] = above_of(i - 1)[x] + above_of(i)[x];
    policy.bulk(strips.count(), [&](index_t i) { strip_sums::run(in, rows(i), above_of(i), out); });
    return result;
}

template <bool Squares, class Policy, class What>
auto integral_of_pipeline(Policy const& policy, What const& what) {
    pixels_of const pixels(policy, computed_pipeline_of<typename Policy::lanes>(what));
    if constexpr (concepts::hosted_policy<Policy>) return integral_of<Squares>(policy.host(), pixels.view());
    else return integral_of<Squares>(policy, pixels.view());
}

} // namespace detail

template <concepts::policy Policy, class What>
auto integral_image(Policy const& policy, What const& what) {
    return detail::integral_of_pipeline<false>(policy, what);
}
template <concepts::policy Policy, class What>
auto squared_integral_image(Policy const& policy, What const& what) {
    return detail::integral_of_pipeline<true>(policy, what);
}

template <class R>
requires concepts::pixel<std::remove_const_t<R>>
constexpr std::remove_const_t<R> rectangle_sum(image_view<R> const& sums, rect const& where) {
    using A = channel_t<R>;
    rect const whole{0, 0, sums.width() - 1, sums.height() - 1};
    if (where.width < 0 || where.height < 0 || where.x < 0 || where.y < 0 || where.x > whole.width ||
        where.y > whole.height || where.width > whole.width - where.x || where.height > whole.height - where.y)
        detail::raise("quoin::rectangle_sum: the rectangle of ", where.width, " x ", where.height, " at (", where.x,
                      ", ", where.y, ") is not within ", whole.width, " x ", whole.height,
                      " pixels; give one that is, with intersect()");
    auto const a = sums.load(where.right(), where.bottom()), b = sums.load(where.x, where.bottom()),
               c = sums.load(where.right(), where.y), d = sums.load(where.x, where.y);
    return make_pixel<std::remove_const_t<R>>([&](auto i) {
        auto const at = [i](auto const& p) { return get_channel<decltype(i)::value>(p); };
        return static_cast<A>(at(a) - at(b) - (at(c) - at(d)));
    });
}

QUOIN_NAMESPACE_END
