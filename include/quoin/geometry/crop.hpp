// SPDX-License-Identifier: BSL-1.0
// crop: a rectangle of the image.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/pipe/pipeline.hpp>

QUOIN_NAMESPACE_BEGIN

/// The stage made by crop().
class crop_fn {
public:
    using rearranges = void;
    static constexpr bool mirrors_columns = false, mirrors_rows = false;

    constexpr explicit crop_fn(rect r) : region_(r) {
        if (r.width < 1 || r.height < 1)
            detail::raise("quoin::crop: a rectangle of ", r.width, " x ", r.height,
                          " pixels; give a width and a height of at least 1");
    }

    /// @throws invalid_argument unless the rectangle lies inside the input.
    constexpr rect region(extent input) const {
        if (!rect{0, 0, input.width, input.height}.contains(region_))
            detail::raise("quoin::crop: the rectangle at (", region_.x, ", ", region_.y, ") of ", region_.width, " x ",
                          region_.height, " pixels does not lie inside ", input.width, " x ", input.height,
                          "; give x + width <= ", input.width, " and y + height <= ", input.height);
        return region_;
    }

private:
    rect region_;
};

/// Rearranging stage. out(x, y) = in(r.x + x, r.y + y), with r.width x r.height pixels. Same pixel type, exact. Local
/// stages behind it read their border at the edge of the rectangle. Stages before it compute only the rows and columns
/// that are needed. Cost: none for a view.
/// @throws invalid_argument unless r has pixels. The pipeline throws it when it is made, unless r lies inside the
/// input.
constexpr crop_fn crop(rect r) {
    return crop_fn(r);
}
constexpr crop_fn crop(index_t x, index_t y, index_t width, index_t height) {
    return crop_fn({x, y, width, height});
}

/// The error message for `view | crop`.
template <concepts::readable Source>
constexpr auto operator|(Source const& source, detail::function_name<crop_fn, rect>) {
    return detail::uncalled(source);
}

namespace detail {
constexpr parameter crop_parameter(char const* name, double least, char const* about) {
    return {.name = name, .type = parameter_type::integer, .least = least, .most = 2147483647, .about = about};
}
} // namespace detail

/// The catalogue's entry.
struct crop_entry : entry_of<crop_entry> {
    static constexpr operation about{.name = "crop",
                                     .about = "a rectangle of the image",
                                     .parameters = {detail::crop_parameter("X", 0, "its left column"),
                                                    detail::crop_parameter("Y", 0, "its top row"),
                                                    detail::crop_parameter("WIDTH", 1, "its columns"),
                                                    detail::crop_parameter("HEIGHT", 1, "its rows")},
                                     .rounding = "none",
                                     .opencv = "src(cv::Rect(X, Y, WIDTH, HEIGHT))",
                                     .pillow = "image.crop((X, Y, X + WIDTH, Y + HEIGHT))",
                                     .scikit_image = "image[Y:Y + HEIGHT, X:X + WIDTH]"};
    static constexpr crop_fn stage(double const* values) {
        return crop(detail::whole<index_t>(values[0]), detail::whole<index_t>(values[1]),
                    detail::whole<index_t>(values[2]), detail::whole<index_t>(values[3]));
    }
};

QUOIN_NAMESPACE_END
