// SPDX-License-Identifier: BSL-1.0
// The arithmetic of filters, as far as it needs no other library.
#pragma once

#include <quoin/lanes/arithmetic.hpp>
#include <quoin/lanes/scalar_lanes.hpp>
#include <quoin/lanes/sums.hpp>
