// SPDX-License-Identifier: BSL-1.0
// resize_area: the mean of the area that each pixel of the result covers.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>

#include <numeric>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The lengths that each result covers of its inputs, as whole numbers with the sum `total`.
struct covered_lengths {
    index_t input, size, total, side; // an input is `side` long

    covered_lengths(index_t n, index_t m) : input(n), size(m), total(n / std::gcd(n, m)), side(m / std::gcd(n, m)) {}
    index_t operator()(index_t i, std::vector<double>& weights) const {
        index_t const begin = i * total, end = begin + total, first = begin / side;
        for (index_t k = first; k * side < end; ++k)
            weights.push_back(static_cast<double>(std::min(end, (k + 1) * side) - std::max(begin, k * side)));
        return first;
    }
};

} // namespace detail

/// The stage made by resize_area().
class resize_area_fn {
public:
    using expands = void;

    constexpr explicit resize_area_fn(extent size) : size_(size) { detail::check_result("resize_area", size); }

    template <class P>
    auto expand(extent input) const {
        using namespace detail;
        using T = channel_t<P>;
        check_input("resize_area", input);
        covered_lengths const columns(input.width, size_.width), rows(input.height, size_.height);
        rounded_quotient<T> const mean{static_cast<double>(columns.total) * static_cast<double>(rows.total)};
        auto const down = [&]<class From>(std::type_identity<From>) {
            return resample<axis::rows, From>(shared_taps<double>(rows.size, rows.input, rows), mean);
        };
        if constexpr (std::same_as<T, std::uint8_t>) {
            constexpr index_t most = 2147483647 / 255;
            if (columns.total > most)
                raise("quoin::resize_area: ", input.width, " columns of bytes to ", size_.width,
                      ": the input's width, ", "divided by the greatest common divisor of both, is above ", most,
                      "; convert_to<float> before");
            return compose(
                resample<axis::columns, T>(taps_of_bits<split_weight>(columns.size, columns.input, columns, 0),
                                           shifted_sum<std::int32_t>{}),
                down(std::type_identity<std::int32_t>{}));
        } else {
            return compose(resample<axis::columns, T>(shared_taps<double>(columns.size, columns.input, columns),
                                                      rounded_sum<double>{}),
                           down(std::type_identity<double>{}));
        }
    }

private:
    extent size_;
};

/// Resampling stages: along rows, then down columns. out(x, y) is the mean of the input over the rectangle that the
/// pixel covers, for an extent of size.width x size.height. With n input and m result pixels along an axis, result x
/// covers the input from x n / m to (x + 1) n / m; pixel k of the input is [k, k + 1]. A pixel that is covered in part
/// counts by its part. Larger results are of the same kind: most pixels then lie inside one pixel of the input. No
/// border is read. Same pixel type. Channels are treated alike; premultiply rgba before.
///
/// The covered parts are multiples of 1 / m, so the mean is a quotient of integers. Integers: floor(mean + 1/2),
/// exactly while the largest value times N is below 2^51, where N is the product of n / gcd(n, m) of both axes;
/// beyond that, a mean next to a half may be rounded the other way. Floating point: sums in double, in the order of
/// the input, and one division.
/// Cost: for u8, 2 (n / m + 2) products of 16 bits along rows, the same number of doubles down columns, and a
/// division. Where n / gcd(n, m) of the height is at most 127, lanes need n / m + 2 products of bytes down columns for
/// each column of the input, and the same number of 16 bits along rows; by 2, the sums of two pairs of bytes.
/// Memory: for each thread n / m + 2 rows of the result's width in 4 bytes (u8) or 8, and the tables of weights.
/// @throws invalid_argument unless both sides of the size are from 1 to 2^31 - 1. The pipeline throws it when it is
/// made, if its input is empty, or has bytes and n / gcd(n, m) is above 8421504 along rows.
constexpr resize_area_fn resize_area(extent size) {
    return resize_area_fn(size);
}

/// The catalogue's entry.
struct resize_area_entry : entry_of<resize_area_entry> {
    static constexpr operation about{.name = "resize_area",
                                     .about = "another extent, the mean of the covered area",
                                     .parameters = {detail::result_size},
                                     .rounding = "the exact mean, half up",
                                     .floating = "in double, in the order of the input",
                                     .opencv = "cv::resize(src, dst, size, 0, 0, cv::INTER_AREA), smaller; within 1",
                                     .pillow = "",
                                     .scikit_image = "skimage.transform.resize_local_mean(image, SIZE)"};
    static resize_area_fn stage(double const* values) {
        return resize_area({detail::whole<index_t>(values[0]), detail::whole<index_t>(values[1])});
    }
};

QUOIN_NAMESPACE_END
