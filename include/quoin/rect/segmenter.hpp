// SPDX-License-Identifier: BSL-1.0
// segmenter: segment for one mask after the other, with reused memory.
#pragma once

#include <quoin/rect/segment.hpp>

QUOIN_NAMESPACE_BEGIN

/// segment() that reuses memory from call to call: that of its rectangles and components, of the steps before them, and
/// with run_merge of all else. With run_merge, a mask that needs no more than an earlier one allocates nothing. On
/// masks with many rectangles, new memory costs more than the computation. So use one object for a sequence of images.
/// It holds as much memory as the largest image needed. Different objects may be used at the same time.
class segmenter {
public:
    explicit segmenter(segment_options const& options = {}) : options_(options) {}

    /// Equal to segment(p, mask, options). The result is valid until the next call.
    /// @throws invalid_argument as segment does.
    template <concepts::policy Policy>
    segmentation const& operator()(Policy const& p, bit_image const& mask) {
        detail::segment(detail::policy_ref::to(p), mask, options_, result_, memory_);
        return result_;
    }

private:
    segment_options options_;
    segmentation result_;
    detail::segment_memory memory_;
};

QUOIN_NAMESPACE_END
