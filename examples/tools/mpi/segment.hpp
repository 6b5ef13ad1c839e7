// SPDX-License-Identifier: BSL-1.0
// quoin-segment --policy mpi.
#pragma once

#include "../segment/options.hpp"

namespace examples {

/// The exit status. @throws std::runtime_error in a build without MPI.
int segment_on_processes(segment_arguments const& arguments);

} // namespace examples
