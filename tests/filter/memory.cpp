// SPDX-License-Identifier: BSL-1.0
// The memory of a thread for stages that keep many rows.
#include "support/allocations.hpp"

#include <quoin/exec/run.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/filter/linear/wide_gaussian.hpp>
#include <quoin/filter/morphology/erode.hpp>
#include <quoin/filter/morphology/open.hpp>
#include <quoin/filter/smooth/guided.hpp>
#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The megabytes of a block on average. Stages with so many rows have blocks of the least width.
template <class T, class Stage>
double megabytes(Stage const& stage, extent size = {512, 600}) {
    image<T> const in(size);
    image<T> out(size);
    auto const used = test::used_by([&] { run(simd{}, in.view() | stage, out.view()); });
    return static_cast<double>(used.bytes) / 1e6 / static_cast<double>(size.width / 512);
}

} // namespace

TEST_CASE("memory: a thread needs what docs/performance.md says", "[exec][memory]") {
    auto const disc = [](int radius) { return structuring_element::disc(radius); };
    CHECK(megabytes<std::uint8_t>(erode(disc(94))) < 8);
    CHECK(megabytes<float>(erode(disc(49))) < 8);
    CHECK(megabytes<float>(open(disc(35))) < 8);
    CHECK(megabytes<float>(guided(63, 10)) < 8);
    CHECK(megabytes<float>(wide_gaussian(120), {3072, 1200}) < 8);
    // What needs more is named there, with its memory.
    double const large = megabytes<float>(erode(disc(100)));
    CHECK((large > 30 && large < 40));
}
