// SPDX-License-Identifier: BSL-1.0
// stage_kind: what a stage of a trace stands for.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN

/// What a stage of a trace stands for.
enum class stage_kind {
    setup,  ///< of a block: making its rows and its sink
    lines,  ///< rows that fill the lines of a local stage
    output, ///< rows that go to the result
    work,   ///< calls of work that is no pipeline
    device  ///< a whole pipeline that the policy took over
};

QUOIN_NAMESPACE_END
