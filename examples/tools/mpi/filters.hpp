// SPDX-License-Identifier: BSL-1.0
// quoin-filters --policy mpi.
#pragma once

#include "../filters/files.hpp"

namespace examples {

/// The exit status. @throws std::runtime_error in a build without MPI.
int filter_on_processes(filter_arguments const& arguments, quoin::any_pipeline const& chain);

} // namespace examples
