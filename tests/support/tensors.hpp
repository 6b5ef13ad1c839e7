// SPDX-License-Identifier: BSL-1.0
// Tensors under policies of one type. tests/tensor/to_tensor.cpp defines these functions, so that the engine is
// compiled for them once.
#pragma once

#include "support/policies.hpp"

#include <quoin/tensor/prepare.hpp>

namespace test {

using tensor_images = std::span<quoin::image_view<quoin::rgb8 const> const>;

/// to_tensor(policy, images, spec, out). T: float, half, bfloat16.
template <class T>
std::vector<quoin::placement> to_tensor(vector_policy const& policy, tensor_images images,
                                        quoin::tensor_spec const& spec, std::span<T> out);

/// maker(policy, images, out). T: float, half, bfloat16.
template <class T>
std::span<quoin::placement const> make_tensor(quoin::tensor_maker& maker, vector_policy const& policy,
                                              tensor_images images, std::span<T> out);

} // namespace test
