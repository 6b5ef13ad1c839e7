// SPDX-License-Identifier: BSL-1.0
// What a program sees of a function that is compiled for several instruction sets: numbers and pointers.
#pragma once

#include <cstdint>

extern "C" {
/// The edges of packed 8-bit gray pixels, for the best instruction set of this machine.
void edges(std::uint8_t const* in, std::int64_t width, std::int64_t height, std::uint8_t* out);

/// The level that was picked: "x86-64", "x86-64-v3", "x86-64-v4", "x86-64-v4+vbmi", or "default" where there is none.
char const* edges_level();
}
