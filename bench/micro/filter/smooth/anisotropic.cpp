// SPDX-License-Identifier: BSL-1.0
// Times 20 iterations of anisotropic diffusion.
#include "support/jobs.hpp"

#include <quoin/filter/smooth/anisotropic.hpp>

namespace {

bool const registered = bench::add_pipeline<std::uint8_t, float>(
                            "anisotropic-20", [](auto view) { return view | quoin::anisotropic(20, 12); }) &&
                        bench::add_pipeline<float>("anisotropic-rational-20", [](auto view) {
                            return view | quoin::anisotropic(20, 12, quoin::conductance::rational);
                        });

} // namespace
