// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/edge/laplacian.hpp>

#include "lengths.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("laplacian: of the four neighbors, and of the corners", "[filter][laplacian]") {
    STATIC_CHECK(std::same_as<decltype(image_view<rgb8 const>{} | laplacian<1>)::pixel_type, rgb<std::int16_t>>);
    CHECK(test::wrong_laplacian(laplacian<1>, {{{0, 1, 0}, {1, -4, 1}, {0, 1, 0}}}) == "");
    CHECK(test::wrong_laplacian(laplacian<3>, {{{2, 0, 2}, {0, -8, 0}, {2, 0, 2}}}) == "");
}
