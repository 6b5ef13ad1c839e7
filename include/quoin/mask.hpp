// SPDX-License-Identifier: BSL-1.0
// Masks of bits, and what makes and changes them.
#pragma once

#include <quoin/mask/bits.hpp>
#include <quoin/mask/distance_transform.hpp>
#include <quoin/mask/local_threshold.hpp>
#include <quoin/mask/morphology.hpp>
#include <quoin/mask/runs.hpp>
#include <quoin/mask/squared_distance_transform.hpp>
#include <quoin/mask/to_bits.hpp>
