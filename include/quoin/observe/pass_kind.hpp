// SPDX-License-Identifier: BSL-1.0
// pass_kind: the kinds of the passes of a trace.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN

/// The kind of a pass in a trace.
enum class pass_kind {
    setup,  ///< the construction of a block's rows and sink
    lines,  ///< rows that fill the lines of a local stage
    output, ///< rows of the result
    work,   ///< calls of work that is no pipeline
    device  ///< a whole pipeline that the policy took over
};

QUOIN_NAMESPACE_END
