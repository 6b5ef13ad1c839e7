// SPDX-License-Identifier: BSL-1.0
// Pixel and channel types, geometry and errors.
#pragma once

#include <quoin/core/connectivity.hpp>
#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>
#include <quoin/core/half.hpp>
#include <quoin/core/image_alignment.hpp>
#include <quoin/core/numeric.hpp>
#include <quoin/core/pixel.hpp>
#include <quoin/core/structuring_element.hpp>
#include <quoin/core/tap_table.hpp>
#include <quoin/core/tuning.hpp>
#include <quoin/core/uninitialized.hpp>
#include <quoin/core/ycbcr.hpp>
