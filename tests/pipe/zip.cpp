// SPDX-License-Identifier: BSL-1.0
// zip: inputs side by side, pipelines with neighbourhoods among them.
#include <quoin/quoin.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;

namespace {

constexpr bool test_zip() {
    int a[6] = {1, 2, 3, 4, 5, 6};
    float b[6] = {10, 20, 30, 40, 50, 60};
    image_view<int const> const va(a, 3, 2);
    image_view<float const> const vb(b, 3, 2);
    double out[6] = {};
    run(serial{}, zip(va, vb, va) | [](int x, float y, int z) { return 100.0 * x + y + z; }, image_view<double>(out, 3, 2));
    return out[0] == 111 && out[5] == 666;
}

} // namespace

TEST_CASE("zip: arguments in order", "[pipe]") {
    STATIC_REQUIRE(test_zip());
    CHECK(test_zip());
}

TEST_CASE("zip: an unsharp mask is one pass over its source", "[pipe]") {
    image<std::uint8_t> in(70, 9);
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 70; ++x) in(x, y) = static_cast<std::uint8_t>(x * x + 31 * y);
    auto const v = std::as_const(in).view();
    auto const blurred = to_image(serial{}, v | gaussian3);
    auto const sharp = to_image(serial{}, zip(v, v | gaussian3) | [](std::uint8_t p, std::uint8_t b) { return 2 * p - b; });
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 70; ++x) REQUIRE(sharp(x, y) == 2 * in(x, y) - blurred(x, y));
}

TEST_CASE("zip: channels of pixels", "[pipe]") {
    struct mean_fn {
        using channelwise = void;
        constexpr std::uint8_t operator()(std::uint8_t a, std::uint8_t b) const { return static_cast<std::uint8_t>((a + b) / 2); }
    };
    rgb8 a[1] = {{10, 20, 30}}, b[1] = {{20, 40, 60}};
    auto const m = to_image(serial{}, zip(image_view<rgb8>(a, 1, 1), image_view<rgb8>(b, 1, 1)) | mean_fn{});
    CHECK(m(0, 0) == rgb8{15, 30, 45});
}

TEST_CASE("zip: extents must agree", "[pipe]") {
    image<int> a(3, 2), b(3, 3);
    CHECK_THROWS_MATCHES(zip(a.view(), b.view()), invalid_argument,
                         Catch::Matchers::MessageMatches(Catch::Matchers::ContainsSubstring("3 x 3 beside one of 3 x 2")));
}
