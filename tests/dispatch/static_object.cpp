// SPDX-License-Identifier: BSL-1.0
// An object that is initialized at start-up, before it is known what the machine can do: refused.

#include <cstdlib>

int const seed = std::rand();

extern "C" int static_object() { return seed; }
