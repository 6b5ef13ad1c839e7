// SPDX-License-Identifier: BSL-1.0
// Rearranging stages: crop and flips.
#pragma once

#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/geometry/interpolation.hpp>
#include <quoin/geometry/laplacian_pyramid.hpp>
#include <quoin/geometry/pad.hpp>
#include <quoin/geometry/polar.hpp>
#include <quoin/geometry/pyramid_down.hpp>
#include <quoin/geometry/pyramid_up.hpp>
#include <quoin/geometry/remap.hpp>
#include <quoin/geometry/resize.hpp>
#include <quoin/geometry/resize_area.hpp>
#include <quoin/geometry/resize_cubic.hpp>
#include <quoin/geometry/resize_linear.hpp>
#include <quoin/geometry/rotate.hpp>
#include <quoin/geometry/translate.hpp>
#include <quoin/geometry/transpose.hpp>
#include <quoin/geometry/undistort.hpp>
#include <quoin/geometry/warp_affine.hpp>
#include <quoin/geometry/warp_perspective.hpp>
