// SPDX-License-Identifier: BSL-1.0
// Bit images, and the functions that make and change them.
#pragma once

#include <quoin/mask/bits.hpp>
#include <quoin/mask/convex_hull.hpp>
#include <quoin/mask/distance_transform.hpp>
#include <quoin/mask/hit_or_miss.hpp>
#include <quoin/mask/local_threshold.hpp>
#include <quoin/mask/morphology.hpp>
#include <quoin/mask/runs.hpp>
#include <quoin/mask/squared_distance_transform.hpp>
#include <quoin/mask/thin.hpp>
#include <quoin/mask/to_bits.hpp>
