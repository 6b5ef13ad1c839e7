// SPDX-License-Identifier: BSL-1.0
// Pixels with alpha for tests of premultiply and unpremultiply.
#pragma once

#include "support/functor.hpp"

namespace test {

/// Pixels of bytes: row a has the alpha a with each color.
inline values every_color_and_alpha() {
    values all({256, 256}, 4);
    for (int a = 0; a < 256; ++a)
        for (int c = 0; c < 256; ++c) {
            all.row(a, 0)[c] = c;
            all.row(a, 1)[c] = 255 - c;
            all.row(a, 2)[c] = c ^ 85;
            all.row(a, 3)[c] = a;
        }
    return all;
}

} // namespace test
