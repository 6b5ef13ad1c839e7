// SPDX-License-Identifier: BSL-1.0
// Times kernels of two vectors: 7 + 7 factors of integers and of float, and 15 + 15 of integers.
#include "support/jobs.hpp"

#include <quoin/filter/linear/correlate_separable.hpp>

namespace {

constexpr int seven[7] = {2, 7, 14, 18, 14, 7, 2};
constexpr int fifteen[15] = {1, 2, 4, 8, 13, 18, 22, 24, 22, 18, 13, 8, 4, 2, 1};
constexpr float fractions[7] = {0.03f, 0.11f, 0.22f, 0.28f, 0.22f, 0.11f, 0.03f};

bool const small = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "correlate-separable-7", [](auto view) { return view | quoin::correlate_separable(seven, seven, 64 * 64); });
bool const large = bench::add_pipeline<std::uint8_t, std::uint16_t, float>(
    "correlate-separable-15", [](auto view) { return view | quoin::correlate_separable(fifteen, fifteen, 160 * 160); });
bool const of_float = bench::add_pipeline<std::uint8_t>(
    "correlate-separable-7-float", [](auto view) { return view | quoin::correlate_separable(fractions, fractions); });

} // namespace
