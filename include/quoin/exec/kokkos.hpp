// SPDX-License-Identifier: BSL-1.0
// kokkos: pipelines and algorithms on a Kokkos execution space. Needs Kokkos, which the caller initializes.
#pragma once

#include <quoin/exec/kokkos_tiles.hpp>

QUOIN_NAMESPACE_BEGIN

/// kokkos<Kokkos::Cuda> and other device spaces evaluate as kokkos_tiles. kokkos<Kokkos::OpenMP> and other host spaces
/// run the line engine: one Kokkos kernel, in which each call computes one block. The lane family gives the number of
/// pixels a step: kokkos<Kokkos::OpenMP, simd_lanes> uses vectors, as parallel_simd does. Do not nest it inside
/// parallel.
template <class Space, class Lanes = scalar_lanes>
class kokkos : public kokkos_tiles<Space> {
public:
    std::string name() const { return "kokkos"; }
};

template <class Space, class Lanes>
    requires(detail::on_host<Space>)
class kokkos<Space, Lanes> {
public:
    using lanes = Lanes;

    int concurrency() const { return static_cast<int>(Space().concurrency()); }
    std::string name() const { return "kokkos"; }

    /// @throws invalid_argument unless Kokkos is running.
    template <class F>
    void bulk(index_t n, F const& f) const {
        detail::kokkos_bulk<Space>(n, f);
    }
};

QUOIN_NAMESPACE_END
