// SPDX-License-Identifier: BSL-1.0
// Disjoint sets whose root is their smallest member.
#pragma once

#include <quoin/core/geometry.hpp>

#include <type_traits>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The smallest member of i's set. Invariant: parent[i] <= i, with equality only for roots.
template <class Index>
constexpr Index find_root(Index* parent, std::type_identity_t<Index> i) {
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/// Joins the sets of a and b. The larger root becomes a child of the smaller one, which numbers components in raster
/// order (a union by rank would not). Path halving keeps it fast.
template <class Index>
constexpr void unite(Index* parent, std::type_identity_t<Index> a, std::type_identity_t<Index> b) {
    a = find_root(parent, a);
    b = find_root(parent, b);
    (a < b ? parent[b] : parent[a]) = a < b ? a : b;
}

} // namespace detail
QUOIN_NAMESPACE_END
