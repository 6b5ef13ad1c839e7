// SPDX-License-Identifier: BSL-1.0
// All of quoin that needs nothing but the standard library. The policies with dependencies and the image files have
// headers of their own: exec/simd.hpp (xsimd), exec/parallel.hpp (oneTBB), exec/parallel_simd.hpp (both),
// exec/kokkos.hpp (Kokkos), mpi.hpp (MPI) and io.hpp (stb). The same holds for observe/trace.hpp and
// observe/watched.hpp (clocks and threads), exec/any_policy.hpp (<functional>) and runtime/any_pipeline.hpp
// (quoin::runtime). catalogue.hpp lists the operations.
#pragma once

#include <quoin/core.hpp>
#include <quoin/draw.hpp>
#include <quoin/exec.hpp>
#include <quoin/feature.hpp>
#include <quoin/filter.hpp>
#include <quoin/geometry.hpp>
#include <quoin/image.hpp>
#include <quoin/label.hpp>
#include <quoin/lanes.hpp>
#include <quoin/mask.hpp>
#include <quoin/measure.hpp>
#include <quoin/pipe.hpp>
#include <quoin/rect.hpp>
#include <quoin/tensor.hpp>
