// SPDX-License-Identifier: BSL-1.0
// operation, parameter: what can be said of a stage that is chosen by its name; the entries of the catalogue.
#pragma once

#include <quoin/pipe/stage.hpp>

// Not in the namespace of an instruction set: nothing here is compiled to instructions, and quoin::runtime hands it
// out.
namespace quoin {

/// What a parameter is in text.
enum class parameter_type {
    integer, ///< a whole number in [least, most]
    number,  ///< a number in [least, most]
    choice,  ///< one of the words of `choices`, separated by blanks; its value is the place of the word, from 0
    kernel   ///< rows of numbers, separated by '/', each by ':' or blanks, and a divisor behind '@', 1 without one; its
             ///< values are the width, the height, the divisor and the numbers, row by row; the last parameter
};

/// A parameter of an operation.
struct parameter {
    char const* name = nullptr;
    parameter_type type = parameter_type::number;
    double least = 0, most = 0;    ///< of a kernel: of its sides, which are odd
    char const* preset = nullptr;  ///< the text that stands for it where it is left out; null: it must be given
    char const* choices = nullptr; ///< of a choice
    char const* about = "";        ///< half a sentence
};

/// What the catalogue says of an operation. In text it is `name` or `name=a:b:c`, the parameters in their order; those
/// with a preset can be left out from the end on.
struct operation {
    static constexpr int most_parameters = 4;

    char const* name = nullptr;
    char const* about = "";                  ///< what it computes, in half a sentence
    parameter parameters[most_parameters]{}; ///< the first ones that have a name
    char const* rounding = "";               ///< of integer channels
    char const* floating = "";               ///< of floating-point channels; empty: the same
    char const* opencv = "";                 ///< the call that gives the same; empty where there is none
    char const* pillow = "";
    char const* scikit_image = "";

    constexpr int parameter_count() const {
        int count = 0;
        while (count < most_parameters && parameters[count].name) ++count;
        return count;
    }
};

} // namespace quoin

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// An entry of the catalogue says
///     static constexpr operation about;
///     static auto with_stage(double const* values, F const& f);
/// The latter is f(stage) with the stage of these values, one for each parameter, of a kernel all of its values.
template <class E>
concept catalogue_entry = requires {
    { E::about } -> std::convertible_to<operation>;
};

} // namespace concepts

/// An entry whose stage follows from its values by a function.
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
