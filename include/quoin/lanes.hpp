// SPDX-License-Identifier: BSL-1.0
// The lane functions for scalars; the headers for SIMD need xsimd and are apart.
#pragma once

#include <quoin/lanes/arithmetic.hpp>
#include <quoin/lanes/products.hpp>
#include <quoin/lanes/scalar_lanes.hpp>
#include <quoin/lanes/sums.hpp>
