// SPDX-License-Identifier: BSL-1.0
// All of quoin that needs nothing but the standard library. The policies with dependencies and the image files have
// headers of their own: exec/simd.hpp (xsimd), exec/parallel.hpp (oneTBB), exec/parallel_simd.hpp (both),
// exec/kokkos.hpp (Kokkos), io/io.hpp (stb); so have exec/trace.hpp and exec/watched.hpp (clocks and threads) and
// exec/any_policy.hpp (<functional>).
#pragma once

#include <quoin/algorithm/background.hpp>
#include <quoin/algorithm/histogram.hpp>
#include <quoin/algorithm/min_max.hpp>
#include <quoin/algorithm/otsu.hpp>
#include <quoin/algorithm/sum.hpp>
#include <quoin/algorithm/to_image.hpp>
#include <quoin/exec/run.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter/box.hpp>
#include <quoin/filter/brightness.hpp>
#include <quoin/filter/convert_to.hpp>
#include <quoin/filter/convolve.hpp>
#include <quoin/filter/gaussian.hpp>
#include <quoin/filter/gaussian3.hpp>
#include <quoin/filter/gaussian5.hpp>
#include <quoin/filter/gray.hpp>
#include <quoin/filter/sharpen.hpp>
#include <quoin/filter/sobel.hpp>
#include <quoin/filter/threshold.hpp>
#include <quoin/image/image.hpp>
#include <quoin/pipe/zip.hpp>
#include <quoin/segment/central_moments.hpp>
#include <quoin/segment/distance_transform.hpp>
#include <quoin/segment/label_image.hpp>
#include <quoin/segment/local_threshold.hpp>
#include <quoin/segment/mean_intensities.hpp>
#include <quoin/segment/region_statistics.hpp>
#include <quoin/segment/segment_stream.hpp>
#include <quoin/segment/segmenter.hpp>
#include <quoin/segment/to_bits.hpp>
#include <quoin/segment/watershed.hpp>
