// SPDX-License-Identifier: BSL-1.0
// All of tensor/.
#pragma once

#include <quoin/tensor/tensor_fit.hpp>
#include <quoin/tensor/to_tensor.hpp>
