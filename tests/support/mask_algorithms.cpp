// SPDX-License-Identifier: BSL-1.0
#include "support/mask_algorithms.hpp"

QUOIN_TEST_MASK_ALGORITHMS()
