// SPDX-License-Identifier: BSL-1.0
// The edges of a scene, as a mask.
#pragma once

#include "inputs.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/feature/canny.hpp>

namespace bench {

inline quoin::bit_image edges(quoin::extent size) {
    return quoin::canny(quoin::serial{}, scene<std::uint8_t>(size), 50, 100);
}

} // namespace bench
