// SPDX-License-Identifier: BSL-1.0
// lut: values looked up in a table.
#pragma once

#include <quoin/filter/detail/tables.hpp>

#include <iterator>
#include <vector>

QUOIN_NAMESPACE_BEGIN

/// The stage made by lut(), with tables of U.
template <class U, int Tables>
class lut_fn {
public:
    using expands = void;

    /// @throws invalid_argument unless each table has 256 or 65,536 values, all the same number.
    template <class... Range>
    explicit lut_fn(Range const&... tables) {
        static_assert(sizeof...(Range) == Tables);
        index_t const sizes[] = {static_cast<index_t>(std::size(tables))...};
        for (index_t const size : sizes)
            if ((size != 256 && size != 65536) || size != sizes[0])
                detail::raise("quoin::lut: a table has ", size, " values",
                              size == sizes[0]
                                  ? "; give 256 values for bytes or 65536 for 16 bits"
                                  : ", and the first one " + std::to_string(sizes[0]) + "; give tables of one length");
        auto all = std::make_shared<std::vector<U>>();
        (all->insert(all->end(), std::data(tables), std::data(tables) + std::size(tables)), ...);
        values_ = std::move(all);
    }

    template <class P>
    auto expand() const {
        using T = channel_t<P>;
        static_assert(detail::has_tables<T>,
                      "quoin::lut: values are looked up for pixels of u8 and u16; put convert_to before it");
        static_assert(Tables == 1 || Tables == channels_v<P>,
                      "quoin::lut: the number of tables is not that of the channels; give one table, or one for each");
        constexpr bool fits = detail::has_tables<T> && (Tables == 1 || Tables == channels_v<P>);
        if constexpr (fits) {
            auto const size = static_cast<index_t>(values_->size()) / Tables;
            if (size != detail::values_of<T>)
                detail::raise("quoin::lut: a table of ", size, " values cannot follow pixels of ", 8 * sizeof(T),
                              " bits; give ", detail::values_of<T>, " values");
            return compose(detail::lut_of<T, U, Tables>(values_->data()));
        } else {
            return compose(); // one error message is enough
        }
    }

private:
    std::shared_ptr<std::vector<U> const> values_;
};

/// Pointwise stage. Each channel v becomes table[v]. Pixels are u8, with a table of 256 values, or u16, with 65,536.
/// The type of the table is that of the result: any channel type, half or bfloat16. A table is a vector, an array, or
/// anything else with std::size and std::data. It is copied, and copies of the stage share it. Of bytes to bytes it
/// becomes part of the stage. There is no rounding, and values do not depend on the policy.
///
/// Cost: a load for each channel, or for bytes to bytes under the SIMD policies some 50 instructions for a register of
/// bytes (4 with AVX512-VBMI). Neighbors that map bytes to bytes, such as threshold or other tables, are put into its
/// tables and cost nothing there. Making the stage copies the table.
/// @throws invalid_argument unless the table has 256 or 65,536 values, and as many as the pixels have when the
/// pipeline is made.
template <class Range>
    requires requires(Range const& r) { std::data(r); }
auto lut(Range const& table) {
    using U = std::remove_cvref_t<decltype(*std::data(table))>;
    return lut_fn<U, 1>(table);
}

/// The same with a table for each channel, which are 2, 3 or 4 of one type and length: lut(red, green, blue).
template <class First, class Second, class... More>
    requires requires(First const& a, Second const& b) {
        std::data(a);
        std::data(b);
    }
auto lut(First const& first, Second const& second, More const&... more) {
    using U = std::remove_cvref_t<decltype(*std::data(first))>;
    return lut_fn<U, 2 + int{sizeof...(More)}>(first, second, more...);
}

namespace detail {

/// f(v) for each value. f is a pointwise stage for one channel, or stands for such stages.
template <class T, class F>
auto values_through(F const& f, std::vector<T> values);
template <class T, int I, class Stages>
auto values_through_all(Stages const& stages, std::vector<T> values) {
    if constexpr (I == Stages::size) {
        return values;
    } else {
        auto next = values_through(get<I>(stages), std::move(values));
        return values_through_all<typename decltype(next)::value_type, I + 1>(stages, std::move(next));
    }
}
template <class T, class F>
auto values_through(F const& f, std::vector<T> values) {
    if constexpr (is_composed<F>) {
        return values_through_all<T, 0>(f.stages, std::move(values));
    } else if constexpr (expanding_stage<F>) {
        return values_through(expansion<T>(f, extent{}), std::move(values));
    } else {
        using R = stage_result_t<F, T>;
        std::vector<R> results(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) results[i] = static_cast<R>(f(values[i]));
        return results;
    }
}

} // namespace detail

/// The table of a pointwise stage, or of several: table[v] is the result of gray pixels of v, for all 256 values of u8
/// or 65,536 of u16. lut() looks values up in it. So `lut(table_of<std::uint16_t>(levels(64, 4095) |
/// adjust_gamma(0.45f)))` computes both once for each value, for any number of images. The stages must not depend on
/// the place or on the neighbors of a pixel. Cost: one call of each stage for each value.
template <class T, class F>
auto table_of(F const& f) {
    static_assert(detail::has_tables<T>, "quoin::table_of: tables are made for u8 and u16");
    static_assert(kind_of<F> == stage_kind::pointwise, "quoin::table_of: give a pointwise stage");
    std::vector<T> all(static_cast<std::size_t>(detail::values_of<T>));
    for (std::size_t v = 0; v < all.size(); ++v) all[v] = static_cast<T>(v);
    return detail::values_through(f, std::move(all));
}

QUOIN_NAMESPACE_END
