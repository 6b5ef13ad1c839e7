// SPDX-License-Identifier: BSL-1.0
// Functions that reduce an image to a few values, and the background.
#pragma once

#include <quoin/measure/estimate_background.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/otsu.hpp>
#include <quoin/measure/sum.hpp>
