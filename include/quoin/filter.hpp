// SPDX-License-Identifier: BSL-1.0
// All filters.
#pragma once

#include <quoin/filter/color/color_matrix.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/color/hsv.hpp>
#include <quoin/filter/color/lab.hpp>
#include <quoin/filter/color/rgb_to_ycbcr.hpp>
#include <quoin/filter/color/srgb.hpp>
#include <quoin/filter/color/swap_rb.hpp>
#include <quoin/filter/color/white_balance.hpp>
#include <quoin/filter/color/ycbcr_to_rgb.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/convolve.hpp>
#include <quoin/filter/linear/correlate.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/gaussian5.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/absolute.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/filter/point/premultiply.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/filter/point/unpremultiply.hpp>
#include <quoin/filter/point/vignette.hpp>
#include <quoin/filter/tone/curves.hpp>
#include <quoin/filter/tone/equalize.hpp>
#include <quoin/filter/tone/invert.hpp>
#include <quoin/filter/tone/lut.hpp>
