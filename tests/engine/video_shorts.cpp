// SPDX-License-Identifier: BSL-1.0
// Video frames of 16 bits as sources and as results of the engine.
#include "frames.hpp"

#include <catch2/catch_test_macros.hpp>

TEST_CASE("video: a frame of 16 bits", "[engine][video]") {
    auto const first = std::vector{test::vector_policies().front()};
    CHECK(test::wrong_small<std::uint16_t>(first, 4) == "");
    CHECK(test::wrong_cut<std::uint16_t>(first, 131, 7) == "");
}
