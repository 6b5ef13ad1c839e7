// SPDX-License-Identifier: BSL-1.0
// What functors may read beside their rows: results of the row above, and sums over a row. Under every border, of gray
// pixels and of colors, with rows enough for the list of lines to begin anew.
#include "support/model_stages.hpp"

#include <quoin/geometry/flip.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

std::vector<extent> tall_extents() {
    if (QUOIN_SANITIZED) return {{1, 1}, {3, 30}, {75, 45}, {131, 6}};
    return {{1, 1}, {2, 3}, {3, 2}, {1, 60}, {17, 90}, {64, 9}, {65, 3}, {139, 47}, {260, 5}};
}

template <class P, class Border>
std::string wrong(Border border) {
    using T = channel_t<P>;
    for (int radius : {1, 4, 20})
        for (bool wants : {false, true}) {
            std::string const found = test::sweep<P>(
                tall_extents(),
                [=](auto v) {
                    return v | extend(border) | test::column_sum<T>{radius} | test::row_sum<T>{radius, wants};
                },
                [=](auto const& in) { return test::summed(in, border, radius); });
            if (!found.empty())
                return test::name_of(border) + ", radius " + std::to_string(radius) + ", wants " +
                       std::to_string(wants) + ": " + found;
        }
    return {};
}

} // namespace

TEST_CASE("lines: sums from the row above and over rows, under every border", "[engine]") {
    test::for_every_border([](auto border) { CHECK(wrong<std::uint8_t>(border) == ""); });
}

TEST_CASE("lines: the same channel by channel", "[engine]") {
    CHECK(wrong<rgb8>(test::folding_border{2}) == "");
    CHECK(wrong<rgb<std::int16_t>>(constant(-9)) == "");
}

TEST_CASE("lines: rows asked for from the bottom do not follow each other", "[engine]") {
    auto const in = test::random_pixels<std::uint8_t>({75, 40}, 3);
    auto const sums = test::summed(in, reflect_101, 2);
    test::plain<std::int32_t> turned(sums.size);
    for (index_t y = 0; y < 40; ++y)
        for (index_t x = 0; x < 75; ++x) turned(x, y) = sums(x, 39 - y);
    CHECK(test::check_pipeline(in, turned, [](auto v) {
              return v | test::column_sum<std::uint8_t>{2} | test::row_sum<std::uint8_t>{2, true} | flip_y;
          }) == "");
}
