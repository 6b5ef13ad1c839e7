// SPDX-License-Identifier: BSL-1.0
// The five-filter chain as a function that quoin_add_dispatched compiles for several instruction sets.
#pragma once

#include <cstdint>

extern "C" {
/// gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f) of packed RGB pixels into packed gray ones.
void chain(std::uint8_t const* rgb, std::int64_t width, std::int64_t height, std::uint8_t* out);
char const* chain_level();

// The levels, each of which only a machine that has it may call.
using chain_function = void(std::uint8_t const*, std::int64_t, std::int64_t, std::uint8_t*);
chain_function chain_x86_64, chain_x86_64_v3, chain_x86_64_v4, chain_x86_64_v4_vbmi;
}
