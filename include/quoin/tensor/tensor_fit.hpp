// SPDX-License-Identifier: BSL-1.0
// tensor_fit: how an image of another shape becomes the size of a tensor.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

/// How an image of w x h pixels becomes W x H, as in to_tensor().
enum class tensor_fit {
    /// Resized to W x H.
    stretch,
    /// Resized by r = min(W / w, H / h), to round(w r) x round(h r), and at least 1; halves go to even. Of d free
    /// columns, floor(d / 2) are on the left; so with rows. These are YOLO's round(d / 2 - 0.1) and
    /// round(d / 2 + 0.1).
    letterbox,
    /// Resized so that the shorter side is s, and the longer one floor(s longer / shorter); then W x H are cut from the
    /// middle. Of d spare columns, round(d / 2), halves to even, are cut on the left; so with rows. This is
    /// torchvision's Resize(s) and CenterCrop. Without s, one side becomes as long as the tensor's, and the other one
    /// is not shorter.
    crop,
    /// Resized by r = max(W / w, H / h), a float, to round(w r) x round(h r), halves to even; then W x H are cut from
    /// the middle. Of d spare columns, floor(d / 2) are cut on the left; so with rows. Without antialiasing, the center
    /// of pixel x lies at (x + 1/2) / r of the input along both axes, also where w r is not whole. This is
    /// blobFromImage with crop = true.
    cover
};

QUOIN_NAMESPACE_END
