// SPDX-License-Identifier: BSL-1.0
// A function for several instruction sets.

#include <quoin/core/geometry.hpp>

extern "C" long answer() { return quoin::extent{6, 7}.area(); }
