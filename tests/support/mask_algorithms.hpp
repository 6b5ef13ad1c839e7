// SPDX-License-Identifier: BSL-1.0
// The algorithms on masks that take longest to compile, under policies behind test::scalar_policy: compiled once for all
// tests, in mask_algorithms.cpp.
#pragma once

#include "support/policies.hpp"

#include <quoin/rect/segment.hpp>

namespace test {

/// Any policy as the one under which those algorithms are compiled.
template <quoin::concepts::policy Policy>
scalar_policy behind_one_type(Policy const& p) {
    return scalar_policy::of(p);
}

} // namespace test

#define QUOIN_TEST_MASK_ALGORITHMS(EXTERN)                                                                             \
    EXTERN template quoin::component_map quoin::components(test::scalar_policy const&, quoin::bit_image const&,        \
                                                           quoin::connectivity);                                       \
    EXTERN template quoin::minimum_walls quoin::minimum_partition(test::scalar_policy const&, quoin::bit_image const&, \
                                                                  quoin::minimum_options const&);                      \
    EXTERN template quoin::regularized quoin::regularize(test::scalar_policy const&, quoin::bit_image const&,          \
                                                         quoin::regularize_options const&);                            \
    EXTERN template quoin::segmentation quoin::segment(test::scalar_policy const&, quoin::bit_image const&,            \
                                                       quoin::segment_options const&);                                 \
    EXTERN template void quoin::detail::segment(test::scalar_policy const&, quoin::bit_image const&,                   \
                                                quoin::segment_options const&, quoin::segmentation&,                   \
                                                quoin::detail::merge_memory&);
QUOIN_TEST_MASK_ALGORITHMS(extern)
