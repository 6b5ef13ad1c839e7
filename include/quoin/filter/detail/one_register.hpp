// SPDX-License-Identifier: BSL-1.0
// one_register: the values of one register of a family of lanes.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// One register of lanes, or a scalar: a network of more registers would spill them.
template <class Lanes, class T>
struct one_register {
    using type = T;
    static constexpr int count = 1;
    static QUOIN_ALWAYS_INLINE T load(T const* p) { return *p; }
    static QUOIN_ALWAYS_INLINE void store(T* p, T v) { *p = v; }
};
template <class Lanes, class T>
    requires(Lanes::count > 1)
struct one_register<Lanes, T> {
    using type = typename Lanes::template type<T>::in_register;
    static constexpr int count = type::count;
    static QUOIN_ALWAYS_INLINE type load(T const* p) { return type::load(p); }
    static QUOIN_ALWAYS_INLINE void store(T* p, type const& v) { v.store(p); }
};

} // namespace detail

QUOIN_NAMESPACE_END
