// SPDX-License-Identifier: BSL-1.0
// Stages that move pixels.
#pragma once

#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>
