// SPDX-License-Identifier: BSL-1.0
// pad: the image with pixels of its border around it.
#pragma once

#include <quoin/geometry/detail/bordered_rows.hpp>
#include <quoin/geometry/detail/resampling.hpp>
#include <quoin/pipe/detail/any_border.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by pad().
class pad_fn {
public:
    using gathers = void;
    static constexpr char const* name = "pad";

    constexpr pad_fn(index_t left, index_t top, index_t right, index_t bottom)
        : left_(left), top_(top), right_(right), bottom_(bottom) {
        for (index_t const side : {left, top, right, bottom})
            if (side < 0 || side > detail::most_side)
                detail::raise("quoin::pad: ", left, ":", top, ":", right, ":", bottom,
                              " pixels around the image; give numbers from 0 to ", detail::most_side);
    }

    constexpr extent result(extent input) const {
        detail::check_input("pad", input);
        extent const size{left_ + input.width + right_, top_ + input.height + bottom_};
        detail::check_result("pad", size);
        return size;
    }
    template <class View, class Border>
    QUOIN_FN auto at(View const& v, Border const& border, index_t x, index_t y) const {
        return detail::pixel_or_constant(v, border, detail::coordinate_or_border(border, x - left_, v.width()),
                                         detail::coordinate_or_border(border, y - top_, v.height()));
    }
    template <class View, class Border>
    constexpr void row(View const& v, Border const& border,
                       detail::pixel_line<channel_t<typename View::pixel_type>> const& to, interval columns,
                       index_t y) const {
        detail::put_bordered(to, v, border, {columns.begin - left_, columns.end - left_},
                             detail::coordinate_or_border(border, y - top_, v.height()));
    }

private:
    index_t left_, top_, right_, bottom_;
};

/// Gathering stage. out(x, y) = in(x - left, y - top), with left + width + right columns and top + height + bottom
/// rows. Pixels outside the input are those of the border of the last extend() before the stage. Same pixel type,
/// exact. Local stages behind it read their border at the edge of the larger image. The bytes are those of OpenCV's
/// copyMakeBorder. Cost: one copy of each row from a view to a view, and one more if stores bypass the caches. Memory:
/// none, if the input is a view or a part of one. Otherwise an image of it.
/// @throws invalid_argument if a number is negative or above 2^31 - 1. The pipeline throws it when it is made, if its
/// input is empty or a side of the result exceeds 2^31 - 1.
constexpr pad_fn pad(index_t left, index_t top, index_t right, index_t bottom) {
    return {left, top, right, bottom};
}

/// The stage made by pad() with a border of its own.
template <class Border>
class pad_with_fn {
public:
    using gathers = void;
    using own_border = Border;
    static constexpr char const* name = pad_fn::name;

    constexpr pad_with_fn(pad_fn const& around, Border const& border) : around_(around), border_(border) {}

    constexpr extent result(extent input) const { return around_.result(input); }
    template <class View, class Chain>
    QUOIN_FN auto at(View const& v, Chain const& chain, index_t x, index_t y) const {
        return around_.at(v, own(chain), x, y);
    }
    template <class View, class Chain>
    constexpr void row(View const& v, Chain const& chain,
                       detail::pixel_line<channel_t<typename View::pixel_type>> const& to, interval columns,
                       index_t y) const {
        around_.row(v, own(chain), to, columns, y);
    }

private:
    template <class Chain>
    QUOIN_FN Border const& own(Chain const&) const {
        return border_;
    }
    /// Of the type that the stage without a border reads, so that its code is compiled once.
    template <class T>
    QUOIN_FN detail::any_border<T> own(detail::any_border<T> const&) const
        requires std::same_as<Border, detail::any_border<double>>
    {
        return {border_.kind, saturate<T>(border_.value)};
    }

    pad_fn around_;
    [[no_unique_address]] Border border_;
};

/// The same with a border of its own: replicate, reflect, reflect_101, wrap or constant(value). The border of the
/// chain is not read, and is that of the stages behind it.
/// A constant has one channel or as many as the pixels.
template <concepts::border Border>
constexpr pad_with_fn<Border> pad(index_t left, index_t top, index_t right, index_t bottom, Border border) {
    return {pad(left, top, right, bottom), border};
}

namespace detail {
constexpr parameter pad_parameter(char const* name, char const* about) {
    return {.name = name,
            .type = parameter_type::integer,
            .least = 0,
            .most = static_cast<double>(most_side),
            .about = about};
}
} // namespace detail

/// The catalogue's entry.
struct pad_entry {
    static constexpr operation about{.name = "pad",
                                     .about = "pixels of the border around the image",
                                     .parameters = {detail::pad_parameter("LEFT", "columns on its left"),
                                                    detail::pad_parameter("TOP", "rows above"),
                                                    detail::pad_parameter("RIGHT", "columns on its right"),
                                                    detail::pad_parameter("BOTTOM", "rows below"),
                                                    detail::border_or_extend_parameter, detail::border_value_parameter},
                                     .rounding = "none",
                                     .opencv = "cv::copyMakeBorder(src, dst, TOP, BOTTOM, LEFT, RIGHT, borderType)",
                                     .pillow = "ImageOps.expand(image, (LEFT, TOP, RIGHT, BOTTOM)), a constant",
                                     .scikit_image = "numpy.pad(image, ((TOP, BOTTOM), (LEFT, RIGHT)), mode)"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        pad_fn const around = pad(detail::whole<index_t>(values[0]), detail::whole<index_t>(values[1]),
                                  detail::whole<index_t>(values[2]), detail::whole<index_t>(values[3]));
        int const border = detail::whole<int>(values[4]);
        if (border == detail::border_of_extend) return f(around);
        return f(pad_with_fn(around, detail::any_border<double>{border, values[5]}));
    }
};

QUOIN_NAMESPACE_END
