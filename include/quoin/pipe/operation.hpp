// SPDX-License-Identifier: BSL-1.0
// operation, parameter: the description of a stage that is chosen by its name; the entries of the catalogue.
#pragma once

#include <quoin/pipe/stage.hpp>

// This is outside the namespace of an instruction set: nothing here is compiled to instructions, and quoin::runtime
// returns these types.
namespace quoin {

/// The type of a parameter in text.
enum class parameter_type {
    integer, ///< a whole number in [least, most]
    number,  ///< a number in [least, most]
    choice,  ///< one of the words of `choices`, separated by blanks; the value is the index of the word, from 0
    size,    ///< two whole numbers in [least, most] joined by an x; the values are both
    kernel,  ///< rows of numbers: '/' separates rows, ':' or blanks separate numbers, and '@' precedes a divisor (1 if
             ///< left out); the values are the width, the height, the divisor and the numbers, row by row; only the
             ///< last parameter can be a kernel
    element  ///< a structuring element: 15x4 or 15, disc:R, ellipse:15x9 or ellipse:15, cross:R, line:LENGTH:ANGLE, or
             ///< rows of 0 and 1 as 010/111/010, at least two; the values are two numbers, the number of the shape in
             ///< that order, and the pixels of rows; those of a rectangle are its sides and 0, which can be left out
             ///< in code; only the last parameter can be an element
};

/// A parameter of an operation.
struct parameter {
    char const* name = nullptr;
    parameter_type type = parameter_type::number;
    double least = 0, most = 0;    ///< the range of the value; of the sides of a kernel, which are odd, or an element
    char const* preset = nullptr;  ///< the text of the default value; null: the parameter is required
    char const* choices = nullptr; ///< the words of a choice
    char const* about = "";        ///< half a sentence
    bool at_most_white = false;    ///< above the white of integers it leaves no pixel, as a threshold does
    bool one_for_both = false;     ///< a size: one number is both sides
    bool two_rows = false;         ///< a kernel: two rows, each with its own number of values, which stand in the place
                                   ///< of width and height
};

/// The description of an operation in the catalogue. Its text is `name` or `name=a:b:c`, with the parameters in order.
/// Trailing parameters with a preset can be left out. One that combines several images has a chain in parentheses
/// behind it for each of the others, `name(chain)` or `name=a:b:c(chain)`; see any_pipeline.
struct operation {
    static constexpr int most_parameters = 12;

    char const* name = nullptr;
    char const* about = "";                  ///< the function of the operation, in half a sentence
    int inputs = 1;                          ///< how many images it combines, at most 3; the third is a mask
    parameter parameters[most_parameters]{}; ///< the parameters are the first ones that have a name
    char const* rounding = "";               ///< the rounding of integer channels
    char const* floating = "";               ///< the arithmetic of floating-point channels; empty: the same
    char const* opencv = "";                 ///< the equivalent call; empty if there is none
    char const* pillow = "";
    char const* scikit_image = "";
    bool reads_alpha = false; ///< it needs the alpha of its pixels, which command lines drop otherwise
    bool gray_others = false; ///< the others are gray, whatever the first image is
    bool reads_maps = false;  ///< the others are no such images but maps, gray and of f32, of the result's extent
    bool reads_whole = false; ///< it is a whole stage: a pixel of the result may depend on all of the others

    /// Whether others that are computed are images that are made before.
    constexpr bool reads_images() const { return reads_maps || reads_whole; }
    constexpr int parameter_count() const {
        int count = 0;
        while (count < most_parameters && parameters[count].name) ++count;
        return count;
    }
};

} // namespace quoin

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// An entry of the catalogue has
///     static constexpr operation about;
///     static auto with_stage(double const* values, F const& f);
/// with_stage returns f(stage) for the stage with these values. There is one value for each parameter, two for a size,
/// and several for a kernel or an element. Where about.reads_maps, it has
///     static auto stage_of_maps(double const* values, image_view<float const> const& first, second);
/// instead, which does not read the maps. Where about.reads_whole, the stage has fill(policy, image, other, result) for
/// a channel of two images.
template <class E>
concept catalogue_entry = requires {
    { E::about } -> std::convertible_to<operation>;
};

} // namespace concepts

/// The base of an entry with a function stage(values), which returns the stage.
template <class E>
struct entry_of {
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        return f(E::stage(values));
    }
};

namespace detail {
/// The value of an integer parameter.
template <class I>
constexpr I whole(double value) {
    return static_cast<I>(value);
}
} // namespace detail

QUOIN_NAMESPACE_END
