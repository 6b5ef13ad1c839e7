// SPDX-License-Identifier: BSL-1.0
// resize: antialiased resampling to another extent.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>

QUOIN_NAMESPACE_BEGIN

/// The kernels of resize(), as functions of the distance in pixels of the result, or of the input if that is smaller.
enum class resize_kernel {
    nearest,  ///< no kernel: the pixel whose area holds the center
    box,      ///< 1 up to a half
    triangle, ///< 1 - |x| up to 1; enlarging is linear interpolation
    hamming,  ///< a sinc with Hamming's window up to 1
    cubic,    ///< Keys' cubic with a = -1/2, up to 2
    lanczos3  ///< sinc(x) sinc(x / 3) up to 3
};

/// The arithmetic of resize().
enum class resize_mode {
    pillow,      ///< bytes of Pillow 13: u8 has weights of 22 bits, and u8 between the passes
    pillow_simd, ///< bytes of Pillow-SIMD and of torchvision: as pillow, but the weights of u8 have 16 bits
    accurate     ///< u8 has weights of 14 bits and 6 fractional bits between the passes; other types have double there
};

namespace detail {

/// The input pixel of each result of the nearest kernel.
class nearest_taps {
public:
    nearest_taps(index_t input, index_t size, bool exact) : pixels_(static_cast<std::size_t>(size)) {
        double const scale = static_cast<double>(input) / static_cast<double>(size);
        double place = scale * 0.5; // of a center, and as far off as Pillow's, which is a sum, too
        for (index_t i = 0; i < size; ++i, place += scale)
            pixels_[static_cast<std::size_t>(i)] =
                exact ? (2 * i + 1) * input / (2 * size) : std::min(static_cast<index_t>(place), input - 1);
    }
    index_t operator()(index_t i, std::vector<double>& weights) const {
        weights.push_back(1);
        return pixels_[static_cast<std::size_t>(i)];
    }

private:
    std::vector<index_t> pixels_;
};

} // namespace detail

/// The stage made by resize().
template <resize_mode Mode>
class resize_fn {
public:
    using expands = void;

    constexpr resize_fn(extent size, resize_kernel kernel) : size_(size), kernel_(kernel) {
        detail::check_result("resize", size);
    }

    template <class P>
    auto expand(extent input) const {
        using T = channel_t<P>;
        detail::check_input("resize", input);
        auto const columns = pass<axis::columns, T>(input.width, size_.width);
        if constexpr (Mode != resize_mode::pillow) {
            return compose(columns, pass<axis::rows, T>(input.height, size_.height));
        } else {
            // Pillow's order. One of the passes down columns copies.
            index_t const lower = input.height - size_.height;
            bool const rows_first = lower > 0 && lower > 2 * (input.width - size_.width);
            index_t const middle = rows_first ? size_.height : input.height;
            return compose(pass<axis::rows, T>(input.height, middle), columns,
                           pass<axis::rows, T>(middle, size_.height));
        }
    }

private:
    static constexpr int middle_bits = 6, accurate_bits = 14;

    template <axis Along, class T>
    auto pass(index_t input, index_t size) const {
        using namespace detail;
        constexpr bool first = Along == axis::columns, exact_middle = Mode == resize_mode::accurate;
        bool const copies = input == size && !exact_middle;
        if constexpr (std::same_as<T, std::uint8_t>) {
            using R = std::conditional_t<first && exact_middle, std::int16_t, std::uint8_t>;
            using from = std::conditional_t<!first && exact_middle, std::int16_t, std::uint8_t>;
            using weight = std::conditional_t<Mode == resize_mode::pillow, split_weight, std::int16_t>;
            auto const made = [&](shared_taps<weight> taps, int shift) {
                return resample<Along, from>(std::move(taps), shifted_sum<R>{shift});
            };
            if (copies) return made(shared_taps<weight>::copying(size, one<weight>), 0);
            return with_taps(input, size, [&](weights_of<double> of) {
                bool const picks = kernel_ == resize_kernel::nearest;
                if constexpr (Mode == resize_mode::accurate) {
                    if (picks) return made(taps_of_bits<weight>(size, input, of, 0), 0);
                    int const shift = first ? accurate_bits - middle_bits : accurate_bits + middle_bits;
                    return made(taps_of_unit_sum(size, input, of, accurate_bits), shift);
                } else {
                    int const most = Mode == resize_mode::pillow ? 22 : most_weight_bits(size, of);
                    int const bits = picks ? 0 : most;
                    return made(taps_of_bits<weight>(size, input, of, bits), bits);
                }
            });
        } else {
            using R = std::conditional_t<first && exact_middle, double, T>;
            using from = std::conditional_t<!first && exact_middle, double, T>;
            if (copies) return resample<Along, from>(shared_taps<double>::copying(size, 1.0), rounded_sum<R>{});
            return with_taps(input, size, [&](weights_of<double> of) {
                return resample<Along, from>(shared_taps<double>(size, input, of), rounded_sum<R>{});
            });
        }
    }

    template <class F>
    auto with_taps(index_t input, index_t size, F const& f) const {
        using namespace detail;
        switch (kernel_) {
        case resize_kernel::nearest:
            return f(nearest_taps(input, size, Mode == resize_mode::accurate));
        case resize_kernel::box:
            return f(antialiased<box_kernel>(input, size));
        case resize_kernel::hamming:
            return f(antialiased<hamming_kernel>(input, size));
        case resize_kernel::cubic:
            return f(antialiased<cubic_kernel>(input, size));
        case resize_kernel::lanczos3:
            return f(antialiased<lanczos3_kernel>(input, size));
        default:
            return f(antialiased<triangle_kernel>(input, size));
        }
    }

    extent size_;
    resize_kernel kernel_;
};

/// Resampling stages: along rows, then down columns; as in Pillow 13, `pillow` goes down columns first if that removes
/// more than twice as many rows as the other pass removes columns. out(x, y) is the sum over k of w_y(k) times the sum
/// over i of w_x(i) in(i, k), for an extent of size.width x size.height. With n input and m result pixels along an
/// axis, let s = n / m, f = max(s, 1) and c = (x + 1/2) s. Then w_x(i) is kernel((i + 1/2 - c) / f) for |i + 1/2 - c|
/// up to f times the kernel's radius and 0 <= i < n, divided by the sum of these. So the centers of pixels lie at a
/// half, a smaller result is averaged and not sampled (antialiasing), and at the edges the kernel is cut off. No border
/// is read. Nearest copies pixel floor((2 x + 1) n / (2 m)); in the modes of Pillow, whose centers are sums of doubles,
/// a center between two pixels may take the left one. Same pixel type. Channels are treated alike: `premultiply
/// | resize(...) | unpremultiply` weighs the colors of rgba by alpha.
///
/// u8: both passes round half up and saturate; see resize_mode. The result of `accurate` is within 1 of the real value.
/// The modes of Pillow saturate between the passes, too: there, cubic and lanczos3 can differ from the real value by
/// more than 8. Other types: weights and sums in double, in the order of the input; integers are rounded half up and
/// saturated after each pass (after the second, if `accurate`).
/// Cost: for u8, 2 r f (1 + n / m) products of 16 bits for each pixel of the result, twice that in `pillow`.
/// Memory: for each thread 2 r f + 1 rows of the result's width, and the tables of weights.
/// @throws invalid_argument unless both sides of the size are from 1 to 2^31 - 1. The pipeline throws it when it is
/// made, if its input is empty.
/// Source: K. Turkowski, Filters for common resampling tasks, Graphics Gems, 1990; Pillow's resampling.
template <resize_mode Mode = resize_mode::pillow>
constexpr resize_fn<Mode> resize(extent size, resize_kernel kernel = resize_kernel::triangle) {
    return {size, kernel};
}

/// The catalogue's entry.
struct resize_entry {
    static constexpr operation about{
        .name = "resize",
        .about = "another extent, antialiased",
        .parameters = {detail::result_size,
                       {.name = "KERNEL",
                        .type = parameter_type::choice,
                        .preset = "triangle",
                        .choices = "nearest box triangle hamming cubic lanczos3",
                        .about = "the weights by distance"},
                       {.name = "MODE",
                        .type = parameter_type::choice,
                        .preset = "pillow",
                        .choices = "pillow pillow_simd accurate",
                        .about = "the arithmetic"}},
        .rounding =
            "half up after each of two passes; 8 bits: weights of 22 bits as Pillow, of 16 bits as Pillow-SIMD, or "
            "of 14 bits with 6 fractional bits between the passes; others: in double",
        .floating = "in double, in the order of the input",
        .opencv = "",
        .pillow = "image.resize(SIZE, resample), the same bytes",
        .scikit_image = "skimage.transform.resize(image, SIZE), with a blur instead of a wider kernel"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        extent const size{detail::whole<index_t>(values[0]), detail::whole<index_t>(values[1])};
        auto const kernel = static_cast<resize_kernel>(detail::whole<int>(values[2]));
        switch (static_cast<resize_mode>(detail::whole<int>(values[3]))) {
        case resize_mode::pillow:
            return f(resize(size, kernel));
        case resize_mode::pillow_simd:
            return f(resize<resize_mode::pillow_simd>(size, kernel));
        default:
            return f(resize<resize_mode::accurate>(size, kernel));
        }
    }
};

QUOIN_NAMESPACE_END
