// SPDX-License-Identifier: BSL-1.0
#include <quoin/pipe/zip.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

using view8 = image_view<std::uint8_t const>;

struct difference_fn {
    using vectorized = void;
    template <class V>
    constexpr auto operator()(V const& a, V const& b) const {
        return saturate<std::uint8_t>(convert<std::int16_t>(a) - convert<std::int16_t>(b));
    }
};

} // namespace

TEST_CASE("zip: pipelines with local stages of their own, evaluated side by side", "[pipe]") {
    for (extent const size : test::few_extents()) {
        auto const in = test::random_pixels<std::uint8_t>(size, 8);
        auto const blurred = test::local<std::uint8_t>(in, wrap, [](auto const& at) {
            int const sum = at(-1, -1) + at(1, -1) + at(-1, 1) + at(1, 1) +
                            2 * (at(0, -1) + at(0, 1) + at(-1, 0) + at(1, 0)) + 4 * at(0, 0);
            return static_cast<std::uint8_t>((sum + 8) / 16);
        });
        test::plain<std::uint8_t> expected(size);
        for (std::size_t i = 0; i < in.data.size(); ++i)
            expected.data[i] = static_cast<std::uint8_t>(std::max(0, in.data[i] - blurred.data[i]));
        CHECK(test::check_pipeline(in, expected, [](auto v) {
                  return zip(v, v | extend(wrap) | gaussian3) | difference_fn{};
              }) == "");
    }
}

TEST_CASE("zip: a lambda gets the pixels as arguments; a local stage may follow", "[pipe]") {
    auto const in = test::random_pixels<std::uint8_t>({70, 5}, 9);
    test::plain<float> sums({70, 5});
    for (std::size_t i = 0; i < in.data.size(); ++i) sums.data[i] = 3.5f * in.data[i];
    auto const expected = test::local<float>(sums, reflect_101, [](auto const& at) {
        return at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1);
    });
    CHECK(test::check_pipeline(in, expected, [](auto v) {
              auto const doubled = v | [](std::uint8_t x) { return 2.0f * x; };
              return zip(v, doubled, v) |
                     [](std::uint8_t a, float b, std::uint8_t c) { return a + b + 0.5f * c; } | sobel_x;
          }) == "");
}

TEST_CASE("zip: inputs of different extents are refused", "[pipe]") {
    std::uint8_t memory[12] = {};
    view8 const a(memory, 4, 3), b(memory, 3, 3), c(memory, 4, 2);
    CHECK_THROWS_AS(zip(a, b), invalid_argument);
    CHECK_THROWS_AS(zip(a, a, c), invalid_argument);
    CHECK_THROWS_AS(zip(a | gaussian3, c | gaussian3), invalid_argument);
    CHECK(zip(a, a | gaussian3).width() == 4);
    CHECK((zip(a, a) | difference_fn{}).size() == extent{4, 3});
    STATIC_CHECK(std::is_trivially_copyable_v<decltype(zip(a, a | gaussian3) | difference_fn{})>);
}
