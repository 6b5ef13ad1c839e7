// SPDX-License-Identifier: BSL-1.0
// A program for any x86-64 machine that uses AVX-512 where it is there. CMake compiles dispatch/edges.cpp for each
// level:
//     quoin_add_dispatched(edges SOURCE edges.cpp ENTRY edges LIBRARIES quoin::simd)
//     target_link_libraries(program PRIVATE edges)

#include "dispatch/edges.hpp"

#include <cassert>
#include <cstdio>
#include <vector>

int main() {
    // Black on the left, 40 on the right.
    std::int64_t const width = 100, height = 20;
    std::vector<std::uint8_t> in(width * height), out(width * height);
    for (std::int64_t i = 0; i < width * height; ++i) in[i] = i % width < 50 ? 0 : 40;

    edges(in.data(), width, height, out.data());

    // Blurred, the step is 0 10 30 40; its derivative is 4 * (30 - 0) on both sides of the step and 4 * 10 beside it.
    for (std::int64_t x = 0; x < width; ++x) {
        int const expected = x == 49 || x == 50 ? 120 : x == 48 || x == 51 ? 40 : 0;
        assert(out[10 * width + x] == expected);
    }
    std::printf("edges found by the code for %s\n", edges_level());
}
