// SPDX-License-Identifier: BSL-1.0
// Resampling kernels and their weights.
#pragma once

#include <quoin/core/detail/angle.hpp>
#include <quoin/core/error.hpp>
#include <quoin/pipe/detail/resampling.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline constexpr index_t most_side = 2147483647;
/// The parameter of operations that are given the extent of their result.
inline constexpr parameter result_size{.name = "SIZE",
                                       .type = parameter_type::size,
                                       .least = 1,
                                       .most = most_side,
                                       .about = "width and height of the result"};

constexpr void check_result(char const* name, extent size) {
    if (size.width < 1 || size.height < 1 || size.width > most_side || size.height > most_side)
        raise("quoin::", name, ": a result of ", size.width, " x ", size.height,
              " pixels; give a width and a height from 1 to ", most_side);
}
constexpr void check_input(char const* name, extent input) {
    if (input.empty())
        raise("quoin::", name, ": the input has ", input.width, " x ", input.height,
              " pixels; give an image that is not empty");
}

/// The kernels, with the arithmetic of Pillow's, whose weights are then the same. `radius` is half of the width.
struct box_kernel {
    static constexpr double radius = 0.5;
    static double at(double x) { return x > -0.5 && x <= 0.5 ? 1.0 : 0.0; }
};
struct triangle_kernel {
    static constexpr double radius = 1;
    static double at(double x) {
        x = x < 0 ? -x : x;
        return x < 1 ? 1 - x : 0.0;
    }
};
struct hamming_kernel {
    static constexpr double radius = 1;
    static double at(double x) {
        x = x < 0 ? -x : x;
        if (x == 0) return 1;
        if (x >= 1) return 0;
        x *= 3.14159265358979323846;
        return sine(x) / x * (static_cast<double>(0.54f) + static_cast<double>(0.46f) * cosine(x));
    }
};
/// Keys' cubic with a = Quarters / 4.
template <int Quarters>
struct keys_kernel {
    static constexpr double radius = 2;
    static double at(double x) {
        constexpr double a = Quarters / 4.0;
        x = x < 0 ? -x : x;
        if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
        if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
        return 0;
    }
};
using cubic_kernel = keys_kernel<-2>;
struct lanczos3_kernel {
    static constexpr double radius = 3;
    static double at(double x) { return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0.0; }

private:
    static double sinc(double x) {
        if (x == 0) return 1;
        x *= 3.14159265358979323846;
        return sine(x) / x;
    }
};

/// The weights of an antialiased resampling from `input` to `size` pixels. The centers of pixels lie at a half. If the
/// result is smaller, the kernel is as much wider.
template <class Kernel>
struct antialiased {
    double scale, stretch, radius;
    index_t input;

    antialiased(index_t n, index_t size) : scale(static_cast<double>(n) / static_cast<double>(size)), input(n) {
        stretch = scale < 1 ? 1.0 : scale;
        radius = Kernel::radius * stretch;
    }
    /// Appends the weights of result i, which sum to about 1, and returns the index of the first input.
    index_t operator()(index_t i, std::vector<double>& weights) const {
        double const center = (static_cast<double>(i) + 0.5) * scale, inverse = 1.0 / stretch;
        index_t const begin = std::max<index_t>(0, static_cast<index_t>(center - radius + 0.5));
        index_t const end = std::min(input, static_cast<index_t>(center + radius + 0.5));
        double sum = 0;
        for (index_t k = begin; k < end; ++k) {
            double const w = Kernel::at((static_cast<double>(k) - center + 0.5) * inverse);
            weights.push_back(w);
            sum += w;
        }
        if (sum != 0)
            for (double& w : weights) w /= sum;
        return begin;
    }
};

/// What values other than bytes are summed in: float for 16 bits, if the weights are whole numbers over 2^4 at most
/// with a sum of 1, since 24 bits then hold the sums of both passes; else double.
template <class T, class Of>
struct sum_number {
    using type = double;
};
template <class T, class Of>
    requires(std::integral<T> && sizeof(T) <= 2 && Of::weight_bits <= 4)
struct sum_number<T, Of> {
    using type = float;
};

/// The pass along rows or the one down columns of two, with the weights of.input, of.size, of(i, weights). Bytes have
/// weights of `Bits` bits and `MiddleBits` fractional bits between the passes. Other channels have sum_number there.
template <axis Along, class T, int Bits, int MiddleBits, class Of>
auto pass_along(Of const& of) {
    constexpr bool first = Along == axis::columns, bytes = std::same_as<T, std::uint8_t>;
    using number = typename sum_number<T, Of>::type;
    using middle = std::conditional_t<bytes, std::int16_t, number>;
    using from = std::conditional_t<first, T, middle>;
    using to = std::conditional_t<first, middle, T>;
    if constexpr (bytes)
        return resample<Along, from>(taps_of_unit_sum(of.size, of.input, of, Bits),
                                     shifted_sum<to>{first ? Bits - MiddleBits : Bits + MiddleBits});
    else return resample<Along, from>(taps_of_numbers<number>(of.size, of.input, of), rounded_sum<to>{});
}
template <class T, int Bits, int MiddleBits, class Of>
auto two_passes(Of const& columns, Of const& rows) {
    return compose(pass_along<axis::columns, T, Bits, MiddleBits>(columns),
                   pass_along<axis::rows, T, Bits, MiddleBits>(rows));
}

/// Appends the weights of the inputs that a border gives for first, first + 1, ..., each input once, and returns the
/// index of the first of them.
template <std::size_t Count, class Border>
index_t merge_taps(index_t first, double const (&w)[Count], index_t n, Border const& border,
                   std::vector<double>& weights) {
    index_t at[Count];
    for (std::size_t k = 0; k < Count; ++k) at[k] = border(first + static_cast<index_t>(k), n);
    auto const [least, most] = std::minmax_element(at, at + Count);
    weights.resize(static_cast<std::size_t>(*most - *least + 1));
    for (std::size_t k = 0; k < Count; ++k) weights[static_cast<std::size_t>(at[k] - *least)] += w[k];
    return *least;
}

/// The weights of an interpolation between pixels, whose centers lie at a half, with a kernel of a whole radius. The
/// pixels outside are those of `replicate`.
template <class Kernel>
struct interpolated {
    index_t input, size;

    index_t operator()(index_t i, std::vector<double>& weights) const {
        if (input == size) {
            weights.push_back(1);
            return i;
        }
        // The place of result i, in parts of 2 * size, counts from the center of the first pixel.
        constexpr index_t radius = static_cast<index_t>(Kernel::radius);
        index_t const parts = 2 * size, place = (2 * i + 1) * input - size;
        index_t const below = place < 0 ? -1 : place / parts;
        double const t = static_cast<double>(place - below * parts) / static_cast<double>(parts);
        double w[2 * radius];
        for (index_t k = 0; k < 2 * radius; ++k) w[k] = Kernel::at(t - static_cast<double>(k + 1 - radius));
        return merge_taps(below + 1 - radius, w, input, replicate, weights);
    }
};

/// A stage that interpolates.
template <class Kernel, int MiddleBits>
class interpolating {
public:
    using expands = void;

    constexpr interpolating(char const* name, extent size) : name_(name), size_(size) { check_result(name, size); }

    template <class P>
    auto expand(extent input) const {
        check_input(name_, input);
        using of = interpolated<Kernel>;
        return passes<P>(of{input.width, size_.width}, of{input.height, size_.height});
    }

    /// The stages for other weights, rounded in the same way.
    template <class P, class Of>
    static auto passes(Of const& columns, Of const& rows) {
        return two_passes<channel_t<P>, 14, MiddleBits>(columns, rows);
    }

private:
    char const* name_;
    extent size_;
};

} // namespace detail

QUOIN_NAMESPACE_END
