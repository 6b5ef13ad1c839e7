// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/morphology/erode.hpp>

#include "filter/morphology/plain_extrema.hpp"
#include "support/functor.hpp"
#include "support/message.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("erode, dilate: every type of channel equals the formula", "[filter][erode][dilate]") {
    test::channel_types::each([]<class T>() {
        auto const least = [](auto const& at, auto) {
            double v = at(0, 0);
            for (int j = -1; j <= 1; ++j)
                for (int i = -2; i <= 1; ++i) v = std::min(v, static_cast<double>(at(i, j)));
            return v;
        };
        auto const greatest = [](auto const& at, auto) {
            double v = at(0, 0);
            for (int j = -1; j <= 1; ++j)
                for (int i = -1; i <= 2; ++i) v = std::max(v, static_cast<double>(at(i, j)));
            return v;
        };
        CHECK(test::wrong_alone<T>(erode(4, 3), least, 0, {131, 7}) == "");
        CHECK(test::wrong_alone<T>(dilate(4, 3), greatest, 0, {131, 7}) == "");
    });
}

TEST_CASE("erode: every side, of bytes", "[filter][erode]") {
    CHECK(test::wrong_sides<std::uint8_t>(
              test::many_sides(), {{1, 1}, {37, 23}, {131, 5}}, [](int w, int h) { return erode(w, h); },
              [](auto const& in, int w, int h) { return test::eroded(in, w, h); }) == "");
}

TEST_CASE("erode, dilate: sides that are refused", "[filter][erode][dilate]") {
    CHECK(test::message([] { (void)erode(0, 3); }) ==
          "quoin::erode: a rectangle of 0 x 3 pixels; give sides from 1 to 511");
    CHECK(test::message([] { (void)dilate(3, 512); }) ==
          "quoin::dilate: a rectangle of 3 x 512 pixels; give sides from 1 to 511");
}
