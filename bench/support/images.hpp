// SPDX-License-Identifier: BSL-1.0
// Inputs and results as files, for programs in other languages that do the same work.
#pragma once

#include <string>

namespace bench {

/// Writes scene.pgm, scene.ppm and layer.pgm of a named size, of each job for which there is another program the result
/// as <job>.pgm, and numbers.json. Returns 0, or 1 with a message where that fails.
int write_images(std::string const& folder, std::string const& size);

} // namespace bench
