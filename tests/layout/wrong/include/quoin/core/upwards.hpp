// SPDX-License-Identifier: BSL-1.0
// Includes what stands above it, and what is not there.
#pragma once
#include <quoin/core/missing.hpp>
#include <quoin/exec/untested.hpp>
