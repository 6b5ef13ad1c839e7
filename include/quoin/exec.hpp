// SPDX-License-Identifier: BSL-1.0
// run, to_image and the serial policy; the other policies have headers of their own.
#pragma once

#include <quoin/exec/policy.hpp>
#include <quoin/exec/run.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/tiling.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/exec/workspace.hpp>
