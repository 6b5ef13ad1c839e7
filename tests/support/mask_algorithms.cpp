// SPDX-License-Identifier: BSL-1.0
// What mask_algorithms.hpp declares.
#include "support/mask_algorithms.hpp"

QUOIN_TEST_MASK_ALGORITHMS()
