// SPDX-License-Identifier: BSL-1.0
// box: the mean over a rectangle.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/image_alignment.hpp>
#include <quoin/core/tuning.hpp>
#include <quoin/filter/detail/grouped_sums.hpp>
#include <quoin/pipe/kernel.hpp>
#include <quoin/pipe/operation.hpp>

#include <optional>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Integer types for which the sum over every rectangle is exact.
template <class T>
inline constexpr bool exact_box = std::integral<T> && sizeof(T) <= 4;

/// The types of a column sum and of the sum over a rectangle. Both are exact for T, or double if no type is exact.
template <class T>
using box_column_t = std::conditional_t<
    std::floating_point<T>, T,
    std::conditional_t<
        sizeof(T) == 1, std::conditional_t<std::is_signed_v<T>, std::int16_t, std::uint16_t>,
        std::conditional_t<sizeof(T) == 2, std::int32_t, std::conditional_t<sizeof(T) == 4, std::int64_t, double>>>>;
template <class T>
using box_sum_t = std::conditional_t<
    std::floating_point<T>, T,
    std::conditional_t<
        (sizeof(T) > 4), double,
        std::conditional_t<sizeof(T) == 4, std::int64_t,
                           std::conditional_t<std::same_as<T, std::uint16_t>, std::uint32_t, std::int32_t>>>>;

/// A rectangle around a pixel, which lies in its middle, or of an even number right of it or below.
struct box_rectangle {
    int width, height;
    QUOIN_FN int left() const { return width / 2; }
    QUOIN_FN int right() const { return (width - 1) / 2; }
    QUOIN_FN int up() const { return height / 2; }
    QUOIN_FN int down() const { return (height - 1) / 2; }
    QUOIN_FN int area() const { return width * height; }
};

/// The first pass: column sums of channels T.
template <class T>
struct box_column {
    using vectorized = void;
    using channelwise = void;
    static constexpr bool reads_above = true;
    box_rectangle box;
    QUOIN_FN quoin::footprint footprint() const { return {0, 0, box.up(), box.down()}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using S = box_column_t<T>;
        int const up = box.up(), down = box.down();
        if constexpr (requires { w.above(); })
            if (w.knows_above())
                return convert<S>(w.above() + w.template at<S>(0, down) - w.template at<S>(0, -up - 1));
        if constexpr (std::same_as<T, std::uint8_t>) {
            auto const zero = std::remove_cvref_t<decltype(w(0, 0))>(std::uint8_t{0});
            auto sum = byte_sum_start(w(0, 0), 1, up > down ? w(0, -up) : zero, 1);
            for (int j = 1; j <= down; ++j) sum.add(w(0, -j), 1, w(0, j), 1);
            return convert<S>(sum.value()); // the sum is in 0..65535, in the bits of an i16
        } else {
            auto sum = w.template at<S>(0, -up);
            for (int j = 1 - up; j <= down; ++j) sum = convert<S>(sum + w.template at<S>(0, j));
            return sum;
        }
    }
};

/// The same, in floating point. Many rows are summed in groups, which depend on the row.
template <class T>
    requires(!exact_box<T>)
struct box_column<T> {
    using vectorized = void;
    using channelwise = void;
    using takes_row = void;
    using S = box_column_t<T>;
    box_rectangle box;
    QUOIN_FN quoin::footprint footprint() const { return {0, 0, box.up(), box.down()}; }
    QUOIN_FN bool groups() const { return box.height > sum_group; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w, index_t y) const {
        auto const at = [&](int k) QUOIN_LAMBDA_INLINE { return w.template at<S>(0, k - box.up()); };
        return groups() ? grouped_sum(box.height, y, at) : tree_sum(box.height, at);
    }

    constexpr bool sweeps() const { return box.height > 3; }
    constexpr int lines_read() const { return groups() ? 2 : box.height; }
    template <class U>
    std::size_t sweep_size(index_t columns) const {
        if (groups()) return grouped_columns<S>::bytes(columns, box.height);
        return image_alignment + tree_columns<S>::bytes(columns, box.height);
    }
    template <class Lanes, class U>
    void sweep(row_sweep<U> const& row, S* to) const {
        if (groups())
            return grouped_columns<S>(row.memory, row.columns, box.height)
                .template sums<Lanes>(
                    row.y, row.follows, [&](int k) { return row.line(k - box.up()); }, to);
        auto& number = *reinterpret_cast<index_t*>(row.memory);
        tree_columns<S> const sums(row.memory + image_alignment, row.columns, box.height);
        // The rows above the last one are new, too, where the row above was not computed.
        if (!row.follows) number = -1;
        for (int newest = row.follows ? box.down() : -box.up(); newest <= box.down(); ++newest) {
            U const* lines[4];
            for (int i = 0; i < 4; ++i) lines[i] = row.line(max(newest - i, -box.up()));
            sums.template add<Lanes>(++number, lines, to);
        }
    }
};

/// Row sums of column sums, divided by the number of pixels.
template <class T>
class box_quotient {
protected:
    using S = box_sum_t<T>;
    using Q = std::conditional_t<std::floating_point<T>, T, double>;

    QUOIN_FN explicit box_quotient(box_rectangle const& box)
        : box_(box), area_(static_cast<Q>(box.area())), bias_(bias(box.area())), reciprocal_(Q(1) / area_),
          short_reciprocal_(1.0f / static_cast<float>(area_)), is_short_(box.area() <= max_short_area) {}

    // The quotient is the largest integer below (n + 1/2) / area, where n is the integer dividend. n + 1/2 is never a
    // multiple of the area. The product with the reciprocal has a smaller error than the distance to the next multiple;
    // in float this holds for n < 2^22. For signed 8- and 16-bit channels an offset makes the value positive, so that
    // truncation rounds down. Sums of u16 are converted to signed integers, because every processor can convert these.
    template <class V>
    QUOIN_INLINE auto quotient(V const& sum) const {
        if constexpr (std::same_as<T, std::uint8_t>)
            if (is_short_)
                return convert<T>(
                    convert<std::int32_t>((convert<float>(sum) + static_cast<float>(bias_)) * short_reciprocal_));
        if constexpr (std::floating_point<T>) {
            return sum / area_;
        } else if constexpr (sizeof(T) > 2) {
            return saturate<T>(floor((convert<Q>(sum) + bias_) * reciprocal_));
        } else {
            auto const moved = [&]() QUOIN_LAMBDA_INLINE {
                if constexpr (std::same_as<T, std::uint16_t>) return convert<std::int32_t>(sum ^ V(0x80000000u));
                else return sum;
            }();
            auto const up = convert<std::int32_t>((convert<Q>(moved) + bias_) * reciprocal_);
            return convert<T>(up - std::remove_const_t<decltype(up)>(up_by));
        }
    }

    box_rectangle box_;

private:
    static constexpr std::int32_t up_by = std::signed_integral<T> && sizeof(T) <= 2 ? 32768 : 0;
    static constexpr int max_short_area = (1 << 22) / 256; // sums of bytes, and half of the area

    static QUOIN_FN Q bias(int area) {
        Q const below_one = static_cast<Q>(area / 2) + Q(0.5);
        Q const sign = std::same_as<T, std::uint16_t> ? Q(2147483648.0) : Q(0);
        return below_one + static_cast<Q>(up_by) * static_cast<Q>(area) + sign;
    }

    Q area_, bias_, reciprocal_;
    float short_reciprocal_;
    bool is_short_;
};

/// The second pass.
template <class T>
class box_row : box_quotient<T> {
    using typename box_quotient<T>::S;
    using box_quotient<T>::box_;
    using box_quotient<T>::quotient;

public:
    using vectorized = void;
    using channelwise = void;
    using row_sums = std::conditional_t<sizeof(T) == 4, std::uint64_t, std::uint32_t>;

    QUOIN_FN explicit box_row(box_rectangle const& box) : box_quotient<T>(box) {}
    QUOIN_FN quoin::footprint footprint() const { return {box_.left(), box_.right(), 0, 0}; }
    QUOIN_FN bool wants_row_sums() const { return box_.left() > max_direct_radius; }

    /// A constant border is defined for pixels; outside the image the second pass reads the column sum of the constant.
    using outside_of = T;
    QUOIN_FN box_column_t<T> outside(T value) const { return box_column<T>{box_}(constant_window<T>{value}); }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        int const left = box_.left(), right = box_.right();
        if constexpr (requires { w.row_sum(0, 0); })
            if (wants_row_sums()) return quotient(convert<S>(w.row_sum(-left, right)));
        if constexpr (std::same_as<T, std::uint8_t>)
            if (box_.height <= max_short_height) return quotient(row_of_ones(w, left, right).value());
        auto sum = w.template at<S>(-left, 0);
        for (int i = 1 - left; i <= right; ++i) sum = sum + w.template at<S>(i, 0);
        return quotient(sum);
    }

private:
    static constexpr int max_short_height = 128; // up to this height column sums fit an i16
    static constexpr int max_direct_radius =
        std::same_as<T, std::uint8_t> ? tuning::box_direct_radius_of_bytes : tuning::box_direct_radius;
};

/// The same, in floating point.
template <class T>
    requires(!exact_box<T>)
class box_row<T> : box_quotient<T> {
    using typename box_quotient<T>::S;
    using box_quotient<T>::box_;
    using box_quotient<T>::quotient;

public:
    using vectorized = void;
    using channelwise = void;

    QUOIN_FN explicit box_row(box_rectangle const& box) : box_quotient<T>(box) {}
    QUOIN_FN quoin::footprint footprint() const { return {box_.left(), box_.right(), 0, 0}; }

    using outside_of = T;
    QUOIN_FN S outside(T value) const { return box_column<T>{box_}(constant_window<T>{value}, 0); }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return quotient(
            tree_sum(box_.width, [&](int k) QUOIN_LAMBDA_INLINE { return w.template at<S>(k - box_.left(), 0); }));
    }

    constexpr bool sweeps() const { return box_.width > 3; }
    template <class U>
    std::size_t sweep_size(index_t columns) const {
        return extreme_lines<S>::bytes(columns + box_.width, 3);
    }
    template <class Lanes, class U>
    void sweep(row_sweep<U> const& row, T* to) const {
        auto* const scratch = reinterpret_cast<S*>(row.memory);
        auto* const sums = scratch + 2 * extreme_lines<S>::pitch(row.columns + box_.width);
        tree_sums_along<Lanes>(row.line(0) - box_.left(), row.columns, box_.width, scratch, sums);
        for (index_t x = 0; x < row.columns; x += Lanes::count)
            Lanes::store(to + x, quotient(Lanes::template load_as<S>(sums + x)));
    }
};

} // namespace detail

/// The stage made by box().
class box_fn {
public:
    using expands = void;

    constexpr box_fn(int width, int height) : box_{width, height} {
        for (int const side : {width, height})
            if (side < 1 || side > detail::most_tree_terms)
                detail::raise("quoin::box: the side ", side, " is not a number from 1 to ", detail::most_tree_terms);
    }

    template <class P>
    QUOIN_FN auto expand() const {
        using T = channel_t<P>;
        return compose(detail::box_column<T>{box_}, detail::box_row<T>(box_));
    }

private:
    detail::box_rectangle box_;
};

/// Local stage, width x height; the height is the width if left out. Each channel is the mean over the columns x -
/// width / 2, ..., x + (width - 1) / 2 and the rows y - height / 2, ..., y + (height - 1) / 2. So the pixel is in the
/// middle of an odd number, and just behind the middle of an even one, as with cv::blur. The pixel type does not
/// change. Border: that of the last extend(), or reflect_101 without one.
///
/// Integer channels: exact and rounded half up, (sum + n / 2) / n in integer division with n = width * height. 64-bit
/// channels are computed in double; they are exact as long as the absolute values in the rectangle sum to less than
/// 2^51. Floating point: in the channel's type, first sums of columns, then of rows, then the quotient by n. Neighbors
/// are added, then neighboring sums of two, of four and so on, in blocks of powers of two, the largest first; the
/// blocks are added from the last one on. More than 16 rows are summed in groups of 16. With rows counted from height /
/// 2 above the result of this stage, row 16 k begins a group, so sums of equal columns may differ from row to row in
/// their last digits. The part of the first group, from its last row up, and that of the last group are added, and then
/// the sum of the groups between them. Beside a constant border stands the constant's sum in row 0. A value is rounded
/// at most log2(height) + 2 times in a column, log2(width) + 1 times in a row, and once by the quotient. So the error
/// is at most (log2(width height) + 4) 2^-24 times the mean of the absolute values for float. A pixel that is no number
/// reaches no further than the rectangle.
///
/// There are two passes: columns, then rows. Cost: width + height additions per pixel. On the line engine the cost of
/// integers up to 32 bits does not depend on the sides, except for sides up to 13 of u8 and up to 7 of other types,
/// where the column sums are added directly. That of other types hardly grows: up to 16 rows and along rows with the
/// logarithm of the side, of more rows not at all. Their first pass keeps the rows of its window and height / 16 + 22
/// rows of sums, or height for up to 16: 1.2 KB for each column of a tile at 255 rows of f32, 2 MB for the widest tile.
/// @throws invalid_argument unless the sides are in 1..255.
constexpr box_fn box(int width, std::optional<int> height = {}) {
    return box_fn(width, height.value_or(width));
}

/// The catalogue's entry.
struct box_entry : entry_of<box_entry> {
    static constexpr operation about{
        .name = "box",
        .about = "the mean over a rectangle",
        .parameters = {{.name = "SIZE",
                        .type = parameter_type::size,
                        .least = 1,
                        .most = detail::most_tree_terms,
                        .about = "the columns and rows of the rectangle, as 15x4, or 15 for both",
                        .one_for_both = true}},
        .rounding = "half up, (sum + n / 2) / n in integer division, n the number of pixels",
        .floating = "sums in the channel's type, of columns, then of rows, in pairs, fours and so on, of more than 16 "
                    "rows in groups of 16; divided by n",
        .opencv = "cv::blur(src, dst, SIZE), which rounds halves to even",
        .pillow = "image.filter(ImageFilter.BoxBlur(SIZE // 2))",
        .scikit_image = "scipy.ndimage.uniform_filter(image, SIZE), which rounds down"};
    static constexpr box_fn stage(double const* values) {
        return box(detail::whole<int>(values[0]), detail::whole<int>(values[1]));
    }
};

QUOIN_NAMESPACE_END
