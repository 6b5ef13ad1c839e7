// SPDX-License-Identifier: BSL-1.0
// Points of images that stand out, as lists, and edges.
#pragma once

#include <quoin/feature/binary_descriptor.hpp>
#include <quoin/feature/canny.hpp>
#include <quoin/feature/contour_mask.hpp>
#include <quoin/feature/contours.hpp>
#include <quoin/feature/fast_corners.hpp>
#include <quoin/feature/good_features.hpp>
#include <quoin/feature/hog.hpp>
#include <quoin/feature/hough_lines.hpp>
#include <quoin/feature/keypoint.hpp>
#include <quoin/feature/local_peaks.hpp>
#include <quoin/feature/match_descriptors.hpp>
#include <quoin/feature/match_template.hpp>
#include <quoin/feature/orb.hpp>
#include <quoin/feature/phase_correlation.hpp>
#include <quoin/feature/shape/hull_polygon.hpp>
#include <quoin/feature/shape/locate.hpp>
#include <quoin/feature/shape/polygon.hpp>
#include <quoin/feature/shape/simplify.hpp>
#include <quoin/feature/shape/smallest_box.hpp>
#include <quoin/feature/shape/smallest_circle.hpp>
