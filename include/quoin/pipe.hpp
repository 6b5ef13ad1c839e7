// SPDX-License-Identifier: BSL-1.0
// Stages, borders, windows and pipelines.
#pragma once

#include <quoin/pipe/border.hpp>
#include <quoin/pipe/byte_table.hpp>
#include <quoin/pipe/fold.hpp>
#include <quoin/pipe/kernel.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/pipe/pipeline.hpp>
#include <quoin/pipe/position.hpp>
#include <quoin/pipe/shared_taps.hpp>
#include <quoin/pipe/stage.hpp>
#include <quoin/pipe/sweep.hpp>
#include <quoin/pipe/whole.hpp>
#include <quoin/pipe/window.hpp>
#include <quoin/pipe/zip.hpp>
