// SPDX-License-Identifier: BSL-1.0
// Integral images against sums of plain loops.
#include <quoin/measure/integral_image.hpp>

#include "support/device_policy.hpp"
#include "support/message.hpp"
#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/geometry/flip.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;

namespace {

/// Channel C of the integral image as its contract says it, with every sum in A from the beginning.
template <int C, class A, class P>
std::vector<A> plain_sums(test::plain<P> const& in, bool squares) {
    index_t const width = in.size.width, height = in.size.height;
    std::vector<A> sums(static_cast<std::size_t>((width + 1) * (height + 1)));
    auto const at = [&](index_t x, index_t y) -> A& { return sums[static_cast<std::size_t>(y * (width + 1) + x)]; };
    std::vector<A> base(static_cast<std::size_t>(width)), down(base);
    for (index_t y = 0; y < height; ++y) {
        if (y % 64 == 0)
            for (std::size_t x = 0; x < base.size(); ++x) base[x] = y == 0 ? A{} : at(static_cast<index_t>(x) + 1, y);
        if (y % 64 == 0) std::fill(down.begin(), down.end(), A{});
        A left{};
        for (index_t x = 0; x < width; ++x) {
            auto const v = static_cast<A>(get_channel<C>(in(x, y)));
            left = static_cast<A>(left + (squares ? static_cast<A>(v * v) : v));
            auto const i = static_cast<std::size_t>(x);
            down[i] = static_cast<A>(down[i] + left);
            at(x + 1, y + 1) = static_cast<A>(base[i] + down[i]);
        }
    }
    return sums;
}

template <class P, class R>
void check_sums(test::plain<P> const& in, image<R> const& found, bool squares) {
    using A = channel_t<R>;
    REQUIRE(found.size() == extent{in.size.width + 1, in.size.height + 1});
    for_each_channel<P>([&](auto c) {
        auto const expected = plain_sums<decltype(c)::value, A>(in, squares);
        index_t wrong = 0;
        for (index_t y = 0; y < found.height(); ++y)
            for (index_t x = 0; x < found.width(); ++x) {
                A const a = get_channel<decltype(c)::value>(found(x, y));
                A const b = expected[static_cast<std::size_t>(y * found.width() + x)];
                wrong += std::memcmp(&a, &b, sizeof a) != 0;
            }
        CHECK(wrong == 0);
    });
}

} // namespace

TEMPLATE_TEST_CASE("integral_image: plain sums, under every policy", "[measure][integral_image]", std::uint8_t,
                   std::uint16_t, std::int16_t, float, rgb<std::uint8_t>) {
    unsigned seed = 210;
    for (extent const size : {extent{0, 0}, extent{0, 4}, extent{1, 1}, extent{3, 70}, extent{63, 2}, extent{64, 65},
                              extent{65, 129}, extent{131, 300}, extent{700, 9}}) {
        CAPTURE(size.width, size.height, ++seed);
        auto const in = test::random_pixels<TestType>(size, seed, true);
        test::guarded<TestType> const source(in);
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                check_sums(in, integral_image(policy, source.view()), false);
                check_sums(in, squared_integral_image(policy, source.view()), true);
            }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
        CHECK(source.guards_intact());
    }
}

TEST_CASE("integral_image: sums beyond 32 bits wrap, and rectangles stay right", "[measure][integral_image]") {
    image<std::uint8_t> in(5000, 3500);
    for (index_t y = 0; y < in.height(); ++y)
        for (index_t x = 0; x < in.width(); ++x) in(x, y) = 255;
    for (auto const& policy : test::vector_policies()) {
        auto const sums = integral_image(policy, in.view());
        CHECK(sums(5000, 3500) == static_cast<std::uint32_t>(std::uint64_t{5000} * 3500 * 255));
        CHECK(rectangle_sum(sums.view(), {900, 0, 4096, 3500}) == std::uint32_t{4096} * 3500 * 255);
    }
}

TEST_CASE("rectangle_sum: all rectangles of a small image, and what is refused", "[measure][integral_image]") {
    auto const in = test::random_pixels<rgb<std::int16_t>>({9, 6}, 31);
    auto const image = test::image_of(in);
    auto const sums = integral_image(serial{}, image.view());
    for (index_t y = 0; y <= 6; ++y)
        for (index_t x = 0; x <= 9; ++x)
            for (index_t bottom = y; bottom <= 6; ++bottom)
                for (index_t right = x; right <= 9; ++right) {
                    rgb<std::int64_t> expected{0, 0, 0};
                    for (index_t v = y; v < bottom; ++v)
                        for (index_t u = x; u < right; ++u) {
                            expected.r += in(u, v).r;
                            expected.g += in(u, v).g;
                            expected.b += in(u, v).b;
                        }
                    CHECK((rectangle_sum(sums.view(), {x, y, right - x, bottom - y}) == expected));
                }
    for (rect const bad : {rect{-1, 0, 2, 2}, rect{0, 0, 10, 1}, rect{0, 3, 1, 4}, rect{0, 0, -1, 1},
                           rect{std::numeric_limits<index_t>::max(), 0, 1, 1}})
        CHECK_THROWS_AS(rectangle_sum(sums.view(), bad), invalid_argument);
    CHECK(test::message([&] {
              (void)rectangle_sum(sums.view(), {5, 1, 6, 2});
          }) ==
          "quoin::rectangle_sum: the rectangle of 6 x 2 at (5, 1) is not within 9 x 6 pixels; give one that is, with "
          "intersect()");
}

TEST_CASE("integral_image: of a pipeline, and NaN", "[measure][integral_image]") {
    auto const in = test::image_of(test::random_pixels<std::uint8_t>({70, 20}, 5));
    auto const turned = integral_image(serial{}, in.view() | flip_x);
    auto const plain = integral_image(serial{}, in.view());
    CHECK(rectangle_sum(turned.view(), {0, 3, 10, 7}) == rectangle_sum(plain.view(), {60, 3, 10, 7}));
    int kernels = 0; // a device computes the pipeline, and its host the sums
    auto const on_device = integral_image(test::device_policy{&kernels}, in.view() | flip_x);
    CHECK(kernels == 1);
    CHECK(rectangle_sum(on_device.view(), {0, 3, 10, 7}) == rectangle_sum(plain.view(), {60, 3, 10, 7}));
    image<float> pixels(9, 130);
    pixels(3, 100) = std::numeric_limits<float>::quiet_NaN();
    auto const sums = integral_image(serial{}, pixels.view());
    CHECK(sums(3, 130) == 0);
    CHECK(sums(9, 100) == 0);
    CHECK(std::isnan(sums(4, 101)));
}
