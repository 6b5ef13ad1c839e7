// SPDX-License-Identifier: BSL-1.0
// Images and pipelines of several processes. Needs MPI; not part of quoin.hpp.
#pragma once

#include <quoin/mpi/band_image.hpp>
#include <quoin/mpi/label_bands.hpp>
#include <quoin/mpi/mpi.hpp>
#include <quoin/mpi/pnm_bands.hpp>
#include <quoin/mpi/raw_bands.hpp>
#include <quoin/mpi/regionprops_bands.hpp>
#include <quoin/mpi/segment_bands.hpp>
#include <quoin/mpi/write_zarr_bands.hpp>
