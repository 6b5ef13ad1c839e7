// SPDX-License-Identifier: BSL-1.0
// Structuring elements as the values of a parameter of the catalogue.
#pragma once

#include <quoin/core/structuring_element.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The third value of an element. The first two are its sides, its radius and 0, or its length and angle. Behind those
/// of `rows` are its pixels, 0 or 1.
enum class element_shape { rectangle, disc, ellipse, cross, line, rows };

inline constexpr parameter element_parameter{
    .name = "ELEMENT",
    .type = parameter_type::element,
    .least = 1,
    .most = structuring_element::most_side,
    .about = "15x4 or 15, disc:7, ellipse:15x9 or ellipse:15, cross:3, line:15:30, or rows of 0 and 1 as 010/111/010"};

inline bool is_rectangle(double const* values) {
    return static_cast<element_shape>(whole<int>(values[2])) == element_shape::rectangle;
}
inline structuring_element element_of(double const* values) {
    using element = structuring_element;
    int const a = whole<int>(values[0]), b = whole<int>(values[1]);
    switch (static_cast<element_shape>(whole<int>(values[2]))) {
    case element_shape::disc:
        return element::disc(a);
    case element_shape::ellipse:
        return element::ellipse(a, b);
    case element_shape::cross:
        return element::cross(a);
    case element_shape::line:
        return element::line(a, values[1]);
    case element_shape::rows: {
        std::string text;
        for (int i = 0; i < a * b; ++i) {
            if (i > 0 && i % a == 0) text += '/';
            text += values[3 + i] != 0 ? '1' : '0';
        }
        return element::from_rows(text);
    }
    default:
        return element::rectangle(a, b);
    }
}

} // namespace detail

QUOIN_NAMESPACE_END
