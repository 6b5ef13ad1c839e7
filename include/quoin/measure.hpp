// SPDX-License-Identifier: BSL-1.0
// Functions that reduce an image to a few values, and the background.
#pragma once

#include <quoin/measure/by_label.hpp>
#include <quoin/measure/counts.hpp>
#include <quoin/measure/estimate_background.hpp>
#include <quoin/measure/frame_average.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/image_error.hpp>
#include <quoin/measure/integral_image.hpp>
#include <quoin/measure/joint_histogram.hpp>
#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/moments.hpp>
#include <quoin/measure/ms_ssim.hpp>
#include <quoin/measure/otsu.hpp>
#include <quoin/measure/projections.hpp>
#include <quoin/measure/ssim.hpp>
#include <quoin/measure/statistics.hpp>
#include <quoin/measure/sum.hpp>
#include <quoin/measure/thresholds.hpp>
