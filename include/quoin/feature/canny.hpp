// SPDX-License-Identifier: BSL-1.0
// canny: the edges of an image as lines of one pixel.
#pragma once

// These includes are the first, so that compilers report short chains of includes for operator| and histogram.
#include <quoin/pipe/pipeline.hpp>

#include <quoin/measure/histogram.hpp>

#include <quoin/feature/detail/edge_strength.hpp>
#include <quoin/filter/detail/usual_channel.hpp>
#include <quoin/label/keep_components.hpp>
#include <quoin/mask/detail/mask_stage.hpp>
#include <quoin/measure/otsu.hpp>

QUOIN_NAMESPACE_BEGIN

template <class T>
struct pixel_traits<detail::edge_strength<T>> : pixel_layout<detail::edge_strength, T, 2> {};

/// How long a gradient is.
enum class gradient_norm {
    l1, ///< |gx| + |gy|
    l2, ///< sqrt(gx^2 + gy^2)
};

/// The edges of gray pixels, as Canny defines them and OpenCV computes them; no blur comes first. gx and gy are the
/// derivatives of sobel over `size` x `size` pixels, 3, 5 or 7, and m is the norm of both. A pixel is a candidate if m
/// is above `low` and the greatest value across the edge: with r = 13573 / 2^15, about tan(22.5 degrees),
///     |gy| < r |gx|:          m > m(x - 1, y)     and m >= m(x + 1, y)
///     |gy| > (2 + r) |gx|:    m > m(x, y - 1)     and m >= m(x, y + 1)
///     else:                   m > m(x - s, y - 1) and m > m(x + s, y + 1), where s is the sign of gx gy.
/// The result is the candidates that are connected, by sides, corners and other candidates, with one whose m is above
/// `high`. Border: derivatives see replicated pixels, and m is 0 outside, whatever the last extend().
///
/// u8, u16 and float. Bytes: the mask is OpenCV's, bit for bit. Thresholds are those of sums with the whole numbers of
/// the kernels: a step of height h has 4 h with 3 x 3, 48 h with 5 x 5 and 640 h with 7 x 7. Integers are exact; for a
/// size of 7, gx and gy are divided by 16 and rounded, halves to even, and the thresholds are divided by 16. u16 has
/// the same rules, with 32 bits, and for l2 with double. float: in float, without rounding to whole numbers; of |gy| =
/// r |gx| the first rule holds.
///
/// One pass over the pixels makes two masks, of the candidates and of those above `high`. Then the components of the
/// first are found by their runs; the cost of that grows with the number of runs. Memory: three masks, and 24 bytes a
/// run.
/// @throws invalid_argument unless 0 <= low <= high, both finite, and size is 3, 5 or 7; or for a side above 2^31 - 1.
/// Source: J. Canny, A computational approach to edge detection, 1986.
template <concepts::policy Policy, class What>
bit_image canny(Policy const& policy, What const& what, double low, double high, int size = 3,
                gradient_norm norm = gradient_norm::l1);

/// The thresholds of canny().
struct canny_thresholds {
    double low = 0, high = 0;
    friend constexpr bool operator==(canny_thresholds const&, canny_thresholds const&) = default;
};

/// Thresholds for gray pixels of u8 or u16: `high` is the otsu_level of |gx| + |gy| over 3 x 3 pixels, and `low` is its
/// half, rounded down. So they follow the contrast of an image, and not its brightness, as multiples of its median do:
/// a brighter image and its negative have the same edges. Levels of u16 are counted in steps of 8. Cost: a pass over
/// the pixels. Source: for the use of Otsu's level, M. Fang, G. Yue, Q. Yu, The study on an application of Otsu method
/// in Canny operator, 2009.
template <concepts::policy Policy, class What>
canny_thresholds automatic_thresholds(Policy const& policy, What const& what);

/// canny() with the automatic_thresholds() of the pixels.
template <concepts::policy Policy, class What>
bit_image canny(Policy const& policy, What const& what);

namespace detail {

constexpr void check_canny(double low, double high, int size) {
    if (!(low >= 0 && low <= high && high <= highest<double>))
        raise("quoin::canny: the thresholds ", low, " and ", high,
              "; give two numbers >= 0, the lower one first, such as 50 and 100");
    if (size != 3 && size != 5 && size != 7)
        raise("quoin::canny: derivatives over ", size, " x ", size, " pixels; give 3, 5 or 7");
}

/// A threshold for strengths W. Whole numbers are above it if they are above its floor.
template <class W>
W strength_threshold(double threshold, int size, gradient_norm norm) {
    if (size == 7) threshold /= 16;
    if (norm == gradient_norm::l2) threshold *= threshold;
    return threshold < static_cast<double>(highest<W>) ? static_cast<W>(threshold) : highest<W>;
}

/// Writes the candidates and those above the higher threshold.
template <class W, class Policy, class What, class Strengths>
void grade_edges(Policy const& policy, What const& what, Strengths const& strengths, strongest_across<W> const& across,
                 bit_image& weak, bit_image& strong) {
    auto const p = computed_pipeline_of<typename Policy::lanes>(what | extend(replicate) | strengths |
                                                                extend(constant(std::uint8_t{0})) | across);
    if constexpr (concepts::hosted_policy<Policy>) {
        image<std::uint8_t> grades(p.size());
        run(policy, p, grades.view());
        auto const host = policy.host();
        auto const made = as_pipeline(std::as_const(grades).view());
        using lanes = typename std::remove_const_t<decltype(host)>::lanes;
        evaluate(host, made, cut(host, made, {}), [&](index_t, rect) { return grade_sink<lanes>{{weak}, {strong}}; });
    } else {
        evaluate(policy, p, cut(policy, p, {}), [&](index_t, rect) {
            return grade_sink<typename Policy::lanes>{{weak}, {strong}};
        });
    }
}

template <concepts::policy Policy, class What>
bit_image canny_edges(Policy const& policy, What const& what, double low, double high, int size, gradient_norm norm) {
    using T = typename What::pixel_type;
    bit_image weak(what.size(), uninitialized), strong(what.size(), uninitialized);
    if (weak.empty()) return weak;
    auto const grade = [&]<bool Wide, bool Squares>(auto const& strengths) {
        using W = edge_number<T, Wide, Squares>;
        grade_edges<W>(
            policy, what, strengths,
            strongest_across<W>{strength_threshold<W>(low, size, norm), strength_threshold<W>(high, size, norm)}, weak,
            strong);
    };
    bool const squares = norm == gradient_norm::l2;
    constexpr bool one_number = std::same_as<edge_number<T, true, true>, edge_number<T, true, false>>;
    auto const wide = [&]<int Size>(std::integral_constant<int, Size>) {
        if (one_number || squares)
            grade.template operator()<true, true>(wide_edge_strengths<T, edge_number<T, true, true>, Size>(squares));
        else grade.template operator()<true, false>(wide_edge_strengths<T, edge_number<T, true, false>, Size>(false));
    };
    if (size == 5) wide(std::integral_constant<int, 5>{});
    else if (size == 7) wide(std::integral_constant<int, 7>{});
    else if (squares) grade.template operator()<false, true>(edge_strengths<T, edge_number<T, false, true>>{true});
    else grade.template operator()<false, false>(edge_strengths<T, edge_number<T, false, false>>{false});
    flip_memory memory;
    keep_components_in(policy_ref::to(policy), weak, strong, connectivity::eight, memory);
    return weak;
}

/// |gx| + |gy| of u8, and an eighth of it of u16.
template <class T>
struct strength_level {
    using vectorized = void;
    template <class P>
    QUOIN_INLINE auto operator()(P const& edge) const {
        if constexpr (sizeof(T) == 1) return convert<std::uint16_t>(edge.strength);
        else return convert<std::uint16_t>(edge.strength >> 3);
    }
};

} // namespace detail

template <concepts::policy Policy, class What>
bit_image canny(Policy const& policy, What const& what, double low, double high, int size, gradient_norm norm) {
    auto const p = detail::computed_pipeline_of<typename Policy::lanes>(what);
    constexpr bool possible = detail::usual_channel<typename std::remove_const_t<decltype(p)>::pixel_type>;
    static_assert(possible,
                  "quoin::canny: the pixels must be gray, and u8, u16 or float; put gray or convert_to before "
                  "it");
    detail::check_canny(low, high, size);
    if constexpr (possible) return detail::canny_edges(policy, p, low, high, size, norm);
    else return {}; // one error message is enough
}

template <concepts::policy Policy, class What>
canny_thresholds automatic_thresholds(Policy const& policy, What const& what) {
    auto const p = detail::computed_pipeline_of<typename Policy::lanes>(what);
    using T = typename std::remove_const_t<decltype(p)>::pixel_type;
    constexpr bool possible = std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t>;
    static_assert(possible, "quoin::automatic_thresholds: the pixels must be gray, and u8 or u16; put gray or "
                            "convert_to before it");
    if constexpr (!possible) {
        return {}; // one error message is enough
    } else {
        detail::edge_strengths<T, detail::edge_slope<T, false>> const strengths{false};
        index_t const level = otsu(policy, p | extend(replicate) | strengths | detail::strength_level<T>{});
        double const high = static_cast<double>(level) * (sizeof(T) == 1 ? 1 : 8);
        return {floor(high / 2), high};
    }
}

template <concepts::policy Policy, class What>
bit_image canny(Policy const& policy, What const& what) {
    auto const [low, high] = automatic_thresholds(policy, what);
    return canny(policy, what, low, high);
}

/// The stage made by canny() without a policy.
class canny_fn {
public:
    using computes_whole = void;
    static constexpr char const* name = "canny";
    template <class T>
    requires detail::usual_channel<T>
    using result_channel = T;

    constexpr canny_fn(double low, double high, int size, gradient_norm norm)
        : low_(low), high_(high), size_(size), norm_(norm) {
        detail::check_canny(low, high, size);
    }

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> in, image_view<T> out) const {
        detail::write_mask(detail::policy_ref::to(policy), canny(policy, in, low_, high_, size_, norm_), out);
    }

private:
    double low_, high_;
    int size_;
    gradient_norm norm_;
};

/// A whole stage, each channel by itself: white where canny(policy, pixels, low, high, size, norm) is set, and 0
/// elsewhere. White is the largest value of an integer type and 1 of float. u8, u16 and float; the pixel type does not
/// change. Memory beside that of canny(): an image of the input where it is no view, and one of the result.
/// @throws invalid_argument unless 0 <= low <= high, both finite, and size is 3, 5 or 7.
constexpr canny_fn canny(double low, double high, int size = 3, gradient_norm norm = gradient_norm::l1) {
    return {low, high, size, norm};
}

/// The catalogue's entry.
struct canny_entry : entry_of<canny_entry> {
    static constexpr operation about{
        .name = "canny",
        .about = "edges, as white lines of one pixel; the rest 0; no blur comes first",
        .parameters = {{.name = "LOW",
                        .least = 0,
                        .most = 1e9,
                        .about = "edges end where the gradient is not above it, at most HIGH; a step of h has 4 h"},
                       {.name = "HIGH", .least = 0, .most = 1e9, .about = "each edge has a gradient above it"},
                       {.name = "K",
                        .type = parameter_type::choice,
                        .preset = "3",
                        .choices = "3 5 7",
                        .about = "the side of the derivatives' kernels"},
                       {.name = "NORM",
                        .type = parameter_type::choice,
                        .preset = "l1",
                        .choices = "l1 l2",
                        .about = "the length of a gradient: the sum of its parts, or the root of their squares"}},
        .rounding = "exact; K = 7: derivatives / 16, halves to even; 32 bits, and 8 or 16 with a sign: not possible",
        .floating = "in float",
        .opencv = "cv::Canny(src, dst, LOW, HIGH, K, NORM == l2)"};
    template <class T>
    static constexpr bool takes = detail::usual_channel<T>;
    static constexpr canny_fn stage(double const* values) {
        return canny(values[0], values[1], 3 + 2 * detail::whole<int>(values[2]),
                     static_cast<gradient_norm>(detail::whole<int>(values[3])));
    }
};

QUOIN_NAMESPACE_END
