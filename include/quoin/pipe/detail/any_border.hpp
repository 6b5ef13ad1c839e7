// SPDX-License-Identifier: BSL-1.0
// Borders that are chosen at run time, and the parameters of the catalogue that choose one.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// One of the borders, with a value of type T for the constant one. A user calls chosen() and, if that is -1,
/// value_as(). The kind is the index of its word in border_parameter.
template <class T>
struct any_border {
    static constexpr bool periodic = false, has_value = true; // if the kind says so
    int kind;
    T value;

    /// Whether it is replicate or a constant: one pixel fills what is outside at an end.
    QUOIN_FN bool fills() const { return kind == 0 || kind > 3; }
    template <class P>
    QUOIN_FN P value_as() const {
        return constant(value).template value_as<P>();
    }
    /// The coordinate that is read for i, or -1 for the constant.
    QUOIN_FN index_t chosen(index_t i, index_t n) const {
        switch (kind) { // without the constants replicate and so on, which devices do not have
        case 0:
            return replicate_border{}(i, n);
        case 1:
            return reflect_border{}(i, n);
        case 2:
            return reflect_101_border{}(i, n);
        case 3:
            return wrap_border{}(i, n);
        default:
            return -1;
        }
    }
};

/// The words of the borders; and the same, with the border of the last extend() behind them.
inline constexpr char const* border_words = "replicate reflect reflect_101 wrap constant";
inline constexpr char const* border_or_extend_words = "replicate reflect reflect_101 wrap constant extend";
inline constexpr int border_of_extend = 5;

inline constexpr parameter border_parameter{.name = "BORDER",
                                            .type = parameter_type::choice,
                                            .choices = border_words,
                                            .about =
                                                "aaa|abcd|ddd, cba|abcd|dcb, dcb|abcd|cba, bcd|abcd|abc, vvv|abcd|vvv"};
inline constexpr parameter border_or_extend_parameter{
    .name = "BORDER",
    .type = parameter_type::choice,
    .preset = "extend",
    .choices = border_or_extend_words,
    .about = "as that of extend; extend: the border of the last extend before it"};
inline constexpr parameter border_value_parameter{.name = "VALUE",
                                                  .least = -3.4028234e38,
                                                  .most = 3.4028234e38,
                                                  .preset = "0",
                                                  .about = "of the constant border, in all channels"};

} // namespace detail

QUOIN_NAMESPACE_END
