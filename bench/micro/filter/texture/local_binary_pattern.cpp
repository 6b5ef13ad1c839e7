// SPDX-License-Identifier: BSL-1.0
// Times the patterns around pixels.
#include "support/jobs.hpp"

#include <quoin/filter/texture/local_binary_pattern.hpp>

namespace {

using quoin::pattern_code;

bool const near = bench::add_pipeline<std::uint8_t, std::uint16_t>(
    "local_binary_pattern", [](auto view) { return view | quoin::local_binary_pattern(); });
bool const codes = bench::add_pipeline<std::uint8_t>("local_binary_pattern-uniform", [](auto view) {
    return view | quoin::local_binary_pattern<8, pattern_code::uniform>();
});
bool const wide = bench::add_pipeline<std::uint8_t>("local_binary_pattern-16-2", [](auto view) {
    return view | quoin::local_binary_pattern<16, pattern_code::rotated>(2);
});

} // namespace
