// SPDX-License-Identifier: BSL-1.0
// Times the blurred products of derivatives, and what is computed of them.
#include "support/jobs.hpp"

#include <quoin/filter/texture/structure_tensor.hpp>

namespace {

bool const tensors = bench::add_pipeline<std::uint8_t, float>(
    "structure_tensor", [](auto view) { return view | quoin::structure_tensor(1); });
bool const coherences =
    bench::add_pipeline<std::uint8_t>("coherence", [](auto view) { return view | quoin::coherence(1); });

} // namespace
