// SPDX-License-Identifier: BSL-1.0
// Connected components, regions and what is known of them.
#pragma once

#include <quoin/label/central_moments.hpp>
#include <quoin/label/component.hpp>
#include <quoin/label/components.hpp>
#include <quoin/label/connectivity.hpp>
#include <quoin/label/fill_holes.hpp>
#include <quoin/label/label_image.hpp>
#include <quoin/label/mean_intensities.hpp>
#include <quoin/label/region_statistics.hpp>
#include <quoin/label/remove_small_components.hpp>
#include <quoin/label/watershed.hpp>
