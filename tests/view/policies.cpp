// SPDX-License-Identifier: BSL-1.0
// The policies that this folder's tests run under.
#include "support/policies_definition.hpp"
