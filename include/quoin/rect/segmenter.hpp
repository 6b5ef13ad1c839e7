// SPDX-License-Identifier: BSL-1.0
// segmenter: segment for one mask after the other, in the same memory.
#pragma once

#include <quoin/rect/segment.hpp>

QUOIN_NAMESPACE_BEGIN

/// segment() that keeps the memory of its rectangles and components from call to call, and with run_merge all that is
/// written down on the way to them. Memory that is new to a program costs more than what is computed in it, on masks
/// with many rectangles; so where images come one after the other, use one object for them. It holds as much as the
/// largest of them needed. Different objects may be used at the same time.
class segmenter {
public:
    explicit segmenter(segment_options const& options = {}) : options_(options) {}

    /// Equal to segment(p, mask, options); valid until the next call. @throws as segment does.
    template <concepts::policy Policy>
    segmentation const& operator()(Policy const& p, bit_image const& mask) {
        detail::segment(detail::policy_ref::to(p), mask, options_, result_, scratch_);
        return result_;
    }

private:
    segment_options options_;
    segmentation result_;
    detail::merge_memory scratch_;
};

QUOIN_NAMESPACE_END
