// SPDX-License-Identifier: BSL-1.0
// The algorithms on masks that take longest to compile, compiled once for all tests, in mask_algorithms.cpp.
#pragma once

#include <quoin/rect/segment.hpp>

#define QUOIN_TEST_MASK_ALGORITHMS(EXTERN)                                                                             \
    EXTERN template void quoin::detail::components_in_strips(                                                          \
        quoin::detail::policy_ref const&, quoin::bit_image const&, quoin::connectivity, quoin::index_t,                \
        quoin::component_map&, quoin::detail::label_memory&);                                                          \
    EXTERN template quoin::minimum_walls quoin::detail::walls_of(                                                      \
        quoin::detail::policy_ref const&, quoin::bit_image const&, quoin::minimum_options const&);                     \
    EXTERN template quoin::regularized quoin::detail::regularize(quoin::detail::policy_ref const&,                     \
                                                                 quoin::bit_image const&, quoin::component_map const&, \
                                                                 quoin::regularize_options const&);                    \
    EXTERN template void quoin::detail::segment(quoin::detail::policy_ref const&, quoin::bit_image const&,             \
                                                quoin::segment_options const&, quoin::segmentation&,                   \
                                                quoin::detail::segment_memory&);
QUOIN_TEST_MASK_ALGORITHMS(extern)
