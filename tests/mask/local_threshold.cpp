// SPDX-License-Identifier: BSL-1.0
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/image/image.hpp>
#include <quoin/mask/local_threshold.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class T>
bit_image slow(image_view<T const> v, index_t radius, index_t offset) {
    return masks::where(v.width(), v.height(), [&](index_t x, index_t y) {
        index_t sum = 0, count = 0;
        for (index_t j = std::max<index_t>(0, y - radius); j <= std::min(v.height() - 1, y + radius); ++j)
            for (index_t i = std::max<index_t>(0, x - radius); i <= std::min(v.width() - 1, x + radius); ++i, ++count)
                sum += v(i, j);
        return (v(x, y) - offset) * count > sum;
    });
}

} // namespace

TEMPLATE_TEST_CASE("local_threshold: above the mean of the square", "[segment][local_threshold]", std::uint8_t,
                   std::uint16_t, std::int16_t) {
    std::uint64_t seed = 0;
    for (index_t width : {0, 1, 7, 63, 64, 65, 129})
        for (index_t height : {1, 2, 65, 130}) {
            CAPTURE(width, height, ++seed);
            std::mt19937_64 engine(seed);
            image<TestType> pixels(width, height);
            for (index_t y = 0; y < height; ++y)
                for (index_t x = 0; x < width; ++x) pixels(x, y) = static_cast<TestType>(engine());
            auto const view = std::as_const(pixels).view();
            for (index_t radius : {0, 1, 5, 64, 200})
                for (index_t offset : {0, 3, -3}) {
                    if (radius > 5 && width * height > 5000) continue;
                    CAPTURE(radius, offset);
                    bit_image const expected = slow<TestType>(view, radius, offset);
                    CHECK(local_threshold(serial{}, view, radius, offset) == expected);
                    CHECK(local_threshold(test::backwards_policy{}, pixels.view(), radius, offset) == expected);
                    CHECK(local_threshold(test::thread_policy{3}, view, radius, offset) == expected);
                }
        }
}

TEST_CASE("local_threshold: a radius beyond the image is the whole image", "[segment][local_threshold]") {
    image<std::uint8_t> pixels(10, 7);
    for (index_t i = 0; i < 70; ++i) pixels(i % 10, i / 10) = static_cast<std::uint8_t>(i * 37);
    bit_image const expected = slow<std::uint8_t>(std::as_const(pixels).view(), 20, 1);
    for (index_t radius : {index_t{9}, index_t{10}, index_t{1} << 61, std::numeric_limits<index_t>::max()}) {
        CAPTURE(radius);
        CHECK(local_threshold(serial{}, pixels.view(), radius, 1) == expected);
    }
}

TEST_CASE("local_threshold: what it refuses", "[segment][local_threshold]") {
    image<std::uint8_t> const pixels(3, 3);
    CHECK_THROWS_AS(local_threshold(serial{}, pixels.view(), -1), invalid_argument);
    CHECK_THROWS_AS(local_threshold(serial{}, pixels.view(), 1, 65536), invalid_argument);
}
