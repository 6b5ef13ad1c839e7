// SPDX-License-Identifier: BSL-1.0
// Partitions of masks into rectangles.
#pragma once

#include <quoin/rect/minimum_partition.hpp>
#include <quoin/rect/rectangles.hpp>
#include <quoin/rect/regularize.hpp>
#include <quoin/rect/run_merge.hpp>
#include <quoin/rect/segment.hpp>
#include <quoin/rect/segment_stream.hpp>
#include <quoin/rect/segmenter.hpp>
