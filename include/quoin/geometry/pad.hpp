// SPDX-License-Identifier: BSL-1.0
// pad: the image with pixels of its border around it.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>
#include <quoin/geometry/detail/sampling.hpp>
#include <quoin/image/planar_view.hpp>
#include <quoin/pipe/detail/any_border.hpp>

#include <algorithm>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Copies `count` pixels of a row from column x on, channel c to `to + c * plane`.
template <class View, class T>
constexpr void copy_pixels(View const& v, index_t x, index_t y, index_t count, T* to, index_t plane) {
    using P = std::remove_const_t<typename View::pixel_type>;
    for (index_t i = 0; i < count; ++i) {
        P const p = v.load(x + i, y);
        for_each_channel<P>([&](auto c) { to[i + decltype(c)::value * plane] = get_channel<decltype(c)::value>(p); });
    }
}
template <class P, class T>
constexpr void copy_pixels(image_view<P> const& v, index_t x, index_t y, index_t count, T* to, index_t plane) {
    constexpr int channels = channels_v<std::remove_const_t<P>>;
    T const* const from = v.row(y) + x * channels;
    if constexpr (channels == 1) {
        std::copy_n(from, count, to);
    } else {
        for (int c = 0; c < channels; ++c)
            for (index_t i = 0; i < count; ++i) to[i + c * plane] = from[i * channels + c];
    }
}
template <class P, class T>
constexpr void copy_pixels(planar_view<P> const& v, index_t x, index_t y, index_t count, T* to, index_t plane) {
    for (int c = 0; c < channels_v<std::remove_const_t<P>>; ++c) std::copy_n(v.row(c, y) + x, count, to + c * plane);
}

} // namespace detail

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
    constexpr void row(View const& v, Border const& border, channel_t<typename View::pixel_type>* line, index_t plane,
                       interval columns, index_t y) const {
        index_t const from = detail::coordinate_or_border(border, y - top_, v.height());
        interval inner{std::clamp(left_, columns.begin, columns.end),
                       std::clamp(left_ + v.width(), columns.begin, columns.end)};
        if (from < 0) inner = {columns.begin, columns.begin}; // all are the constant
        auto const put = [&](interval some) {
            for (index_t x = some.begin; x < some.end; ++x) {
                auto const p = at(v, border, x, y);
                for_each_channel<std::remove_const_t<decltype(p)>>([&](auto c) {
                    line[x - columns.begin + decltype(c)::value * plane] = get_channel<decltype(c)::value>(p);
                });
            }
        };
        put({columns.begin, inner.begin});
        if (inner.begin < inner.end)
            detail::copy_pixels(v, inner.begin - left_, from, inner.end - inner.begin,
                                line + (inner.begin - columns.begin), plane);
        put({inner.end, columns.end});
    }

private:
    index_t left_, top_, right_, bottom_;
};

/// Gathering stage. out(x, y) = in(x - left, y - top), with left + width + right columns and top + height + bottom
/// rows. Pixels outside the input are those of the border of the last extend() before the stage. Same pixel type,
/// exact. Local stages behind it read their border at the edge of the larger image. The bytes are those of OpenCV's
/// copyMakeBorder. Cost: one copy of each row within the caches. Memory: none, if the input is a view or a part of one.
/// Otherwise an image of it.
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
    constexpr void row(View const& v, Chain const& chain, channel_t<typename View::pixel_type>* line, index_t plane,
                       interval columns, index_t y) const {
        around_.row(v, own(chain), line, plane, columns, y);
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
