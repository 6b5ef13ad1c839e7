// SPDX-License-Identifier: BSL-1.0
// What a job needs beside time, measured once in a process of its own.
#pragma once

#include "jobs.hpp"

namespace bench {

/// Prints one line of JSON: the most resident memory that an evaluation takes beyond its input and output, and how many
/// strips each thread ran on each core. Returns 0, or 1 where the system does not tell.
int probe(benchmark_entry const& entry);

} // namespace bench
