// SPDX-License-Identifier: BSL-1.0
// The tensors that are timed.
#pragma once

#include <quoin/tensor/tensor_spec.hpp>

namespace bench {

/// The input of a classifier: torchvision's steps.
inline constexpr quoin::tensor_spec classified{.size = {224, 224},
                                               .fit = quoin::tensor_fit::crop,
                                               .shorter_side = 256,
                                               .mean = {0.485f, 0.456f, 0.406f},
                                               .deviation = {0.229f, 0.224f, 0.225f}};

/// The input of a detector: the letterbox of YOLO, by OpenCV's interpolation.
inline constexpr quoin::tensor_spec detected{
    .size = {640, 640}, .fit = quoin::tensor_fit::letterbox, .antialias = false};

} // namespace bench
