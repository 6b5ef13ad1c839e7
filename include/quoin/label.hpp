// SPDX-License-Identifier: BSL-1.0
// Connected components and regions, and their properties.
#pragma once

#include <quoin/label/component.hpp>
#include <quoin/label/component_hulls.hpp>
#include <quoin/label/components.hpp>
#include <quoin/label/connectivity.hpp>
#include <quoin/label/fill_holes.hpp>
#include <quoin/label/keep_components.hpp>
#include <quoin/label/label_image.hpp>
#include <quoin/label/region_properties.hpp>
#include <quoin/label/remove_small_components.hpp>
#include <quoin/label/watershed.hpp>
