// SPDX-License-Identifier: BSL-1.0
// Chains of one to three local stages against whole-image loops, on random extents.
#include <quoin/exec/run.hpp>

#include "support/oracle_stages.hpp"

#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>

using namespace quoin;
using namespace test;

namespace {

auto const invert = [](std::uint8_t v) { return static_cast<std::uint8_t>(255 - v); };
unsigned const seed = std::random_device{}();

} // namespace

TEST_CASE("chains: the five filters of a color image", "[exec][chains]") {
    CHECK(random_sweep<rgb8>(
              seed,
              [](auto v) { return v | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f); },
              [](auto const& in) { return brighter(sharpened(edges(blurred(luma(in)))), 1.2f); }) == "");
}

TEST_CASE("chains: a pointwise stage before, between and behind", "[exec][chains]") {
    CHECK(random_sweep<std::uint8_t>(
              seed,
              [](auto v) {
                  return v | invert | gaussian3 | brightness(2.0f) | sharpen | threshold(100) | invert;
              },
              [](auto const& in) {
                  return inverted(cut(sharpened(brighter(blurred(inverted(in)), 2.0f)), 100));
              }) == "");
}

TEST_CASE("chains: one stage many times", "[exec][chains]") {
    CHECK(random_sweep<std::uint8_t>(
              seed, [](auto v) { return v | gaussian3 | gaussian3 | gaussian3 | gaussian3; },
              [](auto const& in) { return blurred(blurred(blurred(blurred(in)))); }) == "");
}

TEST_CASE("chains: boxes of different reach", "[exec][chains]") {
    CHECK(random_sweep<std::uint8_t>(
              seed, [](auto v) { return v | box(9) | box(3) | sobel_magnitude; },
              [](auto const& in) { return edges(boxed(boxed(in, 9), 3)); }) == "");
}

TEST_CASE("chains: pointwise only", "[exec][chains]") {
    CHECK(random_sweep<std::uint8_t>(
              seed, [](auto v) { return v | brightness(0.7f) | invert | threshold(80); },
              [](auto const& in) { return cut(inverted(brighter(in, 0.7f)), 80); }) == "");
}

TEST_CASE("chains: no stage at all", "[exec][chains]") {
    CHECK(random_sweep<rgb8>(
              seed, [](auto v) { return as_pipeline(v); }, [](auto const& in) { return in; }) == "");
}
