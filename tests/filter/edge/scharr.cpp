// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/edge/scharr.hpp>

#include "lengths.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {
test::plain_kernel const dx{{{-3, 0, 3}, {-10, 0, 10}, {-3, 0, 3}}};
test::plain_kernel const dy{{{-3, -10, -3}, {0, 0, 0}, {3, 10, 3}}};
} // namespace

TEST_CASE("scharr_x, scharr_y: exact differences", "[filter][scharr]") {
    STATIC_CHECK(std::same_as<decltype(image_view<rgb16 const>{} | scharr_x)::pixel_type, rgb<std::int32_t>>);
    test::channel_types::each([]<class T>() {
        CAPTURE(sizeof(T));
        auto const kind = test::kind_of_channel<gradient_t<T>>();
        CHECK(test::wrong_alone<T>(scharr_x, [=](auto const& at, auto) { return kind.stored(dx.sum(at)); }) == "");
        CHECK(test::wrong_alone<T>(scharr_y, [=](auto const& at, auto) { return kind.stored(dy.sum(at)); }) == "");
    });
    CHECK(test::wrong_in_engine<std::uint8_t>(scharr_x, reflect_101) == "");
}

TEST_CASE("scharr: a quarter of the length", "[filter][scharr]") {
    CHECK(test::wrong_length(scharr, test::length_of(dx, dy, 4)) == "");
}
