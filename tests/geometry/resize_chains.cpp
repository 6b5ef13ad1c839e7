// SPDX-License-Identifier: BSL-1.0
// resize in chains: stages before and behind it, several of them, strips and tiles, and the mode `accurate`.
#include <quoin/geometry/resize.hpp>

#include "support/oracle.hpp"
#include "support/resampling.hpp"

#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/measure/sum.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class P, class Stage>
auto applied(test::plain<P> const& in, Stage const& stage) {
    test::guarded<P> const source(in);
    return test::evaluated(source.view() | stage);
}

} // namespace

TEST_CASE("resize: in a chain, as if each stage made an image", "[geometry][resize]") {
    auto const in = test::random_pixels<rgb8>({150, 90}, 5);
    auto const expected =
        applied(applied(applied(applied(applied(in, gray), resize({71, 53})), gaussian3), crop(3, 2, 60, 40)), flip_x);
    CHECK(test::check_pipeline(in, expected, [](auto v) {
              return v | gray | resize({71, 53}) | gaussian3 | crop(3, 2, 60, 40) | flip_x;
          }) == "");
}

TEST_CASE("resize: three of them between filters and flips", "[geometry][resize]") {
    auto const in = test::random_pixels<std::uint8_t>({140, 70}, 6);
    auto const first = applied(applied(applied(in, gaussian3), resize({60, 90}, resize_kernel::cubic)), flip_y);
    auto const second = applied(applied(first, resize({133, 41})), gaussian3);
    auto const expected = applied(applied(second, flip_y), resize({29, 100}, resize_kernel::lanczos3));
    CHECK(test::check_pipeline(in, expected, [](auto v) {
              return v | gaussian3 | resize({60, 90}, resize_kernel::cubic) | flip_y | resize({133, 41}) | gaussian3 |
                     flip_y | resize({29, 100}, resize_kernel::lanczos3);
          }) == "");
}

TEST_CASE("resize: what a part of the result needs", "[geometry][resize]") {
    test::guarded<std::uint8_t> const in(extent{100, 80});
    auto const p = in.view() | resize<resize_mode::accurate>({50, 20});
    auto const& [columns, rows] = std::pair{detail::get<0>(p.stages()), detail::get<1>(p.stages())};
    static_assert(kind_of<std::remove_cvref_t<decltype(columns)>> == stage_kind::resample);
    CHECK(result_extent(columns, {100, 80}) == extent{50, 80});
    CHECK(result_extent(rows, {50, 80}) == extent{50, 20});
    CHECK_THROWS_AS(result_extent(rows, {50, 81}), invalid_argument);
    // Triangles of two results' width: 4 columns and 8 rows for each, fewer at the edges.
    CHECK(needed_region(columns, {10, 3, 2, 4}, {100, 80}) == rect{19, 3, 6, 4});
    CHECK(needed_region(rows, {10, 3, 2, 4}, {50, 80}) == rect{10, 10, 2, 20});
    CHECK(needed_region(rows, {0, 0, 50, 20}, {50, 80}) == rect{0, 0, 50, 80});
}

TEST_CASE("resize: reductions of the result, and zipped results", "[geometry][resize]") {
    test::guarded<std::uint8_t> const in(test::random_pixels<std::uint8_t>({90, 50}, 7));
    auto const small = test::evaluated(in.view() | resize({33, 20}));
    std::int64_t expected = 0;
    for (index_t y = 0; y < 20; ++y)
        for (index_t x = 0; x < 33; ++x) expected += small(x, y);
    for (auto const& p : test::vector_policies()) CHECK(sum(p, in.view() | resize({33, 20})) == expected);
    for (auto const& p : test::vector_policies())
        CHECK(sum(
                  p, zip(in.view() | resize({33, 20}), in.view() | crop(4, 5, 33, 20)) |
                         [](std::uint8_t a, std::uint8_t) { return a; }) == expected);
}

TEST_CASE("resize: accurate is within 1 of the real value", "[geometry][resize]") {
    for (auto const& [from, to] :
         {std::pair{extent{131, 77}, extent{60, 40}}, std::pair{extent{40, 30}, extent{133, 61}},
          std::pair{extent{40, 40}, extent{40, 90}}})
        for (int k = 0; k < 6; ++k) {
            CAPTURE(from.width, to.width, k);
            auto const in = test::random_pixels<std::uint8_t>(from, 8);
            test::plain<double> real(from);
            for (index_t y = 0; y < from.height; ++y)
                for (index_t x = 0; x < from.width; ++x) real(x, y) = in(x, y);
            real = test::resized<double, resize_mode::accurate>(real, to, k);
            auto const got = applied(in, resize<resize_mode::accurate>(to, static_cast<resize_kernel>(k)));
            double most = 0;
            for (index_t y = 0; y < to.height; ++y)
                for (index_t x = 0; x < to.width; ++x)
                    most = std::max(most, std::abs(got(x, y) - std::clamp(std::floor(real(x, y) + 0.5), 0.0, 255.0)));
            CHECK(most <= 1);
            CHECK(test::check_pipeline(in, got, [&, to = to](auto v) {
                      return v | resize<resize_mode::accurate>(to, static_cast<resize_kernel>(k));
                  }) == "");
        }
}
