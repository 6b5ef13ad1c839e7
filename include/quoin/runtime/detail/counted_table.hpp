// SPDX-License-Identifier: BSL-1.0
// The tables of stages that are made of counts.
#pragma once

#include <quoin/runtime/detail/plan_chain.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Makes the table of an operation that is made of counts.
template <class E, class T>
void fill_table(double const* values, std::int64_t const* counts, T* table) {
    std::vector<index_t> const all(counts, counts + values_of<T>);
    std::vector<std::uint16_t> made(all.size());
    E::table(values, all, made.data());
    std::copy(made.begin(), made.end(), table);
}

/// Makes the table of a stage for a channel.
inline void table_of_counts(abi::stage const& s, int type, std::int64_t const* counts, void* table, char* message) {
    message[0] = 0;
    catalogue::at(s.operation, [&]<class E>(E) {
        with_channel(type, [&]<class T>(std::type_identity<T>) {
            if constexpr (is_counted<E> && !is_tiled<E> && takes_channel<E, T>) {
                try {
                    fill_table<E>(s.values, counts, static_cast<T*>(table));
                } catch (std::exception const& e) {
                    copy_message(e.what(), message);
                }
            }
        });
    });
}

} // namespace detail

QUOIN_NAMESPACE_END
