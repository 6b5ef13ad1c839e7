// SPDX-License-Identifier: BSL-1.0
// Chains whose stages have borders of their own, and zipped chains, against whole-image loops.
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

TEST_CASE("chains: wrap before reflect", "[exec][chains]") {
    CHECK(random_sweep<std::uint8_t>(
              seed,
              [](auto v) { return v | extend(wrap) | gaussian3 | sharpen | extend(reflect) | gaussian3; },
              [](auto const& in) { return blurred(sharpened(blurred(in, wrap), wrap), reflect); }) == "");
}

TEST_CASE("chains: reflect before wrap", "[exec][chains]") {
    CHECK(random_sweep<std::uint8_t>(
              seed, [](auto v) { return v | extend(reflect) | gaussian3 | extend(wrap) | box(5); },
              [](auto const& in) { return boxed(blurred(in, reflect), 5, wrap); }) == "");
}

TEST_CASE("chains: a constant around an intermediate image", "[exec][chains]") {
    CHECK(random_sweep<std::uint8_t>(
              seed,
              [](auto v) {
                  return v | extend(replicate) | gaussian3 | invert | extend(constant(255)) | sobel_magnitude;
              },
              [](auto const& in) { return edges(inverted(blurred(in, replicate)), constant(255)); }) == "");
}

TEST_CASE("chains: an image beside its own edges", "[exec][chains]") {
    CHECK(random_sweep<std::uint8_t>(
              seed,
              [](auto v) {
                  auto const larger = [](std::uint8_t a, std::uint8_t b) { return a > b ? a : b; };
                  return zip(v | box(3), v | gaussian3 | sobel_magnitude) | larger | sharpen;
              },
              [](auto const& in) {
                  auto both = boxed(in, 3);
                  auto const other = edges(blurred(in));
                  for (std::size_t i = 0; i < both.data.size(); ++i)
                      both.data[i] = std::max(both.data[i], other.data[i]);
                  return sharpened(both);
              }) == "");
}

TEST_CASE("chains: a zip inside a zip", "[exec][chains]") {
    CHECK(random_sweep<rgb8>(
              seed,
              [](auto v) {
                  auto const mean = [](std::uint8_t a, std::uint8_t b) {
                      return static_cast<std::uint8_t>((a + b) / 2);
                  };
                  auto const inner = zip(v | gray | invert, v | gray | extend(replicate) | sharpen) | mean;
                  return zip(inner | gaussian3, v | gray) | mean | threshold(120);
              },
              [](auto const& in) {
                  auto const mean = [](bytes a, bytes const& b) {
                      for (std::size_t i = 0; i < a.data.size(); ++i)
                          a.data[i] = static_cast<std::uint8_t>((a.data[i] + b.data[i]) / 2);
                      return a;
                  };
                  auto const inner = mean(inverted(luma(in)), sharpened(luma(in), replicate));
                  return cut(mean(blurred(inner), luma(in)), 120);
              }) == "");
}
