// SPDX-License-Identifier: BSL-1.0
// fast_score: the contrast of FAST corners, from the circle of 16 pixels around a pixel.
#pragma once

#include <quoin/core/detail/unrolled.hpp>
#include <quoin/core/error.hpp>
#include <quoin/filter/detail/any_true.hpp>
#include <quoin/filter/detail/usual_channel.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The circle, from the pixel above clockwise.
struct circle_place {
    int dx, dy;
};
inline constexpr circle_place fast_circle[16] = {{0, -3}, {1, -3},  {2, -2},  {3, -1}, {3, 0},  {3, 1},
                                                 {2, 2},  {1, 3},   {0, 3},   {-1, 3}, {-2, 2}, {-3, 1},
                                                 {-3, 0}, {-3, -1}, {-2, -2}, {-1, -3}};

/// best(...) over all arcs of Arc pixels of `circle`, of worst(...) over the pixels of an arc. Two arcs that begin at
/// neighbors share all their pixels but the ends.
template <int Arc, class V, class Worst, class Best>
QUOIN_ALWAYS_INLINE V best_arc(V const (&circle)[16], Worst const& worst, Best const& best) {
    static_assert(Arc == 9 || Arc == 12);
    V twos[8], fours[8];
    auto const place = [](int i) { return static_cast<std::size_t>(i % 16); };
    unrolled<8>([&](auto i) QUOIN_LAMBDA_INLINE { twos[i] = worst(circle[2 * i + 1], circle[place(2 * i + 2)]); });
    unrolled<8>([&](auto i) QUOIN_LAMBDA_INLINE { fours[i] = worst(twos[i], twos[(i + 1) % 8]); });
    V result{};
    unrolled<8>([&](auto i) QUOIN_LAMBDA_INLINE {
        constexpr int n = decltype(i)::value;
        V shared = worst(fours[n], fours[(n + 2) % 8]);
        if constexpr (Arc == 12) shared = worst(worst(shared, twos[(n + 4) % 8]), circle[place(2 * n + 11)]);
        V const arc = worst(shared, best(circle[2 * n], circle[place(2 * n + Arc)]));
        result = n == 0 ? arc : best(result, arc);
    });
    return result;
}

} // namespace detail

/// The stage made by fast_score().
class fast_score_fn {
public:
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{3, 3};

    constexpr fast_score_fn(double threshold, int arc) : threshold_(threshold), twelve_(arc == 12) {
        if (!(threshold >= 0 && threshold <= 65535))
            detail::raise("quoin::fast_score: the threshold ", threshold,
                          " is not in [0, 65535]; give a difference between values");
        if (arc != 9 && arc != 12)
            detail::raise("quoin::fast_score: arcs of ", arc, " pixels; give 9 or 12 of the circle's 16");
    }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using T = typename Window::channel_type;
        static_assert(detail::usual_channel<T>,
                      "quoin::fast_score: pixels must be unsigned integers of 8 or 16 bits, or float; put convert_to "
                      "before it");
        auto const v = w(0, 0);
        using V = std::remove_const_t<decltype(v)>;
        constexpr high_fn high;
        constexpr low_fn low;
        // An arc has one of the pixels of each diameter.
        V least_of_high = high(pixel<0>(w), pixel<8>(w)), most_of_low = low(pixel<0>(w), pixel<8>(w));
        detail::unrolled<3>([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr int n = 2 * decltype(i)::value + 2;
            least_of_high = low(least_of_high, high(pixel<n>(w), pixel<n + 8>(w)));
            most_of_low = high(most_of_low, low(pixel<n>(w), pixel<n + 8>(w)));
        });
        V const none(T{});
        auto const possible = contrast(v, least_of_high, most_of_low) > V(limit<T>());
        if (!detail::any_true(possible)) return none;
        V const best = twelve_ ? best_of<12>(w, v) : best_of<9>(w, v);
        V const score = std::integral<T> ? V(best - V(static_cast<T>(1))) : best;
        return select(possible && best > V(limit<T>()), score, none);
    }

private:
    struct high_fn {
        template <class V>
        QUOIN_INLINE V operator()(V const& a, V const& b) const {
            return max(a, b);
        }
    };
    struct low_fn {
        template <class V>
        QUOIN_INLINE V operator()(V const& a, V const& b) const {
            return min(a, b);
        }
    };

    /// Pixel I of the circle.
    template <int I, class Window>
    static QUOIN_INLINE auto pixel(Window const& w) {
        constexpr detail::circle_place at = detail::fast_circle[I];
        return w(at.dx, at.dy);
    }
    /// How far the circle is above the pixel, or below it.
    template <class V>
    static QUOIN_INLINE V contrast(V const& v, V const& above, V const& below) {
        return max(V(max(above, v) - v), V(v - min(below, v)));
    }
    template <int Arc, class Window, class V>
    static QUOIN_INLINE V best_of(Window const& w, V const& v) {
        V circle[16];
        detail::unrolled<16>([&](auto i) QUOIN_LAMBDA_INLINE { circle[i] = pixel<decltype(i)::value>(w); });
        constexpr high_fn high;
        constexpr low_fn low;
        return contrast(v, detail::best_arc<Arc>(circle, low, high), detail::best_arc<Arc>(circle, high, low));
    }
    /// The threshold as a T. Differences of integers are whole numbers.
    template <class T>
    QUOIN_FN T limit() const {
        return static_cast<T>(threshold_ < static_cast<double>(highest<T>) ? threshold_
                                                                           : static_cast<double>(highest<T>));
    }

    double threshold_;
    bool twelve_;
};

/// Local stage, 7 x 7. Of each channel v, how strong a FAST corner it is: with c_0 ... c_15 the pixels of the circle of
/// radius 3 around it,
///     contrast = max over all arcs of `arc` neighbors on the circle of
///                max(min over the arc of c_i - v, min over the arc of v - c_i)
///     result = contrast > threshold ? contrast - 1 : 0        floating point: contrast, not contrast - 1
/// So of integers it is the largest threshold at which the pixel is still a corner, as cv::FAST's response is. u8, u16
/// and f32; the pixel type does not change, nothing is rounded. Border: that of the last extend(), or reflect_101
/// without one; cv::FAST has no corners in the outermost three rows and columns, see fast_corners(). A NaN in the
/// circle or the pixel: some number, the same under every policy. Cost: 25 minima, maxima and differences a pixel, and
/// 100 more for the pixels of a register (32 bytes with AVX2) one of which can be a corner.
/// @throws invalid_argument unless the threshold is in [0, 65535] and the arc is 9 or 12.
/// Source: E. Rosten, T. Drummond, Machine learning for high-speed corner detection, ECCV 2006.
constexpr fast_score_fn fast_score(double threshold, int arc = 9) {
    return fast_score_fn(threshold, arc);
}

/// The catalogue's entry.
struct fast_score_entry : entry_of<fast_score_entry> {
    static constexpr operation about{
        .name = "fast_score",
        .about = "the strength of FAST corners, 0 where there is none",
        .parameters = {{.name = "THRESHOLD", .least = 0, .most = 65535, .about = "the contrast that a corner exceeds"},
                       {.name = "ARC",
                        .type = parameter_type::choice,
                        .preset = "9",
                        .choices = "9 12",
                        .about = "how many neighbors on the circle of 16"}},
        .rounding = "none",
        .floating = "the contrast, not the contrast - 1",
        .opencv = "the responses of cv::FAST without suppression"};
    template <class T>
    static constexpr bool takes = detail::usual_channel<T>;
    static constexpr fast_score_fn stage(double const* values) {
        return fast_score(values[0], detail::whole<int>(values[1]) == 1 ? 12 : 9);
    }
};

QUOIN_NAMESPACE_END
