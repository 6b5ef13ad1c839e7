// SPDX-License-Identifier: BSL-1.0
// memcpy, the floor that every job is compared with.
#pragma once

#include "jobs.hpp"

namespace bench {

/// Adds a copy of as many bytes for every size and number of bytes a pixel among the entries.
void add_copies(policy_set const& policies, entries& all);

} // namespace bench
