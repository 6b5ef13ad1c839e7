// SPDX-License-Identifier: BSL-1.0
// to_tensor: images as the input of a model.
#pragma once

#include <quoin/tensor/prepare.hpp>

QUOIN_NAMESPACE_BEGIN

/// Writes images, which may have different sizes, one after the other to the memory of a tensor, and returns where
/// each lies in it. An image is resized to bytes, as resize() or resize_linear() does, and cut or padded as `spec.fit`
/// says; see tensor_fit. Then each byte v of red, green or blue becomes
///     T((v / 255 - mean) / deviation)        or with a scale  T((v * scale - mean) / deviation)
/// or in the other order of tensor_steps
///     T((v - mean) / 255 / deviation)        or with a scale  T((v - mean) * scale / deviation)
/// where each operation is rounded to float, and the result once more for half and bfloat16: to nearest, ties to even.
/// So with the default mode the tensor is bit-equal to what Pillow, then float arithmetic in this order (torchvision's
/// ToTensor and Normalize) give. Without antialiasing, its bytes are at most one level from those of OpenCV's
/// INTER_LINEAR, and where nothing is resized, tensor_steps::mean_first is bit-equal to blobFromImage. There are 256
/// results for each channel; they are computed once and looked up. The bytes are the same under every policy. A policy
/// for a device computes on its host.
///     std::vector<float> values(images.size() * 3 * 224 * 224);
///     auto const places = to_tensor(policy, images, {.size = {224, 224}}, std::span(values));
/// One pass: no image between the steps exists. Blocks of all images are computed side by side. It is one call of
/// prepare(spec), which keeps tables and memory for more calls.
/// Cost: that of resize() for the pixels that are kept, and one look-up for each value. Without antialiasing, the two
/// pixels of each result are read where they lie, so pixels between them cost nothing but memory.
/// Memory: that of resize() for each image and thread, and 3 x 256 values. From 3840 columns to 640 that is 1 MB for
/// lanczos3, and 0.1 MB without antialiasing.
/// @throws invalid_argument, before anything is written: no images, an empty image, a size or a side that is not from 1
/// to 2^31 - 1, a deviation that is not above 0, a scale of 0, a number that is not finite, an output of another number
/// of values or with bytes of an image, or a shorter side with which an image does not cover the size.
template <concepts::policy Policy, concepts::tensor_value T>
std::vector<placement> to_tensor(Policy const& policy, std::span<image_view<rgb8 const> const> images,
                                 tensor_spec const& spec, std::span<T> out) {
    tensor_maker make(spec, "to_tensor");
    auto const places = make(policy, images, out);
    return {places.begin(), places.end()};
}

QUOIN_NAMESPACE_END
