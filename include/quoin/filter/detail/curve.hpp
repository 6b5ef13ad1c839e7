// SPDX-License-Identifier: BSL-1.0
// curve: the base of stages that map each value by a formula.
#pragma once

#include <quoin/filter/detail/powers.hpp>
#include <quoin/filter/detail/tables.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The base of a stage F. For pixels of u8 and u16 it becomes a table of the rounded values of
///     double value(double v, double white) const;
/// which all such stages share as one type of stage. For float it becomes the functor floats().
template <class F>
struct curve {
    using expands = void;
    /// Stages with tables are made once for an evaluation of a chain, and not when it is planned.
    using keeps_format = void;

    template <class P>
    auto expand(extent = {}) const {
        using T = channel_t<P>;
        static_assert(takes<T>, "quoin: a curve such as gamma or levels maps pixels of u8, u16 and float; put "
                                "convert_to<float> before it");
        auto const& self = static_cast<F const&>(*this);
        if constexpr (has_tables<T>) {
            auto const fill = [&self](T* to) {
                for (index_t v = 0; v < values_of<T>; ++v)
                    to[v] = saturate<T>(self.value(static_cast<double>(v), static_cast<double>(white<T>)));
            };
            if constexpr (sizeof(T) == 1) {
                T values[256];
                fill(values);
                return compose(byte_lut<1>(values));
            } else {
                return compose(shared_lut<T, T, 1>(fill));
            }
        } else if constexpr (takes<T>) {
            return compose(self.floats());
        } else {
            return compose(); // one error message is enough
        }
    }

    template <class T>
    static constexpr bool takes = has_tables<T> || std::same_as<T, float>;
};

/// The base of the catalogue's entries of curves.
template <class Entry>
struct entry_of_curve : entry_of<Entry> {
    template <class T>
    static constexpr bool takes = has_tables<T> || std::same_as<T, float>;
};

} // namespace detail

QUOIN_NAMESPACE_END
