// SPDX-License-Identifier: BSL-1.0
// pass_kind: what a pass of a trace stands for.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN

/// What a pass of a trace stands for.
enum class pass_kind {
    setup,  ///< of a block: making its rows and its sink
    lines,  ///< rows that fill the lines of a local stage
    output, ///< rows that go to the result
    work,   ///< calls of work that is no pipeline
    device  ///< a whole pipeline that the policy took over
};

QUOIN_NAMESPACE_END
