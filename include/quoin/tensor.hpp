// SPDX-License-Identifier: BSL-1.0
// Images as the input of models.
#pragma once

#include <quoin/tensor/prepare.hpp>
#include <quoin/tensor/tensor_fit.hpp>
#include <quoin/tensor/tensor_spec.hpp>
#include <quoin/tensor/to_tensor.hpp>
